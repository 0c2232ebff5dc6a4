"""Places in any text: found without raising, inside the text, apart from each other, the same each time."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from rawi.lang.ar.pack import arabic
from rawi.marks.places.find import find_places, place_at
from rawi.model import Span
from rawi.text.tokens import tokenize

PACK = arabic()
WORDS = st.sampled_from(
    [
        "في",
        "قرية",
        "بلدة",
        "حلب",
        "دمشق",
        "وحمص",
        "بريف",
        "شمال",
        "شرقي",
        "محافظة",
        "القدس",
        "لبنان",
        "«غزة»",
        "الجولان",
        "جبل",
        "مطار",
        "السعودية",
        "12",
        "قال",
        "محمد",
        "،",
        ".",
        ":",
        "(",
        ")",
        "_",
        "-",
        "\n",
        "سوري",
        "اللاذقية،",
        "معبر",
        "رفح",
        "عين",
        "العرب",
        "منطقة",
        "زهرابان",
        "Aleppo",
        "🙂",
    ]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=40).map(" ".join), st.text(max_size=80))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_places_lie_in_the_text_and_apart(text: str) -> None:
    tokens = tokenize(text, PACK.letters)
    places = find_places(tokens, PACK)
    assert places == find_places(tokens, PACK)
    for place in places:
        assert 0 <= place.span.start < place.span.end <= len(text)
        assert place.span.of(text).strip()
        assert (place.lat is None) == (place.lon is None)
        if place.lat is not None and place.lon is not None:
            assert -90 <= place.lat <= 90 and -180 <= place.lon <= 180
    assert all(a.span.end <= b.span.start for a, b in pairwise(places))


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.integers(0, 60), st.integers(1, 20))
def test_any_span_may_be_asked(text: str, start: int, length: int) -> None:
    tokens = tokenize(text, PACK.letters)
    span = Span(min(start, len(text)), min(start + length, len(text)))
    assert len(place_at(tokens, PACK, [span])) == 1
