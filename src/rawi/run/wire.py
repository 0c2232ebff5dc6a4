"""What processes say to each other: length and MessagePack, never pickles."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

import msgspec

from rawi.errors import InputError, RawiError
from rawi.model import Article, Reading

_LENGTH = struct.Struct(">I")
LARGEST = 1 << 30


def send(stream: BinaryIO, message: Any) -> None:
    """Writes one message: plain values and bytes."""
    body = msgspec.msgpack.encode(message)
    rest = memoryview(_LENGTH.pack(len(body)) + body)
    while rest:
        rest = rest[stream.write(rest) :]
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """The next message; raises ``EOFError`` where the other side is gone."""
    head = _exactly(stream, _LENGTH.size)
    (length,) = _LENGTH.unpack(head)
    if length > LARGEST:
        raise EOFError
    return msgspec.msgpack.decode(_exactly(stream, length))


def _exactly(stream: BinaryIO, size: int) -> bytes:
    pieces = []
    while size:
        piece = stream.read(size)
        if not piece:
            raise EOFError
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def pack_record(record: Article | Reading) -> bytes:
    """The record as bytes; where it holds lone surrogates, which MessagePack has not, as JSON with escapes."""
    try:
        return b"m" + msgspec.msgpack.encode(record)
    except UnicodeEncodeError:
        return b"j" + json.dumps(msgspec.to_builtins(record)).encode("ascii")


def unpack_article(data: bytes) -> Article:
    """The article that :func:`pack_record` packed."""
    if data[:1] == b"m":
        return msgspec.msgpack.decode(data[1:], type=Article)
    return msgspec.convert(json.loads(data[1:]), Article)


def unpack_reading(data: bytes) -> Reading:
    """The reading that :func:`pack_record` packed."""
    if data[:1] == b"m":
        return msgspec.msgpack.decode(data[1:], type=Reading)
    return msgspec.convert(json.loads(data[1:]), Reading)


def pack_fault(fault: RawiError) -> list[str]:
    """The fault as plain strings."""
    return [escaped(part) for part in (type(fault).__name__, fault.what, fault.where, fault.expected)]


def unpack_fault(parts: list[str]) -> RawiError:
    """The fault that :func:`pack_fault` packed; an :class:`InputError` where its class is unknown here."""
    import rawi.errors

    kind = getattr(rawi.errors, parts[0], InputError)
    good = isinstance(kind, type) and issubclass(kind, InputError)
    made: RawiError = (kind if good else InputError)(parts[1], where=parts[2], expected=parts[3])
    return made


def escaped(text: str) -> str:
    """``text`` without lone surrogates."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
