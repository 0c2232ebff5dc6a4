"""How well places are found and resolved: the hand-made marks, three events of tweets, loading and speed.

    python eval/places.py [--shared ../shared] [--only marks|idrisi|aqmar|load|speed]

Prints one figure a line. Marks: the official scorer, for the work pages and for the check pages apart
(totals only). Tweets (IDRISI, gold spans given): a mention is found where a table knows its name;
accuracy is over the found ones that have coordinates. Times are shares of tokenising the same pages.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from rawi.lang.ar.pack import arabic
from rawi.marks.places.candidates import km
from rawi.marks.places.find import find_places, place_at
from rawi.marks.places.gazetteer import FILE, load_gazetteer
from rawi.model import Span
from rawi.text.tokens import tokenize

EVENTS = {"cairo_bombing_2019": "EG", "jordan_floods_2018": "JO", "kuwait_floods_2018": "KW"}
NEWS = ("almayadeen_2023", "jawhara_2013_2017", "saudi_2015_07")


def marks(shared: Path) -> Iterator[tuple[str, float]]:
    """Figures of the official scorer, ``work.*``, ``check.*`` and ``all.*``."""
    gold = shared / "gold"
    pack = arabic()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "places.jsonl"
        with out.open("w", encoding="utf-8") as lines:
            for line in (gold / "dev_marks.jsonl").read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                places = find_places(tokenize(row["text"], pack.letters), pack)
                answer = {"id": row["id"], "times": [], "places": msgspec.to_builtins(places)}
                lines.write(json.dumps(answer, ensure_ascii=False) + "\n")
        for part in ("work", "check", "all"):
            command = [
                sys.executable,
                str(gold / "score_marks.py"),
                str(gold / "dev_marks.jsonl"),
                str(out),
                "--json",
            ]
            if part != "all":
                command += ["--only", f"{gold / 'split.tsv'}:{part}"]
            scores = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
            for name, value in scores.items():
                if name.startswith("place"):
                    yield f"{part}.{name}", value


def tweets(shared: Path, *, home: bool) -> Iterator[tuple[str, float]]:
    """Found shares by type, and accuracy within 161 km of what is found, countries and others apart."""
    pack = arabic()
    found: dict[str, list[bool]] = {}
    right: dict[str, list[bool]] = {"country": [], "other": []}
    for event, country in EVENTS.items():
        for part in ("train", "dev"):
            path = shared / "places" / "idrisi" / f"LMD_data_AR_{event}_{part}.jsonl"
            for line in path.read_text(encoding="utf-8").splitlines():
                tweet = json.loads(line)
                tokens = tokenize(tweet["text"], pack.letters)
                mentions = tweet["location_mentions"]
                spans = [Span(m["start_offset"], m["end_offset"]) for m in mentions]
                places = place_at(tokens, pack, spans, country=country if home else None)
                for mention, by_text in zip(mentions, places, strict=True):
                    place = by_text
                    if place is None and mention.get("keyword"):
                        word = tokenize(mention["keyword"], pack.letters)
                        place = place_at(word, pack, [Span(0, len(word.text))], country=country if home else None)[0]
                    kind = mention["type"]
                    found.setdefault(kind, []).append(place is not None)
                    if place is not None and (osm := mention.get("osm_json")):
                        way = 1e9
                        if place.lat is not None and place.lon is not None:
                            way = km(place.lat, place.lon, float(osm["lat"]), float(osm["lon"]))
                        right["country" if kind == "Country" else "other"].append(way <= 161)
    name = "idrisi+home" if home else "idrisi"
    for kind, hits in sorted(found.items()):
        yield f"{name}.found.{kind} (n={len(hits)})", 100 * sum(hits) / len(hits)
    for kind, hits in right.items():
        yield f"{name}.acc161.{kind} (n={len(hits)})", 100 * sum(hits) / len(hits)


def encyclopedia(shared: Path) -> Iterator[tuple[str, float]]:
    """Overlap and exact F1 against the LOC entities of AQMAR, which count buildings and empires too."""
    pack = arabic()
    both = exact = gold_count = found_count = 0
    for path in sorted((shared / "names" / "aqmar").glob("*.txt")):
        text, gold = _tagged(path.read_text(encoding="utf-8"))
        found = [(p.span.start, p.span.end) for p in find_places(tokenize(text, pack.letters), pack)]
        free = set(found)
        for start, end in gold:
            hit = next((f for f in sorted(free) if f[0] < end and start < f[1]), None)
            if hit:
                free.discard(hit)
                both += 1
                exact += hit == (start, end)
        gold_count += len(gold)
        found_count += len(found)
    yield f"aqmar.span_f1 (n={gold_count})", 200 * both / (gold_count + found_count)
    yield "aqmar.exact_span_f1", 200 * exact / (gold_count + found_count)


def _tagged(lines: str) -> tuple[str, list[tuple[int, int]]]:
    """The text of a file of words and BIO tags, and the spans of its LOC entities."""
    text = ""
    spans: list[tuple[int, int]] = []
    inside = False
    for line in lines.split("\n"):
        word, _, tag = line.rpartition(" ")
        if not word:
            text, inside = text.rstrip(" ") + "\n", False
            continue
        start, text = len(text), text + word
        if tag == "B-LOC":
            spans.append((start, len(text)))
        elif tag == "I-LOC" and inside:
            spans[-1] = (spans[-1][0], len(text))
        inside = tag in ("B-LOC", "I-LOC") and bool(spans)
        text += " "
    return text, spans


def loading() -> Iterator[tuple[str, float]]:
    """Milliseconds and megabytes that gazetteer and tables cost, and the size of the file."""
    code = (
        "import time\n"
        "from rawi.lang.ar.pack import arabic\n"
        "import rawi.text.tokens\n"
        "rss = lambda: int(open('/proc/self/statm').read().split()[1]) * 4096 / 1e6\n"
        "a, t = rss(), time.perf_counter()\n"
        "from rawi.marks.places.find import _finder\n"
        "_finder(arabic())\n"
        "print((time.perf_counter() - t) * 1000, rss() - a)\n"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True) for _ in range(5)
    ]
    figures = sorted(tuple(map(float, run.stdout.split())) for run in runs)
    yield "load.ms (gazetteer, tables, matcher; median of 5)", figures[2][0]
    yield "load.mb", figures[2][1]
    yield "load.rows", float(len(load_gazetteer()))
    yield "file.mb", FILE.stat().st_size / 1e6


def speed(shared: Path, pages: int = 200) -> Iterator[tuple[str, float]]:
    """The cost of finding places on pages of each outlet as a share of the cost of tokenising them."""
    pack = arabic()
    check = {
        x.split("\t")[0] for x in (shared / "gold/split.tsv").read_text().splitlines() if x.split("\t")[1] == "check"
    }
    texts = []
    for name in NEWS:
        with gzip.open(shared / "news" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for _, line in zip(range(pages), lines, strict=False)]
        texts += [f"{r.get('title') or ''}\n{r.get('text') or ''}" for r in rows if str(r.get("id")) not in check]
    shares = []
    for _ in range(5):
        start = time.perf_counter()
        documents = [tokenize(text, pack.letters) for text in texts]
        middle = time.perf_counter()
        for document in documents:
            find_places(document, pack)
        shares.append((time.perf_counter() - middle) / (middle - start))
    yield f"speed.share cold (n={len(texts)} pages)", shares[0]
    yield "speed.share warm (median of 4)", sorted(shares[1:])[2]


def main() -> int:
    """Prints the figures asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--only", choices=("marks", "idrisi", "aqmar", "load", "speed"))
    args = parser.parse_args()
    if args.only != "load" and not args.shared.is_dir():
        print(f"not measured: {args.shared} absent")
        return 0
    parts: dict[str, Callable[[], Iterable[tuple[str, float]]]] = {
        "marks": lambda: marks(args.shared),
        "idrisi": lambda: (*tweets(args.shared, home=False), *tweets(args.shared, home=True)),
        "aqmar": lambda: encyclopedia(args.shared),
        "load": loading,
        "speed": lambda: speed(args.shared),
    }
    for name, part in parts.items():
        if args.only in (None, name):
            for label, value in part():
                print(f"{label:55} {value:8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
