"""Writes articles, readings and failures; a batch is one transaction, and storing a thing twice changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from rawi.errors import RawiError
from rawi.lexicon.pack import Pack
from rawi.model import Article, Reading, text_key
from rawi.store.corrections import refresh_states
from rawi.store.db import get_meta, now, set_meta, transaction
from rawi.store.derived import drop_reading, set_latest, write_reading
from rawi.store.evidence import Kept
from rawi.store.records import canonical_address, pack, pack_text, plain, unpack_text
from rawi.store.words import index_version, index_words


class Input(NamedTuple):
    """An input as the database knows it: its row, and how many outcomes of it are stored."""

    n: int
    outcomes: int
    done: bool
    failures: int


class Outcome(NamedTuple):
    """The outcome at one position of an input: an article with its reading (None: stored already), or a failure."""

    position: int
    article: Article | None = None
    reading: Reading | None = None
    failure: RawiError | None = None


def open_input(db: sqlite3.Connection, kept: Kept, name: str, said: str, url: str | None = None) -> Input:
    """The input of these bytes under this name; made where it is new."""
    moment = now()
    with transaction(db):
        db.execute("DELETE FROM failure WHERE input IS NULL AND name = ?", (plain(name),))
        db.execute(
            "INSERT INTO input (sha256, name, said, url, bytes, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (sha256, name, said) DO UPDATE SET last_seen = excluded.last_seen",
            (kept.sha256, plain(name), said, plain(url), kept.bytes, moment, moment),
        )
        row = db.execute(
            "SELECT n, outcomes, done, (SELECT count(*) FROM failure WHERE input = input.n) AS failures"
            " FROM input WHERE sha256 = ? AND name = ? AND said = ?",
            (kept.sha256, plain(name), said),
        ).fetchone()
    return Input(row["n"], row["outcomes"], bool(row["done"]), row["failures"])


def unfinished_inputs(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """The inputs that an earlier run began and did not end: ``n sha256 name said url bytes``."""
    return db.execute("SELECT n, sha256, name, said, url, bytes FROM input WHERE NOT done ORDER BY n").fetchall()


def reopen_input(db: sqlite3.Connection, n: int) -> Input:
    """The input, to be read from its start once more; what is stored of it stays."""
    with transaction(db):
        db.execute("UPDATE input SET done = 0, outcomes = 0 WHERE n = ?", (n,))
    return Input(n, 0, False, 0)


def write_batch(
    db: sqlite3.Connection, source: int, batch: Iterable[Outcome], language: Pack, *, done: bool = False
) -> None:
    """Stores consecutive outcomes of an input and how far it has come, in one transaction."""
    moment = now()
    with transaction(db):
        last = -1
        for outcome in batch:
            last = max(last, outcome.position)
            if outcome.article is not None:
                db.execute("DELETE FROM failure WHERE input = ? AND position = ?", (source, outcome.position))
                n = _write_article(db, outcome.article, source, outcome.position, moment, language)
                if outcome.reading is not None:
                    _replace_reading(db, n, outcome.reading, language)
            if outcome.failure is not None:
                _write_failure(db, source, outcome.position, outcome.failure, moment)
        db.execute(
            "UPDATE input SET outcomes = max(outcomes, ?), done = ?, last_seen = ? WHERE n = ?",
            (last + 1, int(done), moment, source),
        )
        if done:
            db.execute(
                "DELETE FROM failure WHERE input = ?1 AND position >= (SELECT outcomes FROM input WHERE n = ?1)",
                (source,),
            )


def write_readings(db: sqlite3.Connection, batch: Iterable[tuple[int, Reading]], language: Pack) -> None:
    """Replaces the readings of stored documents, in one transaction."""
    with transaction(db):
        for n, reading in batch:
            _replace_reading(db, n, reading, language)


def _replace_reading(db: sqlite3.Connection, n: int, reading: Reading, language: Pack) -> None:
    drop_reading(db, n, language)
    write_reading(db, n, reading, language)
    refresh_states(db, reading.id)


def failed_input(db: sqlite3.Connection, name: str, fault: RawiError) -> None:
    """Records that a whole input could not be opened or fetched."""
    with transaction(db):
        db.execute("DELETE FROM failure WHERE input IS NULL AND name = ?", (plain(name),))
        _insert_failure(db, None, name, -1, fault, now())


def _write_failure(db: sqlite3.Connection, source: int, position: int, fault: RawiError, moment: str) -> None:
    name = db.execute("SELECT name FROM input WHERE n = ?", (source,)).fetchone()[0]
    db.execute("DELETE FROM failure WHERE input = ? AND position = ?", (source, position))
    _insert_failure(db, source, name, position, fault, moment)


def _insert_failure(
    db: sqlite3.Connection, source: int | None, name: str, position: int, fault: RawiError, moment: str
) -> None:
    db.execute(
        "INSERT INTO failure (input, name, position, kind, at, what, expected, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            source, plain(name), position, type(fault).__name__, plain(fault.where), plain(fault.what),
            plain(fault.expected), moment,
        ),
    )  # fmt: skip


def reference(identity: str, key: str) -> str:
    """16 hex digits that address one version of one document.

    >>> reference("a", "b")
    'f04cdced9736a69d'
    """
    return text_key(f"{identity}\x1f{key}")


def headline(article: Article) -> str:
    """The headline on one line, or the first words of the text; at most 200 characters."""
    span = article.title_span
    line = span.of(article.text) if span else article.text[:2000].strip().split("\n", 1)[0]
    line = " ".join(line.split())
    return line if len(line) <= 200 else line[:199] + "\u2026"


def _write_article(
    db: sqlite3.Connection, article: Article, source: int, position: int, moment: str, language: Pack
) -> int:
    """The row of the article, made where it is new; its sighting is noted, its work's latest version set."""
    row = db.execute("SELECT n FROM document WHERE id = ? AND key = ?", (plain(article.id), article.key)).fetchone()
    n = int(row[0]) if row else _insert_article(db, article, moment, language)
    new = db.execute("INSERT OR IGNORE INTO sighting VALUES (?, ?, ?, ?)", (n, source, position, moment)).rowcount
    if new:
        db.execute(
            "UPDATE document SET last_seen = ?, sight = (SELECT max(sight) + 1 FROM document) WHERE n = ?",
            (moment, n),
        )
        _order_versions(db, n)
    return n


def _insert_article(db: sqlite3.Connection, article: Article, moment: str, language: Pack) -> int:
    address = canonical_address(article.url)
    words = index_words(article.text, language)
    cursor = db.execute(
        "INSERT INTO document (ref, id, key, work, outlet, url, address, published, day, title, words, text, article,"
        " first_seen, last_seen) VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            reference(article.id, article.key), plain(article.id), article.key, plain(article.outlet),
            plain(article.url), address, plain(article.published), plain((article.published or "")[:10]) or None,
            plain(headline(article)), words.words, pack_text(article.text), pack(article), moment, moment,
        ),
    )  # fmt: skip
    n = int(cursor.lastrowid or 0)
    db.execute("UPDATE document SET work = n WHERE n = ?", (n,))
    db.execute(
        "INSERT INTO word_index (rowid, form, stem) VALUES (?, ?, ?)", (n, plain(words.form), plain(words.stem))
    )
    _join_works(db, n, plain(article.id) or "", address)
    return n


def _join_works(db: sqlite3.Connection, n: int, identity: str, address: str | None) -> None:
    """One work for all rows of the same id or the same canonical address."""
    rows = db.execute(
        "SELECT DISTINCT work FROM document WHERE id = ? OR (? IS NOT NULL AND address = ?)",
        (identity, address, address),
    ).fetchall()
    works = sorted(row[0] for row in rows)
    for other in works[1:]:
        db.execute("UPDATE document SET work = ? WHERE work = ?", (works[0], other))


def _order_versions(db: sqlite3.Connection, n: int) -> None:
    """Numbers the texts of a work in order of first sight; the one seen last is the latest."""
    rows = db.execute(
        "SELECT n, key, version, latest, sight FROM document WHERE work = (SELECT work FROM document WHERE n = ?)"
        " ORDER BY n",
        (n,),
    ).fetchall()
    if len(rows) == 1:
        return
    order = list(dict.fromkeys(row["key"] for row in rows))
    current = max(rows, key=lambda r: r["sight"])["key"]
    for row in rows:
        version, latest = order.index(row["key"]) + 1, int(row["key"] == current)
        if version != row["version"]:
            db.execute("UPDATE document SET version = ? WHERE n = ?", (version, row["n"]))
        if latest != row["latest"]:
            set_latest(db, row["n"], bool(latest))


def refresh_index(db: sqlite3.Connection, language: Pack) -> bool:
    """Makes the search index anew where the language tables have changed since; whether it had to."""
    wanted = index_version(language)
    if get_meta(db, "index") == wanted:
        return False
    with transaction(db):
        if db.execute("SELECT 1 FROM document LIMIT 1").fetchone():
            _rebuild_index(db, language)
        set_meta(db, "index", wanted)
    return True


def _rebuild_index(db: sqlite3.Connection, language: Pack) -> None:
    db.execute("INSERT INTO word_index (word_index) VALUES ('delete-all')")
    db.execute("INSERT INTO said_index (said_index) VALUES ('delete-all')")
    for row in db.execute("SELECT n, text FROM document ORDER BY n"):
        words = index_words(unpack_text(row["text"]), language)
        db.execute(
            "INSERT INTO word_index (rowid, form, stem) VALUES (?, ?, ?)",
            (row["n"], plain(words.form), plain(words.stem)),
        )
    for row in db.execute("SELECT n, content FROM statement ORDER BY n"):
        words = index_words(row["content"], language)
        db.execute("INSERT INTO said_index (rowid, form, stem) VALUES (?, ?, ?)", (row["n"], words.form, words.stem))
