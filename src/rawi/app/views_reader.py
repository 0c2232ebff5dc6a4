"""The reader: one article with its statements, what it shares with others, its versions, and how to cite it."""

from __future__ import annotations

from typing import Any, NamedTuple

from markupsafe import Markup

from rawi.app.citation import citation
from rawi.app.pages import Page, page_of
from rawi.app.spans import spans_in_writing, spans_of
from rawi.app.workbench import Call
from rawi.corpus import Article
from rawi.errors import InputError, ProjectError
from rawi.model import Reading, Span
from rawi.report.views import Card, article_view
from rawi.show.marked import Layer, layers_of, marked
from rawi.show.statements import views, words
from rawi.store.load import Listed, Stated

COPIES_SHOWN = 40
EXCERPT = 160


class Passage(NamedTuple):
    """A passage that stands in another document too."""

    other: Listed
    words: int
    class_: str
    direction: str
    certainty: str
    excerpt: str
    spans: tuple[Span, ...]


class Side(NamedTuple):
    """What the corpus adds to one statement: its list entry, its family where it was told elsewhere, its citation."""

    stated: Stated | None
    family: str | None
    citation: str


def article(call: Call) -> Page:
    """An article, one version of it, as the machine read it or as corrected."""
    asked = call.asked
    version = asked.number("version") if asked.text("version") else None
    found = call.project.article(asked.path["ref"], version=version)
    if found.reading is None:
        return page_of({"article": _facts(found), "reading": None}, view=None, asked=asked)
    corrected = asked.text("reading") == "corrected" and found.corrected is not None
    reading = found.corrected.reading if corrected and found.corrected else found.reading
    passages = _passages(call, found, reading)
    view = article_view(reading, views(reading), 1, call.say)
    layers = [*layers_of(reading), *(Layer(s, "copied") for p in passages for s in p.spans)]
    text = marked(reading.text, layers, anchor=view.anchor, label=call.say("statement.number", n="{n}"), offsets=True)
    data = {
        "article": _facts(found),
        "reading": reading,
        "passages": passages,
        "corrected": corrected,
    }
    return page_of(
        data,
        view=view,
        text=text,
        sides=_sides(call, found, reading, view.cards),
        asked=asked,
        spans=spans_in_writing,
    )


def _facts(found: Article) -> dict[str, Any]:
    return {
        "document": found.document,
        "versions": found.versions,
        "sightings": found.sightings,
        "same_text": found.same_text,
        "corrections": found.corrections,
        "orphaned": found.corrected.orphaned if found.corrected else (),
        "statements": found.statements,
        "tellings": found.tellings,
    }


def _passages(call: Call, found: Article, reading: Reading) -> list[Passage]:
    this = found.document.id
    passages = []
    for reuse in found.copies[:COPIES_SHOWN]:
        there = reuse.b if reuse.a == this else reuse.a
        mine = spans_of(reuse.spans_a if reuse.a == this else reuse.spans_b)
        mine = tuple(s for s in mine if s.end <= len(reading.text))
        other = listed(call, there)
        if other is None:
            continue
        direction = {"a-from-b": ("from", "to"), "b-from-a": ("to", "from")}.get(reuse.direction, ("none", "none"))
        passages.append(
            Passage(
                other,
                reuse.words,
                reuse.class_,
                direction[reuse.a != this],
                reuse.certainty,
                words(reading.text, mine)[:EXCERPT],
                mine,
            )
        )
    return passages


def listed(call: Call, identity: str) -> Listed | None:
    """The list entry of the latest version of a document, or None where it is gone."""
    try:
        versions = call.project.versions(identity)
        return next((v for v in versions if v.id == identity and v.latest), versions[-1])
    except ProjectError:
        return None


def _sides(call: Call, found: Article, reading: Reading, cards: tuple[Card, ...]) -> dict[int, Side]:
    by_id = {s.id: s for s in found.statements}
    families = {t.statement: t.family for t in found.tellings if t.statement}
    return {
        c.view.n: Side(by_id.get(c.view.id), families.get(c.view.id), citation(reading, c.view, call.say))
        for c in cards
    }


def changes(call: Call) -> Page:
    """What changed between two versions of an article, word by word."""
    ref = call.asked.path["ref"]
    versions = call.project.versions(ref)
    numbers = sorted({v.version for v in versions})
    if len(numbers) < 2:
        raise ProjectError(f"only one version of {ref}", expected="an article that was met with two texts")
    new = call.asked.number("new", numbers[-1])
    old = call.asked.number("old", max((n for n in numbers if n < new), default=numbers[0]))
    if old not in numbers or new not in numbers:
        raise InputError("no such version", where="old, new", expected=", ".join(map(str, numbers)))
    found = call.project.changes(ref, old, new)
    data = {"versions": versions, "old": old, "new": new, "changes": found}
    return page_of(data, ref=ref, asked=call.asked)


def statement_context(reading: Reading, spans: tuple[Span, ...], layers: list[Layer]) -> Markup:
    """The paragraphs of a text that ``spans`` touch, and one around them, with ``layers`` and offsets."""
    from re import finditer

    lines = [Span(*m.span()) for m in finditer(r"[^\n]+", reading.text)]
    touched = [i for i, line in enumerate(lines) if any(line.overlaps(s) for s in spans)]
    if not touched:
        return marked(reading.text, layers, offsets=True)
    first, last = max(0, touched[0] - 1), min(len(lines) - 1, touched[-1] + 1)
    return marked(reading.text, layers, offsets=True, within=Span(lines[first].start, lines[last].end))
