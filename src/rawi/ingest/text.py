"""Plain text: one article a file."""

from __future__ import annotations

from collections.abc import Iterator

from rawi.errors import FormatError
from rawi.ingest.encoding import decode
from rawi.ingest.source import Outcome, Source, make_article, own_extractor, source_file

_BINARY = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "sound or film"),
    (b"\x00\x00\x00\x18ftyp", "film"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old word-processor file (.doc)"),
    (b"{\\rtf", "rich text"),
)


def read(source: Source) -> Iterator[Outcome]:
    """The article of a text file: all of it, as received."""
    data = source.data()
    for start, what in _BINARY:
        if data.startswith(start):
            raise FormatError(f"{what}, not text", where=source.name, expected="txt, html, docx, json or jsonl")
    text, encoding = decode(data, where=source.name)
    yield make_article(source, text=text, origin=source_file(source, data, f"{own_extractor('text')} {encoding}"))
