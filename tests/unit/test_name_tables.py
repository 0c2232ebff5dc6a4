"""The tables of names: every row's example is read by the finder, and one test holds for every camp."""

from __future__ import annotations

from pathlib import Path

import pytest

from rawi.lang.ar.pack import arabic
from rawi.lexicon.names import (
    BODY_COLUMNS,
    COMMON_COLUMNS,
    GIVEN_COLUMNS,
    NOUN_COLUMNS,
    OUTLET_COLUMNS,
    ROLE_COLUMNS,
    SHAPE_COLUMNS,
    VARIANT_COLUMNS,
    WORD_COLUMNS,
)
from rawi.lexicon.table import Row, read_table
from rawi.marks.names import find_names
from rawi.marks.names_view import Named
from rawi.marks.names_words import name_words
from rawi.model import Entity
from rawi.text.tokens import tokenize

FOLDER = Path(__file__).parents[2] / "src" / "rawi" / "lang" / "ar"
PACK = arabic()
KINDS = {"outlets.tsv": "outlet", "groups.tsv": "group", "bodies.tsv": "institution"}


def rows(name: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    return read_table(FOLDER / name, columns)


def listed() -> list[tuple[str, Row]]:
    tables = (("outlets.tsv", OUTLET_COLUMNS), ("groups.tsv", BODY_COLUMNS), ("bodies.tsv", BODY_COLUMNS))
    return [(name, row) for name, columns in tables for row in rows(name, columns)]


def entities_of(text: str) -> list[Entity]:
    return find_names(tokenize(text + "\n", PACK.letters), PACK)[1]


@pytest.mark.parametrize("name", KINDS)
def test_each_listed_thing_is_found_in_its_example(name: str) -> None:
    lost = []
    for table, row in listed():
        if table == name:
            found = entities_of(row["example"])
            if not any(e.name == row["name"] and e.kind == KINDS[name] for e in found):
                lost.append((row["id"], row["name"], [(e.kind, e.name) for e in found]))
    assert lost == []


@pytest.mark.parametrize("name", KINDS)
def test_aliases_lead_to_the_main_name(name: str) -> None:
    lost = []
    for table, row in listed():
        if table != name:
            continue
        spellings = [*row.list("aliases"), *(row.list("loaded") if "loaded" in row else ())]
        for alias in spellings:
            payloads = PACK.names.listed.match(PACK.names.phrase(alias), 0)
            if not any(p.row == row["id"] and end == len(PACK.names.phrase(alias)) for end, p in payloads):
                lost.append((row["id"], alias, [p.row for _, p in payloads]))
    assert lost == []


def test_a_loaded_name_is_never_the_shown_one() -> None:
    shown = {row["name"] for _, row in listed()}
    loaded = {word for _, row in listed() if "loaded" in row for word in row.list("loaded")}
    assert loaded & shown == set()


def test_loaded_names_of_several_camps_are_flagged() -> None:
    countries = {row["country"] for _, row in listed() if "loaded" in row and row.list("loaded")}
    assert countries >= {"LB", "IL", "IQ", "YE", "SD", "LY", "SY", "IR", "RU", "UA"}


def test_kinds_and_owners_are_of_the_closed_lists() -> None:
    outlets = rows("outlets.tsv", OUTLET_COLUMNS)
    assert {r["kind"] for r in outlets} <= {"agency", "daily", "tv", "radio", "site", "magazine"}
    assert {r["owner"] for r in outlets} <= {"state", "party", "private", "public", "international", "unknown"}
    assert {r["kind"] for r in rows("groups.tsv", BODY_COLUMNS)} <= {"armed", "party", "movement", "alliance"}


def test_every_row_has_source_date_and_example() -> None:
    tables = {
        "outlets.tsv": OUTLET_COLUMNS,
        "groups.tsv": BODY_COLUMNS,
        "bodies.tsv": BODY_COLUMNS,
        "roles.tsv": ROLE_COLUMNS,
        "source_nouns.tsv": NOUN_COLUMNS,
        "given_names.tsv": GIVEN_COLUMNS,
        "name_words.tsv": WORD_COLUMNS,
        "name_variants.tsv": VARIANT_COLUMNS,
        "name_shapes.tsv": SHAPE_COLUMNS,
        "name_common.tsv": COMMON_COLUMNS,
    }
    bad = [
        r["id"]
        for name, c in tables.items()
        for r in rows(name, c)
        if not (r["source"] and r["date"] and r["example"])
    ]
    assert bad == []


def test_each_given_name_is_read_in_its_example() -> None:
    lost = []
    for row in rows("given_names.tsv", GIVEN_COLUMNS):
        key = PACK.names.phrase(row["name"])
        found = [PACK.names.phrase(e.name) for e in entities_of(row["example"]) if e.kind == "person"]
        if not any(key == name[: len(key)] for name in found):
            lost.append((row["id"], row["name"], row["word"]))
    assert lost == []


def test_each_source_noun_has_its_type_and_agreement() -> None:
    wrong = []
    for row in rows("source_nouns.tsv", NOUN_COLUMNS):
        tokens = tokenize(row["example"] + "\n", PACK.letters)
        view = Named(tokens, PACK, *find_names(tokens, PACK))
        last = 1 + len(PACK.names.phrase(row["word"]))
        kind = view.source_type(1, last)
        agreement = view.agreement(1, last)
        if kind != row["type"] or (agreement.gender, agreement.number) != (row["gender"], row["number"]):
            wrong.append((row["id"], row["word"], kind, row["type"], agreement))
    assert wrong == []


def test_each_role_is_a_role_in_its_example() -> None:
    lost = []
    for row in rows("roles.tsv", ROLE_COLUMNS):
        words = PACK.names.phrase(row["word"])
        nouns = (
            PACK.names.noun(words[0]) if len(words) == 1 else [n for _, n in PACK.names.noun_phrases.match(words, 0)]
        )
        if not any(n.row == row["id"] for n in nouns) or row["word"] not in row["example"]:
            lost.append((row["id"], row["word"]))
    assert lost == []


def test_two_spellings_of_each_variant_become_one() -> None:
    pairs = [r["example"].split("|") for r in rows("name_variants.tsv", VARIANT_COLUMNS)]
    apart = [p for p in pairs if PACK.names.skeleton(PACK.key(p[0])) != PACK.names.skeleton(PACK.key(p[1]))]
    assert apart == []


def test_words_around_names_stand_in_their_examples() -> None:
    missing = [r["id"] for r in rows("name_words.tsv", WORD_COLUMNS) if r.list("words")[0] not in r["example"]]
    missing += [r["id"] for r in rows("name_common.tsv", COMMON_COLUMNS) if r["word"] not in r["example"]]
    assert missing == []


def test_an_ordinary_word_is_no_name_after_a_title() -> None:
    words = name_words(PACK)
    given = PACK.names.given
    plain = [r["word"] for r in rows("name_common.tsv", COMMON_COLUMNS) if PACK.key(r["word"]) not in given]
    text = [w for w in plain[::40] if not words.memo[PACK.key(w)].nouns]
    wrong = [w for w in text if any(e.kind == "person" for e in entities_of(f"قال السيد {w} أمس."))]
    assert wrong == []


def test_hosts_lead_to_outlets() -> None:
    found = PACK.names.outlet_of("www.arabic.rt.com")
    assert found is not None and found.kind == "outlet"
    assert PACK.names.outlet_of("example.org") is None
