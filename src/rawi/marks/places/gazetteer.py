"""The gazetteer: places by matching key, read once from one compact file beside this module.

The file holds sorted name keys, rows as columns of numbers, and the words of the rows in small
compressed blocks that are opened only when a row is shown. ``tools/build_gazetteer.py`` writes it;
``data/NOTICE`` says where the rows come from.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from bisect import bisect_left
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rawi.errors import FormatError

MAGIC = b"RAWIGAZ1"
FILE = Path(__file__).parent / "data" / "gazetteer.bin"
BLOCK = 128
NOWHERE = -(2**31)
SCALE = 10_000
FOREIGN = 1

# Columns of numbers, in the order of the file: name, array type, bytes an item.
COLUMNS = (
    ("longest", "B"),
    ("starts", "I"),
    ("postings", "I"),
    ("lat", "i"),
    ("lon", "i"),
    ("population", "I"),
    ("country", "H"),
    ("admin1", "H"),
    ("kind", "B"),
    ("flags", "B"),
)


class GazetteerRow(NamedTuple):
    """One place: public id, names, kind, country code, first-level parent, WGS 84 degrees, people (0: unknown)."""

    id: str
    name: str
    name_en: str
    kind: str
    country: str
    admin1: str
    lat: float | None
    lon: float | None
    population: int
    source: str
    foreign: bool


class Gazetteer:
    """Rows by key: ``rows_of(key)`` gives row numbers, ``row(n)`` the row, ``longest(first)`` how far names reach.

    ``attribution`` is the sentence to show wherever its data is shown. Raises
    :class:`rawi.errors.FormatError` where ``data`` is not such a file.
    """

    def __init__(self, data: bytes) -> None:
        if data[: len(MAGIC)] != MAGIC:
            raise FormatError("not a gazetteer file", expected=MAGIC.decode())
        size = int.from_bytes(data[8:12], "little")
        self.header = json.loads(data[12 : 12 + size])
        self.attribution: str = self.header["attribution"]
        self._body = memoryview(data)[12 + size :]
        self._keys = zlib.decompress(self._section("keys")).decode("utf-8").split("\n")
        self._index = dict(zip(self._keys, range(len(self._keys)), strict=True))
        numbers = self._section("numbers")
        at = 0
        self._columns: dict[str, array[int]] = {}
        for name, code in COLUMNS:
            length = self.header["lengths"][name]
            column = array(code)
            column.frombytes(numbers[at : at + length])
            if sys.byteorder == "big":
                column.byteswap()
            self._columns[name] = column
            at += length
        self._longest, self._starts = self._columns["longest"], self._columns["starts"]
        self._postings = self._columns["postings"]
        self._blocks: dict[int, list[str]] = {}
        self._rows: dict[int, GazetteerRow] = {}

    def __len__(self) -> int:
        return len(self._columns["lat"])

    def __contains__(self, key: str) -> bool:
        index = self._index.get(key)
        return index is not None and self._starts[index] < self._starts[index + 1]

    def keys(self) -> list[str]:
        """All name keys, in order, with those that only open a longer name."""
        return list(self._keys)

    def seconds(self, first: str) -> frozenset[str]:
        """The words that stand second in names whose first word is ``first``."""
        opening = first + " "
        at = bisect_left(self._keys, opening)
        found: set[str] = set()
        while at < len(self._keys) and self._keys[at].startswith(opening):
            found.add(self._keys[at].split(" ", 2)[1])
            at += 1
        return frozenset(found)

    def longest(self, first: str) -> int:
        """How many words the longest name has whose first word is ``first`` (0: no name begins so)."""
        index = self._index.get(first)
        return 0 if index is None else self._longest[index]

    def rows_of(self, key: str) -> tuple[int, ...]:
        """The numbers of the rows that bear the name ``key`` (words parted by one space)."""
        index = self._index.get(key)
        if index is None:
            return ()
        return tuple(self._postings[self._starts[index] : self._starts[index + 1]])

    def peopled(self, least: int) -> list[int]:
        """The numbers of the rows with at least ``least`` people."""
        return [n for n, people in enumerate(self._columns["population"]) if people >= least]

    def row(self, number: int) -> GazetteerRow:
        """The row ``number`` (0 up to ``len``)."""
        found = self._rows.get(number)
        if found is None:
            if len(self._rows) > 50_000:
                self._rows.clear()
            found = self._rows[number] = self._read(number)
        return found

    def _read(self, number: int) -> GazetteerRow:
        c, head = self._columns, self.header
        identity, name, name_en, source = self._words(number)
        lat, lon = c["lat"][number], c["lon"][number]
        return GazetteerRow(
            id=identity,
            name=name,
            name_en=name_en,
            kind=head["kinds"][c["kind"][number]],
            country=head["countries"][c["country"][number]],
            admin1=head["admin1"][c["admin1"][number]],
            lat=None if lat == NOWHERE else lat / SCALE,
            lon=None if lon == NOWHERE else lon / SCALE,
            population=c["population"][number],
            source=source,
            foreign=bool(c["flags"][number] & FOREIGN),
        )

    def _words(self, number: int) -> list[str]:
        block = number // BLOCK
        lines = self._blocks.get(block)
        if lines is None:
            if len(self._blocks) > 64:
                self._blocks.clear()
            begin, length = self.header["blocks"][block]
            text = self._section("words")[begin : begin + length]
            lines = self._blocks[block] = zlib.decompress(text).decode("utf-8").split("\n")
        return lines[number % BLOCK].split("\t")

    def _section(self, name: str) -> memoryview:
        begin, length = self.header["sections"][name]
        return self._body[begin : begin + length]


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer that ships with rawi, read once a process; a broken one raises ``rawi.errors.FormatError``."""
    return Gazetteer(FILE.read_bytes())
