"""``rawi ask``: full-text search over a project, and questions to it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from rawi.cli.projects import PROJECT_HELP, one_line, opened, print_json, print_rows
from rawi.corpus import Project
from rawi.store.search import Filters, Hit


class Mode(StrEnum):
    """How closely words have to be met."""

    stem = "stem"
    words = "words"
    exact = "exact"


class Order(StrEnum):
    """The orders of hits."""

    best = "best"
    newest = "newest"
    oldest = "oldest"


class What(StrEnum):
    """What is asked for."""

    articles = "articles"
    statements = "statements"
    speakers = "speakers"
    families = "families"
    first = "first"
    facets = "facets"


Values = Annotated[list[str] | None, typer.Option(help="Keep only this one; may be repeated.")]


def command(
    words: Annotated[str, typer.Argument(help='Words; "..." is a phrase, - excludes.')] = "",
    project: Annotated[Path | None, typer.Option(help=PROJECT_HELP, metavar="DIR")] = None,
    what: Annotated[What, typer.Option(help="What to list.")] = What.articles,
    mode: Annotated[Mode, typer.Option(help="stem: inflected forms too; words: any spelling; exact.")] = Mode.stem,
    order: Annotated[Order, typer.Option(help="Order of articles and statements.")] = Order.best,
    outlet: Values = None,
    place: Values = None,
    speaker: Values = None,
    stance: Values = None,
    review: Values = None,
    since: Annotated[str | None, typer.Option(help="First day.", metavar="DAY")] = None,
    until: Annotated[str | None, typer.Option(help="Last day.", metavar="DAY")] = None,
    limit: Annotated[int, typer.Option(help="How many to list.", min=1)] = 20,
    offset: Annotated[int, typer.Option(help="How many to pass over.", min=0)] = 0,
    json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Search and question a project.

    Examples:

      rawi ask "..." --mode exact

      rawi ask "..." --what speakers --since 2024-05-01 --stance denied
    """
    filters = Filters(
        tuple(outlet or ()), since, until, False, tuple(place or ()), tuple(speaker or ()), tuple(stance or ()),
        tuple(review or ()),
    )  # fmt: skip
    with opened(project) as chosen:
        found = _answer(chosen, what, words, mode.value, filters, order.value, limit, offset)
        if json:
            print_json(found)
        else:
            print_rows(_rows(what, found))
            if what in (What.articles, What.statements) and found.total > offset + limit:
                typer.echo(f"rawi: {found.total:,} in all; --offset {offset + limit} goes on", err=True)


def _answer(
    project: Project, what: What, words: str, mode: str, filters: Filters, order: str, limit: int, offset: int
) -> Any:
    if what is What.articles:
        return project.ask(words, mode=mode, filters=filters, order=order, limit=limit, offset=offset)
    if what is What.statements:
        return project.statements(words, mode=mode, filters=filters, order=order, limit=limit, offset=offset)
    if what is What.speakers:
        return project.who_said(words, mode=mode, filters=filters, most=limit)
    if what is What.families:
        return project.families(words, mode=mode, limit=limit, offset=offset)[0]
    if what is What.first:
        first = project.first_told(words, mode=mode)
        return [first] if first else []
    return project.facets(words, mode=mode, filters=filters, most=limit)


def _rows(what: What, found: Any) -> Iterator[tuple[Any, ...]]:
    if what is What.articles:
        for hit in found.hits:
            d = hit.document
            yield d.ref, d.day, f"{d.statements} statements", _marked(hit)
    elif what is What.statements or what is What.first:
        for s in found.statements if what is What.statements else found:
            yield s.id, s.ref, s.day, s.stance, one_line(f"{s.outlet or ''} | {s.source} | {s.content}", 300)
    elif what is What.speakers:
        for saying in found:
            yield saying.key, saying.statements, "" if saying.keyed else "by name only", saying.name
    elif what is What.families:
        for f in found:
            yield f.id, f"{f.lo}-{f.hi} origins", f"{f.outlets} outlets", f.first_seen, one_line(f.gist_text)
    else:
        for kind, values in found.items():
            for value in values:
                yield kind, value.documents, value.value, value.label


def _marked(hit: Hit) -> str:
    """Outlet, headline, and the stretch found with its answers between brackets."""
    pieces, at = [], hit.shown.start
    for mark in hit.marks:
        if mark.start < at or mark.end > hit.shown.end:
            continue
        pieces.append(hit.words[at - hit.shown.start : mark.start - hit.shown.start])
        pieces.append("[" + hit.words[mark.start - hit.shown.start : mark.end - hit.shown.start] + "]")
        at = mark.end
    pieces.append(hit.words[at - hit.shown.start :])
    return one_line(f"{hit.document.outlet or ''} | {hit.document.title} | {''.join(pieces)}", 400)
