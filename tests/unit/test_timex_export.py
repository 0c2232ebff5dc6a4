"""TIMEX3: well-formed XML, the text unchanged, begin and end points."""

from __future__ import annotations

import defusedxml.ElementTree as ET

from rawi.export.timex import to_timeml
from rawi.model import Reading, Span, Timex


def reading(text: str, *times: Timex) -> Reading:
    return Reading(id="x", key="k", text=text, published="2019-03-14T08:00", times=times)


def test_text_is_kept_and_elements_carry_values() -> None:
    text = "قال <أمس> & اليوم"
    first = Timex(span=Span(5, 8), type="DATE", value="2019-03-13", begin="2019-03-13", end="2019-03-13", rule="r")
    root = ET.fromstring(to_timeml(reading(text, first)))
    body = root.find("TEXT")
    assert "".join(body.itertext()) == text
    (timex,) = body.findall("TIMEX3")
    assert (timex.text, timex.get("value"), timex.get("type")) == ("أمس", "2019-03-13", "DATE")
    assert root.find("DCT/TIMEX3").get("type") == "TIME"


def test_duration_points_to_its_begin_and_end() -> None:
    one = Timex(
        span=Span(0, 4), type="DURATION", value="P6M", begin="2018-09-14", end="2019-03-14", rule="r", mod="APPROX"
    )
    root = ET.fromstring(to_timeml(reading("abcd", one)))
    timex = root.find("TEXT/TIMEX3")
    points = {t.get("tid"): t.get("value") for t in root.findall("TIMEX3")}
    assert points[timex.get("beginPoint")] == "2018-09-14"
    assert points[timex.get("endPoint")] == "2019-03-14"
    assert timex.get("mod") == "APPROX"


def test_what_xml_cannot_hold_is_marked_and_nested_expressions_are_left_out() -> None:
    outer = Timex(span=Span(0, 3), type="DATE", value="2019", rule="r")
    inner = Timex(span=Span(1, 2), type="DATE", value="2018", rule="r")
    root = ET.fromstring(to_timeml(reading("a\x00b\ud800", outer, inner)))
    assert "".join(root.find("TEXT").itertext()) == "a\ufffdb\ufffd"
    assert len(root.findall("TEXT/TIMEX3")) == 1
