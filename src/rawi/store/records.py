"""Records as they lie in the database: compressed MessagePack, texts as UTF-8 with lone surrogates kept."""

from __future__ import annotations

import json
import zlib
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import msgspec

from rawi.model import Article, Reading

Record = TypeVar("Record", Article, Reading)
_TRACKING = frozenset({"fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "ref_src", "yclid", "_ga"})
_PORTS = {"http": 80, "https": 443}


def pack_text(text: str) -> bytes:
    """``text`` as bytes; every string has a way back, lone surrogates too."""
    return text.encode("utf-8", "surrogatepass")


def unpack_text(data: bytes) -> str:
    """The text that :func:`pack_text` packed."""
    return data.decode("utf-8", "surrogatepass")


def plain(value: str | None) -> str | None:
    """``value`` for a text column: lone surrogates, which have no UTF-8, written as escapes.

    >>> plain("a" + chr(0xdc80))
    'a\\\\udc80'
    """
    if value is None:
        return None
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


def pack(record: Article | Reading) -> bytes:
    """The record without its text, which lies in a column of its own."""
    bare = msgspec.structs.replace(record, text="")
    try:
        return b"m" + zlib.compress(msgspec.msgpack.encode(bare), 3)
    except UnicodeEncodeError:
        return b"j" + zlib.compress(json.dumps(msgspec.to_builtins(bare)).encode("ascii"), 3)


def unpack(kind: type[Record], data: bytes, text: bytes) -> Record:
    """The record of ``kind`` that :func:`pack` packed, with its text put back."""
    body = zlib.decompress(data[1:])
    record = msgspec.msgpack.decode(body, type=kind) if data[:1] == b"m" else msgspec.convert(json.loads(body), kind)
    return msgspec.structs.replace(record, text=unpack_text(text))


def changed(record: Any, **fields: Any) -> Any:
    """The frozen record with some of its fields changed."""
    return msgspec.structs.replace(record, **fields)


def to_json(value: Any) -> str:
    """``value`` as canonical JSON: keys sorted, no spaces, ASCII."""
    return json.dumps(msgspec.to_builtins(value), sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Any:
    """The value of a JSON string."""
    return json.loads(text)


def canonical_address(url: str | None) -> str | None:
    """The form of an address in which two spellings of one page are the same: no scheme, ``www``, port, fragment,
    tracking parameters or closing slash; parameters sorted. None for what is no web address, and for a site's front
    page, which is no address of one article.

    >>> canonical_address("https://WWW.example.org:443/a/?utm_source=x&b=2&a=1#top")
    'example.org/a?a=1&b=2'
    """
    try:
        parts = urlsplit(url or "")
        host, port = (parts.hostname or "").rstrip("."), parts.port
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return None
    if parts.scheme.lower() not in _PORTS or not host:
        return None
    kept = sorted((k, v) for k, v in pairs if k not in _TRACKING and not k.startswith("utm_"))
    site = host.removeprefix("www.") + (f":{port}" if port and port != _PORTS[parts.scheme.lower()] else "")
    path = quote(unquote(parts.path, errors="replace"), safe="/:@!$&'()*+,;=~-._").rstrip("/")
    if not path and not kept:
        return None
    return plain(site + path + (f"?{urlencode(kept)}" if kept else ""))
