"""From candidates to attributions: numbers, identities, parents, speakers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rawi.lexicon.pack import Pack
from rawi.model import Article, Attribution, Charged, Doubt, Entity, Quote, Unattributed
from rawi.text.tokens import Tokens

if TYPE_CHECKING:
    from rawi.reader import Marks


class SpeechFound(NamedTuple):
    """What the speech layer found: statements, the writer's own ones, and entities with their speakers."""

    attributions: Sequence[Attribution]
    entities: Sequence[Entity]
    quotes: Sequence[Quote]
    unattributed: Sequence[Unattributed]
    charged: Sequence[Charged]
    doubts: Sequence[Doubt]


def find_speech(
    tokens: Tokens, marks: Marks, pack: Pack, *, article: Article, use_scorer: bool = True
) -> SpeechFound:
    """The attributions of one document in text order of their cues, with everything that depends on them."""
    return SpeechFound([], marks.entities, marks.quotes.quotes, [], [], [])
