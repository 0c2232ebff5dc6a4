"""Small charts as SVG, each with its figures beside it: nothing is told by shape or colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from rawi.show.marked import shown
from rawi.show.messages import Messages


class Bar(NamedTuple):
    """One row of a bar chart: words of an article, a note in the interface's language, a number."""

    words: str
    note: str
    value: int


def bars(rows: Sequence[Bar], say: Messages, *, caption: str) -> Markup:
    """A table whose rows carry a bar as long as their number; the bars grow along the direction of the page."""
    top = max((r.value for r in rows), default=1) or 1
    body = "".join(
        f'<tr><th scope="row"><bdi>{shown(r.words)}</bdi> <small>{escape(r.note)}</small></th>'
        f'<td class="number">{escape(say.number(r.value))}</td><td class="bar">{_bar(r.value / top)}</td></tr>'
        for r in rows
    )
    return Markup(f'<table class="bars"><caption>{escape(caption)}</caption><tbody>{body}</tbody></table>')


def _bar(share: float) -> str:
    return (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect width="{100 * share:.1f}" height="10"/></svg>'
    )


def shares(counts: Sequence[tuple[str, str, int]], say: Messages, *, caption: str) -> Markup:
    """A single bar in parts, each ``(code, words, number)``, with its legend as a list of words and numbers."""
    total = sum(n for _, _, n in counts) or 1
    x = 0.0
    parts = []
    for code, _, n in counts:
        width = 100 * n / total
        parts.append(f'<rect class="st-{escape(code)}" x="{x:.2f}" width="{width:.2f}" height="10"/>')
        x += width
    legend = "".join(
        f'<li class="st-{escape(code)}"><span>{escape(words)}</span> <b>{escape(say.number(n))}</b></li>'
        for code, words, n in counts
    )
    return Markup(
        f'<figure class="shares"><figcaption>{escape(caption)}</figcaption>'
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'{"".join(parts)}</svg><ul class="stances">{legend}</ul></figure>'
    )
