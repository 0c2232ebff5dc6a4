"""Which project a verb works on, and how its answers are written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typer

from rawi.corpus import Project, Traced, to_plain
from rawi.corpus import open as open_project
from rawi.errors import ProjectError
from rawi.show.plain import isolated
from rawi.store.db import find_project, is_project

PROJECT_HELP = "The project folder (default: that of the nearest rawi.toml)."


def opened(folder: Path | None, *, write: bool = False) -> Project:
    """The project of ``folder``, else of the nearest ``rawi.toml``; a verb that writes makes the folder one, and
    says so. Raises :class:`ProjectError` where one that only looks finds none."""
    chosen = folder or find_project(Path.cwd()) or Path.cwd()
    if is_project(chosen):
        return open_project(chosen)
    if not write:
        raise ProjectError(
            "no project", where=str(chosen), expected="`rawi add FILES`, which makes one, or --project"
        )
    typer.echo(f"rawi: {chosen} is a project now", err=True)
    return open_project(chosen)


def print_json(value: Any) -> None:
    """Writes an answer as JSON."""
    typer.echo(json.dumps(to_plain(value), ensure_ascii=True, indent=1))


def print_rows(rows: Iterable[tuple[Any, ...] | str]) -> None:
    """Writes rows, a tab between cells; the words of articles stand last in them, isolated. A string is a line."""
    for row in rows:
        if isinstance(row, str):
            typer.echo(row)
            continue
        *cells, words = row
        typer.echo("\t".join(["" if c is None else str(c) for c in cells] + [isolated(str(words or ""))]))


def one_line(words: str, most: int = 160) -> str:
    """``words`` on one line, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "\u2026"


def traced_line(done: Traced) -> str:
    """What a tracing run did and what the project holds now, on one line."""
    return (
        f"{done.documents:,} articles traced, {done.touched:,} families touched; in this corpus "
        f"{done.families:,} families of {done.claims:,} claims, {done.copies:,} shared passages"
    )
