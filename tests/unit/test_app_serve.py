"""``rawi serve`` as a user starts it: the printed link opens the workbench, other addresses need a password."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

import rawi
from rawi.cli import main
from rawi.cli.demo import sample_files


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("serve") / "project"
    with rawi.open(made) as project:
        project.add(sample_files()[:1])
    return made


def status(opener: urllib.request.OpenerDirector, address: str, **headers: str) -> int:
    try:
        return int(opener.open(urllib.request.Request(address, headers=headers), timeout=20).status)
    except urllib.error.HTTPError as fault:
        return fault.code


def test_the_printed_link_opens_the_workbench_and_nothing_else_does(folder: Path) -> None:
    code = f"from rawi.cli import main; main(['serve', '--project', {str(folder)!r}, '--port', '0', '--read-only'])"
    server = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        assert server.stdout is not None
        link = server.stdout.readline().strip()
        base = link.split("?")[0]
        assert link.startswith("http://127.0.0.1:") and len(link.split("token=")[1]) > 20
        stranger = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        assert status(stranger, base) == 403
        guest = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )
        assert status(guest, link) == 200
        assert json.load(guest.open(f"{base}corpus.json"))["total"] == 1
        assert status(guest, f"{base}corpus", Host="evil.example") == 421
        assert b"read-only" in guest.open(f"{base}review").read()
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--host", "0.0.0.0"], "RAWI_PASSWORD"),
        (["--host", "203.0.113.7"], "203.0.113.7"),
        (["--project", "nowhere-at-all", "--read-only"], "rawi add"),
    ],
)
def test_what_cannot_be_served_is_said_in_one_line(
    folder: Path, options: list[str], says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RAWI_PASSWORD", raising=False)
    chosen = [] if "--project" in options else ["--project", str(folder)]
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--port", "0", *chosen, *options])
    error = capsys.readouterr().err
    assert ended.value.code in (1, 2) and error.count("\n") == 1 and says in error
