"""The typed tables of places that a language pack compiles for ``marks`` and ``speech``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from rawi.lexicon.table import Row, read_table

_META = ("source", "date", "example")
COUNTRY_COLUMNS = ("id", "code", "names", "name_en", "gazetteer", "lat", "lon", *_META)
DEMONYM_COLUMNS = ("id", "code", "word", "plural", *_META)
FEATURE_COLUMNS = ("id", "names", "name_en", "kind", "feature", "countries", "lat", "lon", "radius_km", *_META)
SETTLEMENT_COLUMNS = ("id", "names", "name_en", "kind", "country", "gazetteer", "lat", "lon", "population", *_META)
DISPUTED_COLUMNS = (
    "id", "names", "name_en", "kind", "claimed_by", "administered_by", "lat", "lon", "radius_km", "outline", *_META,
)  # fmt: skip
ACTOR_COLUMNS = ("id", "names", "kind", "country", "label", "from", "to", "rivals", "place", *_META)
CUE_COLUMNS = ("id", "class", "kind", "word", *_META)
GUARD_COLUMNS = ("id", "class", "words", *_META)
MEND_COLUMNS = ("id", "gazetteer", "column", "value", "why", *_META)

_GAP = re.compile(r"[\s\-]+")


class TablePlace(NamedTuple):
    """A place of the hand-made tables; ``id`` is the gazetteer row that it stands for, else the row of the table."""

    id: str
    row: str
    name: str
    name_en: str
    kind: str
    countries: tuple[str, ...]
    lat: float
    lon: float
    radius_km: float | None
    population: int


class DisputedArea(NamedTuple):
    """An area that more than one party claims: who claims, who administers, where it lies, who says so and when."""

    row: str
    place: TablePlace
    claimed_by: tuple[str, ...]
    administered_by: tuple[str, ...]
    outline: tuple[tuple[float, float], ...]
    source: str
    date: str

    def holds(self, lat: float, lon: float) -> bool:
        """Whether the point lies inside the outline (even-odd rule); no outline holds nothing."""
        inside = False
        corners = self.outline
        for (lat_a, lon_a), (lat_b, lon_b) in zip(corners, corners[1:] + corners[:1], strict=True):
            if (lat_a > lat) != (lat_b > lat):
                crossing = (lon_b - lon_a) * (lat - lat_a) / (lat_b - lat_a) + lon_a
                inside ^= lon < crossing
        return inside


class Actor(NamedTuple):
    """Who speaks behind a place's name from ``begin`` (inclusive) to ``end`` (exclusive): ISO days, or empty."""

    row: str
    name: str
    kind: str
    country: str
    label: str
    begin: str
    end: str
    rivals: tuple[str, ...]
    place: str

    def holds_on(self, day: str | None) -> bool:
        """Whether the row holds on the ISO ``day``; an unknown day takes the rows that have not ended."""
        if not day:
            return not self.end
        return self.begin <= day[:10] and (not self.end or day[:10] < self.end)


class PlaceTables:
    """Tables of places, read from ``folder``; ``key`` gives the matching key of a written word.

    A language without some table has no such places: its folder need not hold the file. Raises
    :class:`rawi.errors.LexiconError` on a faulty table.
    """

    def __init__(self, folder: Path, key: Callable[[str], str]) -> None:
        self._folder = folder
        self._key = key
        self._read: dict[str, tuple[Row, ...]] = {}

    def _rows(self, name: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
        if name not in self._read:
            path = self._folder / name
            self._read[name] = read_table(path, columns) if path.exists() else ()
        return self._read[name]

    def phrase(self, name: str) -> str:
        """The matching key of a name of one or more words, parted by one space."""
        return " ".join(self._key(word) for word in _GAP.split(name) if word)

    # -- words around places

    @cached_property
    def _cue_rows(self) -> tuple[Row, ...]:
        return self._rows("place_cues.tsv", CUE_COLUMNS)

    @cached_property
    def _by_class(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for row in self._cue_rows:
            found.setdefault(row["class"], set()).add(self._key(row["word"]))
        return {k: frozenset(v) for k, v in found.items()}

    def _words(self, *classes: str) -> frozenset[str]:
        return frozenset[str]().union(*(self._by_class.get(c, frozenset()) for c in classes))

    @cached_property
    def cues(self) -> dict[str, tuple[str, ...]]:
        """Cue words and the kinds of place that they announce."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self._cue_rows:
            if row["class"] == "cue":
                word = self._key(row["word"])
                found[word] = (*found.get(word, ()), row["kind"])
        return found

    @cached_property
    def inside(self) -> frozenset[str]:
        """Cue words that belong to the name which they open (mountain, crossing, camp)."""
        return self._words("inside")

    @cached_property
    def directions(self) -> dict[str, float | None]:
        """Direction words and their bearing in degrees; ``None``: the middle."""
        rows = [r for r in self._cue_rows if r["class"].startswith("direction:")]
        return {self._key(r["word"]): _number(r["class"].partition(":")[2]) for r in rows}

    @cached_property
    def capital(self) -> frozenset[str]:
        """Words for a capital in apposition."""
        return self._words("capital")

    @cached_property
    def locative(self) -> frozenset[str]:
        """Words after which a name may well be a place."""
        return self._words("locative")

    @cached_property
    def prepositions(self) -> frozenset[str]:
        """True prepositions and particles: after them a name is no adjective."""
        return self._words("preposition", "particle")

    @cached_property
    def container(self) -> frozenset[str]:
        """Words after which the place stands that holds the one before them."""
        return self._words("container")

    @cached_property
    def periphery(self) -> frozenset[str]:
        """Words for an area around the place that follows."""
        return self._words("periphery", "near_word")

    @cached_property
    def speaks(self) -> frozenset[str]:
        """Words beside which the name of a capital stands for those who speak there."""
        return self._words("speaks")

    @cached_property
    def first(self) -> frozenset[str]:
        """Words that open a name of two words."""
        return self._words("first")

    @cached_property
    def plural(self) -> frozenset[str]:
        """Cue words in the plural: no unknown name follows them."""
        return self._words("plural")

    @cached_property
    def several(self) -> frozenset[str]:
        """Cue words for two or more places: what is listed after the first is of the same kind."""
        return self._words("plural", "dual")

    @cached_property
    def endings(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Endings of words that are no names after a cue word: of adjectives (without the article), of any word."""
        return tuple(self._words("adjective_ending")), tuple(self._words("pronoun_ending"))

    @cached_property
    def joint(self) -> frozenset[str]:
        """Conjunctions, as proclitics are written."""
        return frozenset(r["word"] for r in self._cue_rows if r["class"] == "joint")

    @cached_property
    def within(self) -> frozenset[str]:
        """Prepositions, as proclitics are written."""
        return frozenset(r["word"] for r in self._cue_rows if r["class"] == "within")

    @cached_property
    def article(self) -> str:
        """The definite article, as a key; empty where the language has none."""
        return next(iter(self._words("article")), "")

    # -- guards

    @cached_property
    def _guards(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for row in self._rows("place_guards.tsv", GUARD_COLUMNS):
            words = row.list("words")
            exact = row["class"] == "exact"
            found.setdefault(row["class"], set()).update(words if exact else map(self.phrase, words))
        return {k: frozenset(v) for k, v in found.items()}

    def guard(self, name: str) -> frozenset[str]:
        """The keys of one class of guards (``exact``: forms)."""
        return self._guards.get(name, frozenset())

    @property
    def common(self) -> frozenset[str]:
        """Names that are ordinary words or persons' names."""
        return self.guard("common")

    @cached_property
    def exact(self) -> dict[str, frozenset[str]]:
        """Names that hold only as written: key to the written forms."""
        found: dict[str, frozenset[str]] = {}
        for word in self.guard("exact"):
            found[self._key(word)] = found.get(self._key(word), frozenset()) | {word}
        return found

    # -- places of our own

    @cached_property
    def countries(self) -> dict[str, TablePlace]:
        """Countries by ISO 3166-1 code."""
        rows = self._rows("countries.tsv", COUNTRY_COLUMNS)
        return {r["code"]: _place(r, "country", (r["code"],), 0) for r in rows}

    @cached_property
    def disputed(self) -> tuple[DisputedArea, ...]:
        """Disputed areas."""
        rows = self._rows("disputed.tsv", DISPUTED_COLUMNS)
        return tuple(
            DisputedArea(
                row=r["id"],
                place=_place(r, r["kind"], r.list("claimed_by"), 0),
                claimed_by=r.list("claimed_by"),
                administered_by=r.list("administered_by"),
                outline=_outline(r["outline"]),
                source=r["source"],
                date=r["date"],
            )
            for r in rows
        )

    @cached_property
    def named(self) -> dict[str, tuple[TablePlace, ...]]:
        """All hand-made places by the keys of their names; a disputed area takes its names from the other tables."""
        found: dict[str, list[TablePlace]] = {}

        def add(place: TablePlace, names: Iterable[str]) -> None:
            for name in dict.fromkeys(map(self.phrase, names)):
                found.setdefault(name, []).append(place)

        for row in self._rows("countries.tsv", COUNTRY_COLUMNS):
            add(self.countries[row["code"]], row.list("names"))
        for row in self._rows("features.tsv", FEATURE_COLUMNS):
            add(_place(row, row["kind"], row.list("countries"), 0), row.list("names"))
        for row in self._rows("place_settlements.tsv", SETTLEMENT_COLUMNS):
            add(_place(row, row["kind"], (row["country"],), int(row["population"])), row.list("names"))
        areas = {area.row: area.place for area in self.disputed}
        for row in self._rows("disputed.tsv", DISPUTED_COLUMNS):
            for name in row.list("names"):
                found[self.phrase(name)] = [areas[row["id"]]]
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def demonyms(self) -> dict[str, str]:
        """Demonyms in all their forms, with and without the article, and the country's code."""
        endings = [self._key(r["word"]) for r in self._cue_rows if r["class"] == "demonym_ending"]
        found: dict[str, str] = {}
        for row in self._rows("demonyms.tsv", DEMONYM_COLUMNS):
            words = self.phrase(row["word"]).split(" ")
            if len(words) > 1:
                continue
            forms = [words[0], *(words[0] + e for e in endings)]
            forms.extend(self._key(p) for p in row.list("plural"))
            for form in forms:
                found.setdefault(form, row["code"])
                found.setdefault(self.article + form, row["code"])
        return found

    @cached_property
    def actors(self) -> dict[str, tuple[Actor, ...]]:
        """Actors behind the names of palaces, seats and capitals, by key; several rows where time changed them."""
        found: dict[str, list[Actor]] = {}
        for row in self._rows("actors.tsv", ACTOR_COLUMNS):
            names = row.list("names")
            actor = Actor(
                row["id"], names[0], row["kind"], row["country"], row["label"], row["from"], row["to"],
                row.list("rivals"), row["place"],
            )  # fmt: skip
            for name in dict.fromkeys(map(self.phrase, names)):
                found.setdefault(name, []).append(actor)
        return {k: tuple(v) for k, v in found.items()}

    def actor(self, name: str, day: str | None = None) -> Actor | None:
        """The actor that the name of a place stands for on an ISO ``day`` (``None``: not known), if a row says so."""
        return next((a for a in self.actors.get(self.phrase(name), ()) if a.holds_on(day)), None)


def _number(cell: str) -> float | None:
    return None if cell in ("", "-") else float(cell)


def _place(row: Row, kind: str, countries: tuple[str, ...], population: int) -> TablePlace:
    radius = row.get("radius_km") or None
    return TablePlace(
        id=row.get("gazetteer") or "rawi:" + row["id"],
        row=row["id"],
        name=row.list("names")[0],
        name_en=row["name_en"],
        kind=kind,
        countries=countries,
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        radius_km=float(radius) if radius else None,
        population=population,
    )


def _outline(cell: str) -> tuple[tuple[float, float], ...]:
    corners = [part.split() for part in cell.split(",") if part.strip()]
    return tuple((float(lat), float(lon)) for lat, lon in corners)
