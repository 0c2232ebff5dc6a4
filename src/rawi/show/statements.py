"""A statement as it is shown: who, through whom, what, with which stance, when and where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rawi.model import Attribution, Place, Reading, Span, Timex

ELLIPSIS = " \u2026 "
UNNAMED = frozenset({"anonymous", "witness"})


class Link(NamedTuple):
    """One station of a chain: its words, its type, and the number of the statement that it is the source of.

    ``words`` is empty where the article names no source; ``resolved`` is the fuller mention that a pronoun or an
    empty subject stands for.
    """

    words: str
    resolved: str
    type: str
    n: int


class StatementView(NamedTuple):
    """Everything a page shows of one statement, as text of the article and codes of the format."""

    n: int
    id: str
    source: str
    resolved: str
    cue: str
    content: str
    target: str
    chain: tuple[Link, ...]
    stance: str
    act: str
    kind: str
    type: str
    writer_stance: str
    time: Timex | None
    content_time: Timex | None
    places: tuple[Place, ...]
    parent: int
    same_content: bool
    entity: str
    attribution: Attribution

    @property
    def speaker(self) -> str:
        """The name to show for the speaker; empty where the article gives none."""
        return self.entity or self.resolved or self.source


def views(reading: Reading) -> list[StatementView]:
    """The statements of a reading in text order."""
    by_n = {a.n: a for a in reading.attributions}
    return [_view(reading, a, by_n) for a in reading.attributions]


def words(text: str, spans: Iterable[Span]) -> str:
    """The words of ``spans`` in text order, white space joined, pieces parted by an ellipsis."""
    return ELLIPSIS.join(" ".join(s.of(text).split()) for s in sorted(spans))


def resolved_name(reading: Reading, a: Attribution) -> str:
    """The fullest naming of the speaker: the entity's name, else the mention that ``ref`` points to; else empty."""
    if a.ref is not None:
        return words(reading.text, [a.ref])
    name = _entity_name(reading, a)
    return "" if name in words(reading.text, a.source) else name


def _entity_name(reading: Reading, a: Attribution) -> str:
    """The name of the entity that speaks, or empty."""
    return next((e.name for e in reading.entities if e.id == a.speaker), "") if a.speaker else ""


def _view(reading: Reading, a: Attribution, by_n: dict[int, Attribution]) -> StatementView:
    text = reading.text
    parent = by_n.get(a.parent)
    return StatementView(
        n=a.n,
        id=a.id,
        source=words(text, a.source),
        resolved=resolved_name(reading, a),
        cue=words(text, a.cue),
        content=words(text, a.content),
        target=words(text, [a.target]) if a.target else "",
        chain=chain_of(reading, a, by_n),
        stance=a.stance,
        act=a.act,
        kind=a.kind,
        type=a.type,
        writer_stance=a.writer_stance,
        time=_time(reading, a.time),
        content_time=_time(reading, a.content_time),
        places=tuple(p for p in reading.places if any(s.overlaps(p.span) for s in a.content)),
        parent=a.parent if parent else 0,
        same_content=parent is not None and parent.content == a.content,
        entity=_entity_name(reading, a),
        attribution=a,
    )


def _time(reading: Reading, index: int | None) -> Timex | None:
    return reading.times[index] if index is not None and 0 <= index < len(reading.times) else None


def chain_of(reading: Reading, a: Attribution, by_n: dict[int, Attribution] | None = None) -> tuple[Link, ...]:
    """The stations from the outlet to the source of ``a``; a parent that points back to itself ends the chain."""
    by_n = by_n or {x.n: x for x in reading.attributions}
    links: list[Link] = []
    seen: set[int] = set()
    current: Attribution | None = a
    while current is not None and current.n not in seen:
        seen.add(current.n)
        source = words(reading.text, current.source)
        links.append(Link(source, resolved_name(reading, current), current.type, current.n))
        current = by_n.get(current.parent)
    outlet = Link(reading.outlet or "", "", "outlet", 0)
    return (outlet, *reversed(links))


def is_unnamed(view: StatementView) -> bool:
    """Whether the statement rests on a source that the article does not name."""
    return view.type in UNNAMED
