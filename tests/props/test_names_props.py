"""What holds of names for any text: spans lie in it, entities hold their mentions, the same text, the same names."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rawi.lang.ar.pack import arabic
from rawi.marks.names import find_names
from rawi.marks.names_view import Named
from rawi.text.tokens import tokenize

PACK = arabic()
TITLES = "وزير الخارجية السوري المتحدث باسم وزارة الدفاع الروسية رئيس السيد د الأمم المتحدة حركة حزب الله صحيفة"
NAMES = "نزار البيرقي أبو عبد الرحمن بن آل سيرغي كرامسكي على AFP 24 😀 \u200f \u0640"
OTHERS = "، « » . - ( ) قال إن و في لدى لل"
PIECES = (*f"{TITLES} {NAMES} {OTHERS}".split(), '"', "\n")
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join), st.text(max_size=80))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_names_lie_in_the_text_and_belong_to_an_entity(text: str) -> None:
    tokens = tokenize(text, PACK.letters)
    names, entities = find_names(tokens, PACK)
    assert (names, entities) == find_names(tokenize(text, PACK.letters), PACK)
    mentions = {e.id: e.mentions for e in entities}
    for name in names:
        assert 0 <= name.span.start < name.span.end <= len(text)
        assert name.entity is not None and any(m.holds(name.span) for m in mentions[name.entity])
    for entity in entities:
        assert entity.mentions and list(entity.mentions) == sorted(entity.mentions)
    assert names == sorted(names, key=lambda n: (n.span.start, -n.span.end))


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.integers(0, 30))
def test_the_view_answers_for_every_phrase(text: str, at: int) -> None:
    tokens = tokenize(text, PACK.letters)
    if not len(tokens):
        return
    view = Named(tokens, PACK, *find_names(tokens, PACK))
    first = min(at, len(tokens) - 1)
    end = view.phrase_end(first, len(tokens))
    assert first <= end <= len(tokens)
    if end > first:
        assert view.source_type(first, end)
        view.agreement(first, end)
