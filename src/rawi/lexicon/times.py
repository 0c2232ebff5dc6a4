"""The typed tables of time expressions that a language pack compiles for ``marks`` and ``speech``."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rawi.lexicon.pack import Split
from rawi.lexicon.table import Row, read_table

COLUMNS = ("id", "class", "value", "flags", "words", "example")
FILES = ("months.tsv", "units.tsv", "numbers.tsv", "time_words.tsv", "feasts.tsv", "time_guards.tsv")
# Classes whose words are no part of a time expression: affixes, tense, guards.
GUARDS = frozenset({
    "HEAD", "EVENT", "AGE", "FUNC", "COUNTEND", "MEASURE", "VISION", "FUT", "FUTPREFIX", "NOTFUT", "PRESPREFIX",
    "NOTPRES", "FEMPREFIX", "THAT", "PAST", "PASTSUFFIX", "NOTPAST",
})  # fmt: skip
# Classes with which a time expression may begin.
OPENERS = frozenset(
    [
        "MONTH",
        "HMONTH",
        "UNIT",
        "SETADV",
        "NUM",
        "ORD",
        "FRAC",
        "DEICTIC",
        "WDAY",
        "PART",
        "LATE",
        "SAMEOF",
        "DEM",
        "EACH",
        "VAGUE",
        "BOUND",
        "WEEKEND",
        "APPROX",
        "BEFORE",
        "AFTER",
        "CLOCK",
        "SEASON",
        "DECADE",
        "REF",
        "SPAN",
        "FEAST",
        "SEASONWORD",
        "ITSDAY",
    ]
)
# Openers that are no expression by themselves.
LEANING = frozenset(
    [
        "NUM",
        "ORD",
        "FRAC",
        "SAMEOF",
        "DEM",
        "EACH",
        "VAGUE",
        "BOUND",
        "APPROX",
        "BEFORE",
        "AFTER",
        "CLOCK",
        "SEASONWORD",
        "ITSDAY",
    ]
)
_AMOUNT = frozenset(["UNIT", "NUM", "AT", "APPROX", "VAGUE", "FRAC", "ORD", "BOUND", "WDAY", "FEW", "DIGITS"])
# What must follow some of them.
WANTS = {
    "DEM": frozenset(
        ["UNIT", "WDAY", "SEASON", "SEASONWORD", "PART", "MONTH", "HMONTH", "DECADE", "DEICTIC", "REF", "WEEKEND"]
    ),
    "SAMEOF": frozenset(["UNIT", "WDAY", "SEASON", "SEASONWORD", "PART", "MONTH", "HMONTH", "DECADE", "DEICTIC"]),
    "BEFORE": _AMOUNT,
    "AFTER": _AMOUNT,
    "VAGUE": _AMOUNT,
    "EACH": _AMOUNT | frozenset(["PART", "MONTH", "HMONTH", "SEASON"]),
}
# Classes whose words are matched as they stand, never with something split off.
_WHOLE = frozenset(["MOD", "HONOR", "MERIDIEM", "ERA", "OF", "AT", "APPROX", "WHICH", "EXCEPT"])
_CLITIC = {"WAW": "and", "FEH": "so", "BEH": "by", "LAM": "to", "KAF": "as"}


class Lexeme(NamedTuple):
    """One reading of a word or phrase of ``size`` tokens: table row, class, value, flags, what is written on to it.

    ``flags`` holds ``def`` where the word bears the article; ``written`` is its spelling in the table, ``number``
    its value where that is a number (0 where it is none).
    """

    row: str
    cls: str
    value: str
    flags: frozenset[str]
    size: int
    clitic: str = ""
    written: str = ""
    number: float = 0.0


class Entry(NamedTuple):
    """What may begin at a token: phrases (their further keys, the longest first) and single words by class.

    ``opens``: whether an expression may begin with one of them; ``leans``: a single word only with more words of
    these tables after it, of the classes ``wants`` where they are known; ``blocks``: a phrase that holds no time
    may begin. ``seconds``: the second words of its phrases.
    """

    longer: tuple[tuple[tuple[str, ...], Lexeme], ...]
    classes: dict[str, Lexeme]
    opens: bool
    leans: bool
    wants: frozenset[str] | None
    blocks: bool
    seconds: frozenset[str]


class Entries(dict[str, Entry | None]):
    """Entries by matching key, made when first asked for; None for a word that opens no time expression."""

    def __init__(
        self,
        phrases: dict[str, list[tuple[tuple[str, ...], Lexeme]]],
        splits: Callable[[str], Iterable[Split]],
        article: str,
    ) -> None:
        super().__init__()
        self._phrases = phrases
        self._splits = splits
        self._article = article

    def __missing__(self, key: str) -> Entry | None:
        if len(self) > 400_000:
            self.clear()
        self[key] = entry = self._make(key)
        return entry

    def _known(self, key: str) -> bool:
        """Whether the tables hold ``key`` or what is left of it after up to three letters: most words end here."""
        phrases, article = self._phrases, self._article
        if key in phrases or key[1:] in phrases or key[2:] in phrases or key[3:] in phrases:
            return True
        return article + key[2:] in phrases or article + key[3:] in phrases

    def _make(self, key: str) -> Entry | None:
        if not self._known(key):
            return None
        for split in self._splits(key):
            found = self._phrases.get(split.stem)
            clitic = clitic_name(split.proclitics) if found else None
            if clitic is None:
                continue
            if found and clitic:
                found = [(rest, lexeme._replace(clitic=clitic)) for rest, lexeme in found if lexeme.cls not in _WHOLE]
            if found:
                lexemes = found
                longer = tuple(sorted((p for p in lexemes if p[0]), key=lambda p: -len(p[0])))
                classes: dict[str, Lexeme] = {}
                for rest, lexeme in lexemes:
                    if not rest:
                        classes.setdefault(lexeme.cls, lexeme)
                opens = any(lexeme.cls in OPENERS for _, lexeme in lexemes)
                alone = [cls for cls in classes if cls in OPENERS]
                wants = frozenset[str]().union(*(WANTS.get(cls, frozenset()) for cls in alone))
                leans = all(cls in LEANING for cls in alone)
                blocks = any(lexeme.cls == "BLOCK" for _, lexeme in lexemes)
                sure = wants if all(cls in WANTS for cls in alone) else None
                seconds = frozenset(rest[0] for rest, _ in longer)
                return Entry(longer, classes, bool(opens), leans, sure, blocks, seconds)
        return None


@lru_cache(maxsize=256)
def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 0.0


def clitic_name(proclitics: str) -> str | None:
    """What proclitics mean, one word a letter: and, so, by, to, as; None for those that no time word bears."""
    names = [_CLITIC.get(unicodedata.name(c, "").removeprefix("ARABIC LETTER ")) for c in proclitics]
    return None if None in names else " ".join(name for name in names if name)


class TimeTables:
    """Tables of time expressions, read from ``folder``; ``key`` gives the matching key of a written word.

    ``entries`` gives what may begin at a token; ``guards`` holds matching keys by guard class.
    """

    def __init__(
        self,
        folder: Path,
        key: Callable[[str], str],
        splits: Callable[[str], Iterable[Split]] = lambda k: (Split("", k),),
    ) -> None:
        self.article = ""
        self.splits = splits
        self.guards: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        phrases: dict[str, list[tuple[tuple[str, ...], Lexeme]]] = {}
        rows = [row for name in FILES for row in read_table(folder / name, COLUMNS)]
        for row in rows:
            if row["class"] == "ARTICLE":
                self.article = key(row["words"])
        for row in rows:
            words = frozenset(key(w) for w in row.list("words"))
            if row["class"] in GUARDS:
                self.guards[row["class"]] = self.guards.get(row["class"], frozenset()) | words
            elif row["class"] != "ARTICLE":
                for phrase in row.list("words"):
                    self._add(phrases, row, [key(w) for w in phrase.split()], phrase)
        self.entries = Entries(phrases, splits, self.article)
        self._tenses: dict[str, str] = {}

    def _add(
        self, phrases: dict[str, list[tuple[tuple[str, ...], Lexeme]]], row: Row, keys: list[str], written: str
    ) -> None:
        flags = frozenset(row["flags"].split())
        lexeme = Lexeme(row["id"], row["class"], row["value"], flags, len(keys), "", written, _number(row["value"]))
        first = keys[0]
        said = lexeme
        if first.startswith(self.article) and row["class"] in ("NUM", "ORD", "UNIT", "PART", "SETADV", "MOD"):
            said = lexeme._replace(flags=flags | {"def"})
        phrases.setdefault(first, []).append((tuple(keys[1:]), said))
        if "al" in flags:
            made = lexeme._replace(flags=flags | {"def"})
            phrases.setdefault(self.article + first, []).append((tuple(keys[1:]), made))

    def tense_of(self, key: str) -> str:
        """``future``, ``present`` or ``past`` where the word shows a tense, else an empty string."""
        found = self._tenses.get(key)
        if found is None:
            if len(self._tenses) > 400_000:
                self._tenses.clear()
            self._tenses[key] = found = self._tense(key)
        return found

    def _tense(self, key: str) -> str:
        guards = self.guards
        if key in guards["FUT"]:
            return "future"
        if key in guards["PAST"]:
            return "past"
        if self.entries[key] is not None:
            return ""
        if len(key) >= 4 and key.startswith(tuple(guards["FUTPREFIX"])) and key not in guards["NOTFUT"]:
            return "future"
        if len(key) >= 3 and key.startswith(tuple(guards["PRESPREFIX"])) and key not in guards["NOTPRES"]:
            return "present"
        if len(key) >= 3 and key.endswith(tuple(guards["PASTSUFFIX"])) and key not in guards["NOTPAST"]:
            return "" if key.startswith(self.article) else "past"
        return ""
