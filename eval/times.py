"""How well time expressions are found and resolved: the peers' suites, our newswire, guards, real articles.

    python eval/times.py [SET ...] [--shared ../shared] [--errors]

Sets: newswire guards marks duckling duration maha recognizers valued dateparser undated speed (all by default).
A gold expression is found where a prediction shares a character with it; its value is taken from the
prediction that covers most of it. ``exact``: the same string, seconds of zero dropped. ``lenient``: the same start
instant, cut to the grain that the gold value shows. Misses count as wrong. Real articles: rawi.scoring.marks,
the pages worked on and the check pages apart (totals only).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from rawi.lang.ar.pack import arabic
from rawi.marks.times.find import find_times
from rawi.model import Timex
from rawi.scoring.marks import marks_figures, score_marks
from rawi.text.tokens import tokenize

Mode = Literal["news", "assistant"]
Gold = Mapping[str, Any]
SUITES: dict[str, tuple[str, tuple[Mode, ...]]] = {
    "newswire": ("newswire_dev.jsonl", ("news",)),
    "duckling": ("duckling_time_ar.jsonl", ("assistant",)),
    "duration": ("duckling_duration_ar.jsonl", ("assistant",)),
    "maha": ("maha_time.jsonl", ("news", "assistant")),
    "recognizers": ("recognizers_supported_dedup.jsonl", ("assistant",)),
    "valued": ("recognizers_dates_valued.jsonl", ("assistant",)),
    "dateparser": ("dateparser_ar.jsonl", ("news",)),
}
ABSENT = "not measured: ../shared absent"


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def times_of(text: str, reference: str | None, mode: Mode = "news") -> list[Timex]:
    """The time expressions of ``text``."""
    pack = arabic()
    return find_times(tokenize(text, pack.letters), pack, published=reference, mode=mode).times


def plain(value: str | None) -> str:
    """A value without zero seconds and zero minutes.

    >>> plain("2019-03-14T18:00:00"), plain("2019-03-14")
    ('2019-03-14T18', '2019-03-14')
    """
    text = re.sub(r"(T\d\d:\d\d):00$", r"\1", (value or "").strip())
    return re.sub(r"(T\d\d):00$", r"\1", text)


def best(gold: Gold, found: Iterable[Timex]) -> Timex | None:
    """The prediction that covers most of the gold span; where gold is an interval, the first one."""
    shared = [(min(gold["end"], t.span.end) - max(gold["start"], t.span.start), -t.span.start, t) for t in found]
    touching = [entry for entry in shared if entry[0] > 0]
    if not touching:
        return None
    if gold.get("type") == "INTERVAL":
        return max(touching, key=lambda entry: entry[1])[2]
    return max(touching, key=lambda entry: entry[:2])[2]


def lenient(gold: Gold, found: Timex) -> bool:
    """Whether the prediction starts at the gold instant, at the grain of the gold value."""
    value = str(gold["value"])
    if plain(value) == plain(found.value):
        return True
    start = str(gold.get("begin") or value).split("/")[0]
    shape = value.split("/")[0]
    if not re.match(r"\d{4}", start) or found.begin is None:
        return False
    width = 10 if "W" in shape or "Q" in shape or not re.match(r"\d{4}", shape) else min(len(shape), 16)
    mine = found.begin if len(found.begin) >= width else f"{found.begin}T00:00"
    return mine[:width] == start[:width].ljust(width, "0")


def suite(
    rows: list[dict[str, Any]], mode: Mode, errors: bool, finder: Callable[[str, str, Mode], list[Timex]] = times_of
) -> dict[str, float]:
    """Span recall, precision, exact and lenient value over the rows of one suite, for rawi or another finder."""
    counts: Counter[str] = Counter()
    for row in rows:
        found = finder(row["text"], row["ref"], mode)
        counts["predicted"] += len(found)
        counts["touching"] += sum(any(_touch(g, t) for g in row["expected"]) for t in found)
        for gold in row["expected"]:
            counts["gold"] += 1
            hit = best(gold, found)
            counts["found"] += hit is not None
            counts["strict"] += any((t.span.start, t.span.end) == (gold["start"], gold["end"]) for t in found)
            if not gold.get("value"):
                continue
            counts["valued"] += 1
            alternatives = [{**gold, "value": v} for v in {gold["value"], *map(str, gold.get("alts") or [])}]
            exact = hit is not None and any(plain(g["value"]) == plain(hit.value) for g in alternatives)
            loose = hit is not None and any(lenient(g, hit) for g in alternatives)
            counts["exact"] += exact
            counts["lenient"] += loose
            if errors and not exact:
                got = [(row["text"][t.span.start : t.span.end], t.value, t.begin) for t in found]
                print(
                    "lenient" if loose else "WRONG",
                    row["ref"][:10],
                    row["text"],
                    "|",
                    gold["text"],
                    gold["value"],
                    got,
                )
        if errors:
            for t in found:
                if not any(_touch(g, t) for g in row["expected"]):
                    print(
                        "SPURIOUS", row["ref"][:10], row["text"], "|", row["text"][t.span.start : t.span.end], t.value
                    )
    share = _share(counts)
    return {
        "gold": counts["gold"],
        "span recall": share("found", "gold"),
        "span strict": share("strict", "gold"),
        "precision": share("touching", "predicted"),
        "value exact": share("exact", "valued"),
        "value lenient": share("lenient", "valued"),
    }


def _touch(gold: Gold, found: Timex) -> bool:
    return bool(found.span.start < gold["end"] and gold["start"] < found.span.end)


def _share(counts: Counter[str]) -> Callable[[str, str], float]:
    return lambda part, whole: 100 * counts[part] / counts[whole] if counts[whole] else 0.0


def guards(path: Path, errors: bool) -> dict[str, float]:
    """False hits, and the real expressions found and right, over the guard sentences (reference 2019-03-14)."""
    counts: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        found = [(cells[0][t.span.start : t.span.end], t.value) for t in times_of(cells[0], "2019-03-14")]
        wanted = [(cells[2], cells[3])] if len(cells) > 3 else []
        counts["sentences"] += 1
        counts["real"] += len(wanted)
        counts["real found"] += sum(w[0] in [f[0] for f in found] for w in wanted)
        counts["real right"] += sum(w in found for w in wanted)
        false = [f for f in found if not any(w[0] in f[0] or f[0] in w[0] for w in wanted)]
        counts["false hits"] += len(false)
        if errors and (false or found != wanted):
            print("GUARD", cells[0], "| wanted", wanted, "got", found)
    return {name: float(counts[name]) for name in ("sentences", "false hits", "real", "real found", "real right")}


def marks(gold: Path, errors: bool) -> Iterator[tuple[str, dict[str, float]]]:
    """The time figures on real articles, for the pages worked on and the check pages apart."""
    part = dict(row.split("\t")[:2] for row in (gold / "split.tsv").read_text(encoding="utf-8").splitlines())
    counts: dict[str, Counter[str]] = {"work": Counter(), "check": Counter()}
    for page in lines(gold / "dev_marks.jsonl"):
        name = part.get(page["id"], "check")
        found = msgspec.to_builtins(times_of(page["text"], page["date"]))
        counts[name].update(score_marks(page["text"], page, {"times": found, "places": []}))
        if errors and name == "work":
            _show_page(page, found)
    for name, total in [*counts.items(), ("all", counts["work"] + counts["check"])]:
        figures = marks_figures(total)
        yield f"marks {name}", {k: float(v) for k, v in figures.items() if k.startswith("time") and v is not None}


def _show_page(page: Gold, found: list[dict[str, Any]]) -> None:
    wanted = {tuple(t["span"]): t for t in page["times"]}
    mine = {tuple(t["span"]): t for t in found}
    for span in sorted({*wanted, *mine}):
        gold, got = wanted.get(span), mine.get(span)
        if gold is None or got is None or (gold["value"] and plain(gold["value"]) != plain(got["value"])):
            words = page["text"][max(0, span[0] - 25) : span[1] + 15].replace("\n", "/")
            print(
                "PAGE",
                page["id"],
                page["date"][:16],
                words,
                "| gold",
                gold and gold["value"],
                "got",
                got and got["value"],
            )


def undated(shared: Path) -> dict[str, float]:
    """Real pages with their date hidden: how many give a bound, how many bounds hold, how many values are right.

    Values are compared with those of the same page with its date; what stays open is not counted.
    """
    pack = arabic()
    rows = (shared / "gold" / "split.tsv").read_text(encoding="utf-8").splitlines()
    hidden = {row.split("\t")[0] for row in rows if row.split("\t")[1] == "check"}
    counts: Counter[str] = Counter()
    for file in sorted((shared / "news").glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as stream:
            pages = [json.loads(line) for line in stream]
        random.Random(3).shuffle(pages)
        for page in [p for p in pages[:600] if p["id"] not in hidden and p.get("published")]:
            tokens, day = tokenize(page["text"], pack.letters), page["published"][:10]
            open_, dated = find_times(tokens, pack), find_times(tokens, pack, published=page["published"])
            bounds = [d.params for d in open_.doubts if d.code == "undated" and d.params]
            counts["pages"] += 1
            counts["bounds"] += bool(bounds)
            counts["hold"] += any(b.get("earliest", day) <= day <= b.get("latest", day) for b in bounds)
            for one, other in zip(open_.times, dated.times, strict=True):
                if bounds and one.begin and other.begin:
                    counts["values"] += 1
                    counts["right"] += one.value == other.value
    share = _share(counts)
    return {
        "pages": counts["pages"],
        "with a bound": share("bounds", "pages"),
        "bound holds": share("hold", "bounds"),
        "values right": share("right", "values"),
    }


def speed(shared: Path) -> dict[str, float]:
    """The cost of finding times as a share of tokenising the same pages (the best of fifteen runs by turns)."""
    pack = arabic()
    pages = [page["text"] for page in lines(shared / "gold" / "dev_marks.jsonl")]
    texts = [tokenize(text, pack.letters) for text in pages]
    cost: tuple[list[float], list[float]] = ([], [])
    for _ in range(15):
        begun = time.perf_counter()
        for text in pages:
            tokenize(text, pack.letters)
        between = time.perf_counter()
        for tokens in texts:
            find_times(tokens, pack, published="2019-03-14")
        cost[0].append(between - begun)
        cost[1].append(time.perf_counter() - between)
    count = sum(map(len, texts))
    best_of = [min(runs) for runs in cost]
    return {"share of tokenising": best_of[1] / best_of[0], "ms per 400 tokens": best_of[1] * 400_000 / count}


def main(argv: list[str] | None = None) -> int:
    """Prints the figures asked for; 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args(argv)
    if not args.shared.is_dir():
        print(ABSENT)
        return 0
    sets = args.sets or ["newswire", "guards", "marks", *list(SUITES)[1:], "undated", "speed"]
    for name in sets:
        for title, figures in _measured(name, args.shared, args.errors):
            print(
                f"{title:24}",
                "  ".join(f"{k} {v:.1f}" if v != int(v) else f"{k} {v:.0f}" for k, v in figures.items()),
            )
    return 0


def _measured(name: str, shared: Path, errors: bool) -> Iterator[tuple[str, dict[str, float]]]:
    if name == "guards":
        yield name, guards(shared / "times" / "guards.tsv", errors)
    elif name == "marks":
        yield from marks(shared / "gold", errors)
    elif name == "undated":
        yield name, undated(shared)
    elif name == "speed":
        yield name, speed(shared)
    else:
        file, modes = SUITES[name]
        for mode in modes:
            yield f"{name} ({mode})", suite(lines(shared / "times" / file), mode, errors)


if __name__ == "__main__":
    sys.exit(main())
