"""The scorer by cases that a reader can check by hand."""

from __future__ import annotations

import random
from itertools import permutations
from typing import Any

import pytest

from rawi.scoring.assignment import align
from rawi.scoring.attributions import figures, score_document, total
from rawi.scoring.marks import kilometres, marks_figures, plain_value, score_marks
from rawi.scoring.speakers import one_name, same_speaker
from rawi.scoring.words import Words

SPEAKERS = [
    ("وزير الخارجية السوري", "وزير الخارجية الروسي", False),
    ("محمد علي", "محمد بن حداد", False),
    ("المتحدث باسم الجيش", "المتحدث باسم وزارة الصحة", False),
    ("وزير الطاقة رامي الساحلي", "الساحلي", True),
    ("الوزير", "وزير الطاقة رامي الساحلي", True),
    ("وزارة الداخلية", "وزارة الدفاع", False),
    ("مصادر أمنية", "مصادر طبية", False),
    ("صحيفة «الشراع»", "الشراع", True),
    ("رئيس الوزراء", "رئيس البرلمان", False),
]
TEXT = "قال الوزير إن الجسر افتتح أمس، مشيرا إلى أن الطريق مغلق"


def statement(text: str, **parts: Any) -> dict[str, Any]:
    def span(words: str) -> list[int]:
        return [text.index(words), text.index(words) + len(words)]

    return {
        "n": parts.get("n", 1),
        "cue": [span(parts["cue"])],
        "source": [span(parts["source"])] if parts.get("source") else [],
        "ref": span(parts["ref"]) if parts.get("ref") else None,
        "content": [span(parts["content"])],
        "kind": "indirect",
        "stance": parts.get("stance", "reported"),
        "type": parts.get("type", "person"),
        "parent": parts.get("parent", 0),
    }


GOLD = [
    statement(TEXT, cue="قال", source="الوزير", content="إن الجسر افتتح أمس"),
    statement(TEXT, n=2, cue="مشيرا إلى", ref="الوزير", content="أن الطريق مغلق"),
]


@pytest.mark.parametrize(("a", "b", "same"), SPEAKERS)
def test_two_mentions_of_one_speaker(a: str, b: str, same: bool) -> None:
    words = Words(f"{a}\n{b}")
    gold = {"source": [], "ref": [0, len(a)]}
    own = {"source": [], "ref": [len(a) + 1, len(words.text)]}
    assert same_speaker(words, gold, own) is same


def test_roles_alone_name_nobody_against_other_roles() -> None:
    assert not one_name(["وزير"], ["رئيس"])
    assert one_name(["وزير"], ["وزير", "خارجيه"])


def test_gold_against_itself_is_all_right() -> None:
    result = figures(score_document(TEXT, GOLD, GOLD).counts)
    assert {result[k] for k in ("cue_f1", "strict_f1", "user_f1", "source_exact_f1", "content_token_f1")} == {100.0}
    assert result["mis_speaker"] == 0.0


def test_the_complementiser_at_the_edge_costs_nothing_and_a_lost_word_does() -> None:
    near = [statement(TEXT, cue="قال", source="الوزير", content="الجسر افتتح أمس"), GOLD[1]]
    short = [statement(TEXT, cue="قال", source="الوزير", content="الجسر افتتح"), GOLD[1]]
    assert figures(score_document(TEXT, GOLD, near).counts)["strict_f1"] == 100.0
    result = figures(score_document(TEXT, GOLD, short).counts)
    assert result["strict_f1"] == 50.0
    assert result["user_f1"] == 100.0


def test_a_missed_and_a_spurious_statement_are_faults() -> None:
    other = [statement(TEXT, cue="الجسر", content="مشيرا", type="impersonal")]
    faults = score_document(TEXT, GOLD, other).faults
    assert sorted(f.what for f in faults) == ["missed", "missed", "spurious"]


def test_nobody_is_a_speaker_that_only_nobody_matches() -> None:
    nobody = [statement(TEXT, cue="مشيرا إلى", content="أن الطريق مغلق", type="impersonal")]
    counts = score_document(TEXT, GOLD[1:], nobody).counts
    assert figures(counts)["user_f1"] == 0.0
    assert figures(counts)["mis_speaker"] is None


def test_a_parent_counts_where_both_ends_are_aligned() -> None:
    gold = [GOLD[0], {**GOLD[1], "parent": 1}]
    assert figures(score_document(TEXT, gold, gold).counts)["chain_edge_f1"] == 100.0
    assert figures(score_document(TEXT, gold, GOLD).counts)["chain_edge_f1"] == 0.0


def test_documents_add_up() -> None:
    both = total([score_document(TEXT, GOLD, GOLD), score_document(TEXT, GOLD, [])])
    assert figures(both)["cue_f1"] == pytest.approx(200 * 2 / 6)


def test_alignment_is_the_best_of_all() -> None:
    chance = random.Random(7)
    for _ in range(200):
        rows, columns = chance.randint(1, 4), chance.randint(1, 4)
        weight = [[chance.choice([0.0, 0.1, 0.5, 0.9, 1.0]) for _ in range(columns)] for _ in range(rows)]
        got = sum(weight[i][j] for i, j in align(weight).items())
        if rows <= columns:
            best = max(sum(weight[i][j] for i, j in enumerate(p)) for p in permutations(range(columns), rows))
        else:
            best = max(sum(weight[i][j] for j, i in enumerate(p)) for p in permutations(range(rows), columns))
        assert got == pytest.approx(best)


def test_marks_pair_by_words_and_compare_values() -> None:
    text = "وصل الوفد إلى بغداد يوم 3 مايو 2024"
    gold = {
        "times": [{"span": [text.index("3"), len(text)], "type": "DATE", "value": "2024-05-03"}],
        "places": [{"span": [14, 19], "country": "IQ", "kind": "city", "latlon": [33.3, 44.4]}],
    }
    near = {
        "times": [{"span": [text.index("يوم"), len(text)], "type": "DATE", "value": "2024-05-03"}],
        "places": [{"span": [14, 19], "country": None, "claimed_by": ["IQ"], "lat": 33.31, "lon": 44.36}],
    }
    result = marks_figures(score_marks(text, gold, near))
    assert result["time_span_f1"] == 100.0
    assert result["time_exact_span_f1"] == 0.0
    assert result["time_value_acc"] == 100.0
    assert result["place_country_acc"] == 100.0
    assert result["place_25km_acc_points"] == 100.0


def test_values_without_zero_minutes_are_the_same() -> None:
    assert plain_value("2024-05-03T10:30:00") == "2024-05-03T10:30"
    assert plain_value(None) == ""


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert kilometres((0, 0), (1, 0)) == pytest.approx(111.2, abs=0.1)
