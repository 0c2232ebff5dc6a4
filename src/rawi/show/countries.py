"""Names of countries by their ISO 3166-1 code, in the language of the interface, from the language pack."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import rawi.lang.ar
from rawi.lexicon.table import parse_table

TABLE = Path(rawi.lang.ar.__file__).parent / "countries.tsv"


def country_name(code: str, ui: str) -> str:
    """The short name of the country, or its code where the table has none.

    >>> country_name("SY", "en"), country_name("QQ", "en")
    ('Syria', 'QQ')
    """
    return _names(ui).get(code, code)


@lru_cache(maxsize=2)
def _names(ui: str) -> dict[str, str]:
    text = TABLE.read_text(encoding="utf-8")
    header = next(line for line in text.split("\n") if line.strip() and not line.startswith("#"))
    rows = parse_table(text, TABLE.name, header.split("\t"))
    return {row["code"]: row.list("names")[0] if ui == "ar" else row["name_en"] for row in rows}
