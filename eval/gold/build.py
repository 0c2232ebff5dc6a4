"""Turn the hand-written annotations of the sample into gold files.

    build.py [--check] [--show ID]

Reads ``source/*.txt`` (quoted strings, README.md says the form) and the articles of ``src/rawi/sample``,
finds where every quoted string stands, and writes ``sample_attribution.jsonl``, ``sample_marks.jsonl`` and
``sample_roots.jsonl``.
A string that does not occur, or that cuts a word, is an error. No rule of the product is used.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import sys
import tomllib
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parents[1] / "src" / "rawi" / "sample"
WORD = re.compile(r"(?:\w|[\u064b-\u0670\u0657-\u065f])+")
# Persian and final forms fold to one letter each, so that lengths stay and the annotations read in plain Arabic
FOLD = str.maketrans("\u06cc\u06a9\u0649", "\u064a\u0643\u064a")
CLOSING = {"\u00ab": "\u00bb", "\u201c": "\u201d", '"': '"'}
EDGE_SINGLE = ["و", "ف", "من", "عن", "إلى", "على"]
COMPLEMENTISERS = ("أن", "إن", "بأن")
PRONOUNS = ("", "ه", "ها", "هم")
EDGE = set(EDGE_SINGLE) | {c + p for c in COMPLEMENTISERS for p in PRONOUNS}
STANCES = ("reported", "alleged", "denied", "doubted", "directive")
TYPES = ["person", "official", "institution", "group", "outlet", "document", "anonymous", "witness", "impersonal"]
ELLIPSIS = " \u2026 "
Span = tuple[int, int]


class GoldError(Exception):
    """An annotation that does not fit its article."""


@dataclass
class Sample:
    """One article: what its file says of it, and its text."""

    id: str
    file: str
    outlet: str
    date: str | None
    text: str


class Page(HTMLParser):
    """The headline and the paragraphs of one of our own pages, with its head's metadata."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.meta: dict[str, str] = {}
        self.ld = ""
        self._in: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {k: v or "" for k, v in attrs}
        if tag == "meta" and "property" in at:
            self.meta[at["property"]] = at["content"]
        elif tag == "h1" or (tag == "p" and "class" not in at and "article" in self._in):
            self.lines.append("")
            self._in.append("line")
        elif tag == "article":
            self._in.append("article")
        elif tag == "script" and at.get("type") == "application/ld+json":
            self._in.append("ld")

    def handle_endtag(self, tag: str) -> None:
        closes = {"h1": "line", "p": "line", "article": "article", "script": "ld"}
        if self._in and self._in[-1] == closes.get(tag):
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if self._in and self._in[-1] == "line":
            self.lines[-1] += data
        elif self._in and self._in[-1] == "ld":
            self.ld += data


def samples() -> list[Sample]:
    """The articles of the sample in the order of their ids."""
    out = []
    for line in (SAMPLE / "wire.jsonl").read_text(encoding="utf-8").splitlines():
        d = json.loads(line)
        out.append(Sample(d["id"], "wire.jsonl", d["outlet"], d["published"], d["title"] + "\n" + d["text"]))
    for path in sorted(SAMPLE.glob("*.html")):
        page = Page()
        page.feed(path.read_text(encoding="utf-8"))
        ld = json.loads(page.ld) if page.ld else {}
        date = ld.get("datePublished") or page.meta.get("article:published_time")
        out.append(Sample(path.stem, path.name, page.meta["og:site_name"], date, "\n".join(page.lines)))
    for path in sorted(SAMPLE.glob("*.txt")):
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("cp1256")
        outlet, date = dateline(path.stem)
        out.append(Sample(path.stem, path.name, outlet, date, text))
    return sorted(out, key=lambda s: s.id)


def dateline(id_: str) -> tuple[str, str]:
    """Outlet and day as a reader learns them from the dateline of a plain text: row ``D`` of its source file."""
    for line in (HERE / "source" / f"{id_}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("D | "):
            _, outlet, day = line.split(" | ")
            return outlet, day
    raise GoldError(f"{id_}: a plain text needs a row D")


class Finder:
    """Where quoted strings stand in one text."""

    def __init__(self, sample: Sample) -> None:
        self.id = sample.id
        self.text = sample.text
        self.folded = sample.text.translate(FOLD)

    def whole(self, start: int, end: int) -> bool:
        """Whether the span cuts no word."""
        return all(
            not (0 < i < len(self.text) and WORD.match(self.text[i - 1]) and WORD.match(self.text[i]))
            for i in (start, end)
        )

    def one(self, quoted: str, low: int, high: int | None = None, *, last: bool = False) -> Span:
        """The first (or last) place of one string between two offsets; ``[ ]`` marks the span in its context."""
        high = len(self.text) if high is None else high
        before, _, rest = quoted.partition("[") if "[" in quoted else ("", "", quoted)
        inner, _, after = rest.partition("]")
        needle = (before + inner + after).translate(FOLD)
        at = self.folded.find(needle, low, high)
        found: Span | None = None
        while at >= 0 and (found is None or last):
            span = (at + len(before), at + len(before) + len(inner))
            if self.whole(*span):
                found = span
            at = self.folded.find(needle, at + 1, high)
        if found is None:
            raise GoldError(f"{self.id}: not found from {low} to {high}: {quoted}")
        return found

    def stretch(self, quoted: str, low: int, high: int | None = None, *, last: bool = False) -> Span:
        """The place of a string, or of everything from one string to another."""
        if ELLIPSIS not in quoted:
            return self.one(quoted, low, high, last=last)
        begin, end = quoted.split(ELLIPSIS)
        a = self.one(begin, low, high, last=last)
        return a[0], self.one(end, a[1])[1]

    def near(self, quoted: str, cue: list[Span]) -> list[Span]:
        """The pieces of a field: after the cue, or before it where the field begins with ``<``."""
        if quoted == "-":
            return []
        back = quoted.startswith("<")
        pieces = quoted.lstrip("<").split(" ++ ")
        spans: list[Span] = []
        for k, piece in enumerate(pieces):
            if back and k == 0:
                spans.append(self.stretch(piece, 0, cue[0][0], last=True))
            else:
                spans.append(self.stretch(piece, max(cue[0][1], spans[-1][1] if spans else 0)))
        return spans


def quoted_regions(text: str) -> list[Span]:
    """The stretches inside quotation marks; one never closed ends with its paragraph."""
    out: list[Span] = []
    start, close = -1, ""
    for i, c in enumerate(text):
        if start < 0 and c in CLOSING:
            start, close = i, CLOSING[c]
        elif start >= 0 and (c in (close, "\n") or (c == '"' and close == "\u00bb")):
            out.append((start, i))
            start = -1
    return [*out, (start, len(text))] if start >= 0 else out


def kind_of(text: str, content: list[Span]) -> str:
    """direct, mixed or indirect, by the definition of the guidelines."""
    words = [m for m in WORD.finditer(text) if any(s < m.end() and m.start() < e for s, e in content)]
    while words and words[0].group() in EDGE:
        words.pop(0)
    while words and words[-1].group() in EDGE:
        words.pop()
    regions = quoted_regions(text)
    inside = [sum(a <= m.start() < b for m in words) for a, b in regions]
    if sum(inside) == len(words) > 0:
        return "direct"
    return "mixed" if any(n >= 3 for n in inside) else "indirect"


def attribution(finder: Finder, fields: list[str], after: int) -> tuple[dict[str, Any], int]:
    """One attribution and the start of its cue."""
    n, cue, source, ref, content, labels, target, parent = fields
    spans: list[Span] = []
    for piece in cue.split(" ++ "):
        spans.append(finder.one(piece, spans[-1][1] if spans else after))
    stance, kind = labels.split()
    if stance not in STANCES or kind not in TYPES:
        raise GoldError(f"{finder.id} {n}: unknown labels {labels}")
    pieces = finder.near(content, spans)
    aim = finder.near(target, spans)
    row = {
        "n": int(n),
        "cue": spans,
        "source": finder.near(source, spans),
        "ref": None if ref == "-" else finder.one(ref, 0, spans[0][0], last=True),
        "content": pieces,
        "kind": kind_of(finder.text, pieces),
        "stance": stance,
        "type": kind,
        "target": aim[0] if aim else None,
        "parent": int(parent),
    }
    return row, spans[0][0]


def place_rows() -> dict[str, dict[str, str]]:
    """The places of the sample by their English name."""
    with (HERE / "source" / "places.tsv").open(encoding="utf-8", newline="") as f:
        return {row["name"]: row for row in csv.DictReader(f, delimiter="\t")}


def gold_of(sample: Sample, places: dict[str, dict[str, str]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The attribution line and the marks line of one article."""
    finder = Finder(sample)
    attributions: list[dict[str, Any]] = []
    times: list[dict[str, Any]] = []
    mentions: list[dict[str, Any]] = []
    cue_at, time_at, place_at = 0, 0, 0
    for line in (HERE / "source" / f"{sample.id}.txt").read_text(encoding="utf-8").splitlines():
        letter, _, rest = line.partition(" ")
        fields = [f.strip() for f in rest.split(" | ")]
        if letter == "A":
            row, start = attribution(finder, fields, cue_at)
            if row["n"] != len(attributions) + 1:
                raise GoldError(f"{sample.id}: attribution {row['n']} out of order")
            attributions.append(row)
            cue_at = start + 1
        elif letter == "T":
            _, phrase, type_, value = [f.strip() for f in line.split("|")]
            span = finder.one(phrase, time_at)
            times.append({"span": span, "type": type_, "value": value})
            time_at = span[1]
        elif letter == "P":
            _, form, name = [f.strip() for f in line.split("|")]
            span, p = finder.one(form, place_at), places[name]
            latlon = [float(p["lat"]), float(p["lon"])] if p["lat"] else None
            mentions.append(
                {"span": span, "name": name, "country": p["country"], "kind": p["kind"], "latlon": latlon}
            )
            place_at = span[1]
        elif line.strip() and letter != "D":
            raise GoldError(f"{sample.id}: unknown row {line}")
    head = {"id": sample.id, "file": sample.file, "outlet": sample.outlet, "date": sample.date}
    head["key"] = hashlib.sha256(sample.text.encode()).hexdigest()[:16]
    body = {**head, "text": sample.text}
    return {**body, "attributions": attributions}, {**body, "times": times, "places": mentions}


def cluster_of(cluster: dict[str, Any], by_id: dict[str, Sample]) -> dict[str, Any]:
    """One judged cluster with the texts of its articles."""
    articles = []
    for a in cluster["articles"]:
        sample = by_id[a["id"]]
        title, _, text = sample.text.partition("\n")
        head = {"id": sample.id, "outlet": sample.outlet, "published": sample.date, "title": title, "text": text}
        articles.append({**head, **a, "of": a.get("of")})
    known = {a["id"] for a in articles}
    named = {i for p in cluster["pairs"] for i in p[:2]} | {i for r in cluster["roots"] for i in r["articles"]}
    if named - known or len(cluster["pairs"]) != len(known) * (len(known) - 1) // 2:
        raise GoldError(f"{cluster['cluster']}: articles and pairs do not fit")
    return {**cluster, "articles": articles, "choke": cluster.get("choke")}


def show(said: dict[str, Any], marks: dict[str, Any]) -> None:
    """Print one article's gold for reading."""
    text = said["text"]

    def cut(spans: Any) -> str:
        if not spans:
            return "-"
        pairs = [spans] if isinstance(spans[0], int) else spans
        return " // ".join(text[a:b] for a, b in pairs)

    for a in said["attributions"]:
        labels = f"{a['kind']} {a['stance']} {a['type']} parent={a['parent']}"
        print(f"{a['n']:>2} [{cut(a['cue'])}] S={cut(a['source'])} R={cut(a['ref'])} T={cut(a['target'])} {labels}")
        print("     " + cut(a["content"]))
    for t in marks["times"]:
        print("T", cut(t["span"]), t["type"], t["value"], sep=" | ")
    for p in marks["places"]:
        a, b = p["span"]
        print("P", text[max(0, a - 12) : a] + "[" + text[a:b] + "]", p["name"], p["kind"], sep=" | ")


def main() -> int:
    """Build, check or show the gold of the sample."""
    parser = argparse.ArgumentParser(description="Build the gold of the bundled sample.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the files are not current")
    parser.add_argument("--show", metavar="ID", help="print the gold of one article, write nothing")
    args = parser.parse_args()
    places = place_rows()
    articles = samples()
    both = [gold_of(s, places) for s in articles]
    if args.show:
        for said, marks in both:
            if said["id"] == args.show:
                show(said, marks)
        return 0
    by_id = {s.id: s for s in articles}
    judged = tomllib.loads((HERE / "source" / "roots.toml").read_text(encoding="utf-8"))
    files = {
        "sample_attribution.jsonl": [said for said, _ in both],
        "sample_marks.jsonl": [marks for _, marks in both],
        "sample_roots.jsonl": [cluster_of(c, by_id) for c in judged["cluster"]],
    }
    stale = False
    for name, rows in files.items():
        content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        path = HERE / name
        if args.check:
            stale |= not path.exists() or path.read_text(encoding="utf-8") != content
        else:
            path.write_text(content, encoding="utf-8")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
