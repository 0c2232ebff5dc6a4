"""The language boundary: what a language pack gives to the layers above, as typed protocols.

The code above asks a pack for classes; the words stand in the pack's tables. A pack is frozen:
its memos are pure caches. Each layer's tables have a module of their own beside this one
(``lexicon/times.py``, ``places.py``, ``names.py``, ``reporting.py``), which defines their type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from rawi.text.letters import Letters

if TYPE_CHECKING:
    from rawi.lexicon.names import NameTables
    from rawi.lexicon.places import PlaceTables
    from rawi.lexicon.reporting import ReportingTables
    from rawi.lexicon.search import SearchTables
    from rawi.lexicon.times import TimeTables
    from rawi.lexicon.tracing import TracingTables
    from rawi.lexicon.voice import VoiceTables


class Split(NamedTuple):
    """One reading of a word: the proclitics before it (as written in the table) and the stem's matching key."""

    proclitics: str
    stem: str


class Pack(Protocol):
    """Everything rawi knows of one language."""

    @property
    def language(self) -> str:
        """The BCP 47 code of the language."""
        ...

    @property
    def letters(self) -> Letters:
        """Its letter foldings, handed to the text layer."""
        ...

    @property
    def tables_hash(self) -> str:
        """The first 16 hex digits of the SHA-256 over all its tables; part of ``made_by``."""
        ...

    def splits(self, key: str) -> tuple[Split, ...]:
        """Every way to split proclitics off a matching key, the unsplit reading first."""
        ...

    @property
    def times(self) -> TimeTables:
        """Words of time expressions."""
        ...

    @property
    def places(self) -> PlaceTables:
        """Words around places: cue words, directions, guards, hand-made places, disputed areas."""
        ...

    @property
    def names(self) -> NameTables:
        """Outlets, groups, bodies, roles, titles and given names."""
        ...

    @property
    def voice(self) -> VoiceTables:
        """The writer's own voice: charged wording, formulas of statements without a source."""
        ...

    @property
    def reporting(self) -> ReportingTables:
        """Cue forms, function words and heads of sources."""
        ...

    @property
    def search(self) -> SearchTables:
        """Light stems for the search index."""
        ...

    @property
    def tracing(self) -> TracingTables:
        """Words that the corpus step asks for."""
        ...
