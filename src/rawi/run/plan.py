"""What an adding run will do: each named input with its evidence kept and how far it was taken before."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import urlsplit

from rawi.errors import FetchError, RawiError
from rawi.ingest.fetch import fetch
from rawi.ingest.guess import guess
from rawi.ingest.source import Carried, Given, Source
from rawi.ingest.walk import STDIN, find_files
from rawi.run.failures import unexpected
from rawi.settings import Settings
from rawi.store.evidence import Kept, evidence_path, keep_bytes, keep_file
from rawi.store.records import from_json, to_json
from rawi.store.write import Input, failed_input, open_input, reopen_input, unfinished_inputs

# Forms that hold one document: their extraction is work for the reading processes.
SINGLE = frozenset({"html", "docx", "pdf", "text"})
LIST_BYTES = 1 << 20
POLITE_SECONDS = 1.0


class Named(NamedTuple):
    """One thing to add: a file, an address, or bytes under a name."""

    name: str
    data: bytes | None = None
    size: int = 0


class Work(NamedTuple):
    """One input to take: its row, the name shown, the source over its evidence, and whether a process may take it
    whole (``payload``: as a worker is told)."""

    input: Input
    source: Source
    payload: list[object] | None
    size: int


def is_address(name: str) -> bool:
    """Whether ``name`` is a web address and not a file."""
    return name.lower().startswith(("http://", "https://"))


def named_inputs(paths: Sequence[str | Path]) -> tuple[list[Named], dict[str, int]]:
    """The inputs behind ``paths``, folders searched and lists of addresses opened, in order; and how many files of
    other kinds were left out, by suffix."""
    names: list[Named] = []
    left_out: dict[str, int] = {}
    for path in map(str, paths):
        if is_address(path):
            names.append(Named(path))
            continue
        found = find_files([path])
        for suffix, count in found.left_out.items():
            left_out[suffix] = left_out.get(suffix, 0) + count
        for file in found.files:
            addresses = [] if file == STDIN else addresses_in(Path(file))
            names.extend([Named(a) for a in addresses] or [Named(file, None, _size(file))])
    return names, left_out


def _size(name: str) -> int:
    try:
        return Path(name).stat().st_size
    except OSError:
        return 0


def addresses_in(path: Path) -> list[str]:
    """The addresses of a list: a small text file of which each line is one (blank ones and ``#`` aside)."""
    if path.suffix.lower() not in (".txt", ".urls", ".list"):
        return []
    try:
        if not path.is_file() or path.stat().st_size > LIST_BYTES:
            return []
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return []
    kept = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return kept if all(is_address(line) and " " not in line for line in kept) else []


class Planner:
    """Takes inputs one after the other into the project: evidence first, then the row, then the work to do."""

    def __init__(
        self, db: sqlite3.Connection, folder: Path, settings: Settings, said: Given, *, allow_fetch: bool
    ) -> None:
        self._db, self._folder, self._settings, self._said = db, folder, settings, said
        self._allow_fetch = allow_fetch
        self._asked: dict[str, float] = {}

    def work(self, named: Named) -> Work | RawiError | None:
        """The work that an input means; None where all of it is stored; the stored failure where it cannot be had."""
        try:
            return self._work(named)
        except RawiError as fault:
            failed_input(self._db, named.name, fault)
            return fault
        except OSError as fault:
            failure = unexpected(fault, named.name)
            failed_input(self._db, named.name, failure)
            return failure

    def _work(self, named: Named) -> Work | None:
        name, carried = named.name, Carried()
        if named.data is not None:
            kept = keep_bytes(self._folder, named.data)
        elif is_address(name):
            data, carried = self._fetch(name)
            kept = keep_bytes(self._folder, data)
            name = carried.url or name
        elif name == STDIN:
            name, kept = "stdin", keep_bytes(self._folder, _standard_input(self._settings))
        else:
            kept = keep_file(self._folder, Path(name))
        said = to_json([list(self._said), list(carried)])
        known = open_input(self._db, kept, name, said, carried.url)
        if known.done:
            if not known.failures:
                return None
            known = reopen_input(self._db, known.n)
        return self._made(known, kept, name, self._said, carried)

    def _made(self, known: Input, kept: Kept, name: str, said: Given, carried: Carried) -> Work:
        source = Source(name, _opener(kept.path), said, self._settings, carried)
        payload: list[object] | None = None
        if known.outcomes == 0 and guess_name(source) in SINGLE:
            payload = [name, str(kept.path), list(said), list(carried)]
        return Work(known, source, payload, kept.bytes)

    def unfinished(self) -> Iterator[Work]:
        """What an earlier run began and did not end, over the evidence that it kept."""
        for row in unfinished_inputs(self._db):
            said, carried = from_json(row["said"])
            kept = Kept(row["sha256"], row["bytes"], evidence_path(self._folder, row["sha256"]))
            known = open_input(self._db, kept, row["name"], row["said"], row["url"])
            yield self._made(known, kept, row["name"], Given(*said), Carried(*carried))

    def _fetch(self, address: str) -> tuple[bytes, Carried]:
        if not self._allow_fetch:
            raise FetchError("an address is not fetched", where=address, expected="--allow-fetch, or a saved page")
        host = urlsplit(address).netloc.lower()
        rest = self._asked.get(host, -POLITE_SECONDS) + POLITE_SECONDS - time.monotonic()
        if host in self._asked and rest > 0:
            time.sleep(rest)
        try:
            page = fetch(address)
        finally:
            self._asked[host] = time.monotonic()
        return page.data, Carried(page.url, page.charset, page.content_type)


def guess_name(source: Source) -> str:
    """The name of the reader for ``source``, empty where it cannot be opened."""
    try:
        return guess(source).name
    except (RawiError, OSError):
        return ""


def _opener(path: Path) -> Callable[[], BinaryIO]:
    def opener() -> BinaryIO:
        return path.open("rb")

    return opener


def _standard_input(settings: Settings) -> bytes:
    import sys

    return sys.stdin.buffer.read(settings.max_input_mb * (1 << 20) + 1)
