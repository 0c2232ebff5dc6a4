"""A reading process: takes tasks from standard input, answers on standard output (``python -m rawi.run.worker``)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from rawi.errors import RawiError
from rawi.ingest.source import Carried, Given, Source
from rawi.run.failures import guarded_outcomes, guarded_reading, unexpected
from rawi.run.shards import Shard, read_shard
from rawi.run.wire import pack_fault, pack_record, receive, send, unpack_article
from rawi.settings import Settings


def serve(tasks: BinaryIO, answers: BinaryIO) -> None:
    """Answers tasks until their stream ends; the first message holds the settings."""
    try:
        settings = msgspec.convert(receive(tasks), Settings)
        while True:
            kind, payload = receive(tasks)
            send(answers, answer(kind, payload, settings))
    except (EOFError, BrokenPipeError):
        return


def answer(kind: str, payload: Any, settings: Settings) -> list[list[Any]]:
    """For ``read``, a list of packed articles: each reading or fault. For ``file``, one input: its outcomes, each
    ``[article, reading, fault]`` with None for what is not there. For ``shard``, one that is written where it says:
    nothing, or the fault."""
    if kind == "shard":
        return [_shard(payload, settings)]
    if kind == "read":
        return [_read(data) for data in payload]
    return [_outcome(outcome) for outcome in guarded_outcomes(source_of(payload, settings))]


def _read(data: bytes) -> list[Any]:
    made = guarded_reading(unpack_article(data))
    return [None, None, pack_fault(made)] if isinstance(made, RawiError) else [None, pack_record(made), None]


def _shard(payload: list[Any], settings: Settings) -> list[Any]:
    shard, plan_hash, out = payload
    try:
        read_shard(Shard(*shard), plan_hash, Path(out), settings)
    except OSError as fault:
        return [None, None, pack_fault(unexpected(fault, out))]
    return [None, None, None]


def _outcome(outcome: Any) -> list[Any]:
    if isinstance(outcome, RawiError):
        return [None, None, pack_fault(outcome)]
    made = guarded_reading(outcome)
    if isinstance(made, RawiError):
        return [pack_record(outcome), None, pack_fault(made)]
    return [pack_record(outcome), pack_record(made), None]


def source_of(payload: list[Any], settings: Settings) -> Source:
    """The source that a ``file`` task names: its shown name, the path of its evidence, what was said and carried."""
    name, path, said, carried = payload
    return Source(name, _opener(path), Given(*said), settings, Carried(*carried))


def _opener(path: str) -> Any:
    return lambda: Path(path).open("rb")


def main() -> None:
    """Keeps the answers apart from whatever a library prints."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
