"""The verbs over a project: what they print, how they exit, and that they find the project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import rawi
from rawi.cli import main

SAMPLE = Path(rawi.__file__).parent / "sample"


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    out, err = capsys.readouterr()
    return int(stop.value.code or 0), out, err


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    with rawi.open(folder) as project:
        project.add([SAMPLE])
        project.trace()
    return folder


@pytest.fixture
def inside(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (made / "deep" / "er").mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(made / "deep" / "er")
    return made


def test_add_makes_the_folder_a_project_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run("add", str(SAMPLE), capsys=capsys)
    assert code == 0 and out.startswith("18 articles added") and f"{tmp_path} is a project now" in err
    code, out, err = run("add", str(SAMPLE), "--json", capsys=capsys)
    assert code == 0 and json.loads(out)["skipped"] == 7 and "project now" not in err


def test_looking_makes_no_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run("ask", "x", capsys=capsys)
    assert code == 1 and "no project" in err and "rawi add" in err and list(tmp_path.iterdir()) == []


def test_failures_exit_with_1_and_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF nothing")
    code, _, err = run("add", str(tmp_path / "a.pdf"), "--project", str(tmp_path / "p"), capsys=capsys)
    assert code == 1 and "rawi show failures" in err
    code, out, _ = run("show", "failures", "--project", str(tmp_path / "p"), capsys=capsys)
    assert code == 0 and "a.pdf" in out


def test_a_wrong_date_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("add", str(SAMPLE), "--project", str(tmp_path), "--date", "soon", capsys=capsys)[0] == 2


def test_the_nearest_project_is_found(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("show", "counts", "--json", capsys=capsys)
    assert code == 0 and json.loads(out)["articles"] == 18


@pytest.mark.parametrize("what", ["articles", "statements", "speakers", "families", "first", "facets"])
def test_ask_lists(inside: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("ask", "المياه", "--what", what, capsys=capsys)
    assert code == 0 and out.strip()
    code, out, _ = run("ask", "المياه", "--what", what, "--json", capsys=capsys)
    assert code == 0 and json.loads(out)


def test_ask_marks_words_and_says_how_many_there_are(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("ask", "المياه", "--limit", "1", capsys=capsys)
    assert code == 0 and "[" in out and "in all" in err


@pytest.mark.parametrize("what", ["families", "sources", "outlets", "places", "corrections", "orphaned", "counts"])
def test_show_lists(inside: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("show", what, "--json", capsys=capsys)
    assert code == 0 and isinstance(json.loads(out), list | dict)
    assert run("show", what, capsys=capsys)[0] == 0


def test_show_one_of_each(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with rawi.open(inside) as project:
        statement = project.statements().statements[0]
        family = project.families()[0][0]
        ids = {
            "article": statement.document,
            "versions": statement.ref,
            "copies": statement.ref,
            "statement": statement.id,
            "family": family.id,
            "claim": family.claims[0],
            "source": project.sources()[0].key,
            "outlet": project.outlets()[0].name,
        }
    for what, identity in ids.items():
        code, out, err = run("show", what, identity, capsys=capsys)
        assert code == 0, (what, err)
        code, out, _ = run("show", what, identity, "--json", capsys=capsys)
        assert code == 0 and json.loads(out) is not None


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("show", "nothing"), 2, "expected one of"),
        (("show", "article"), 1, "rawi show article ID"),
        (("show", "article", "no-such"), 1, "no article no-such"),
        (("show", "family", "no-such"), 1, "no family"),
        (("show", "changes", "water-1-marsa"), 1, "only one version"),
        (("export", "docx"), 1, "no form"),
    ],
)
def test_what_is_not_there_is_said(
    inside: Path, arguments: tuple[str, ...], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, _, err = run(*arguments, capsys=capsys)
    assert found == code and words in " ".join(err.split())


def test_fingerprint(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("fingerprint", capsys=capsys)
    with rawi.open(inside) as project:
        assert code == 0 and out.strip() == project.fingerprint()
    code, out, _ = run("fingerprint", "--parts", "--json", capsys=capsys)
    assert code == 0 and "tracing" in json.loads(out)["parts"]


def test_trace_again_has_nothing_to_do(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("trace", "--json", capsys=capsys)
    assert code == 0 and json.loads(out)["documents"] == 0 and json.loads(out)["families"] > 0


def test_export(inside: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("export", "jsonl", "-o", str(tmp_path / "a.jsonl"), "--words", "المياه", capsys=capsys)
    assert code == 0 and 0 < json.loads(out)["articles"] < 18


def test_check_finds_what_is_no_longer_as_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("add", str(SAMPLE), "--project", str(tmp_path), capsys=capsys)[0] == 0
    code, out, _ = run("check", "project", "--project", str(tmp_path), capsys=capsys)
    assert code == 0 and "7 inputs, 18 versions, 0 faults" in out
    next((tmp_path / "evidence").glob("??/*")).write_bytes(b"changed")
    code, out, _ = run("check", "project", "--project", str(tmp_path), capsys=capsys)
    assert code == 1 and "not as it was kept" in out


def test_add_and_trace_in_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("add", str(SAMPLE), "--trace", "--project", str(tmp_path), capsys=capsys)
    assert code == 0 and "18 articles traced" in out
    code, out, _ = run("add", "--trace", "--json", "--project", str(tmp_path), capsys=capsys)
    assert code == 0 and json.loads(out)["traced"]["documents"] == 0
