"""Review: the queue by uncertainty with one statement open, the log, reviewers compared, what no longer attaches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from rawi.app.pages import Page, page_of
from rawi.app.spans import spans_in_writing
from rawi.app.views_corpus import chosen_filters, place_and_speaker_labels
from rawi.app.views_reader import statement_context
from rawi.app.workbench import Call
from rawi.corpus import Article
from rawi.errors import InputError, ProjectError
from rawi.model import Act, Attribution, Kind, Reading, SourceType, Span, Stance, WriterStance
from rawi.report.views import Card, article_view
from rawi.show.marked import Layer
from rawi.show.statements import views
from rawi.store.corrections import Correction
from rawi.store.load import Stated

QUEUE = 25
LOG = 100
COMPARED = 200
LABELS: Mapping[str, tuple[str, ...]] = {
    "stance": get_args(Stance),
    "act": get_args(Act),
    "kind": get_args(Kind),
    "type": get_args(SourceType),
    "writer_stance": get_args(WriterStance),
}
SPANS = ("source", "cue", "content")
WORDED = {"type": "source_type"}


class Opened(NamedTuple):
    """The statement that is under review, with what the reviewer needs to decide."""

    stated: Stated
    card: Card
    reading: Reading
    corrected: Attribution | None
    history: list[Correction]


def review(call: Call) -> Page:
    """The queue, most to doubt first, and one statement of it opened."""
    asked, project = call.asked, call.project
    page = asked.number("page")
    filters = asked.filters
    if not filters.review:
        filters = filters._replace(review=("open",))
    queue = project.statements(
        asked.text("q"), mode=asked.text("mode", "stem"), filters=filters, order=asked.text("order", "doubtful"),
        limit=QUEUE, offset=(page - 1) * QUEUE,
    )  # fmt: skip
    at = asked.text("at") or (queue.statements[0].id if queue.statements else "")
    opened = open_statement(call, at) if at else None
    position = next((i for i, s in enumerate(queue.statements) if s.id == at), -1)
    data = {
        "total": queue.total,
        "page": page,
        "pages": max(1, -(-queue.total // QUEUE)),
        "per_page": QUEUE,
        "queue": queue.statements,
        "at": at or None,
        "statement": opened.stated if opened else None,
        "history": opened.history if opened else [],
    }
    return page_of(
        data,
        asked=asked,
        opened=opened,
        context=_context(opened) if opened else "",
        neighbours=_neighbours(queue.statements, position),
        labels=LABELS,
        worded=WORDED,
        span_fields=SPANS,
        spans_in_writing=spans_in_writing,
        chosen=[c for c in chosen_filters(asked, place_and_speaker_labels(call, {}), call.say)],
    )


def open_statement(call: Call, identity: str) -> Opened:
    """The statement with this id in its article; raises :class:`ProjectError` where there is none."""
    stated = call.project.statement(identity)
    article = call.project.article(stated.ref)
    if article.reading is None:
        raise ProjectError("still to be read", where=stated.ref, expected="`rawi add`, which reads it")
    return _opened(call, stated, article, article.reading)


def _opened(call: Call, stated: Stated, article: Article, reading: Reading) -> Opened:
    view = article_view(reading, [v for v in views(reading) if v.id == stated.id], 1, call.say)
    corrected = None
    if article.corrected is not None:
        corrected = next((a for a in article.corrected.reading.attributions if a.id == stated.id), None)
    history = [c for c in article.corrections if c.statement == stated.id]
    if not view.cards:
        raise ProjectError(f"no statement {stated.id} in the present reading", expected="another statement")
    return Opened(stated, view.cards[0], reading, corrected, history)


def _context(opened: Opened) -> Any:
    a = opened.corrected or opened.card.view.attribution
    parts: tuple[tuple[str, tuple[Span, ...]], ...] = (
        ("content", a.content), ("source", a.source), ("cue", a.cue)
    )  # fmt: skip
    layers = [Layer(s, role, 1) for role, spans in parts for s in spans]
    return statement_context(opened.reading, (*a.cue, *a.content, *a.source), layers)


def _neighbours(queue: list[Stated], position: int) -> dict[str, str]:
    """The ids before and after the opened one."""
    if position < 0:
        return {"previous": "", "next": queue[0].id if queue else ""}
    return {
        "previous": queue[position - 1].id if position > 0 else "",
        "next": queue[position + 1].id if position + 1 < len(queue) else "",
    }


def log(call: Call) -> Page:
    """The log of corrections, newest first, whether its chain holds, and the corrections that no longer attach."""
    page = call.asked.number("page")
    by = call.asked.text("by") or None
    entries = list(reversed(call.project.corrections(by=by)))
    data = {
        "total": len(entries),
        "page": page,
        "pages": max(1, -(-len(entries) // LOG)),
        "entries": entries[(page - 1) * LOG : page * LOG],
        "broken": call.project.broken_corrections(),
        "orphaned": call.project.orphaned(),
        "reviewers": call.project.reviewers(),
    }
    taken_back = {str(c.old) for c in entries if c.field == "correction"}
    return page_of(data, asked=call.asked, taken_back=taken_back)


def compared(call: Call) -> Page:
    """Two reviewers' decisions beside each other."""
    reviewers = call.project.reviewers()
    first = call.asked.text("first") or (reviewers[0] if reviewers else "")
    second = call.asked.text("second") or next((r for r in reviewers if r != first), "")
    for name in (first, second):
        if name and name not in reviewers:
            raise InputError(
                f"no reviewer {name!r}", where="first, second", expected=", ".join(reviewers) or "none yet"
            )
    comparison = call.project.compare(first, second) if first and second else None
    data = {"reviewers": reviewers, "first": first, "second": second, "comparison": comparison}
    shown = comparison.differences[:COMPARED] if comparison else ()
    stated = {d.statement: _stated(call, d.statement) for d in shown}
    return page_of(data, asked=call.asked, stated=stated, shown_most=COMPARED)


def _stated(call: Call, identity: str) -> Stated | None:
    """The statement, or None where no present reading has it."""
    try:
        return call.project.statement(identity)
    except ProjectError:
        return None
