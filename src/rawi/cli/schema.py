"""``rawi schema``: the JSON Schema of the file format."""

from __future__ import annotations

import json

import typer


def command() -> None:
    """Print the JSON Schema of one line of the file format."""
    from rawi.ingest.jsonl import schema

    typer.echo(json.dumps(schema(), indent=1, ensure_ascii=False))
