"""Language tables: TSV files with a header, one rule a line, a stable id first and an example last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rawi.errors import LexiconError


class Row(Mapping[str, str]):
    """One line of a table: its cells by column name, and ``where`` as ``file:line``."""

    __slots__ = ("_cells", "where")

    def __init__(self, cells: dict[str, str], where: str) -> None:
        self._cells = cells
        self.where = where

    def __getitem__(self, column: str) -> str:
        return self._cells[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    def list(self, column: str) -> tuple[str, ...]:
        """The ``|``-separated values of a cell, without empty ones."""
        return tuple(part.strip() for part in self._cells[column].split("|") if part.strip())


def parse_table(text: str, name: str, columns: Sequence[str]) -> tuple[Row, ...]:
    """The rows of a TSV table whose header is exactly ``columns``; ``#`` opens a comment line, ``-`` is an empty
    cell.

    Raises :class:`LexiconError` naming every fault (``file:line``): wrong header, wrong number of
    cells, an empty or repeated id.

    >>> [r["word"] for r in parse_table("id\\tword\\nA1\\tqala\\n", "t.tsv", ("id", "word"))]
    ['qala']
    """
    faults: list[str] = []
    rows: list[Row] = []
    seen: dict[str, int] = {}
    header: list[str] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            if cells != list(columns):
                faults.append(f"{name}:{number}: header is {cells}, expected {list(columns)}")
            continue
        if len(cells) != len(columns):
            faults.append(f"{name}:{number}: {len(cells)} cells, expected {len(columns)}")
            continue
        values = {c: "" if v.strip() == "-" else v.strip() for c, v in zip(columns, cells, strict=True)}
        identity = values[columns[0]]
        if not identity:
            faults.append(f"{name}:{number}: no id")
        elif identity in seen:
            faults.append(f"{name}:{number}: id {identity} stands in line {seen[identity]} already")
        seen[identity] = number
        rows.append(Row(values, f"{name}:{number}"))
    if header is None:
        faults.append(f"{name}:1: empty table, expected the header {list(columns)}")
    if faults:
        raise LexiconError(faults)
    return tuple(rows)


def read_table(path: Path, columns: Sequence[str]) -> tuple[Row, ...]:
    """The rows of the table at ``path`` (see :func:`parse_table`); faults are named with the file's own name."""
    return parse_table(path.read_text(encoding="utf-8"), path.name, columns)
