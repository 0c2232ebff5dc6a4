"""The page budget: what each layer costs, as ratios to tokenising the page, in one run on one core.

    python bench/pages.py [--pages N] [FILE.jsonl[.gz]]

Without a file the bundled sample is read, repeated; where ../shared lies beside the repository its
unlabelled pages. A benchmark prints ratios and never fails.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from rawi.lang.ar.pack import arabic
from rawi.marks.found import Marks
from rawi.model import Article, Reading
from rawi.reader import STEPS, read
from rawi.text.tokens import Tokens, tokenize

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "news"
BUDGET = {
    "tokens": 1.0,
    "quotes": None,
    "times": 0.8,
    "names+places": 1.5,
    "speech": 2.5,
    "assembling, encoding": 0.5,
}


def articles(path: Path, count: int) -> list[Article]:
    """The first ``count`` articles of a JSON lines file."""
    opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in itertools.islice(stream, count)]
    return [
        Article(
            id=str(r["id"]),
            text=f"{r.get('title') or ''}\n{r['text']}",
            outlet=r.get("outlet"),
            published=(r.get("published") or r.get("date") or "")[:10] or None,
        )
        for r in rows
    ]


def timed(clock: dict[str, float], name: str, call: Callable[[], Any]) -> Any:
    """The result of ``call``; its time is added to ``clock[name]``."""
    start = time.perf_counter()
    result = call()
    clock[name] = clock.get(name, 0.0) + time.perf_counter() - start
    return result


def one_page(article: Article, clock: dict[str, float]) -> Iterator[int]:
    """Runs each layer of one page by the clock; yields its number of tokens."""
    pack = arabic()
    tokens: Tokens = timed(clock, "tokens", lambda: tokenize(article.text, pack.letters))
    quotes = timed(clock, "quotes", lambda: STEPS.quotes(tokens, pack))
    times = timed(clock, "times", lambda: STEPS.times(tokens, pack, published=article.published))
    places = timed(clock, "places", lambda: STEPS.places(tokens, pack, outlet=article.outlet))
    names, entities = timed(clock, "names", lambda: STEPS.names(tokens, pack))
    marks = Marks(quotes, times.times, places, names, entities)
    timed(clock, "speech", lambda: STEPS.speech(tokens, marks, pack, article=article))
    reading: Reading = timed(clock, "whole reading", lambda: read(article))
    timed(clock, "encoding", lambda: msgspec.json.encode(reading))
    yield len(tokens)


def main() -> None:
    """Prints the table of shares, articles a second, and start-up time."""
    parser = argparse.ArgumentParser(description="What each layer of a page costs.")
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--pages", type=int, default=300)
    options = parser.parse_args()
    path = options.file
    if path is None:
        found = sorted(NEWS.glob("saudi*.jsonl.gz")) if NEWS.is_dir() else []
        path = found[0] if found else ROOT / "src" / "rawi" / "sample" / "wire.jsonl"
        if not found:
            print("not measured on real pages: ../shared absent; the bundled sample instead")
    pages = articles(path, options.pages)
    for article in pages[:40]:
        read(article)
    clock: dict[str, float] = {}
    words = sum(n for article in pages for n in one_page(article, clock))
    unit = clock["tokens"]
    print(f"{len(pages)} pages of {words / len(pages):.0f} tokens on average")
    for name in ("tokens", "quotes", "times", "names", "places", "speech", "encoding", "whole reading"):
        print(f"{name:16} {clock[name] / unit:6.2f} x tokenising   {1000 * clock[name] / len(pages):7.3f} ms a page")
    whole = clock["whole reading"] + clock["encoding"]
    per_second = len(pages) / whole
    print(f"{per_second:.0f} pages a second; {per_second * (words / len(pages)) / 400:.0f} of 400 tokens")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
    for code in ("pass", "import rawi", "import rawi; rawi.read"):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        print(f"python -c {code!r:28} {1000 * (time.perf_counter() - start):6.0f} ms")


if __name__ == "__main__":
    main()
