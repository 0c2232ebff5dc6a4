"""Tables (.csv, .tsv, .xlsx): one article a row; the headings say which column is which field.

Headings are looked up in the language pack's ``columns.tsv`` (Media Cloud's and auto-archiver's among them). A file
that ``rawi export csv`` wrote is known by its ``rawi_format`` column and comes back as it was.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import rawi.lang.ar
from rawi.errors import EmptyInputError, FormatError, InputError
from rawi.ingest.docx import refuse_zip_bombs
from rawi.ingest.encoding import decode
from rawi.ingest.source import Outcome, Source, make_article, own_extractor, source_file
from rawi.lang.ar.pack import arabic
from rawi.lexicon.table import read_table
from rawi.model import Doubt, SourceFile, Span

COLUMNS = ("id", "field", "written", "example")
OWN = "rawi_format"
DELIMITERS = ",;\t|"
MOST_COLUMNS = 300
MOST_ROWS = 2_000_000
MOST_EMPTY_ROWS = 10_000
MARKS = ("=", "+", "-", "@", "\t", "\r", "'")


def read(source: Source) -> Iterator[Outcome]:
    """The articles of a table; raises :class:`FormatError` where no column holds a text or a title."""
    if source.suffix in (".xlsx", ".xlsm"):
        yield from _read_workbook(source)
    else:
        yield from _read_separated(source)


def _read_separated(source: Source) -> Iterator[Outcome]:
    data = source.data()
    text, encoding = decode(data, where=source.name)
    csv.field_size_limit(max(4 * source.settings.max_article_chars, 131_072))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, source.suffix))
    origin = source_file(source, data, f"{own_extractor('csv')} {encoding}")
    yield from _articles(source, _numbered(rows, source.name), origin, f"{source.name} row")


def _delimiter(text: str, suffix: str) -> str:
    """The delimiter that the first line uses most outside quotation marks."""
    if suffix == ".tsv":
        return "\t"
    line = "".join(text[:20_000].lstrip().split("\n", 1)[0].split('"')[::2])
    return max(DELIMITERS, key=lambda d: (line.count(d), -DELIMITERS.index(d)))


def _numbered(rows: Iterable[list[str]], where: str) -> Iterator[tuple[int, list[str] | InputError]]:
    """Rows with their numbers; a cell that is too long costs its row, another fault of the form ends the table."""
    iterator = iter(rows)
    for number in range(1, MOST_ROWS):
        try:
            row = next(iterator, None)
        except csv.Error as fault:
            yield number, FormatError(str(fault), where=f"{where} row {number}", expected="comma-separated values")
            if "field limit" in str(fault):
                continue
            return
        if row is None:
            return
        yield number, row


def _read_workbook(source: Source) -> Iterator[Outcome]:
    from openpyxl import load_workbook

    data = source.data()
    refuse_zip_bombs(data, source.name)
    _refuse_doctypes(data, source.name)
    origin = source_file(source, data, f"openpyxl {version('openpyxl')}")
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [s for s in book.worksheets if hasattr(s, "reset_dimensions")]
    except Exception as fault:  # the library raises what its XML and ZIP layers raise
        what = f"not a workbook ({type(fault).__name__})"
        raise FormatError(what, where=source.name, expected="an .xlsx file") from fault
    faults: list[InputError] = []
    some = False
    for sheet in sheets:
        sheet.reset_dimensions()
        try:
            for outcome in _articles(source, _cells(sheet, source.name), origin, f"{source.name} {sheet.title} row"):
                some = True
                yield outcome
        except InputError as fault:
            faults.append(fault)
    if not some:
        raise faults[0] if faults else EmptyInputError("no sheet", where=source.name, expected="a table")


def _refuse_doctypes(data: bytes, where: str) -> None:
    """Raises :class:`FormatError` on a part with a document type of its own: workbooks have none, bombs do."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            if part.filename.endswith((".xml", ".rels")):
                try:
                    head = archive.open(part).read(4096)
                except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as fault:
                    raise FormatError("broken ZIP container", where=where, expected="a whole .xlsx file") from fault
                if b"<!DOCTYPE" in head.replace(b"\0", b""):
                    raise FormatError("declares entities of its own", where=where, expected="an .xlsx file")


def _cells(sheet: Any, where: str) -> Iterator[tuple[int, list[str] | InputError]]:
    empty = 0
    rows = iter(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS))
    for number in range(1, MOST_ROWS):
        try:
            row = next(rows, None)
        except Exception as fault:
            what = f"broken sheet ({type(fault).__name__})"
            yield number, FormatError(what, where=f"{where} {sheet.title}", expected="an .xlsx file")
            return
        empty = 0 if row and any(c is not None for c in row) else empty + 1
        if row is None or empty > MOST_EMPTY_ROWS:
            return
        yield number, [_cell(c) for c in row]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        whole = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if whole else value.replace(microsecond=0).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _articles(
    source: Source, rows: Iterator[tuple[int, list[str] | InputError]], origin: SourceFile, where: str
) -> Iterator[Outcome]:
    header: dict[str, int] | None = None
    own = False
    for number, row in rows:
        if isinstance(row, InputError):
            yield row
        elif not any(cell.strip() for cell in row):
            continue
        elif header is None:
            own = OWN in row
            header = {name: i for i, name in enumerate(row)} if own else fields_of(row, source.name)
        else:
            try:
                yield (
                    _own(source, row, header, f"{where} {number}")
                    if own
                    else _foreign(source, row, header, origin, f"{where} {number}")
                )
            except InputError as fault:
                yield fault
    if header is None:
        raise EmptyInputError("no rows", where=where.removesuffix(" row"), expected="a heading and rows")


def fields_of(headings: Sequence[str], where: str) -> dict[str, int]:
    """Which column holds which field; raises :class:`FormatError` where there is neither text nor title."""
    keys = [_heading(h) for h in headings[:MOST_COLUMNS]]
    found: dict[str, int] = {}
    for written, field in _known().items():
        if field not in found and written in keys and keys.index(written) not in found.values():
            found[field] = keys.index(written)
    if "text" not in found and "title" not in found:
        named = ", ".join(h for h in headings[:12] if h.strip())
        raise FormatError(f"no column with a text (there are: {named[:200]})", where=where, expected="text or title")
    return found


def _heading(written: str) -> str:
    pack = arabic()
    words = written.strip().replace("_", " ").replace("-", " ").split()
    return " ".join(pack.key(w) for w in words)


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    rows = read_table(Path(rawi.lang.ar.__file__).parent / "columns.tsv", COLUMNS)
    return {_heading(r["written"]): r["field"] for r in rows}


def _foreign(source: Source, row: list[str], header: dict[str, int], origin: SourceFile, where: str) -> Any:
    def cell(field: str) -> str | None:
        at = header.get(field)
        return row[at] if at is not None and at < len(row) and row[at].strip() else None

    identity, url = cell("id"), cell("url")
    return make_article(
        source,
        text=cell("text") or "",
        title=cell("title"),
        origin=origin,
        id=identity.strip() if identity and not url else None,
        url=url.strip() if url else None,
        outlet=cell("outlet"),
        published=cell("published"),
        where=where,
    )


def _own(source: Source, row: list[str], header: dict[str, int], where: str) -> Any:
    def cell(field: str) -> str | None:
        at = header.get(field)
        return unguarded(row[at]) or None if at is not None and at < len(row) else None

    start, end = cell("title_start"), cell("title_end")
    text = cell("text") or ""
    try:
        span = Span(int(start), int(end)) if start and end else None
        doubts = tuple(Doubt(**d) for d in json.loads(cell("input_doubts") or "[]"))
    except (ValueError, TypeError) as fault:
        raise FormatError("a row that is not as rawi wrote it", where=where, expected="a file unchanged") from fault
    name, digest, extractor = cell("source_name"), cell("source_sha256"), cell("source_extractor")
    origin = SourceFile(name=name or "", sha256=digest, extractor=extractor or "") if digest else None
    return make_article(
        source, text=text, title_span=span, origin=origin, id=cell("id"), url=cell("url"), outlet=cell("outlet"),
        published=cell("published"), published_as=cell("published_as"), doubts=doubts, where=where, may_be_blank=True,
    )  # fmt: skip


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what could open one.

    >>> guarded("=1+1"), unguarded(guarded("=1+1")), guarded("'a")
    ("'=1+1", '=1+1', "''a")
    """
    return "'" + cell if cell.startswith(MARKS) else cell


def unguarded(cell: str) -> str:
    """The cell that :func:`guarded` was given."""
    return cell[1:] if cell.startswith("'") else cell
