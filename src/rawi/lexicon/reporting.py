"""The tables of reporting: cue forms by matching key, function-word classes, heads of sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from rawi.lexicon.match import PhraseTable
from rawi.lexicon.table import Row, read_table

VERB_COLUMNS = (
    "id", "lemma", "act", "stance", "frames", "needs", "past_3ms", "past_3fs", "present_3ms", "present_3fs",
    "other", "hal", "masdar", "passive", "prior", "example",
)  # fmt: skip
NOUN_COLUMNS = ("id", "words", "act", "stance", "frames", "example")
PREPOSITION_COLUMNS = ("id", "form", "words", "before", "after", "act", "stance", "needs", "example")
CLASS_COLUMNS = ("id", "class", "words", "example")
HEAD_COLUMNS = ("id", "type", "words", "example")
SHAPE_COLUMNS = ("id", "pattern", "example")


class Form(NamedTuple):
    """One written form: ``shape`` past present hal masdar passive other; gender m f or empty; number s d p."""

    written: str
    shape: str
    gender: str
    number: str
    person: int
    suffix: str


class Cue(NamedTuple):
    """One row of a cue table: frames are what content may follow, ``needs`` what else the cue asks for."""

    id: str
    lemma: str
    act: str
    stance: str
    frames: frozenset[str]
    needs: frozenset[str]
    prior: str


class CueForm(NamedTuple):
    """One form of a cue: ``shape`` past present hal masdar passive noun source impersonal source-noun."""

    cue: Cue
    shape: str
    gender: str
    number: str
    person: int
    suffix: str
    written: str = ""


class ReportingTables:
    """What the reporting layer asks of a language, by matching key."""

    def __init__(self, folder: Path, key: Callable[[str], str], forms_of: Callable[[Row], Iterable[Form]]) -> None:
        self._key = key
        self.forms: dict[str, list[CueForm]] = {}
        self.phrases: PhraseTable[CueForm] = PhraseTable()
        self.cues: dict[str, Cue] = {}
        self.classes: dict[str, frozenset[str]] = {}
        self.heads: dict[str, str] = {}
        gathered: dict[str, set[str]] = {}
        self._spelled: dict[str, frozenset[str]] = {}
        for row in read_table(folder / "function_words.tsv", CLASS_COLUMNS):
            self._spelled[row["class"]] = self.spelled(row["class"]) | frozenset(row.list("words"))
            gathered.setdefault(row["class"], set()).update(key(w) for w in row.list("words"))
        self.classes = {name: frozenset(words) for name, words in gathered.items()}
        self._read_verbs(folder, key, forms_of)
        self._read_nouns(folder)
        self._read_prepositions(folder)
        for row in read_table(folder / "source_heads.tsv", HEAD_COLUMNS):
            for word in row.list("words"):
                self.heads.setdefault(key(word), row["type"])

        shapes = "|".join(row["pattern"] for row in read_table(folder / "masdar_shapes.tsv", SHAPE_COLUMNS))
        self._shape = re.compile(shapes)
        self._shaped: dict[str, bool] = {}

    def masdar_shape(self, key: str) -> bool:
        """Whether ``key`` has the shape of a verbal noun."""
        found = self._shaped.get(key)
        if found is None:
            found = self._shaped[key] = self._shape.fullmatch(key) is not None
        return found

    def of(self, name: str) -> frozenset[str]:
        """The keys of the function-word class ``name`` (empty where the language has none)."""
        return self.classes.get(name, frozenset())

    def spelled(self, name: str) -> frozenset[str]:
        """The words of a class as the table spells them, for classes whose keys meet other words."""
        return self._spelled.get(name, frozenset())

    def _read_verbs(self, folder: Path, key: Callable[[str], str], forms_of: Callable[[Row], Iterable[Form]]) -> None:
        for row in read_table(folder / "reporting.tsv", VERB_COLUMNS):
            cue = Cue(
                row["id"], row["lemma"], row["act"], row["stance"], self._frames(row["frames"]),
                self._frames(row["needs"]), row["prior"],
            )  # fmt: skip
            self.cues[cue.id] = cue
            made = list(forms_of(row))
            nouns = {key(f.written) for f in made if f.shape == "masdar"}
            for written, shape, gender, number, person, suffix in made:
                if shape == "past" and suffix and (key(written) in nouns or cue.act == "add"):
                    continue
                form = CueForm(cue, shape, gender, number, person, suffix, written)
                self._add(written, form)

    def _frames(self, cell: str) -> frozenset[str]:
        """The frames of a cell: names as they stand, prepositions as matching keys."""
        return frozenset(word if word.isascii() else self._key(word) for word in cell.split())

    def _add(self, written: str, form: CueForm) -> None:
        held = self.forms.setdefault(self._key(written), [])
        if not any(f.cue is form.cue and _alike(f, form) for f in held):
            held.append(form)

    def _read_nouns(self, folder: Path) -> None:
        for row in read_table(folder / "reporting_nouns.tsv", NOUN_COLUMNS):
            cue = Cue(
                row["id"], row.list("words")[0], row["act"], row["stance"], self._frames(row["frames"]),
                frozenset(), "M",
            )  # fmt: skip
            self.cues[cue.id] = cue
            for word in row.list("words"):
                for article in ("", *self.spelled("article")):
                    form = CueForm(cue, "noun", "", "", 3, "", article + word)
                    self.forms.setdefault(self._key(article + word), []).append(form)

    def _read_prepositions(self, folder: Path) -> None:
        for row in read_table(folder / "source_prepositions.tsv", PREPOSITION_COLUMNS):
            cue = Cue(row["id"], row["form"], row["act"], row["stance"], frozenset(), frozenset(), "H")
            self.cues[cue.id] = cue
            form = CueForm(cue, row["form"], "", "", 3, "")
            openers = row.list("before") or ("",)
            for words in row.list("words"):
                for opener in openers:
                    phrase = [self._key(w.rstrip("\u0640")) for w in f"{opener} {words}".split()]
                    self.phrases.add(phrase, form)


def _alike(a: CueForm, b: CueForm) -> bool:
    """Whether two forms of one key differ in nothing that a reading asks for."""
    return (
        a[1:3] == b[1:3]
        and a.person == b.person
        and bool(a.suffix) == bool(b.suffix)
        and a.written[-1:] == b.written[-1:]
    )
