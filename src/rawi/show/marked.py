"""Text of an article with its marks, as HTML: plain inline ``<mark>`` without padding leaves letters joined."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from rawi.model import Reading, Span
from rawi.show.visible import HIDDEN, name_of

# Marks that order text mildly stay in it, beside their name; what reorders or hides is shown instead of obeyed.
_KEPT = frozenset("\u200e\u200f\u061c")
_LINE = re.compile(r"[^\n]+")


class Layer(NamedTuple):
    """One span to mark: its role (a CSS class) and the number of its statement (0: none)."""

    span: Span
    role: str
    n: int = 0


def layers_of(reading: Reading) -> list[Layer]:
    """The layers of a reading: contents, sources and cues of its statements, what has no source, charged wording."""
    layers = [Layer(u.span, f"u-{u.class_}") for u in reading.unattributed if u.class_ != "background"]
    layers += [Layer(c.span, "charged") for c in reading.charged]
    for a in reading.attributions:
        layers += [Layer(s, "content", a.n) for s in a.content]
        layers += [Layer(s, "source", a.n) for s in a.source]
        layers += [Layer(s, "cue", a.n) for s in a.cue]
    return layers


def shown(text: str) -> Markup:
    """``text`` escaped, with its hidden characters made visible."""
    return Markup(HIDDEN.sub(_token, escape(text, quote=False)))


def _token(match: re.Match[str]) -> str:
    character = match.group()
    kept = character if character in _KEPT else ""
    return f'<span class="hidden" dir="ltr">{name_of(character)}</span>{kept}'


def marked(
    text: str,
    layers: Iterable[Layer],
    *,
    anchor: str = "",
    label: str = "{n}",
    offsets: bool = False,
    within: Span | None = None,
) -> Markup:
    """The paragraphs of ``text`` (only those ``within`` a stretch, where given), each line one, every layer marked.

    Overlapping layers are cut into stretches; a stretch is one ``<mark>`` with the classes of all layers
    over it (roles, and ``n3`` for statement 3). Before the first piece of each cue stands a link to
    ``#{anchor}s{n}``, read out as ``label``. With ``offsets`` a paragraph says in ``data-start`` at which code point
    its first character stands.
    """
    layers = [layer for layer in layers if len(layer.span) > 0]
    cuts = sorted({p for layer in layers for p in (layer.span.start, layer.span.end)})
    firsts = _first_cues(layers)
    paragraphs = []
    for line in _LINE.finditer(text):
        start, end = line.span()
        if within is not None and (end <= within.start or start >= within.end):
            continue
        inside = [layer for layer in layers if layer.span.start < end and start < layer.span.end]
        points = [start, *(c for c in cuts if start < c < end), end]
        pieces = [_stretch(text, Span(a, b), inside, firsts, anchor, label) for a, b in pairwise(points)]
        if body := "".join(pieces).strip():
            begin = f' data-start="{start + _stripped(text[start : points[1]], inside, start)}"' if offsets else ""
            paragraphs.append(f"<p{begin}>{body}</p>")
    return Markup("\n".join(paragraphs))


def _stripped(opening: str, layers: list[Layer], start: int) -> int:
    """How many characters of an unmarked ``opening`` are white space that no paragraph begins with."""
    if any(layer.span.start <= start for layer in layers):
        return 0
    kept = HIDDEN.sub("x", opening)
    return len(kept) - len(kept.lstrip())


def _first_cues(layers: list[Layer]) -> dict[int, list[int]]:
    """The statements by the position where their cue begins."""
    first: dict[int, int] = {}
    for layer in layers:
        if layer.role == "cue":
            first[layer.n] = min(layer.span.start, first.get(layer.n, layer.span.start))
    at: dict[int, list[int]] = {}
    for n, position in first.items():
        at.setdefault(position, []).append(n)
    return at


def _stretch(
    text: str, piece: Span, layers: list[Layer], firsts: dict[int, list[int]], anchor: str, label: str
) -> str:
    words = shown(piece.of(text))
    over = [layer for layer in layers if layer.span.start <= piece.start and piece.end <= layer.span.end]
    if not over:
        return words
    roles = dict.fromkeys(layer.role for layer in over)
    numbers = dict.fromkeys(f"n{layer.n}" for layer in over if layer.n)
    links = "".join(
        f'<a class="ref" id="{anchor}c{n}" href="#{anchor}s{n}" title="{escape(label.format(n=n))}">{n}</a>'
        for n in firsts.get(piece.start, ())
        if not _joined(text, piece.start)
    )
    return f'{links}<mark class="{" ".join((*roles, *numbers))}">{words}</mark>'


def _joined(text: str, position: int) -> bool:
    """Whether a letter stands on both sides of ``position``, so that anything between would break a word."""
    return 0 < position < len(text) and text[position - 1].isalpha() and text[position].isalpha()
