"""What each word form may be in or around a name; every distinct form is looked up once."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rawi.lexicon.match import PhraseTable
from rawi.lexicon.names import Listed, NameTables, Noun
from rawi.lexicon.pack import Pack

GIVEN, WEAK, HONORIFIC, RANK, ROLE = 1, 2, 4, 8, 16
KUNYA, NASAB, FAMILY, SLAVE, PIOUS, PARTICLE = 32, 64, 128, 256, 512, 1024
STOP, QUALIFIER, OFFICE, SPOKES, CALLED = 2048, 4096, 8192, 16384, 32768
GROUP_HEAD, OUTLET_HEAD, OUTLET_KIND, INSTITUTION_HEAD, PLACE_HEAD = 1 << 16, 1 << 17, 1 << 18, 1 << 19, 1 << 20
LISTED, DEMONYM, PLACE, SOURCE, ARTICLE = 1 << 21, 1 << 22, 1 << 23, 1 << 24, 1 << 25
PREP, FOREIGN, VERBAL, GIVEN_PHRASE, DOUBLE = 1 << 26, 1 << 27, 1 << 28, 1 << 29, 1 << 30

OPENS = (
    GIVEN | HONORIFIC | RANK | ROLE | KUNYA | SLAVE | GROUP_HEAD | OUTLET_HEAD | INSTITUTION_HEAD | LISTED | GIVEN_PHRASE
)
_CLASSES = {
    "kunya": KUNYA, "nasab": NASAB, "family": FAMILY, "slave": SLAVE, "pious": PIOUS, "particle": PARTICLE,
    "stop": STOP, "verb": STOP | VERBAL, "qualifier": QUALIFIER, "office": OFFICE, "spokes": SPOKES, "called": CALLED,
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


class NameWords:
    """The word classes of one language pack; ``memo`` is a pure cache."""

    def __init__(self, pack: Pack) -> None:
        self.tables: NameTables = pack.names
        self.memo: dict[str, Word] = {}
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
        self._verb = self.tables.shape("verb_prefix")
        self._listed: PhraseTable[Listed] = self.tables.listed

    def of(self, key: str) -> Word:
        """The word behind a matching key: as it stands where it is known so, else without its proclitics."""
        found = self.memo.get(key)
        if found is None:
            found = self._look(key)
            if len(self.memo) > 200_000:
                self.memo.clear()
            self.memo[key] = found
        return found

    def _look(self, key: str) -> Word:
        splits = self._splits(key)
        stems = tuple(s.stem for s in splits)
        best: Word | None = None
        for proclitics, stem in splits:
            flags, nouns = self._flags(stem)
            country = self._demonyms.get(stem, "")
            if country:
                flags |= DEMONYM
            if not flags & ~ARTICLE:
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
        flags = 0
        if key.startswith(self.articles):
            flags |= ARTICLE
        elif key.startswith(self._glued):
            flags |= STOP
        elif any(_fits(pattern, key) for pattern in self._masdar):
            flags |= VERBAL
        elif len(key) > 3 and key.startswith(self._verb):
            flags |= VERBAL
        if len(key) > 3 and key.endswith(self._foreign):
            flags = (flags | FOREIGN) & ~VERBAL
        return Word(flags, key, "", (), "", stems)


def _fits(pattern: str, key: str) -> bool:
    return len(pattern) == len(key) and all(p in ("?", k) for p, k in zip(pattern, key, strict=True))


@lru_cache(maxsize=4)
def name_words(pack: Pack) -> NameWords:
    """The word classes of a pack, made once."""
    return NameWords(pack)
