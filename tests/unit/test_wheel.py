"""The wheel: everything that rawi reads is in it, it is small, and it runs from it with the network cut."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
MOST_BYTES = 15 * 1000 * 1000
CUT = """
import socket
def refuse(*_, **__):
    raise RuntimeError("the network was asked for")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(iter(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"]))))


def test_it_is_under_15_megabytes(wheel: Path) -> None:
    assert 1_000_000 < wheel.stat().st_size < MOST_BYTES


def test_it_holds_every_file_of_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        inside = {n for n in packed.namelist() if ".dist-info/" not in n}
        metadata = {n.split(".dist-info/")[1] for n in packed.namelist() if ".dist-info/" in n}
    ours = {p.relative_to(SOURCE).as_posix() for p in (SOURCE / "rawi").rglob("*") if p.is_file()}
    assert inside == {n for n in ours if "__pycache__" not in n and not n.endswith((".pyc", ".part"))}
    for needed in (
        "lang/ar/reporting.tsv", "messages/ar.toml", "messages/en.toml", "marks/places/data/gazetteer.bin",
        "marks/places/data/NOTICE", "sample/wire.jsonl", "store/schema.sql", "py.typed",
    ):  # fmt: skip
        assert f"rawi/{needed}" in inside
    for folder in ("report/templates", "app/templates", "app/static"):
        assert any(n.startswith(f"rawi/{folder}/") for n in inside)
    assert {"entry_points.txt", "METADATA", "licenses/LICENSE"} <= metadata
    assert {f"licenses/LICENSES/{p.name}" for p in (ROOT / "LICENSES").iterdir()} <= metadata


def test_the_demo_runs_from_it_with_the_network_cut(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
    code = (
        CUT + "import rawi, sys; print(rawi.__file__); from rawi.cli import main; main(['demo', '--out', 'd.html'])"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONUTF8": "1"}
    made = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=110
    )
    assert made.returncode == 0, made.stderr[-2000:]
    assert made.stdout.startswith(str(tmp_path / "site"))
    page = (tmp_path / "d.html").read_text(encoding="utf-8")
    assert page.count("<mark") > 50 or page.count("data-n=") > 50
