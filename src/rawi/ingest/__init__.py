"""Ingest: from bytes to articles, and what cannot be read as an error that says what, where and what was expected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rawi.errors import FormatError, InputError
from rawi.ingest.guess import read
from rawi.ingest.source import Given, Outcome, Source
from rawi.ingest.walk import open_bytes, open_file, outcomes
from rawi.model import Article
from rawi.settings import Settings


def load(
    given: str | Path | bytes,
    *,
    name: str = "",
    outlet: str | None = None,
    published: str | None = None,
    settings: Settings | None = None,
) -> Article:
    """The one article of a file, or of ``bytes`` under a ``name`` whose suffix tells their form.

    ``outlet`` and ``published`` outrank what the input says of itself. Raises
    :class:`rawi.errors.InputError` where it cannot be read or holds more than one article.

    >>> load(b"a headline\\nand its text.").text
    'a headline\\nand its text.'
    """
    source = _source(given, name, Given(outlet, published), settings)
    found = read(source)
    first = next(found, None)
    if first is None:
        raise FormatError("no article", where=source.name, expected="one article")
    if isinstance(first, InputError):
        raise first
    if next(found, None) is not None:
        raise FormatError("more than one article", where=source.name, expected="one; use rawi.load_all")
    return first


def load_all(
    given: str | Path | bytes,
    *,
    name: str = "",
    outlet: str | None = None,
    published: str | None = None,
    settings: Settings | None = None,
) -> Iterator[Outcome]:
    """The articles of a file in their order, one at a time, and a :class:`rawi.errors.InputError`, yielded and not
    raised, for each part that cannot be read, or for the whole file."""
    yield from outcomes(_source(given, name, Given(outlet, published), settings))


def _source(given: str | Path | bytes, name: str, said: Given, settings: Settings | None) -> Source:
    if isinstance(given, bytes):
        return open_bytes(given, name or "bytes", said=said, settings=settings)
    return open_file(given, said=said, settings=settings)


__all__ = ["load", "load_all"]
