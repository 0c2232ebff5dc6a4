"""A doubt in words: its code, and what its parameters add."""

from __future__ import annotations

from rawi.model import Doubt
from rawi.show.messages import Messages
from rawi.show.visible import visible


def doubt_words(doubt: Doubt, say: Messages) -> str:
    """The doubt in the language of the interface; parameters without words of their own stay in the data.

    >>> from rawi.show.messages import messages
    >>> doubt_words(Doubt(code="undated", params={"given": "soon"}), messages("en"))
    'the article bears no date that could be read (what stands there: soon)'
    """
    details = [
        say(f"doubt_detail.{doubt.code}.{name}", value=visible(value))
        for name, value in doubt.params.items()
        if say.has(f"doubt_detail.{doubt.code}.{name}")
    ]
    words = say(f"doubt.{doubt.code}")
    return f"{words} ({say('punctuation.list').join(details)})" if details else words
