"""Additions that run behind the pages: one after another in one thread, their progress and outcomes kept."""

from __future__ import annotations

import queue
import threading
from contextlib import suppress
from itertools import count
from typing import NamedTuple

from rawi.corpus import Project
from rawi.errors import RawiError
from rawi.show.visible import visible

KEPT = 50
TRACED_AT_ONCE = 1000


class Given(NamedTuple):
    """One thing to add: a name, its bytes (or none for an address that is to be fetched)."""

    name: str
    data: bytes | None


class Outcome(NamedTuple):
    """What became of one input: articles added, articles known before, and what could not be read."""

    name: str
    state: str
    articles: int = 0
    known: int = 0
    failed: int = 0
    faults: tuple[str, ...] = ()


class Import(NamedTuple):
    """One addition: what was given, the outcomes so far, whether it is done."""

    number: int
    total: int
    done: bool
    outcomes: tuple[Outcome, ...]

    @property
    def articles(self) -> int:
        """How many articles were added so far."""
        return sum(o.articles for o in self.outcomes)

    @property
    def failed(self) -> int:
        """How many inputs or parts of inputs could not be read so far."""
        return sum(o.failed for o in self.outcomes)


class _Job(NamedTuple):
    number: int
    given: tuple[Given, ...]
    outlet: str | None
    published: str | None


class Imports:
    """The queue of additions to a project; what was added is traced as well, where that is soon done."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._numbers = count(1)
        self._jobs: queue.Queue[_Job | None] = queue.Queue()
        self._states: dict[int, Import] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self, given: tuple[Given, ...], *, outlet: str | None, published: str | None) -> Import:
        """The addition, queued; it runs in its own thread."""
        with self._lock:
            number = next(self._numbers)
            state = self._states[number] = Import(number, len(given), not given, ())
            for old in sorted(self._states)[:-KEPT]:
                del self._states[old]
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="rawi-imports", daemon=True)
                self._thread.start()
        self._jobs.put(_Job(number, given, outlet, published))
        return state

    def all(self) -> list[Import]:
        """The additions of this run of the workbench, newest first."""
        with self._lock:
            return [self._states[n] for n in sorted(self._states, reverse=True)]

    def find(self, number: int) -> Import | None:
        """The addition with this number."""
        with self._lock:
            return self._states.get(number)

    def close(self) -> None:
        """Ends the thread after the addition that runs."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join(timeout=30)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            for given in job.given:
                outcome = self._add(given, job)
                with self._lock:
                    state = self._states[job.number]
                    self._states[job.number] = state._replace(outcomes=(*state.outcomes, outcome))
            if any(o.articles for o in self._states[job.number].outcomes):
                self._trace()
            with self._lock:
                self._states[job.number] = self._states[job.number]._replace(done=True)

    def _trace(self) -> None:
        """Finds the copies and claims of what was added; a project that was never traced is left to `rawi trace`."""
        counts = self._project.counts()
        if counts["families"] or counts["articles"] <= TRACED_AT_ONCE:
            with suppress(RawiError):
                self._project.trace()

    def _add(self, given: Given, job: _Job) -> Outcome:
        seen = len(self._project.failures())
        try:
            if given.data is None:
                added = self._project.add(
                    [given.name],
                    outlet=job.outlet,
                    published=job.published,
                    allow_fetch=True,
                    workers=1,
                    reread=False,
                )
            else:
                added = self._project.add_bytes(
                    [(given.name, given.data)], outlet=job.outlet, published=job.published
                )
        except RawiError as fault:
            return Outcome(given.name, "failed", failed=1, faults=(visible(str(fault)),))
        except Exception as fault:  # a fault of ours costs this input alone, and is told
            return Outcome(given.name, "failed", failed=1, faults=(f"{type(fault).__name__}: {visible(str(fault))}",))
        faults = tuple(
            visible(f"{f.where or f.name}: {f.what}" + (f" ({f.expected})" if f.expected else ""))
            for f in self._project.failures()[seen:][:20]
        )
        state = "added" if added.articles else "failed" if added.failed else "known"
        if added.articles and added.failed:
            state = "partly"
        return Outcome(given.name, state, added.articles, added.known + added.skipped, added.failed, faults)
