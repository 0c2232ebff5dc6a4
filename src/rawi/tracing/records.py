"""What the corpus step hands back: tables, and what an addition changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pyarrow as pa

from rawi.tracing.schemas import RESULT


class Sign(NamedTuple):
    """One piece of evidence: its kind, the document in which it stands, the spans of its words, and a note."""

    kind: str
    document: str
    spans: tuple[tuple[int, int], ...] = ()
    note: str = ""

    def row(self) -> dict[str, Any]:
        """The sign as a row of the ``evidence`` column."""
        spans = [{"start": s, "end": e} for s, e in self.spans]
        return {"kind": self.kind, "document": self.document, "spans": spans, "note": self.note}


@dataclass(frozen=True)
class TraceResult:
    """Six Arrow tables with the columns of :mod:`rawi.tracing.schemas`, each sorted by its identity."""

    reuse: pa.Table
    tellings: pa.Table
    claims: pa.Table
    families: pa.Table
    edges: pa.Table
    roots: pa.Table

    def tables(self) -> dict[str, pa.Table]:
        """The tables by name."""
        return {name: getattr(self, name) for name in RESULT}


@dataclass(frozen=True)
class TraceChange:
    """What one addition or removal changed."""

    result: TraceResult
    gone_families: tuple[str, ...] = ()
    gone_reuse: tuple[str, ...] = ()
    documents: tuple[str, ...] = field(default=())
