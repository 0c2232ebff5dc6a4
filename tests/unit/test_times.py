"""Time expressions: sentences with their values, document dates, anchors, doubts."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from rawi.lang.ar.pack import arabic
from rawi.marks.times.find import TimesFound, find_times
from rawi.text.tokens import tokenize

CASES = Path(__file__).parents[1] / "cases"
ROWS = [
    pytest.param(case, id=f"{path.stem}-{n}")
    for path in sorted(CASES.glob("times_*.toml"))
    for n, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1)
]


def found(text: str, published: str | None = "2019-03-14", mode: str = "news") -> TimesFound:
    pack = arabic()
    return find_times(tokenize(text, pack.letters), pack, published=published, mode=mode)


def values(text: str, published: str | None = "2019-03-14") -> list[str | None]:
    return [t.value for t in found(text, published).times]


@pytest.mark.parametrize("case", ROWS)
def test_sentence(case: dict) -> None:
    got = [
        (case["text"][t.span.start : t.span.end], t.type, t.value) for t in found(case["text"], case["date"]).times
    ]
    wanted = []
    for line in case["times"]:
        words, _, meaning = line.partition(" = ")
        kind, _, value = meaning.partition(" ")
        wanted.append((words, kind, value))
    assert len(got) == len(wanted), got
    for mine, gold in zip(got, wanted, strict=True):
        assert mine[:2] == gold[:2]
        assert not gold[2] or mine[2] == gold[2]


def test_there_are_enough_sentences() -> None:
    assert len(ROWS) >= 300


def test_public_function_takes_a_date_and_a_mode() -> None:
    import rawi

    (news,) = rawi.find_times("الاثنين", reference=date(2019, 3, 14))
    (assistant,) = rawi.find_times("الاثنين", reference="2019-03-14", mode="assistant")
    assert (news.value, assistant.value) == ("2019-03-11", "2019-03-18")
    assert news.rule


def test_weekday_beside_today_outweighs_the_date_of_the_page() -> None:
    result = found("قالت الشرطة اليوم الخميس إن المشتبه به أوقف أمس في بلدة حدودية.", "2015-07-24 15:43:03")
    assert [t.value for t in result.times] == ["2015-07-23", "2015-07-22"]
    assert [d.code for d in result.doubts] == ["date-conflict"]


def test_date_and_weekday_that_agree_leave_no_doubt() -> None:
    result = found("قالت الشرطة اليوم الخميس إن المشتبه به أوقف أمس.", "2015-07-23 08:00:00")
    assert not result.doubts


def test_undated_text_tells_when_it_may_have_been_written() -> None:
    result = found("أعلن اليوم الخميس 14 مارس 2019 عن فتح المعبر بعد أن أغلق أمس.", None)
    assert [t.value for t in result.times] == ["2019-03-14", "2019-03-13"]
    (doubt,) = result.doubts
    assert doubt.code == "undated"
    assert "2019-03-14" in doubt.params.values()


def test_undated_text_without_a_clue_resolves_nothing() -> None:
    result = found("وقال المدير إن العمل بدأ أمس وينتهي الشهر المقبل.", None)
    assert [d.code for d in result.doubts] == ["undated"]
    assert all(t.begin is None for t in result.times)


def test_two_calendars_are_checked_against_each_other() -> None:
    agreeing = found("صدر الأمر في 7 رجب 1440هـ الموافق 14 مارس 2019.").times
    assert not any(t.doubts for t in agreeing)
    differing = found("صدر الأمر في 7 رجب 1440هـ الموافق 24 مارس 2019.").times
    assert {d.code for t in differing for d in t.doubts} == {"date-conflict"}


def test_hijri_dates_are_marked_as_such() -> None:
    first, second = found("صدر الأمر في 7 رجب 1440هـ ونشر في 20 مارس 2019.").times
    assert (first.calendar, second.calendar) == ("hijri", "gregorian")


def test_begin_and_end_are_inclusive() -> None:
    cases = {
        "في فبراير 2016": ("2016-02-01", "2016-02-29"),
        "خلال الربع الأول من 2017": ("2017-01-01", "2017-03-31"),
        "الأسبوع الماضي": ("2019-03-04", "2019-03-10"),
        "في العام 2015": ("2015-01-01", "2015-12-31"),
        "في ثمانينيات القرن الماضي": ("1980-01-01", "1989-12-31"),
    }
    for text, ends in cases.items():
        (timex,) = found(f"وقع الحادث {text}.").times
        assert (timex.begin, timex.end) == ends


def test_proclitics_stay_outside_the_span() -> None:
    text = "وبأيلول الماضي أغلق، ولأمس قصة."
    assert found(text).times[0].span.of(text) == "أيلول الماضي"


@pytest.mark.parametrize(
    "published", ["2019-03-14", "2019-03-14T08:00", "2019-03-14 08:00:00", "2019-03-14T08:00:00+03:00"]
)
def test_every_form_of_the_document_date(published: str) -> None:
    assert values("وصل الوفد أمس.", published) == ["2019-03-13"]
