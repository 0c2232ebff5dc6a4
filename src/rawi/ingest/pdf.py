"""PDF: the text of pypdfium2, each page's digits checked against pdfminer.six; in a process with limits of its own.

The order of words on a page is the extractor's, not guaranteed; digits on which the two disagree are a doubt.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from rawi.errors import EmptyInputError, FormatError, TooLargeError
from rawi.ingest.source import Outcome, Source, make_article, source_file
from rawi.model import Doubt, Span

SECONDS = 90.0
MOST_PAGES = 2_000
MOST_DOUBTS = 50
_NUMBER = re.compile(r"\d+")


def read(source: Source) -> Iterator[Outcome]:
    """The article of a PDF file: its pages, one after the other; raises :class:`EmptyInputError` on scanned ones."""
    data = source.data()
    pages = extracted(data, source.name)
    text, doubts = joined(pages)
    if not text.strip():
        raise EmptyInputError("no text in it, only pictures of text", where=source.name, expected="a PDF with text")
    origin = source_file(source, data, f"pypdfium2 {version('pypdfium2')}")
    yield make_article(source, text=text, origin=origin, doubts=doubts)


def extracted(data: bytes, where: str, seconds: float = SECONDS) -> list[tuple[str, str]]:
    """Both extractions of each page; raises an input error on a file that is broken, too long, or takes too long."""
    command = [sys.executable, "-m", "rawi.ingest.pdf_pages", str(MOST_PAGES)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as fault:
        raise TooLargeError(
            f"took more than {seconds:.0f} seconds", where=where, expected="a PDF of usual size"
        ) from fault
    answer = _answer(done.stdout)
    if done.returncode != 0 or answer is None:
        raise FormatError("cannot be read", where=where, expected="a whole PDF file")
    if "fault" in answer:
        raise FormatError(str(answer["fault"]), where=where, expected="a PDF file without a password")
    return [(str(a), str(b)) for a, b in answer["pages"]]


def _answer(output: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(output)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def joined(pages: list[tuple[str, str]]) -> tuple[str, tuple[Doubt, ...]]:
    """The text of all pages, and a doubt at each number of a page that the second extraction has not.

    >>> joined([("killed 52", "killed 25")])[1][0].params
    {'page': '1', 'first': '52', 'second': '25'}
    """
    pieces: list[str] = []
    doubts: list[Doubt] = []
    at = 0
    for number, (first, second) in enumerate(pages, 1):
        doubts.extend(_digit_doubts(first, second, number, at))
        pieces.append(first)
        at += len(first) + 1
    return "\n".join(pieces), tuple(doubts[:MOST_DOUBTS])


def _digit_doubts(first: str, second: str, page: int, at: int) -> Iterator[Doubt]:
    ours = Counter(_NUMBER.findall(first))
    theirs = Counter(_NUMBER.findall(second))
    only_theirs = " ".join(sorted((theirs - ours).elements())[:12])
    left = ours - theirs
    for match in _NUMBER.finditer(first):
        if left[match.group()] > 0:
            left[match.group()] -= 1
            span = Span(at + match.start(), at + match.end())
            params = {"page": str(page), "first": match.group(), "second": only_theirs}
            yield Doubt(code="extraction-suspect", span=span, params=params)
    if only_theirs and not ours - theirs:
        params = {"page": str(page), "first": "", "second": only_theirs}
        yield Doubt(code="extraction-suspect", span=Span(at, at + max(len(first), 1)), params=params)
