"""Times hold whatever the text: no exception, ordered spans, dates that come back, nothing outside the text."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from rawi.lang.ar.pack import arabic
from rawi.marks.times.find import find_times
from rawi.model import Timex
from rawi.text.tokens import tokenize

DAYS = st.dates(date(1990, 1, 1), date(2035, 12, 31))
PIECES = st.sampled_from(
    [
        "أمس",
        "اليوم",
        "غدا",
        "الأسبوع",
        "الماضي",
        "المقبل",
        "الجاري",
        "من",
        "إلى",
        "و",
        "بين",
        "حتى",
        "منذ",
        "قبل",
        "بعد",
        "ثلاثة",
        "أيام",
        "شهر",
        "شهري",
        "عام",
        "2016",
        "1440",
        "هـ",
        "31",
        "30",
        "0",
        "99999",
        "شباط",
        "فبراير",
        "رمضان",
        "ذو",
        "الحجة",
        "كانون",
        "2",
        "الثاني",
        "الاثنين",
        "مساء",
        "الساعة",
        "14:30",
        "25:99",
        "ربع",
        "نصف",
        "كل",
        "يوميا",
        "نهاية",
        "مطلع",
        "عدة",
        "القرن",
        "العشرين",
        "ثمانينيات",
        "نفسه",
        "الموافق",
        "/",
        "-",
        "(",
        ")",
        "،",
        ".",
        "بتوقيت",
        "غرينتش",
        "29/2/2019",
        "1/13/2018",
        "العام",
        "الربع",
        "الأخير",
        "آخر",
        "أول",
        "يوم",
        "عقدين",
        "مؤخرا",
        "عيد",
        "الفطر",
    ]
)
MONTHS = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]


def times(text: str, published: str | None, mode: str = "news") -> list[Timex]:
    pack = arabic()
    return find_times(tokenize(text, pack.letters), pack, published=published, mode=mode).times


def moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso)


def check(text: str, found: list[Timex]) -> None:
    end = 0
    for timex in found:
        assert end <= timex.span.start < timex.span.end <= len(text)
        end = timex.span.end
        assert timex.rule
        assert timex.type in ("DATE", "TIME", "DURATION", "SET")
        if timex.begin and timex.end:
            assert moment(timex.begin).replace(tzinfo=None) <= moment(timex.end).replace(tzinfo=None)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PIECES, max_size=14).map(" ".join),
    st.none() | DAYS.map(date.isoformat),
    st.sampled_from(["news", "assistant"]),
)
def test_any_mixture_of_time_words(text: str, published: str | None, mode: str) -> None:
    check(text, times(text, published, mode))


@settings(max_examples=100, deadline=None)
@given(
    st.text(max_size=60),
    st.sampled_from([None, "2019-03-14", "2019-03-14T23:59:59+03:00", "14 March", "", "0001-01-01", "9999-12-31"]),
)
def test_any_text_and_any_date_field(text: str, published: str | None) -> None:
    whole = f"{text} أمس {text} الشهر المقبل"
    check(whole, times(whole, published))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(PIECES, min_size=3, max_size=9).map(" ".join),
    st.sampled_from(["0001-01-01", "9999-12-31", "1500-01-01", "2200-06-01"]),
)
def test_dates_at_the_end_of_the_calendar(text: str, published: str) -> None:
    check(text, times(text, published))


@settings(max_examples=100, deadline=None)
@given(DAYS, DAYS)
def test_a_written_date_comes_back(day: date, published: date) -> None:
    for text in (
        f"وقع الاتفاق في {day.day} {MONTHS[day.month - 1]} {day.year} في العاصمة",
        f"وقع الاتفاق في {day.day}/{day.month}/{day.year} في العاصمة",
        f"وقع الاتفاق في {day.isoformat()} في العاصمة",
    ):
        (timex,) = times(text, published.isoformat())
        assert (timex.value, timex.begin, timex.end) == (day.isoformat(),) * 3


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(3, 10))
def test_days_ago_count_back(published: date, count: int) -> None:
    (timex,) = times(f"غادر السفير قبل {count} أيام عائدا إلى بلاده", published.isoformat())
    assert timex.value == (published - timedelta(days=count)).isoformat()


@settings(max_examples=60, deadline=None)
@given(DAYS)
def test_yesterday_and_tomorrow(published: date) -> None:
    first, second = times("وصل الوفد أمس ويغادر غدا", published.isoformat())
    assert first.value == (published - timedelta(days=1)).isoformat()
    assert second.value == (published + timedelta(days=1)).isoformat()
