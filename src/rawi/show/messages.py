"""The words of the interface in Arabic and English: by key, with parameters, with all plural forms."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from rawi.errors import SettingsError

UI = Literal["ar", "en"]
Digits = Literal["latin", "arabic-indic"]
FOLDER = Path(__file__).parents[1] / "messages"
PLURALS: dict[str, tuple[str, ...]] = {"ar": ("zero", "one", "two", "few", "many", "other"), "en": ("one", "other")}
_ARABIC_INDIC = {ord("0") + d: chr(0x660 + d) for d in range(10)}


class Messages:
    """The message file of one interface language; ``direction`` is ``rtl`` or ``ltr``."""

    def __init__(self, ui: str, entries: dict[str, str], digits: Digits = "latin") -> None:
        self.ui = ui
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
        text = str(value)
        return (
            text.translate(_ARABIC_INDIC)
            if self._digits == "arabic-indic" and isinstance(value, int | float)
            else text
        )


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


@lru_cache(maxsize=8)
def messages(ui: str = "en", digits: Digits = "latin") -> Messages:
    """The messages of an interface language, read once; raises :class:`SettingsError` where there is none."""
    path = FOLDER / f"{ui}.toml"
    if ui not in PLURALS or not path.exists():
        raise SettingsError(f"no interface language {ui!r}", where="ui", expected=" or ".join(sorted(PLURALS)))
    return Messages(ui, dict(_flat(tomllib.loads(path.read_text(encoding="utf-8")), "")), digits)


def _flat(table: dict[str, Any], path: str) -> list[tuple[str, str]]:
    entries: list[tuple[str, str]] = []
    for key, value in table.items():
        name = f"{path}{key}"
        entries += _flat(value, f"{name}.") if isinstance(value, dict) else [(name, str(value))]
    return entries
