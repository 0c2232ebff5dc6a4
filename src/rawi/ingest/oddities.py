"""Doubts that a text raises by its characters alone: counts of code points, no words of any language."""

from __future__ import annotations

import re

from rawi.model import Doubt, Span

_ODD = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
_LETTER = re.compile(r"[^\W\d_]")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdff\ufe70-\ufefc]")
# Bytes of Arabic in UTF-8 read as a Latin or Arabic single-byte page: pairs that no language writes.
_MOJIBAKE = re.compile(
    "[\u00d8\u00d9][\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]|[\u0637\u0638][\u00a0-\u00bf\u2013-\u2122]"
)
SAMPLE = 20_000


def arabic_share(text: str) -> float:
    """The share of Arabic-script letters among the letters of (the first 20,000 characters of) ``text``, 0 to 1."""
    part = text[:SAMPLE]
    letters = len(_LETTER.findall(part))
    return len(_ARABIC.findall(part)) / letters if letters else 0.0


def doubts_of(text: str) -> tuple[Doubt, ...]:
    """The doubts of a text as received.

    >>> [d.code for d in doubts_of("abc" + chr(0))]
    ['odd-characters', 'language-other']
    """
    found: list[Doubt] = []
    odd = _ODD.findall(text)
    pairs = len(_MOJIBAKE.findall(text[:SAMPLE]))
    if pairs > 20 and 8 * pairs > len(text[:SAMPLE]):
        found.append(Doubt(code="odd-characters", params={"looks": "decoded-twice"}))
    elif odd:
        first = text.index(odd[0])
        codes = " ".join(f"U+{ord(c):04X}" for c in sorted(set(odd))[:8])
        found.append(
            Doubt(code="odd-characters", span=Span(first, first + 1), params={"codes": codes, "count": str(len(odd))})
        )
    if arabic_share(text) < 0.3 and _LETTER.search(text):
        found.append(Doubt(code="language-other"))
    return tuple(found)
