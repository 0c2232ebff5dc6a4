"""The shape of the house: sizes, names of rooms, and where words of a language may stand."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "rawi"
MODULES = sorted(SOURCE.rglob("*.py"))
VAGUE = {"utils.py", "util.py", "helpers.py", "helper.py", "common.py", "base.py", "misc.py"}
ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_has_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_has_at_most_80_lines(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions if f.end_lineno and f.end_lineno - f.lineno >= 80}
    assert long == {}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "no module docstring"


def test_no_room_has_a_name_that_says_nothing() -> None:
    assert [name_of(p) for p in MODULES if p.name in VAGUE] == []


@pytest.mark.parametrize("path", [p for p in MODULES if "lang" not in p.relative_to(SOURCE).parts[:1]], ids=name_of)
def test_no_arabic_letter_in_code_outside_the_language_pack(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    found = [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented
        if ARABIC.search(node.value.replace("\u061c", "").replace("\u061f", "").replace("\u060c", ""))
        if not _only_code_points(path, node)
    ]
    assert found == []


def _only_code_points(path: Path, node: ast.Constant) -> bool:
    """Whether the letters stand in the source as escapes: ranges of a script, not words of a language."""
    lines = path.read_text(encoding="utf-8").splitlines()[node.lineno - 1 : node.end_lineno]
    return not any(ARABIC.search(line) for line in lines)


def test_no_path_of_a_machine_in_any_tracked_text() -> None:
    # Split so that this file does not name what it forbids.
    forbidden = re.compile("|".join(("/" + "work/", "/" + "farm/", "[.]librar" + "y", "/" + "root/")))
    texts = [p for ext in ("*.py", "*.md", "*.toml", "*.tsv", "*.html", "*.js") for p in ROOT.rglob(ext)]
    ours = [
        p
        for p in texts
        if not set(p.relative_to(ROOT).parts) & {".venv", "node_modules", "_build", "demo", ".hypothesis", "out"}
    ]
    assert [name_of(p) for p in ours if forbidden.search(p.read_text(encoding="utf-8", errors="replace"))] == []
