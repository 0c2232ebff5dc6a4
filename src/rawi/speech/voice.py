"""The writer's own voice: statements without a source and charged wording, found after the attributions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rawi.lexicon.pack import Pack
from rawi.model import Attribution, Charged, Unattributed
from rawi.speech.charged import find_charged
from rawi.speech.unattributed import find_unattributed
from rawi.text.tokens import Tokens


class VoiceFound(NamedTuple):
    """What the writer asserts with no source, and the charged wording of the writer."""

    unattributed: list[Unattributed]
    charged: list[Charged]


def find_voice(tokens: Tokens, attributions: Iterable[Attribution], inside: Sequence[int], pack: Pack) -> VoiceFound:
    """The writer's own voice; ``inside[i]`` is the quotation of token ``i``, or -1."""
    return VoiceFound(find_unattributed(tokens, attributions, inside, pack), find_charged(tokens, inside, pack))
