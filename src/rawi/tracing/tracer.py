"""The facade of the corpus step: a state to which readings are added, and its result."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from rawi.lexicon.pack import Pack
from rawi.model import Reading
from rawi.tracing.records import TraceChange, TraceResult


class Tracer:
    """The state of the corpus step, kept in the DuckDB file ``path`` (None: in memory)."""

    def __init__(self, path: Path | None = None, *, pack: Pack | None = None) -> None:
        raise NotImplementedError

    def add(self, readings: Iterable[Reading]) -> TraceChange:
        """What changed by these readings; an id that is there already is replaced."""
        raise NotImplementedError

    def remove(self, ids: Iterable[str]) -> TraceChange:
        """What changed by taking documents out; unknown ids are passed over."""
        raise NotImplementedError

    def result(self) -> TraceResult:
        """All tables of the state."""
        raise NotImplementedError

    def close(self) -> None:
        """Closes the state's file."""

    def __enter__(self) -> Tracer:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def trace(readings: Iterable[Reading], *, pack: Pack | None = None) -> TraceResult:
    """The tables of all ``readings`` at once; the same as adding them one by one, in any order."""
    with Tracer(pack=pack) as tracer:
        tracer.add(readings)
        return tracer.result()
