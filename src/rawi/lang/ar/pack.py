"""The Arabic language pack: reads its tables once, each group when first asked for."""

from __future__ import annotations

from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

from rawi.lang.ar.clitics import COLUMNS as CLITIC_COLUMNS
from rawi.lang.ar.clitics import Clitics
from rawi.lang.ar.paradigm import forms_of
from rawi.lexicon.names import NameTables
from rawi.lexicon.places import PlaceTables
from rawi.lexicon.reporting import ReportingTables
from rawi.lexicon.search import SearchTables
from rawi.lexicon.table import read_table
from rawi.lexicon.times import TimeTables
from rawi.lexicon.tracing import TracingTables
from rawi.lexicon.voice import VoiceTables
from rawi.text.letters import Letters

LETTER_COLUMNS = ("id", "level", "code", "becomes", "name", "example")


class ArabicPack:
    """Arabic, from the tables in ``folder``; raises :class:`rawi.errors.LexiconError` on faulty tables."""

    language = "ar"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.letters = _letters(folder)
        rows = read_table(folder / "clitics.tsv", CLITIC_COLUMNS)
        self._clitics = Clitics(rows, {r["written"]: self.key(r["written"]) for r in rows})
        self.splits = self._clitics.splits

    def key(self, word: str) -> str:
        """The matching key of a written word."""
        return self.letters.key_of(self.letters.form_of(word))

    @cached_property
    def tables_hash(self) -> str:
        """The first 16 hex digits of the SHA-256 over names and bytes of all tables."""
        digest = sha256()
        for path in sorted(self._folder.rglob("*")):
            if path.suffix in {".tsv", ".toml", ".json"}:
                digest.update(path.relative_to(self._folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()[:16]

    @cached_property
    def times(self) -> TimeTables:
        """Words of time expressions."""
        return TimeTables(self._folder, self.key, self.splits)

    @cached_property
    def places(self) -> PlaceTables:
        """Words around places."""
        return PlaceTables(self._folder, self.key)

    @cached_property
    def names(self) -> NameTables:
        """Outlets, groups, bodies, roles, titles and given names."""
        return NameTables(self._folder, self.key)

    @cached_property
    def reporting(self) -> ReportingTables:
        """Cue forms, function words and heads of sources."""
        return ReportingTables(self._folder, self.key, forms_of)

    @cached_property
    def search(self) -> SearchTables:
        """Light stems for the search index."""
        return SearchTables(self._folder, self.key, self.splits)

    @cached_property
    def voice(self) -> VoiceTables:
        """Charged wording, formulas of statements without a source."""
        return VoiceTables(self._folder, self.key)

    @cached_property
    def tracing(self) -> TracingTables:
        """Words that the corpus step asks for."""
        return TracingTables(self._folder, self.key)


def _letters(folder: Path) -> Letters:
    tables: dict[str, dict[str, str]] = {"form": {}, "key": {}}
    for row in read_table(folder / "letters.tsv", LETTER_COLUMNS):
        becomes = row["becomes"]
        tables[row["level"]][chr(int(row["code"][2:], 16))] = " " if becomes == "U+0020" else becomes
    return Letters(tables["form"], tables["key"])


@lru_cache(maxsize=1)
def arabic() -> ArabicPack:
    """The Arabic pack that ships with rawi, made once a process."""
    return ArabicPack(Path(__file__).parent)
