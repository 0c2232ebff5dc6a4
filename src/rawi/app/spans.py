"""Spans as they come from the store's JSON columns and from the hands of reviewers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from rawi.errors import InputError
from rawi.model import Span

_WRITTEN = re.compile(r"(\d{1,9})\s*[-\u2013]\s*(\d{1,9})")


def spans_of(value: Any) -> tuple[Span, ...]:
    """The spans of a stored JSON value: ``[[start, end]]``, or one or several objects with ``start`` and ``end``.

    >>> spans_of([{"start": 1, "end": 2}]) == spans_of([[1, 2]]) == spans_of({"start": 1, "end": 2})
    True
    """
    items = [value] if isinstance(value, Mapping) else value or ()
    found = []
    for item in items:
        start, end = (item["start"], item["end"]) if isinstance(item, Mapping) else item
        found.append(Span(int(start), int(end)))
    return tuple(found)


def spans_in_writing(spans: Iterable[Span]) -> str:
    """Spans as a reviewer writes them.

    >>> spans_in_writing((Span(12, 30), Span(35, 40)))
    '12-30, 35-40'
    """
    return ", ".join(f"{s.start}-{s.end}" for s in spans)


def spans_written(words: str, where: str = "span") -> list[list[int]]:
    """The spans of ``12-30, 35-40``: code points, end exclusive, in text order; raises :class:`InputError`.

    >>> spans_written("12-30, 35-40"), spans_written(" ")
    ([[12, 30], [35, 40]], [])
    """
    found = []
    for part in (p.strip() for p in words.split(",")):
        if not part:
            continue
        match = _WRITTEN.fullmatch(part)
        if match is None or int(match[1]) >= int(match[2]):
            raise InputError(f"no span: {part[:40]!r}", where=where, expected="start-end, such as 12-30")
        found.append([int(match[1]), int(match[2])])
    return sorted(found)
