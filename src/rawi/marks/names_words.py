"""What each word form may be in or around a name; every distinct form is looked up once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import NamedTuple, cast

from rawi.lexicon.match import PhraseTable
from rawi.lexicon.names import Listed, NameTables, Noun
from rawi.lexicon.pack import Pack

GIVEN, WEAK, HONORIFIC, RANK, ROLE = 1, 2, 4, 8, 16
KUNYA, NASAB, FAMILY, SLAVE, PIOUS, PARTICLE = 32, 64, 128, 256, 512, 1024
STOP, QUALIFIER, OFFICE, SPOKES, CALLED = 2048, 4096, 8192, 16384, 32768
GROUP_HEAD, OUTLET_HEAD, OUTLET_KIND, INSTITUTION_HEAD, PLACE_HEAD = 1 << 16, 1 << 17, 1 << 18, 1 << 19, 1 << 20
LISTED, DEMONYM, PLACE, SOURCE, ARTICLE = 1 << 21, 1 << 22, 1 << 23, 1 << 24, 1 << 25
PREP, FOREIGN, VERBAL, GIVEN_PHRASE, DOUBLE, COMMON, BOTH = (
    1 << 26,
    1 << 27,
    1 << 28,
    1 << 29,
    1 << 30,
    1 << 31,
    1 << 32,
)

OPENS = (
    GIVEN
    | HONORIFIC
    | RANK
    | ROLE
    | KUNYA
    | SLAVE
    | GROUP_HEAD
    | OUTLET_HEAD
    | INSTITUTION_HEAD
    | LISTED
    | GIVEN_PHRASE
)
_CLASSES = {
    "kunya": KUNYA, "nasab": NASAB, "family": FAMILY, "slave": SLAVE, "pious": PIOUS, "particle": PARTICLE,
    "stop": STOP, "verb": STOP, "qualifier": QUALIFIER, "office": OFFICE, "spokes": SPOKES, "called": CALLED,
    "group_head": GROUP_HEAD, "outlet_head": OUTLET_HEAD, "outlet_kind": OUTLET_KIND,
    "institution_head": INSTITUTION_HEAD, "place_head": PLACE_HEAD,
}  # fmt: skip
_WITH_ARTICLE = OFFICE | GROUP_HEAD | OUTLET_HEAD | INSTITUTION_HEAD | PLACE_HEAD
ROLE_CLASSES = frozenset({"official", "role", "expert", "press"})


class Word(NamedTuple):
    """A word form: its classes, its proclitics and stem, its readings as a noun, and its country as a demonym."""

    flags: int
    stem: str
    proclitics: str
    nouns: tuple[Noun, ...]
    country: str
    stems: tuple[str, ...]


class Memo(dict[str, Word]):
    """Word forms looked up so far; a missing one is looked up on the way."""

    def __init__(self, look: Callable[[str], Word]) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, key: str) -> Word:
        found = self[key] = self._look(key)
        return found


class Opening(dict[str, bool]):
    """Whether a name may open with a word form, asked of the words' own memo."""

    def __init__(self, memo: Memo) -> None:
        super().__init__()
        self._memo = memo

    def __missing__(self, key: str) -> bool:
        found = self[key] = bool(self._memo[key].flags & OPENS)
        return found


class NameWords:
    """The word classes of one language pack; ``memo`` and ``opening`` are pure caches."""

    def __init__(self, pack: Pack) -> None:
        self.tables: NameTables = pack.names
        self.memo = Memo(self._look)
        self.opening = Opening(self.memo)
        self._splits = pack.splits
        self._classes: dict[str, int] = {}
        for name, flag in _CLASSES.items():
            for key in self.tables.words(name):
                self._classes[key] = self._classes.get(key, 0) | flag
        articles = self.tables.shape("article")
        for key in self.tables.words("qualifier"):
            bare = key[len(articles[0]) :] if articles else key
            self._classes[bare] = self._classes.get(bare, 0) | QUALIFIER
        self._demonyms = pack.places.demonyms
        self.places: PhraseTable[str] = PhraseTable()
        for name, places in pack.places.named.items():
            code = places[0].countries[0] if places[0].kind == "country" else ""
            self.places.add(tuple(name.split(" ")), code)
        self.articles = self.tables.shape("article")
        self._glued = self.tables.shape("glued_article")
        self._prep = frozenset(self.tables.shape("prep"))
        self._like = frozenset(self.tables.shape("like"))
        self.joint = frozenset(self.tables.shape("conjunction"))
        self._foreign = tuple(self.tables.words("ending_foreign"))
        self._masdar = tuple(self.tables.shape("masdar"))
        self._common = self.tables.common
        self._accusative = self.tables.shape("accusative")
        self._common_end = self.tables.shape("common_end")
        self.conjunction = self.tables.shape("and")
        self._verbs, self._verb_end = self.tables.words("verb"), self.tables.shape("verb_end")
        self._verb = self.tables.shape("verb_prefix")
        self._listed: PhraseTable[Listed] = self.tables.listed

    def trim(self) -> None:
        """Empties the caches where they have grown beyond any vocabulary."""
        if len(self.memo) > 300_000:
            self.memo.clear()
            self.opening.clear()

    def _look(self, key: str) -> Word:
        splits = self._splits(key)
        stems = tuple(s.stem for s in splits)
        best: Word | None = None
        if key in self._common and not self._flags(key)[0] & ~ARTICLE and key not in self._demonyms:
            return self._unknown(key, stems)
        for proclitics, stem in splits:
            flags, nouns = self._flags(stem)
            country = self._demonyms.get(stem, "")
            if country:
                flags |= DEMONYM
            if flags & GIVEN and flags & STOP:
                flags |= BOTH
            if not flags & ~ARTICLE:
                continue
            if proclitics and flags & GIVEN and len(stem) < 4:
                continue
            if proclitics and any(p in self._prep for p in proclitics):
                if flags & GIVEN and len(stem) < 5 and flags & (FOREIGN | WEAK):
                    continue
                if self._like & set(proclitics) and not flags & ARTICLE:
                    continue
                flags |= PREP
            found = Word(flags, stem, proclitics, nouns, country, stems)
            if not proclitics or best is None:
                best = found
            if not proclitics:
                break
        if best is not None:
            return best
        return self._unknown(key, stems)

    def _flags(self, stem: str) -> tuple[int, tuple[Noun, ...]]:
        tables = self.tables
        flags = self._classes.get(stem, 0)
        given = tables.given.get(stem)
        if given is not None:
            flags |= GIVEN | (WEAK if given.word else 0) | (FOREIGN if given.foreign else 0)
        if self._listed.opens(stem):
            flags |= LISTED
        if tables.given_phrases.opens(stem):
            flags |= GIVEN_PHRASE
        if self.places.opens(stem):
            flags |= PLACE
        if tables.noun_phrases.opens(stem):
            flags |= DOUBLE
        nouns = tables.noun(stem)
        for noun in nouns:
            if noun.cls in ROLE_CLASSES:
                flags |= ROLE
            else:
                flags |= {"honorific": HONORIFIC, "rank": RANK}.get(noun.cls, SOURCE)
        for article in self.articles:
            if stem.startswith(article) and len(stem) > len(article) + 1:
                flags |= ARTICLE | (self._classes.get(stem[len(article) :], 0) & _WITH_ARTICLE)
        return flags, nouns

    def _unknown(self, key: str, stems: tuple[str, ...]) -> Word:
        """A word of no table: its article, and shapes that no name has."""
        for article in self.articles:
            if key.startswith(article):
                bare = key[len(article) :]
                ordinary = self._ordinary(bare) or any(_fits(pattern, key) for pattern in self._masdar)
                return Word(ARTICLE | (COMMON if ordinary else 0), key, "", (), "", stems)
        if key.startswith(self._glued) or any(
            key.endswith(e) and key[: -len(e)] in self._verbs for e in self._verb_end
        ):
            return Word(STOP, key, "", (), "", stems)
        if len(key) >= 6 and self.tables.skeleton(key) + key[-1] in self.tables.foreign_skeletons:
            return Word(FOREIGN | GIVEN, key, "", (), "", stems)
        if self._ordinary(key) or (
            not key.endswith(self._foreign) and any(self._ordinary(s) for s in stems[1:] if len(s) > 2)
        ):
            return Word(COMMON, key, "", (), "", stems)
        if len(key) > 3 and key.endswith(self._foreign):
            return Word(FOREIGN, key, "", (), "", stems)
        if len(key) > 3 and key.startswith(self._verb):
            return Word(VERBAL, key, "", (), "", stems)
        if len(key) > 4 and key[0] in self.conjunction:
            return Word(0, key[1:], key[0], (), "", stems)
        return Word(0, key, "", (), "", stems)

    def _ordinary(self, stem: str) -> bool:
        if stem in self._common or any(_fits(pattern, stem) for pattern in self._masdar):
            return True
        if stem.endswith(self._accusative) and len(stem) > 3:
            bare = stem[:-1]
            if bare in self._common or bare in self.tables.nouns or self._classes.get(bare, 0) & QUALIFIER:
                return True
        return len(stem) > 4 and stem.endswith(self._common_end)


def _fits(pattern: str, key: str) -> bool:
    return len(pattern) == len(key) and all(p in ("?", k) for p, k in zip(pattern, key, strict=True))


@lru_cache(maxsize=4)
def _made(pack: Hashable) -> NameWords:
    return NameWords(cast(Pack, pack))


def name_words(pack: Pack) -> NameWords:
    """The word classes of a pack, made once."""
    return _made(cast(Hashable, pack))
