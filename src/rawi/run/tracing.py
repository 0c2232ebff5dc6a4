"""Tracing on this machine: what is new or no longer the latest goes to the tracer, what it changed into the store.

The tracer's state lies in a file of its own beside the database. A mark in the database says that the two may have
parted (a killed run): then everything the tracer holds is stored anew.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from shutil import rmtree
from typing import Any, NamedTuple

import duckdb

from rawi.errors import ProjectError
from rawi.lexicon.pack import Pack
from rawi.model import Reading
from rawi.store.db import get_meta, set_meta, transaction
from rawi.store.load import load_reading
from rawi.store.traced import SOURCES, clear_tables, drop_families, drop_reuse, store_tables
from rawi.tracing import TraceChange, Tracer, TraceResult
from rawi.version import __version__

STATE = "tracing.duckdb"
PARTED = "tracing parted"
TRACED_BY = "traced by"
# The tracer takes its readings in pieces; only corpora that no run can hold are cut here.
BATCH = 100_000

Report = Callable[[int, int], None]


class Tracing(NamedTuple):
    """What a tracing run did: documents traced, documents taken out, families touched, seconds."""

    documents: int
    removed: int
    touched: int
    seconds: float


def trace_project(
    db: sqlite3.Connection, folder: Path, language: Pack, *, anew: bool = False, report: Report | None = None
) -> Tracing:
    """What tracing the latest versions did; only what is new or changed is traced, unless ``anew``."""
    started = time.monotonic()
    fresh_state = anew or get_meta(db, TRACED_BY) != __version__ or not (folder / STATE).exists()
    if fresh_state:
        _forget(db, folder)
    try:
        documents, removed, touched = _trace(db, folder, language, report)
    except (duckdb.Error, ProjectError):
        # A state that cannot be used any more is made anew, once; a fault of the tracing itself comes up again.
        if fresh_state:
            raise
        _forget(db, folder)
        documents, removed, touched = _trace(db, folder, language, report)
    return Tracing(documents, removed, touched, time.monotonic() - started)


def _trace(db: sqlite3.Connection, folder: Path, language: Pack, report: Report | None) -> tuple[int, int, int]:
    """How many documents were traced, how many taken out, how many families that touched."""
    parted = get_meta(db, PARTED) == "1"
    gone, fresh = _pending(db)
    touched = 0
    if gone or fresh or parted:
        with transaction(db):
            set_meta(db, PARTED, "1")
        with Tracer(folder / STATE, pack=language) as tracer:
            if gone:
                touched += _apply(db, tracer.remove(gone), parted, gone=gone)
            for start in range(0, len(fresh), BATCH):
                numbers = fresh[start : start + BATCH]
                touched += _apply(db, tracer.add(_readings(db, numbers)), parted, fresh=numbers)
                if report:
                    report(start + len(numbers), len(fresh))
            _settle(db, tracer.result() if parted else None)
    return len(fresh), len(gone), touched


def _forget(db: sqlite3.Connection, folder: Path) -> None:
    for path in folder.glob(STATE + "*"):
        # The engine's spill is a folder beside its file.
        rmtree(path) if path.is_dir() else path.unlink()
    with transaction(db):
        clear_tables(db)
        db.execute("DELETE FROM traced")
        set_meta(db, TRACED_BY, __version__)
        set_meta(db, PARTED, "1")


def _pending(db: sqlite3.Connection) -> tuple[list[str], list[int]]:
    """The ids that are traced and no longer a latest version, and the rows that are still to be traced."""
    gone = db.execute(
        "SELECT document FROM traced WHERE NOT EXISTS"
        " (SELECT 1 FROM document d WHERE d.id = traced.document AND d.latest AND d.reading IS NOT NULL) ORDER BY 1"
    ).fetchall()
    fresh = db.execute(
        "SELECT d.n FROM document d"
        " LEFT JOIN traced t ON t.document = d.id AND t.key = d.key AND t.made_by = d.made_by"
        " WHERE d.latest AND d.reading IS NOT NULL AND t.document IS NULL ORDER BY d.n"
    ).fetchall()
    return [r[0] for r in gone], [r[0] for r in fresh]


def _readings(db: sqlite3.Connection, numbers: list[int]) -> Iterator[Reading]:
    for n in numbers:
        reading = load_reading(db, n)
        if reading is not None:
            yield reading


def _apply(
    db: sqlite3.Connection, change: TraceChange, parted: bool, *, gone: Sequence[str] = (), fresh: Sequence[int] = ()
) -> int:
    """Stores what changed and which documents that brought; how many families it touched. Where all is stored anew in
    the end, the tables wait until then."""
    tables = rows_of(change.result)
    touched = [row["id"] for row in tables["families"]]
    with transaction(db):
        if not parted:
            drop_families(db, [*change.gone_families, *touched])
            drop_reuse(db, change.gone_reuse)
            store_tables(db, tables)
        db.executemany("DELETE FROM traced WHERE document = ?", ((i,) for i in gone))
        db.executemany(
            "INSERT OR REPLACE INTO traced SELECT id, key, made_by FROM document WHERE n = ?", ((n,) for n in fresh)
        )
    return len(touched)


def _settle(db: sqlite3.Connection, everything: TraceResult | None) -> None:
    """Notes that store and tracer are together (again)."""
    with transaction(db):
        if everything is not None:
            clear_tables(db)
            store_tables(db, rows_of(everything))
        set_meta(db, PARTED, "0")


def rows_of(result: TraceResult) -> dict[str, list[dict[str, Any]]]:
    """The tables as plain rows."""
    return {name: getattr(result, name).to_pylist() for name in SOURCES}
