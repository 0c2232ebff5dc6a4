"""The fingerprint of a project: one hash over what it holds, without run ids, row numbers, times and durations."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

import msgspec

from rawi.model import Article, Reading
from rawi.store.corrections import corrections
from rawi.store.db import snapshot
from rawi.store.load import iterate_readings
from rawi.store.records import to_json, unpack
from rawi.store.traced import logical_tables

SECTIONS = ("documents", "readings", "sightings", "inputs", "failures", "corrections", "tracing")


def fingerprint(db: sqlite3.Connection) -> str:
    """The SHA-256 over the sorted logical exports of everything stored, as hex digits."""
    with snapshot(db):
        digest = sha256()
        for name, value in section_hashes(db).items():
            digest.update(f"{name} {value}\n".encode())
        return digest.hexdigest()


def section_hashes(db: sqlite3.Connection) -> dict[str, str]:
    """The hash of each part of a project, so that two that differ show where."""
    makers = {
        "documents": _documents(db),
        "readings": (encode(reading) for _, reading in iterate_readings(db, latest_only=False)),
        "sightings": _rows(
            db,
            "SELECT d.ref, i.sha256, i.name, s.position FROM sighting s JOIN document d ON d.n = s.document"
            " JOIN input i ON i.n = s.input",
        ),
        "inputs": _rows(db, "SELECT sha256, name, said, url, bytes, outcomes, done FROM input"),
        "failures": _rows(db, "SELECT name, position, kind, at, what, expected FROM failure"),
        "corrections": (to_json(c._asdict()).encode() for c in corrections(db)),
        "tracing": (to_json([name, row]).encode() for name, row in logical_tables(db)),
    }
    return {name: hash_of(makers[name]) for name in SECTIONS}


def hash_of(lines: Iterable[bytes]) -> str:
    """The hash of a set of lines, whatever their order; 32 bytes of memory a line."""
    return sha256(b"".join(sorted(sha256(line).digest() for line in lines))).hexdigest()


def encode(reading: Reading) -> bytes:
    """A reading as one line of JSON; lone surrogates as escapes."""
    try:
        return msgspec.json.encode(reading)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(reading)).encode("ascii")


def _documents(db: sqlite3.Connection) -> Iterator[bytes]:
    for row in db.execute("SELECT article, text, version, latest, made_by FROM document"):
        article = unpack(Article, row["article"], row["text"])
        made: list[Any] = [to_json(article), row["version"], row["latest"], row["made_by"]]
        yield to_json(made).encode()


def _rows(db: sqlite3.Connection, query: str) -> Iterator[bytes]:
    for row in db.execute(query):
        yield to_json(list(row)).encode()
