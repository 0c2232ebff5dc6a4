"""A claim over time as SVG: a lane an outlet, a mark a telling, curves to what a telling depends on.

The direction of the page is the direction of time. Everything in it stands in the tables beside it as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from rawi.show.chain import excerpt
from rawi.show.messages import Messages
from rawi.show.visible import visible

WIDTH, LANE, MARGIN, NAMES = 720, 26, 24, 170
MOST_LANES, MOST_MARKS = 40, 400


class Mark(NamedTuple):
    """A telling: the document, its outlet, its ISO day or date-time (None: undated), its stance, words for it."""

    document: str
    outlet: str
    when: str | None
    stance: str
    words: str


def lanes(marks: Sequence[Mark], links: Sequence[tuple[str, str, str]], say: Messages) -> Markup:
    """The drawing of ``marks`` and of ``links`` ``(document, what it depends on, kind)`` between their documents."""
    shown = sorted(marks, key=lambda m: (m.when is None, m.when or "", m.outlet, m.document))[:MOST_MARKS]
    outlets = list(dict.fromkeys(m.outlet for m in shown))[:MOST_LANES]
    lane = {outlet: i for i, outlet in enumerate(outlets)}
    shown = [m for m in shown if m.outlet in lane]
    first, last = _span([m.when for m in shown])
    at = {m.document: (_x(m.when, first, last), 40 + lane[m.outlet] * LANE) for m in shown}
    mirrored = say.direction == "rtl"
    height = 40 + len(outlets) * LANE + 8
    curves = "".join(_curve(at[a], at[b], kind, mirrored) for a, b, kind in links if a in at and b in at and a != b)
    rows = "".join(_lane(outlet, i, mirrored, say) for outlet, i in lane.items())
    dots = "".join(_dot(m, *at[m.document], mirrored, say) for m in shown)
    heads = _heads(first, last, mirrored, say)
    label = escape(say("app.claim.graph"))
    return Markup(
        f'<svg class="lanes" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}" direction="ltr">'
        f"{heads}{rows}{curves}{dots}</svg>"
    )


def _ordinal(when: str | None) -> float | None:
    try:
        day = date.fromisoformat((when or "")[:10])
    except ValueError:
        return None
    clock = (when or "")[11:16]
    part = (int(clock[:2]) * 60 + int(clock[3:5])) / 1440 if len(clock) == 5 and clock[2] == ":" else 0.5
    return day.toordinal() + part


def _span(moments: Sequence[str | None]) -> tuple[float, float]:
    known = [o for o in map(_ordinal, moments) if o is not None]
    return (min(known), max(known)) if known else (0.0, 0.0)


def _x(when: str | None, first: float, last: float) -> float:
    """The horizontal place of a moment in reading direction; the undated stand at the end."""
    moment = _ordinal(when)
    room = WIDTH - NAMES - 2 * MARGIN - 40
    if moment is None:
        return NAMES + MARGIN + room + 30
    share = (moment - first) / (last - first) if last > first else 0.5
    return NAMES + MARGIN + share * room


def _turned(x: float, mirrored: bool) -> float:
    return WIDTH - x if mirrored else x


def _lane(outlet: str, number: int, mirrored: bool, say: Messages) -> str:
    y = 40 + number * LANE
    x1, x2 = _turned(NAMES, mirrored), _turned(WIDTH - 4, mirrored)
    anchor = "start" if mirrored else "end"
    name = escape(visible(excerpt(outlet or say("report.no_outlet"), 24)))
    return (
        f'<path class="lane" d="M{x1:.0f} {y}H{x2:.0f}"/>'
        f'<text x="{_turned(NAMES - 8, mirrored):.0f}" y="{y + 4}" text-anchor="{anchor}" '
        f'unicode-bidi="plaintext">{name}</text>'
    )


def _dot(mark: Mark, x: float, y: float, mirrored: bool, say: Messages) -> str:
    when = say.date(mark.when) if mark.when else say("report.undated")
    title = escape(
        f"{visible(mark.outlet)} \u00b7 {when} \u00b7 {say(f'stance.{mark.stance}')}: {visible(mark.words)}"
    )
    stance = "".join(c for c in mark.stance if c.isalpha())
    return (
        f'<circle class="st-{stance}" cx="{_turned(x, mirrored):.1f}" cy="{y}" r="5"><title>{title}</title></circle>'
    )


def _curve(a: tuple[float, float], b: tuple[float, float], kind: str, mirrored: bool) -> str:
    (x1, y1), (x2, y2) = (_turned(b[0], mirrored), b[1]), (_turned(a[0], mirrored), a[1])
    middle = (x1 + x2) / 2
    code = "".join(c for c in kind if c.isascii() and (c.isalnum() or c == "-"))
    return f'<path class="edge k-{code}" d="M{x1:.1f} {y1}C{middle:.1f} {y1} {middle:.1f} {y2} {x2:.1f} {y2}"/>'


def _heads(first: float, last: float, mirrored: bool, say: Messages) -> str:
    if not last:
        return ""
    days = dict.fromkeys((int(first), int(last)))
    heads = []
    for day in days:
        share = (day + 0.5 - first) / (last - first) if last > first else 0.5
        x = NAMES + MARGIN + min(max(share, 0.06), 0.94) * (WIDTH - NAMES - 2 * MARGIN - 40)
        words = escape(say.date(date.fromordinal(day).isoformat()))
        heads.append(
            f'<text class="head" x="{_turned(x, mirrored):.0f}" y="18" text-anchor="middle" '
            f'direction="{say.direction}" unicode-bidi="embed">{words}</text>'
        )
    return "".join(heads)
