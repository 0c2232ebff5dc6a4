"""What resolving needs to know: the day of the document, what the text has said so far, and the tense."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple

from rawi.marks.times.calendars import Period
from rawi.marks.times.value import FINENESS


class Said(NamedTuple):
    """An expression that has been resolved: its period, number, sentence, paragraph, whether it named its year."""

    period: Period
    number: int
    sentence: int
    paragraph: int
    calendar_date: bool
    dated: bool
    hijri: bool = False


@dataclass(slots=True)
class Context:
    """The state of one document while its expressions are resolved in text order."""

    today: date
    now: time | None = None
    assistant: bool = False
    said: list[Said] = field(default_factory=list)
    tense: str = ""
    sentence: int = 0
    paragraph: int = 0

    def previous(self, grain: str) -> Said | None:
        """The last expression that is at least as fine as ``grain``."""
        wanted = FINENESS[grain]
        for item in reversed(self.said):
            if FINENESS[item.period.grain] >= wanted:
                return item
        return None

    def near(self) -> Said | None:
        """The last calendar date of this sentence, or of this paragraph where it named its year."""
        for item in reversed(self.said[-6:]):
            if item.calendar_date and item.sentence == self.sentence:
                return item
            if (
                item.dated
                and item.calendar_date
                and item.paragraph == self.paragraph
                and self.sentence - item.sentence <= 2
            ):
                return item if item.period.begin.year < self.today.year - 1 else None
        return None

    def same_day(self) -> Said | None:
        """The last single day of this sentence, or of the one before it in the paragraph."""
        for item in reversed(self.said[-4:]):
            close = item.sentence == self.sentence or (
                item.paragraph == self.paragraph and self.sentence - item.sentence == 1
            )
            if close and item.period.grain == "D":
                return item
        return None

    @property
    def forward(self) -> bool:
        """Whether a date without a year looks ahead here."""
        return self.assistant or self.tense == "future"
