"""The read API under generated requests, and readers while articles are added: no server error, no lost write."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

import rawi
from rawi.app.imports import Imports
from rawi.app.openapi import openapi
from rawi.app.screens import SCREENS
from rawi.app.security import Access
from rawi.app.server import make_app
from rawi.app.workbench import Workbench
from rawi.cli.demo import sample_files
from rawi.corpus import Project

HOST = "127.0.0.1:8765"
BEARER = {"authorization": "Bearer token"}
PATHS = (
    "/corpus",
    "/corpus?q=حماة",
    "/corpus?stance=denied",
    "/map",
    "/review",
    "/speakers",
    "/claims.json",
    "/export",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with rawi.open(tmp_path_factory.mktemp("api") / "project") as made:
        made.add(sample_files())
        made.trace()
        yield made


@pytest.fixture(scope="module")
def client(project: Project) -> TestClient:
    app = make_app(Workbench(project, Imports(project)), Access(frozenset({HOST}), "token"))
    return TestClient(app, base_url=f"http://{HOST}", headers=BEARER, raise_server_exceptions=False)


def test_generated_requests_meet_no_server_error(client: TestClient) -> None:
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase, given, settings

    schema = schemathesis.openapi.from_dict(openapi())
    tried = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @given(case=operation.as_strategy())
        @settings(
            max_examples=12 if os.environ.get("RAWI_SOAK") != "1" else 300,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def attempt(case: Any) -> None:
            nonlocal tried
            tried += 1
            query = {k: v for k, v in (case.query or {}).items()}
            answer = client.get(case.formatted_path, params=query)
            assert answer.status_code in (200, 400, 404), (case.formatted_path, query, answer.text[:300])
            body = answer.json()
            if answer.status_code == 200:
                screen = next(s for s in SCREENS if f"{s.path}.json" == case.path)
                assert set(screen.shape) <= set(body)
            else:
                assert set(body["error"]) == {"what", "where", "expected"}

        attempt()
    assert tried >= 14 * 5


ODD = [
    "\x00", "\udc80".encode("utf-8", "surrogatepass").decode("latin-1"), '"', "((", "AND OR NOT", "*", "-",
    "'; DROP", "\u202e", "٠", "a" * 499, "%00", "NEAR(a b)", "col:a", "^", "\n",
]  # fmt: skip


@pytest.mark.parametrize("words", ODD)
@pytest.mark.parametrize("mode", ["stem", "words", "exact"])
def test_odd_words_are_searched_for_and_nothing_else(client: TestClient, words: str, mode: str) -> None:
    for path in ("/corpus.json", "/claims.json", "/map.json", "/review.json"):
        assert client.get(path, params={"q": words, "mode": mode}).status_code == 200


def add_here(project: Project, lines: list[str]) -> None:
    """Adds each line by itself, in this process."""
    for n, line in enumerate(lines):
        assert project.add_bytes([(f"{n}.jsonl", line.encode())]).articles == 1


def add_elsewhere(project: Project, lines: list[str]) -> None:
    """`rawi add` in a process of its own, over one file a line."""
    folder = project.folder.parent / "given"
    folder.mkdir()
    for n, line in enumerate(lines):
        (folder / f"{n}.jsonl").write_text(line, encoding="utf-8")
    code = f"from rawi.cli import main; main(['add', {str(folder)!r}, '--project', {str(project.folder)!r}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def readers_beside_a_writer(
    tmp_path: Any, readers: int, seconds: float, articles: int, add: Callable[[Project, list[str]], None]
) -> list[float]:
    """How long each answer took, in order of length, while articles are added; all of them are kept."""
    faults: list[str] = []
    took: list[float] = []
    with rawi.open(tmp_path / "project") as project:
        project.add(sample_files())
        before = project.counts()["articles"]
        app = make_app(Workbench(project, Imports(project)), Access(frozenset({HOST}), "token"))
        ready = threading.Barrier(readers + 1)
        writing = threading.Event()
        writing.set()

        def read(number: int) -> None:
            with TestClient(app, base_url=f"http://{HOST}", headers=BEARER) as own:
                own.get(PATHS[0])
                ready.wait()
                end = time.monotonic() + seconds
                i = number
                while time.monotonic() < end or writing.is_set():
                    started = time.monotonic()
                    answer = own.get(PATHS[i % len(PATHS)])
                    took.append(time.monotonic() - started)
                    i += 1
                    if answer.status_code != 200:
                        faults.append(f"{answer.status_code} {answer.url}")

        threads = [threading.Thread(target=read, args=(n,)) for n in range(readers)]
        for thread in threads:
            thread.start()
        ready.wait(timeout=120)
        texts = [f"خبر رقم {n}\nقال الناطق رقم {n} إن الطريق {n} مفتوح." for n in range(articles)]
        try:
            add(project, [json.dumps({"id": f"load-{n}", "text": text}) for n, text in enumerate(texts)])
        finally:
            writing.clear()
        for thread in threads:
            thread.join()
        assert faults == []
        assert project.counts()["articles"] == before + articles
        assert all(project.article(f"load-{n}").reading is not None for n in range(articles))
        assert project.damaged() == []
    return sorted(took)


def test_readers_beside_a_writer_in_short(tmp_path: Any) -> None:
    assert len(readers_beside_a_writer(tmp_path, readers=4, seconds=1, articles=6, add=add_here)) >= 4


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_twenty_readers_for_a_minute_while_articles_are_added(tmp_path: Any) -> None:
    took = readers_beside_a_writer(tmp_path, readers=20, seconds=60, articles=1000, add=add_elsewhere)
    print(f"{len(took)} answers, median {took[len(took) // 2] * 1000:.0f} ms")
    assert len(took) > 200
