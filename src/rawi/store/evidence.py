"""The evidence folder: raw bytes under their SHA-256, written once, never changed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from rawi.errors import InputError
from rawi.store.db import EVIDENCE

PIECE = 1 << 20


class Kept(NamedTuple):
    """Bytes in the evidence folder: their SHA-256, how many they are, where they lie."""

    sha256: str
    bytes: int
    path: Path


def evidence_path(folder: Path, digest: str) -> Path:
    """Where the bytes with this SHA-256 lie in a project."""
    return folder / EVIDENCE / digest[:2] / digest


def keep_file(folder: Path, name: Path) -> Kept:
    """The evidence of a regular file, copied; raises :class:`InputError` where it is none or cannot be read."""
    try:
        with open(name, "rb", opener=_open_without_waiting) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise InputError("not a plain file", where=str(name), expected="a file")
            return _keep(folder, stream)
    except OSError as fault:
        raise InputError(fault.strerror or str(fault), where=str(name), expected="a readable file") from fault


def _open_without_waiting(path: str, flags: int) -> int:
    """Opens without waiting for the writer of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def keep_bytes(folder: Path, data: bytes) -> Kept:
    """The evidence of ``data``."""
    from io import BytesIO

    return _keep(folder, BytesIO(data))


def _keep(folder: Path, stream: BinaryIO) -> Kept:
    """Hashes the stream, and copies it where these bytes are not there yet."""
    digest, size = sha256(), 0
    part = folder / EVIDENCE / f".part-{os.getpid()}-{os.urandom(4).hex()}"
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        with part.open("wb") as out:
            while piece := stream.read(PIECE):
                digest.update(piece)
                size += len(piece)
                out.write(piece)
            out.flush()
            path = evidence_path(folder, digest.hexdigest())
            if path.exists() and path.stat().st_size == size:
                return Kept(digest.hexdigest(), size, path)
            os.fsync(out.fileno())
        path.parent.mkdir(exist_ok=True)
        part.replace(path)
        _sync_folder(path.parent)
        return Kept(digest.hexdigest(), size, path)
    finally:
        part.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def clear_parts(folder: Path) -> None:
    """Removes what a killed process left half written; only for the holder of the work lock."""
    for part in (folder / EVIDENCE).glob(".part-*"):
        part.unlink(missing_ok=True)


def damaged(folder: Path) -> Iterator[str]:
    """The SHA-256 of each piece of evidence whose bytes are no longer those that were kept."""
    for path in sorted((folder / EVIDENCE).glob("??/*")):
        digest = sha256()
        with path.open("rb") as stream:
            while piece := stream.read(PIECE):
                digest.update(piece)
        if digest.hexdigest() != path.name:
            yield path.name
