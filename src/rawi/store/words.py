"""The words of a text as the search index holds them, and where they stand in the text as received."""

from __future__ import annotations

from typing import NamedTuple

from rawi.lexicon.pack import Pack
from rawi.text.tokens import LATIN, NUMBER, WORD, Tokens, tokenize

INDEX_FORM = 1
_INDEXED = frozenset({WORD, NUMBER, LATIN})


class Indexed(NamedTuple):
    """Both columns of the index for one text, and how many words it has."""

    form: str
    stem: str
    words: int


def index_words(text: str, pack: Pack) -> Indexed:
    """The matching keys of ``text``, and its light stems, each as one string of words."""
    tokens = tokenize(text, pack.letters)
    stems_of = pack.search.stems
    forms: list[str] = []
    stems: list[str] = []
    for kind, key in zip(tokens.kind, tokens.key, strict=True):
        if kind in _INDEXED:
            forms.append(key)
            if kind == WORD:
                stems.extend(stems_of(key))
            else:
                stems.append(key)
    return Indexed(" ".join(forms), " ".join(stems), len(forms))


def indexed_at(tokens: Tokens) -> list[int]:
    """The indices of the tokens that the index holds, in order."""
    return [i for i, kind in enumerate(tokens.kind) if kind in _INDEXED]


def index_version(pack: Pack) -> str:
    """Changes where the index must be made anew."""
    return f"{INDEX_FORM} {pack.search.version}"
