"""The report of a whole project: one HTML page with its claim families and their roots, time, places, speakers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TextIO

from markupsafe import Markup, escape

from rawi.corpus import FamilyView, PlaceCount, Project
from rawi.report.build import HERE, environment
from rawi.report.views import safe_link
from rawi.show import charts
from rawi.show.fonts import embedded
from rawi.show.lanes import Mark, lanes
from rawi.show.map import base_svg, frame_of, scale_bar
from rawi.show.marked import shown
from rawi.show.messages import Messages
from rawi.show.visible import visible
from rawi.store.search import NOTHING, Filters, Value
from rawi.store.traced import Family, Root
from rawi.version import __version__

MOST_FAMILIES = 60
MOST_TELLINGS = 80
MOST_EDGES = 120
MOST_ROWS = 20


class TellingLine(NamedTuple):
    """A telling as the report lists it."""

    when: str
    outlet: str
    title: str
    link: str
    stance: str
    chain: str
    words: str


class Card(NamedTuple):
    """A family with everything that justifies its count."""

    number: int
    family: Family
    origins: str
    roots: tuple[Root, ...]
    drawing: Markup
    tellings: tuple[TellingLine, ...]
    edges: tuple[tuple[str, str, str, str], ...]
    more_tellings: int
    more_edges: int


def write_project_report(
    project: Project,
    out: TextIO,
    *,
    say: Messages,
    words: str = "",
    filters: Filters = NOTHING,
    most_families: int = MOST_FAMILIES,
) -> int:
    """The number of families told in the page that was written to ``out``; it says how many there are in all.

    Families of two outlets and more come first, those with most outlets first.
    """
    families, total = project.families(words, limit=most_families)
    counts = project.counts()
    places = project.places(words, filters=filters)
    page = environment().get_template("project.html.j2")
    for piece in page.generate(
        say=say,
        shown=shown,
        version=__version__,
        tables=project.language.tables_hash,
        fingerprint=project.fingerprint(),
        fonts=embedded(),
        style=style(),
        counts=counts,
        cards=_cards(project, families, say),
        total=total,
        more=total - len(families),
        days=_days(project.timeline(words, filters=filters), say),
        undated=sum(v.documents for v in project.timeline(words, filters=filters) if not v.value),
        map=_map(places, say),
        places=places[:MOST_ROWS],
        outside=_outside(places),
        unplaced=sum(p.lat is None for p in places),
        speakers=_speakers(project, say),
        outlets=project.outlets()[: MOST_ROWS * 2],
        failures=project.failures()[:MOST_ROWS],
    ):
        out.write(piece)
    return len(families)


def style() -> str:
    """The style of the page: the article report's, and what a project needs beside it."""
    folder = HERE / "templates"
    return "".join((folder / name).read_text(encoding="utf-8") for name in ("report.css", "project.css"))


def _cards(project: Project, families: Sequence[Family], say: Messages) -> Iterator[Card]:
    """One card at a time, so that memory does not grow with the project."""
    for number, family in enumerate(families, 1):
        yield _card(number, project.family(family.id), say)


def _card(number: int, view: FamilyView, say: Messages) -> Card:
    f = view.family
    origins = say("app.claim.exact", lo=f.lo) if f.lo == f.hi else say("app.claim.interval", lo=f.lo, hi=f.hi)
    origins = origins.rstrip(":")
    lines = tuple(_telling(view, t, say) for t in view.tellings[:MOST_TELLINGS])
    edges = tuple(
        (_name(view, e.from_), _name(view, e.to), _edge_kind(e.kind, say), e.certainty)
        for e in view.edges[:MOST_EDGES]
    )
    return Card(
        number=number,
        family=f,
        origins=origins,
        roots=tuple(view.roots),
        drawing=lanes(_marks(view), [(e.from_, e.to, e.kind) for e in view.edges], say),
        tellings=lines,
        edges=edges,
        more_tellings=len(view.tellings) - len(lines),
        more_edges=len(view.edges) - len(edges),
    )


def _edge_kind(kind: str, say: Messages) -> str:
    return say(f"app.edge.{kind}") if say.has(f"app.edge.{kind}") else kind


def _marks(view: FamilyView) -> list[Mark]:
    """One mark a document: its first telling."""
    marks: dict[str, Mark] = {}
    for t in view.tellings:
        d = view.documents[t.document]
        s = view.statements.get(t.statement or "")
        words = s.content if s else d.title
        marks.setdefault(d.id, Mark(d.id, d.outlet or "", d.published, _stance(t.stance), words[:120]))
    return list(marks.values())


def _stance(stance: str) -> str:
    return stance if stance in ("reported", "alleged", "denied", "doubted", "directive") else "reported"


def _telling(view: FamilyView, t: Any, say: Messages) -> TellingLine:
    d = view.documents[t.document]
    s = view.statements.get(t.statement or "")
    chain = view.chains.get(t.statement or "")
    names = [link.name or say("statement.speaker_unnamed") for link in chain.links[1:]] if chain else []
    return TellingLine(
        when=say.date(d.published) if d.published else say("report.undated"),
        outlet=d.outlet or say("report.no_outlet"),
        title=d.title,
        link=safe_link(d.url),
        stance=say(f"stance.{_stance(t.stance)}"),
        chain=" \u2190 ".join(names) if names else say("statement.no_source"),
        words=view.wordings.get(t.id) or (s.content if s else ""),
    )


def _name(view: FamilyView, node: str) -> str:
    """A node of the graph in words: an article by outlet and title, an origin by its name."""
    if node in view.documents:
        d = view.documents[node]
        return f"{d.outlet or ''} \u00b7 {d.title}"
    root = next((r for r in view.roots if r.id == node), None)
    return root.name if root else node


def _days(days: Sequence[Value], say: Messages) -> Markup:
    """Articles a day, months where there are many days; a table whose rows carry bars."""
    counts: dict[str, int] = {}
    known = [v for v in days if v.value]
    cut = 10 if len(known) <= 62 else 7 if len({v.value[:7] for v in known}) <= 62 else 4
    for value in known:
        counts[value.value[:cut]] = counts.get(value.value[:cut], 0) + value.documents
    rows = [charts.Bar(say.date(day), "", n) for day, n in sorted(counts.items())]
    return charts.bars(rows, say, caption=say("project.timeline"))


def _speakers(project: Project, say: Messages) -> Markup:
    rows = [charts.Bar(s.name, _kind(s.kind, say), s.statements) for s in project.sources(limit=MOST_ROWS)]
    return charts.bars(rows, say, caption=say("report.who_speaks"))


def _kind(kind: str, say: Messages) -> str:
    kind = "official" if kind == "role" else kind
    return say(f"source_type.{kind}") if say.has(f"source_type.{kind}") else kind


def _middle(points: Sequence[tuple[float, float, int]]) -> list[tuple[float, float]]:
    """The points without those beyond the outer twentieth of all mentions, which would shrink the others."""
    if len(points) < 12:
        return [(lat, lon) for lat, lon, _ in points]
    bounds = []
    for axis in (0, 1):
        ordered = sorted(points, key=lambda p: p[axis])
        total, passed, low, high = sum(p[2] for p in points), 0, ordered[0][axis], ordered[-1][axis]
        for point in ordered:
            if passed <= total * 0.05:
                low = point[axis]
            passed += point[2]
            if passed >= total * 0.95:
                high = point[axis]
                break
        bounds.append((low, high))
    (south, north), (west, east) = bounds
    return [(lat, lon) for lat, lon, _ in points if south <= lat <= north and west <= lon <= east]


def _outside(places: Sequence[PlaceCount]) -> int:
    """How many places lie beyond the frame of the map."""
    points = [(p.lat, p.lon, p.documents) for p in places if p.lat is not None and p.lon is not None
              and p.kind != "country"]  # fmt: skip
    if not points:
        return 0
    f = frame_of(_middle(points))
    return sum(not (f.south <= lat <= f.north and f.west <= lon <= f.east) for lat, lon, _ in points)


def _map(places: Sequence[PlaceCount], say: Messages) -> Markup:
    """Places by the number of articles that name them; countries are left to the table."""
    points = [(p.lat, p.lon, p) for p in places if p.lat is not None and p.lon is not None and p.kind != "country"]
    if not points:
        return Markup("")
    frame = frame_of(_middle([(lat, lon, p.documents) for lat, lon, p in points]))
    most = max(p.documents for _, _, p in points)
    drawn = []
    for lat, lon, p in reversed(points):
        if not (frame.south <= lat <= frame.north and frame.west <= lon <= frame.east):
            continue
        name = visible(p.name_en or p.name if say.ui == "en" else p.name)
        title = escape(say("app.map.point", name=name, articles=say.count("articles", p.documents)))
        area = p.precision in ("area", "country")
        radius = frame.pixels(min(p.radius_km or 15.0, 150.0)) if area else 3 + 9 * math.sqrt(p.documents / most)
        kind = "area" if area else "point"
        drawn.append(
            f'<circle class="{kind}" cx="{frame.x(lon)}" cy="{frame.y(lat)}" r="{max(radius, 3):.1f}">'
            f"<title>{title}</title></circle>"
        )
    km, pixels = scale_bar(frame)
    bar = (
        f'<g class="scale"><path d="M16 {frame.height - 16}h{pixels:.0f}"/><text x="{16 + pixels / 2:.0f}" '
        f'y="{frame.height - 22}" text-anchor="middle">{escape(say("app.map.km", n=km))}</text></g>'
    )
    return Markup(
        f'<svg class="atlas" viewBox="0 0 {frame.width} {frame.height}" role="img" direction="ltr" '
        f'aria-label="{escape(say("app.map.map"))}"><rect class="sea" width="{frame.width}" height="{frame.height}"/>'
        f"{base_svg(frame)}{''.join(drawn)}{bar}</svg>"
    )
