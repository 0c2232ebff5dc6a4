"""A whole corpus: articles a second into a project, its size, and how long each view of it takes.

    python bench/corpus.py [--project DIR] [--queries N] [FILE.jsonl[.gz] ...]

An existing project is only asked; without one a project is made of the files (where ../shared lies beside the
repository, of its newspaper month) in a folder of its own. Words to ask for are taken from its headlines by a fixed
seed. Wall time and processor time: on a shared machine the second is the one to compare.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import rawi
from rawi.corpus import Project
from rawi.store.search import Filters

NEWS = Path(__file__).resolve().parents[2] / "shared" / "news" / "saudi_2015_07.jsonl.gz"
LIMIT_MS = 300


def views(project: Project, words: list[str]) -> dict[str, Callable[[str], Any]]:
    """Each view of the workbench as a call that takes a word."""
    facets = project.facets()
    first = {kind: (values[0].value,) for kind, values in facets.items() if values}
    refs = [h.document.ref for h in project.ask(order="newest", limit=200).hits]
    statements = [s.id for s in project.statements(order="newest", limit=200).statements]
    families = [f.id for f in project.families(limit=100)[0]]
    chance = random.Random(7)
    found: dict[str, Callable[[str], Any]] = {
        "newest": lambda _: project.ask(order="newest"),
        "search, stems": lambda w: project.ask(w),
        "search, spellings": lambda w: project.ask(w, mode="words"),
        "search, exact": lambda w: project.ask(w, mode="exact"),
        "facets of a search": lambda w: project.facets(w),
        "facets of everything": lambda _: project.facets(),
        "facets of a speaker": lambda _: project.facets(filters=Filters(speaker=first["speaker"])),
        "an outlet and a place": lambda _: project.ask(filters=Filters(outlet=first["outlet"], place=first["place"])),
        "an article": lambda _: project.article(chance.choice(refs)),
        "statements of a search": lambda w: project.statements(w),
        "review queue": lambda _: project.statements(order="doubtful", filters=Filters(review=("open",))),
        "a chain": lambda _: project.chain(chance.choice(statements)),
        "who said": lambda w: project.who_said(w),
        "speakers": lambda _: project.sources(),
        "map": lambda w: project.places(w),
        "timeline": lambda w: project.timeline(w),
        "families": lambda _: project.families(least_outlets=2),
        "families of a search": lambda w: project.families(w),
    }
    if families:
        found["a family"] = lambda _: project.family(chance.choice(families))
    return found


def some_words(project: Project, count: int) -> list[str]:
    """Words and pairs of words of headlines, drawn by a fixed seed."""
    chance = random.Random(20150721)
    rows = project.db.execute("SELECT title FROM document WHERE latest = 1 ORDER BY ref LIMIT 5000").fetchall()
    titles = [w for r in rows if len(w := [p for p in r[0].split() if len(p) > 3 and p.isalpha()]) > 2]
    words = []
    for i in range(count):
        title = chance.choice(titles)
        at = chance.randrange(len(title) - 1)
        words.append(" ".join(title[at : at + 1 + i % 2]))
    return words


def measure(call: Callable[[str], Any], words: list[str]) -> tuple[float, float, float]:
    """Median, 95th percentile and mean processor time of a view, in milliseconds."""
    walls = []
    processor = time.process_time()
    for word in words:
        started = time.perf_counter()
        call(word)
        walls.append(1000 * (time.perf_counter() - started))
    walls.sort()
    spent = 1000 * (time.process_time() - processor) / len(words)
    return walls[len(walls) // 2], walls[min(len(walls) - 1, int(0.95 * len(walls)))], spent


def fill(project: Project, files: list[Path], workers: int) -> None:
    """Adds the files and traces, and prints the rates."""
    started, processor = time.monotonic(), time.process_time()
    added = project.add(files, workers=workers)
    wall = time.monotonic() - started
    own = time.process_time() - processor
    print(f"added   {added.articles:,} articles, {added.failed} failed, {added.articles / wall:,.0f} a second")
    print(f"        writing alone {1000 * own / max(added.articles, 1):.1f} ms an article")
    traced = project.trace()
    print(
        f"traced  {traced.documents:,} articles in {traced.seconds:.0f} s:"
        f" {traced.families:,} families, {traced.copies:,} copies"
    )
    bytes_ = (project.folder / "rawi.sqlite").stat().st_size
    print(f"size    {bytes_ / max(added.articles, 1) / 1024:.1f} KiB an article in the database")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory  {peak:.0f} MiB at most in this process")


def main() -> None:
    """Fills or opens a project, then times its views."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--project", type=Path)
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--workers", type=int, default=0)
    options = parser.parse_args()
    files = options.files or ([NEWS] if NEWS.exists() else [])
    if options.project is None and not files:
        print("not measured: ../shared absent")
        return
    with tempfile.TemporaryDirectory() as folder, rawi.open(options.project or folder) as project:
        if options.project is None:
            fill(project, files, options.workers)
        words = some_words(project, options.queries)
        print(f"\n{'view':26}{'median ms':>10}{'p95 ms':>10}{'cpu ms':>10}   (p95 at most {LIMIT_MS})")
        for name, call in views(project, words).items():
            median, high, spent = measure(call, words)
            print(f"{name:26}{median:10.1f}{high:10.1f}{spent:10.1f}{'' if high <= LIMIT_MS else '   slow'}")


if __name__ == "__main__":
    main()
