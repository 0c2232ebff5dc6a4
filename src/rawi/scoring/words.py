"""The words of a text as the scorer sees them: runs of letters, marks and digits, folded; punctuation is no word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rawi.lang.ar.pack import arabic
from rawi.lexicon.table import read_table

Spans = Sequence[Sequence[int]]
WORD = re.compile("(?:\\w|[\u064b-\u065f\u0670])+")
COLUMNS = ("id", "class", "words", "example")


class ScoringWords(NamedTuple):
    """The word classes of the scorer: ``edge`` in careful spelling, ``shared`` folded, ``prefixes`` longest first."""

    edge: frozenset[str]
    shared: frozenset[str]
    prefixes: tuple[str, ...]


@lru_cache(maxsize=1)
def scoring_words() -> ScoringWords:
    """The classes of ``scoring.tsv``, folded as the scorer folds."""
    import rawi.lang.ar

    rows = read_table(Path(rawi.lang.ar.__file__).parent / "scoring.tsv", COLUMNS)
    classes: dict[str, list[str]] = {"edge": [], "shared": [], "prefix": []}
    for row in rows:
        classes[row["class"]].extend(row.list("words"))
    return ScoringWords(
        frozenset(careful(w) for w in classes["edge"]),
        frozenset(fold(w) for w in classes["shared"]),
        tuple(classes["prefix"]),
    )


def _unmarked(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", word) if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The word without marks, its interchangeable letters made one (alef, ya, ta marbuta; Persian forms)."""
    return word_folds(_unmarked(word))


def word_folds(word: str) -> str:
    """Alef, ya and ta marbuta folded; hamza seats are kept, as the guidelines' scorer does."""
    letters = arabic().letters
    return "".join(c if c in _SEATS else letters.key_of(letters.form_of(c)) for c in word if c != "\u0640").lower()


_SEATS = frozenset("\u0624\u0626")


@lru_cache(maxsize=200_000)
def careful(word: str) -> str:
    """The word without marks and tatweel, alef forms folded, ya and alef maqsura kept apart."""
    alefs = {0x623: "\u0627", 0x625: "\u0627", 0x622: "\u0627", 0x671: "\u0627", 0x640: None}
    return _unmarked(word).translate(alefs)


class Words:
    """The words of one text: ``bounds`` in code points, ``folded`` forms, and which of them are edge particles."""

    def __init__(self, text: str) -> None:
        known = scoring_words()
        self.text = text
        found = list(WORD.finditer(text))
        self.bounds = [(m.start(), m.end()) for m in found]
        self.folded = [fold(m.group()) for m in found]
        self._edge = [careful(m.group()) in known.edge for m in found]

    def touched(self, spans: Spans, trim: bool = True) -> frozenset[int]:
        """The indices of the words that ``spans`` touch; ``trim`` drops the particles at both ends of the whole."""
        hit = [i for i, (a, b) in enumerate(self.bounds) if any(a < end and start < b for start, end in spans)]
        first, last = 0, len(hit)
        if trim:
            while first < last and self._edge[hit[first]]:
                first += 1
            while last > first and self._edge[hit[last - 1]]:
                last -= 1
        return frozenset(hit[first:last])

    def forms(self, spans: Spans) -> list[str]:
        """The folded words of a mention in order, article and glued particles cut off."""
        return [_cut(self.folded[i]) for i in sorted(self.touched(spans))]


def _cut(word: str) -> str:
    for prefix in scoring_words().prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= 2:
            return word[len(prefix) :]
    return word


def dice(a: Iterable[int], b: Iterable[int]) -> float:
    """The Dice coefficient of two sets of word indices; two empty sets agree."""
    left, right = frozenset(a), frozenset(b)
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 1.0
