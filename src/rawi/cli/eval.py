"""``rawi eval``: how good the readings of one's own gold pages are, and where they are wrong."""

from __future__ import annotations

import json as json_module
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from rawi.errors import FormatError, InputError
from rawi.ingest import load_all
from rawi.reader import read
from rawi.scoring.attributions import Scored, figures, score_document, total
from rawi.show.faults import Page, faults_page


def command(
    gold: Annotated[Path, typer.Argument(help="JSON lines: id, text, attributions, as the format page says.")],
    readings: Annotated[
        Path | None, typer.Argument(help="Readings to measure (default: the pages are read now).")
    ] = None,
    only: Annotated[
        str | None, typer.Option(help="FILE:NAME, the ids whose row in the tab-separated FILE says NAME.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List every statement missed, wrong or made up.")] = False,
    html: Annotated[bool, typer.Option("--html", help="Write the errors as one page.")] = False,
    output: Annotated[Path, typer.Option("-o", "--output", help="Where the page goes.")] = Path("errors.html"),
    json: Annotated[bool, typer.Option("--json", help="Figures as JSON.")] = False,
) -> None:
    """Measure readings against gold, by the rules of the method page.

    Examples:

      rawi eval gold.jsonl

      rawi eval gold.jsonl readings.jsonl --json

      rawi eval gold.jsonl --only split.tsv:work --errors --html -o errors.html
    """
    documents = _lines(gold)
    if only:
        kept = _kept(only)
        documents = {k: d for k, d in documents.items() if k in kept}
    made = _lines(readings) if readings else _read_now(gold)
    missing = [k for k in documents if k not in made]
    if missing:
        typer.echo(f"{len(missing)} documents have no reading and count as empty: {', '.join(missing[:5])}", err=True)
    scored: dict[str, Scored] = {
        k: score_document(d["text"], d["attributions"], made.get(k, {}).get("attributions", []))
        for k, d in documents.items()
    }
    result = figures(total(scored.values()))
    if json:
        typer.echo(json_module.dumps(result))
    else:
        for name, value in result.items():
            typer.echo(f"{name:24} {'-' if value is None else f'{value:.1f}' if isinstance(value, float) else value}")
    pages = [Page(k, documents[k]["text"], s.faults) for k, s in scored.items()]
    if html:
        output.write_text(faults_page(pages, result, f"rawi eval {gold.name}"), encoding="utf-8")
        typer.echo(f"{output}", err=True)
    elif errors:
        _print_errors(pages)


def _print_errors(pages: list[Page]) -> None:
    for page in pages:
        for fault in page.faults:
            typer.echo(f"{fault.what.upper():9} {page.id} {' '.join(fault.wrong)}")
            for side in (fault.gold, fault.predicted):
                if side:
                    parts = (f"{f}: {_words(page.text, side.get(f))}" for f in ("source", "cue", "content"))
                    typer.echo(f"    {' | '.join(parts)} [{side.get('stance')} {side.get('type')}]")


def _words(text: str, value: Any) -> str:
    return " ... ".join(text[s:e].replace("\n", " ") for s, e in value or [])


def _lines(path: Path) -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                try:
                    item = msgspec.json.decode(line, type=dict[str, Any])
                    rows[item["id"]] = {"text": item["text"], "attributions": item["attributions"]}
                except (msgspec.MsgspecError, KeyError) as fault:
                    raise FormatError(
                        f"not a gold line ({fault})", where=f"{path} line {number}", expected="id, text, attributions"
                    ) from fault
    return rows


def _read_now(path: Path) -> dict[str, dict[str, Any]]:
    made: dict[str, dict[str, Any]] = {}
    for outcome in load_all(path):
        if isinstance(outcome, InputError):
            raise outcome
        made[outcome.id] = msgspec.to_builtins(read(outcome))
    return made


def _kept(only: str) -> set[str]:
    path, _, name = only.rpartition(":")
    rows = (line.split("\t") for line in Path(path).read_text(encoding="utf-8").splitlines())
    return {row[0] for row in rows if row[1:2] == [name]}
