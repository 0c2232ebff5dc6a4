"""The tables of the writer's own voice: charged wording, and how a statement without a source is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

from rawi.errors import LexiconError
from rawi.lexicon.match import PhraseTable
from rawi.lexicon.table import Row, read_table
from rawi.model import UnattributedClass

CHARGED_COLUMNS = ("id", "class", "camp", "phrases", "says", "mirrors", "source", "date", "example")
VOICE_COLUMNS = ("id", "class", "where", "phrases", "example")
Payload = TypeVar("Payload")


class ChargedRow(NamedTuple):
    """One row of charged wording: its class, who uses it, and the rows that another camp uses alike."""

    id: str
    kind: str
    camp: str
    says: str
    mirrors: tuple[str, ...]
    example: str


class VoiceRow(NamedTuple):
    """One formula of the writer's voice; ``at_start``: only where a sentence opens."""

    id: str
    kind: UnattributedClass
    at_start: bool
    example: str


class VoiceTables:
    """Charged wording and voice formulas, as phrases of matching keys.

    Raises :class:`LexiconError` where a row of charged wording names no mirror, or one that does not exist.
    """

    def __init__(self, folder: Path, key: Callable[[str], str]) -> None:
        charged_rows = read_table(folder / "charged.tsv", CHARGED_COLUMNS)
        self.charged_rows = {r["id"]: _charged(r) for r in charged_rows}
        self.charged: PhraseTable[ChargedRow] = PhraseTable()
        self.formulas: PhraseTable[VoiceRow] = PhraseTable()
        faults = []
        for row in charged_rows:
            mirrors = row.list("mirrors")
            lost = [m for m in mirrors if m not in self.charged_rows]
            if lost or not mirrors:
                faults.append(f"{row.where}: mirrors {lost or 'missing'}; each row names one that another camp uses")
            _add(self.charged, row, self.charged_rows[row["id"]], key)
        for row in read_table(folder / "voice.tsv", VOICE_COLUMNS):
            kind = cast(UnattributedClass, row["class"])
            _add(self.formulas, row, VoiceRow(row["id"], kind, row["where"] == "start", row["example"]), key)
        if faults:
            raise LexiconError(faults)


def _charged(row: Row) -> ChargedRow:
    return ChargedRow(row["id"], row["class"], row["camp"], row["says"], row.list("mirrors"), row["example"])


def _add(table: PhraseTable[Payload], row: Row, payload: Payload, key: Callable[[str], str]) -> None:
    for phrase in row.list("phrases"):
        words = [key(word) for word in phrase.split()]
        table.add(words, payload)
