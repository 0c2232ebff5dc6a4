"""Drafts: what a frame proposes before contents are ended, speakers resolved and numbers given."""

from __future__ import annotations

from dataclasses import dataclass, field

from rawi.lexicon.reporting import Cue, CueForm

Range = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """One proposed attribution in token ranges.

    ``content`` holds its finished pieces, ``opens`` is where the last one opens.
    """

    cue: list[Range]
    row: Cue
    form: CueForm
    rule: str
    head: int
    source: Range | None = None
    opens: int | None = None
    content: list[Range] = field(default_factory=list)
    target: Range | None = None
    negated: bool = False
    impersonal: bool = False
    hal: bool = False
    relay_of: Draft | None = None
    share: Draft | None = None
    ref: Range | None = None
    limit: int | None = None
    subject: Range | None = None
    parent: Draft | None = None
    rivals: list[tuple[str, str]] = field(default_factory=list)

    @property
    def start(self) -> int:
        """The first token of the cue."""
        return self.cue[0][0]

    @property
    def cluster(self) -> int:
        """Where this attribution begins in the running text: its source or its cue, whichever is first."""
        return min(self.start, self.source[0]) if self.source and self.source[0] < self.start else self.start
