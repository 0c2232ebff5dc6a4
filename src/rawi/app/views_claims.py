"""Claims across outlets: the families of a corpus, and one family opened down to what justifies its count."""

from __future__ import annotations

from typing import Any, NamedTuple

from rawi.app.graph import Link, Node, graph
from rawi.app.pages import Page, page_of
from rawi.app.spans import spans_of
from rawi.app.views_corpus import PER_PAGE, paging
from rawi.app.workbench import Call
from rawi.corpus import Change, FamilyView
from rawi.corpus.compare import compare_texts
from rawi.errors import RawiError
from rawi.store.load import Listed
from rawi.store.traced import Root, Telling

WORDINGS = 60
LONGEST_WORDING = 1200
LEAST_SHARED = 0.25


class Wording(NamedTuple):
    """One telling in its own words, with what differs from the wording that it is held against.

    ``changes`` is empty where the two are the same, and where they share too little to be set against each other.
    """

    telling: Telling
    document: Listed | None
    words: str
    same: bool
    changes: tuple[Change, ...]


class Told(NamedTuple):
    """One claim of a family in all its wordings, oldest first."""

    claim: str
    gist: str
    wordings: list[Wording]


def claims(call: Call) -> Page:
    """One page of claim families."""
    asked = call.asked
    page = asked.number("page")
    found, total = call.project.families(
        asked.text("q"), mode=asked.text("mode", "stem"), least_outlets=asked.number("outlets", 1),
        denied=asked.text("denied") == "1", order=asked.text("order", "outlets"), limit=PER_PAGE,
        offset=(page - 1) * PER_PAGE,
    )  # fmt: skip
    data = {"total": total, **paging(page, total, PER_PAGE), "families": found, "counts": call.project.counts()}
    return page_of(data, asked=asked)


def claim(call: Call) -> Page:
    """A claim family: its roots, tellings, wordings, denials and provenance graph."""
    found = call.project.family(call.asked.path["family"])
    base = call.asked.text("base")
    told = told_claims(call, found, base)
    data = {"claim": found, "wordings": told}
    return page_of(
        data,
        asked=call.asked,
        several=[t for t in told if len(t.wordings) > 1],
        once=[t for t in told if len(t.wordings) == 1],
        drawing=graph(*_nodes_and_links(found, call), call.say),
        first=next((t for t in found.tellings if t.time), None),
        denials=[t for t in found.tellings if t.stance == "denied"],
        root_names={r.id: r for r in found.roots},
        reason=_reason(found, call),
        evidence_words=_evidence_words,
    )


def told_claims(call: Call, found: FamilyView, base: str) -> list[Told]:
    """The claims of a family, most told first, each with its wordings held against the chosen one, else the first."""
    by_claim: dict[str, list[tuple[Telling, str]]] = {}
    often = {c.id: len(c.tellings) for c in found.claims}
    wanted = sorted(found.tellings, key=lambda t: -often.get(t.claim, 0))[:WORDINGS]
    for telling in (t for t in found.tellings if t in wanted):
        if words := " ".join(_words(call, found, telling).split())[:LONGEST_WORDING]:
            by_claim.setdefault(telling.claim, []).append((telling, words))
    gists = {c.id: c.gist_text for c in found.claims}
    told = [Told(c, gists.get(c, ""), _wordings(call, found, rows, base)) for c, rows in by_claim.items()]
    return sorted(told, key=lambda t: -len(t.wordings))


def _wordings(call: Call, found: FamilyView, rows: list[tuple[Telling, str]], base: str) -> list[Wording]:
    against = next((w for t, w in rows if t.id == base), rows[0][1])
    return [Wording(t, found.documents.get(t.document), w, w == against, _changes(call, against, w)) for t, w in rows]


def _changes(call: Call, against: str, words: str) -> tuple[Change, ...]:
    if against == words:
        return ()
    changes = tuple(compare_texts(against, words, call.project.language))
    kept = sum(len(c.new_words) for c in changes if c.kind == "equal")
    return changes if kept >= LEAST_SHARED * max(len(against), len(words)) else ()


def _words(call: Call, found: FamilyView, telling: Telling) -> str:
    statement = found.statements.get(telling.statement or "")
    if statement is not None:
        return statement.content or statement.cue
    try:
        text = call.project.reading(telling.document).text
    except RawiError:
        return ""
    return " ".join(s.of(text) for s in spans_of(telling.span))


def _nodes_and_links(found: FamilyView, call: Call) -> tuple[list[Node], list[Link]]:
    nodes: dict[str, Node] = {}
    stances: dict[str, set[str]] = {}
    for telling in found.tellings:
        stances.setdefault(telling.document, set()).add(telling.stance)
    for identity, document in found.documents.items():
        denies = "denied" in stances.get(identity, set())
        outlet = document.outlet or call.say("report.no_outlet")
        kind = "denial" if denies else "article"
        nodes[identity] = Node(identity, outlet, document.day, kind, f"/article/{document.ref}", document.title)
    for root in found.roots:
        nodes[root.id] = Node(root.id, _root_name(root, call), None, f"root-{root.kind}", "", root.stance)
    links = []
    for edge in found.edges:
        for end in (edge.from_, edge.to):
            if end not in nodes:
                nodes[end] = Node(end, end, None, "outside", "", "")
        links.append(Link(edge.from_, edge.to, edge.kind))
    return list(nodes.values()), links


def _root_name(root: Root, call: Call) -> str:
    return root.name or call.say(
        f"app.root.{root.kind}" if call.say.has(f"app.root.{root.kind}") else "app.root.unsourced"
    )


def _reason(found: FamilyView, call: Call) -> list[str]:
    """Why the number of roots is what it is, in sentences."""
    f, say = found.family, call.say
    lines = [say("app.claim.interval" if f.lo != f.hi else "app.claim.exact", lo=f.lo, hi=f.hi)]
    for kind in ("named", "anonymous", "unsourced"):
        if number := getattr(f, kind):
            lines.append(say.count(f"root_{kind}", number))
    if f.lo != f.hi:
        lines.append(say("app.claim.why_interval"))
    if f.denying:
        lines.append(say.count("root_denying", f.denying))
    if f.circular:
        lines.append(say("app.claim.circular"))
    return lines


def _evidence_words(evidence: Any) -> list[tuple[str, str, str]]:
    """The signs of an edge or root: kind, document, note."""
    signs = evidence if isinstance(evidence, list) else [evidence] if evidence else []
    return [
        (str(s.get("kind", "")), str(s.get("document", "")), str(s.get("note", "")))
        for s in signs
        if isinstance(s, dict)
    ]
