"""CSV: a folder with one file a table; `rawi add FOLDER/articles.csv` takes the articles back.

Cells that a spreadsheet could take for a formula are opened with an apostrophe.
"""

from __future__ import annotations

import csv
from pathlib import Path

from rawi.corpus import Project
from rawi.export.selection import Options, Selection, folder_for, whole_file
from rawi.export.tables import tables
from rawi.ingest.tables import guarded


def write(project: Project, out: Path, selection: Selection, options: Options) -> dict[str, int]:
    """The number of rows written to each file of the folder ``out``; a table without rows is a heading."""
    folder = folder_for(out, "csv")
    counts = {}
    for name, table in tables(selection).items():
        count = 0
        encoding = "utf-8-sig" if options.bom else "utf-8"
        with whole_file(folder / f"{name}.csv", newline="", encoding=encoding) as stream:
            writer = csv.writer(stream, lineterminator="\r\n")
            writer.writerow(table.columns)
            for row in table.rows(project, selection):
                writer.writerow([_cell(row[c]) for c in table.columns])
                count += 1
        counts[name] = count
    return counts


def _cell(value: object) -> str:
    if value is None:
        return ""
    return guarded(value.encode("utf-8", "replace").decode("utf-8")) if isinstance(value, str) else str(value)
