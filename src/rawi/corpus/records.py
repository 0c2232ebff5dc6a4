"""What a project answers with, beside the records of the store."""

from __future__ import annotations

from typing import Any, NamedTuple

from rawi.ask import Chain
from rawi.model import Reading, Span
from rawi.store.corrections import Correction
from rawi.store.load import Listed, Seen, Stated
from rawi.store.review import Corrected
from rawi.store.traced import Claim, Edge, Family, Reuse, Root, Telling


class Article(NamedTuple):
    """One version of an article with everything kept about it.

    ``reading`` is the machine's own (None where it is still to be read), ``corrected`` what the corrections make of
    it; ``same_text`` lists other documents with the very same text, ``copies`` the passages shared with others.
    """

    document: Listed
    reading: Reading | None
    corrected: Corrected | None
    statements: list[Stated]
    versions: list[Listed]
    sightings: list[Seen]
    same_text: list[Listed]
    copies: list[Reuse]
    tellings: list[Telling]
    corrections: list[Correction]


class Change(NamedTuple):
    """One place where two versions differ: ``kind`` is equal, replace, insert or delete; spans lie in each text."""

    kind: str
    old: Span
    new: Span
    old_words: str
    new_words: str


class FamilyView(NamedTuple):
    """A family opened down to what justifies it; ``documents`` are the list entries of its tellings by id, and
    ``statements`` their statements by id; ``wordings`` are the words of each telling by its id."""

    family: Family
    claims: list[Claim]
    tellings: list[Telling]
    edges: list[Edge]
    roots: list[Root]
    documents: dict[str, Listed]
    statements: dict[str, Stated]
    chains: dict[str, Chain]
    wordings: dict[str, str]


class Source(NamedTuple):
    """A speaker: ``keyed`` says that the key holds across documents; else it is a name only, not shown to be one
    person. ``outlets`` counts the outlets that quote this speaker."""

    key: str
    kind: str
    name: str
    keyed: bool
    statements: int
    documents: int
    outlets: int


class Outlet(NamedTuple):
    """An outlet: its articles (latest versions), statements, and first and last day."""

    name: str
    articles: int
    statements: int
    first: str | None
    last: str | None


class PlaceCount(NamedTuple):
    """A place with the number of documents and statements that name it; coordinates are WGS 84 degrees or None."""

    id: str
    name: str
    name_en: str | None
    kind: str
    country: str | None
    claimed_by: Any
    lat: float | None
    lon: float | None
    precision: str
    radius_km: float | None
    documents: int


class Traced(NamedTuple):
    """What a tracing run did (documents traced and taken out, families touched, seconds), and what the project holds
    now."""

    documents: int
    removed: int
    touched: int
    seconds: float
    families: int
    claims: int
    copies: int
