"""The normal form of a whole text, with its way back."""

from __future__ import annotations

from typing import NamedTuple

from rawi.text.letters import Letters
from rawi.text.offsets import OffsetMap


class Normal(NamedTuple):
    """A normal form and the map from its positions to those of the text as received."""

    text: str
    offsets: OffsetMap


def normalize(text: str, letters: Letters) -> Normal:
    """The normal form of ``text`` and its offset map; normalising a normal form changes nothing."""
    pieces: list[str] = []
    normal: list[int] = []
    original: list[int] = []
    step: list[bool] = []
    done = length = 0
    for match in letters.changing.finditer(text):
        at = match.start()
        folded = letters.fold_character(match.group())
        if at > done:
            pieces.append(text[done:at])
            normal.append(length)
            original.append(done)
            step.append(True)
            length += at - done
        if folded:
            pieces.append(folded)
            normal.append(length)
            original.append(at)
            step.append(False)
            length += len(folded)
        done = at + 1
    if done < len(text):
        pieces.append(text[done:])
        normal.append(length)
        original.append(done)
        step.append(True)
    return Normal("".join(pieces), OffsetMap(normal, original, step, len(text)))
