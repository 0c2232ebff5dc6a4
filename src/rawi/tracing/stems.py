"""Content stems: one form of a word by which two pages that speak of the same thing meet."""

from __future__ import annotations

from rawi.lexicon.pack import Pack


class Stemmer:
    """Stems of matching keys with one language's tables: proclitics off where the rest is a word or definite."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        names, reporting = pack.names, pack.reporting
        self.articles = tuple(names.shape("article"))
        self._known = names.common | reporting.heads.keys() | names.nouns.keys()
        self.function = names.words("stop", "verb") | frozenset().union(
            *(
                reporting.of(c)
                for c in (
                    "prep",
                    "opener",
                    "comp",
                    "rel",
                    "neg",
                    "aux",
                    "conjunction",
                    "demonstrative",
                    "time",
                    "but",
                    "qad",
                )
            )
        )
        self._memo: dict[str, str] = {}

    def bare(self, key: str) -> str:
        """A matching key without its article."""
        for article in self.articles:
            if key.startswith(article) and len(key) > len(article) + 1:
                return key[len(article) :]
        return key

    def word(self, key: str) -> str:
        """The word itself, without proclitics and article."""
        splits = self._pack.splits(key)
        for split in splits:
            if split.stem.startswith(self.articles) and len(split.stem) > 3:
                return self.bare(split.stem)
        if key in self._known:
            return key
        return next((s.stem for s in splits if s.stem in self._known), key)

    def ordinary(self, key: str) -> bool:
        """Whether a matching key is a function word, a word in common use, or a word for somebody."""
        return any(s.stem in self.function or self.bare(s.stem) in self._known for s in self._pack.splits(key))

    def stem(self, key: str) -> str:
        """The stem of a content word; empty for function words and for words of one letter."""
        found = self._memo.get(key)
        if found is None:
            found = ""
            if len(key) > 1 and not any(s.stem in self.function for s in self._pack.splits(key)):
                found = self._pack.search.stem(self.word(key))
            if len(self._memo) > 60_000:
                self._memo.clear()
            self._memo[key] = found
        return found
