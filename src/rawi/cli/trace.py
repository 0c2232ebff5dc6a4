"""``rawi trace``: copies, claim families and roots of a project."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from rawi.cli.projects import PROJECT_HELP, opened, print_json, traced_line


def command(
    project: Annotated[Path | None, typer.Option(help=PROJECT_HELP, metavar="DIR")] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Trace everything, not only what is new.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Write the counts as JSON.")] = False,
) -> None:
    """Find copies, claim families and roots in a project; only what is new or changed is traced.

    Examples:

      rawi trace

      rawi trace --project water --anew
    """
    with opened(project) as chosen:
        done = chosen.trace(anew=anew, report=_report if sys.stderr.isatty() else None)
    if json:
        print_json(done)
    else:
        typer.echo(traced_line(done))


def _report(done: int, total: int) -> None:
    typer.echo(f"rawi: {done:,} of {total:,} articles traced", err=True)
