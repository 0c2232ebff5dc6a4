"""Proclitics: every way in which a written word may open with conjunctions and prepositions."""

from __future__ import annotations

from rawi.lexicon.pack import Split
from rawi.lexicon.table import Row

COLUMNS = ("id", "written", "proclitics", "yields", "least", "example")


class Clitics:
    """Splits matching keys by the table ``clitics.tsv``; each distinct key is split once."""

    def __init__(self, rows: tuple[Row, ...], key_of: dict[str, str] | None = None) -> None:
        folds = key_of or {}
        self._rows = [
            (folds.get(r["written"], r["written"]), r["proclitics"], r["yields"], int(r["least"])) for r in rows
        ]
        self._rows.sort(key=lambda r: len(r[0]))
        self._openers = frozenset(written[0] for written, *_ in self._rows)
        self._memo: dict[str, tuple[Split, ...]] = {}

    def splits(self, key: str) -> tuple[Split, ...]:
        """The readings of ``key``, the unsplit one first, then by length of what is split off.

        No reading is vetoed here: the caller looks the stem up in its own lexicon.
        """
        found = self._memo.get(key)
        if found is None:
            found = self._split(key)
            if len(self._memo) > 100_000:
                self._memo.clear()
            self._memo[key] = found
        return found

    def _split(self, key: str) -> tuple[Split, ...]:
        readings = [Split("", key)]
        if key and key[0] in self._openers:
            for written, proclitics, yields, least in self._rows:
                if key.startswith(written) and len(key) - len(written) >= least:
                    readings.append(Split(proclitics, yields + key[len(written) :]))
        return tuple(readings)
