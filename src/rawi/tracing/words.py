"""The words of many texts at once, as numpy columns: where each lies, and a stable hash of its matching key.

The foldings are those of :mod:`rawi.text`: a word's hash depends on its matching key alone, its ``form`` hash on its
normal form, which keeps spellings apart. Hashes are signed 64-bit integers made here, the same on every engine and
machine: a polynomial over code points modulo 2^64, mixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rawi.text.letters import Letters

Int64 = NDArray[np.int64]
Int32 = NDArray[np.int32]
UInt64 = NDArray[np.uint64]

CHUNK = 1_000_000
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 2**64)
_UNKNOWN = np.uint32(0xFFFFFFFF)
_GAP, _LETTER, _DIGIT = 0, 1, 2


class Words(NamedTuple):
    """The words of one text: code points ``start`` and ``end`` (exclusive), hashes of key and of form."""

    start: Int32
    end: Int32
    key: Int64
    form: Int64

    def __len__(self) -> int:
        return len(self.start)


def mix(values: UInt64) -> Int64:
    """The values with all their bits stirred (the finaliser of SplitMix64), as signed integers."""
    x = values.copy()
    x ^= x >> np.uint64(30)
    x *= np.uint64(0xBF58476D1CE4E5B9)
    x ^= x >> np.uint64(27)
    x *= np.uint64(0x94D049BB133111EB)
    x ^= x >> np.uint64(31)
    return x.view(np.int64)


class WordReader:
    """Cuts texts into hashed words with one language's foldings; its tables grow with the characters it meets."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._forms: dict[int, tuple[int, ...]] = {}
        self._count = np.full(0x110000, 255, dtype=np.uint8)
        self._form = np.zeros(0x110000, dtype=np.uint32)
        self._key = np.full(0x110000, _UNKNOWN, dtype=np.uint32)
        self._class = np.zeros(0x110000, dtype=np.uint8)
        powers = np.ones(CHUNK, dtype=np.uint64)
        powers[1:] = np.uint64(_BASE)
        self._powers = np.cumprod(powers, dtype=np.uint64)
        powers[1:] = np.uint64(_INVERSE)
        self._inverse = np.cumprod(powers, dtype=np.uint64)

    def read(self, texts: Sequence[str]) -> list[Words]:
        """The words of each text, in order; marks, tatweel and invisible characters part no word."""
        found: list[Words] = []
        batch: list[str] = []
        size = 0
        for text in texts:
            if batch and size + len(text) > CHUNK // 2:
                found.extend(self._read(batch))
                batch, size = [], 0
            batch.append(text)
            size += len(text) + 1
        found.extend(self._read(batch) if batch else [])
        return found

    def _read(self, texts: list[str]) -> list[Words]:
        joined = "\n".join(texts) + "\n"
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        self._learn(codes)
        counts = self._count[codes]
        kept = np.flatnonzero(counts)
        if counts.max(initial=0) > 1:
            kept, forms = self._opened(codes, counts)
        else:
            forms = self._form[codes[kept]]
        start, end = self._cut(forms)
        # Marks that follow a word's last letter belong to it.
        first, last = kept[start], np.append(kept, len(codes))[end]
        key, form = self._hash(self._key[forms], start, end), self._hash(forms, start, end)
        lengths = np.fromiter((len(t) + 1 for t in texts), dtype=np.int64, count=len(texts))
        bounds = np.concatenate(([0], np.cumsum(lengths)))
        cuts = np.searchsorted(first, bounds)
        return [
            Words(
                (first[a:b] - bounds[i]).astype(np.int32), (last[a:b] - bounds[i]).astype(np.int32),
                key[a:b], form[a:b],
            )
            for i, (a, b) in enumerate(pairwise(cuts))
        ]  # fmt: skip

    def _learn(self, codes: NDArray[np.uint32]) -> None:
        """Fills the tables for characters that have not been met."""
        new = np.unique(codes[self._count[codes] == 255])
        for code in new.tolist():
            form = self._letters.form_of(chr(code))
            self._count[code] = min(len(form), 254)
            self._forms[code] = tuple(ord(c) for c in form)
            if form:
                self._form[code] = ord(form[0])
            for character in form or ():
                at = ord(character)
                key = self._letters.key_of(character)
                self._key[at] = ord(key[0]) if key else at
                self._class[at] = _DIGIT if character.isdecimal() else _LETTER if character.isalpha() else _GAP

    def _opened(self, codes: NDArray[np.uint32], counts: NDArray[np.uint8]) -> tuple[Int64, NDArray[np.uint32]]:
        """Positions and forms where some character opens into several (ligatures)."""
        kept = np.repeat(np.arange(len(codes)), counts)
        forms = self._form[codes[kept]]
        first = np.concatenate(([0], np.cumsum(counts.astype(np.int64))))
        for at in np.flatnonzero(counts > 1).tolist():
            letters = self._forms[int(codes[at])][: int(counts[at])]
            forms[first[at] : first[at] + len(letters)] = letters
        return kept, forms

    def _cut(self, forms: NDArray[np.uint32]) -> tuple[Int64, Int64]:
        classes = self._class[forms]
        edge = np.flatnonzero(np.diff(classes, prepend=0)).astype(np.int64)
        inside = classes[edge] != _GAP
        end = np.append(edge[1:], len(forms))
        return edge[inside], end[inside]

    def _hash(self, letters: NDArray[np.uint32], start: Int64, end: Int64) -> Int64:
        total = len(letters)
        if total > len(self._powers):
            return self._hash_long(letters, start, end)
        sums = np.zeros(total + 1, dtype=np.uint64)
        np.cumsum(letters * self._powers[:total], out=sums[1:])
        return mix((sums[end] - sums[start]) * self._inverse[start])

    def _hash_long(self, letters: NDArray[np.uint32], start: Int64, end: Int64) -> Int64:
        """One text longer than the tables of powers: windows that end between words."""
        found: list[Int64] = []
        at = 0
        while at < len(start):
            base = int(start[at])
            stop = max(int(np.searchsorted(end, base + len(self._powers), side="right")), at + 1)
            piece = letters[base : min(int(end[stop - 1]), base + len(self._powers))]
            inside = np.minimum(end[at:stop] - base, len(piece))
            found.append(self._hash(piece, start[at:stop] - base, inside))
            at = stop
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def hash_text(text: str) -> int:
    """A stable signed 64-bit hash of any string, by the same polynomial.

    >>> hash_text("a") == hash_text("a") != hash_text("b")
    True
    """
    value = 0
    for character in reversed(text):
        value = (value * _BASE + ord(character)) & 0xFFFFFFFFFFFFFFFF
    return int(mix(np.array([value], dtype=np.uint64))[0])
