"""``rawi fingerprint``: the hash of what a project holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rawi.cli.projects import PROJECT_HELP, opened, print_json


def command(
    project: Annotated[Path | None, typer.Option(help=PROJECT_HELP, metavar="DIR")] = None,
    parts: Annotated[bool, typer.Option("--parts", help="Also the hash of each part.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Print the hash of what a project holds: equal for equal contents, whatever way they came about.

    Run ids, times and durations are left out; two projects whose fingerprints differ are told apart by --parts.
    """
    with opened(project) as chosen:
        whole, pieces = chosen.fingerprint(), chosen.section_hashes() if parts else {}
    if json:
        print_json({"fingerprint": whole, "parts": pieces})
        return
    typer.echo(whole)
    for name, value in pieces.items():
        typer.echo(f"{name:12} {value}")
