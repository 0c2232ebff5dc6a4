"""``rawi show``: one thing of a project, or a list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from rawi.cli.projects import PROJECT_HELP, one_line, opened, print_json, print_rows
from rawi.cli.read import Interface
from rawi.corpus import Article, FamilyView, Project
from rawi.errors import ProjectError
from rawi.show.messages import Messages, messages
from rawi.show.plain import plain
from rawi.store.search import Filters

MOST = 1000


def command(
    what: Annotated[
        str,
        typer.Argument(
            help="article, versions, changes, copies, statement, claim, family, source or outlet with its ID; or a "
            "list: families, sources, outlets, places, failures, corrections, orphaned, counts.",
            metavar="WHAT",
        ),
    ],
    identity: Annotated[str, typer.Argument(help="Its id, ref, address, key or name.", metavar="[ID]")] = "",
    project: Annotated[Path | None, typer.Option(help=PROJECT_HELP, metavar="DIR")] = None,
    version: Annotated[int | None, typer.Option(help="This version, not the latest.", metavar="N")] = None,
    ui: Annotated[Interface | None, typer.Option(help="Language of labels.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Show an article, claim, family, source or outlet of a project, or list what there is.

    Examples:

      rawi show article https://example.org/news/1

      rawi show family f3a9 --json

      rawi show failures
    """
    one, many = ONE.get(what), LISTS.get(what)
    if one is None and many is None:
        raise typer.BadParameter(f"no {what!r}; expected one of {', '.join([*ONE, *LISTS])}", param_hint="WHAT")
    with opened(project) as chosen:
        say = messages(ui.value if ui else chosen.settings.ui, chosen.settings.digits, chosen.settings.months)
        if many is not None:
            value, rows = many(chosen)
        elif not identity:
            raise ProjectError(f"which {what}?", expected=f"rawi show {what} ID")
        elif one is not None:
            value, rows = one(chosen, identity, version, say)
        if json:
            print_json(value)
        else:
            print_rows(rows)


Answer = tuple[Any, Iterator[tuple[Any, ...]] | Iterator[tuple[Any, ...] | str]]


def _article(project: Project, identity: str, version: int | None, say: Messages) -> Answer:
    article = project.article(identity, version=version)
    return article, _article_rows(article, say)


def _article_rows(article: Article, say: Messages) -> Iterator[tuple[Any, ...] | str]:
    d = article.document
    yield "ref", d.ref
    yield "version", f"{d.version} of {d.versions}", f"first seen {d.first_seen}, last seen {d.last_seen}"
    for seen in article.sightings:
        yield "evidence", seen.sha256, seen.seen, seen.url or seen.name
    for other in article.same_text:
        yield "same text", other.ref, other.outlet
    yield from plain(article.reading, say) if article.reading else ()
    for s in article.statements:
        yield "statement", s.number, s.id, s.state, one_line(s.content)
    for t in article.tellings:
        yield "told in", t.family, t.stance, t.statement or "no source"


def _versions(project: Project, identity: str, _: int | None, __: Messages) -> Answer:
    found = project.versions(identity)
    return found, ((v.version, v.ref, v.key, v.first_seen, v.last_seen, v.title) for v in found)


def _changes(project: Project, identity: str, version: int | None, _: Messages) -> Answer:
    newest = max(v.version for v in project.versions(identity))
    new = version or newest
    if new < 2:
        raise ProjectError("only one version", where=identity, expected="an article that was seen with two texts")
    found = [c for c in project.changes(identity, new - 1, new) if c.kind != "equal"]
    return found, (
        (c.kind, f"{c.old.start}-{c.old.end}", f"{c.new.start}-{c.new.end}", f"{c.old_words} \u2192 {c.new_words}")
        for c in found
    )


def _copies(project: Project, identity: str, _: int | None, __: Messages) -> Answer:
    found = project.copies(identity)
    return found, ((c.id, c.class_, c.words, c.direction, c.certainty, f"{c.a} | {c.b}") for c in found)


def _statement(project: Project, identity: str, _: int | None, __: Messages) -> Answer:
    s, chain = project.statement(identity), project.chain(identity)
    rows = [("in", s.ref, s.published_day, s.title), ("label", s.stance, s.act, s.type, s.cue)]
    rows += [("link", link.kind, link.stance, link.name) for link in chain.links]
    return {"statement": s, "chain": chain}, iter([*rows, ("content", chain.content)])


def _claim(project: Project, identity: str, _: int | None, __: Messages) -> Answer:
    c = project.claim(identity)
    return c, iter([("family", c.family), ("tellings", len(c.tellings)), ("gist", c.gist_text)])


def _family(project: Project, identity: str, _: int | None, __: Messages) -> Answer:
    view = project.family(identity)
    return view, _family_rows(view)


def _family_rows(view: FamilyView) -> Iterator[tuple[Any, ...]]:
    f = view.family
    yield "gist", f.gist_text
    yield "origins in this corpus", f"{f.lo}" if f.lo == f.hi else f"{f.lo} to {f.hi}"
    yield "of them", f"named {f.named}, anonymous {f.anonymous}, unsourced {f.unsourced}; denying {f.denying}"
    for loop in f.circular:
        yield "circular", ", ".join(loop)
    for root in view.roots:
        yield "origin", root.id, root.kind, root.stance, len(root.documents), root.name
    for t in view.tellings:
        d = view.documents.get(t.document)
        yield "told", t.time, t.stance, d.ref if d else "", f"{d.outlet or ''} | {d.title}" if d else ""
    for e in view.edges:
        yield "rests on", e.kind, e.certainty, f"{e.from_} | {e.to}"


def _source(project: Project, identity: str, _: int | None, __: Messages) -> Answer:
    source = project.source(identity)
    said = project.statements(filters=Filters(speaker=(source.key,)), order="newest", limit=MOST).statements
    note = "" if source.keyed else "same name, not shown to be one person"
    rows: list[tuple[Any, ...]] = [(source.key, source.kind, source.statements, note, source.name)]
    rows += [(s.day, s.stance, s.ref, s.id, one_line(f"{s.outlet or ''} | {s.content}", 300)) for s in said]
    return {"source": source, "statements": said}, iter(rows)


def _outlet(project: Project, identity: str, _: int | None, __: Messages) -> Answer:
    outlet = project.outlet(identity)
    hits = project.ask(filters=Filters(outlet=(identity,)), order="newest", limit=MOST).hits
    rows: list[tuple[Any, ...]] = [(outlet.articles, outlet.statements, outlet.first, outlet.last, outlet.name)]
    rows += [(h.document.day, h.document.ref, h.document.statements, h.document.title) for h in hits]
    return {"outlet": outlet, "articles": [h.document for h in hits]}, iter(rows)


def _families(project: Project) -> Answer:
    found, _ = project.families(limit=MOST)
    return found, (
        (f.id, f"{f.lo}-{f.hi} origins", f"{f.outlets} outlets", f.first_seen, one_line(f.gist_text)) for f in found
    )


def _sources(project: Project) -> Answer:
    found = project.sources(limit=MOST)
    return found, ((s.key, s.statements, s.outlets, "" if s.keyed else "by name only", s.name) for s in found)


def _outlets(project: Project) -> Answer:
    found = project.outlets()
    return found, ((o.articles, o.statements, o.first, o.last, o.name) for o in found)


def _places(project: Project) -> Answer:
    found = project.places()
    return found, ((p.id, p.documents, p.lat, p.lon, p.kind, p.name) for p in found)


def _failures(project: Project) -> Answer:
    found = project.failures()
    return found, ((f.kind, f.where or f.name, f"{f.what} (expected: {f.expected})") for f in found)


def _corrections(project: Project) -> Answer:
    found = project.corrections()
    return found, ((c.id, c.at, c.by, c.action, c.field, c.statement, one_line(c.content_text)) for c in found)


def _orphaned(project: Project) -> Answer:
    found = project.orphaned()
    return found, ((c.id, c.at, c.by, c.action, c.field, c.document, one_line(c.content_text)) for c in found)


def _counts(project: Project) -> Answer:
    found = project.counts()
    return found, iter(found.items())


ONE: dict[str, Callable[[Project, str, int | None, Messages], Answer]] = {
    "article": _article,
    "versions": _versions,
    "changes": _changes,
    "copies": _copies,
    "statement": _statement,
    "claim": _claim,
    "family": _family,
    "source": _source,
    "outlet": _outlet,
}
LISTS: dict[str, Callable[[Project], Answer]] = {
    "families": _families,
    "sources": _sources,
    "outlets": _outlets,
    "places": _places,
    "failures": _failures,
    "corrections": _corrections,
    "orphaned": _orphaned,
    "counts": _counts,
}
