"""Which encoding bytes of text are in: marks, strict UTF-8, what is declared, then letter statistics."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from rawi.errors import EncodingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("cp1256", "iso8859-6")
# Shares of letters in Arabic newspaper text, in thousandths, by code point (alef lam ya mim waw nun ra ta ba ...).
_FREQUENCY = {
    0x627: 146, 0x644: 120, 0x64A: 76, 0x645: 57, 0x648: 57, 0x646: 54, 0x631: 49, 0x62A: 46, 0x628: 34, 0x629: 34,
    0x639: 34, 0x62F: 31, 0x633: 27, 0x641: 26, 0x647: 24, 0x643: 21, 0x642: 22, 0x623: 25, 0x62D: 18, 0x62C: 14,
    0x634: 12, 0x635: 11, 0x649: 10, 0x625: 10, 0x62E: 9, 0x637: 11, 0x636: 7, 0x632: 6, 0x62B: 6, 0x630: 7,
    0x621: 5, 0x626: 5, 0x63A: 5, 0x638: 3, 0x622: 3, 0x624: 2,
}  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9._:-]{2,40}")
SAMPLE = 65_536
# How much likelier the Windows page is than the other one: it decides texts of a few words alone.
USUAL = 1.0
# High bytes of Arabic text in UTF-16: ASCII, Arabic, punctuation, presentation forms.
_HIGH = (0x00, 0x06, 0x20, 0xFB, 0xFC, 0xFD, 0xFE)


class Decoded(NamedTuple):
    """Text and the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes, *, declared: str | None = None, where: str = "") -> Decoded:
    """The text of ``data`` without a leading byte-order mark, nothing else changed.

    In this order: a byte-order mark; UTF-16 by its zero bytes; strict UTF-8; the declared encoding where its
    text reads like text; the best of the single-byte Arabic encodings by letter statistics. Single bytes
    that are wrong in otherwise good UTF-8 become lone surrogates, a way back that ``doubts`` points out.
    Raises :class:`EncodingError`.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            marked = _strict(data[len(mark) :], name)
            if marked is not None:
                return _sound(marked, name, where)
    wide = _wide(data)
    if wide and (spread := _strict(data, wide)) is not None:
        return _sound(spread, wide, where)
    if (plain := _strict(data, "utf-8")) is not None:
        return _sound(plain, "utf-8", where)
    for likely in (declared, *_CANDIDATES):
        good = _single(data, likely) if likely else None
        if good is not None:
            return good
    return _nearly_utf8(data, where)


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: the high bytes are few, and all at odd or all at even places."""
    part = data[: SAMPLE & ~1]
    if len(part) < 4 or len(data) % 2:
        return None
    for name, high in (("utf-16-le", part[1::2]), ("utf-16-be", part[0::2])):
        common = sum(high.count(b) for b in _HIGH)
        if common > 0.8 * len(high) and high.count(6) + high.count(0) // 4 > 0.2 * len(high):
            return name
    return None


def _single(data: bytes, name: str) -> Decoded | None:
    """``data`` in a declared or likely encoding, where it reads like text."""
    if not _NAME.fullmatch(name):
        return None
    try:
        codec = codecs.lookup(name).name
        part = data[:SAMPLE].decode(codec, "replace")
    except (LookupError, UnicodeError, ValueError, AttributeError):
        return None
    if codec == "utf-8" or _likeness(part) < 0.5:
        return None
    best = max(
        {codec, *(_CANDIDATES if codec in _CANDIDATES or codec == "cp1252" else ())},
        key=lambda c: _likeness(data[:SAMPLE].decode(c, "replace")) + (USUAL / len(part) if c == "cp1256" else 0.0),
    )
    return Decoded(data.decode(best, "surrogateescape"), best)


def _likeness(text: str) -> float:
    """How much ``text`` reads like Arabic (or plain ASCII) prose, about 0 to 1; odd signs count against it."""
    letters = [c for c in text if ord(c) > 127]
    if not letters:
        return 1.0
    arabic = [c for c in letters if ord(c) in _FREQUENCY]
    odd = sum(1 for c in letters if c == "\ufffd" or 0x80 <= ord(c) < 0xA0) + sum(c < "\t" for c in text)
    if not arabic:
        return 0.0
    share = len(arabic) / len(letters)
    mean = sum(_FREQUENCY[ord(c)] for c in arabic) / len(arabic)
    return share * min(1.0, mean / 55) - 2 * odd / len(letters)


def _nearly_utf8(data: bytes, where: str) -> Decoded:
    text = data.decode("utf-8", "surrogateescape")
    wrong = sum("\udc80" <= c <= "\udcff" for c in text)
    if not text or wrong > max(3, len(text) // 200):
        raise EncodingError(
            "no text in any known encoding", where=where, expected="UTF-8, UTF-16 or windows-1256 text"
        )
    return _sound(text, "utf-8", where)


def _sound(text: str, name: str, where: str) -> Decoded:
    part = text[:SAMPLE]
    controls = sum(c < "\t" or "\x0e" <= c < " " for c in part)
    if controls > max(4, len(part) // 20):
        raise EncodingError("binary data, not text", where=where, expected="UTF-8, UTF-16 or windows-1256 text")
    return Decoded(text, name)
