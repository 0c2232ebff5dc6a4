"""``rawi eval``: figures, errors and the error browser on a page of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rawi.cli import main
from rawi.scoring.attributions import figures, score_document
from rawi.show.faults import Page, faults_page

TEXT = "عنوان الخبر\nقال الوزير <b> إن الجسر افتتح أمس، وغادر."


def statement(**changes: Any) -> dict[str, Any]:
    def span(words: str) -> list[int]:
        return [TEXT.index(words), TEXT.index(words) + len(words)]

    whole = {
        "n": 1, "cue": [span("قال")], "source": [span("الوزير")], "ref": None,
        "content": [span("إن الجسر افتتح أمس")],
        "kind": "indirect", "stance": "reported", "type": "official", "target": None, "parent": 0,
    }  # fmt: skip
    return {**whole, **changes}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT, "attributions": [statement()]}) + "\n", encoding="utf-8")
    return path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(["eval", *arguments])
    return int(stop.value.code or 0)


def test_gold_measured_against_itself(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(gold), str(gold), "--json") == 0
    result = json.loads(capsys.readouterr().out)
    assert result["strict_f1"] == 100.0
    assert result["content_end_comma"] == 100.0


def test_a_missing_reading_counts_as_empty_and_is_said(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = gold.with_name("empty.jsonl")
    empty.write_text("", encoding="utf-8")
    assert run(str(gold), str(empty), "--errors") == 0
    printed = capsys.readouterr()
    assert "MISSED" in printed.out
    assert "1 documents have no reading" in printed.err


def test_a_line_that_is_no_gold_is_refused_with_its_place(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold.write_text('{"id": "a"}\n', encoding="utf-8")
    assert run(str(gold), str(gold)) == 1
    assert "gold.jsonl line 1" in capsys.readouterr().err


def test_only_keeps_the_named_part(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    split = gold.with_name("split.tsv")
    split.write_text("id\tpart\na\tother\n", encoding="utf-8")
    assert run(str(gold), str(gold), "--only", f"{split}:work", "--json") == 0
    assert json.loads(capsys.readouterr().out)["gold"] == 0


def test_the_error_browser_escapes_the_text_and_marks_both_sides() -> None:
    wrong = statement(source=[], content=[[TEXT.index("الجسر"), TEXT.index("الجسر") + 5]])
    scored = score_document(TEXT, [statement()], [wrong])
    page = faults_page([Page("a<b", TEXT, scored.faults)], figures(scored.counts), "errors")
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert "a&lt;b" in page
    assert page.count('class="cue"') == 2
    assert "<script" not in page
