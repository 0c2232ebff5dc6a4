"""What each word form may be in or around a name; every distinct form is looked up once."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import NamedTuple, cast

from rawi.lexicon.match import PhraseTable
from rawi.lexicon.names import NameTables, Noun
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
_OF_NOUN = {"honorific": HONORIFIC, "rank": RANK, **dict.fromkeys(ROLE_CLASSES, ROLE)}


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
        tables = self.tables
        shape = tables.shape
        self.places: PhraseTable[str] = PhraseTable()
        for name, places in pack.places.named.items():
            code = places[0].countries[0] if places[0].kind == "country" else ""
            self.places.add(tuple(name.split(" ")), code)
        self.articles = shape("article")
        self._article = self.articles[0] if self.articles else "\0"
        self._classes = self._word_classes()
        self._known = self._all_classes()
        self._demonyms = pack.places.demonyms
        self._glued = shape("glued_article")
        self._prep, self._like = frozenset(shape("prep")), frozenset(shape("like"))
        self.prepositions = self._prep
        self.joint = frozenset(shape("conjunction"))
        self.conjunction = shape("and")
        self._and_article = tuple(c + self._article for c in self.conjunction) if self.articles else "\0"
        self.ministry = tables.words("ministry")
        self.counterpart = tables.words("counterpart")
        self._foreign = tuple(tables.words("ending_foreign"))
        self._masdar = re.compile("|".join(p.replace("?", ".") for p in shape("masdar")) or r"(?!)").fullmatch
        self._common, self._common_end = tables.common, shape("common_end")
        self._accusative = shape("accusative")
        self._verbs, self._verb_end, self._verb = tables.words("verb"), shape("verb_end"), shape("verb_prefix")

    def _word_classes(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for name, flag in _CLASSES.items():
            for key in self.tables.words(name):
                found[key] = found.get(key, 0) | flag
        for key in self.tables.words("qualifier"):
            bare = key.removeprefix(self._article)
            found[bare] = found.get(bare, 0) | QUALIFIER
        return found

    def _all_classes(self) -> dict[str, int]:
        """Every listed word with its classes, those of the phrases that it opens among them."""
        tables = self.tables
        found = dict(self._classes)
        for key, given in tables.given.items():
            flags = GIVEN | (WEAK if given.word else 0) | (FOREIGN if given.foreign else 0)
            found[key] = found.get(key, 0) | flags
        openers = (
            (LISTED, tables.listed.openers()),
            (GIVEN_PHRASE, tables.given_phrases.openers()),
            (PLACE, self.places.openers()),
            (DOUBLE, tables.noun_phrases.openers()),
        )
        for flag, keys in openers:
            for key in keys:
                found[key] = found.get(key, 0) | flag
        return found

    def trim(self) -> None:
        """Empties the caches where they have grown beyond any vocabulary."""
        if len(self.memo) > 300_000:
            self.memo.clear()
            self.opening.clear()

    def _look(self, key: str) -> Word:
        splits = self._splits(key)
        stems = tuple(s.stem for s in splits)
        if (
            key in self._common
            and not self._known.get(key)
            and key not in self._demonyms
            and not self.tables.noun(key)
        ):
            return self._unknown(key, stems)
        best: Word | None = None
        for proclitics, stem in splits:
            flags, nouns = self._flags(stem)
            country = self._demonyms.get(stem, "")
            if country:
                flags |= DEMONYM
            if not flags & ~ARTICLE:
                continue
            if flags & GIVEN and flags & STOP:
                flags |= BOTH
            if not proclitics:
                return Word(flags, stem, proclitics, nouns, country, stems)
            if best is not None or not self._splits_off(proclitics, stem, flags):
                continue
            if not self._prep.isdisjoint(proclitics):
                flags |= PREP
            best = Word(flags, stem, proclitics, nouns, country, stems)
        return best if best is not None else self._unknown(key, stems)

    def _splits_off(self, proclitics: str, stem: str, flags: int) -> bool:
        """Whether proclitics may stand before a known stem: not before a short given name."""
        if flags & GIVEN and len(stem) < 4:
            return False
        if self._prep.isdisjoint(proclitics):
            return True
        if flags & GIVEN and len(stem) < 5 and flags & (FOREIGN | WEAK):
            return False
        return bool(flags & ARTICLE) or self._like.isdisjoint(proclitics)

    def _flags(self, stem: str) -> tuple[int, tuple[Noun, ...]]:
        flags = self._known.get(stem, 0)
        nouns = self.tables.noun(stem)
        for noun in nouns:
            flags |= _OF_NOUN.get(noun.cls, SOURCE)
        if stem.startswith(self._article) and len(stem) > len(self._article) + 1:
            flags |= ARTICLE | (self._classes.get(stem[len(self._article) :], 0) & _WITH_ARTICLE)
        return flags, nouns

    def _unknown(self, key: str, stems: tuple[str, ...]) -> Word:
        """A word of no table: its article, and shapes that no name has."""
        if key.startswith(self._article):
            ordinary = self._ordinary(key[len(self._article) :]) or self._masdar(key)
            return Word(ARTICLE | (COMMON if ordinary else 0), key, "", (), "", stems)
        if key.startswith(self._and_article):
            stem = key[len(self.conjunction[0]) :]
            return Word(
                ARTICLE | (COMMON if self._ordinary(stem[len(self._article) :]) else 0), stem, key[0], (), "", stems
            )
        inflected = key.endswith(self._verb_end) and any(
            key.endswith(e) and key[: -len(e)] in self._verbs for e in self._verb_end
        )
        glued = key.startswith(self._glued) and len(key) > 5 and not key.endswith(self._foreign)
        if inflected or glued:
            return Word(STOP, key, "", (), "", stems)
        if (
            len(key) >= 6
            and key not in self._common
            and self.tables.skeleton(key) + key[-1] in self.tables.foreign_skeletons
        ):
            return Word(FOREIGN | GIVEN, key, "", (), "", stems)
        if self._ordinary(key) or (
            not key.endswith(self._foreign) and any(self._ordinary(s) for s in stems[1:] if len(s) > 2)
        ):
            return Word(COMMON, key, "", (), "", stems)
        if len(key) > 3 and key.endswith(self._foreign):
            return Word(FOREIGN, key, "", (), "", stems)
        if len(key) > 3 and key.startswith(self._verb):
            return Word(VERBAL, key, "", (), "", stems)
        if len(key) > 3 and key[0] in self.conjunction:
            return Word(0, key[1:], key[0], (), "", stems)
        return Word(0, key, "", (), "", stems)

    def _ordinary(self, stem: str) -> bool:
        if stem in self._common or self._masdar(stem):
            return True
        if stem.endswith(self._accusative) and len(stem) > 3:
            bare = stem[:-1]
            if bare in self._common or bare in self.tables.nouns or self._classes.get(bare, 0) & QUALIFIER:
                return True
        return len(stem) > 4 and stem.endswith(self._common_end)


@lru_cache(maxsize=4)
def _made(pack: Hashable) -> NameWords:
    return NameWords(cast(Pack, pack))


def name_words(pack: Pack) -> NameWords:
    """The word classes of a pack, made once."""
    return _made(cast(Hashable, pack))
