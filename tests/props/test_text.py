"""Invariants of the text layer: nothing lost, every position maps back, normalising twice changes nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rawi.lang.ar.pack import arabic
from rawi.text.normal import normalize
from rawi.text.tokens import tokenize

LETTERS = arabic().letters
ODD = "قال الوزیر کان ﻻ ﷺ إنّ كـــتاب \u200f\u202b\u200c&#34;&nbsp;«»“”\"'.،؛؟…-–\n\t\u00a0 ٣٫٥۲۰۲٤A1z🙂\ud800\x00"
TEXTS = st.one_of(st.text(), st.text(alphabet=ODD, max_size=120))


@given(TEXTS)
def test_tokens_cover_every_non_space_character_once(text: str) -> None:
    tokens = tokenize(text, LETTERS)
    covered = [0] * len(text)
    for start, end in zip(tokens.start, tokens.end, strict=True):
        for i in range(start, end):
            covered[i] += 1
    assert all(n == (0 if c.isspace() else 1) for c, n in zip(text, covered, strict=True))


@given(TEXTS)
def test_sentences_and_paragraphs_cover_all_tokens_in_order(text: str) -> None:
    tokens = tokenize(text, LETTERS)
    for ranges in (tokens.sentences, tokens.paragraphs):
        assert [i for first, last in ranges for i in range(first, last)] == list(range(len(tokens)))


@given(TEXTS)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text, LETTERS).text
    assert normalize(once, LETTERS).text == once
    assert LETTERS.key_of(LETTERS.key_of(once)) == LETTERS.key_of(once)


@given(TEXTS)
def test_every_normal_position_maps_to_the_character_it_came_from(text: str) -> None:
    normal = normalize(text, LETTERS)
    positions = [normal.offsets.to_original(i) for i in range(len(normal.text))]
    assert positions == sorted(positions)
    for i, at in enumerate(positions):
        folded = LETTERS.fold_character(text[at]) if LETTERS.changing.match(text[at]) else text[at]
        assert normal.text[i] in folded


@given(TEXTS, st.data())
def test_a_normal_span_maps_to_text_with_the_same_normal_form(text: str, data: st.DataObject) -> None:
    normal = normalize(text, LETTERS)
    start = data.draw(st.integers(0, len(normal.text)))
    end = data.draw(st.integers(start, len(normal.text)))
    first, last = normal.offsets.span_to_original(start, end)
    assert 0 <= first <= last <= len(text)
    assert normal.text[start:end] in normalize(text[first:last], LETTERS).text


@given(TEXTS)
def test_a_dateline_lies_in_one_line_of_the_body(text: str) -> None:
    tokens = tokenize(text, LETTERS)
    if tokens.dateline:
        first, last = tokens.dateline
        assert tokens.title_end <= first < last <= len(tokens)
        assert tokens.paragraph[first] == tokens.paragraph[last - 1]
