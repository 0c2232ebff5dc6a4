"""The project folder and its database: opened, made, locked, brought up to date."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rawi.errors import ProjectError

CONFIG = "rawi.toml"
DATABASE = "rawi.sqlite"
EVIDENCE = "evidence"
SCHEMA = 1
APPLICATION = 0x52415749
HERE = Path(__file__).parent
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ncpfs"}
_CONFIG = """# A rawi project: {database} holds what was read, {evidence}/ the bytes it was read from.
[project]
format = 1

[settings]
# `rawi doctor --settings` lists what may be set here.
"""


def find_project(start: Path) -> Path | None:
    """The folder of the nearest ``rawi.toml``, from ``start`` upwards."""
    for folder in (start.absolute(), *start.absolute().parents):
        if (folder / CONFIG).is_file():
            return folder
    return None


def is_project(folder: Path) -> bool:
    """Whether ``folder`` holds a project with its database."""
    return (folder / DATABASE).is_file()


def initialise(folder: Path) -> None:
    """Makes ``folder`` a project; what is there stays. Raises :class:`ProjectError` where it cannot be."""
    try:
        (folder / EVIDENCE).mkdir(parents=True, exist_ok=True)
        if not (folder / CONFIG).exists():
            text = _CONFIG.format(database=DATABASE, evidence=EVIDENCE)
            (folder / CONFIG).write_text(text, encoding="utf-8")
    except OSError as fault:
        raise ProjectError(
            fault.strerror or str(fault), where=str(folder), expected="a folder to write to"
        ) from fault
    connect(folder).close()


def connect(folder: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection to the project's database, made or brought up to date where it may be written.

    Raises :class:`ProjectError` on a missing, foreign or newer database.
    """
    path = folder / DATABASE
    if read_only and not path.is_file():
        raise ProjectError("no project", where=str(folder), expected="a folder that `rawi add` has filled")
    try:
        db = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
        _prepare(db, path, read_only)
    except sqlite3.DatabaseError as fault:
        raise ProjectError(str(fault), where=str(path), expected="a database that rawi made") from fault
    return db


def _prepare(db: sqlite3.Connection, path: Path, read_only: bool) -> None:
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA busy_timeout = 60000")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA cache_size = -65536")
    db.execute("PRAGMA mmap_size = 268435456")
    db.execute("PRAGMA temp_store = MEMORY")
    db.execute("PRAGMA synchronous = FULL")
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    empty = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application != APPLICATION and not empty:
        raise ProjectError("a database of another program", where=str(path), expected="a folder of rawi's own")
    if version > SCHEMA:
        raise ProjectError(f"made by a newer rawi (format {version})", where=str(path), expected="a newer rawi")
    if version < SCHEMA:
        if read_only and not empty:
            raise ProjectError("made by an older rawi", where=str(path), expected="`rawi add` once, which updates it")
        _create_or_migrate(db, path, empty)
    if read_only:
        db.execute("PRAGMA query_only = ON")


def _create_or_migrate(db: sqlite3.Connection, path: Path, empty: bool) -> None:
    mode = "DELETE" if on_network_drive(path) else "WAL"
    db.execute(f"PRAGMA journal_mode = {mode}")
    with transaction(db):
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version == SCHEMA:
            return
        if empty or version == 0:
            _run_script(db, (HERE / "schema.sql").read_text(encoding="utf-8"))
            db.execute(f"PRAGMA application_id = {APPLICATION}")
        else:
            for step in range(version + 1, SCHEMA + 1):
                _run_script(db, (HERE / "migrations" / f"{step:04d}.sql").read_text(encoding="utf-8"))
        db.execute(f"PRAGMA user_version = {SCHEMA}")


def _run_script(db: sqlite3.Connection, script: str) -> None:
    """Runs the statements of ``script`` inside the open transaction (``executescript`` would commit it)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""
    if statement.strip():
        db.execute(statement)


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One write transaction, all of it or nothing; raises :class:`ProjectError` where it cannot be written."""
    try:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
    except sqlite3.OperationalError as fault:
        raise ProjectError(
            f"cannot be written ({fault})", expected="room on the disk, and no other writer"
        ) from fault


@contextmanager
def snapshot(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One state of the database for several queries."""
    if db.in_transaction:
        yield db
        return
    db.execute("BEGIN")
    try:
        yield db
    finally:
        db.execute("COMMIT")


@contextmanager
def work_lock(folder: Path, verb: str) -> Iterator[None]:
    """Holds the project for one adding or tracing process; the lock ends with the process, however it ends.

    Raises :class:`ProjectError` where another process holds it.
    """
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            _lock(handle)
        except OSError as fault:
            os.lseek(handle, 0, os.SEEK_SET)
            holder = os.read(handle, 200).decode("utf-8", "replace").strip() or "another rawi"
            raise ProjectError(
                f"busy: {holder} is at work here", where=str(folder), expected="to wait until it is done"
            ) from fault
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, f"rawi {verb}, process {os.getpid()}\n".encode())
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, 4096, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def on_network_drive(path: Path) -> bool:
    """Whether ``path`` lies on a network file system, where WAL is unsafe (known on Linux only)."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except (OSError, IndexError):
        return False
    place = str(path.absolute())
    best = max((m for m in mounts if place.startswith(m[0])), key=lambda m: len(m[0]), default=["/", ""])
    return best[1] in NETWORK


def now() -> str:
    """This moment, UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def get_meta(db: sqlite3.Connection, name: str) -> str | None:
    """The stored value of ``name``, or None."""
    row = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def set_meta(db: sqlite3.Connection, name: str, value: str) -> None:
    """Stores ``value`` under ``name``."""
    db.execute("INSERT INTO meta VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value", (name, value))
