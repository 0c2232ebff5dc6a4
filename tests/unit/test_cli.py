"""The command line: what it prints, where, and how it exits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import rawi
from rawi.cli import main, verbs

SAMPLE = Path(rawi.__file__).parent / "sample"
WIRE = SAMPLE / "wire.jsonl"


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    out, err = capsys.readouterr()
    return int(stop.value.code or 0), out, err


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_every_verb_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(verb, "--help", capsys=capsys)
    assert code == 0 and "Usage: rawi" in out


def test_help_lists_the_verbs_without_loading_any() -> None:
    code = "import sys\nfrom rawi.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    code += "print([m for m in ('rawi.reader', 'rawi.report.build', 'trafilatura', 'duckdb') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "read" in out and out.rstrip().endswith("[]")


def test_jsonl_out_and_in_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "out.jsonl"
    assert run("read", str(SAMPLE), "-o", str(path), capsys=capsys)[0] == 0
    code, out, _ = run("read", str(path), "--format", "jsonl", capsys=capsys)
    assert code == 0 and out == path.read_text(encoding="utf-8") and out.count("\n") == 18
    assert [r.id for r in rawi.load_readings(path)] == [json.loads(line)["id"] for line in out.splitlines()]


def test_json_is_one_array(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("read", str(WIRE), "--json", capsys=capsys)
    assert code == 0 and len(json.loads(out)) == 12


def test_text_names_the_article(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(
        "read", str(SAMPLE / "water-7-marqab.txt"), "--outlet", "OUTLET", "--date", "2024-09-22", capsys=capsys
    )
    assert code == 0 and "OUTLET" in out and "22 September 2024" in out


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    result = subprocess.run(
        [sys.executable, "-c", "from rawi.cli import main; main(['read', '-', '--json'])"],
        input="عنوان\nقالت الوزارة إن الماء نظيف.".encode(), capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(result.stdout)[0]["text"].startswith("عنوان\n")


def test_what_fails_is_told_and_the_rest_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text("قالت الوزارة إن الماء نظيف.", encoding="utf-8")
    code, out, err = run(
        "read", str(tmp_path), "no-such-file", "https://a.example/x", "--format", "jsonl", capsys=capsys
    )
    assert code == 1 and out.count("\n") == 1
    assert len(err.strip().splitlines()) == 4 and "3 inputs could not be read" in err
    assert "--allow-fetch" in err and "Traceback" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", str(WIRE), "--date", "yesterday-ish"],
        ["read", str(WIRE), "--json", "--format", "html"],
        ["read", str(WIRE), "--open", "--format", "json"],
        ["read", str(WIRE), "--format", "nonsense"],
        ["read", str(WIRE), "-o", str(WIRE)],
        ["read", str(WIRE), "--no-such-option"],
        ["nonsense"],
        ["check", "nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    before = WIRE.read_bytes()
    code, out, err = run(*arguments, capsys=capsys)
    assert code == 2 and err and not out and "Traceback" not in err
    assert WIRE.read_bytes() == before


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old")

    def broken(_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rawi.cli.read.dumps", broken)
    code, _, err = run("read", str(WIRE), "-o", str(path), capsys=capsys)
    assert code == 1 and "No space left" in err and len(err.splitlines()) == 1
    assert path.read_text() == "old" and [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_extractors_say_nothing_on_their_own(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text("<!DOCTYPE html><body><p>x</p>", encoding="utf-8")
    code = "import sys; from rawi.cli import main; main(sys.argv[1:])"
    told = subprocess.run([sys.executable, "-c", code, "read", str(page)], capture_output=True, text=True).stderr
    assert len(told.splitlines()) == 2 and all(line.startswith("rawi: ") for line in told.splitlines())


def test_names_and_ids_cannot_speak_to_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a\x1b[2Jb.jsonl"
    path.write_text(
        '{"x\\u001b": 1}\n{"id": "i\\u001b[2J\\n", "text": "قال الوزير\\u001b إن الجسر مغلق"}\n', encoding="utf-8"
    )
    code, out, err = run("read", str(path), capsys=capsys)
    assert code == 1 and "\x1b" not in out + err and "\u27e8U+001B\u27e9" in out and "\u27e8U+001B\u27e9" in err


def test_a_fault_of_its_own_costs_one_article_and_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from rawi.reader import read

    def faulty(article: rawi.Article, **options: object) -> rawi.Reading:
        return 1 / 0 if article.id == "silos-2-marqab" else read(article)  # type: ignore[return-value]

    monkeypatch.setattr("rawi.cli.inputs.read", faulty)
    code, out, err = run("read", str(WIRE), "--format", "jsonl", capsys=capsys)
    assert code == 1 and out.count("\n") == 11
    assert err.splitlines()[0].startswith("rawi: silos-2-marqab: a fault of rawi itself (ZeroDivisionError")
    monkeypatch.setenv("RAWI_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        main(["read", str(WIRE), "--json"])


def test_demo_writes_one_page_and_says_what_is_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "new" / "report.html"
    code, out, _ = run("demo", "--out", str(page), capsys=capsys)
    path, line, serve = out.splitlines()
    assert code == 0 and path == str(page) and page.stat().st_size > 200_000
    assert line.startswith("18 articles, ") and line.count(",") == 4
    assert serve.endswith(f"serve --project {page.parent / 'project'}")
    assert (page.parent / "project" / "rawi.sqlite").is_file()


def test_demo_on_nothing_readable_fails_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "report.html"
    code, _, err = run("demo", "nowhere.txt", "--out", str(page), capsys=capsys)
    assert code == 1 and "nothing could be read" in err and not page.exists()


def test_why_asks_for_an_id_where_there_are_several(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("why", str(WIRE), "1", capsys=capsys)
    assert code == 1 and "silos-1-marsa" in err
    code, _, err = run("why", f"{WIRE}#nothing", "1", capsys=capsys)
    assert code == 1 and "no article nothing" in err
    code, _, err = run("why", f"{WIRE}#silos-1-marsa", "999", capsys=capsys)
    assert code == 1 and "no statement 999" in err


def test_public_functions_are_no_modules() -> None:
    import types

    import rawi.explain
    import rawi.report.build

    assert [n for n in rawi.__all__ if isinstance(getattr(rawi, n), types.ModuleType)] == []
    reading = next(r for a in rawi.load_all(WIRE) if (r := rawi.read(a)).attributions)  # type: ignore[arg-type]
    reason = rawi.why(reading, 1)
    assert reason.rows and reason.evidence[0].part == "cue" and reason.rule == reading.attributions[0].rule
    with pytest.raises(rawi.InputError, match="no statement 0"):
        rawi.why(reading, 0)


def test_schema_is_of_the_format(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("schema", capsys=capsys)
    schema = json.loads(out)
    assert code == 0 and "Attribution" in schema["$defs"] and schema["title"] == "rawi reading, format 1"


def test_what_is_read_is_of_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    from jsonschema_rs import validator_for

    schema = json.loads(run("schema", capsys=capsys)[1])
    validator = validator_for(schema)
    for line in run("read", str(SAMPLE), "--format", "jsonl", capsys=capsys)[1].splitlines():
        assert [e.message for e in validator.iter_errors(json.loads(line))] == []
    assert not validator.is_valid({"format": 1, "id": "a"})


def test_doctor_lists_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    from rawi.settings import Settings

    code, out, _ = run("doctor", "--settings", capsys=capsys)
    assert code == 0 and all(f"  {field} = " in out for field in Settings.__struct_fields__)
    assert run("doctor", capsys=capsys)[0] == 0


def test_the_tables_have_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("check", "lexicon", "--no-rows", capsys=capsys)
    assert code == 0, out


def test_the_check_finds_what_is_wrong(tmp_path: Path) -> None:
    from rawi.cli.check import check_tables

    (tmp_path / "a.tsv").write_text(
        "id\tword\texample\nA1\tقال\tقال\nA2\tقـال\tقال\nA3\tقال\tx\nA4\tکتب\t-\nA1\tx\n", encoding="utf-8"
    )
    (tmp_path / "b.tsv").write_text(
        "id\tword\texample\nB1\tقال\tقال\nB2\tقـال\tقال\nB3\tقال\tx\nB4\tكتب\t-\n", encoding="utf-8"
    )
    found = {f"{f.where} {f.what}": f.fault for f in check_tables(tmp_path)}
    assert found == {
        "a.tsv:6 2 cells, expected 3": True,
        "b.tsv:3 odd letters in word: U+0640": True,
        "b.tsv:4 says the same as b.tsv:2": False,
        "b.tsv:5 B4 has no example": True,
    }
