"""Whatever bytes come in: an article or an input error, never anything else; and a text comes out as it went in."""

from __future__ import annotations

import html
import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

import rawi
from rawi.errors import InputError
from rawi.ingest.dates import publication
from rawi.ingest.source import with_title
from rawi.model import Article, Span
from rawi.show.marked import Layer, marked, shown
from rawi.show.visible import HIDDEN

NAMES = st.sampled_from(["a.txt", "a.html", "a.docx", "a.json", "a.jsonl", "a.txt.gz", "a.unknown", "stdin"])
LETTERS = st.characters(codec="utf-8") | st.sampled_from("قالوزير إن\n\u064e\u0640\u200f\u202e\u00a0٣یک«»\ufeff")
TEXTS = st.text(LETTERS, min_size=1, max_size=200).filter(str.strip)
WILD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = (
    "id",
    "text",
    "title",
    "title_span",
    "outlet",
    "url",
    "published",
    "date",
    "source_file",
    "doubts",
    "format",
)
PIECES = ("<", ">", "<p>", "</p>", "<div ", '="', "'", "<script>", "<!--", "-->", "&amp;", "<article>", "<ul>")
MARKUP = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=40).map("".join)


def all_are_outcomes(data: bytes, name: str) -> None:
    for outcome in rawi.load_all(data, name=name):
        assert isinstance(outcome, Article | InputError)
        if isinstance(outcome, InputError):
            assert outcome.where and outcome.expected and "\n" not in outcome.what


@given(data=st.binary(max_size=600), name=NAMES)
@settings(max_examples=150, deadline=None)
def test_any_bytes(data: bytes, name: str) -> None:
    all_are_outcomes(data, name)


@given(page=MARKUP)
@settings(max_examples=60, deadline=None)
def test_any_markup(page: str) -> None:
    all_are_outcomes(f"<!DOCTYPE html><html>{page}".encode("utf-8", "surrogatepass"), "a.html")


@given(item=st.dictionaries(st.sampled_from(FIELDS), WILD) | WILD)
@settings(max_examples=200, deadline=None)
def test_any_json(item: object) -> None:
    for name in ("a.json", "a.jsonl"):
        all_are_outcomes(json.dumps(item).encode(), name)


@given(text=TEXTS)
@settings(deadline=None)
def test_a_text_comes_out_as_it_went_in(text: str) -> None:
    (article,) = rawi.load_all(json.dumps({"text": text}).encode(), name="a.jsonl")
    assert isinstance(article, Article) and article.text == text


@given(
    title=st.text(LETTERS, max_size=20) | st.none(),
    text=st.text(LETTERS, max_size=80),
    published=st.sampled_from([None, "2024-05-03", "2024-05-03 10:00", "soon", "3 May 2024"]),
    outlet=st.sampled_from([None, "", "وكالة"]),
)
@settings(max_examples=60, deadline=None)
def test_own_output_read_again_is_the_same_line(
    title: str | None, text: str, published: str | None, outlet: str | None
) -> None:
    record = {"id": "x", "title": title, "text": text, "published": published, "outlet": outlet}
    for article in rawi.load_all(json.dumps(record).encode(), name="a.jsonl"):
        assert isinstance(article, Article)
        line = rawi.dumps(rawi.read(article))
        (again,) = rawi.load_all(line.encode(), name="b.jsonl")
        assert isinstance(again, Article) and rawi.dumps(rawi.read(again)) == line


@given(title=st.text(max_size=20), text=st.text(max_size=40))
def test_a_title_lies_where_its_span_says(title: str, text: str) -> None:
    whole, span = with_title(title, text)
    if span is None:
        assert whole == text and not title.strip()
    else:
        assert span.of(whole) == title and (whole.endswith(text) or not text.strip())


@given(raw=st.text(max_size=30) | st.datetimes().map(str) | st.dates().map(str))
@settings(deadline=None)
def test_any_date_is_resolved_or_kept(raw: str) -> None:
    got = publication(raw)
    if not raw.strip():
        assert got == (None, None, ())
    else:
        assert got.published is not None or (got.published_as == raw.strip() and got.doubts[0].code == "undated")
    if got.published:
        assert publication(got.published, got.published_as)[:2] == (got.published, got.published_as)


@given(
    text=st.text(LETTERS, max_size=60), cuts=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)
)
def test_marks_never_change_a_letter(text: str, cuts: list[tuple[int, int]]) -> None:
    layers = [
        Layer(Span(min(c), min(max(c), len(text))), "content", n) for n, c in enumerate(cuts) if min(c) < len(text)
    ]
    plain = re.sub(r"<[^>]*>", "", str(marked(text, layers)))
    expected = "\n".join(re.sub(r"<[^>]*>", "", str(shown(line))).strip() for line in text.split("\n"))
    assert [p.strip() for p in plain.split("\n") if p.strip()] == [p for p in expected.split("\n") if p]
    assert html.unescape(plain) is not None and not HIDDEN.search(re.sub("[\u200e\u200f\u061c]", "", plain))
