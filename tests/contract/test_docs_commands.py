"""The tutorials' commands run on the sample, one after another, and print lines of the shape that the page shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from rawi.cli import main

ROOT = Path(__file__).parents[2]
PAGES = sorted(path for folder in ("docs/tutorials", "docs/ar") for path in (ROOT / folder).glob("*.md"))
MARKED = re.compile(r"^<!-- run -->\n```console\n\$ (.*?)\n(.*?)```$", re.S | re.M)
TUTORIALS = [path for path in PAGES if MARKED.search(path.read_text(encoding="utf-8"))]


def shape(line: str) -> str:
    """The line without what the rules decide: quoted words, ids and numbers are one sign each."""
    line = re.sub("\u2068.*?\u2069", "T", line.strip())
    return re.sub(r"\d+", "N", re.sub(r"\b[0-9a-f]{16}\b", "H", line))


def test_there_are_tutorials() -> None:
    names = {path.name for path in TUTORIALS if path.parent.name == "tutorials"}
    assert names == {"fact-checker.md", "conflict-coder.md"}


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_commands_run_and_print_what_is_shown(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "src").symlink_to(ROOT / "src")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    out, ran = "", 0
    for command, shown in MARKED.findall(page.read_text(encoding="utf-8")):
        words = shlex.split(command)
        if words[0] == "head":
            out, err = Path(words[-1]).read_text(encoding="utf-8"), ""
        else:
            if words[1:3] == ["show", "family"]:
                words[3] = out.split("\t")[0]  # a family's id may change with the rules; the one just listed is meant
            with pytest.raises(SystemExit) as stop:
                main(words[1:])
            out, err = capsys.readouterr()
            assert not stop.value.code, f"{command}: {err}"
        printed = {shape(text.splitlines()[0]) for text in (out, err) if text.strip()}
        assert shape(shown.splitlines()[0]) in printed, command
        ran += 1
    assert ran >= 8
