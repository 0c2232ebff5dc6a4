"""Why a statement is what it is: the rule and table row that made it, the evidence, and what was rejected."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import rawi.lang.ar
from rawi.errors import InputError
from rawi.model import Attribution, Doubt, Reading, Span

_PART = re.compile(r"[^\s/+,;|]+")


class TableRow(NamedTuple):
    """One row of a language table: where it stands, and its cells by column."""

    id: str
    where: str
    cells: dict[str, str]


class Evidence(NamedTuple):
    """A part of the statement with its spans and its words."""

    part: str
    spans: tuple[Span, ...]
    words: tuple[str, ...]


class Rejected(NamedTuple):
    """A reading that was not taken, and why not."""

    rule: str
    source: tuple[str, ...]
    content: tuple[str, ...]
    why_not: str


class Why(NamedTuple):
    """The reason of one statement."""

    n: int
    rule: str
    rows: tuple[TableRow, ...]
    evidence: tuple[Evidence, ...]
    rejected: tuple[Rejected, ...]
    doubts: tuple[Doubt, ...]


def why(reading: Reading, n: int) -> Why:
    """The reason of statement ``n`` of a reading: its rule, the table rows that its rule names, evidence, rivals.

    Raises :class:`InputError` where the reading has no such statement.
    """
    statement = next((a for a in reading.attributions if a.n == n), None)
    if statement is None:
        count = len(reading.attributions)
        raise InputError(
            f"no statement {n}", where=reading.id, expected=f"1 to {count}" if count else "an article with statements"
        )
    text = reading.text
    return Why(
        n=n,
        rule=statement.rule,
        rows=rows_of(statement.rule),
        evidence=tuple(_evidence(text, statement)),
        rejected=tuple(
            Rejected(r.rule, _words(text, r.source), _words(text, r.content), r.why_not) for r in statement.rivals
        ),
        doubts=statement.doubts,
    )


def _evidence(text: str, a: Attribution) -> list[Evidence]:
    parts = (
        ("cue", a.cue),
        ("source", a.source),
        ("ref", (a.ref,) if a.ref else ()),
        ("content", a.content),
        ("target", (a.target,) if a.target else ()),
    )
    return [Evidence(part, spans, _words(text, spans)) for part, spans in parts if spans]


def _words(text: str, spans: tuple[Span, ...]) -> tuple[str, ...]:
    return tuple(s.of(text) for s in spans)


def rows_of(rule: str) -> tuple[TableRow, ...]:
    """The table rows whose ids stand in ``rule``, in its order."""
    index = _rows()
    return tuple(index[part] for part in _PART.findall(rule) if part in index)


@lru_cache(maxsize=1)
def _rows() -> dict[str, TableRow]:
    """Every row of every table of the language pack by its id."""
    found: dict[str, TableRow] = {}
    for path in sorted(Path(rawi.lang.ar.__file__).parent.rglob("*.tsv")):
        header: list[str] | None = None
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if not line.strip() or line.startswith("#"):
                continue
            cells = line.split("\t")
            if header is None:
                header = cells
            elif len(cells) == len(header):
                row = TableRow(cells[0], f"{path.name}:{number}", dict(zip(header, cells, strict=True)))
                found.setdefault(cells[0], row)
    return found
