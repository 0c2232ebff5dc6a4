"""What a name may mean: hand-made places and gazetteer rows in one form, disputed areas seen to."""

from __future__ import annotations

import math
from typing import NamedTuple

from rawi.lexicon.places import DisputedArea, PlaceTables, TablePlace
from rawi.marks.places.gazetteer import Gazetteer, GazetteerRow

WEAK, MEDIUM, STRONG, MASK = 1, 2, 3, 9

ADMINISTERED = frozenset(("admin1", "admin2", "admin3"))
HALF_DEGREE = math.pi / 360
CITY, TOWN = 100_000, 10_000
KINDS = {"neighbourhood": "district"}
RADIUS = {
    "admin1": 60.0, "admin2": 25.0, "admin3": 12.0, "city": 10.0, "town": 5.0, "village": 2.0, "place": 3.0,
    "district": 2.0, "camp": 2.0, "facility": 3.0, "natural": 20.0, "region": 100.0, "other": 5.0,
}  # fmt: skip
# Countries whose news is written in Arabic, and their neighbours in it: names of their towns are Arabic names.
NEAR = "SY IQ LB JO PS IL EG SA YE OM AE QA BH KW LY TN DZ MA MR SD SS SO DJ IR TR"
PRIOR = {"admin1": 1.2, "admin2": 0.4, "district": -0.5, "country": 3.0}
POINTS = frozenset(("city", "town", "village", "place", "district", "camp", "facility", "other"))


class Candidate(NamedTuple):
    """One place that a name may mean; ``prior`` weighs it without context, ``shared``: several countries hold it."""

    id: str
    name: str
    name_en: str
    kind: str
    country: str | None
    claimed_by: tuple[str, ...]
    administered_by: tuple[str, ...]
    lat: float | None
    lon: float | None
    radius_km: float | None
    population: int
    prior: float
    table: bool
    shared: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the countries that it lies in, or whose parties claim it."""
        return (self.country,) if self.country else self.claimed_by or self.shared


def km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Kilometres on a sphere between two points in degrees.

    >>> round(km(33.5, 36.3, 36.2, 37.15))
    310
    """
    a, b = math.radians(lat_a), math.radians(lat_b)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def apart(a: Candidate, b: Candidate) -> float:
    """Kilometres between two candidates, near enough to rank them; infinite where one has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    east = (b.lon - a.lon) * math.cos((a.lat + b.lat) * HALF_DEGREE)
    return 111.2 * math.hypot(b.lat - a.lat, east)


class Candidates:
    """The candidates of each name key, made once a key."""

    def __init__(self, tables: PlaceTables, gazetteer: Gazetteer) -> None:
        self._tables, self._gazetteer = tables, gazetteer
        self._memo: dict[str, tuple[Candidate, ...]] = {}
        self._strength: dict[str, int] = {}
        self._areas = {a.row: a for a in tables.disputed}
        self._longest: dict[str, int] = {}
        self._seconds: dict[str, set[str]] = {}
        for key in (*tables.named, *tables.guard("never")):
            words = key.split(" ")
            self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))
            if len(words) > 1:
                self._seconds.setdefault(words[0], set()).add(words[1])
        self._person = tables.guard("title") | tables.guard("given")
        self._never = tables.guard("never")
        self._near = frozenset(NEAR.split())

    def longest(self, first: str) -> int:
        """How many words the longest name has that opens with ``first``."""
        return max(self._longest.get(first, 0), self._gazetteer.longest(first))

    def seconds(self, first: str) -> frozenset[str]:
        """The words that may stand second in a name that opens with ``first``."""
        return self._gazetteer.seconds(first) | self._seconds.get(first, frozenset())

    def knows(self, key: str) -> bool:
        """Whether any place is called ``key``."""
        return key in self._tables.named or key in self._gazetteer

    def of(self, key: str) -> tuple[Candidate, ...]:
        """The places called ``key``, the weightiest first; empty where there is none."""
        found = self._memo.get(key)
        if found is None:
            if len(self._memo) > 50_000:
                self._memo.clear()
            found = self._memo[key] = self._make(key)
        return found

    def strength(self, key: str) -> int:
        """How sure the bare name is a place: STRONG, MEDIUM, WEAK, 0 (nothing is called so); MASK: surely none."""
        found = self._strength.get(key)
        if found is None:
            found = self._strength[key] = self._weigh(key)
        return found

    def _weigh(self, key: str) -> int:
        if key in self._never:
            return MASK
        candidates = self.of(key)
        if not candidates:
            return 0
        found = max(self._sureness(c, key) for c in candidates)
        first, _, rest = key.partition(" ")
        if rest and found < STRONG and first not in self._person:
            found += 1
        return found

    def _sureness(self, c: Candidate, key: str) -> int:
        """How sure the bare name is this place: names from afar and short ones are more often words or persons."""
        if c.table:
            return STRONG
        near = bool({c.country, *c.claimed_by} & self._near)
        short = len(key) < 4
        if near:
            strong, medium = (CITY, CITY) if short else (CITY, 15_000)
        else:
            strong, medium = (5_000_000, 1_000_000) if short else (500_000, 50_000)
        if c.population >= strong and c.kind != "admin3":
            return STRONG
        return MEDIUM if c.population >= medium or (near and c.kind == "admin2" and not short) else WEAK

    def _make(self, key: str) -> tuple[Candidate, ...]:
        ours = [self._from_table(p) for p in self._tables.named.get(key, ())]
        taken = {c.id for c in ours}
        found = list(ours)
        towns = []
        for number in self._gazetteer.rows_of(key):
            row = self._gazetteer.row(number)
            if row.id in taken or (row.kind == "country" and row.country in self._tables.countries):
                continue
            candidate = self._from_row(row)
            if any(_same(candidate, c) for c in ours):
                continue
            if row.kind in ("country", "admin1") and any(c.claimed_by for c in ours):
                continue
            if row.kind == "place":
                towns.append(candidate)
            found.append(candidate)
        wide = any(c.kind in ("natural", "region") for c in ours)
        found = [
            c._replace(prior=c.prior - 2.0) if _seat(c, towns + ours) or (wide and c.kind in ADMINISTERED) else c
            for c in found
        ]
        return tuple(sorted(found, key=lambda c: -c.prior))

    def _from_table(self, place: TablePlace) -> Candidate:
        area = self._areas.get(place.row)
        if area is None and len(place.countries) == 1 and place.kind not in ("country", "natural", "region"):
            area = self._area_at(place.lat, place.lon, place.countries[0])
        country = place.countries[0] if len(place.countries) == 1 and area is None else None
        settled = place.population > 0
        return Candidate(
            id=place.id,
            name=place.name,
            name_en=place.name_en,
            kind=place.kind,
            country=country,
            claimed_by=area.claimed_by if area else (),
            administered_by=area.administered_by if area else (),
            lat=place.lat,
            lon=place.lon,
            radius_km=place.radius_km or RADIUS.get(place.kind),
            population=place.population,
            prior=2.0 + 0.6 * math.log10(place.population + 10)
            if settled
            else 6.0
            if place.kind == "country" or area
            else 6.5,
            table=True,
            shared=place.countries if len(place.countries) > 1 else (),
        )

    def _area_at(self, lat: float, lon: float, country: str) -> DisputedArea | None:
        for area in self._tables.disputed:
            if (country in area.claimed_by or country in area.administered_by) and area.holds(lat, lon):
                return area
        return None

    def _from_row(self, row: GazetteerRow) -> Candidate:
        kind = KINDS.get(row.kind, row.kind)
        people = row.population
        if kind == "place":
            kind = "city" if people >= CITY else "town" if people >= TOWN else "place"
        area = None
        if row.lat is not None and row.lon is not None:
            area = self._area_at(row.lat, row.lon, row.country)
        prior = 0.6 * math.log10(people + 10) + PRIOR.get(kind, 0.0)
        return Candidate(
            id=row.id,
            name=row.name,
            name_en=row.name_en,
            kind=kind,
            country=None if area else row.country,
            claimed_by=area.claimed_by if area else (),
            administered_by=area.administered_by if area else (),
            lat=row.lat,
            lon=row.lon,
            radius_km=RADIUS.get(kind),
            population=people,
            prior=prior - (1.5 if row.foreign else 0.0) - (0.5 if row.lat is None else 0.0),
            table=False,
        )


def _same(row: Candidate, ours: Candidate) -> bool:
    """Whether a gazetteer row is the place that a table names already."""
    if ours.kind == "district" and row.kind in ("admin2", "admin3"):
        return apart(row, ours) < 10
    if (row.kind in ("admin1", "admin2")) != (ours.kind in ("admin1", "admin2", "region")):
        return False
    reach = 150 if row.kind in ("admin1", "admin2") else 30
    return apart(row, ours) < reach or (row.lat is None and row.country == ours.country)


def _seat(row: Candidate, towns: list[Candidate]) -> bool:
    """Whether an administrative row shares its name with its own seat, which the bare name means."""
    if row.kind not in ("admin1", "admin2", "admin3"):
        return False
    return any(
        t.kind in ("city", "town", "place")
        and (apart(row, t) < 160 or (row.lat is None and t.country == row.country))
        for t in towns
    )
