"""Which reader an input is for: by its first bytes where they say it, else by its name.

To add a reader: write the module (see ``source.py``) and one row of ``READERS``. Packages add theirs
by the entry point group ``rawi.readers``: a name, and an object with ``suffixes``, ``sniff`` and ``read``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import NamedTuple

from rawi.ingest.source import Outcome, Source


class Row(NamedTuple):
    """One reader: its name, the suffixes that promise it, a test of the first bytes, and its module."""

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    module: str


def _never(_head: bytes) -> bool:
    return False


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(marks)


def _has(pattern: bytes) -> Callable[[bytes], bool]:
    compiled = re.compile(pattern, re.I | re.S)
    return lambda head: compiled.match(_plain(head)) is not None


def _plain(head: bytes) -> bytes:
    """The head as single bytes: byte-order mark and the zero bytes of UTF-16 gone."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[2:].replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()


# Atomic groups: a thousand comments in a row are walked once.
_XML = rb"(?>(<\?xml.{0,600}?>\s*)?)(?>(<!--.{0,2000}?-->\s*)*)"

# The order is the order of the tests; a name alone decides where no test says yes.
READERS: tuple[Row, ...] = (
    Row("pdf", (".pdf",), _starts(b"%PDF-"), "rawi.ingest.pdf"),
    Row("warc", (".warc", ".wacz"), _starts(b"WARC/"), "rawi.ingest.warc"),
    Row("docx", (".docx",), _never, "rawi.ingest.docx"),
    Row("xlsx", (".xlsx", ".xlsm"), _never, "rawi.ingest.tables"),
    Row("feed", (".rss", ".atom"), _has(_XML + rb"<(rss|feed|rdf:RDF)\b"), "rawi.ingest.feed"),
    Row("telegram", (), _has(rb'\{\s*"(name|about)":.{0,4000}"messages":\s*\['), "rawi.ingest.telegram"),
    Row("jsonl", (".jsonl", ".ndjson", ".json"), _has(rb'(\[\s*)?\{\s*("|\})'), "rawi.ingest.jsonl"),
    Row("html", (".html", ".htm", ".xhtml"), _has(_XML + rb"<(!doctype html|html|head|body)\b"), "rawi.ingest.html"),
    Row("csv", (".csv", ".tsv"), _never, "rawi.ingest.tables"),
    Row("text", (".txt", ".text"), _never, "rawi.ingest.text"),
)
_BUILT_IN = frozenset(row.name for row in READERS)
# Containers that are all ZIP inside, and tables: the name tells them apart, the first bytes do not.
_BY_NAME_ALONE = frozenset({"csv", "xlsx", "docx", "warc"})
_BY_SUFFIX = {suffix: row for row in READERS for suffix in row.suffixes}


def guess(source: Source) -> Row:
    """The reader for ``source``; the plain-text one where nothing says otherwise."""
    named = _plugins().get(source.suffix) or _BY_SUFFIX.get(source.suffix)
    if named is not None and (named.name in _BY_NAME_ALONE or named.name not in _BUILT_IN):
        return named
    if source.carried.content_type in ("text/html", "application/xhtml+xml"):
        return _BY_SUFFIX[".html"]
    head = source.head()
    for row in READERS:
        if row.sniff(head):
            return row
    return named or _BY_SUFFIX[".txt"]


def read(source: Source) -> Iterator[Outcome]:
    """What the reader for ``source`` yields; raises :class:`rawi.errors.InputError` where all of it is unreadable."""
    module = import_module(guess(source).module)
    outcome: Iterator[Outcome] = module.read(source)
    return outcome


def known_suffixes() -> frozenset[str]:
    """The suffixes of the files that a folder is searched for (a closing ``.gz`` aside)."""
    return frozenset(s for s in (*_BY_SUFFIX, *_plugins()) if s)


@lru_cache(maxsize=1)
def _plugins() -> dict[str, Row]:
    rows = {}
    for point in entry_points(group="rawi.readers"):
        row = Row(point.name, tuple(point.load().suffixes), _never, point.module)
        rows.update(dict.fromkeys(row.suffixes, row))
    return rows
