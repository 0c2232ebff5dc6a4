"""The text layer by its case table."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from rawi.lang.ar.pack import arabic
from rawi.text.tokens import tokenize

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "text.toml").read_text(encoding="utf-8")
)
LETTERS = arabic().letters


@pytest.mark.parametrize("case", CASES["tokens"], ids=lambda c: c["why"])
def test_forms(case: dict[str, Any]) -> None:
    assert tokenize(case["text"], LETTERS).form == case["forms"]


@pytest.mark.parametrize("case", CASES["sentences"], ids=lambda c: c["why"])
def test_sentences(case: dict[str, Any]) -> None:
    tokens = tokenize(case["text"], LETTERS)
    assert [tokens.words(*s) for s in tokens.sentences] == case["sentences"]


@pytest.mark.parametrize("case", CASES["layout"], ids=lambda c: c["why"])
def test_layout(case: dict[str, Any]) -> None:
    tokens = tokenize(case["text"], LETTERS)
    assert tokens.words(0, tokens.title_end) == case["headline"]
    assert (tokens.words(*tokens.dateline) if tokens.dateline else "") == case["dateline"]


def test_positions_and_ranges_find_each_other() -> None:
    tokens = tokenize("قال الوزير نعم", LETTERS)
    span = tokens.span(1, 3)
    assert span.of(tokens.text) == "الوزير نعم"
    assert tokens.range_of(span) == (1, 3)
    assert tokens.at(len(tokens.text)) == 3
    with pytest.raises(IndexError):
        tokens.span(2, 2)
