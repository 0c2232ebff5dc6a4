"""The error browser: what a reading missed, got wrong or made up against gold, as one page without a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

from rawi.scoring.attributions import Fault, Statement, end_class
from rawi.scoring.speakers import spans_of

AROUND = 90
STYLE = """
:root{color-scheme:light}body{font:16px/1.8 "Noto Naskh Arabic",Amiri,serif;margin:1.5rem auto;max-width:75rem;
padding-inline:1rem;color:#1b1b1b;background:#fff}h1,h2,summary,small,table{font-family:system-ui,sans-serif}
article{border-block-start:1px solid #c8c8c8;padding-block:.7rem}small{color:#555}
p{margin:.35rem 0}mark{background:none;color:inherit}mark.cue{background:#ffe08a}mark.source{background:#cfe3ff}
mark.content{text-decoration:underline 2px #3f8f5f;text-underline-offset:.3em}mark.ref{background:#e7dcf7}
.label{display:inline-block;min-inline-size:6rem;font-family:system-ui,sans-serif;color:#555}
table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2rem .6rem;text-align:start}
"""
_FIELDS = ("content", "ref", "source", "cue")


class Page(NamedTuple):
    """The faults of one document."""

    id: str
    text: str
    faults: Sequence[Fault]


def faults_page(pages: Iterable[Page], figures: Mapping[str, float | int | None], title: str) -> str:
    """One HTML page: the figures, the faults by kind, then each fault with gold and reading marked in its words."""
    pages = list(pages)
    kinds: Counter[str] = Counter(_kind(page.text, f) for page in pages for f in page.faults)
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{'' if value is None else f'{value:.1f}'}</td></tr>"
        for name, value in figures.items()
    )
    sections = "".join(_section(kind, count, pages) for kind, count in kinds.most_common())
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style><h1>{escape(title)}</h1>'
        f"<table>{rows}</table><h2>Faults by kind</h2>{sections}</html>"
    )


def _kind(text: str, fault: Fault) -> str:
    statement = fault.gold or fault.predicted
    assert statement is not None
    if fault.what != "wrong":
        rule = f" ({statement['rule']})" if fault.what == "spurious" and "rule" in statement else ""
        return f"{fault.what} {statement.get('stance', '')}{rule}"
    where = f", end at {end_class(text, statement['content'])}" if "content 0.8" in fault.wrong else ""
    return f"wrong {' and '.join(fault.wrong)}{where}"


def _section(kind: str, count: int, pages: Sequence[Page]) -> str:
    body = "".join(
        f'<article dir="rtl"><small dir="ltr">{escape(page.id)}</small>{_fault(page.text, fault)}</article>'
        for page in pages
        for fault in page.faults
        if _kind(page.text, fault) == kind
    )
    return f"<details><summary>{count} {escape(kind)}</summary>{body}</details>"


def _fault(text: str, fault: Fault) -> str:
    sides = (("gold", fault.gold), ("reading", fault.predicted))
    return "".join(f'<p><span class="label">{name}</span>{_marked(text, s)}</p>' for name, s in sides if s)


def _marked(text: str, statement: Statement) -> str:
    """The words around a statement with its parts marked; a far mention is shown after it."""
    spans: list[tuple[int, int, str]] = []
    for field in _FIELDS:
        value: Any = statement.get(field)
        spans += [(int(s), int(e), field) for s, e in spans_of(value)]
    near = [s for s in spans if s[2] != "ref"]
    first = max(0, min(s[0] for s in near) - AROUND)
    last = min(len(text), max(s[1] for s in near) + AROUND)
    inside = [s for s in spans if first <= s[0] and s[1] <= last]
    cuts = sorted({first, last, *(p for s in inside for p in s[:2])})
    pieces = []
    for start, end in pairwise(cuts):
        words = escape(text[start:end])
        for name in (s[2] for s in inside if s[0] <= start and end <= s[1]):
            words = f'<mark class="{name}">{words}</mark>'
        pieces.append(words)
    far = [escape(text[s[0] : s[1]]) for s in spans if s not in inside]
    labels = " ".join(str(statement[k]) for k in ("stance", "type", "rule") if statement.get(k))
    after = f' <mark class="ref">{" / ".join(far)}</mark>' if far else ""
    return f'{"".join(pieces)}{after} <small dir="ltr">[{escape(labels)}]</small>'
