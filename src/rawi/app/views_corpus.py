"""The corpus: articles found and counted by their facets, speakers, and what is being added."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from markupsafe import Markup

from rawi.app.asked import Asked
from rawi.app.pages import Page, page_of
from rawi.app.workbench import Call
from rawi.corpus import PlaceCount
from rawi.errors import ProjectError
from rawi.model import Span
from rawi.show.marked import Layer, marked
from rawi.show.messages import Messages
from rawi.store.search import FACETS, Hit, Value

PER_PAGE = 20
SPEAKERS_PER_PAGE = 50
FACETS_SHOWN = 12
LISTED = tuple(f for f in FACETS if f != "day")
CODED = {"stance": "stance", "review": "app.state"}


class FacetLink(NamedTuple):
    """A value of a facet as a link that chooses or drops it."""

    label: str
    coded: bool
    documents: int
    chosen: bool
    href: str


def corpus(call: Call) -> Page:
    """One page of the articles that the request finds, with the values of every facet."""
    asked, project = call.asked, call.project
    words, mode, filters = asked.text("q"), asked.text("mode", "stem"), asked.filters
    page = asked.number("page")
    found = project.ask(
        words, mode=mode, filters=filters, order=asked.text("order", "best" if words else "newest"),
        limit=PER_PAGE, offset=(page - 1) * PER_PAGE,
    )  # fmt: skip
    facets = {
        k: v for k, v in project.facets(words, mode=mode, filters=filters, most=FACETS_SHOWN).items() if k in LISTED
    }
    labels = place_and_speaker_labels(call, facets)
    data = {
        "q": words,
        "mode": mode,
        "order": asked.text("order"),
        "total": found.total,
        **paging(page, found.total, PER_PAGE),
        "hits": found.hits,
        "facets": facets,
        "counts": project.counts(),
    }
    return page_of(
        data,
        asked=asked,
        hit_words=hit_words,
        links={kind: facet_links(kind, values, call) for kind, values in facets.items()},
        chosen=chosen_filters(asked, labels, call.say),
    )


def paging(page: int, total: int, size: int) -> dict[str, int]:
    """The page and how many there are, for ``total`` entries in pages of ``size``."""
    return {"page": page, "pages": max(1, -(-total // size)), "per_page": size}


def hit_words(hit: Hit) -> Markup:
    """The stretch of text of a hit with what was found marked; the headline stands above it already."""
    begin = hit.shown.start
    first, _, rest = hit.words.partition("\n")
    if rest.strip() and " ".join(first.split()) == " ".join(hit.document.title.split()):
        begin += len(first) + 1
    kept = Span(begin, hit.shown.end)
    layers = [Layer(Span(m.start - begin, m.end - begin), "found") for m in hit.marks if kept.holds(m)]
    return marked(hit.words[begin - hit.shown.start :], layers)


def facet_links(kind: str, values: list[Value], call: Call) -> list[FacetLink]:
    """Each value of a facet with the address that chooses it, or drops it where it is chosen."""
    asked, say = call.asked, call.say
    chosen = asked.many(kind)
    links = []
    often = Counter(v.label for v in values)
    for value in values:
        on = value.value in chosen
        rest = tuple(v for v in chosen if v != value.value) if on else (*chosen, value.value)
        coded = kind in CODED or value.value == ""
        label = value_label(kind, value.value, value.label, say)
        if kind == "place" and often[value.label] > 1:
            label = f"{label} ({place_kind(call, value.value)})"
        links.append(FacetLink(label, coded, value.documents, on, asked.query(**{kind: rest or None})))
    return links


def value_label(kind: str, value: str, label: str, say: Messages) -> str:
    """A value of a facet in words: codes in the interface's language, names as they are."""
    if kind in CODED:
        return say(f"{CODED[kind]}.{value}") if say.has(f"{CODED[kind]}.{value}") else value
    if kind == "outlet" and value == "":
        return say("report.no_outlet")
    return label


def place_kind(call: Call, identity: str) -> str:
    """The kind of a place in words, to tell two of one name apart."""
    found = next((p for p in call.project.places() if p.id == identity), None)
    return call.say(f"place_kind.{found.kind}") if found else ""


def place_and_speaker_labels(
    call: Call, facets: dict[str, list[Value]], places: list[PlaceCount] | None = None
) -> dict[str, str]:
    """The names of the places and speakers that the request filters by; ``places``: those already at hand."""
    labels = {v.value: v.label for kind in ("place", "speaker") for v in facets.get(kind, ())}
    for key in call.asked.many("speaker"):
        if key not in labels:
            labels[key] = speaker_name(call, key)
    missing = [p for p in call.asked.many("place") if p not in labels]
    if missing:
        known = call.project.places() if places is None else places
        labels.update({p.id: p.name for p in known if p.id in missing})
    return labels


def speaker_name(call: Call, key: str) -> str:
    """The name of a speaker, or the key where there is none."""
    try:
        return call.project.source(key).name
    except ProjectError:
        return key


def chosen_filters(asked: Asked, labels: dict[str, str], say: Messages) -> list[dict[str, Any]]:
    """The filters that hold, each with the address without it."""
    found = []
    for kind in LISTED:
        chosen = asked.many(kind)
        for value in chosen:
            rest = tuple(v for v in chosen if v != value) or None
            label = value_label(kind, value, labels.get(value, value), say)
            found.append({"kind": kind, "label": label, "href": asked.query(**{kind: rest})})
    for kind in ("since", "until"):
        if asked.text(kind):
            found.append({"kind": kind, "label": say.date(asked.text(kind)), "href": asked.query(**{kind: None})})
    if asked.text("undated"):
        found.append({"kind": "undated", "label": say("report.undated"), "href": asked.query(undated=None)})
    return found


def speakers(call: Call) -> Page:
    """One page of speakers, those with most statements first."""
    page = call.asked.number("page")
    kind = call.asked.text("kind") or None
    found = call.project.sources(kind=kind, limit=SPEAKERS_PER_PAGE + 1, offset=(page - 1) * SPEAKERS_PER_PAGE)
    data = {
        "kind": kind,
        "page": page,
        "pages": page + (len(found) > SPEAKERS_PER_PAGE),
        "speakers": found[:SPEAKERS_PER_PAGE],
    }
    return page_of(data, asked=call.asked)


def speaker(call: Call) -> Page:
    """A speaker with everything that is attributed to them in this corpus."""
    source = call.project.source(call.asked.text("key"))
    page = call.asked.number("page")
    filters = call.asked.filters._replace(speaker=(source.key,))
    said = call.project.statements(
        call.asked.text("q"), mode=call.asked.text("mode", "stem"), filters=filters,
        order="best" if call.asked.text("q") else "newest", limit=PER_PAGE, offset=(page - 1) * PER_PAGE,
    )  # fmt: skip
    data = {
        "speaker": source,
        "total": said.total,
        **paging(page, said.total, PER_PAGE),
        "statements": said.statements,
    }
    return page_of(data, asked=call.asked)


def imports(call: Call) -> Page:
    """The additions of this run, and what of the project could not be read."""
    failures = call.project.failures()
    data = {"imports": call.bench.imports.all(), "failures": failures[-200:], "failed": len(failures)}
    return page_of(data)


def one_import(call: Call) -> Page:
    """How far one addition is, with the outcome of every input."""
    number = call.asked.path["number"]
    found = (
        call.bench.imports.find(int(number)) if number.isascii() and number.isdigit() and len(number) < 9 else None
    )
    if found is None:
        raise ProjectError(f"no addition {number[:40]}", expected="one of this run of the workbench")
    return page_of({"import": found})
