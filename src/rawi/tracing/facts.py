"""What the corpus step knows of one document: a small record made from its reading, and nothing of any other
document."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any, NamedTuple

Range = tuple[int, int]


class Credit(NamedTuple):
    """An outlet or agency that the page names as where its words come from.

    ``key`` is a row of the outlet table or the distinguishing words of the name; ``name`` the name as written;
    ``kind`` byline, dateline, tail, relay or told (said *to* that outlet); ``agency``: an agency (``vague``:
    unnamed ones).
    """

    key: str
    name: str
    kind: str
    span: Range
    agency: bool
    vague: bool = False


class Speaker(NamedTuple):
    """Somebody to whom the page gives words: ``kind`` named, anonymous or document; matching keys of name and
    body."""

    name: str
    kind: str
    words: tuple[str, ...]
    body: tuple[str, ...]
    span: Range
    person: bool


class Telling(NamedTuple):
    """A statement of the page: ``speaker`` is an index into ``speakers`` (-1: the writer's own word).

    ``credit`` is the key of an outlet that the statement is laid to; ``words`` is the half-open range of words.
    """

    id: str
    statement: str
    spans: tuple[Range, ...]
    speaker: int
    credit: str
    stance: str
    negated: bool
    numbers: tuple[str, ...]
    dates: tuple[str, ...]
    places: tuple[str, ...]
    entities: tuple[str, ...]
    stems: tuple[int, ...]
    passage: int
    at: int


class Facts(NamedTuple):
    """One document for the corpus step; offsets are code points of its text, stems are hashes."""

    id: str
    outlet: str
    own: str
    published: str
    first: int
    last: int
    words: int
    title: Range
    passages: tuple[Range, ...]
    credits: tuple[Credit, ...]
    speakers: tuple[Speaker, ...]
    tellings: tuple[Telling, ...]
    quoted: tuple[tuple[int, int, int], ...]
    firsthand: tuple[Range, ...]
    withdraws: tuple[Range, ...]
    lead: tuple[tuple[int, int], ...]
    lead_numbers: tuple[str, ...]
    anchors: tuple[int, ...]
    named: tuple[Range, ...]

    @property
    def marks(self) -> tuple[int, ...]:
        """What the page is about, to be looked for in others: hashes of its opening's words and of pairs of them."""
        return (*self.anchors, *(stem for stem, _ in self.lead))

    @property
    def agency(self) -> bool:
        """Whether the document is an agency's own."""
        return self.own.startswith("agency:")


def pack_facts(facts: Facts) -> bytes:
    """The record as compressed JSON."""
    return zlib.compress(json.dumps(facts, ensure_ascii=True, separators=(",", ":")).encode("ascii"), 1)


def unpack_facts(data: bytes) -> Facts:
    """The record that :func:`pack_facts` packed."""
    raw = json.loads(zlib.decompress(data))
    return Facts(
        id=raw[0],
        outlet=raw[1],
        own=raw[2],
        published=raw[3],
        first=raw[4],
        last=raw[5],
        words=raw[6],
        title=_pair(raw[7]),
        passages=_pairs(raw[8]),
        credits=tuple(Credit(c[0], c[1], c[2], _pair(c[3]), c[4], c[5]) for c in raw[9]),
        speakers=tuple(Speaker(s[0], s[1], tuple(s[2]), tuple(s[3]), _pair(s[4]), s[5]) for s in raw[10]),
        tellings=tuple(_telling(t) for t in raw[11]),
        quoted=tuple((q[0], q[1], q[2]) for q in raw[12]),
        firsthand=_pairs(raw[13]),
        withdraws=_pairs(raw[14]),
        lead=_pairs(raw[15]),
        lead_numbers=tuple(raw[16]),
        anchors=tuple(raw[17]),
        named=_pairs(raw[18]),
    )


def _telling(t: list[Any]) -> Telling:
    return Telling(
        t[0], t[1], _pairs(t[2]), t[3], t[4], t[5], t[6], tuple(t[7]), tuple(t[8]), tuple(t[9]), tuple(t[10]),
        tuple(t[11]), t[12], t[13],
    )  # fmt: skip


def _pair(value: Iterable[int]) -> Range:
    first, second = value
    return (first, second)


def _pairs(values: Iterable[Iterable[int]]) -> tuple[Range, ...]:
    return tuple(_pair(v) for v in values)
