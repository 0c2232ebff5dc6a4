"""From what a user names (files, folders, standard input) to sources, one after the other."""

from __future__ import annotations

import io
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from rawi.errors import FormatError, InputError
from rawi.ingest.guess import known_suffixes, read
from rawi.ingest.source import Carried, Given, Outcome, Source
from rawi.settings import Settings

STDIN = "-"
NOTHING = Given()
UNKNOWN = Carried()


class Found(NamedTuple):
    """The files of what was named, in order, and how many others lay in its folders, by suffix."""

    files: list[str]
    left_out: Counter[str]


def find_files(named: Iterable[str | Path]) -> Found:
    """The files behind ``named``: folders searched with all their folders, in sorted order; hidden ones and links to
    folders passed over. A file named itself is taken whatever its suffix."""
    files: list[str] = []
    left_out: Counter[str] = Counter()
    suffixes = known_suffixes()
    for name in named:
        if str(name) == STDIN or not Path(name).is_dir():
            files.append(str(name))
            continue
        for folder, folders, names in os.walk(name):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            for file in sorted(n for n in names if not n.startswith(".")):
                suffix = Path(file.lower().removesuffix(".gz")).suffix
                if suffix in suffixes:
                    files.append(str(Path(folder, file)))
                else:
                    left_out[suffix or "(none)"] += 1
    return Found(files, left_out)


def open_file(name: str | Path, *, said: Given = NOTHING, settings: Settings | None = None) -> Source:
    """The source of a file, or of standard input for ``-``."""
    settings = settings or Settings()
    if str(name) == STDIN:
        data = sys.stdin.buffer.read(settings.max_input_mb * 1024 * 1024 + 1)
        return open_bytes(data, "stdin", said=said, settings=settings)
    path = Path(name)

    def opener() -> BinaryIO:
        if path.is_dir():
            raise FormatError("a folder", where=str(path), expected="a file; folders are for `rawi read`")
        try:
            return path.open("rb")
        except OSError as fault:
            raise InputError(fault.strerror or str(fault), where=str(path), expected="a readable file") from fault

    return Source(str(name), opener, said, settings)


def open_bytes(
    data: bytes,
    name: str,
    *,
    said: Given = NOTHING,
    settings: Settings | None = None,
    carried: Carried = UNKNOWN,
) -> Source:
    """The source of bytes under a name whose suffix may tell their form; ``carried``: what their transport says."""
    return Source(name, lambda: io.BytesIO(data), said, settings or Settings(), carried)


def outcomes(source: Source) -> Iterator[Outcome]:
    """The articles of ``source``, and an :class:`InputError` for each part that cannot be read, for the whole too."""
    try:
        yield from read(source)
    except InputError as fault:
        yield fault
    except OSError as fault:
        yield InputError(fault.strerror or str(fault), where=source.name, expected="a file that can be opened")
    except MemoryError:
        yield InputError("too large for the memory here", where=source.name, expected="a smaller file")
    except ModuleNotFoundError as fault:
        yield InputError(
            f"this form needs {fault.name}", where=source.name, expected="txt, html, docx, json or jsonl"
        )
