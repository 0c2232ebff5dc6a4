"""Outlets by name: one key for all ways to write an outlet, from the tables or from the words that tell it apart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from rawi.lexicon.names import Listed
from rawi.lexicon.pack import Pack


class Outlet(NamedTuple):
    """An outlet: its key, and whether it is an agency. Keys of table rows are row ids, others lists of words."""

    key: str
    agency: bool


class OutletNames:
    """Reads names of outlets with one language's tables."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        names = pack.names
        self.articles = tuple(names.shape("article"))
        heads = names.words("outlet_head")
        self.heads = heads | {a + h for a in self.articles for h in heads}
        self._plain = self.heads | names.words("outlet_kind") | pack.tracing.of("outlet-word")
        self._agency_words = frozenset(r for r in heads if self._is_agency_word(r))
        self.resolve = lru_cache(maxsize=20_000)(self._resolve)

    def _is_agency_word(self, word: str) -> bool:
        rows = (r for r in self._pack.names.listed_rows.values() if r.kind == "outlet" and r.sort == "agency")
        firsts = [self._pack.names.phrase(r.name)[:1] for r in rows]
        return sum(f == (word,) for f in firsts) >= 3

    def bare(self, key: str) -> str:
        """A matching key without its article."""
        for article in self.articles:
            if key.startswith(article) and len(key) > len(article) + 1:
                return key[len(article) :]
        return key

    def listed(self, keys: Sequence[str], at: int, first: str) -> tuple[int, Listed] | None:
        """The longest outlet of the tables that begins at token ``at`` (``first``: its key without proclitics)."""
        for end, row in self._pack.names.listed.match(keys, at, first):
            if row.kind == "outlet":
                return end, row
        return None

    def of_row(self, row: Listed) -> Outlet:
        """The outlet of a table row."""
        return Outlet(row.row, row.sort == "agency")

    def _resolve(self, name: str) -> Outlet:
        """The outlet that ``name`` (words as written) means."""
        keys = [k for k in self._pack.names.phrase(name) if any(c.isalnum() for c in k)]
        for at in range(len(keys)):
            for split in self._pack.splits(keys[at]):
                found = self.listed(keys, at, split.stem)
                if not found or not (found[0] == len(keys) or self._only_plain(keys[found[0] :])):
                    continue
                if at == 0 or self._only_plain([*keys[: at - 1], self._stem(keys[at - 1])]):
                    return self.of_row(found[1])
        stems = [self._stem(keys[0]) if keys else "", *keys[1:]]
        words = [self.bare(k) for k in stems if k and k not in self._plain]
        agency = any(k in self._agency_words or self.bare(k) in self._agency_words for k in stems)
        return Outlet(" ".join(words), agency)

    def _stem(self, key: str) -> str:
        """The key without proclitics where that leaves a head word."""
        return next((s.stem for s in self._pack.splits(key) if s.stem in self.heads), key)

    def _only_plain(self, keys: Sequence[str]) -> bool:
        return all(k in self._plain for k in keys)

    def own(self, outlet: str | None, url: str | None) -> Outlet:
        """The outlet that published a document, from its address or its name."""
        try:
            host = (urlsplit(url or "").hostname or "").lower()
        except ValueError:
            host = ""
        row = self._pack.names.outlet_of(host) if host else None
        if row is not None:
            return self.of_row(row)
        return self.resolve(outlet) if outlet else Outlet("", False)


def same_outlet(one: str, other: str) -> bool:
    """Whether two keys mean one outlet: equal, or the words of the one open those of the other.

    >>> same_outlet("mizan usbu", "mizan"), same_outlet("mizan", "mizana"), same_outlet("", "")
    (True, False, False)
    """
    if not one or not other:
        return False
    if one == other:
        return True
    if one.startswith("OL") or other.startswith("OL"):
        return False
    return f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")
