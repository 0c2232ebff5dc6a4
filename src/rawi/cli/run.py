"""``rawi run``: a corpus into a folder of readings, shard by shard, on this machine or on Spark."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rawi.cli.inputs import settings_here
from rawi.cli.projects import print_json
from rawi.run.engines import run_corpus
from rawi.run.shards import SHARD_MB


class Engine(StrEnum):
    """What runs the shards."""

    local = "local"
    spark = "spark"


def command(
    files: Annotated[list[str], typer.Argument(help="JSONL, Parquet or other files, or folders.", metavar="FILE...")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write; a run in it is resumed.")],
    engine: Annotated[Engine, typer.Option(help="What runs the shards.")] = Engine.local,
    master: Annotated[
        str | None, typer.Option(help="Spark's master (default: spark-submit's, else this machine).", metavar="URL")
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Reading processes of the local engine; 0: one a core.")] = None,
    shard_mb: Annotated[int, typer.Option(help="MiB of a JSONL file in one shard.", min=1)] = SHARD_MB,
    anew: Annotated[bool, typer.Option("--anew", help="Read everything again.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Write the counts as JSON.")] = False,
) -> None:
    """Read a corpus into a folder of readings; the engine changes nothing in them, and a stopped run is resumed.

    Examples:

      rawi run corpus.jsonl -o readings

      rawi run days/ -o readings --engine spark --master spark://host:7077
    """
    if master and engine is not Engine.spark:
        raise typer.BadParameter("only Spark has a master; expected --engine spark", param_hint="--master")
    settings = settings_here()
    if workers is not None:
        from msgspec.structs import replace

        settings = replace(settings, workers=workers)
    done = run_corpus(
        files, output, engine=engine.value, settings=settings, shard_mb=shard_mb, master=master, anew=anew,
        report=_report if sys.stderr.isatty() else None,
    )  # fmt: skip
    if json:
        print_json(done)
    else:
        typer.echo(
            f"{done.articles:,} articles, {done.statements:,} statements, {done.failed:,} failures in "
            f"{done.shards:,} shards ({done.resumed:,} were there)"
        )
    for line in done.lost:
        typer.echo(f"rawi: {line}", err=True)
    if done.failed or done.lost:
        raise typer.Exit(1)


def _report(done: int, total: int) -> None:
    typer.echo(f"\rrawi: {done:,} of {total:,} shards", err=True, nl=done == total)
