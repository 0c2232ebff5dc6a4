"""The example of every row of the reporting tables, read through the whole reader, shows the row at work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import rawi
import rawi.lang.ar
from rawi.lang.ar.pack import arabic
from rawi.lexicon.reporting import (
    CLASS_COLUMNS,
    HEAD_COLUMNS,
    NOUN_COLUMNS,
    PREPOSITION_COLUMNS,
    SHAPE_COLUMNS,
    VERB_COLUMNS,
)
from rawi.lexicon.table import Row, read_table

FOLDER = Path(rawi.lang.ar.__file__).parent
HEADLINE = "أخبار المدينة\n"
TABLES: dict[str, Sequence[str]] = {
    "reporting": VERB_COLUMNS, "reporting_nouns": NOUN_COLUMNS, "source_prepositions": PREPOSITION_COLUMNS,
}  # fmt: skip
KNOWN = {
    "RV026": "after the verb a colon is not enough: the word is a preposition of time as well",
    "RV032": "the verb shares its letters with the noun for a club, and is left alone",
    "RV053": "read by the verbal noun that it governs, RV052",
    "RV054": "read by the verbal noun that it governs, RV001",
    "RV130": "its letters are those of a present form of RV013",
    "RV131": "its letters are those of RV013",
    "RV136": "its letters are those of the passive of RV001",
    "NC06": "read as the verbal noun of RV001",
    "NC07": "read as the passive of RV074",
    "NC09": "a verbal noun with its preposition after this noun is not read",
    "NC11": "a verbal noun with its preposition after this noun is not read",
    "NC17": "read as the verbal noun of RV043",
}
KNOWN_LIMIT = 12
KEY = arabic().key


def rows(name: str, columns: Sequence[str]) -> tuple[Row, ...]:
    return tuple(read_table(FOLDER / f"{name}.tsv", columns))


def fault(row: Row) -> str:
    """An empty string, or what the reader made of the example instead of a statement by this row.

    A row of the form ``self`` makes no statement of its own: it joins the cue of another as a second piece.
    """
    reading = rawi.read(rawi.Article(id=row["id"], text=f"{HEADLINE}{row['example']}."))
    made = [(a.rule, [c.of(reading.text) for c in a.cue]) for a in reading.attributions]
    if any(row["id"] in a.rule.split() for a in reading.attributions):
        return ""
    if row.get("form") == "self" and any(len(a.cue) == 2 for a in reading.attributions):
        return ""
    return f"{row['id']} {row['example']}: {made}"


@pytest.mark.parametrize("name", TABLES)
def test_each_example_gives_a_statement_by_its_row(name: str) -> None:
    faults = [told for row in rows(name, TABLES[name]) if row["id"] not in KNOWN if (told := fault(row))]
    assert not faults, "\n" + "\n".join(faults)


def test_the_rows_whose_example_is_not_read_are_declared() -> None:
    by_id = {row["id"]: row for name, columns in TABLES.items() for row in rows(name, columns)}
    assert set(KNOWN) <= set(by_id)
    assert sum(bool(fault(by_id[known])) for known in KNOWN) <= KNOWN_LIMIT


def test_each_function_word_example_holds_a_word_of_its_class() -> None:
    for row in rows("function_words", CLASS_COLUMNS):
        example = KEY(row["example"])
        assert any(KEY(word) in example for word in row.list("words")), row["id"]


def test_each_source_head_example_opens_with_its_head() -> None:
    for row in rows("source_heads", HEAD_COLUMNS):
        assert row["example"].split()[0].removeprefix("ال") in row.list("words"), row["id"]


def test_each_masdar_shape_example_has_the_shape() -> None:
    reporting = arabic().reporting
    for row in rows("masdar_shapes", SHAPE_COLUMNS):
        assert reporting.masdar_shape(KEY(row["example"])), row["id"]
