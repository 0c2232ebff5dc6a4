"""The reason of a statement in words: what its rule looks for, said in the language of the interface."""

from __future__ import annotations

import re

from rawi.show.messages import Messages

_PART = re.compile(r"[^\s/+,;|]+")


def reasons(rule: str, say: Messages) -> tuple[str, ...]:
    """A sentence for each named frame in ``rule``; ids of table rows have none: their row speaks for itself.

    >>> from rawi.show.messages import messages
    >>> reasons("past-clause RV001", messages("en"))
    ('A verb of saying in the past, then a clause with its complementiser.',)
    """
    found = []
    for part in _PART.findall(rule):
        shape, _, kind = part.partition("-")
        if say.has(f"rule.{part}"):
            found.append(say(f"rule.{part}"))
        elif say.has(f"rule.shape.{shape}") and say.has(f"rule.kind.{kind}"):
            found.append(say("punctuation.list").join((say(f"rule.shape.{shape}"), say(f"rule.kind.{kind}"))))
    return tuple(found)
