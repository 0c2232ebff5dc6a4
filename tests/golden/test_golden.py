"""The golden files: three finished readings, and the pages and lines made of them, to the letter."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import rawi

HERE = Path(__file__).parent
_spec = importlib.util.spec_from_file_location("golden_make", HERE / "make.py")
assert _spec is not None and _spec.loader is not None
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)
NAMES = ("readings.jsonl", "report.ar.html", "report.en.html", "plain.ar.txt", "plain.en.txt")


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return dict(make.golden())


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str, made: dict[str, str]) -> None:
    assert made[name] == (HERE / name).read_text(encoding="utf-8"), (
        "python tests/golden/make.py, and look at the diff"
    )


def test_there_is_no_golden_file_that_nothing_makes(made: dict[str, str]) -> None:
    assert set(made) == set(NAMES) == {p.name for p in HERE.iterdir() if p.suffix in {".jsonl", ".html", ".txt"}}


def test_the_readme_shows_what_rawi_says() -> None:
    text = make.README.read_text(encoding="utf-8")
    assert make.readme(text) == text, "python tests/golden/make.py, and look at the diff"


def test_finished_readings_come_back_as_they_were() -> None:
    assert list(rawi.load_readings(HERE / "readings.jsonl")) == [make.relay(), make.hostile(), make.other()]
