"""The writer's own voice: charged wording and statements without a source."""

from __future__ import annotations

import pytest

from rawi.lang.ar.pack import arabic
from rawi.lexicon.voice import ChargedRow
from rawi.model import Attribution, Span
from rawi.speech.charged import find_charged
from rawi.speech.unattributed import find_unattributed
from rawi.text.tokens import tokenize

PACK = arabic()
ROWS = PACK.voice.charged_rows


def charged(text: str) -> list[str]:
    tokens = tokenize(text, PACK.letters)
    return [c.row for c in find_charged(tokens, [-1] * len(tokens), PACK)]


def said(text: str, cue: str, content: str) -> Attribution:
    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    return Attribution(
        n=1, id="x", cue=(span(cue),), source=(), ref=None, content=(span(content),), kind="indirect",
        stance="reported", act="say", type="person", rule="T",
    )  # fmt: skip


def unattributed(text: str, *attributions: Attribution) -> list[tuple[str, str]]:
    tokens = tokenize(text, PACK.letters)
    found = find_unattributed(tokens, attributions, [-1] * len(tokens), PACK)
    return [(u.span.of(text), u.class_) for u in found]


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda r: r.id)
def test_a_row_of_charged_wording_finds_its_example(row: ChargedRow) -> None:
    assert row.id in charged(row.example)


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda r: r.id)
def test_a_row_names_a_mirror_of_another_camp(row: ChargedRow) -> None:
    others = {ROWS[m].camp for m in row.mirrors}
    assert others - {row.camp} or row.camp.startswith("any camp")


@pytest.mark.parametrize(
    "text",
    [
        "وقالت الجمعيات الرافضة للقرار إنها باقية",
        "وانتشرت الهجرة غير الشرعية في المنطقة",
        "وحضر الحفل عدد من المدعوين",
        "وتمكنت الشركة من حفر نفق جديد",
        "وضبطت الشرطة عصابات لسرقة السيارات",
    ],
)
def test_plain_words_are_not_charged(text: str) -> None:
    assert charged(text) == []


def test_words_between_quotation_marks_are_left_to_their_speaker() -> None:
    tokens = tokenize("قال «ميليشيا قسد»", PACK.letters)
    assert find_charged(tokens, [-1, 0, 0, 0, 0], PACK) == []


def test_a_sentence_that_nobody_says_is_the_writers() -> None:
    text = "عنوان\nقال الوزير إن الجسر افتتح. وأغلقت المدارس أبوابها صباح الأحد."
    found = unattributed(text, said(text, "قال", "إن الجسر افتتح"))
    assert found == [("وأغلقت المدارس أبوابها صباح الأحد", "writer")]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("وهناك أدلة على وقوع تجاوزات في السجن.", "impersonal"),
        ("يذكر أن المصنع افتتح قبل عامين.", "background"),
        ("وشاهد مراسلنا الدخان فوق التلة صباحا.", "firsthand"),
        ("وأغلقت المدارس أبوابها صباح الأحد.", "writer"),
    ],
)
def test_the_class_of_a_statement_without_a_source(sentence: str, kind: str) -> None:
    assert [k for _, k in unattributed(f"عنوان\n{sentence}")] == [kind]


def test_the_writers_lead_to_somebodys_words_counts_up_to_the_comma() -> None:
    text = "عنوان\nوزار المحافظ صباح أمس السوق القديم في وسط المدينة، مؤكدا أن الترميم بدأ."
    found = unattributed(text, said(text, "مؤكدا", "أن الترميم بدأ"))
    assert found == [("وزار المحافظ صباح أمس السوق القديم في وسط المدينة", "writer")]


def test_headline_and_dateline_are_no_statements() -> None:
    assert unattributed("الجسر يفتتح أمام السيارات غدا\nدمشق - المرسى - نعم.") == []
