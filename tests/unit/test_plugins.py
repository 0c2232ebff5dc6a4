"""Plug-ins: the package of ``docs/how-to/plug-ins.md``, written from the page, found and used by another process."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import rawi.lang.ar
from rawi.errors import SettingsError
from rawi.lang.packs import language_pack

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "plug-ins.md"
TOY = (
    "جسر بغداد\nقال المهندس سالم الراوي إن الجسر مغلق.\n---\nعنوان بلا نص\n---\n"
    "ماء\nأكد الوزير سامي الحداد أن الماء يكفي.\n"
)


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as installed: its modules and the entry points of its ``pyproject.toml``."""
    folder = tmp_path_factory.mktemp("site")
    files = dict(re.findall(r"^`([\w./]+)`:\n\n```\w+\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S))
    assert sorted(files) == ["pyproject.toml"] + [f"rawi_toy/{n}.py" for n in ("counts", "language", "reader")]
    project = tomllib.loads(files.pop("pyproject.toml"))["project"]
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    tables = Path(rawi.lang.ar.__file__).parent
    shutil.copytree(tables, folder / "rawi_toy" / "tables", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    with (folder / "rawi_toy" / "tables" / "clitics.tsv").open("a", encoding="utf-8") as stream:
        stream.write("# a remark of ours\n")
    metadata = folder / "rawi_toy-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: rawi-toy\nVersion: 1.0\n", encoding="utf-8")
    points = [
        f"[{group}]\n" + "".join(f"{name} = {where}\n" for name, where in named.items())
        for group, named in project["entry-points"].items()
    ]
    (metadata / "entry_points.txt").write_text("\n".join(points), encoding="utf-8")
    return folder


def run(beside: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(beside), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=cwd, capture_output=True, text=True, timeout=100
    )


CLI = ("-c", "import sys; from rawi.cli import main; main(sys.argv[1:])")


def test_a_folder_is_searched_for_what_the_reader_knows(beside: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.toy").write_text(TOY, encoding="utf-8")
    made = run(beside, *CLI, "read", "in", "--format", "jsonl", cwd=tmp_path)
    readings = [json.loads(line) for line in made.stdout.splitlines()]
    assert [r["text"].split("\n")[0] for r in readings] == ["جسر بغداد", "ماء"]
    assert all(r["attributions"] and r["source_file"]["extractor"].startswith("rawi-toy") for r in readings)
    assert made.returncode == 1 and "in/a.toy article 2: no text under the headline" in made.stderr


def test_the_export_is_one_of_the_forms(beside: Path, tmp_path: Path) -> None:
    (tmp_path / "a.toy").write_text(TOY, encoding="utf-8")
    run(beside, *CLI, "add", "a.toy", "--project", "p", cwd=tmp_path)
    made = run(beside, *CLI, "export", "counts", "--project", "p", "-o", "c.tsv", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    rows = dict(line.split("\t") for line in (tmp_path / "c.tsv").read_text().splitlines())
    assert rows["say"] == rows["confirm"] == "1"
    manifest = json.loads((tmp_path / "c.tsv.manifest.json").read_text(encoding="utf-8"))
    assert manifest["export"] == "counts" and manifest["counts"] == {"acts": 2, "statements": 2}


def test_a_pack_of_other_tables_is_told_apart(beside: Path, tmp_path: Path) -> None:
    code = (
        "import rawi; from rawi.lang.packs import language_pack\n"
        "article = rawi.Article(id='a', text=open(0, encoding='utf-8').read())\n"
        "for code in ('ar', 'ar-toy'):\n"
        "    made = rawi.read(article, pack=language_pack(code))\n"
        "    print(len(made.attributions), made.made_by.tables)\n"
    )
    (tmp_path / "t.txt").write_text(TOY, encoding="utf-8")
    made = run(beside, "-c", code.replace("open(0,", "open('t.txt',"), cwd=tmp_path)
    ours, theirs = (line.split() for line in made.stdout.splitlines())
    assert ours[0] == theirs[0] == "2" and ours[1] != theirs[1], made.stderr


def test_an_unknown_language_says_what_there_is() -> None:
    with pytest.raises(SettingsError, match="expected: ar"):
        language_pack("xx")
