"""A pool of reading processes: tasks in, answers out in the order of the tasks; a lost process costs a retry."""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

import msgspec

from rawi.run.failures import lost_worker
from rawi.run.wire import pack_fault, receive, send
from rawi.settings import Settings

AHEAD = 4
PATIENCE = 120.0
PER_MB = 60.0


class Task(NamedTuple):
    """Something to do: ``kind`` and ``payload`` as the worker takes them, ``size`` in bytes, ``where`` for failures.

    ``note`` stays with the caller and comes back with the answer.
    """

    kind: str
    payload: Any
    size: int
    where: str
    note: Any = None


class _Running(NamedTuple):
    number: int
    task: Task
    deadline: float
    tries: int


class Pool:
    """``count`` reading processes under the same settings."""

    def __init__(self, count: int, settings: Settings) -> None:
        self._settings, self._count = settings, count
        self._selector = selectors.DefaultSelector()
        self._idle: list[subprocess.Popen[bytes]] = []
        self._busy: dict[subprocess.Popen[bytes], _Running] = {}
        self._again: deque[tuple[int, Task, int]] = deque()
        self._answers: dict[int, list[list[Any]]] = {}

    def __enter__(self) -> Pool:
        for _ in range(self._count):
            self._start()
        return self

    def __exit__(self, *_: object) -> None:
        for process in [*self._idle, *self._busy]:
            self._end(process)
        self._selector.close()

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, list[list[Any]]]]:
        """Each task with its answer, in order; at most a few tasks a process are taken ahead of the answers."""
        source = iter(tasks)
        waiting: deque[Task] = deque()
        first = taken = 0
        more = True
        while more or waiting:
            while more and taken - first < self._count * AHEAD and self._idle and not self._again:
                task = next(source, None)
                if task is None:
                    more = False
                    break
                waiting.append(task)
                self._give(taken, task, 0)
                taken += 1
            while self._again and self._idle:
                self._give(*self._again.popleft())
            if waiting and first not in self._answers:
                self._collect()
            while waiting and first in self._answers:
                yield waiting.popleft(), self._answers.pop(first)
                first += 1

    def _start(self) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "rawi.run.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        assert process.stdin is not None and process.stdout is not None
        send(process.stdin, msgspec.to_builtins(self._settings))  # type: ignore[arg-type]
        self._idle.append(process)

    def _give(self, number: int, task: Task, tries: int) -> None:
        process = self._idle.pop()
        deadline = time.monotonic() + PATIENCE + PER_MB * task.size / (1 << 20)
        self._busy[process] = _Running(number, task, deadline, tries)
        self._selector.register(process.stdout, selectors.EVENT_READ, process)  # type: ignore[arg-type]
        try:
            send(process.stdin, [task.kind, task.payload])  # type: ignore[arg-type]
        except OSError:
            self._lost(process, None)

    def _collect(self) -> None:
        """Waits for one answer, a lost process, or the end of somebody's time."""
        if not self._busy:
            return
        moment = time.monotonic()
        patience = max(0.0, min(r.deadline for r in self._busy.values()) - moment)
        for key, _ in self._selector.select(patience):
            process = key.data
            try:
                answer = receive(process.stdout)
            except (EOFError, OSError, msgspec.DecodeError):
                self._lost(process, None)
                continue
            running = self._busy.pop(process)
            self._selector.unregister(process.stdout)
            self._idle.append(process)
            self._answers[running.number] = answer
        moment = time.monotonic()
        for process, running in list(self._busy.items()):
            if moment >= running.deadline:
                self._lost(process, PATIENCE + PER_MB * running.task.size / (1 << 20))

    def _lost(self, process: subprocess.Popen[bytes], seconds: float | None) -> None:
        """Replaces a process; its task is tried once more (articles one by one), then it is a failure."""
        running = self._busy.pop(process)
        self._selector.unregister(process.stdout)  # type: ignore[arg-type]
        self._end(process)
        self._start()
        task = running.task
        if running.tries == 0 and seconds is None:
            self._again.append((running.number, task, 1))
        elif task.kind == "read" and len(task.payload) > 1:
            self._answers[running.number] = self._one_by_one(task)
        else:
            self._answers[running.number] = [[None, None, pack_fault(lost_worker(task.where, seconds))]]

    def _one_by_one(self, task: Task) -> list[list[Any]]:
        """The answers of a task whose process died, each article in a fresh process of its own."""
        answers: list[list[Any]] = []
        for payload in task.payload:
            with Pool(1, self._settings) as single:
                piece = Task(task.kind, [payload], task.size, task.where)
                answers.extend(answer[0] for _, answer in single.run([piece]))
        return answers

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> None:
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        process.wait()


def worker_count(wanted: int) -> int:
    """How many processes: as many as wanted, one a core for 0."""
    return wanted or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1))
