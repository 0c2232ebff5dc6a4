"""The provenance graph of a claim as SVG: origins first, then articles in the order of their days, links between.

The page's direction is the direction of time. Every node and link is told in a table beside it as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from rawi.show.chain import excerpt
from rawi.show.messages import Messages
from rawi.show.visible import visible

BOX, TALL, ACROSS, DOWN, TOP = 148, 44, 204, 60, 44
MOST_NODES = 120
LABEL = 22


class Node(NamedTuple):
    """An article or an origin: its identity, its label, its day, what it is, where it leads, its fuller words."""

    id: str
    label: str
    day: str | None
    kind: str
    href: str
    title: str


class Link(NamedTuple):
    """``a`` depends on ``b`` (``kind``: credit, byline, reuse, document ...)."""

    a: str
    b: str
    kind: str


class _Place(NamedTuple):
    x: float
    y: float


def graph(nodes: Sequence[Node], links: Sequence[Link], say: Messages) -> Markup:
    """The drawing; at most :data:`MOST_NODES` nodes, the rest is in the table alone."""
    nodes = sorted(nodes, key=lambda n: (not n.kind.startswith("root"), n.day is None, n.day or "", n.label))
    shown = nodes[:MOST_NODES]
    columns = _columns(shown)
    places, width, height = _places(columns, mirrored=say.direction == "rtl")
    drawn = "".join(
        _link(link, places, mirrored=say.direction == "rtl") for link in links if {link.a, link.b} <= set(places)
    )
    heads = "".join(_head(name, x, say) for name, x in _heads(columns, width, mirrored=say.direction == "rtl"))
    boxes = "".join(_box(node, places[node.id]) for node in shown)
    return Markup(
        f'<svg class="graph" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" '
        f'aria-label="{escape(say("app.claim.graph"))}" direction="ltr">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0L8 4L0 8Z"/></marker></defs>{heads}{drawn}{boxes}</svg>'
    )


def _columns(nodes: Sequence[Node]) -> list[tuple[str, list[Node]]]:
    """The nodes by column: origins, then one column a day, then what has no day."""
    columns: dict[str, list[Node]] = {}
    for node in nodes:
        name = "origins" if node.kind.startswith("root") else node.day or "undated"
        columns.setdefault(name, []).append(node)
    return list(columns.items())


def _places(columns: list[tuple[str, list[Node]]], *, mirrored: bool) -> tuple[dict[str, _Place], int, int]:
    width = max(1, len(columns)) * ACROSS
    tallest = max((len(nodes) for _, nodes in columns), default=1)
    places = {}
    for number, (_, nodes) in enumerate(columns):
        x = (ACROSS - BOX) / 2 + number * ACROSS
        x = width - x - BOX if mirrored else x
        for row, node in enumerate(nodes):
            places[node.id] = _Place(x, TOP + row * DOWN + (tallest - len(nodes)) * DOWN / 2)
    return places, width, TOP + tallest * DOWN + 8


def _heads(columns: list[tuple[str, list[Node]]], width: int, *, mirrored: bool) -> list[tuple[str, float]]:
    middles = [ACROSS / 2 + i * ACROSS for i in range(len(columns))]
    return [(name, width - x if mirrored else x) for (name, _), x in zip(columns, middles, strict=True)]


def _head(name: str, x: float, say: Messages) -> str:
    words = say(f"app.claim.{name}") if name in ("origins", "undated") else say.date(name)
    return (
        f'<text class="head" x="{x:.0f}" y="22" text-anchor="middle" direction="{say.direction}"'
        f' unicode-bidi="isolate">{escape(words)}</text>'
    )


def _link(link: Link, places: dict[str, _Place], *, mirrored: bool) -> str:
    """A curve from what was told first to what depends on it."""
    start, end = places[link.b], places[link.a]
    forward = (end.x < start.x) if mirrored else (end.x > start.x)
    side = -1 if mirrored else 1
    x1 = start.x + (0 if mirrored else BOX)
    x2 = end.x + ((BOX if mirrored else 0) if forward else (0 if mirrored else BOX))
    y1, y2 = start.y + TALL / 2, end.y + TALL / 2
    bend = (ACROSS - BOX) * 0.6 * side
    back = bend if not forward else -bend
    path = f"M{x1:.0f} {y1:.0f}C{x1 + bend:.0f} {y1:.0f} {x2 + back:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
    return f'<path class="edge k-{_code(link.kind)}" d="{path}" marker-end="url(#tip)"/>'


def _box(node: Node, at: _Place) -> str:
    label = escape(visible(excerpt(node.label, LABEL)))
    title = f"<title>{escape(visible(node.label))}{': ' if node.title else ''}{escape(visible(node.title))}</title>"
    body = (
        f'<rect x="{at.x:.0f}" y="{at.y:.0f}" width="{BOX}" height="{TALL}" rx="6"/>'
        f'<text x="{at.x + BOX / 2:.0f}" y="{at.y + TALL / 2 + 5:.0f}" text-anchor="middle"'
        f' unicode-bidi="plaintext">{label}</text>{title}'
    )
    kind = _code(node.kind)
    if node.href:
        return f'<a class="node n-{kind}" href="{escape(node.href)}">{body}</a>'
    return f'<g class="node n-{kind}">{body}</g>'


def _code(kind: str) -> str:
    return "".join(c for c in kind if c.isascii() and (c.isalnum() or c == "-"))
