"""Parquet: a folder with one file a table, read by pandas, Polars, DuckDB and Spark."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from rawi.corpus import Project
from rawi.export.rows import Row
from rawi.export.selection import Options, Selection, folder_for
from rawi.export.tables import NUMERIC, tables
from rawi.store.traced import RECORDS

BATCH = 2_000
_COUNTS = frozenset({
    "words", "tellings", "outlets", "size", "lo", "hi", "named", "anonymous", "unsourced", "denying", "paths",
})  # fmt: skip


def write(project: Project, out: Path, selection: Selection, options: Options) -> dict[str, int]:
    """The number of rows written to each file of the folder ``out``."""
    import pyarrow as pa
    from pyarrow import parquet

    folder = folder_for(out, "parquet")
    counts = {}
    for name, table in tables(selection).items():
        schema = pa.schema([(c, _type(pa, name, c)) for c in table.columns])
        part = folder / f".{name}.part"
        count = 0
        with parquet.ParquetWriter(part, schema, compression="zstd") as writer:
            for rows in _batches(table.rows(project, selection)):
                writer.write_table(pa.Table.from_pylist([_sound(r) for r in rows], schema=schema))
                count += len(rows)
        part.replace(folder / f"{name}.parquet")
        counts[name] = count
    return counts


def _type(pa: Any, table: str, column: str) -> Any:
    if table in RECORDS:
        whole = column in _COUNTS and not (table == "claim" and column == "tellings")
        return pa.int64() if whole else pa.float64() if column == "probability" else pa.string()
    return {"int": pa.int64(), "float": pa.float64()}.get(NUMERIC.get(column, ""), pa.string())


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _sound(row: Row) -> Row:
    """Strings without lone surrogates, which UTF-8 has not."""
    return {k: v.encode("utf-8", "replace").decode("utf-8") if isinstance(v, str) else v for k, v in row.items()}
