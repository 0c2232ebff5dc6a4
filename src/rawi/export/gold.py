"""Gold: reviewed articles as the scorers take them, with the corrections applied."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rawi.corpus import Project
from rawi.export.selection import Options, Selection, whole_file
from rawi.model import Reading, Span


def write(project: Project, out: Path, selection: Selection, options: Options) -> dict[str, int]:
    """The number of articles and statements written to the file ``out``: those in which nothing is left to review."""
    articles = statements = unfinished = 0
    with whole_file(out) as stream:
        for reading in selection._replace(corrected=True).readings(project):
            if not _is_reviewed(project, reading):
                unfinished += 1
                continue
            stream.write(json.dumps(gold_line(reading), ensure_ascii=False) + "\n")
            articles += 1
            statements += len(reading.attributions)
    return {"articles": articles, "statements": statements, "left_out_unreviewed": unfinished}


def _is_reviewed(project: Project, reading: Reading) -> bool:
    states = [s.state for s in project.article(reading.id).statements]
    return bool(project.corrections(reading.id)) and not {"open", "disputed"} & set(states)


def gold_line(reading: Reading) -> dict[str, Any]:
    """An article in the form of the gold files."""
    return {
        "id": reading.id,
        "outlet": reading.outlet,
        "date": reading.published,
        "text": reading.text,
        "attributions": [
            {
                "n": a.n,
                "cue": _plain(a.cue),
                "source": _plain(a.source),
                "ref": [a.ref.start, a.ref.end] if a.ref else None,
                "content": _plain(a.content),
                "kind": a.kind,
                "stance": a.stance,
                "type": a.type,
                "target": [a.target.start, a.target.end] if a.target else None,
                "parent": a.parent,
            }
            for a in reading.attributions
        ],
    }


def _plain(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]
