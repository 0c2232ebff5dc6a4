"""Makes the compact gazetteer of the package from the merged table of places.

    python tools/build_gazetteer.py ../shared/places/gazetteer.tsv

Mends on the way: rows that are no place, doubled rows, provinces without coordinates, parents that
the neighbourhood contradicts, names that open with the word for their kind, Persian names among the
Arabic ones (flagged). The same input gives the same bytes.
"""

from __future__ import annotations

import csv
import json
import math
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from hashlib import sha256
from pathlib import Path

from rawi.lang.ar.pack import ArabicPack, arabic
from rawi.lexicon.places import MEND_COLUMNS
from rawi.lexicon.table import read_table
from rawi.marks.places.gazetteer import BLOCK, COLUMNS, FILE, FOREIGN, MAGIC, NOWHERE, SCALE
from rawi.text.tokens import WORD, tokenize

ATTRIBUTION = (
    "Contains data from GeoNames (geonames.org, CC BY 4.0), Who's On First (whosonfirst.org/docs/licenses) "
    "and Unicode CLDR; modified: merged, normalised, mended."
)
NO_PLACES = frozenset(["XA", "XB", "ZZ", "UN", "EU", "EZ", "QO"])
KINDS = ("country", "admin1", "admin2", "admin3", "place", "neighbourhood", "facility")
KIND_WEIGHT = {k: i for i, k in enumerate(KINDS)}
PREFIX_KINDS = frozenset(["city", "town", "village", "admin1", "admin2"])

Row = dict[str, str]


def key_of(name: str, pack: ArabicPack) -> str:
    """The words of ``name`` as matching keys, parted by spaces; empty where a word is not Arabic."""
    tokens = tokenize(name, pack.letters)
    words = [k for k, kind in zip(tokens.key, tokens.kind, strict=True) if kind == WORD]
    return " ".join(words) if len(words) <= 6 else ""


def read_rows(path: Path) -> list[Row]:
    """The rows that are places; ids that stand for no id are replaced by one made of the row's own words."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [
            r for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if r["country"] not in NO_PLACES
        ]
    for row in rows:
        if row["id"].endswith(":-1"):
            words = f"{row['names_ar']}|{row['lat']}|{row['lon']}"
            row["id"] = "rawi:" + sha256(words.encode()).hexdigest()[:8]
    return rows


def mend_by_table(rows: list[Row], folder: Path) -> int:
    """Applies ``place_mends.tsv``: cells of single rows, each with its reason."""
    by_id: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_id[row["id"]].append(row)
    done = 0
    for mend in read_table(folder / "place_mends.tsv", MEND_COLUMNS):
        for row in by_id.get(mend["gazetteer"], ()):
            row[mend["column"]] = mend["value"]
            done += 1
    return done


def mend_names(rows: list[Row], pack: ArabicPack) -> dict[int, list[str]]:
    """The keys of each row, and its names without the word for its kind: ``{row number: keys}``."""
    places = pack.places
    prefixes = {w for w, kinds in places.cues.items() if PREFIX_KINDS & set(kinds) and w not in places.inside}
    wide = {w for w, kinds in places.cues.items() if "area" in kinds}
    keys: dict[int, list[str]] = {}
    for number, row in enumerate(rows):
        found: list[str] = []
        names = [n for n in row["names_ar"].split("|") if n]
        bare: list[str] = []
        for name in names:
            key = key_of(name, pack)
            first, _, rest = key.partition(" ")
            if (
                rest
                and first in (prefixes | wide if row["kind"] == "admin1" else prefixes)
                and rest not in places.common
            ):
                key, bare = rest, [*bare, name.split(None, 1)[1]]
            else:
                bare.append(name)
            if first in places.directions and any(p.kind == "country" for p in places.named.get(rest, ())):
                continue
            if key and len(key) > 1 and key not in found:
                found.append(key)
        article = places.article
        keys[number] = [k for k in found if article + k not in found]
        row["names_ar"] = max(bare, key=lambda n: shown(n, row["source"])) if bare else row["names_ar"]
    return keys


def shown(name: str, source: str) -> tuple[bool, int]:
    """How fit a name is to be shown: GeoNames lists its names in no order, Who's On First the preferred one first."""
    odd = "\u0649" in name[:-1].replace("\u0649 ", " ")
    return (not odd, len(name) if source == "geonames" else 0)


def part_provinces(rows: list[Row], keys: dict[int, list[str]]) -> int:
    """Takes from provinces the names that are the first name of another province of their country."""
    owners = {(rows[n]["country"], k[0]): n for n, k in keys.items() if k and rows[n]["kind"] == "admin1"}
    done = 0
    for number, row in enumerate(rows):
        if row["kind"] != "admin1" or row["source"] == "cldr":
            continue
        kept = [k for i, k in enumerate(keys[number]) if i == 0 or owners.get((row["country"], k), number) == number]
        done += len(keys[number]) - len(kept)
        keys[number] = kept
    return done


def place_provinces(rows: list[Row], keys: dict[int, list[str]]) -> int:
    """Gives provinces without coordinates those of the largest settlement of their name in their country."""
    towns: dict[tuple[str, str], tuple[int, Row]] = {}
    for number, row in enumerate(rows):
        if row["lat"] and row["kind"] != "country":
            for key in keys[number]:
                people = int(row["population"] or 0)
                if people >= towns.get((row["country"], key), (-1, row))[0]:
                    towns[row["country"], key] = (people, row)
    done = 0
    for number, row in enumerate(rows):
        if row["kind"] == "admin1" and not row["lat"]:
            hits = [towns[row["country"], k][1] for k in keys[number] if (row["country"], k) in towns]
            if hits:
                row["lat"], row["lon"] = hits[0]["lat"], hits[0]["lon"]
                done += 1
    return done


def km(a: Row, b: Row) -> float:
    """Kilometres between two rows, near enough over short ways."""
    lat, lon = float(a["lat"]), float(a["lon"])
    east = (float(b["lon"]) - lon) * math.cos(math.radians(lat))
    return 111.2 * math.hypot(float(b["lat"]) - lat, east)


def same_place(rows: list[Row], keys: dict[int, list[str]]) -> set[int]:
    """The numbers of rows that repeat another one: same name, country and kind within 8 km, or a province again."""
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for key in keys[number]:
            groups[row["country"], row["kind"], key].append(number)
    dropped: set[int] = set()
    for (_, kind, _), numbers in groups.items():
        numbers.sort(
            key=lambda n: (-int(rows[n]["population"] or 0), not rows[n]["lat"], rows[n]["source"] == "cldr", n)
        )
        kept: list[int] = []
        for n in numbers:
            if n in dropped:
                continue
            row = rows[n]
            twin = next(
                (
                    k
                    for k in kept
                    if (kind in ("admin1", "country") and (not row["lat"] or row["source"] == "cldr"))
                    or (row["lat"] and rows[k]["lat"] and km(rows[k], row) < 8)
                ),
                None,
            )
            if twin is None:
                kept.append(n)
            else:
                dropped.add(n)
                keys[twin].extend(k for k in keys[n] if k not in keys[twin])
    return dropped


def mend_parents(rows: list[Row], live: list[int]) -> tuple[int, int]:
    """Fills and mends first-level parents where seven of the eight nearest rows agree: (filled, mended)."""
    grid: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for n in live:
        row = rows[n]
        if row["lat"] and row["kind"] not in ("country", "admin1") and row["admin1_ar"]:
            grid[row["country"], int(float(row["lat"]) * 5), int(float(row["lon"]) * 5)].append(n)
    changes: dict[int, str] = {}
    filled = mended = 0
    for n in live:
        row = rows[n]
        if not row["lat"] or row["kind"] in ("country", "admin1") or row["source"] == "geonames":
            continue
        x, y = int(float(row["lat"]) * 5), int(float(row["lon"]) * 5)
        near = [
            m for a in (-1, 0, 1) for b in (-1, 0, 1) for m in grid.get((row["country"], x + a, y + b), ()) if m != n
        ]
        near = sorted(near, key=lambda m: km(row, rows[m]))[:8]
        if len(near) < 8:
            continue
        parent, votes = Counter(rows[m]["admin1_ar"] for m in near).most_common(1)[0]
        if parent == row["admin1_ar"]:
            continue
        if not row["admin1_ar"] and votes >= 6:
            changes[n] = parent
            filled += 1
        elif row["admin1_ar"] and votes == 8:
            changes[n] = parent
            mended += 1
    for n, parent in changes.items():
        rows[n]["admin1_ar"] = parent
    return filled, mended


def number_of(values: list[str], value: str, seen: dict[str, int]) -> int:
    """The place of ``value`` in ``values``, added where new."""
    if value not in seen:
        seen[value] = len(values)
        values.append(value)
    return seen[value]


def pack_file(rows: list[Row], keys: dict[int, list[str]], live: list[int], head: dict[str, object]) -> bytes:
    """The bytes of the compact file."""
    postings: dict[str, list[int]] = defaultdict(list)
    longest: Counter[str] = Counter()
    for at, n in enumerate(live):
        for key in keys[n]:
            postings[key].append(at)
            words = key.split(" ")
            longest[words[0]] = max(longest[words[0]], len(words))
    names = sorted(set(postings) | set(longest))
    columns: dict[str, array[int]] = {name: array(code) for name, code in COLUMNS}
    columns["starts"].append(0)
    for name in names:
        columns["longest"].append(longest[name])
        columns["postings"].extend(postings.get(name, ()))
        columns["starts"].append(len(columns["postings"]))
    countries: list[str] = []
    parents: list[str] = []
    seen_c: dict[str, int] = {}
    seen_p: dict[str, int] = {}
    lines: list[str] = []
    for n in live:
        row = rows[n]
        columns["lat"].append(round(float(row["lat"]) * SCALE) if row["lat"] else NOWHERE)
        columns["lon"].append(round(float(row["lon"]) * SCALE) if row["lon"] else NOWHERE)
        columns["population"].append(int(row["population"] or 0))
        columns["country"].append(number_of(countries, row["country"], seen_c))
        columns["admin1"].append(number_of(parents, row["admin1_ar"], seen_p))
        columns["kind"].append(KIND_WEIGHT[row["kind"]])
        columns["flags"].append(FOREIGN if row["country"] == "IR" and not int(row["population"] or 0) else 0)
        lines.append("\t".join((row["id"], row["names_ar"], row["name_en"], row["source"])))
    if sys.byteorder == "big":
        for column in columns.values():
            column.byteswap()
    blocks = [zlib.compress("\n".join(lines[i : i + BLOCK]).encode(), 9) for i in range(0, len(lines), BLOCK)]
    spans, at = [], 0
    for block in blocks:
        spans.append([at, len(block)])
        at += len(block)
    sections = {
        "keys": zlib.compress("\n".join(names).encode(), 9),
        "numbers": b"".join(columns[name].tobytes() for name, _ in COLUMNS),
        "words": b"".join(blocks),
    }
    places, at = {}, 0
    for name, data in sections.items():
        places[name] = [at, len(data)]
        at += len(data)
    lengths = {name: len(columns[name]) * columns[name].itemsize for name, _ in COLUMNS}
    header = {
        **head, "rows": len(live), "keys": len(names), "kinds": KINDS, "countries": countries, "admin1": parents,
        "lengths": lengths, "blocks": spans, "sections": places,
    }  # fmt: skip
    packed = json.dumps(header, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return MAGIC + len(packed).to_bytes(4, "little") + packed + b"".join(sections.values())


def build(source: Path) -> bytes:
    """The compact file made from the table at ``source``; prints what was mended."""
    pack = arabic()
    rows = read_rows(source)
    table = mend_by_table(rows, Path(__file__).parents[1] / "src/rawi/lang/ar")
    keys = mend_names(rows, pack)
    parted = part_provinces(rows, keys)
    provinces = place_provinces(rows, keys)
    dropped = same_place(rows, keys)
    live = [n for n in range(len(rows)) if n not in dropped and keys[n]]
    filled, mended = mend_parents(rows, live)
    print(
        f"rows {len(rows)}: {len(live)} kept, {len(dropped)} doubled; {table} cells mended by table; "
        f"provinces placed {provinces}, names taken from other provinces {parted}; "
        f"parents filled {filled}, mended {mended}"
    )
    head = {"attribution": ATTRIBUTION, "made_from": sha256(source.read_bytes()).hexdigest(), "format": 1}
    return pack_file(rows, keys, live, head)


def main() -> None:
    """Writes the file beside ``rawi.marks.places.gazetteer``."""
    data = build(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/places/gazetteer.tsv"))
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(data)
    print(f"{FILE.name}: {len(data) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
