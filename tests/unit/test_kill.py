"""Killed at any moment, then run again: the same as if nobody had disturbed it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import rawi

SAMPLE = Path(rawi.__file__).parent / "sample"
SEED = int(os.environ.get("RAWI_SEED", "20240503"))


def corpus(folder: Path, copies: int) -> Path:
    """The sample's articles, each with ``copies`` others that share all but a sentence, in files of three forms."""
    folder.mkdir()
    readings = [json.loads(line) for line in (SAMPLE / "wire.jsonl").read_text(encoding="utf-8").splitlines()]
    lines = [
        json.dumps(
            {
                **r,
                "url": None,
                "id": f"{r['id']}-{i}",
                "outlet": f"منبر {i % 7}",
                "text": f"{r['text']}\nالنسخة رقم {i}.",
            }
        )
        for i in range(copies)
        for r in readings
    ]
    (folder / "b.jsonl").write_text("\n".join(lines) + '\n{"broken": \n', encoding="utf-8")
    for i, r in enumerate(readings):
        (folder / f"a{i:02}.txt").write_text(r["text"], encoding="utf-8")
    (folder / "c.csv").write_text("id,text\n" + "\n".join(f'k{i},"خبر رقم {i} عن الجسر"' for i in range(30)))
    (folder / "d.pdf").write_bytes(b"%PDF-1.4 nothing")
    return folder


def rawi_verb(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from rawi.cli import main; main()", *arguments]


def undisturbed(folder: Path, project: Path, workers: int) -> tuple[str, dict[str, str], float, float]:
    """The fingerprint after adding and after tracing, and how long each took."""
    started = time.monotonic()
    subprocess.run(rawi_verb("add", str(folder), "--project", str(project), "--workers", str(workers)), check=False)
    added = time.monotonic()
    subprocess.run(rawi_verb("trace", "--project", str(project)), check=True)
    traced = time.monotonic()
    with rawi.open(project) as opened:
        return opened.fingerprint(), opened.section_hashes(), added - started, traced - added


def killed(arguments: list[str], seconds: float) -> bool:
    """Runs a verb and kills it and all that it started after so long; whether it was still running."""
    process = subprocess.Popen(
        arguments, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(timeout=seconds)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True


def disturb(tmp_path: Path, folder: Path, times: int, workers: int) -> None:
    whole, parts, adding, tracing = undisturbed(folder, tmp_path / "whole", workers)
    chance = random.Random(SEED)
    hit = 0
    for number in range(times):
        project = tmp_path / f"p{number}"
        add = rawi_verb("add", str(folder), "--project", str(project), "--workers", str(workers))
        trace = rawi_verb("trace", "--project", str(project))
        hit += killed(add, chance.uniform(0.2, adding))
        subprocess.run(add, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        hit += killed(trace, chance.uniform(0.2, tracing))
        done = subprocess.run(trace, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        with rawi.open(project) as opened:
            assert opened.section_hashes() == parts, f"kill {number}"
            assert opened.fingerprint() == whole and opened.damaged() == []
    assert hit >= times, "too few of the kills met a running process"


def test_killed_while_adding_and_while_tracing(tmp_path: Path) -> None:
    disturb(tmp_path, corpus(tmp_path / "in", 2), times=2, workers=1)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_twenty_random_moments(tmp_path: Path, workers: int) -> None:
    disturb(tmp_path, corpus(tmp_path / "in", 12), times=20, workers=workers)
