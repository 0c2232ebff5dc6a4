"""The typed tables of speech that a language pack compiles for ``marks`` and ``speech``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


class SpeechTables:
    """Tables of speech, read from ``folder``; ``key`` gives the matching key of a written word."""

    def __init__(self, folder: Path, key: Callable[[str], str]) -> None:
        self._folder = folder
        self._key = key
