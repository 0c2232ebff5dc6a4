"""What every reader of a file format receives and gives back.

A reader is a module of this room with one function::

    def read(source: Source) -> Iterator[Article | InputError]

It yields articles, and an :class:`InputError` for each part that it cannot read (a line, a member);
it raises one only where the whole source is unreadable. ``guess.py`` lists the readers.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from rawi.errors import EmptyInputError, InputError, TooLargeError
from rawi.ingest.dates import publication
from rawi.ingest.oddities import doubts_of
from rawi.model import Article, Doubt, SourceFile, Span, text_key
from rawi.settings import Settings
from rawi.version import __version__

HEAD = 8192
MIB = 1 << 20
GZIP_RATIO = 200
TRUNCATED = Doubt(code="truncated-input", params={"missing": "text"})

Outcome = Article | InputError
Reader = Callable[["Source"], Iterator[Outcome]]


class Given(NamedTuple):
    """What the caller says about the inputs; it outranks what they say of themselves."""

    outlet: str | None = None
    published: str | None = None


class Carried(NamedTuple):
    """What the transport of a fetched or archived input says of it."""

    url: str | None = None
    charset: str | None = None
    content_type: str | None = None


class Source(NamedTuple):
    """One input: its name as shown to the user, a way to open its bytes anew, and what the caller says of it."""

    name: str
    opener: Callable[[], BinaryIO]
    given: Given = Given()
    settings: Settings = Settings()
    carried: Carried = Carried()

    def open(self) -> BinaryIO:
        """A stream over the bytes from their start; ``.gz`` is unpacked as it is read."""
        return open_packed(self.opener(), self.name, self.settings)

    def head(self, size: int = HEAD) -> bytes:
        """The first ``size`` bytes (unpacked)."""
        with self.open() as stream:
            return stream.read(size)

    def data(self, limit_mb: int | None = None) -> bytes:
        """All bytes (unpacked); raises :class:`TooLargeError` over the limit, :class:`EmptyInputError` on none."""
        limit = (limit_mb or self.settings.max_input_mb) * MIB
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise TooLargeError(
                f"more than {limit // MIB} MiB",
                where=self.name,
                expected="a smaller file, or articles one a line (.jsonl)",
            )
        if not data.strip():
            raise EmptyInputError("empty", where=self.name, expected="an article")
        return data

    @property
    def suffix(self) -> str:
        """The lower-case suffix of the name without a closing ``.gz``, dot included."""
        name = self.name.lower().removesuffix(".gz")
        return Path(name).suffix


def open_packed(stream: BinaryIO, name: str, settings: Settings) -> BinaryIO:
    """``stream``, unpacked as it is read where its name ends in ``.gz``; too much for what was packed is refused."""
    if name.lower().endswith(".gz"):
        return _Unpacked(stream, name, settings.max_input_mb * MIB)
    return stream


class _Unpacked(io.RawIOBase, BinaryIO):
    """Gzip content whose unpacked size may not pass a fixed ratio of what was read, once over a first limit."""

    def __init__(self, packed: BinaryIO, name: str, free: int) -> None:
        super().__init__()
        self._packed = packed
        self._stream = gzip.GzipFile(fileobj=packed)
        self._name, self._free, self._given = name, free, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._checked(lambda: self._stream.read(size))

    def readline(self, size: int | None = -1) -> bytes:
        return self._checked(lambda: self._stream.readline(-1 if size is None else size))

    def _checked(self, call: Callable[[], bytes]) -> bytes:
        try:
            data = call()
        except (OSError, EOFError) as fault:
            raise InputError(f"broken gzip data ({fault})", where=self._name, expected="a whole .gz file") from fault
        self._given += len(data)
        if self._given > self._free and self._given > GZIP_RATIO * max(self._packed.tell(), 1):
            raise TooLargeError("unpacks to too much", where=self._name, expected="a plain compressed file")
        return data

    def close(self) -> None:
        self._stream.close()
        self._packed.close()
        super().close()


def source_file(source: Source, raw: bytes, extractor: str) -> SourceFile:
    """Where a text came from: file name, SHA-256 of ``raw``, the bytes it was taken from, and the extractor."""
    return SourceFile(name=Path(source.name).name, sha256=sha256(raw).hexdigest(), extractor=extractor)


def own_extractor(kind: str) -> str:
    """The extractor's name and version where rawi itself takes the text out of a format."""
    return f"rawi-{kind} {__version__}"


def with_title(title: str | None, text: str) -> tuple[str, Span | None]:
    """The evidence text and where its title lies: before the text with one line break, unless it begins with it.

    >>> with_title("A", "b")
    ('A\\nb', Span(start=0, end=1))
    >>> with_title("A", "A\\nb")
    ('A\\nb', Span(start=0, end=1))
    """
    if not title or not title.strip():
        return text, None
    lead = len(text) - len(text.lstrip())
    if text.startswith(title, lead) and text[lead + len(title) :][:1] in ("", "\n", "\r"):
        return text, Span(lead, lead + len(title))
    if not text.strip():
        return title, Span(0, len(title))
    return f"{title}\n{text}", Span(0, len(title))


def make_article(
    source: Source,
    *,
    text: str,
    origin: SourceFile | None,
    title: str | None = None,
    title_span: Span | None = None,
    id: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    published_as: str | None = None,
    doubts: tuple[Doubt, ...] = (),
    where: str | None = None,
    may_be_blank: bool = False,
) -> Article:
    """The article of what a reader took out of its format: title joined, date resolved, identity given.

    Raises :class:`EmptyInputError` without any text, unless it ``may_be_blank`` (a record with an identity that lost
    its text is a document, in doubt), and :class:`TooLargeError` over ``max_article_chars``.
    """
    where = where or source.name
    whole, span = (text, title_span) if title_span else with_title(title, text)
    if not whole.strip() and not may_be_blank:
        raise EmptyInputError("no text", where=where, expected="an article with a title or a text")
    if len(whole) > source.settings.max_article_chars:
        raise TooLargeError(
            f"an article of {len(whole):,} characters",
            where=where,
            expected=f"at most {source.settings.max_article_chars:,}",
        )
    given = source.given
    date = publication(given.published or published, None if given.published else published_as)
    outlet = given.outlet or outlet or None
    key = text_key(whole)
    if not text.strip() and TRUNCATED not in doubts:
        doubts = (*doubts, TRUNCATED)
    return Article(
        id=id or url or (f"{outlet}/{key}" if outlet else key),
        text=whole,
        outlet=outlet,
        url=url or None,
        published=date.published,
        published_as=date.published_as,
        title_span=span,
        source_file=origin,
        doubts=(*doubts, *date.doubts, *doubts_of(whole)),
    )
