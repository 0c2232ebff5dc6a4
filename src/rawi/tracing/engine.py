"""The engine of the corpus step: runs SQL over named tables, here on DuckDB.

Stages hand over SQL in the subset that DuckDB and Spark share, and Arrow tables. Nothing else in ``tracing`` knows
which engine runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from rawi.errors import ProjectError

_KINDS: dict[Any, str] = {
    pa.int64(): "BIGINT", pa.int32(): "INTEGER", pa.int8(): "TINYINT", pa.string(): "VARCHAR", pa.binary(): "BLOB",
    pa.float64(): "DOUBLE", pa.bool_(): "BOOLEAN",
}  # fmt: skip


class Engine(Protocol):
    """What the stages ask of an engine."""

    def query(self, sql: str, **tables: pa.Table) -> pa.Table:
        """The rows of a query; keyword arguments are further tables for this query alone."""
        ...

    def make(self, name: str, sql: str, **tables: pa.Table) -> None:
        """Makes the table ``name`` anew from a query."""
        ...


class DuckEngine:
    """DuckDB in memory or in one file: one thread's work at a time, a bounded memory."""

    def __init__(self, path: Path | None = None, *, threads: int = 1, memory: str = "160MB") -> None:
        try:
            self._db = duckdb.connect(str(path) if path else ":memory:", config={"threads": threads})
        except duckdb.Error as fault:
            raise ProjectError(
                str(fault).split("\n")[0], where=str(path), expected="a trace state of rawi"
            ) from fault
        if path:
            # What does not fit lies in the file; without one all of it has to fit.
            self._db.execute(f"SET memory_limit = '{memory}'")
        self._db.execute("SET preserve_insertion_order = false")
        self._db.execute("SET enable_progress_bar = false")

    def close(self) -> None:
        """Closes the connection."""
        self._db.close()

    def create(self, name: str, schema: pa.Schema) -> None:
        """Makes an empty table with an Arrow schema's columns where there is none of this name."""
        columns = ", ".join(f'"{f.name}" {_KINDS[f.type]}' for f in schema)
        self._db.execute(f'CREATE TABLE IF NOT EXISTS "{name}" ({columns})')

    def insert(self, name: str, rows: pa.Table) -> None:
        """Appends the rows of an Arrow table with the same columns."""
        if rows.num_rows:
            columns = ", ".join(f'"{c}"' for c in rows.column_names)
            self.run(f'INSERT INTO "{name}" ({columns}) SELECT {columns} FROM given', given=rows)

    def run(self, sql: str, **tables: pa.Table) -> None:
        """Runs a statement that hands nothing back."""
        with self._given(tables):
            self._db.execute(sql)

    def query(self, sql: str, **tables: pa.Table) -> pa.Table:
        """The rows of a query as an Arrow table."""
        with self._given(tables):
            return self._db.sql(sql).to_arrow_table()

    def rows(self, sql: str, **tables: pa.Table) -> list[tuple[Any, ...]]:
        """The rows of a query as tuples."""
        with self._given(tables):
            return self._db.execute(sql).fetchall()

    def make(self, name: str, sql: str, **tables: pa.Table) -> None:
        """Makes the table ``name`` anew from a query."""
        with self._given(tables):
            self._db.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {sql}')

    @contextmanager
    def whole(self) -> Iterator[None]:
        """A transaction: all of its changes are kept, or none."""
        self._db.execute("BEGIN TRANSACTION")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextmanager
    def _given(self, tables: Mapping[str, pa.Table]) -> Iterator[None]:
        for name, table in tables.items():
            self._db.register(name, table)
        try:
            yield
        finally:
            for name in tables:
                self._db.unregister(name)


def fill(sql: str, **values: int | str) -> str:
    """``sql`` with ``{name}`` put in; only numbers and bare names are let in.

    >>> fill("SELECT {a} FROM {t}", a=3, t="x")
    'SELECT 3 FROM x'
    """
    for value in values.values():
        if isinstance(value, str) and not re.fullmatch(r"[A-Za-z_]+", value):
            raise ValueError(f"no bare name: {value!r}")
    return sql.format(**values)
