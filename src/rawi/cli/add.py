"""``rawi add``: articles into a project."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from rawi.cli.inputs import given
from rawi.cli.projects import PROJECT_HELP, opened, print_json, traced_line
from rawi.run.local import Progress


def command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, - for standard input; with --allow-fetch addresses, feeds and lists of addresses.",
            metavar="[PATH...]",
        ),
    ] = None,
    project: Annotated[Path | None, typer.Option(help=PROJECT_HELP, metavar="DIR")] = None,
    date: Annotated[
        str | None, typer.Option(help="Publication date, instead of what the inputs say.", metavar="DAY")
    ] = None,
    outlet: Annotated[
        str | None, typer.Option(help="Outlet, instead of what the inputs say.", metavar="NAME")
    ] = None,
    workers: Annotated[int, typer.Option(help="Reading processes; 0: one a core.", min=0)] = 0,
    allow_fetch: Annotated[
        bool, typer.Option("--allow-fetch", help="Fetch addresses: this tells the site who reads it.")
    ] = False,
    keep_readings: Annotated[
        bool, typer.Option("--keep-readings", help="Do not read anew what older tables have read.")
    ] = False,
    trace: Annotated[
        bool, typer.Option("--trace", help="Trace what was added as well, as `rawi trace` does.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Write the counts as JSON.")] = False,
) -> None:
    """Add articles to a project; run again at any time, it loses and doubles nothing and reads only what changed.

    Examples:

      rawi add pages/ wire.jsonl.gz

      rawi add https://example.org/feed.xml --allow-fetch --project water
    """
    given(date, outlet)
    with opened(project, write=True) as chosen, _bar() as bar:
        added = chosen.add(
            paths or [], outlet=outlet, published=date, allow_fetch=allow_fetch, workers=workers,
            reread=not keep_readings, report=_reporter(bar),
        )  # fmt: skip
        failed = chosen.failures()
        traced = chosen.trace() if trace else None
    if json:
        print_json({**added._asdict(), "traced": traced} if traced else added)
    else:
        typer.echo(
            f"{added.articles:,} articles added, {added.known:,} known before, {added.skipped:,} inputs unchanged, "
            f"{added.reread:,} read anew, {added.failed:,} failed"
        )
        if traced:
            typer.echo(traced_line(traced))
    if added.left_out:
        kinds = ", ".join(f"{n} {s}" for s, n in sorted(added.left_out.items(), key=lambda i: -i[1])[:6])
        typer.echo(f"rawi: left out, of other kinds: {kinds}", err=True)
    if added.failed:
        for failure in failed[-5:]:
            typer.echo(f"rawi: {failure.where or failure.name}: {failure.what}", err=True)
        typer.echo("rawi: all of them: rawi show failures", err=True)
        raise typer.Exit(1)


def _bar() -> AbstractContextManager[Any]:
    """A bar with rate and time left on a terminal, else nothing."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), TextColumn("{task.fields[words]}", markup=False), TimeRemainingColumn())
    return Bar(*columns, console=Console(stderr=True), transient=True)


def _reporter(bar: Any) -> Callable[[Progress], None] | None:
    if bar is None:
        return None
    from time import monotonic

    started = monotonic()
    task = bar.add_task("", total=1, words="")

    def report(progress: Progress) -> None:
        rate = progress.articles / max(monotonic() - started, 0.001)
        words = f"{progress.articles:,} articles, {rate:,.0f} a second, {progress.failed:,} failed"
        bar.update(task, completed=progress.taken, total=max(progress.total, 1), words=words)

    return report
