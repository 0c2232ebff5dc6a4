"""A corpus in shards: planned from sizes alone, each read by one pure call, each written whole or not at all.

A shard is a range of whole lines of a JSONL file, a row group of a Parquet file, or any other input whole. The parts,
one after the other, are the lines that ``rawi read --format jsonl`` writes; which engine read them leaves no trace.
"""

from __future__ import annotations

import io
import json
import os
import uuid
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

import msgspec

from rawi.errors import ExportError, FormatError, InputError, RawiError
from rawi.ingest.jsonl import dumps
from rawi.ingest.source import MIB, Given, Outcome, Source
from rawi.ingest.walk import find_files, open_bytes
from rawi.run.failures import guarded_outcomes, guarded_reading
from rawi.run.wire import escaped
from rawi.settings import Settings

SHARD_MB = 4
ROWS = 256
COLUMNS = ("id", "text", "title", "title_span", "outlet", "url", "published", "date", "published_as")
LINES = (".jsonl", ".ndjson")
UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Shard(NamedTuple):
    """One piece of a corpus: the input as named and where it lies; bytes ``start`` to ``end`` of it, or all for an
    ``end`` of -1; a Parquet row group, or -1."""

    number: int
    name: str
    path: str
    start: int
    end: int
    group: int

    @property
    def part(self) -> str:
        """The name of its part without a suffix."""
        return f"part-{self.number:05d}"


class Done(NamedTuple):
    """What reading a shard did: articles read, statements found, failures, and the SHA-256 of its part."""

    shard: int
    articles: int
    statements: int
    failed: int
    sha256: str


class Plan(NamedTuple):
    """The shards of a run, and a hash of what decides the readings: inputs, shards, version and tables."""

    shards: tuple[Shard, ...]
    hash: str
    made_by: str


def make_plan(named: Sequence[str | Path], made_by: str, *, shard_mb: float = SHARD_MB) -> Plan:
    """The plan for files and folders, in order. Looks at sizes and line ends only, however large the corpus is.

    Raises :class:`InputError` where an input is not there, :class:`FormatError` on a Parquet file without a column
    ``text``.
    """
    digest = sha256(made_by.encode())
    shards: list[Shard] = []
    for name in _files(named):
        path = Path(name).resolve()
        try:
            state = path.stat()
        except OSError as fault:
            raise InputError(fault.strerror or str(fault), where=name, expected="a file or a folder") from fault
        digest.update(repr((name, state.st_size, state.st_mtime_ns)).encode("utf-8", "surrogatepass"))
        for start, end, group in _cuts(path, state.st_size, max(1, int(shard_mb * MIB))):
            shards.append(Shard(len(shards), name, str(path), start, end, group))
            digest.update(repr((start, end, group)).encode())
    return Plan(tuple(shards), digest.hexdigest()[:16], made_by)


def _files(named: Sequence[str | Path]) -> Iterator[str]:
    """The files in order; a folder's Parquet files after those that the readers know."""
    for name in map(str, named):
        yield from find_files([name]).files
        if Path(name).is_dir():
            yield from sorted(map(str, Path(name).rglob("*.parquet")))


def _cuts(path: Path, size: int, most: int) -> Iterator[tuple[int, int, int]]:
    if path.suffix.lower() == ".parquet":
        yield from ((0, -1, group) for group in range(_parquet(path).num_row_groups))
        return
    if path.suffix.lower() not in LINES or size <= most:
        yield 0, -1, -1
        return
    with path.open("rb") as stream:
        if stream.read(2) in UTF16:
            yield 0, -1, -1
            return
        start = 0
        while start < size:
            stream.seek(min(start + most, size) - 1)
            stream.readline()
            end = stream.tell()
            yield start, end, -1
            start = end


def _parquet(path: Path) -> Any:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(path)
    except (OSError, pa.ArrowException) as fault:
        raise FormatError(f"no Parquet: {fault}", where=str(path), expected="a Parquet file of articles") from fault
    if not {"text", "title"} & set(file.schema_arrow.names):
        there = ", ".join(file.schema_arrow.names[:8])
        raise FormatError(f"columns {there}", where=str(path), expected=f"text, and of {', '.join(COLUMNS)} what is")
    return file


def read_shard(shard: Shard, plan_hash: str, out: Path, settings: Settings) -> Done:
    """What reading the shard did, after its part, its failures and, last, its mark lie whole in ``out``.

    The same shard gives the same bytes each time, so that a lost process or a second try costs nothing else.
    """
    articles = statements = failed = 0
    digest = sha256()
    token = f".{uuid.uuid4().hex}.part"
    lines, faults = out / f"{shard.part}{token}", out / f"{shard.part}.failed{token}"
    try:
        with lines.open("wb") as stream, faults.open("wb") as told:
            for outcome in outcomes_of(shard, settings):
                made = outcome if isinstance(outcome, RawiError) else guarded_reading(outcome)
                if isinstance(made, RawiError):
                    failed += 1
                    told.write(_fault(made))
                    continue
                line = dumps(made).encode() + b"\n"
                stream.write(line)
                digest.update(line)
                articles += 1
                statements += len(made.attributions)
        lines.replace(out / f"{shard.part}.jsonl")
        if failed:
            faults.replace(out / f"{shard.part}.failed.jsonl")
        done = Done(shard.number, articles, statements, failed, digest.hexdigest())
        whole = out / f"{shard.part}.done{token}"
        whole.write_text(json.dumps({"plan": plan_hash, **done._asdict()}) + "\n", encoding="utf-8")
        whole.replace(out / f"{shard.part}.done.json")
        return done
    finally:
        for path in (lines, faults):
            path.unlink(missing_ok=True)


def _fault(fault: RawiError) -> bytes:
    row = {k: escaped(getattr(fault, k)) for k in ("where", "what", "expected")}
    return msgspec.json.encode({"kind": type(fault).__name__, **row}) + b"\n"


def outcomes_of(shard: Shard, settings: Settings) -> Iterator[Outcome]:
    """The articles of a shard, and a failure for each part that cannot be read."""
    if shard.group >= 0:
        yield from _rows(shard, settings)
        return
    source = Source(shard.name, lambda: _opened(shard), Given(), settings)
    for outcome in guarded_outcomes(source):
        yield _placed(outcome, f"counted from byte {shard.start:,}") if shard.start else outcome


def _opened(shard: Shard) -> BinaryIO:
    try:
        stream = Path(shard.path).open("rb")  # noqa: SIM115 (the source closes it)
    except OSError as fault:
        raise InputError(fault.strerror or str(fault), where=shard.name, expected="a readable file") from fault
    if shard.end < 0:
        return stream
    return cast(BinaryIO, io.BufferedReader(_Range(stream, shard.start, shard.end)))


class _Range(io.RawIOBase):
    """The bytes ``start`` to ``end`` of a stream."""

    def __init__(self, stream: BinaryIO, start: int, end: int) -> None:
        self._stream, self._left = stream, end - start
        stream.seek(start)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(min(len(buffer), self._left))
        buffer[: len(data)] = data
        self._left -= len(data)
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _rows(shard: Shard, settings: Settings) -> Iterator[Outcome]:
    """The articles of a Parquet row group, as lines of JSON: the one reader of records reads them."""
    file = _parquet(Path(shard.path))
    columns = [c for c in COLUMNS if c in file.schema_arrow.names]
    batches = file.iter_batches(batch_size=ROWS, row_groups=[shard.group], columns=columns)
    for number, batch in enumerate(batches):
        data = b"".join(msgspec.json.encode(row) + b"\n" for row in batch.to_pylist())
        note = f"counted from row {number * ROWS:,} of row group {shard.group}"
        for outcome in guarded_outcomes(open_bytes(data, shard.name, settings=settings)):
            yield _placed(outcome, note)


def _placed(outcome: Outcome, note: str) -> Outcome:
    if not isinstance(outcome, InputError):
        return outcome
    return type(outcome)(outcome.what, where=f"{outcome.where} ({note})", expected=outcome.expected)


def prepare(out: Path, plan: Plan, *, anew: bool = False) -> dict[int, Done]:
    """The shards that lie whole in the folder ``out`` from an earlier run of the same plan, by number.

    Raises :class:`ExportError` where the folder holds another run (``anew`` clears that away) or other files.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ExportError(
            fault.strerror or str(fault), where=str(out), expected="a folder, or a free name"
        ) from fault
    state = out / "run.json"
    if not state.exists() and any(out.iterdir()):
        raise ExportError("a folder with other files", where=str(out), expected="an empty folder, or a run's")
    earlier = json.loads(state.read_text(encoding="utf-8"))["plan"] if state.exists() else plan.hash
    if earlier != plan.hash and not anew:
        what = "a run over other inputs, shards, tables, or by another version"
        raise ExportError(what, where=str(out), expected="another folder, or --anew")
    if anew:
        for path in out.glob("part-*"):
            path.unlink()
    whole = state.with_name(f"run.{os.getpid()}.json.part")
    value = {"plan": plan.hash, "shards": len(plan.shards), "made_by": plan.made_by}
    whole.write_text(json.dumps(value) + "\n", encoding="utf-8")
    whole.replace(state)
    return finished(out, plan)


def finished(out: Path, plan: Plan) -> dict[int, Done]:
    """The shards of the plan that lie whole in ``out``, by number."""
    found = {}
    for path in out.glob("part-*.done.json"):
        value = json.loads(path.read_text(encoding="utf-8"))
        if value.pop("plan") == plan.hash and (out / path.name.replace(".done.json", ".jsonl")).exists():
            found[value["shard"]] = Done(**value)
    return found
