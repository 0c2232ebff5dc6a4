"""The tables of time expressions: every row's example holds what the row says."""

from __future__ import annotations

from pathlib import Path

import pytest

from rawi.lang.ar.pack import arabic
from rawi.lexicon.table import Row, read_table
from rawi.lexicon.times import COLUMNS, FILES
from rawi.marks.times.find import find_times
from rawi.model import Timex
from rawi.text.tokens import tokenize

FOLDER = Path(__file__).parents[2] / "src/rawi/lang/ar"
ROWS = [row for name in FILES for row in read_table(FOLDER / name, COLUMNS)]
# Classes whose words stop an expression or change its type: their example holds no time at all.
SILENT = {"HEAD", "EVENT", "BLOCK", "AGE", "MEASURE", "COUNTEND", "VISION"}
# Classes whose words stand beside an expression and show its tense or its limits.
BESIDE = {
    "FUT", "FUTPREFIX", "NOTFUT", "PRESPREFIX", "NOTPRES", "FEMPREFIX", "THAT", "PAST", "PASTSUFFIX", "NOTPAST",
    "FUNC", "ARTICLE", "IN", "SINCE", "FOR", "FROM", "TO", "BETWEEN", "AND", "OR", "AT", "DELIVERY", "EVENTOF",
    "LINK", "BEFORE", "AFTER", "OF", "DATEWORD",
}  # fmt: skip


def times_of(text: str) -> list[Timex]:
    pack = arabic()
    return find_times(tokenize(text, pack.letters), pack, published="2019-03-14").times


@pytest.mark.parametrize("row", ROWS, ids=[r["id"] for r in ROWS])
def test_the_example_of_a_row(row: Row) -> None:
    assert row["example"]
    found = times_of(row["example"])
    if row["class"] in SILENT:
        assert [t.span.of(row["example"]) for t in found] == []
        return
    assert found
    if row["class"] not in BESIDE:
        assert row["id"] in {part for t in found for part in t.rule.split()}


@pytest.mark.parametrize("row", [r for r in ROWS if "MONTH" in r["class"]], ids=lambda r: r["id"])
def test_every_spelling_of_a_month_is_read(row: Row) -> None:
    year = "1440هـ" if row["class"] == "HMONTH" else "2018"
    for name in row.list("words"):
        text = f"افتتح المعرض في 12 {name} {year} بحضور الوزير."
        (timex,) = times_of(text)
        assert timex.span.of(text) == f"12 {name} {year}"
        assert timex.calendar == ("hijri" if row["class"] == "HMONTH" else "gregorian")
        assert row["class"] == "HMONTH" or timex.value == f"2018-{int(row['value']):02d}-12"


def test_no_word_stands_twice_in_one_class() -> None:
    pack = arabic()
    seen: dict[tuple[str, str], str] = {}
    double = []
    for row in ROWS:
        for words in row.list("words"):
            place = (row["class"], " ".join(pack.key(w) for w in words.split()))
            if place in seen and seen[place] != row["id"]:
                double.append((seen[place], row["id"], words))
            seen[place] = row["id"]
    assert double == []
