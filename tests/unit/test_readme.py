"""README and how-to pages: their commands and snippets run, in a folder with the files that they name."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

import rawi
from rawi.cli import main

ROOT = Path(__file__).parents[2]
SAMPLE = Path(rawi.__file__).parent / "sample"
PAGES = ("README.md", "docs/how-to/read-files.md")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.S | re.M)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(SAMPLE / "water-4-rawaq.html", "story.html")
    shutil.copy(SAMPLE / "water-7-marqab.txt", "story.txt")
    (tmp_path / "pages").mkdir()
    shutil.copy(SAMPLE / "wire.jsonl", "pages")
    monkeypatch.setattr("webbrowser.open", lambda _: True)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_snippets_run(page: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = 0
    for kind, block in BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
        commands = [line.split("#")[0].strip() for line in block.splitlines() if line.startswith("rawi ")]
        for command in commands if not kind else []:
            with pytest.raises(SystemExit) as stop:
                main(shlex.split(command)[1:])
            assert not stop.value.code, f"{command}: {capsys.readouterr().err}"
            ran += 1
        if kind == "python":
            capsys.readouterr()
            exec(block, {})
            assert capsys.readouterr().out.strip()
            ran += 1
    assert ran >= 5


def test_the_readme_opens_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.strip()][:4]
    assert head[2].startswith("make demo") and head[3].startswith("make test")


def test_the_failures_that_are_shown_are_what_rawi_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty.txt").write_bytes(b"")
    Path("page.html").write_text("<!DOCTYPE html><p>404</p>", encoding="utf-8")
    Path("wire.jsonl").write_text("\n" * 6 + '{"id": 1}\n', encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        main(["read", "empty.txt", "wire.jsonl", "page.html"])
    told = capsys.readouterr().err.splitlines()[:3]
    page = (ROOT / "docs/how-to/read-files.md").read_text(encoding="utf-8")
    (shown,) = (block for kind, block in BLOCK.findall(page) if kind == "text")
    assert stop.value.code == 1 and shown.splitlines() == told
