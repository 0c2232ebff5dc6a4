"""``rawi doctor``: what is installed, what is missing, what can be set."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any, get_type_hints

import typer

from rawi.errors import LexiconError
from rawi.settings import Settings
from rawi.version import __version__

NEEDED = ("msgspec", "typer", "rich", "jinja2", "trafilatura", "readability-lxml", "python-docx", "hijridate")
CORPUS = ("duckdb", "pyarrow", "numpy", "starlette", "uvicorn", "warcio", "feedparser", "pypdfium2", "openpyxl")
EXTRAS = {"spark": "pyspark", "spacy": "spacy", "pandas": "pandas", "polars": "polars"}


def command(
    settings: Annotated[
        bool, typer.Option("--settings", help="List every setting with its default and meaning.")
    ] = False,
) -> None:
    """Say what is installed, what is missing and what can be set; exit 1 where something needed is missing."""
    if settings:
        typer.echo("\n".join(setting_lines()))
        return
    missing = [name for name in (*NEEDED, *CORPUS) if installed(name) is None]
    typer.echo(f"rawi {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    typer.echo(f"installed in {Path(__file__).parents[1]}")
    for name in (*NEEDED, *CORPUS):
        typer.echo(f"  {name:18} {installed(name) or 'MISSING: pip install ' + name}")
    for extra, name in EXTRAS.items():
        typer.echo(f"  {name:18} {installed(name) or f'not installed (optional: pip install rawi[{extra}])'}")
    typer.echo(_tables())
    if missing or sys.version_info < (3, 11):
        typer.echo(f"rawi: missing: {', '.join(missing) or 'Python 3.11'}", err=True)
        raise typer.Exit(1)


def installed(name: str) -> str | None:
    """The version of an installed package, or None."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _tables() -> str:
    """One line on the language tables: their hash and how long they take to load."""
    from rawi.lang.ar.pack import arabic
    from rawi.model import Article
    from rawi.reader import read

    start = perf_counter()
    try:
        read(Article(id="doctor", text="."))
    except LexiconError as fault:
        return f"tables: {len(fault.faults)} faults; see `rawi check lexicon`"
    return f"tables {arabic().tables_hash}, loaded in {1000 * (perf_counter() - start):.0f} ms"


def setting_lines() -> list[str]:
    """One line a setting: name, default, meaning, what it may be."""
    lines = ["In rawi.toml, under [settings]:"]
    hints = get_type_hints(Settings, include_extras=True)
    for field, default in zip(Settings.__struct_fields__, Settings.__struct_defaults__, strict=True):
        meta = next(iter(getattr(hints[field], "__metadata__", ())), None)
        lines.append(f"  {field} = {_toml(default)}    # {meta.description if meta else ''}{_choices(hints[field])}")
    return lines


def _toml(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)


def _choices(hint: Any) -> str:
    inner = getattr(getattr(hint, "__origin__", None), "__args__", ())
    return f": {', '.join(map(str, inner))}" if inner else ""
