"""Light stems for the search index: every reading of a word's proclitics, one ending off."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from rawi.lexicon.table import read_table

if TYPE_CHECKING:
    from rawi.lexicon.pack import Split

COLUMNS = ("id", "place", "written", "least", "example")


class SearchTables:
    """The light stems of matching keys; a text gives all readings of a word, a query one.

    ``version`` changes with the tables that decide what is found: letters, proclitics, stems.
    """

    def __init__(self, folder: Path, key: Callable[[str], str], splits: Callable[[str], tuple[Split, ...]]) -> None:
        rows = read_table(folder / "stems.tsv", COLUMNS)
        self._splits = splits
        self._openings = [(key(r["written"]), int(r["least"])) for r in rows if r["place"] == "opening"]
        endings = {key(r["written"]): int(r["least"]) for r in rows if r["place"] == "ending"}
        self._endings = sorted(endings.items(), key=lambda e: (-len(e[0]), e[0]))
        self._last = frozenset(written[-1] for written in endings)
        self._memo: dict[str, tuple[str, ...]] = {}
        tables = b"".join((folder / name).read_bytes() for name in ("letters.tsv", "clitics.tsv", "stems.tsv"))
        self.version = sha256(tables).hexdigest()[:16]

    def stem(self, key: str) -> str:
        """The stem by which a word is looked for: without article and one ending."""
        for written, least in self._openings:
            if key.startswith(written) and len(key) - len(written) >= least:
                key = key[len(written) :]
                break
        if key and key[-1] in self._last:
            for written, least in self._endings:
                if key.endswith(written) and len(key) - len(written) >= least:
                    return key[: -len(written)]
        return key

    def stems(self, key: str) -> tuple[str, ...]:
        """The stems under which a word of a text is found, that of the unsplit word first."""
        found = self._memo.get(key)
        if found is None:
            found = tuple(dict.fromkeys(self.stem(split.stem) for split in self._splits(key)))
            if len(self._memo) > 400_000:
                self._memo.clear()
            self._memo[key] = found
        return found
