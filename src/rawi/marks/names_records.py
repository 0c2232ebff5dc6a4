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
    if thing.row and thing.kind != "role":
        listed = entities.people.words.tables.listed_rows[thing.row]
        return f"{thing.kind}/{name}/{listed.country or listed.sort}"
    if thing.kind == "person":
        if len(thing.parts) < 2 and not any(words for _, words, _ in thing.roles):
            return None
        offices = [(row, words, role) for row, words, role in thing.roles if words]
        if not offices:
            return None
        _, words, role = max(offices, key=lambda r: len(r[1]))
        return f"person/{name}/{' '.join([role.noun.lemma, *sorted(words)])}"
    if thing.kind == "role":
        _, words, role = thing.roles[0]
        countries = any(w.isascii() for w in words)
        return f"role/{' '.join([role.noun.lemma, *sorted(words)])}" if countries else None
    codes = sorted(w for w in thing.words if w.isascii() and len(w) == 2 and w.isupper())
    return f"{thing.kind}/{name}/{codes[0]}" if codes else None
