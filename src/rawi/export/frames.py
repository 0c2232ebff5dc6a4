"""Readings as tables of other libraries: Arrow (always there), pandas and Polars (extras of the same names)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, Literal, NamedTuple

from rawi.errors import ExportError
from rawi.export.rows import PLACES, STATEMENTS, TIMES, Row, place_rows, statement_rows, time_rows
from rawi.model import Reading

Table = Literal["statements", "times", "places"]
_WHOLE = frozenset({"n", "parent", "start", "end", "rivals"})
_REAL = frozenset({"lat", "lon", "radius_km"})


class _Kind(NamedTuple):
    columns: tuple[str, ...]
    rows: Callable[[Reading], Iterator[Row]]


_KINDS = {
    "statements": _Kind(tuple(c for c in STATEMENTS if c != "state"), statement_rows),
    "times": _Kind(TIMES, time_rows),
    "places": _Kind(PLACES, place_rows),
}


def to_arrow(readings: Reading | Iterable[Reading], table: Table = "statements") -> Any:
    """A ``pyarrow.Table`` of readings, one row a statement, time or place.

    The columns are those of ``rawi export parquet``, less the review state, which only a project has. Spans are code
    points: ``"12-15;20-24"`` in the ``*_spans`` columns, ``start`` and ``end`` (exclusive) in the others. Raises
    :class:`rawi.errors.ExportError` on a table that does not exist.

    >>> import rawi
    >>> rawi.to_arrow(rawi.Reading(id="a", key="k", text="")).num_rows
    0
    """
    import pyarrow as pa

    if table not in _KINDS:
        raise ExportError(f"no table {table}", expected=", ".join(_KINDS))
    kind = _KINDS[table]
    many = [readings] if isinstance(readings, Reading) else readings
    schema = pa.schema([(c, _type(pa, c)) for c in kind.columns])
    return pa.Table.from_pylist([_sound(row) for r in many for row in kind.rows(r)], schema=schema)


def to_pandas(readings: Reading | Iterable[Reading], table: Table = "statements") -> Any:
    """A ``pandas.DataFrame`` with the columns of :func:`to_arrow`; raises :class:`rawi.errors.ExportError` without
    pandas (``pip install 'rawi[pandas]'``)."""
    _needed("pandas")
    return to_arrow(readings, table).to_pandas()


def to_polars(readings: Reading | Iterable[Reading], table: Table = "statements") -> Any:
    """A ``polars.DataFrame`` with the columns of :func:`to_arrow`; raises :class:`rawi.errors.ExportError` without
    Polars (``pip install 'rawi[polars]'``)."""
    return _needed("polars").from_arrow(to_arrow(readings, table))


def _needed(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as fault:
        raise ExportError(f"{name} is not installed", expected=f"pip install 'rawi[{name}]'") from fault


def _type(pa: Any, column: str) -> Any:
    return pa.int64() if column in _WHOLE else pa.float64() if column in _REAL else pa.string()


def _sound(row: Row) -> Row:
    """Strings without lone surrogates, which UTF-8 has not; each stays one code point."""
    return {k: v.encode("utf-8", "replace").decode("utf-8") if isinstance(v, str) else v for k, v in row.items()}
