"""``rawi check lexicon``: every fault of the language tables, and rows that repeat others or never fire."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

import rawi.lang.ar
from rawi.errors import LexiconError, SettingsError
from rawi.lexicon.table import Row, parse_table
from rawi.show.visible import name_of

TABLES = Path(rawi.lang.ar.__file__).parent
# Letters that look like others or cannot be seen: tatweel inside a word (at its end it marks a prefix),
# presentation forms, Persian twins, invisible marks, no-break space.
ODD = re.compile(
    r"\u0640(?=\w)|[\ufb50-\ufdff\ufe70-\ufefc\u06cc\u06a9\u06be\u06c1\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00a0]"
)
LETTERS_THEMSELVES = frozenset({"letters.tsv"})
NOT_MATCHED = frozenset({"example", "note", "source", "why", "comment"})


class Finding(NamedTuple):
    """One line of the outcome: where, what, and whether it is a fault or a thing to look at."""

    where: str
    what: str
    fault: bool


def command(
    what: Annotated[str, typer.Argument(help="What to check: lexicon or project.")] = "lexicon",
    rows: Annotated[bool, typer.Option("--rows/--no-rows", help="Run the example of each row too.")] = True,
    project: Annotated[Path | None, typer.Option(help="The project folder, for `check project`.")] = None,
) -> None:
    """Check the language tables (form, odd letters, repeated rows, rows that do not fire on their own example), or a
    project (evidence against its hashes, database, log of corrections).

    Exit 1 where there is a fault; rows to look at are listed and do not fail.
    """
    if what == "project":
        _check_project(project)
        return
    if what != "lexicon":
        raise SettingsError(f"nothing to check called {what}", where="rawi check", expected="lexicon, project")
    findings = [*check_tables(TABLES), *check_pack()]
    if rows and not any(f.fault for f in findings):
        findings += silent_rows(TABLES)
    for finding in findings:
        typer.echo(f"{finding.where}: {'' if finding.fault else 'look at: '}{finding.what}")
    faults = sum(f.fault for f in findings)
    typer.echo(f"{len(list(tables(TABLES)))} tables, {faults} faults, {len(findings) - faults} rows to look at")
    if faults:
        raise typer.Exit(1)


def _check_project(folder: Path | None) -> None:
    from rawi.cli.projects import opened

    with opened(folder) as chosen:
        damaged, orphaned, failures = chosen.damaged(), chosen.orphaned(), chosen.failures()
        counts = chosen.counts()
    for what in damaged:
        typer.echo(f"not as it was kept: {what}")
    for name, n in (("corrections that no longer attach", orphaned), ("inputs or parts that failed", failures)):
        if n:
            typer.echo(f"look at: {len(n)} {name}")
    typer.echo(f"{counts['inputs']} inputs, {counts['versions']} versions, {len(damaged)} faults")
    if damaged:
        raise typer.Exit(1)


def tables(folder: Path) -> Iterator[Path]:
    """The tables of a language pack, in order."""
    return iter(sorted(folder.rglob("*.tsv")))


def rows_of(path: Path) -> tuple[Row, ...]:
    """The rows of a table under its own header; raises :class:`LexiconError`."""
    text = path.read_text(encoding="utf-8")
    header = next((line for line in text.split("\n") if line.strip() and not line.startswith("#")), "")
    return parse_table(text, path.name, header.rstrip("\r").split("\t"))


def check_tables(folder: Path) -> list[Finding]:
    """Faults of form, odd letters, missing examples and repeated rows of all tables in ``folder``."""
    findings: list[Finding] = []
    for path in tables(folder):
        try:
            rows = rows_of(path)
        except LexiconError as error:
            findings += [Finding(*_parted(fault), True) for fault in error.faults]
            continue
        same: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for row in rows:
            findings += _row_faults(row, path.name)
            same[tuple(v for k, v in list(row.items())[1:] if k not in NOT_MATCHED)].append(row.where)
        findings += [Finding(w[1], f"says the same as {w[0]}", False) for w in same.values() if len(w) > 1]
    return findings


def _parted(fault: str) -> tuple[str, str]:
    parts = fault.split(":", 2)
    return (f"{parts[0]}:{parts[1]}", parts[2].strip()) if len(parts) == 3 else ("tables", fault)


def _row_faults(row: Row, table: str) -> Iterator[Finding]:
    if table in LETTERS_THEMSELVES:
        return
    if "example" in row and not row["example"]:
        yield Finding(row.where, f"{next(iter(row.values()))} has no example", True)
    for column, cell in row.items():
        odd = sorted({name_of(c) for c in ODD.findall(cell)}) if column not in NOT_MATCHED else []
        if odd:
            yield Finding(row.where, f"odd letters in {column}: {' '.join(odd)}", True)


def check_pack() -> list[Finding]:
    """The faults that compiling the language pack finds, group by group."""
    from rawi.lang.ar.pack import ArabicPack

    try:
        pack = ArabicPack(TABLES)
    except LexiconError as error:
        return [Finding(*_parted(fault), True) for fault in error.faults]
    findings: list[Finding] = []
    for group in (name for name, member in vars(ArabicPack).items() if isinstance(member, cached_property)):
        try:
            getattr(pack, group)
        except LexiconError as error:
            findings += [Finding(*_parted(fault), True) for fault in error.faults]
    return findings


def silent_rows(folder: Path) -> list[Finding]:
    """The rows that do not fire on their own example, in tables whose other rows do."""
    from rawi.model import Article
    from rawi.reader import read

    findings: list[Finding] = []
    for path in tables(folder):
        silent: list[Finding] = []
        fired = 0
        for row in rows_of(path):
            identity, example = next(iter(row.values())), row.get("example", "")
            if not example:
                continue
            reading = read(Article(id=identity, text=example, published="2024-05-03"))
            rules = [a.rule for a in reading.attributions] + [t.rule for t in reading.times]
            rules += [p.rule for p in reading.places] + [n.rule for n in reading.names]
            ids = {p for rule in rules for p in re.findall(r"[^\s/+,;|]+", rule)} | {c.row for c in reading.charged}
            if identity in ids:
                fired += 1
            else:
                silent.append(Finding(row.where, f"{identity} does not fire on its example", False))
        findings += silent if fired else []
    return findings
