"""Adding and re-reading on this machine: inputs to stored readings, batch by batch, in the order of the inputs."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from rawi.errors import RawiError
from rawi.ingest.source import Given, Source
from rawi.lexicon.pack import Pack
from rawi.model import Article, Reading
from rawi.run.failures import guarded_outcomes, guarded_reading
from rawi.run.plan import Named, Planner, Work, named_inputs
from rawi.run.pool import Pool, Task, worker_count
from rawi.run.wire import pack_record, unpack_article, unpack_fault, unpack_reading
from rawi.settings import Settings
from rawi.store.evidence import clear_parts
from rawi.store.load import has_reading, load_article, stale_documents
from rawi.store.write import Outcome, write_batch, write_readings
from rawi.version import __version__

NOTHING = Given()
BATCH = 100
BATCH_SECONDS = 2.0
CHUNK = 8
CHUNK_BYTES = 1 << 18
SMALL_BYTES = 400_000
SMALL_FILES = 24


class Progress(NamedTuple):
    """How far a run is: bytes of the inputs taken and to take, articles read, known before, failed; the input now."""

    taken: int
    total: int
    articles: int
    known: int
    failed: int
    name: str


class Added(NamedTuple):
    """What an adding run did: articles read and stored, articles that were there already, failures, inputs that were
    stored whole before, readings made anew, and files of other kinds left out by suffix."""

    articles: int
    known: int
    failed: int
    skipped: int
    reread: int
    left_out: dict[str, int]


Report = Callable[[Progress], None]


class _Item(NamedTuple):
    """One position of an input on its way: an article to be read, one that is known, or a failure."""

    work: Work
    position: int
    article: Article | None = None
    reading: Reading | None = None
    failure: RawiError | None = None
    end: bool = False


class Adding:
    """One adding run over a project."""

    def __init__(
        self,
        db: sqlite3.Connection,
        folder: Path,
        settings: Settings,
        language: Pack,
        *,
        said: Given = NOTHING,
        allow_fetch: bool = False,
        workers: int = 0,
        report: Report | None = None,
    ) -> None:
        self._db, self._settings, self._language = db, settings, language
        self._planner = Planner(db, folder, settings, said, allow_fetch=allow_fetch)
        self._workers = worker_count(workers or settings.workers)
        self._made_by = made_by(language)
        self._report = report
        self._total = self._done_bytes = self._articles = self._known = self._failed = self._skipped = 0
        clear_parts(folder)

    def add(self, paths: Sequence[str | Path | Named]) -> Added:
        """Adds files, folders, addresses and bytes, then what an earlier run left unfinished, then reads anew what
        other tables or another version have read."""
        given = [p for p in paths if isinstance(p, Named)]
        found, left_out = named_inputs([p for p in paths if not isinstance(p, Named)])
        found = [*found, *given]
        self._total = sum(n.size for n in found)
        with self._pool(self._total, len(found)) as pool:
            self._take(self._works(found), pool)
            self._take(self._planner.unfinished(), pool)
        return Added(self._articles, self._known, self._failed, self._skipped, 0, left_out)

    def reread(self) -> int:
        """How many stored articles were read anew: those without a reading by this version and these tables."""
        stale = stale_documents(self._db, self._made_by)
        self._total, self._done_bytes, count = len(stale), 0, 0
        with self._pool(len(stale) * 4000, len(stale)) as pool:
            batch: list[tuple[int, Reading]] = []
            for n, reading in self._read_stored(stale, pool):
                self._done_bytes += 1
                if reading is not None:
                    batch.append((n, reading))
                    count += 1
                if len(batch) >= BATCH:
                    write_readings(self._db, batch, self._language)
                    batch = []
                self._tell("")
            write_readings(self._db, batch, self._language)
        return count

    def _pool(self, size: int, files: int) -> Any:
        small = size < SMALL_BYTES and files < SMALL_FILES
        return nullcontext() if self._workers == 1 or small else Pool(self._workers, self._settings)

    def _works(self, found: Iterable[Named]) -> Iterator[Work]:
        for named in found:
            work = self._planner.work(named)
            if isinstance(work, Work):
                yield work
                continue
            self._done_bytes += named.size
            if work is None:
                self._skipped += 1
            else:
                self._failed += 1
            self._tell(named.name)

    def _take(self, works: Iterable[Work], pool: Pool | None) -> None:
        """Stores what comes of the works, an input after the other, in batches."""
        items = self._read_here(works) if pool is None else self._read_there(works, pool)
        batch: list[Outcome] = []
        started = time.monotonic()
        for item in items:
            if not item.end:
                batch.append(Outcome(item.position, item.article, item.reading, item.failure))
                self._count(item)
            if item.end or len(batch) >= BATCH or time.monotonic() - started > BATCH_SECONDS:
                write_batch(self._db, item.work.input.n, batch, self._language, done=item.end)
                batch, started = [], time.monotonic()
                self._tell(item.work.source.name)

    def _count(self, item: _Item) -> None:
        if item.failure is not None:
            self._failed += 1
        if item.reading is not None:
            self._articles += 1
        elif item.failure is None:
            self._known += 1

    def _tell(self, name: str) -> None:
        if self._report:
            self._report(Progress(self._done_bytes, self._total, self._articles, self._known, self._failed, name))

    def _items(self, work: Work) -> Iterator[_Item]:
        """The positions of an input that are not stored yet, unread, and its end."""
        before = self._done_bytes
        counted = _Counted(work.source)
        for position, outcome in enumerate(guarded_outcomes(counted.source)):
            if position >= work.input.outcomes:
                if isinstance(outcome, RawiError):
                    yield _Item(work, position, failure=outcome)
                else:
                    yield _Item(work, position, article=outcome)
            self._done_bytes = before + min(counted.read, work.size)
        self._done_bytes = before + work.size
        yield _Item(work, -1, end=True)

    def _is_known(self, article: Article) -> bool:
        return has_reading(self._db, article.id, article.key, self._made_by)

    def _read_here(self, works: Iterable[Work]) -> Iterator[_Item]:
        for work in works:
            for item in self._items(work):
                if item.article is None or self._is_known(item.article):
                    yield item
                    continue
                made = guarded_reading(item.article)
                yield item._replace(failure=made) if isinstance(made, RawiError) else item._replace(reading=made)

    def _read_there(self, works: Iterable[Work], pool: Pool) -> Iterator[_Item]:
        for task, answers in pool.run(self._tasks(works)):
            if task.kind == "file":
                yield from self._from_file(task.note, answers)
                continue
            read = iter(answers)
            for item in task.note:
                if item.end or item.failure is not None or (item.article is not None and item.reading is _KNOWN):
                    yield item._replace(reading=None)
                else:
                    yield _joined(item, next(read))

    def _tasks(self, works: Iterable[Work]) -> Iterator[Task]:
        """Whole inputs of one document each, and the articles of the others in chunks."""
        for work in works:
            if work.payload is not None:
                yield Task("file", work.payload, work.size, work.source.name, work)
                continue
            chunk: list[_Item] = []
            size = 0
            for item in self._items(work):
                if item.article is not None and self._is_known(item.article):
                    item = item._replace(reading=_KNOWN)
                chunk.append(item)
                size += len(item.article.text) if item.article else 0
                if item.end or len(chunk) >= CHUNK or size > CHUNK_BYTES:
                    yield _reading_task(work, chunk, size)
                    chunk, size = [], 0

    def _from_file(self, work: Work, answers: list[list[Any]]) -> Iterator[_Item]:
        for position, (article, reading, fault) in enumerate(answers):
            yield _Item(
                work,
                position,
                article=unpack_article(article) if article else None,
                reading=unpack_reading(reading) if reading else None,
                failure=unpack_fault(fault) if fault else None,
            )
        self._done_bytes += work.size
        yield _Item(work, -1, end=True)

    def _read_stored(self, stale: list[int], pool: Pool | None) -> Iterator[tuple[int, Reading | None]]:
        if pool is None:
            for n in stale:
                made = guarded_reading(load_article(self._db, n))
                yield n, None if isinstance(made, RawiError) else made
            return
        for task, answers in pool.run(self._stored_tasks(stale)):
            for n, answer in zip(task.note, answers, strict=False):
                yield n, unpack_reading(answer[1]) if answer[1] else None

    def _stored_tasks(self, stale: list[int]) -> Iterator[Task]:
        for start in range(0, len(stale), CHUNK):
            numbers = stale[start : start + CHUNK]
            packed = [pack_record(load_article(self._db, n)) for n in numbers]
            yield Task("read", packed, sum(map(len, packed)), "stored articles", numbers)


# Stands for the reading that is stored already.
_KNOWN = Reading(id="", key="", text="")


def _reading_task(work: Work, chunk: list[_Item], size: int) -> Task:
    packed = [pack_record(i.article) for i in chunk if i.article is not None and i.reading is not _KNOWN]
    return Task("read", packed, size, work.source.name, chunk)


def _joined(item: _Item, answer: list[Any]) -> _Item:
    _, reading, fault = answer
    if fault:
        return item._replace(failure=unpack_fault(fault))
    return item._replace(reading=unpack_reading(reading))


def made_by(language: Pack) -> str:
    """The version and tables that readings are made by here, as the database notes them."""
    return f"{__version__} {language.tables_hash}"


class _Counted:
    """A source that notes how many bytes of it were read; the head that tells its form is counted anew."""

    def __init__(self, source: Source) -> None:
        self.read = 0
        opener = source.opener

        def opened() -> BinaryIO:
            self.read = 0
            return cast("BinaryIO", _CountedStream(opener(), self))

        self.source = source._replace(opener=opened)


class _CountedStream:
    """A binary stream whose reads are counted; everything else is the stream's own."""

    def __init__(self, stream: BinaryIO, counter: _Counted) -> None:
        self._stream, self._counter = stream, counter

    def __enter__(self) -> _CountedStream:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def __iter__(self) -> Iterator[bytes]:
        while line := self.readline():
            yield line

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._counter.read += len(data)
        return data

    def readline(self, size: int = -1) -> bytes:
        data = self._stream.readline(size)
        self._counter.read += len(data)
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
