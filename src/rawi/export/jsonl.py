"""JSON lines: one reading a line, the file format itself; `rawi add` takes it back."""

from __future__ import annotations

from pathlib import Path

from rawi.corpus import Project
from rawi.export.selection import Options, Selection, whole_file
from rawi.ingest.jsonl import dumps


def write(project: Project, out: Path, selection: Selection, options: Options) -> dict[str, int]:
    """The number of articles and statements written to the file ``out``."""
    articles = statements = 0
    with whole_file(out) as stream:
        for reading in selection.readings(project):
            stream.write(dumps(reading) + "\n")
            articles += 1
            statements += len(reading.attributions)
    return {"articles": articles, "statements": statements}
