"""Places: cases a linguist can read, tables with their examples, and what holds for every mention."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from rawi.lang.ar.pack import arabic
from rawi.lexicon.places import (
    COUNTRY_COLUMNS,
    DISPUTED_COLUMNS,
    FEATURE_COLUMNS,
    GUARD_COLUMNS,
    SETTLEMENT_COLUMNS,
    PlaceTables,
)  # fmt: skip
from rawi.lexicon.table import Row, read_table
from rawi.marks.places.find import find_places, place_at
from rawi.model import Place, Span
from rawi.text.tokens import tokenize

PACK = arabic()
FOLDER = Path(__file__).parents[2] / "src/rawi/lang/ar"
CASES = tomllib.loads((Path(__file__).parents[1] / "cases/places.toml").read_text(encoding="utf-8"))["case"]


def places_of(text: str, country: str | None = None) -> list[Place]:
    return find_places(tokenize(text, PACK.letters), PACK, country=country)


def shown(place: Place, text: str) -> dict[str, Any]:
    return {
        "text": place.span.of(text),
        "country": place.country or "",
        "kind": place.kind,
        "precision": place.precision,
        "rule": place.rule,
        "en": place.name_en,
        "id": place.id,
        "claimed": list(place.claimed_by),
        "doubt": place.doubts[0].code if place.doubts else "",
    }


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = [shown(p, case["text"]) for p in places_of(case["text"])]
    asked = case["places"]
    assert [f["text"] for f in found] == [a["text"] for a in asked]
    for got, want in zip(found, asked, strict=True):
        assert {k: got[k] for k in want} == want


def rows(name: str, columns: tuple[str, ...]) -> list[Row]:
    return list(read_table(FOLDER / name, columns))


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("countries.tsv", COUNTRY_COLUMNS),
        ("features.tsv", FEATURE_COLUMNS),
        ("place_settlements.tsv", SETTLEMENT_COLUMNS),
        ("disputed.tsv", DISPUTED_COLUMNS),
    ],
)
def test_every_row_is_found_in_its_example(name: str, columns: tuple[str, ...]) -> None:
    disputed = {r["name_en"] for r in rows("disputed.tsv", DISPUTED_COLUMNS)}
    missed = []
    for row in rows(name, columns):
        found = places_of(row["example"])
        if not any(p.name_en == row["name_en"] or (p.name_en in disputed and p.claimed_by) for p in found):
            missed.append((row.where, row["example"], [(p.name, p.name_en) for p in found]))
    assert missed == []


@pytest.mark.parametrize("guard", ["common", "title", "given", "body", "soft_body", "notname", "never"])
def test_no_place_in_the_examples_of_guards(guard: str) -> None:
    examples = {r["example"] for r in rows("place_guards.tsv", GUARD_COLUMNS) if r["class"] == guard}
    assert examples
    found = {e: [p.span.of(e) for p in places_of(e)] for e in sorted(examples)}
    if guard == "soft_body":
        assert all(len(spans) == 1 for spans in found.values())
    else:
        assert [e for e, spans in found.items() if spans] == []


@pytest.mark.parametrize("guard", ["soft", "exact"])
def test_a_place_in_the_examples_of_names_that_need_support(guard: str) -> None:
    examples = {r["example"] for r in rows("place_guards.tsv", GUARD_COLUMNS) if r["class"] == guard}
    assert examples
    assert all(len(places_of(e)) == 1 for e in examples)


def test_disputed_rows_name_two_parties_and_a_document() -> None:
    for area in PACK.places.disputed:
        assert len(area.claimed_by) > 1, area.row
        assert area.source and area.date, area.row
        if area.outline:
            assert len(area.outline) >= 4, area.row
            assert area.holds(area.place.lat, area.place.lon), area.row


def test_disputed_places_have_no_country() -> None:
    for area in PACK.places.disputed:
        found = [p for p in places_of(f"وصل الوفد إلى {area.place.name}.") if p.claimed_by]
        assert [p.country for p in found] == [None], area.row
        assert set(found[0].claimed_by) == set(area.claimed_by)


def test_actors_are_dated_and_list_rivals() -> None:
    tables = PACK.places
    before, after = tables.actor("صنعاء", "2013-05-01"), tables.actor("صنعاء", "2015-05-01")
    assert before is not None and after is not None
    assert (before.row, bool(before.rivals)) != (after.row, bool(after.rivals))
    assert len(after.rivals) == 2
    unknown_day = tables.actor("صنعاء")
    assert unknown_day == after
    assert tables.actor("زهرابان") is None


def test_rows_of_one_actor_do_not_overlap_in_time() -> None:
    for name, actors in PACK.places.actors.items():
        spans = sorted((a.begin, a.end or "9999") for a in actors)
        assert all(a[1] <= b[0] for a, b in pairwise(spans)), name


def test_the_country_of_the_page_decides_between_equals() -> None:
    text = "قال سكان بلدة الزهراء إن الماء عاد."
    for code in ("IQ", "YE", "EG"):
        found = places_of(text, country=code)
        assert [p.country for p in found] == [code]


def test_the_outlet_and_the_dateline_say_where_a_page_comes_from() -> None:
    text = "قال سكان بلدة الزهراء إن الماء عاد."
    tokens = tokenize(text, PACK.letters)
    assert [p.country for p in find_places(tokens, PACK, outlet="وكالة سبأ")] == ["YE"]
    assert find_places(tokens, PACK, outlet="صحيفة لا وجود لها") == find_places(tokens, PACK)
    dated = places_of("صنعاء - قال سكان بلدة الزهراء إن الماء عاد.")
    assert [p.country for p in dated] == ["YE", "YE"]


def test_an_undecided_name_is_a_doubt_with_rivals() -> None:
    (place,) = places_of("قال سكان بلدة الروضة إن الماء عاد.")
    assert place.id is None
    assert [d.code for d in place.doubts] == ["place-ambiguous"]
    assert len(place.rivals) > 1
    assert place.lat is None or place.precision == "area"


def test_given_spans() -> None:
    text = "سيول في منطقة الزرقاء بعد أمطار زهرابان"
    tokens = tokenize(text, PACK.letters)
    start = text.index("منطقة")
    end = text.index(" بعد")
    unknown = text.index("زهرابان")
    found = place_at(tokens, PACK, [Span(start, end), Span(unknown, len(text))], country="JO")
    assert found[0] is not None and found[0].country == "JO"
    assert found[1] is None


def test_pure_and_in_order() -> None:
    text = " ".join(case["text"] for case in CASES)
    first, second = places_of(text), places_of(text)
    assert first == second
    assert [p.span for p in first] == sorted(p.span for p in first)
    assert all(a.span.end <= b.span.start for a, b in pairwise(first))


def test_what_holds_for_every_place() -> None:
    for case in CASES:
        for place in places_of(case["text"]):
            assert (place.lat is None) == (place.lon is None) == (place.precision == "unknown")
            assert place.country is None or not place.claimed_by
            assert (place.id is None) == bool(place.doubts)
            assert place.rule.startswith("place.")


@pytest.mark.parametrize("text", ["", " ", "في", "قرية", "قرية «", 'بلدة "', "_", "#_", "في في في", "شمال شرقي"])
def test_odd_texts(text: str) -> None:
    assert places_of(text) == []


def test_a_language_without_place_tables(tmp_path: Path) -> None:
    tables = PlaceTables(tmp_path, str.lower)
    assert tables.named == {} and tables.cues == {} and tables.disputed == () and tables.actors == {}
    assert tables.article == "" and tables.guard("common") == frozenset()
