"""Properties of projects: however articles arrive, the same is stored; marks are words of the text that answer."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rawi
from rawi.export.brat import fragments
from rawi.ingest.tables import guarded, unguarded
from rawi.lang.ar.pack import arabic
from rawi.model import Span
from rawi.store.records import pack, unpack
from rawi.store.terms import find_marks, parse_query

SLOW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
WORDS = st.sampled_from(
    [
        "قال",
        "سالم",
        "إن",
        "الجسر",
        "والجسر",
        "مغلق",
        "وزارةٌ",
        "الوزاره",
        "٢٥",
        "قتيلا",
        "\U0001f534",
        "«نعم»",
        "\n",
        "abc",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=25).map(" ".join)


@SLOW
@given(st.lists(TEXTS, min_size=1, max_size=6), st.data())
def test_in_one_file_or_in_many_the_same_is_stored(texts: list[str], data: st.DataObject) -> None:
    lines = [json.dumps({"id": f"d{i % 4}", "text": t, "outlet": "o"}) for i, t in enumerate(texts)]
    cut = data.draw(st.integers(0, len(lines)))
    with (
        tempfile.TemporaryDirectory() as folder,
        rawi.open(Path(folder, "one")) as one,
        rawi.open(Path(folder, "two")) as two,
    ):
        one.add_bytes([("a.jsonl", "\n".join(lines).encode())])
        for part in (lines[:cut], lines[cut:]):
            if part:
                two.add_bytes([("a.jsonl", "\n".join(part).encode())])
        for section in ("documents", "readings", "failures"):
            assert one.section_hashes()[section] == two.section_hashes()[section]


@settings(max_examples=150, deadline=None)
@given(TEXTS, WORDS, st.sampled_from(["stem", "words", "exact"]))
def test_marks_are_words_that_answer(text: str, word: str, mode: str) -> None:
    pack_ = arabic()
    terms = parse_query(word, pack_)
    for mark in find_marks(text, terms, pack_, mode):
        found = mark.of(text)
        assert found and not found.isspace()
        if mode == "exact":
            assert found == terms.wanted[0].written
        if mode == "words":
            assert pack_.key(found) == terms.wanted[0].keys[0]
    if word in text.split() and terms.wanted:
        assert list(find_marks(text, terms, pack_, mode))


@given(st.text())
def test_articles_come_back(text: str) -> None:
    article = rawi.Article(id=text[:5] or "a", text=text, outlet=text[:3] or None)
    assert unpack(rawi.Article, pack(article), text.encode("utf-8", "surrogatepass")) == article


@given(st.text())
def test_cells_come_back_and_are_no_formulas(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell)[:1] not in ("=", "+", "-", "@", "\t", "\r")


@given(st.text(alphabet=st.sampled_from("ab \n\r\u2028\u0085"), min_size=1), st.data())
def test_fragments_lose_no_character_but_line_ends(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    ends = set("\n\r\u2028\u0085")
    found = fragments(text, span)
    if set(span.of(text)) - ends:
        kept = "".join(f.of(text) for f in found)
        assert [c for c in kept if c not in ends] == [c for c in span.of(text) if c not in ends]
        assert not any(set(f.of(text)) & ends for f in found)
