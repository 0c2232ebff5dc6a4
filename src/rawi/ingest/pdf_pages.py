"""The process that takes the text out of one PDF (standard input) and answers with JSON (``python -m``).

It holds itself to limits of memory and processor time; who started it holds it to one of time.
"""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Any

MEMORY = 3 << 30
SECONDS = 80
LONGEST_PAGE = 400_000


def main() -> None:
    """Reads the file, writes ``{"pages": [[first, second], ...]}`` or ``{"fault": ...}``."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _limit()
    data = sys.stdin.buffer.read()
    json.dump(pages_of(data, int(sys.argv[1])), answers)
    answers.close()


def _limit() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def pages_of(data: bytes, most: int) -> dict[str, Any]:
    """Both extractions of each page, or why there are none."""
    try:
        first = _by_pdfium(data, most)
    except (Exception, RecursionError) as fault:
        return {"fault": f"broken ({' '.join(str(fault).split())[:120]})"}
    if len(first) > most:
        return {"fault": f"more than {most:,} pages"}
    try:
        second = _by_pdfminer(data, len(first))
    except (Exception, RecursionError):
        # A second opinion only: where it has none, each digit of the first stands in doubt.
        second = []
    second += [""] * (len(first) - len(second))
    return {"pages": [list(pair) for pair in zip(first, second, strict=True)]}


def _by_pdfium(data: bytes, most: int) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    if len(document) > most:
        return [""] * (most + 1)
    pages = []
    for page in document:
        text = page.get_textpage()
        pages.append(_clean(text.get_text_range()[:LONGEST_PAGE]))
        text.close()
        page.close()
    return pages


def _clean(text: str) -> str:
    """Line breaks as one character; what JSON cannot carry as the replacement character."""
    return text.replace("\r\n", "\n").encode("utf-8", "replace").decode("utf-8")


def _by_pdfminer(data: bytes, count: int) -> list[str]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextContainer

    pages = []
    for page in extract_pages(io.BytesIO(data), maxpages=count, laparams=LAParams(boxes_flow=None)):
        words = "".join(e.get_text() for e in page if isinstance(e, LTTextContainer))
        pages.append(_clean(words[:LONGEST_PAGE]))
    return pages


if __name__ == "__main__":
    main()
