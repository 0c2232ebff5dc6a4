"""An opened project folder: its settings, its language, one database connection a thread."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Self

from rawi.lang.ar.pack import arabic
from rawi.settings import Settings
from rawi.store.db import connect
from rawi.store.write import refresh_index


class Opened:
    """The connections of a project; closed all together."""

    def __init__(self, folder: Path, settings: Settings, *, read_only: bool = False) -> None:
        self.folder, self.settings, self.read_only = folder, settings, read_only
        self.language = arabic()
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        if not read_only:
            refresh_index(self.db, self.language)

    @property
    def db(self) -> sqlite3.Connection:
        """This thread's connection to the database."""
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = self._local.db = connect(self.folder, read_only=self.read_only)
            with self._guard:
                self._connections.append(db)
        return db

    def close(self) -> None:
        """Closes the connections of all threads."""
        with self._guard:
            for db in self._connections:
                db.close()
            self._connections.clear()
        self._local = threading.local()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
