"""The words of the interface in Arabic and English: by key, with parameters, with all plural forms."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from rawi.errors import SettingsError

UI = Literal["ar", "en"]
Digits = Literal["latin", "arabic-indic"]
Months = Literal["gregorian", "levantine", "maghrebi", "dual"]
FOLDER = Path(__file__).parents[1] / "messages"
PLURALS: dict[str, tuple[str, ...]] = {"ar": ("zero", "one", "two", "few", "many", "other"), "en": ("one", "other")}
_LEFT_TO_RIGHT, _END = "\u2066", "\u2069"
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)"
    r"(?:-(?P<day>\d\d)(?:T(?P<clock>\d\d:\d\d)(?::[\d.]+)?(?P<zone>Z|[+-]\d\d:\d\d)?)?)?"
)
_ARABIC_INDIC = {ord("0") + d: chr(0x660 + d) for d in range(10)}


class Messages:
    """The message files of one interface language; ``direction`` is ``rtl`` or ``ltr``."""

    def __init__(
        self, ui: str, entries: dict[str, str], digits: Digits = "latin", months: Months = "gregorian"
    ) -> None:
        self.ui = ui
        self.months = months
        self.entries = entries
        self.direction = entries["direction"]
        self._digits = digits

    def __call__(self, key: str, **parameters: object) -> str:
        """The message of ``key`` with its parameters put in.

        >>> messages("en")("statement.number", n=3)
        'Statement 3'
        """
        try:
            text = self.entries[key]
        except KeyError:
            raise SettingsError(
                f"no message {key}", where=f"{self.ui}.toml", expected="a key of both files"
            ) from None
        return text.format(**{k: self.number(v) for k, v in parameters.items()}) if parameters else text

    def has(self, key: str) -> bool:
        """Whether the file has a message of this key."""
        return key in self.entries

    def count(self, what: str, n: int) -> str:
        """``n`` of something, in the right plural form.

        >>> messages("en").count("denials", 1)
        '1 denial'
        """
        return self(f"count.{what}.{plural(self.ui, n)}", n=n)

    def number(self, value: object) -> str:
        """A number (or anything else as it is) in the digits of the interface."""
        return self._digits_of(str(value)) if isinstance(value, int | float) else str(value)

    def date(self, iso: str) -> str:
        """An ISO day, month or date-time in words, its clock time and offset as they stand; anything else unchanged.

        >>> [messages("en").date(iso) for iso in ("2024-05-03T08:10:00+03:00", "2024-05", "P3D")]
        ['3 May 2024 08:10 +03:00', 'May 2024', 'P3D']
        """
        match = _ISO.fullmatch(iso)
        if match is None or not 1 <= int(match["month"]) <= 12:
            return self._digits_of(iso) if iso.isdecimal() else iso
        month = self(f"month.{self.months}.{int(match['month'])}")
        form = "punctuation.day" if match["day"] else "punctuation.month"
        words = self(form, day=str(int(match["day"] or 0)), month=month, year=match["year"])
        clock = " ".join(part for part in (match["clock"], match["zone"]) if part)
        if clock and self.direction == "rtl":
            clock = f"{_LEFT_TO_RIGHT}{clock}{_END}"
        return self._digits_of(f"{words} {clock}" if clock else words)

    def _digits_of(self, text: str) -> str:
        return text.translate(_ARABIC_INDIC) if self._digits == "arabic-indic" else text


def plural(ui: str, n: int) -> str:
    """The plural category of ``n`` after the rules of CLDR.

    >>> [plural("ar", n) for n in (0, 1, 2, 3, 11, 100, 102, 103, 111)]
    ['zero', 'one', 'two', 'few', 'many', 'other', 'other', 'few', 'many']
    """
    if ui != "ar":
        return "one" if n == 1 else "other"
    if n <= 2:
        return ("zero", "one", "two")[n]
    return "few" if 3 <= n % 100 <= 10 else "many" if n % 100 >= 11 else "other"


@lru_cache(maxsize=32)
def messages(ui: str = "en", digits: Digits = "latin", months: Months = "gregorian") -> Messages:
    """The messages of an interface language, read once; raises :class:`SettingsError` where there is none."""
    if ui not in PLURALS:
        raise SettingsError(f"no interface language {ui!r}", where="ui", expected=" or ".join(sorted(PLURALS)))
    entries: dict[str, str] = {}
    for path in (FOLDER / f"{ui}.toml", FOLDER / f"app.{ui}.toml"):
        entries.update(_flat(tomllib.loads(path.read_text(encoding="utf-8")), ""))
    return Messages(ui, entries, digits, months)


def _flat(table: dict[str, Any], path: str) -> list[tuple[str, str]]:
    entries: list[tuple[str, str]] = []
    for key, value in table.items():
        name = f"{path}{key}"
        entries += _flat(value, f"{name}.") if isinstance(value, dict) else [(name, str(value))]
    return entries
