"""``rawi read``: articles in, readings out, as text, JSON, JSON lines or one page."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from rawi.cli.inputs import Inputs, given, settings_here
from rawi.errors import ExportError
from rawi.ingest.jsonl import dumps
from rawi.model import Reading
from rawi.settings import Settings
from rawi.show.messages import Messages, messages
from rawi.show.plain import plain


class Format(StrEnum):
    """What ``rawi read`` can write."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    html = "html"


class Interface(StrEnum):
    """The interface languages."""

    ar = "ar"
    en = "en"


def command(
    files: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, - for standard input, or addresses with --allow-fetch.", metavar="FILE..."
        ),
    ],
    date: Annotated[
        str | None, typer.Option(help="Publication date, instead of what the input says.", metavar="DAY")
    ] = None,
    outlet: Annotated[
        str | None, typer.Option(help="Outlet, instead of what the input says.", metavar="NAME")
    ] = None,
    format: Annotated[Format | None, typer.Option(help="What to write (default: by -o, else text).")] = None,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Where to write (default: standard output).")
    ] = None,
    ui: Annotated[Interface | None, typer.Option(help="Language of labels and of the page.")] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser (--format html).")] = False,
    allow_fetch: Annotated[
        bool, typer.Option("--allow-fetch", help="Fetch addresses: this tells the site who reads it.")
    ] = False,
) -> None:
    """Read articles: who says what, on whose word, when and where.

    Examples:

      rawi read story.html

      rawi read pages/ --format jsonl -o readings.jsonl

      rawi read story.txt --date 2024-05-03 --outlet "..." --format html -o story-report.html --open
    """
    wanted = _format(format, json, output, open_page)
    settings = settings_here()
    say = messages(ui.value if ui else settings.ui, settings.digits, settings.months)
    inputs = Inputs(files, said=given(date, outlet), settings=settings, allow_fetch=allow_fetch)
    _refuse_overwriting(files, output)
    readings = inputs.readings()
    if wanted is Format.html:
        _write_page(readings, output, say, settings, open_page)
    else:
        with written(output) as stream:
            for piece in _pieces(readings, wanted, say):
                stream.write(piece)
    if inputs.failed:
        typer.echo(f"rawi: {say.count('failures', inputs.failed)}", err=True)
        raise typer.Exit(1)


def _format(format: Format | None, json: bool, output: Path | None, open_page: bool) -> Format:
    if json and format not in (None, Format.json):
        raise typer.BadParameter("--json and another --format", param_hint="--json")
    by_name = {".html": Format.html, ".htm": Format.html, ".json": Format.json, ".jsonl": Format.jsonl}
    guessed = by_name.get(output.suffix.lower()) if output else Format.html if open_page else None
    wanted = Format.json if json else format or guessed or Format.text
    if open_page and wanted is not Format.html:
        raise typer.BadParameter("only a page can be opened; expected --format html", param_hint="--open")
    return wanted


def _refuse_overwriting(files: list[str], output: Path | None) -> None:
    for name in files:
        if output is not None and output.exists() and Path(name).exists() and output.samefile(name):
            raise typer.BadParameter(f"{output} is an input; expected another file", param_hint="-o")


def _pieces(readings: Iterable[Reading], wanted: Format, say: Messages) -> Iterator[str]:
    """The output in pieces, one reading at a time, so that memory does not grow with the number of articles."""
    if wanted is Format.jsonl:
        yield from (dumps(reading) + "\n" for reading in readings)
    elif wanted is Format.json:
        start = "["
        for reading in readings:
            yield f"{start}\n{dumps(reading)}"
            start = ","
        yield "[]\n" if start == "[" else "\n]\n"
    else:
        for number, reading in enumerate(readings):
            yield ("\n" if number else "") + "\n".join(plain(reading, say)) + "\n"


@contextmanager
def written(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that takes its name only when it is whole."""
    if output is None or str(output) == "-":
        yield sys.stdout
        return
    part = output.with_name(output.name + ".part")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        part.replace(output)
    except OSError as fault:
        raise ExportError(fault.strerror or str(fault), where=str(output), expected="a place to write to") from fault
    finally:
        part.unlink(missing_ok=True)


def _write_page(
    readings: Iterable[Reading], output: Path | None, say: Messages, settings: Settings, open_page: bool
) -> None:
    from rawi.report.build import write_report

    if output is None and not open_page:
        write_report(readings, sys.stdout, say=say)
        return
    if output is None:
        import tempfile

        output = Path(tempfile.mkdtemp(prefix="rawi-")) / "report.html"
    with written(output) as stream:
        write_report(readings, stream, say=say)
    typer.echo(say("read.wrote", path=output), err=True)
    if open_page:
        import webbrowser

        webbrowser.open(output.resolve().as_uri())
