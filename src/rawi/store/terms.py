"""A query in words: what it asks of the index, and where a text answers it, in the text's own offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rawi.lexicon.pack import Pack
from rawi.model import Span
from rawi.store.records import plain
from rawi.store.words import indexed_at
from rawi.text.tokens import WORD, Tokens, tokenize

# A word or a phrase between any pair of double quotation marks, a minus before it to exclude it.
_PART = re.compile(r'(?P<no>(?<!\S)-)?(?:["\u201c\u201d\u00ab\u00bb](?P<phrase>[^"\u201c\u201d\u00ab\u00bb]+)'
                   r'["\u201c\u201d\u00ab\u00bb]|(?P<word>[^\s"\u201c\u201d\u00ab\u00bb]+))')  # fmt: skip
# Signs written on letters: a word goes on under them.
_SIGNS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
SHOWN = 240
MOST_TERMS = 64
MOST_MARKS = 200


class Term(NamedTuple):
    """One word or phrase of a query: as written, and its matching keys."""

    written: str
    keys: tuple[str, ...]

    def stands_in(self, text: str) -> bool:
        """Whether the words stand in ``text`` letter by letter, as whole words."""
        return self.written.split()[0] in text and _whole(self.written).search(text) is not None


class Terms(NamedTuple):
    """What has to be there and what may not."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()

    def written_in(self, text: str) -> bool:
        """Whether ``text`` holds each wanted term letter by letter as whole words, and no unwanted one."""
        return all(t.stands_in(text) for t in self.wanted) and not any(t.stands_in(text) for t in self.unwanted)


@lru_cache(maxsize=256)
def _whole(written: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, written.split()))
    return re.compile(rf"(?<![\w{_SIGNS}]){words}(?![\w{_SIGNS}])")


def parse_query(query: str, pack: Pack) -> Terms:
    """The terms of a query: words, phrases between quotation marks, ``-`` before what may not be there."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for match in list(_PART.finditer(query))[:MOST_TERMS]:
        written = match["phrase"] or match["word"]
        tokens = tokenize(written, pack.letters)
        keys = tuple(tokens.key[i] for i in indexed_at(tokens))
        if keys:
            (unwanted if match["no"] else wanted).append(Term(written.strip(), keys))
    return Terms(tuple(wanted), tuple(unwanted))


def match_expression(terms: Terms, mode: str, pack: Pack) -> str:
    """The query in the language of SQLite's full-text index."""
    wanted = " AND ".join(_expression(t, mode, pack) for t in terms.wanted)
    # What is excluded as written is excluded after the index has answered.
    unwanted = () if mode == "exact" else terms.unwanted
    return wanted + "".join(f" NOT {_expression(t, mode, pack)}" for t in unwanted)


def _expression(term: Term, mode: str, pack: Pack) -> str:
    if mode == "stem" and len(term.keys) == 1:
        return f"(stem : {_quoted(pack.search.stem(term.keys[0]))})"
    return f"(form : {_quoted(' '.join(term.keys))})"


def _quoted(words: str) -> str:
    return '"' + (plain(words) or "").replace('"', '""') + '"'


def highlight(text: str, terms: Terms, pack: Pack, mode: str) -> tuple[Span, tuple[Span, ...]]:
    """A stretch of ``text`` around the first answer (its start where there is none), and the spans that answer."""
    marks = tuple(find_marks(text, terms, pack, mode)) if terms.wanted else ()
    at = marks[0].start if marks else 0
    start = max(0, at - SHOWN // 3)
    if start:
        space = text.find(" ", start, at)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + SHOWN)
    if end < len(text):
        space = text.rfind(" ", at, end)
        end = space if space > at else end
    return Span(start, end), marks


def find_marks(text: str, terms: Terms, pack: Pack, mode: str) -> Iterator[Span]:
    """The spans of ``text`` that answer the wanted terms, in order, at most 200."""
    tokens = tokenize(text, pack.letters)
    places = indexed_at(tokens)
    found = {span for term in terms.wanted for span in _marks_of(text, tokens, places, term, pack, mode)}
    yield from sorted(found)[:MOST_MARKS]


def _marks_of(text: str, tokens: Tokens, places: list[int], term: Term, pack: Pack, mode: str) -> Iterator[Span]:
    if mode == "exact":
        yield from (Span(*m.span()) for m in _whole(term.written).finditer(text))
        return
    stem = pack.search.stem(term.keys[0]) if mode == "stem" and len(term.keys) == 1 else None
    for at, index in enumerate(places):
        if stem is not None:
            stems = pack.search.stems(tokens.key[index]) if tokens.kind[index] == WORD else (tokens.key[index],)
            if stem in stems:
                yield tokens.span(index, index + 1)
        elif tokens.key[index] == term.keys[0]:
            run = places[at : at + len(term.keys)]
            if tuple(tokens.key[i] for i in run) == term.keys:
                yield tokens.span(run[0], run[-1] + 1)
