"""``rawi demo``: the main job on the bundled sample, or on files of one's own, as one page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from rawi.cli.inputs import Inputs, given, settings_here
from rawi.cli.read import Interface, written
from rawi.errors import InputError
from rawi.show.messages import messages
from rawi.show.visible import visible

SAMPLE = Path(__file__).parents[1] / "sample"


def command(
    files: Annotated[
        list[str] | None,
        typer.Argument(help="Your own files or folders (default: the bundled sample).", metavar="[FILE...]"),
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="The page to write.")] = Path("demo/report.html"),
    ui: Annotated[Interface | None, typer.Option(help="Language of the page.")] = None,
) -> None:
    """Read the bundled sample (or your files); write one report page that needs no network, and a project.

    Examples:

      rawi demo

      rawi demo --ui ar --out report-ar.html
    """
    from rawi.report.build import write_report

    settings = settings_here()
    say = messages(ui.value if ui else settings.ui, settings.digits, settings.months)
    inputs = Inputs(files or sample_files(), said=given(None, None), settings=settings)
    with written(out) as stream:
        tally = write_report(inputs.readings(), stream, say=say)
        if not tally.articles:
            raise InputError(
                "nothing could be read", where=", ".join(files or []), expected="txt, html, docx, json or jsonl"
            )
    typer.echo(str(out))
    typer.echo(tally.line(say))
    folder = out.parent / "project"
    if made_project(folder, files or sample_files()):
        typer.echo(f"{called()} serve --project {folder}")
    if inputs.failed:
        typer.echo(f"rawi: {say.count('failures', inputs.failed)}", err=True)
        raise typer.Exit(1)


def made_project(folder: Path, files: list[str]) -> bool:
    """Whether the same articles now lie in a project for the workbench; a folder of others is left alone."""
    from rawi.corpus import open as open_project
    from rawi.errors import RawiError
    from rawi.store.db import is_project

    if folder.exists() and any(folder.iterdir()) and not is_project(folder):
        return False
    try:
        with open_project(folder) as project:
            project.add(list(files), workers=1)
            project.trace()
    except RawiError as fault:
        typer.echo(f"rawi: {visible(str(fault))}", err=True)
        return False
    return True


def called() -> str:
    """How this program was called, for a line that the reader can copy."""
    name = Path(sys.argv[0])
    return str(name) if name.name == "rawi" and name.is_file() else "rawi"


def sample_files() -> list[str]:
    """The files of the bundled sample, in order."""
    return sorted(str(p) for p in SAMPLE.iterdir() if p.suffix in {".txt", ".html", ".jsonl", ".docx", ".json"})
