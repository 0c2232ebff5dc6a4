"""JSON: one article a line (.jsonl), an array of them or one (.json); rawi's own output and gold files too.

Of each object only ``id outlet published|date published_as url title title_span text source_file`` is taken,
and of its doubts those that only the first reading of the input could have: all else is made anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from rawi.errors import EmptyInputError, FormatError, InputError, TooLargeError
from rawi.ingest.encoding import decode
from rawi.ingest.source import MIB, Outcome, Source, make_article, own_extractor, source_file
from rawi.model import Doubt, Reading, SourceFile, Span

LINE_MB = 32
# What the first reading of an input doubted cannot be seen in the text itself: it travels with the line.
_CARRIED = frozenset({"extraction-suspect", "truncated-input"})
_LISTS = ("articles", "items", "documents", "stories", "results", "data")


def read(source: Source) -> Iterator[Outcome]:
    """The articles of JSON lines, of an array or of one object."""
    if source.suffix == ".json" or _is_one_value(source):
        yield from _read_json(source)
    else:
        yield from _read_lines(source)


def _is_one_value(source: Source) -> bool:
    """Whether the head looks like one value over several lines: an array, or an object broken over lines."""
    head = source.head()
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    line = text.split(b"\n", 1)[0].rstrip()
    return text.startswith(b"[") or (text.startswith(b"{") and b"\n" in text and not line.endswith(b"}"))


def _read_json(source: Source) -> Iterator[Outcome]:
    data = source.data()
    value = parse(data, source.name)
    if isinstance(value, dict) and "text" not in value and "title" not in value:
        value = next((value[k] for k in _LISTS if isinstance(value.get(k), list)), value)
    many = isinstance(value, list)
    for number, item in enumerate(value if many else [value], 1):
        where = f"{source.name} item {number}" if many else source.name
        raw = msgspec.json.encode(item) if many and not _has_surrogates(item) else data
        yield from _one(source, item, raw, where)


def _read_lines(source: Source) -> Iterator[Outcome]:
    some = False
    for number, line in _lines(source):
        where = f"{source.name} line {number}"
        if isinstance(line, InputError):
            some = True
            yield line
        elif line.strip():
            some = True
            try:
                item = parse(line, where)
            except InputError as fault:
                yield fault
                continue
            yield from _one(source, item, line.rstrip(b"\r\n"), where)
    if not some:
        raise EmptyInputError("empty", where=source.name, expected="one JSON object a line")


def _lines(source: Source) -> Iterator[tuple[int, bytes | InputError]]:
    if source.head(2) in (b"\xff\xfe", b"\xfe\xff"):
        whole = decode(source.data(), where=source.name).text.split("\n")
        yield from enumerate((line.encode("utf-8", "surrogatepass") for line in whole), 1)
        return
    limit = LINE_MB * MIB
    with source.open() as stream:
        number = 0
        while line := stream.readline(limit + 1):
            number += 1
            if len(line) > limit:
                _skip_line(stream)
                where = f"{source.name} line {number}"
                yield number, TooLargeError(f"a line of more than {LINE_MB} MiB", where=where, expected="one article")
            else:
                yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _skip_line(stream: BinaryIO) -> None:
    while (part := stream.readline(MIB)) and not part.endswith(b"\n"):
        pass


def parse(data: bytes, where: str) -> Any:
    """The JSON value of ``data``; raises :class:`FormatError` naming the place of the fault."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    # Lone surrogates, NaN and other encodings than UTF-8 are for the slower reader.
    try:
        return json.loads(decode(data, where=where).text)
    except RecursionError as fault:
        raise FormatError("nested too deep", where=where, expected="a JSON object with a text") from fault
    except ValueError as fault:
        what = str(fault).replace("\n", " ")
        raise FormatError(f"no JSON: {what}", where=where, expected="a JSON object with a text") from fault


def _one(source: Source, item: Any, raw: bytes, where: str) -> Iterator[Outcome]:
    try:
        yield _article(source, item, raw, where)
    except InputError as fault:
        yield fault


def _article(source: Source, item: Any, raw: bytes, where: str) -> Any:
    if not isinstance(item, dict):
        raise FormatError(f"{_kind(item)}, not an object", where=where, expected='{"id": ..., "text": ...}')
    if "text" not in item and "title" not in item:
        keys = ", ".join(repr(k)[:40] for k in sorted(map(str, item))[:8]) or "nothing"
        raise FormatError(f"an object without text (it has {keys})", where=where, expected="a field text or title")
    text, title = _string(item, "text", where) or "", _string(item, "title", where)
    identity = item.get("id")
    return make_article(
        source,
        text=text,
        title=title,
        title_span=_title_span(item, text, title, where),
        origin=_origin(item, where) or source_file(source, raw, own_extractor("json")),
        id=str(identity) if isinstance(identity, str | int) and str(identity) else None,
        url=_string(item, "url", where),
        outlet=_string(item, "outlet", where),
        published=_string(item, "published", where) or _string(item, "date", where),
        published_as=_string(item, "published_as", where),
        doubts=_carried(item) if "format" in item else (),
        where=where,
        may_be_blank=bool(identity or item.get("url")),
    )


def _kind(value: Any) -> str:
    return {list: "a list", str: "a string", type(None): "null"}.get(type(value), "a number")


def _string(item: dict[str, Any], field: str, where: str) -> str | None:
    value = item.get(field)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and field in ("published", "date", "outlet"):
        return str(value)
    raise FormatError(f"{field} is {_kind(value)}", where=where, expected=f"{field} as a string")


def _title_span(item: dict[str, Any], text: str, title: str | None, where: str) -> Span | None:
    value = item.get("title_span")
    if value is None:
        return None
    good = isinstance(value, list) and len(value) == 2 and all(type(v) is int for v in value)
    if not good or not 0 <= value[0] < value[1] <= len(text):
        raise FormatError(f"title_span {value!r} lies outside the text", where=where, expected="[start, end]")
    return Span(*value) if title is None or text[value[0] : value[1]] == title else None


def _origin(item: dict[str, Any], where: str) -> SourceFile | None:
    if item.get("source_file") is None:
        return None
    try:
        return msgspec.convert(item["source_file"], SourceFile)
    except msgspec.ValidationError as fault:
        expected = '{"name": ..., "sha256": ..., "extractor": ...}'
        raise FormatError(f"source_file: {fault}", where=where, expected=expected) from fault


def _carried(item: dict[str, Any]) -> tuple[Doubt, ...]:
    try:
        doubts = msgspec.convert(item.get("doubts") or [], list[Doubt])
    except msgspec.ValidationError:
        return ()
    return tuple(d for d in doubts if d.code in _CARRIED)


def _has_surrogates(item: Any) -> bool:
    try:
        msgspec.json.encode(item)
    except (UnicodeEncodeError, RecursionError):
        return True
    return False


def dumps(reading: Reading) -> str:
    """The reading as one line of the file format, without a line break.

    >>> from rawi.model import Reading
    >>> dumps(Reading(id="a", key="k", text=""))[:23]
    '{"format":1,"id":"a","k'
    """
    try:
        return msgspec.json.encode(reading).decode("utf-8")
    except UnicodeEncodeError:
        # Lone surrogates have no UTF-8: the line is written with \u escapes instead.
        return json.dumps(msgspec.to_builtins(reading), separators=(",", ":"))


def dump_jsonl(readings: Iterable[Reading], path: str | Path) -> int:
    """How many readings were written to ``path``, one a line, UTF-8."""
    count = 0
    with Path(path).open("w", encoding="utf-8", newline="\n") as stream:
        for reading in readings:
            stream.write(dumps(reading) + "\n")
            count += 1
    return count


def load_readings(path: str | Path) -> Iterator[Reading]:
    """The finished readings of a file of the format, as they are, nothing made anew.

    Raises :class:`FormatError` with file and line where a line is none.
    """
    with Path(path).open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                try:
                    yield msgspec.convert(parse(line, f"{path} line {number}"), Reading)
                except msgspec.ValidationError as fault:
                    where = f"{path} line {number}"
                    raise FormatError(str(fault), where=where, expected="a line that rawi wrote") from fault


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one line of the file format."""
    made = msgspec.json.schema(Reading)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "rawi reading, format 1", **made}
