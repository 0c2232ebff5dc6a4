"""Questions to a project: who said it, who told it first, which families speak of it, by what chain it is known."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from rawi.lexicon.pack import Pack
from rawi.model import Attribution, Reading, Span
from rawi.store.load import Stated
from rawi.store.search import NOTHING, Filters, find_statements, group_families, group_statements
from rawi.store.traced import Family, read_rows


class Saying(NamedTuple):
    """A speaker with statements on a matter: the key, the name, whether the key holds across documents, the count,
    and the first of the statements."""

    key: str | None
    name: str
    keyed: bool
    statements: int
    first: Stated


class Link(NamedTuple):
    """One station on the way of a statement, from the outlet inwards. ``kind``: outlet, the type of a source, or
    ``unknown`` where a source is not stated; ``spans`` lie in the article's text."""

    kind: str
    name: str
    cue: str
    stance: str
    spans: tuple[Span, ...]
    statement: str | None


class Chain(NamedTuple):
    """The way of one statement: its stations from the outlet to the innermost source, and its content."""

    statement: str
    links: tuple[Link, ...]
    content: str
    spans: tuple[Span, ...]


def who_said(
    db: sqlite3.Connection, words: str, pack: Pack, *, mode: str = "stem", filters: Filters = NOTHING, most: int = 50
) -> list[Saying]:
    """The speakers of statements that hold ``words``, those with most first; unnamed ones together under None."""
    found = group_statements(db, words, pack, mode=mode, filters=filters, most=most)
    return [_saying(db, key, count, first) for key, count, first in found]


def _saying(db: sqlite3.Connection, key: str | None, count: int, first: Stated) -> Saying:
    row = db.execute("SELECT name, keyed FROM entity WHERE key = ?", (key,)).fetchone() if key else None
    return Saying(key, row["name"] if row else "", bool(row and row["keyed"]), count, first)


def families_about(
    db: sqlite3.Connection,
    words: str,
    pack: Pack,
    *,
    mode: str = "stem",
    least_outlets: int = 1,
    denied: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[Family], int]:
    """One page of the claim families with statements that hold ``words``, those with most of them first, and how many
    there are."""
    ids, total = group_families(
        db, words, pack, mode=mode, least_outlets=least_outlets, denied=denied, limit=limit, offset=offset
    )
    return [family for f in ids for family in read_rows(db, "family", "WHERE id = ?", (f,))], total


def first_told(db: sqlite3.Connection, words: str, pack: Pack, *, mode: str = "stem") -> Stated | None:
    """The oldest dated statement that holds ``words``; in this corpus, not in the world."""
    found = find_statements(db, words, pack, mode=mode, order="oldest", limit=1).statements
    return found[0] if found else None


def chain_of(reading: Reading, statement: str) -> Chain | None:
    """The chain of a statement within its article; None where the reading has no such statement."""
    by_number = {a.n: a for a in reading.attributions}
    at = next((a for a in reading.attributions if a.id == statement), None)
    if at is None:
        return None
    content = " ".join(s.of(reading.text) for s in at.content)
    links: list[Link] = []
    seen: set[int] = set()
    link: Attribution | None = at
    while link is not None and link.n not in seen:
        seen.add(link.n)
        links.append(_link(reading.text, link))
        link = by_number.get(link.parent)
    links.append(Link("outlet", reading.outlet or "", "", "reported", (), None))
    return Chain(statement, tuple(reversed(links)), content, at.content)


def _link(text: str, a: Attribution) -> Link:
    name = " ".join(" ".join(s.of(text) for s in a.source).split())
    cue = " ".join(s.of(text) for s in a.cue)
    return Link(a.type if name else "unknown", name, cue, a.stance, a.source, a.id)
