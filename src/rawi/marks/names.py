"""The names of a document: people, roles, institutions, groups, outlets, and the entities behind them."""

from __future__ import annotations

from rawi.lexicon.pack import Pack
from rawi.model import Entity, Name
from rawi.text.tokens import Tokens


def find_names(tokens: Tokens, pack: Pack) -> tuple[list[Name], list[Entity]]:
    """The name mentions of ``tokens`` in text order, and one entity for each thing named."""
    return [], []
