"""The quality gate: measured figures against pinned floors, which only ever go up.

    python eval/gate.py              measure, compare, exit 1 where a figure lies under its floor
    python eval/gate.py --raise      write today's figures as floors where they are higher

Every set has a corpus hash: other gold needs other floors, set knowingly. The repository's own gold is
measured everywhere; the real pages only where ../shared lies beside the repository, ``work`` and ``check`` apart.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from gold import ABSENT, OWN_GOLD, SHARED, lines, parts, reading_of, scorer, shared_is_here
from rawi.scoring.attributions import figures, score_document, total
from rawi.scoring.marks import marks_figures, score_marks

FLOORS = Path(__file__).with_name("floors.json")
LOWER_IS_BETTER = frozenset({"mis_speaker"})
COUNTS = frozenset({"gold", "predicted", "times", "places"})
Figures = dict[str, float | int | None]


def read_all(documents: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The readings of gold documents, marks and attributions of the gold ignored, as plain objects."""
    return [reading_of(dict(d)) for d in documents]


def attribution_figures(documents: list[dict[str, Any]], readings: list[dict[str, Any]]) -> Figures:
    """The attribution figures over ``documents``."""
    pairs = zip(documents, readings, strict=True)
    return figures(total(score_document(d["text"], d["attributions"], r["attributions"]) for d, r in pairs))


def mark_figures(documents: list[dict[str, Any]], readings: list[dict[str, Any]]) -> Figures:
    """The figures of times and places over ``documents``."""
    counts: Counter[str] = Counter()
    for document, reading in zip(documents, readings, strict=True):
        counts.update(score_marks(document["text"], document, reading))
    return marks_figures(counts)


def corpus_hash(documents: Iterable[Mapping[str, Any]]) -> str:
    """The first 12 hex digits of the SHA-256 over the gold objects in their order."""
    digest = sha256()
    for document in documents:
        digest.update(json.dumps(document, ensure_ascii=False, sort_keys=True).encode() + b"\n")
    return digest.hexdigest()[:12]


def measure() -> dict[str, tuple[str, Figures]]:
    """Each set's corpus hash and figures, by the name of the set."""
    sets: dict[str, tuple[str, Figures]] = {}

    def add(name: str, documents: list[dict[str, Any]], kind: str) -> None:
        take = attribution_figures if kind == "attribution" else mark_figures
        sets[name] = (corpus_hash(documents), take(documents, read_all(documents)))

    for kind in ("attribution", "marks"):
        own = OWN_GOLD / f"sample_{kind}.jsonl"
        if own.exists():
            add(f"sample {kind}", list(lines(own)), kind)
    if not shared_is_here():
        print(ABSENT)
        return sets
    part_of = parts()
    for kind in ("attribution", "marks"):
        documents = list(lines(SHARED / "gold" / f"dev_{kind}.jsonl"))
        for part in ("work", "check"):
            add(f"{part} {kind}", [d for d in documents if part_of.get(d["id"]) == part], kind)
    return sets


def official_differs(part: str = "work") -> list[str]:
    """The figures in which rawi's scorer and the official one disagree on the ``work`` pages (none, or a fault)."""
    official = scorer("score_attribution")
    part_of = parts()
    documents = [d for d in lines(SHARED / "gold" / "dev_attribution.jsonl") if part_of.get(d["id"]) == part]
    readings = read_all(documents)
    counts: Counter[str] = Counter()
    for document, reading in zip(documents, readings, strict=True):
        doc = official.Doc(document["text"])
        faults = official.faults_of(document, json.loads(json.dumps(reading)))
        if faults:
            return [f"{document['id']}: {fault}" for fault in faults]
        counts.update(official.score_doc(doc, document["attributions"], reading["attributions"])[0])
    theirs = official.figures(counts)
    ours = attribution_figures(documents, readings)
    return [
        f"{name}: official {theirs[name]}, ours {value}"
        for name, value in ours.items()
        if name in theirs and not math.isclose(theirs[name] or 0, value or 0, abs_tol=1e-6)
    ]


def compare(name: str, corpus: str, got: Figures, floors: dict[str, Any], lift: bool) -> list[str]:
    """The faults of one set; prints its figures; with ``lift`` raises the floors to what is reached."""
    known = floors.setdefault(name, {"corpus": corpus, "floors": {}})
    faults = []
    if known["corpus"] != corpus:
        if not lift:
            return [
                f"{name}: another corpus ({corpus}, floors are for {known['corpus']}): run with --raise knowingly"
            ]
        known.update(corpus=corpus, floors={})
    for figure, value in got.items():
        if value is None or figure in COUNTS:
            continue
        lower = figure in LOWER_IS_BETTER
        floor = known["floors"].get(figure)
        rounded = math.ceil(value * 10) / 10 if lower else math.floor(value * 10) / 10
        if lift and (floor is None or (rounded < floor if lower else rounded > floor)):
            floor = known["floors"][figure] = rounded
        bad = floor is not None and (value > floor + 1e-9 if lower else value < floor - 1e-9)
        if bad:
            faults.append(f"{name}: {figure} {value:.2f}, floor {floor}")
        sign, mark = "at most" if lower else "floor", "  <-- BELOW" if bad else ""
        print(f"{name:20} {figure:24} {value:6.1f}  {sign} {floor}{mark}")
    return faults


def main() -> int:
    """0 where every figure holds its floor, else 1."""
    arguments = argparse.ArgumentParser(description="Quality figures against pinned floors.")
    arguments.add_argument("--raise", dest="lift", action="store_true", help="raise floors to today's figures")
    lift = arguments.parse_args().lift
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    faults: list[str] = []
    for name, (corpus, got) in measure().items():
        faults += compare(name, corpus, got, floors, lift)
    if shared_is_here():
        faults += official_differs()
    if lift:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    print("\n".join(faults) if faults else "gate: every floor holds")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
