"""The records of the things that a document names: number, name in full, roles, and the key across documents."""

from __future__ import annotations

from rawi.marks.names_entities import Entities, Thing
from rawi.marks.people import People
from rawi.model import Entity


def finished(things: list[Thing], entities: Entities) -> list[Entity]:
    """The records of the things, numbered in text order."""
    tokens = entities.people.tokens
    made: list[Entity] = []
    for number, thing in enumerate(things, 1):
        name = _name(thing, entities)
        spans = tuple(tokens.span(m.first, m.last) for m in thing.mentions)
        roles = tuple(dict.fromkeys(_text(entities.people, r.first, r.last) for _, _, r in thing.roles))
        key = _key(thing, name, entities)
        made.append(Entity(id=f"e{number}", key=key, kind=thing.kind, name=name, mentions=spans, roles=roles))
    return made


def _text(people: People, first: int, last: int) -> str:
    """The words in normal form, one space between, proclitics of the first taken off."""
    tokens = people.tokens
    out: list[str] = []
    for i in range(first, last):
        form = tokens.form[i]
        if i == first:
            word = people.word(i)
            form = form[len(word.proclitics) :]
            form = word.stem[: max(0, len(word.stem) - len(form))] + form
        out.append(("" if not out or tokens.glued(i) else " ") + form)
    return "".join(out)


def _name(thing: Thing, entities: Entities) -> str:
    if thing.row and thing.kind != "role":
        return entities.people.words.tables.listed_rows[thing.row].name
    plain = [m for m in thing.mentions if not m.short]
    if thing.kind == "person":
        spans = [m.name for m in plain if m.name and entities.parts(*m.name) == thing.parts]
        spans = spans or [m.name for m in plain if m.name]
    else:
        spans = [(m.first, m.last) for m in plain]
    clear = [s for s in spans if not entities.people.word(s[0]).proclitics] or spans
    best = max(clear, key=lambda s: s[1] - s[0])
    return _text(entities.people, *best)


def _key(thing: Thing, name: str, entities: Entities) -> str | None:
    """Kind, name and office, body or country joined by ``/``; None where nothing tells namesakes apart."""
    words = entities.people.words
    if thing.row and thing.kind != "role":
        listed = words.tables.listed_rows[thing.row]
        return f"{thing.kind}/{name}/{listed.country or listed.sort}"
    folded = " ".join(words.tables.phrase(name))
    if thing.kind == "person":
        offices = [(held, role) for _, held, role in thing.roles if held and role.noun.lemma not in words.counterpart]
        if not offices:
            return None
        held, role = max(offices, key=lambda office: len(office[0]))
        return f"person/{folded}/{' '.join([role.noun.lemma, *sorted(held)])}"
    if thing.kind == "role":
        _, held, role = thing.roles[0]
        named = any(w.isascii() for w in held)
        return f"role/{' '.join([role.noun.lemma, *sorted(held)])}" if named else None
    codes = sorted(w for w in thing.words if w.isascii() and len(w) == 2 and w.isupper())
    return f"{thing.kind}/{folded}/{codes[0]}" if codes else None
