"""The records of the file format, as frozen structures (one field here = one field there).

Every span is ``[start, end]`` in code points into ``Document.text``, end exclusive.
Field meanings: ``docs/reference/format.md``.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Literal

from msgspec import Struct, field

FORMAT = 1

Kind = Literal["direct", "mixed", "indirect"]
Stance = Literal["reported", "alleged", "denied", "doubted", "directive"]
Act = Literal[
    "say", "add", "confirm", "announce", "claim", "accuse", "deny", "doubt", "expect", "demand",
    "threaten", "promise", "warn", "describe", "relay", "evidence",
]  # fmt: skip
WriterStance = Literal["neutral", "distance", "endorse"]
SourceType = Literal[
    "person", "official", "institution", "group", "outlet", "document", "anonymous", "witness", "impersonal"
]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
PlaceKind = Literal[
    "country", "admin1", "admin2", "admin3", "city", "town", "village", "place", "district", "camp",
    "natural", "facility", "region", "other",
]  # fmt: skip
Precision = Literal["point", "area", "country", "unknown"]
NameKind = Literal["person", "role", "institution", "group", "outlet"]
UnattributedClass = Literal["writer", "firsthand", "impersonal", "background"]
DoubtCode = Literal[
    "no-source", "ambiguous-speaker", "unbalanced-quote", "undated", "date-conflict", "place-ambiguous",
    "place-unknown", "text-glued", "extraction-suspect", "truncated-input", "odd-characters", "language-other",
]  # fmt: skip


class Span(Struct, frozen=True, order=True, gc=False, array_like=True):
    """A stretch of the original text: code points, end exclusive, written ``[start, end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of ``text`` that the span covers."""
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class Doubt(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What rawi is not sure of: a code, where, and parameters; the interface words it."""

    code: DoubtCode
    span: Span | None = None
    params: dict[str, str] = field(default_factory=dict)


class Rival(Struct, frozen=True, kw_only=True):
    """A reading that lost: its rule, its parts and why it was not taken."""

    rule: str
    source: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    why_not: str = ""


class Attribution(Struct, frozen=True, kw_only=True):
    """One statement that the writer assigns to somebody else."""

    n: int
    id: str
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    ref: Span | None
    content: tuple[Span, ...]
    kind: Kind
    stance: Stance
    act: Act
    writer_stance: WriterStance = "neutral"
    type: SourceType
    target: Span | None = None
    parent: int = 0
    speaker: str | None = None
    time: int | None = None
    content_time: int | None = None
    rule: str
    rivals: tuple[Rival, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class Timex(Struct, frozen=True, kw_only=True):
    """One time expression with its TIMEX3 value; ``begin`` and ``end`` are inclusive ISO days or date-times."""

    span: Span
    type: TimexType
    value: str | None = None
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None
    begin: str | None = None
    end: str | None = None
    anchor: str | None = None
    calendar: str = "gregorian"
    rule: str
    doubts: tuple[Doubt, ...] = ()


class PlaceRival(Struct, frozen=True, kw_only=True):
    """Another place of the same name that the text could mean."""

    id: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    why_not: str = ""


class Place(Struct, frozen=True, kw_only=True):
    """One mention of a place; ``id`` is the gazetteer row, coordinates are WGS 84 degrees."""

    span: Span
    id: str | None
    name: str
    name_en: str | None = None
    kind: PlaceKind
    country: str | None
    claimed_by: tuple[str, ...] = ()
    administered_by: tuple[str, ...] = ()
    lat: float | None
    lon: float | None
    precision: Precision
    radius_km: float | None = None
    rivals: tuple[PlaceRival, ...] = ()
    rule: str
    doubts: tuple[Doubt, ...] = ()


class Name(Struct, frozen=True, kw_only=True):
    """One mention of a person, role, institution, group or outlet."""

    span: Span
    kind: NameKind
    entity: str | None
    honorific_span: Span | None = None
    rule: str


class Entity(Struct, frozen=True, kw_only=True):
    """One thing of the document with all its mentions; ``key`` identifies it across documents."""

    id: str
    key: str | None
    kind: NameKind
    name: str
    mentions: tuple[Span, ...]
    roles: tuple[str, ...] = ()


class Quote(Struct, frozen=True, kw_only=True):
    """A stretch between quotation marks; ``speaker`` is an attribution's ``n``, null = not stated."""

    span: Span
    open: str
    close: str
    speaker: int | None = None


class Unattributed(Struct, frozen=True, kw_only=True):
    """A statement for which this article names no source."""

    span: Span
    class_: UnattributedClass = field(name="class")


class Charged(Struct, frozen=True, kw_only=True):
    """A wording that takes sides, with the lexicon row that says so."""

    span: Span
    class_: str = field(name="class")
    row: str


class SourceFile(Struct, frozen=True, kw_only=True):
    """Where the text came from: file name, SHA-256 of the raw bytes, extractor and version."""

    name: str
    sha256: str
    extractor: str


class MadeBy(Struct, frozen=True, kw_only=True):
    """The version of rawi and the hash of the tables that made a reading."""

    rawi: str
    tables: str


class Article(Struct, frozen=True, kw_only=True):
    """What is given to be read: the evidence text, never changed, and what is known of it."""

    id: str
    text: str
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    published_as: str | None = None
    title_span: Span | None = None
    source_file: SourceFile | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def key(self) -> str:
        """The first 16 hex digits of the SHA-256 of the text: names the text, not the document."""
        return text_key(self.text)


class Reading(Struct, frozen=True, kw_only=True):
    """An article with everything that rawi found in it; one line of the file format."""

    format: int = FORMAT
    id: str
    key: str
    outlet: str | None = None
    url: str | None = None
    language: str = "ar"
    published: str | None = None
    published_as: str | None = None
    title_span: Span | None = None
    text: str
    source_file: SourceFile | None = None
    attributions: tuple[Attribution, ...] = ()
    times: tuple[Timex, ...] = ()
    places: tuple[Place, ...] = ()
    names: tuple[Name, ...] = ()
    entities: tuple[Entity, ...] = ()
    quotes: tuple[Quote, ...] = ()
    unattributed: tuple[Unattributed, ...] = ()
    charged: tuple[Charged, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    made_by: MadeBy | None = None


def text_key(text: str) -> str:
    """The first 16 hex digits of the SHA-256 of ``text`` (lone surrogates kept as they are).

    >>> text_key("")
    'e3b0c44298fc1c14'
    """
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def statement_id(document_id: str, document_key: str, cue_start: int, cue_text: str, depth: int) -> str:
    """The identity of a statement: it stays when source, content or a label changes.

    >>> statement_id("a", "b", 3, "c", 0)
    'ed6a26ede51ff2c0'
    """
    parts = (document_id, document_key, str(cue_start), cue_text, str(depth))
    return text_key("\x1f".join(parts))
