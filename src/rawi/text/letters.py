"""The letter tables that the text layer needs, handed in by a language pack as plain data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cached_property

# Invisible format characters: zero-width marks, bidi controls, soft hyphen, byte-order mark.
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"


class Letters:
    """Foldings of one language: ``form`` loses no distinction that a careful writer makes, ``key`` all that writers
    mix up.

    ``form`` and ``key`` map one character to its replacement (empty = dropped). ``key`` is applied
    after ``form``. Raises ``ValueError`` where a replacement would itself be folded again, since
    normalising twice must change nothing.
    """

    def __init__(self, form: Mapping[str, str], key: Mapping[str, str]) -> None:
        self._form = {ord(a): b for a, b in form.items()}
        self._key = {ord(a): b for a, b in key.items()}
        for table in (self._form, self._key):
            for source, target in table.items():
                if any(ord(c) in table for c in target):
                    raise ValueError(f"U+{source:04X} folds to a letter that is itself folded")
        for source, target in self._key.items():
            if any(ord(c) in self._form for c in target) or source in self._form:
                raise ValueError(f"U+{source:04X} is folded by both tables")
        self._forms: dict[str, str] = {}
        self._keys: dict[str, str] = {}

    @cached_property
    def changing(self) -> re.Pattern[str]:
        """A pattern that finds every character that :meth:`form_of` may change."""
        listed = "".join(re.escape(chr(c)) for c in self._form)
        return re.compile(f"[{listed}{INVISIBLE}\ufb50-\ufdff\ufe70-\ufefe\uff10-\uff19]")

    def fold_character(self, character: str) -> str:
        """The normal form of one character: compatibility forms opened, marks and invisible characters dropped."""
        opened = unicodedata.normalize("NFKC", character) if character >= "\ufb50" else character
        return "".join(self._fold_one(c) for c in opened)

    def _fold_one(self, character: str) -> str:
        if unicodedata.category(character) == "Cf":
            return ""
        return self._form.get(ord(character), character)

    def form_of(self, word: str) -> str:
        """The normal form of a word: no marks, no tatweel, no invisible characters, one shape a letter, ASCII
        digits."""
        found = self._forms.get(word)
        if found is None:
            found = self.changing.sub(lambda m: self.fold_character(m.group()), word)
            if len(self._forms) > 100_000:
                self._forms.clear()
            self._forms[word] = found
        return found

    def key_of(self, form: str) -> str:
        """The matching key of a normal form: letters that writers mix up made one, lower case."""
        found = self._keys.get(form)
        if found is None:
            found = form.translate(self._key).lower()
            if len(self._keys) > 100_000:
                self._keys.clear()
            self._keys[form] = found
        return found
