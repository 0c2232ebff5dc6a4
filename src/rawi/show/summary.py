"""What a set of readings says in short: who speaks most, what is unnamed, what is denied, what has no source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from rawi.model import Reading
from rawi.show.messages import Messages
from rawi.show.statements import StatementView, is_unnamed, views

SPEAKERS_SHOWN = 8
NAMED = frozenset({"person", "official", "institution", "group", "outlet", "document"})
# "The minister" or "the report" is another one in another article.
WITHIN_ONE_ARTICLE = frozenset({"official", "document"})


class Tally:
    """Counts over readings, added one at a time, so that a corpus of any size is summed up in passing."""

    def __init__(self) -> None:
        self.articles = self.statements = self.unnamed = self.denials = self.unattributed = 0
        self.speakers: Counter[tuple[str, str, str]] = Counter()
        self.stances: Counter[str] = Counter()
        self.doubts: Counter[str] = Counter()

    def add(self, reading: Reading) -> list[StatementView]:
        """Counts one reading in; returns its statements as they are shown."""
        found = views(reading)
        self.articles += 1
        self.statements += len(found)
        self.unattributed += sum(u.class_ == "writer" for u in reading.unattributed)
        self.unnamed += sum(map(is_unnamed, found))
        self.denials += sum(v.stance == "denied" for v in found)
        self.stances.update(v.stance for v in found)
        self.speakers.update(
            (v.type, v.speaker, reading.id if v.type in WITHIN_ONE_ARTICLE else "")
            for v in found
            if v.type in NAMED and v.speaker
        )
        self.doubts.update(d.code for d in reading.doubts)
        for v in found:
            self.doubts.update(d.code for d in v.attribution.doubts)
        return found

    def line(self, say: Messages) -> str:
        """The summary line: articles, statements, speakers, unnamed sources, denials."""
        numbers = (
            ("articles", self.articles),
            ("statements", self.statements),
            ("speakers", len(self.speakers)),
            ("unnamed", self.unnamed),
            ("denials", self.denials),
        )
        return say("punctuation.list").join(say.count(what, n) for what, n in numbers)


class Speaker(NamedTuple):
    """A speaker of the summary: type, name as printed, number of statements."""

    type: str
    name: str
    statements: int


def speak_most(tally: Tally, shown: int = SPEAKERS_SHOWN) -> list[Speaker]:
    """The speakers with most statements, most first, equal ones by name."""
    ranked = sorted(tally.speakers.items(), key=lambda item: (-item[1], item[0][1], item[0][2]))
    return [Speaker(type, name, count) for (type, name, _), count in ranked[:shown]]


def tally_of(readings: Iterable[Reading]) -> Tally:
    """The tally over ``readings``."""
    tally = Tally()
    for reading in readings:
        tally.add(reading)
    return tally
