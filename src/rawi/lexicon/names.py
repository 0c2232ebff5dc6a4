"""The typed tables of names that a language pack compiles for ``marks`` and ``speech``."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from rawi.lexicon.match import PhraseTable
from rawi.lexicon.table import Row, read_table

_META = ("source", "date", "example")
OUTLET_COLUMNS = ("id", "name", "aliases", "weak", "name_en", "country", "kind", "owner", "hosts", *_META)
BODY_COLUMNS = ("id", "name", "aliases", "loaded", "weak", "name_en", "country", "kind", *_META)
ROLE_COLUMNS = ("id", "class", "word", "feminine", "plurals", *_META)
NOUN_COLUMNS = ("id", "type", "gender", "number", "word", "also", *_META)
GIVEN_COLUMNS = ("id", "name", "aliases", "gender", "origin", "word", *_META)
WORD_COLUMNS = ("id", "class", "words", *_META)
VARIANT_COLUMNS = ("id", "from", "to", "why", *_META)
COMMON_COLUMNS = ("id", "word", *_META)
SHAPE_COLUMNS = ("id", "class", "value", *_META)

Gender = Literal["m", "f", ""]
Number = Literal["singular", "dual", "plural", ""]
ROLE_CLASSES = frozenset({"official", "role", "expert", "press", "honorific", "rank"})


class Listed(NamedTuple):
    """An outlet, group or body of the tables under one of its names.

    ``kind`` is the kind of name, ``sort`` the table's own kind (agency, armed, international ...);
    ``loaded``: this name takes a side; ``weak``: it is an ordinary word too.
    """

    row: str
    name: str
    kind: Literal["outlet", "group", "institution"]
    sort: str
    country: str
    owner: str
    loaded: bool
    weak: bool


class Noun(NamedTuple):
    """One form of a role or source noun: ``cls`` is a class of roles or a type of source."""

    row: str
    lemma: str
    cls: str
    gender: Gender
    number: Number
    definite: bool


class Given(NamedTuple):
    """A given name; ``name`` is its main spelling, ``word``: it is an ordinary word as well."""

    row: str
    name: str
    gender: str
    foreign: bool
    word: bool


class NameTables:
    """Tables of names, read from ``folder``; ``key`` gives the matching key of a written word.

    A language without some table has no such names: its folder need not hold the file. Raises
    :class:`rawi.errors.LexiconError` on a faulty table.
    """

    def __init__(self, folder: Path, key: Callable[[str], str]) -> None:
        self._folder = folder
        self._key = key
        self._tables: dict[str, tuple[Row, ...]] = {}

    def _rows(self, name: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
        rows = self._tables.get(name)
        if rows is None:
            path = self._folder / name
            rows = self._tables[name] = read_table(path, columns) if path.exists() else ()
        return rows

    def phrase(self, name: str) -> tuple[str, ...]:
        """The matching keys of a name's words; dots and strokes between its letters part them."""
        return tuple(self._key(w) for w in name.replace(".", " . ").replace("-", " - ").replace("+", " + ").split())

    # -- outlets, groups, bodies

    @cached_property
    def listed_rows(self) -> dict[str, Listed]:
        """The things of the tables by row id, each under its main name."""
        found: dict[str, Listed] = {}
        for r in self._rows("outlets.tsv", OUTLET_COLUMNS):
            found[r["id"]] = Listed(r["id"], r["name"], "outlet", r["kind"], r["country"], r["owner"], False, False)
        for r in self._rows("groups.tsv", BODY_COLUMNS):
            found[r["id"]] = Listed(r["id"], r["name"], "group", r["kind"], r["country"], "", False, False)
        for r in self._rows("bodies.tsv", BODY_COLUMNS):
            found[r["id"]] = Listed(r["id"], r["name"], "institution", r["kind"], r["country"], "", False, False)
        return found

    @cached_property
    def listed(self) -> PhraseTable[Listed]:
        """All names of outlets, groups and bodies, aliases and loaded names among them."""
        table: PhraseTable[Listed] = PhraseTable()
        taken: set[tuple[str, ...]] = set()
        for name, columns in (
            ("outlets.tsv", OUTLET_COLUMNS), ("groups.tsv", BODY_COLUMNS), ("bodies.tsv", BODY_COLUMNS),
        ):  # fmt: skip
            for r in self._rows(name, columns):
                thing = self.listed_rows[r["id"]]
                weak = {self.phrase(w) for w in r.list("weak")}
                loaded = {self.phrase(w) for w in r.list("loaded")} if "loaded" in r else set()
                for spelling in (r["name"], *r.list("aliases"), *(r.list("loaded") if loaded else ())):
                    phrase = self.phrase(spelling)
                    if (*phrase, thing.kind) in taken:
                        continue
                    taken.add((*phrase, thing.kind))
                    table.add(phrase, thing._replace(loaded=phrase in loaded, weak=phrase in weak))
        return table

    @cached_property
    def hosts(self) -> dict[str, Listed]:
        """Web host names, without ``www.``, and the outlets behind them."""
        rows = self._rows("outlets.tsv", OUTLET_COLUMNS)
        return {host: self.listed_rows[r["id"]] for r in rows for host in r.list("hosts")}

    def outlet_of(self, host: str) -> Listed | None:
        """The outlet behind a web host name (subdomains count), or None."""
        parts = host.lower().removeprefix("www.").split(".")
        for at in range(len(parts) - 1):
            found = self.hosts.get(".".join(parts[at:]))
            if found:
                return found
        return None

    # -- nouns at the head of a source

    @cached_property
    def _shapes(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for r in self._rows("name_shapes.tsv", SHAPE_COLUMNS):
            found.setdefault(r["class"], []).append(self._key(r["value"]))
        return {k: tuple(v) for k, v in found.items()}

    def shape(self, name: str) -> tuple[str, ...]:
        """The endings, prefixes or patterns of one class, as keys."""
        return self._shapes.get(name, ())

    @cached_property
    def feminine_written(self) -> tuple[str, ...]:
        """The feminine ending as written: matching keys do not tell it from a pronoun."""
        rows = self._rows("name_shapes.tsv", SHAPE_COLUMNS)
        return tuple(r["value"] for r in rows if r["class"] == "feminine_end")

    @cached_property
    def _noun_forms(self) -> list[tuple[tuple[str, ...], Noun]]:
        found: list[tuple[tuple[str, ...], Noun]] = []
        for r in self._rows("roles.tsv", ROLE_COLUMNS):
            found.extend(self._role_forms(r))
        for r in self._rows("source_nouns.tsv", NOUN_COLUMNS):
            noun = Noun(r["id"], r["word"], r["type"], _gender(r["gender"]), _number(r["number"]), False)
            found.extend((self.phrase(word), noun) for word in (r["word"], *r.list("also")))
        return found

    @cached_property
    def nouns(self) -> dict[str, tuple[Noun, ...]]:
        """Role nouns and source nouns of one word by key, inflected, without article and suffixes."""
        found: dict[str, list[Noun]] = {}
        for phrase, noun in self._noun_forms:
            if len(phrase) == 1:
                here = found.setdefault(phrase[0], [])
                if all(n.row != noun.row for n in here):
                    here.append(noun)
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def noun_phrases(self) -> PhraseTable[Noun]:
        """Role nouns and source nouns of more than one word, with and without article."""
        table: PhraseTable[Noun] = PhraseTable()
        for phrase, noun in self._noun_forms:
            if len(phrase) > 1:
                table.add(phrase, noun)
                for article in self.shape("article"):
                    if not phrase[-1].startswith(article):
                        table.add((*phrase[:-1], article + phrase[-1]), noun._replace(definite=True))
                        both = (article + phrase[0], *phrase[1:-1], article + phrase[-1])
                        table.add(both, noun._replace(definite=True))
        return table

    def _role_forms(self, r: Row) -> list[tuple[tuple[str, ...], Noun]]:
        cls, lemma = r["class"], r["word"]
        fixed = cls in {"honorific", "rank"}
        found: list[tuple[tuple[str, ...], Noun]] = []
        bases: list[tuple[str, Noun]] = []
        for word, gender in ((lemma, "m"), (r["feminine"], "f")):
            if not word:
                continue
            noun = Noun(r["id"], lemma, cls, _gender(gender), "singular", False)
            phrase = self.phrase(word)
            found.append((phrase, noun))
            if not fixed and len(phrase) == 1:
                bases.append((phrase[0], noun))
        for word in r.list("plurals"):
            noun = Noun(r["id"], lemma, cls, "m", "plural", False)
            phrase = self.phrase(word)
            found.append((phrase, noun))
            found.extend(self._inflected(phrase[0], "plural", noun) if len(phrase) == 1 else ())
        for base, noun in bases:
            if noun.gender == "f":
                found.extend(self._inflected(base, "feminine_plural", noun._replace(number="plural")))
            found.extend(self._inflected(base, "dual", noun._replace(number="dual")))
        return found

    def _inflected(self, word: str, what: str, noun: Noun) -> list[tuple[tuple[str, ...], Noun]]:
        pairs = (pair.partition(">") for pair in self.shape(what))
        return [((word[: len(word) - len(a)] + b,), noun) for a, _, b in pairs if word.endswith(a)]

    @cached_property
    def _before_suffix(self) -> tuple[tuple[str, str], ...]:
        return tuple((a, b) for a, _, b in (pair.partition(">") for pair in self.shape("before_suffix")))

    @cached_property
    def _endings(self) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """The article (empty: none), the endings of a dual that may bear it, and the pronouns on a noun."""
        articles = self.shape("article")
        return articles[0] if articles else "", self.shape("dual_end"), self.shape("suffix")

    def noun(self, key: str) -> tuple[Noun, ...]:
        """The readings of a word without proclitics: as it stands, without its article, without a pronoun on it."""
        nouns = self.nouns
        article, dual_end, suffixes = self._endings
        found = nouns.get(key)
        if article and key.startswith(article):
            readings = list(found or ())
            for noun in nouns.get(key[len(article) :], ()):
                construct = noun.number == "dual" and not key.endswith(dual_end)
                if not construct and noun not in readings and noun.cls not in {"honorific", "rank"}:
                    readings.append(noun)
            if readings:
                return tuple(n._replace(definite=True) for n in readings)
        if found or not key.endswith(suffixes):
            return found or ()
        for suffix in suffixes:
            if len(key) > len(suffix) + 2 and key.endswith(suffix):
                stem = key[: -len(suffix)]
                for written, made in self._before_suffix:
                    if stem.endswith(made):
                        found = nouns.get(stem[: len(stem) - len(made)] + written)
                        if found:
                            return tuple(n._replace(definite=True) for n in found)
        return ()

    # -- people

    @cached_property
    def given(self) -> dict[str, Given]:
        """Given names of one word by key, every spelling."""
        return {k[0]: v for k, v in self._given_forms if len(k) == 1}

    @cached_property
    def given_phrases(self) -> PhraseTable[Given]:
        """Given names of more than one word."""
        table: PhraseTable[Given] = PhraseTable()
        for k, v in self._given_forms:
            if len(k) > 1:
                table.add(k, v)
        return table

    @cached_property
    def _given_forms(self) -> list[tuple[tuple[str, ...], Given]]:
        found: dict[tuple[str, ...], Given] = {}
        for r in self._rows("given_names.tsv", GIVEN_COLUMNS):
            given = Given(r["id"], r["name"], r["gender"], r["origin"] == "foreign", r["word"] == "yes")
            for spelling in (r["name"], *r.list("aliases")):
                found.setdefault(self.phrase(spelling), given)
        return list(found.items())

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for r in self._rows("name_words.tsv", WORD_COLUMNS):
            found.setdefault(r["class"], set()).update(self._key(w) for w in r.list("words"))
        return {k: frozenset(v) for k, v in found.items()}

    @cached_property
    def _main_forms(self) -> dict[str, str]:
        rows = self._rows("name_words.tsv", WORD_COLUMNS)
        listed = [r.list("words") for r in rows if r["class"] == "kunya"]
        return {self._key(w): self._key(forms[0]) for forms in listed for w in forms}

    def main_form(self, key: str) -> str:
        """The form under which the cases of a kunya's first word are one."""
        return self._main_forms.get(key, key)

    @cached_property
    def common(self) -> frozenset[str]:
        """Ordinary words that are no part of a name."""
        return frozenset(self._key(r["word"]) for r in self._rows("name_common.tsv", COMMON_COLUMNS))

    @cached_property
    def function_forms(self) -> frozenset[str]:
        """Function words and verbs as written: they tell a function word from a given name of the same key."""
        rows = self._rows("name_words.tsv", WORD_COLUMNS)
        return frozenset(w for r in rows if r["class"] in {"stop", "verb"} for w in r.list("words"))

    @cached_property
    def foreign_skeletons(self) -> frozenset[str]:
        """Skeletons and last letters of foreign given names of six letters and more."""
        return frozenset(self.skeleton(k) + k[-1] for k, g in self.given.items() if g.foreign and len(k) >= 6)

    def words(self, *names: str) -> frozenset[str]:
        """The keys of some classes of words in and around names."""
        if len(names) == 1:
            return self._words.get(names[0], frozenset())
        return frozenset().union(*(self._words.get(n, frozenset()) for n in names))

    @cached_property
    def _variants(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (self._key(r["from"]), self._key(r["to"])) for r in self._rows("name_variants.tsv", VARIANT_COLUMNS)
        )

    @cached_property
    def _skeletons(self) -> dict[str, str]:
        return {}

    def skeleton(self, key: str) -> str:
        """What the spellings of one foreign name have in common; a word of less than four letters stays as it is."""
        found = self._skeletons.get(key)
        if found is None:
            found = key
            if len(key) >= 4:
                for written, becomes in self._variants:
                    found = found.replace(written, becomes) if becomes else found[0] + found[1:].replace(written, "")
            self._skeletons[key] = found
        return found


def _gender(cell: str) -> Gender:
    return "m" if cell == "m" else "f" if cell == "f" else ""


def _number(cell: str) -> Number:
    return "plural" if cell == "plural" else "dual" if cell == "dual" else "singular"
