"""The names of a document: people, roles, institutions, groups, outlets, and the entities behind them."""

from __future__ import annotations

from rawi.lexicon.pack import Pack
from rawi.marks.names_entities import Entities
from rawi.marks.names_records import finished
from rawi.marks.names_scan import Mention, Scanner
from rawi.marks.names_words import name_words
from rawi.marks.people import People
from rawi.model import Entity, Name
from rawi.text.tokens import Tokens


def find_names(tokens: Tokens, pack: Pack) -> tuple[list[Name], list[Entity]]:
    """The name mentions of ``tokens`` in text order, and one entity for each thing named.

    A person's ``Name`` covers the name alone, ``honorific_span`` the address before it; a title is a ``Name`` of
    kind ``role`` of its own, with the person's entity. ``Entity.mentions`` cover whole noun phrases (title,
    name and apposition), short forms and titles that stand for the person. ``Entity.key`` is null
    where nothing but the name is known. Spans are code points into the text.
    """
    words = name_words(pack)
    words.trim()
    people = People(tokens, words)
    mentions = Scanner(people).scan()
    if not mentions:
        return [], []
    entities = Entities(people, mentions)
    things = entities.resolve()
    records = finished(things, entities)
    names: list[Name] = []
    for thing, record in zip(things, records, strict=True):
        for mention in thing.mentions:
            names.extend(_names_of(mention, record.id, tokens))
    names.sort(key=lambda n: (n.span.start, -n.span.end))
    return names, records


def _names_of(m: Mention, entity: str, tokens: Tokens) -> list[Name]:
    if m.kind not in {"person", "role"}:
        return [Name(span=tokens.span(m.first, m.last), kind=m.kind, entity=entity, rule=m.rule)]
    found = [Name(span=tokens.span(r.first, r.last), kind="role", entity=entity, rule=r.noun.row) for r in m.roles]
    if m.name is not None:
        honorific = tokens.span(*m.honorific) if m.honorific else None
        found.append(
            Name(span=tokens.span(*m.name), kind="person", entity=entity, honorific_span=honorific, rule=m.rule)
        )
    return found
