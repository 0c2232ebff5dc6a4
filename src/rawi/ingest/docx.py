"""Word-processor files (.docx): the paragraphs and table cells in reading order, one a line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from rawi.errors import FormatError, TooLargeError
from rawi.ingest.source import MIB, Outcome, Source, make_article, source_file

MAX_PARTS = 5_000
MAX_PART_MB = 48
RATIO = 150


def read(source: Source) -> Iterator[Outcome]:
    """The article of a .docx file."""
    data = source.data()
    refuse_zip_bombs(data, source.name)
    text = "\n".join(_lines(data, source.name))
    origin = source_file(source, data, f"python-docx {version('python-docx')}")
    yield make_article(source, text=text, origin=origin)


def refuse_zip_bombs(data: bytes, where: str) -> None:
    """Raises an input error where a ZIP container is broken, encrypted or unpacks to too much.

    Sizes are the directory's: Python's reader never unpacks a member beyond the size given there.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        raise FormatError("broken ZIP container", where=where, expected="a whole .docx file") from fault
    if any(p.flag_bits & 1 for p in parts):
        raise FormatError("encrypted", where=where, expected="a file without a password")
    whole = sum(p.file_size for p in parts)
    if len(parts) > MAX_PARTS or any(p.file_size > MAX_PART_MB * MIB for p in parts):
        raise TooLargeError("unpacks to too much", where=where, expected=f"parts of at most {MAX_PART_MB} MiB")
    if whole > MIB and whole > RATIO * len(data):
        raise TooLargeError("unpacks to too much", where=where, expected="a plain document")


def _lines(data: bytes, where: str) -> list[str]:
    from docx import Document
    from docx.table import Table

    lines: list[str] = []

    def take(block: Any) -> None:
        if isinstance(block, Table):
            for row in block.rows:
                lines.append("\t".join(dict.fromkeys(cell.text for cell in row.cells)))
        else:
            lines.append(block.text)

    try:
        for block in Document(io.BytesIO(data)).iter_inner_content():
            take(block)
    except Exception as fault:  # the library raises what its XML, ZIP and package layers raise
        raise FormatError(
            f"not a .docx file ({type(fault).__name__})", where=where, expected="a .docx file"
        ) from fault
    while lines and not lines[0].strip():
        lines.pop(0)
    return lines
