"""The README: its commands and its snippet run, and the result that it shows is one that rawi gives."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

import rawi
from rawi.cli import main

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SAMPLE = Path(rawi.__file__).parent / "sample"
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.S | re.M)
LINES = [line for kind, block in BLOCKS if not kind for line in block.splitlines()]
COMMANDS = [line.split("#")[0].strip() for line in LINES if line.startswith("rawi ")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(SAMPLE / "water-4-rawaq.html", "story.html")
    shutil.copy(SAMPLE / "water-7-marqab.txt", "story.txt")
    (tmp_path / "pages").mkdir()
    shutil.copy(SAMPLE / "wire.jsonl", "pages")
    monkeypatch.setattr("webbrowser.open", lambda _: True)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_run(command: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(shlex.split(command)[1:])
    assert not stop.value.code, capsys.readouterr().err


def test_it_opens_with_the_two_commands() -> None:
    head = [line for line in README.splitlines() if line.strip()][:4]
    assert head[2].startswith("make demo") and head[3].startswith("make test")


def test_the_snippet_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (snippet,) = (block for kind, block in BLOCKS if kind == "python")
    exec(snippet, {})
    assert capsys.readouterr().out.strip()
