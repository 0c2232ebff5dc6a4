"""The words that the corpus step asks of a language: where a page turns to another story, how an outlet withdraws."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rawi.lexicon.match import PhraseTable
from rawi.lexicon.table import read_table

COLUMNS = ("id", "class", "words", "example")


class TracingTables:
    """Phrases by class, as matching keys; a language whose folder lacks the table has none."""

    def __init__(self, folder: Path, key: Callable[[str], str]) -> None:
        path = folder / "tracing.tsv"
        self.phrases: PhraseTable[str] = PhraseTable()
        self._words: dict[str, set[str]] = {}
        for row in read_table(path, COLUMNS) if path.exists() else ():
            for words in row.list("words"):
                phrase = tuple(key(word) for word in words.split())
                self.phrases.add(phrase, row["class"])
                if len(phrase) == 1:
                    self._words.setdefault(row["class"], set()).add(phrase[0])

    def of(self, name: str) -> frozenset[str]:
        """The single words of a class."""
        return frozenset(self._words.get(name, ()))

    def opens(self, name: str, keys: list[str], at: int, first: str | None = None) -> bool:
        """Whether a phrase of class ``name`` begins at token ``at``."""
        return any(found == name for _, found in self.phrases.match(keys, at, first))
