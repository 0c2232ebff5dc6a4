"""How a run grows, and what a second process and Spark cost or save: ratios in one run, on generated articles.

    python bench/scale.py [--articles N] [--spark]

Articles are the bundled sample's paragraphs, drawn anew with a fixed seed, so that no two texts are the same.
Printed: the exponent of time and of bytes as the corpus grows fourfold (1 = in proportion), the wall time of two
local processes and of Spark on two workers as a ratio to one process, and whether all wrote the same
bytes. A benchmark prints ratios; it fails only where the bytes differ.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import rawi
from rawi.lang.ar.pack import arabic
from rawi.run.engines import Engine, run_corpus
from rawi.settings import Settings

SAMPLE = Path(rawi.__file__).parent / "sample" / "wire.jsonl"
GROWTH = 4
SHARDS = 8


class Timed(NamedTuple):
    """One run: seconds, bytes written, and the bytes themselves as one digest a shard."""

    seconds: float
    size: int
    digests: tuple[str, ...]


def generated(count: int, seed: int = 20261128) -> str:
    """``count`` articles as JSON lines: four paragraphs each, and a number that makes the text its own."""
    source = random.Random(seed)
    records = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    paragraphs = [p for r in records for p in r["text"].split("\n") if len(p) > 80]
    made = []
    for n in range(count):
        text = "\n".join([*source.sample(paragraphs, 4), f"({n})"])
        day = f"2024-05-{1 + n % 28:02d}"
        made.append(json.dumps({"id": f"g{n}", "text": text, "outlet": f"outlet {n % 40}", "published": day}))
    return "\n".join(made) + "\n"


def timed(corpus: Path, out: Path, workers: int, engine: Engine = "local") -> Timed:
    """One run of ``corpus`` from nothing."""
    # Shards of a fixed number, whatever the size, so that every worker has some.
    shard_mb = corpus.stat().st_size / SHARDS / (1 << 20)
    start = time.perf_counter()
    master = f"local[{workers}]" if engine == "spark" else None
    run_corpus([corpus], out, engine=engine, settings=Settings(workers=workers), shard_mb=shard_mb, master=master)
    seconds = time.perf_counter() - start
    parts = sorted(out.glob("part-*.jsonl"))
    digests = tuple(json.loads(p.read_text())["sha256"] for p in sorted(out.glob("part-*.done.json")))
    return Timed(seconds, sum(p.stat().st_size for p in parts), digests)


def main() -> int:
    """0 where every engine wrote the same bytes, else 1."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--spark", action="store_true", help="Spark on two workers too (Java, rawi[spark])")
    chosen = parser.parse_args()
    arabic()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        small, large = here / "small.jsonl", here / "large.jsonl"
        small.write_text(generated(chosen.articles // GROWTH), encoding="utf-8")
        large.write_text(generated(chosen.articles), encoding="utf-8")
        timed(small, here / "warm", 1)
        few = timed(small, here / "few", 1)
        one = timed(large, here / "one", 1)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{chosen.articles} articles, {one.size / large.stat().st_size:.1f} bytes written for one read")
        print(
            f"exponent of time {exponent(few.seconds, one.seconds):.2f}, of bytes {exponent(few.size, one.size):.2f}"
        )
        print(f"peak memory of one process {peak} MiB")
        runs = {"two local processes": timed(large, here / "two", 2)}
        if chosen.spark and find_spec("pyspark"):
            runs["Spark, two workers, its start included"] = timed(large, here / "spark", 2, "spark")
        for name, run in runs.items():
            print(f"{name}: {run.seconds / one.seconds:.2f} of the time of one process")
        same = all(run.digests == one.digests for run in runs.values())
    print("all wrote the same bytes" if same else "THE BYTES DIFFER")
    return int(not same)


def exponent(small: float, large: float) -> float:
    """The exponent of growth between two runs whose corpora differ by ``GROWTH``."""
    return math.log(large / small) / math.log(GROWTH)


if __name__ == "__main__":
    sys.exit(main())
