"""Origins of judged clusters against the gold beside the repository, scored by the gold's own scorer.

python eval/roots.py            the figures of the real and the made clusters
python eval/roots.py --errors   and the clusters that are read otherwise
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import rawi
from gold import ABSENT, SHARED, lines, shared_is_here
from rawi.lang import ar
from rawi.lexicon.names import OUTLET_COLUMNS
from rawi.lexicon.table import read_table
from rawi.model import Article, Reading, Span
from rawi.tracing import TraceResult, trace

GOLD = ("dev_roots.jsonl", "made_roots.jsonl")
NEWS = "saudi_2015_07.jsonl.gz"
COPIES = frozenset({"wire-copy", "outlet-copy", "shared-document"})
CREDITS = frozenset({"byline", "credit"})


def clusters() -> Iterator[tuple[dict[str, Any], list[Article]]]:
    """Each judged cluster with its articles; those of the real clusters come from the news beside the repository."""
    judged = [dict(g) for name in GOLD for g in lines(SHARED / "gold" / name)]
    wanted = {a["id"] for g in judged for a in g["articles"] if "text" not in a}
    with gzip.open(SHARED / "news" / NEWS, "rt", encoding="utf-8") as stream:
        real = {d["id"]: d for d in map(json.loads, stream) if d["id"] in wanted}
    for cluster in judged:
        yield cluster, [_article(real.get(a["id"], a)) for a in cluster["articles"]]


def _article(page: dict[str, Any]) -> Article:
    title, author = page["title"].strip(), (page.get("author") or "").strip()
    text = "\n".join(part for part in (title, author, page["text"]) if part)
    return Article(
        id=page["id"], text=text, outlet=page.get("outlet"), url=page.get("url"),
        published=page["published"].replace(" ", "T"), title_span=Span(0, len(title)),
    )  # fmt: skip


def prediction(cluster: str, readings: Sequence[Reading]) -> dict[str, Any]:
    """What tracing one cluster's articles alone says, in the form that the scorer reads."""
    result = trace(readings)
    published = {r.id: r.published or "" for r in readings}
    words = {r.id: len(r.text.split()) for r in readings}
    families = result.families.to_pylist()
    family = max(
        families,
        key=lambda f: (len(f["documents"]), [-ord(c) for c in min(published[d] for d in f["documents"])]),
        default={"id": "", "lo": 0, "hi": 0, "denying": 0, "circular": [], "documents": []},
    )
    return {
        "cluster": cluster,
        "lo": family["lo"],
        "hi": family["hi"],
        "denying": family["denying"],
        "circular": family["circular"],
        "articles": [_relation(result, family, r.id) for r in readings],
        "pairs": [_pair(row, words) for row in result.reuse.to_pylist()],
    }


def _relation(result: TraceResult, family: dict[str, Any], document: str) -> dict[str, Any]:
    """Whether a document is in the family, and from whom it surely has its words: a member, or an outlet by name."""
    tells = document in family["documents"]
    edges = [e for e in result.edges.to_pylist() if e["family"] == family["id"] and e["from"] == document]
    credit = next((e for e in _by_rank(edges) if e["kind"] in CREDITS and e["certainty"] == "certain"), None)
    if credit is not None:
        of = credit["to"] if credit["to"] in family["documents"] else _name(credit)
        return {"id": document, "tells": tells, "of": of, "direction": "certain"}
    reuse = [e for e in edges if e["kind"] == "reuse" and e["certainty"] != "undecided"]
    best = max(reuse, key=lambda e: (e["probability"], e["to"]), default=None)
    of = best["to"] if best else None
    return {"id": document, "tells": tells, "of": of, "direction": best["certainty"] if best else "undecided"}


def _by_rank(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Edges by what they rest on: a byline first, then the page's end, then what stands in the text."""
    ranks = {"byline": 0, "dateline": 0, "tail": 1, "relay": 2, "told": 3}
    return sorted(edges, key=lambda e: (ranks.get(e["evidence"][0]["kind"], 9), e["to"].count("outlet:")))


def _name(edge: dict[str, Any]) -> str:
    """An agency's shortest name in the tables, that by which it signs; else the name as the page writes it."""
    names = _agencies().get(edge["to"].removeprefix("outlet:"), ())
    return min(names, key=len, default=str(edge["evidence"][0]["note"]))


@lru_cache(maxsize=1)
def _agencies() -> dict[str, tuple[str, ...]]:
    rows = read_table(Path(ar.__file__).parent / "outlets.tsv", OUTLET_COLUMNS)
    return {r["id"]: (r["name"], *r.list("aliases")) for r in rows if r["kind"] == "agency"}


def _pair(row: dict[str, Any], words: dict[str, int]) -> list[str]:
    """The pair with its class: the same text where half of the longer article is shared."""
    if row["class"] not in COPIES:
        return [row["a"], row["b"], "other"]
    whole = 2 * row["words"] >= max(words[row["a"]], words[row["b"]])
    return [row["a"], row["b"], "same-text" if whole else "partial"]


def main(arguments: list[str]) -> int:
    """Prints the scorer's figures; 0 also where there is nothing to measure."""
    if not shared_is_here():
        print(ABSENT)
        return 0
    predicted = [prediction(g["cluster"], [rawi.read(a) for a in articles]) for g, articles in clusters()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        path.write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in predicted), encoding="utf-8")
        gold = [str(SHARED / "gold" / name) for name in GOLD]
        scorer = str(SHARED / "gold" / "score_roots.py")
        return subprocess.run([sys.executable, scorer, *gold, str(path), *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
