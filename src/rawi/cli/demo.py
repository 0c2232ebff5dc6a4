"""``rawi demo``: the main job on the bundled sample, or on files of one's own, as one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rawi.cli.inputs import Inputs, given, settings_here
from rawi.cli.read import Interface, written
from rawi.errors import InputError
from rawi.show.messages import messages

SAMPLE = Path(__file__).parents[1] / "sample"


def command(
    files: Annotated[
        list[str] | None,
        typer.Argument(help="Your own files or folders (default: the bundled sample).", metavar="[FILE...]"),
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="The page to write.")] = Path("demo/report.html"),
    ui: Annotated[Interface | None, typer.Option(help="Language of the page.")] = None,
) -> None:
    """Read the bundled sample (or your files) and write one report page that needs no network.

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
    if inputs.failed:
        typer.echo(f"rawi: {say.count('failures', inputs.failed)}", err=True)
        raise typer.Exit(1)


def sample_files() -> list[str]:
    """The files of the bundled sample, in order."""
    return sorted(str(p) for p in SAMPLE.iterdir() if p.suffix in {".txt", ".html", ".jsonl", ".docx", ".json"})
