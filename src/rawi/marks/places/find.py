"""The place mentions of a document, each resolved to one place or left in doubt."""

from __future__ import annotations

from rawi.lexicon.pack import Pack
from rawi.model import Place
from rawi.text.tokens import Tokens


def find_places(tokens: Tokens, pack: Pack, *, outlet: str | None = None, country: str | None = None) -> list[Place]:
    """The places of ``tokens`` in text order; ``outlet`` and ``country`` say where the page comes from, if known."""
    return []
