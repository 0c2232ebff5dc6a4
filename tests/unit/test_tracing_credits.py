"""Credits and outlets: where a page names whom it has its words from."""

from __future__ import annotations

import pytest

from rawi.lang.ar.pack import arabic
from rawi.model import Article, Span
from rawi.reader import read
from rawi.tracing.index import Indexer, minutes
from rawi.tracing.outlets import OutletNames, same_outlet

PACK = arabic()
INDEXER = Indexer(PACK)
NAMES = OutletNames(PACK)
BODY = "أعلن مدير السوق ناصر الحبيب أن البوابة الشرقية ستغلق أسبوعا كاملا بسبب أعمال الترميم."


def credits(body: str, outlet: str = "موقع الشرفة", byline: str = "") -> list[tuple[str, str]]:
    title = "إغلاق بوابة السوق"
    text = "\n".join(x for x in (title, byline, body) if x)
    article = Article(id="a", text=text, outlet=outlet, title_span=Span(0, len(title)))
    return [(c.name, c.kind) for c in INDEXER.facts(read(article, pack=PACK)).credits]


@pytest.mark.parametrize(
    ("body", "byline", "expected"),
    [
        (BODY, "الساحل - رويترز", [("رويترز", "byline")]),
        (f"الساحل (رويترز) - {BODY}", "", [("رويترز", "dateline")]),
        (f"{BODY} (المصدر: وكالة سنبلة)", "", [("وكالة سنبلة", "tail")]),
        (f"نقلت صحيفة البيدر عن مدير السوق أن البوابة أغلقت. {BODY}", "", [("صحيفة البيدر", "relay")]),
        (f"{BODY} وقال الحبيب لوكالة سنبلة إن العمل بدأ.", "", [("وكالة سنبلة", "told")]),
        (BODY, "", []),
        (BODY, "الرياض - الشرفة", []),
    ],
)
def test_where_credits_stand(body: str, byline: str, expected: list[tuple[str, str]]) -> None:
    assert credits(body, byline=byline) == expected


def test_the_own_name_is_no_credit() -> None:
    assert credits(f"قال الحبيب لموقع الشرفة إن العمل بدأ. {BODY}") == []


def test_unnamed_agencies_are_vague() -> None:
    assert credits(BODY, byline="عواصم - وكالات") == [("وكالات", "byline")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("وكالة سنبلة للأنباء", "وكالة سنبلة", True),
        ("صحيفة الميزان الأسبوعي", "الميزان", True),
        ("وكالة رويترز للأنباء", "رويترز", True),
        ("موقع الشرفة", "موقع البيدر", False),
    ],
)
def test_names_of_one_outlet(one: str, other: str, same: bool) -> None:
    assert same_outlet(NAMES.resolve(one).key, NAMES.resolve(other).key) is same


def test_an_address_tells_the_outlet() -> None:
    assert NAMES.own("okaz", "https://www.okaz.com.sa/x").key == NAMES.resolve("عكاظ").key


@pytest.mark.parametrize("published", ["", None, "gestern", "2024-13-45"])
def test_what_is_no_date_is_not_known(published: str | None) -> None:
    assert minutes(published) == (-1, -1)


def test_a_naive_time_and_a_zone() -> None:
    assert minutes("2024-05-03T08:10:00+03:00")[0] == minutes("2024-05-03T05:10:00")[0]
