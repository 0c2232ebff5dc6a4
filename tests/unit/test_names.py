"""Names in sentences: one entity a thing, all its mentions, and what the speech layer asks of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from rawi.lang.ar.pack import arabic
from rawi.marks.names import find_names
from rawi.marks.names_view import Named, source_type
from rawi.model import Entity, Name
from rawi.text.tokens import Tokens, tokenize

PACK = arabic()
CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "names.toml").read_text(encoding="utf-8"))["cases"]


def read(text: str) -> tuple[Tokens, list[Name], list[Entity]]:
    tokens = tokenize(text + "\n", PACK.letters)
    return tokens, *find_names(tokens, PACK)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_entities_and_their_mentions(case: dict[str, object]) -> None:
    text = str(case["text"])
    _, _, entities = read(text)
    found = {f"{e.kind}: {e.name}": [m.of(text) for m in e.mentions] for e in entities}
    assert found == case["entities"]


def test_a_person_has_name_title_and_address_apart() -> None:
    text = "قال وزير الدفاع اللبناني العميد نزار البيرقي إن الموعد أرجئ."
    _, names, entities = read(text)
    person = next(n for n in names if n.kind == "person")
    role = next(n for n in names if n.kind == "role")
    assert person.span.of(text) == "نزار البيرقي"
    assert person.honorific_span is not None and person.honorific_span.of(text) == "العميد"
    assert role.span.of(text) == "وزير الدفاع اللبناني"
    assert role.entity == person.entity == entities[0].id
    assert entities[0].roles == ("وزير الدفاع اللبناني",)


def test_the_key_holds_the_office_and_is_null_without_one() -> None:
    _, _, with_office = read("قال وزير الدفاع اللبناني نزار البيرقي إن الموعد أرجئ.")
    _, _, other_words = read("قال نزار البيرقي وزير دفاع لبنان إن الموعد أرجئ.")
    _, _, without = read("قال نزار البيرقي إن الموعد أرجئ.")
    assert with_office[0].key is not None and "LB" in with_office[0].key
    assert with_office[0].key == other_words[0].key
    assert without[0].key is None


def test_namesakes_in_two_offices_have_two_keys() -> None:
    _, _, one = read("قال وزير الصحة نزار البيرقي إن الموعد أرجئ.")
    _, _, two = read("قال مدرب الفريق نزار البيرقي إن الموعد أرجئ.")
    assert one[0].key != two[0].key


def test_words_before_it_move_every_span_and_nothing_else() -> None:
    text = "قالت وزارة الصحة إن العيادة فتحت. وأضاف الوزير نزار البيرقي أن العمل مستمر."
    _, names, _ = read(text)
    before = "مقدمة.\n"
    _, moved, _ = read(before + text)
    shifted = [(n.span.start - len(before), n.kind) for n in moved]
    assert shifted == [(n.span.start, n.kind) for n in names]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("مصادر طبية محلية", "anonymous"),
        ("شهود عيان", "witness"),
        ("وزير الخارجية", "official"),
        ("مسؤولون أميركيون", "official"),
        ("عدد من المسؤولين", "official"),
        ("محللون سياسيون", "group"),
        ("حركة حماس", "group"),
        ("حزب الشعب الجمهوري", "institution"),
        ("وزارة الصحة في البلدة", "institution"),
        ("وكالة رويترز", "outlet"),
        ("أحد الصحافيين", "outlet"),
        ("تقرير سري", "document"),
        ("نزار البيرقي", "person"),
        ("المتحدث باسم الجيش العقيد نزار البيرقي", "person"),
        ("الأمم المتحدة", "institution"),
    ],
)
def test_the_type_of_a_source(phrase: str, expected: str) -> None:
    text = f"وأفاد {phrase} بأن الطريق سالكة."
    tokens, names, entities = read(text)
    last = 1 + len(phrase.split())
    assert source_type(tokens, 1, last, PACK, names, entities) == expected


@pytest.mark.parametrize(
    ("phrase", "gender", "number"),
    [
        ("الوزيرة هالة البيرقي", "f", "singular"),
        ("نزار البيرقي", "m", "singular"),
        ("القوات", "f", "plural"),
        ("مسؤولون", "m", "plural"),
        ("مصدر أمني", "m", "singular"),
        ("المستشفى", "m", "singular"),
    ],
)
def test_agreement(phrase: str, gender: str, number: str) -> None:
    tokens, names, entities = read(f"وأفاد {phrase} بأن الطريق سالكة.")
    found = Named(tokens, PACK, names, entities).agreement(1, 1 + len(phrase.split()))
    assert (found.gender, found.number) == (gender, number)


def test_how_far_a_phrase_goes() -> None:
    text = "وأفاد مدير مستشفى البلدة أن الجرحى خرجوا."
    tokens, names, entities = read(text)
    view = Named(tokens, PACK, names, entities)
    assert tokens.words(1, view.phrase_end(1, len(tokens))) == "مدير مستشفى البلدة"
    assert view.phrase_end(4, len(tokens)) == 4


def test_the_fullest_mention_before_a_short_one() -> None:
    text = "قال وزير الصحة نزار البيرقي إن العيادة فتحت. وأضاف البيرقي أن العمل مستمر."
    tokens, names, entities = read(text)
    view = Named(tokens, PACK, names, entities)
    at = tokens.at(text.rindex("البيرقي"))
    entity = view.entity(at, at + 1)
    assert entity is not None
    span = view.fullest(entity, tokens.start[at])
    assert span is not None and span.of(text) == "وزير الصحة نزار البيرقي"
