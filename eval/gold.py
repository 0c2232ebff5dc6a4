"""Where the gold lies, which part of it may be read, and how an official scorer is run."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

import rawi

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
OWN_GOLD = ROOT / "eval" / "gold"
ABSENT = "not measured: ../shared absent"


def shared_is_here() -> bool:
    """Whether the folder with the real pages lies beside the repository."""
    return (SHARED / "gold" / "dev_attribution.jsonl").exists()


def scorer(name: str) -> ModuleType:
    """The official scorer ``name`` of the shared gold, as a module."""
    path = SHARED / "gold" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON lines file."""
    with path.open(encoding="utf-8") as stream:
        yield from (json.loads(line) for line in stream if line.strip())


def parts() -> dict[str, str]:
    """The part (``work`` or ``check``) of each dev page by its id."""
    rows = (SHARED / "gold" / "split.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {row.split("\t")[0]: row.split("\t")[1] for row in rows if row.strip()}


def write_lines(path: Path, objects: Iterable[dict[str, Any]]) -> Path:
    """``path``, written with one object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(o, ensure_ascii=False) + "\n" for o in objects)
    return path


def article_of(document: dict[str, Any]) -> rawi.Article:
    """The article of a gold document: its text and date, none of its marks."""
    return rawi.Article(
        id=document["id"],
        text=document["text"],
        outlet=document.get("outlet"),
        published=document.get("date") or document.get("published"),
    )


def reading_of(document: dict[str, Any]) -> dict[str, Any]:
    """The reading of a gold document, made anew, as plain objects."""
    plain: dict[str, Any] = msgspec.to_builtins(rawi.read(article_of(document)))
    return plain
