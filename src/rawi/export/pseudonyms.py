"""Readings without the names of private persons: masked letter by letter, so that every offset still holds.

Masked are witnesses, and persons whom no office or body distinguishes (an entity of kind person without a key); each
is ``person N`` of its article. The text is then no longer the evidence; its ``key`` still names the evidence.
"""

from __future__ import annotations

import re

from rawi.model import Entity, Reading, Span
from rawi.store.records import changed

MASK = "\u2588"
_LETTER = re.compile(r"[^\s\d\W]|[\u064b-\u065f\u0670]")


def pseudonymised(reading: Reading) -> Reading:
    """The reading with private persons masked wherever their names stand in the text, titles included.

    >>> from rawi.model import Attribution
    >>> said = Attribution(n=1, id="a", cue=(Span(0, 4),), source=(Span(5, 8),), ref=None, content=(Span(9, 11),),
    ...     kind="indirect", stance="reported", act="say", type="witness", rule="")
    >>> pseudonymised(Reading(id="a", key="k", text="said Sam go", attributions=(said,))).text.count(MASK)
    3
    """
    private = [e for e in reading.entities if e.kind == "person" and e.key is None]
    spans = [s for e in private for s in e.mentions]
    spans += [
        s for a in reading.attributions if a.type == "witness" for s in (*a.source, *([a.ref] if a.ref else []))
    ]
    known = {e.id: f"person {number}" for number, e in enumerate(private, 1)}
    names = {e.name for e in private if len(e.name) > 2}
    text = _masked(reading.text, [*spans, *_elsewhere(reading.text, names)])
    made: Reading = changed(reading, text=text, entities=tuple(_renamed(e, known) for e in reading.entities))
    return made


def _elsewhere(text: str, names: set[str]) -> list[Span]:
    """Where a name stands although no mention was found there."""
    return [Span(m.start(), m.end()) for name in sorted(names) for m in re.finditer(re.escape(name), text)]


def _masked(text: str, spans: list[Span]) -> str:
    characters = list(text)
    for span in spans:
        for at in range(span.start, min(span.end, len(characters))):
            if _LETTER.fullmatch(characters[at]):
                characters[at] = MASK
    return "".join(characters)


def _renamed(entity: Entity, known: dict[str, str]) -> Entity:
    renamed: Entity = changed(entity, name=known[entity.id], roles=()) if entity.id in known else entity
    return renamed
