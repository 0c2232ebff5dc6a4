"""Web archives (.warc, .warc.gz, .wacz): each answered page is an article. Nothing is unpacked to disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from rawi.errors import EmptyInputError, FormatError, InputError, TooLargeError
from rawi.ingest.html import LIMIT_MB, article_of_page
from rawi.ingest.source import MIB, Outcome, Source, open_packed

HEADER_BYTES = 1 << 20
SKIP_BYTES = 1 << 16
MOST_RECORDS = 5_000_000
MOST_MEMBERS = 10_000
PAGES = ("text/html", "application/xhtml+xml")


def read(source: Source) -> Iterator[Outcome]:
    """The pages of an archive; a broken record ends it as a failure, what came before stays."""
    if source.suffix == ".wacz" or source.head(4) == b"PK\x03\x04":
        yield from _read_bundle(source)
        return
    with source.open() as stream:
        yield from _pages(source, stream, source.name)


def _read_bundle(source: Source) -> Iterator[Outcome]:
    """The archives inside a .wacz, read where they lie."""
    with source.opener() as stream:
        try:
            bundle = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
            raise FormatError("broken ZIP container", where=source.name, expected="a whole .wacz file") from fault
        names = [i.filename for i in bundle.infolist()[:MOST_MEMBERS]]
        inside = [n for n in names if n.lower().endswith((".warc", ".warc.gz"))]
        if not inside:
            raise EmptyInputError("no web archive inside", where=source.name, expected="archive/*.warc.gz")
        for name in inside:
            where = f"{source.name} {name}"
            try:
                with bundle.open(name) as packed:
                    member = open_packed(cast("BinaryIO", packed), name, source.settings)
                    yield from _pages(source, member, where)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as fault:
                what = f"broken member ({type(fault).__name__})"
                yield FormatError(what, where=where, expected="a whole .wacz file")


def _pages(source: Source, stream: BinaryIO, where: str) -> Iterator[Outcome]:
    from warcio.archiveiterator import ArchiveIterator

    bounded = _Bounded(stream, where)
    records = iter(ArchiveIterator(bounded, check_digests=False))
    for number in range(1, MOST_RECORDS):
        bounded.allow(HEADER_BYTES)
        try:
            record = next(records, None)
        except InputError as fault:
            yield fault
            return
        except Exception as fault:  # the library raises what its parsers raise
            what = f"broken record ({type(fault).__name__}: {' '.join(str(fault).split())[:120]})"
            yield FormatError(what, where=f"{where} record {number}", expected="a web archive as it was written")
            return
        if record is None:
            return
        bounded.allow(None)
        try:
            yield from _page(source, record, f"{where} record {number}")
            while record.raw_stream.read(SKIP_BYTES):
                pass
        except InputError as fault:
            yield fault
            if isinstance(fault, TooLargeError) and fault.where == where:
                return
        except Exception as fault:
            what = f"broken record ({type(fault).__name__})"
            yield FormatError(what, where=f"{where} record {number}", expected="a web archive as it was written")
            return


def _page(source: Source, record: Any, where: str) -> Iterator[Outcome]:
    """The article of a record, where it holds an answered web page."""
    if record.rec_type not in ("response", "resource"):
        return
    headers = record.http_headers
    kind = (headers.get_header("Content-Type") if headers else record.rec_headers.get_header("Content-Type")) or ""
    if not kind.lower().startswith(PAGES) or (headers is not None and headers.get_statuscode() != "200"):
        return
    url = record.rec_headers.get_header("WARC-Target-URI")
    data = record.content_stream().read(LIMIT_MB * MIB + 1)
    if len(data) > LIMIT_MB * MIB:
        yield TooLargeError(f"a page of more than {LIMIT_MB} MiB", where=where, expected="a web page")
        return
    if not data.strip():
        return
    charset = kind.lower().partition("charset=")[2].split(";")[0].strip(" \"'") or None
    try:
        yield article_of_page(source, data, url=url.strip("<> ") if url else None, declared=charset, where=where)
    except EmptyInputError as fault:
        yield fault


class _Bounded:
    """A stream that gives no more than an allowance before the next record has begun: heads are short."""

    def __init__(self, stream: BinaryIO, where: str) -> None:
        self._stream, self._where = stream, where
        self._left: int | None = HEADER_BYTES

    def allow(self, size: int | None) -> None:
        """Allows ``size`` bytes from here on; None: as many as there are."""
        self._left = size

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes; raises :class:`FormatError` beyond the allowance."""
        size = 1 << 14 if size is None or size < 0 else size
        data = self._stream.read(size)
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                raise FormatError("a record without an end to its head", where=self._where, expected="a web archive")
        return data

    def tell(self) -> int:
        """Zero: offsets are not kept."""
        return 0

    def close(self) -> None:
        """Closes the stream."""
        self._stream.close()
