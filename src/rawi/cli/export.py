"""``rawi export``: a project in the forms of other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rawi.cli.ask import Mode
from rawi.cli.projects import PROJECT_HELP, opened, print_json
from rawi.export.forms import FORMS, export
from rawi.export.selection import Options, Selection
from rawi.store.search import Filters

Values = Annotated[list[str] | None, typer.Option(help="Keep only this one; may be repeated.")]


def command(
    form: Annotated[str, typer.Argument(help=f"One of {', '.join(FORMS)}.", metavar="FORM")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file or folder to write.")] = None,
    project: Annotated[Path | None, typer.Option(help=PROJECT_HELP, metavar="DIR")] = None,
    words: Annotated[str, typer.Option(help="Only articles with these words.")] = "",
    mode: Annotated[Mode, typer.Option(help="How closely the words have to be met.")] = Mode.stem,
    outlet: Values = None,
    place: Values = None,
    speaker: Values = None,
    stance: Values = None,
    review: Values = None,
    since: Annotated[str | None, typer.Option(help="First day.", metavar="DAY")] = None,
    until: Annotated[str | None, typer.Option(help="Last day.", metavar="DAY")] = None,
    corrected: Annotated[bool, typer.Option("--corrected", help="With the corrections applied.")] = False,
    all_versions: Annotated[bool, typer.Option("--all-versions", help="Older versions of articles too.")] = False,
    pseudonymise: Annotated[
        bool, typer.Option("--pseudonymise", help="Mask witnesses and persons without an office, letter by letter.")
    ] = False,
    bom: Annotated[bool, typer.Option("--bom", help="CSV with a byte-order mark, for spreadsheets.")] = False,
) -> None:
    """Write a project in another form, with a manifest that says what it holds; nothing is cut.

    Examples:

      rawi export jsonl -o water.jsonl.gz

      rawi export csv -o tables --since 2024-05-01 --corrected --bom
    """
    filters = Filters(
        tuple(outlet or ()), since, until, False, tuple(place or ()), tuple(speaker or ()), tuple(stance or ()),
        tuple(review or ()),
    )  # fmt: skip
    selection = Selection(words, mode.value, filters, corrected, all_versions, pseudonymise)
    with opened(project) as chosen:
        name = "rawi" + FORMS.get(form, ("", ""))[1] if FORMS.get(form, ("", ""))[1] else f"rawi-{form}"
        out = output or Path(name)
        made = export(chosen, form, out, selection=selection, options=Options(bom))
    typer.echo(f"rawi: wrote {out}", err=True)
    print_json(made["counts"])
