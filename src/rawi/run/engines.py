"""A planned run on an engine: processes of this machine, or the tasks of a Spark cluster, over the same call."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from rawi.lang.ar.pack import arabic
from rawi.run.local import made_by
from rawi.run.pool import Pool, Task, worker_count
from rawi.run.shards import SHARD_MB, Done, Plan, Shard, finished, make_plan, prepare, read_shard
from rawi.run.wire import unpack_fault
from rawi.settings import Settings

Engine = Literal["local", "spark"]
Report = Callable[[int, int], None]
POLL_SECONDS = 1.0


class Run(NamedTuple):
    """What a run did: shards in all, taken over from an earlier run, lost (another run takes them up); articles,
    statements and failures of all shards that are there; seconds of this run."""

    engine: str
    shards: int
    resumed: int
    lost: tuple[str, ...]
    articles: int
    statements: int
    failed: int
    seconds: float


def run_corpus(
    named: Sequence[str | Path],
    out: Path,
    *,
    engine: Engine = "local",
    settings: Settings | None = None,
    shard_mb: float = SHARD_MB,
    master: str | None = None,
    anew: bool = False,
    report: Report | None = None,
) -> Run:
    """What reading files and folders into the folder ``out`` did: ``part-NNNNN.jsonl`` a shard, one reading a line.

    Shards that lie there whole are not read again. ``master`` is Spark's (default: what spark-submit says, else this
    machine). Raises :class:`rawi.errors.RawiError` where an input is missing, ``out`` holds something else, or the
    engine is not installed.
    """
    started = time.monotonic()
    settings = settings or Settings()
    plan = make_plan(named, made_by(arabic()), shard_mb=shard_mb)
    before = prepare(out, plan, anew=anew)
    todo = [s for s in plan.shards if s.number not in before]
    lost: list[str] = []
    if todo and engine == "spark":
        from rawi.run.spark import run_spark

        with _watched(out, plan, report):
            run_spark(todo, plan.hash, out.resolve(), settings, master)
    elif todo:
        lost = list(_local(todo, plan, out, settings, report))
    for path in out.glob("part-*.part"):
        path.unlink(missing_ok=True)  # what a killed process had written
    done = finished(out, plan)
    if report:
        report(len(done), len(plan.shards))
    return Run(engine, len(plan.shards), len(before), tuple(lost), *_sums(done.values()), time.monotonic() - started)


def _sums(done: Collection[Done]) -> tuple[int, int, int]:
    return sum(d.articles for d in done), sum(d.statements for d in done), sum(d.failed for d in done)


def _local(todo: list[Shard], plan: Plan, out: Path, settings: Settings, report: Report | None) -> Iterator[str]:
    """Reads the shards on this machine; what was lost, in words."""
    count, before = min(worker_count(settings.workers), len(todo)), len(plan.shards) - len(todo)
    if count == 1:
        for number, shard in enumerate(todo, 1):
            read_shard(shard, plan.hash, out, settings)
            if report:
                report(before + number, len(plan.shards))
        return
    tasks = (Task("shard", [list(s), plan.hash, str(out)], _size(s), f"{s.name} {s.part}") for s in todo)
    with Pool(count, settings) as pool:
        for number, (_, answers) in enumerate(pool.run(tasks), 1):
            if answers[0][2]:
                yield str(unpack_fault(answers[0][2]))
            if report:
                report(before + number, len(plan.shards))


def _size(shard: Shard) -> int:
    return shard.end - shard.start if shard.end >= 0 else Path(shard.path).stat().st_size


@contextmanager
def _watched(out: Path, plan: Plan, report: Report | None) -> Iterator[None]:
    """Reports the shards that lie in ``out`` while an engine elsewhere makes them."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(POLL_SECONDS):
            if report:
                report(len(list(out.glob("part-*.done.json"))), len(plan.shards))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
