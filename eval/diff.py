"""What a change does to real pages: statements gained, lost and changed against another commit, as HTML.

    python eval/diff.py [--base main] [--pages 500] [--seed 1] [-o out/diff.html]

The other commit is checked out beside the working tree, both read the same unlabelled pages (ids of the gold's
``check`` part left out), and statements are matched by the start of their cue.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gold import ABSENT, ROOT, SHARED, parts, shared_is_here, write_lines

READER = """
import json, sys, msgspec, rawi
for line in open(sys.argv[1], encoding="utf-8"):
    d = json.loads(line)
    article = rawi.Article(id=d["id"], text=d["text"], outlet=d.get("outlet"), published=d.get("published"))
    reading = rawi.read(article)
    sys.stdout.buffer.write(msgspec.json.encode(reading) + b"\\n")
"""
FIELDS = ("source", "ref", "content", "stance", "act", "type", "parent", "target")
STYLE = """
body{font:15px/1.7 sans-serif;margin:1.5rem;max-width:80rem}
article{border-block-start:1px solid #bbb;padding-block:.6rem}
.gained{background:#e3f4e3}.lost{background:#fbe4e2}.changed{background:#fdf3d3} p{margin:.3rem 0;padding:.2rem .5rem}
b{background:#ffe08a}i{background:#cfe3ff;font-style:normal}u{text-decoration:none;background:#e2e2e2}
"""


def sample(count: int, seed: int) -> list[dict[str, Any]]:
    """``count`` unlabelled pages, drawn over all outlets, none of the gold's."""
    gold = set(parts())
    pages: list[dict[str, Any]] = []
    for path in sorted((SHARED / "news").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            rows = [json.loads(line) for line in stream]
        for r in rows:
            if r["id"] not in gold:
                title = r.get("title") or ""
                text = r["text"] if r["text"].startswith(title) else f"{title}\n{r['text']}"
                pages.append(
                    {"id": r["id"], "outlet": r.get("outlet"), "published": r.get("published"), "text": text}
                )
    random.Random(seed).shuffle(pages)
    return pages[:count]


def readings(source: Path, pages: Path) -> Iterator[dict[str, Any]]:
    """The readings of ``pages`` by the code under ``source``."""
    environment = {**os.environ, "PYTHONPATH": str(source)}
    command = [sys.executable, "-c", READER, str(pages)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True, encoding="utf-8") as child:
        assert child.stdout is not None
        yield from (json.loads(line) for line in child.stdout)
    if child.returncode:
        raise SystemExit(f"reading with {source} failed")


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, Any, Any, list[str]]]:
    """Pairs of statements that differ: what happened, the old one, the new one, and in which fields."""
    before = {a["cue"][0][0]: a for a in old["attributions"]}
    after = {a["cue"][0][0]: a for a in new["attributions"]}
    found = []
    for start in sorted(before.keys() | after.keys()):
        a, b = before.get(start), after.get(start)
        if a is None or b is None:
            found.append(("gained" if a is None else "lost", a, b, []))
            continue
        fields = [f for f in FIELDS if a.get(f) != b.get(f) and f != "parent"]
        if fields:
            found.append(("changed", a, b, fields))
    return found


def marked(text: str, statement: dict[str, Any]) -> str:
    """The stretch of ``text`` around a statement with its cue, source and content marked."""
    spans = [(*s, tag) for tag, field in (("b", "cue"), ("i", "source"), ("u", "content")) for s in statement[field]]
    if statement.get("ref"):
        spans.append((*statement["ref"], "i"))
    near = [s for s in spans if abs(s[0] - statement["cue"][0][0]) < 1500]
    first, last = max(0, min(s[0] for s in near) - 60), min(len(text), max(s[1] for s in near) + 60)
    pieces = []
    for i in range(first, last):
        pieces += [f"<{tag}>" for start, _, tag in near if start == i]
        pieces.append(html.escape(text[i]))
        pieces += [f"</{tag}>" for _, end, tag in reversed(near) if end == i + 1]
    label = " ".join(str(statement[f]) for f in ("rule", "stance", "act", "type"))
    return f"{''.join(pieces)} <small dir=ltr>[{html.escape(label)}]</small>"


def main() -> None:
    """Writes the page and prints the counts."""
    parser = argparse.ArgumentParser(description="Statements gained, lost and changed against another commit.")
    parser.add_argument("--base", default="main")
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", type=Path, default=ROOT / "out" / "diff.html")
    options = parser.parse_args()
    if not shared_is_here():
        print(ABSENT)
        return
    counts = {"gained": 0, "lost": 0, "changed": 0}
    body: list[str] = []
    with TemporaryDirectory() as folder:
        pages = write_lines(Path(folder) / "pages.jsonl", sample(options.pages, options.seed))
        other = Path(folder) / "base"
        subprocess.run(["git", "-C", str(ROOT), "worktree", "add", "-q", "--detach", other, options.base], check=True)
        try:
            for old, new in zip(readings(other / "src", pages), readings(ROOT / "src", pages), strict=True):
                rows = changes(old, new)
                for what, a, b, fields in rows:
                    counts[what] += 1
                    both = "".join(f"<p class={what}>{marked(old['text'], s)}</p>" for s in (a, b) if s)
                    note = f"{html.escape(new['id'])}: {what} {', '.join(fields)}"
                    body.append(f"<article dir=rtl><small dir=ltr>{note}</small>{both}</article>")
        finally:
            subprocess.run(["git", "-C", str(ROOT), "worktree", "remove", "--force", other], check=True)
    summary = ", ".join(f"{n} {what}" for what, n in counts.items())
    options.o.parent.mkdir(parents=True, exist_ok=True)
    page = f"<!doctype html><meta charset=utf-8><title>diff</title><style>{STYLE}</style><h1>{summary}</h1>"
    options.o.write_text(page + "".join(body), encoding="utf-8")
    print(f"{options.pages} pages against {options.base}: {summary}; see {options.o}")


if __name__ == "__main__":
    main()
