"""A reading's time expressions as TIMEX3 in TimeML, one XML document a reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from rawi.model import Reading, Timex

# What XML 1.0 cannot hold, in any spelling.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORBIDDEN_MARK = "\ufffd"


def to_timeml(reading: Reading) -> str:
    """A TimeML document: the whole text with its time expressions inside TIMEX3 elements.

    ``t0`` is the document's date. Where a duration has a known begin or end, ``beginPoint`` and
    ``endPoint`` name further TIMEX3 elements without text, as TimeML asks. Characters that XML 1.0
    cannot hold are written as U+FFFD. Nothing else of the text changes.

    >>> from rawi.model import Reading
    >>> print(to_timeml(Reading(id="a", key="k", text="a<b", published="2019-03-14")))
    <?xml version="1.0" encoding="UTF-8"?>
    <TimeML>
    <DOCID>a</DOCID>
    <DCT><TIMEX3 tid="t0" type="DATE" value="2019-03-14" functionInDocument="CREATION_TIME"/></DCT>
    <TEXT>a&lt;b</TEXT>
    </TimeML>
    <BLANKLINE>
    """
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', "<TimeML>", f"<DOCID>{_text(reading.id)}</DOCID>"]
    parts.append(f"<DCT>{_document_time(reading.published)}</DCT>")
    parts.append(f"<TEXT>{''.join(_marked(reading))}</TEXT>")
    points = [element for n, timex in _numbered(reading) for element in _points(n, timex)]
    return "\n".join([*parts, *points, "</TimeML>", ""])


def _document_time(published: str | None) -> str:
    if published is None:
        return ""
    kind = "TIME" if "T" in published else "DATE"
    value = quoteattr(_clean(published))
    return f'<TIMEX3 tid="t0" type="{kind}" value={value} functionInDocument="CREATION_TIME"/>'


def _numbered(reading: Reading) -> Iterator[tuple[int, Timex]]:
    return enumerate(sorted(reading.times, key=lambda t: (t.span.start, -t.span.end)), 1)


def _marked(reading: Reading) -> Iterator[str]:
    """The text in pieces; an expression inside another one is left to the outer one."""
    at = 0
    for n, timex in _numbered(reading):
        if timex.span.start < at:
            continue
        yield _text(reading.text[at : timex.span.start])
        yield f"<TIMEX3 {_attributes(n, timex)}>{_text(timex.span.of(reading.text))}</TIMEX3>"
        at = timex.span.end
    yield _text(reading.text[at:])


def _attributes(n: int, timex: Timex) -> str:
    named = [("tid", f"t{n}"), ("type", timex.type), ("value", timex.value or "")]
    named += [(k, v) for k, v in (("mod", timex.mod), ("quant", timex.quant), ("freq", timex.freq)) if v]
    if timex.type == "DURATION":
        named += [(name, f"t{n}{letter}") for name, letter, _ in _ends(timex)]
    return " ".join(f"{name}={quoteattr(_clean(value))}" for name, value in named)


def _ends(timex: Timex) -> list[tuple[str, str, str]]:
    ends = (("beginPoint", "b", timex.begin), ("endPoint", "e", timex.end))
    return [(name, letter, moment) for name, letter, moment in ends if moment]


def _points(n: int, timex: Timex) -> Iterator[str]:
    if timex.type != "DURATION":
        return
    for _, letter, moment in _ends(timex):
        kind = "TIME" if "T" in moment else "DATE"
        yield f'<TIMEX3 tid="t{n}{letter}" type="{kind}" value={quoteattr(_clean(moment))}/>'


def _clean(text: str) -> str:
    return _FORBIDDEN.sub(_FORBIDDEN_MARK, text)


def _text(text: str) -> str:
    return escape(_clean(text))
