"""What the marks layer hands to the speech layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rawi.marks.quotes import QuotesFound
from rawi.model import Entity, Name, Place, Timex


class Marks(NamedTuple):
    """What the marks layer found in one document: quotations, times, places, names and entities in text order."""

    quotes: QuotesFound
    times: Sequence[Timex]
    places: Sequence[Place]
    names: Sequence[Name]
    entities: Sequence[Entity]
