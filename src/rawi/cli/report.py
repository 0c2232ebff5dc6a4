"""``rawi report``: one page over a whole project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rawi.cli.projects import PROJECT_HELP, opened
from rawi.cli.read import Interface, written
from rawi.show.messages import messages


def command(
    output: Annotated[Path, typer.Option("-o", "--output", help="The page to write.")] = Path("rawi-report.html"),
    project: Annotated[Path | None, typer.Option(help=PROJECT_HELP, metavar="DIR")] = None,
    words: Annotated[str, typer.Option(help="Only claims, places and days of articles with these words.")] = "",
    families: Annotated[int, typer.Option(help="How many claims to tell in full.", min=1)] = 60,
    ui: Annotated[Interface | None, typer.Option(help="Language of the page.")] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Write the report of a whole project: claims with their origins, the graph over time, the map; one page that
    needs no network.

    Examples:

      rawi report -o water.html --ui ar

      rawi report --project water --words "..." --families 200 --open
    """
    from rawi.report.project import write_project_report

    with opened(project) as chosen:
        settings = chosen.settings
        say = messages(ui.value if ui else settings.ui, settings.digits, settings.months)
        with written(output) as stream:
            told = write_project_report(chosen, stream, say=say, words=words, most_families=families)
    typer.echo(str(output))
    typer.echo(say.count("families", told), err=True)
    if open_page:
        import webbrowser

        webbrowser.open(output.resolve().as_uri())
