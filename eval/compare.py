"""rawi's times beside those of dateparser on the same sentences.

    python eval/compare.py [--shared ../shared]

dateparser is installed only for this (``pip install 'rawi[bench]'``). It searches running text for dates with
the reference as its base and prefers the past (the future in assistant mode); it gives instants without a
grain, so its lenient value is the fair one: the same start instant, cut to the grain of the gold value.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from rawi.model import Span, Timex
from times import ABSENT, SUITES, Mode, lines, suite, times_of

COLUMNS = ("span recall", "precision", "value exact", "value lenient")
Finder = Callable[[str, str, Mode], list[Timex]]


def dateparser_finder() -> Finder | None:
    """A finder of dateparser's search, None where dateparser is not installed."""
    try:
        from dateparser.search import search_dates  # type: ignore[import-untyped]
    except ImportError:
        return None

    def find(text: str, reference: str, mode: Mode) -> list[Timex]:
        settings = {
            "RELATIVE_BASE": datetime.fromisoformat(reference).replace(tzinfo=None),
            "PREFER_DATES_FROM": "past" if mode == "news" else "future",
        }
        found: list[Timex] = []
        at = 0
        for words, moment in search_dates(text, languages=["ar"], settings=settings) or []:
            start = text.find(words, at)
            if start < 0:
                continue
            at = start + len(words)
            begin = moment.replace(tzinfo=None).isoformat()
            value = begin[:10] if begin.endswith("T00:00:00") else begin[:16]
            found.append(Timex(span=Span(start, at), type="DATE", value=value, begin=begin, rule="dateparser"))
        return found

    return find


def main(argv: list[str] | None = None) -> int:
    """Prints a table, a suite and system a line; 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    args = parser.parse_args(argv)
    if not args.shared.is_dir():
        print(ABSENT)
        return 0
    peers: dict[str, Finder | None] = {"rawi": times_of, "dateparser": dateparser_finder()}
    print("| suite (mode) | system | recall | precision | exact | lenient | characters/s |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for title, (file, modes) in SUITES.items():
        rows = lines(args.shared / "times" / file)
        size = sum(len(row["text"]) for row in rows)
        for system, finder in peers.items():
            if finder is None:
                print(f"| {title} | {system} | not installed | | | | |")
                continue
            for mode in modes:
                begun = time.perf_counter()
                f = suite(rows, mode, False, finder)
                speed = size / (time.perf_counter() - begun)
                shown = " | ".join(
                    f"{f[k]:.1f}" for k in ("span recall", "precision", "value exact", "value lenient")
                )
                print(f"| {title} ({mode}) | {system} | {shown} | {speed:,.0f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
