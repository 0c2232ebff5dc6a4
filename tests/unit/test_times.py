"""Time expressions: sentences with their values, document dates, anchors, doubts."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from rawi.lang.ar.pack import arabic
from rawi.marks.times.find import TimesFound, find_times
from rawi.text.tokens import tokenize

CASES = Path(__file__).parents[1] / "cases"
ROWS = [
    pytest.param(case, id=f"{path.stem}-{n}")
    for path in sorted(CASES.glob("times_*.toml"))
    for n, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1)
]


def found(text: str, published: str | None = "2019-03-14", mode: str = "news") -> TimesFound:
    pack = arabic()
    return find_times(tokenize(text, pack.letters), pack, published=published, mode=mode)


def values(text: str, published: str | None = "2019-03-14") -> list[str | None]:
    return [t.value for t in found(text, published).times]


@pytest.mark.parametrize("case", ROWS)
def test_sentence(case: dict) -> None:
    got = [(case["text"][t.span.start : t.span.end], t.type, t.value) for t in found(case["text"], case["date"]).times]
    wanted = []
    for line in case["times"]:
        words, _, meaning = line.partition(" = ")
        kind, _, value = meaning.partition(" ")
        wanted.append((words, kind, value))
    assert len(got) == len(wanted), got
    for mine, gold in zip(got, wanted, strict=True):
        assert mine[:2] == gold[:2]
        assert not gold[2] or mine[2] == gold[2]


def test_there_are_enough_sentences() -> None:
    assert len(ROWS) >= 300
