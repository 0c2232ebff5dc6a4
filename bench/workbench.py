"""How long each view of the workbench takes over a project: ``python bench/workbench.py PROJECT [ROUNDS]``.

Prints, for each view, the 95th percentile of the time on the clock and of the processor time, which other work on the
machine changes less: the page made and written as HTML, over words, speakers, places and articles of the project.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from rawi.app.asked import asked
from rawi.app.imports import Imports
from rawi.app.pages import Chrome, as_html, as_json
from rawi.app.preferences import preferences
from rawi.app.screens import SCREENS
from rawi.app.server import warm
from rawi.app.workbench import Call, Workbench
from rawi.corpus import Project
from rawi.corpus import open as open_project

LIMIT_MS = 300
Query = list[tuple[str, str]]
Ask = tuple[str, Query, dict[str, str]]


def requests(project: Project) -> dict[str, list[Ask]]:
    """What is asked, by the name of the view: address, query and the parts of the address."""
    hits = project.ask(order="newest", limit=400).hits[::20]
    speakers = project.sources(limit=20)
    words = [s.name for s in speakers[:10]] + [w for h in hits[:10] for w in h.document.title.split()[:1]]
    places = project.places()[:10]
    families = project.families(limit=20)[0]
    outlets = project.outlets()[:5]
    asks: dict[str, list[Ask]] = {}

    def add(name: str, path: str, query: Query | None = None, **parts: str) -> None:
        asks.setdefault(name, []).append((path, query or [], parts))

    for page in ("1", "2", "10", "100"):
        add("corpus", "/corpus", [("page", page)])
    for word in words:
        add("search by stems", "/corpus", [("q", word)])
        add("search exactly", "/corpus", [("q", word), ("mode", "exact")])
    for outlet in outlets:
        add("facets", "/corpus", [("outlet", outlet.name)])
    for hit in hits:
        add("article", "/article/{ref}", ref=hit.document.ref)
    add("speakers", "/speakers")
    for speaker in speakers:
        add("speaker", "/speaker", [("key", speaker.key)])
    add("claims", "/claims")
    for family in families:
        add("claim", "/claim/{family}", family=family.id)
    add("map", "/map")
    for place in places:
        add("map", "/map", [("place", place.id)])
    add("review", "/review")
    add("review", "/review", [("stance", "denied"), ("order", "newest")])
    add("log", "/review/log")
    add("export", "/export")
    return asks


def measure(bench: Workbench, path: str, query: Query, parts: dict[str, str]) -> tuple[float, float]:
    """Milliseconds on the clock and of the processor for one page."""
    screen = next(s for s in SCREENS if s.path == path)
    clock, processor = time.perf_counter(), time.process_time()
    call = Call(bench, asked(screen.params, query, parts), preferences({}, {}, bench.project.settings))
    page = screen.view(call)
    as_html(screen.template, page, call.likes, Chrome(path, "", "project", False, False))
    spent = (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000
    as_json(page)
    return spent


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` of them lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main(folder: str, rounds: int = 3) -> None:
    """Prints the table."""
    with open_project(Path(folder), read_only=True) as project:
        bench = Workbench(project, Imports(project))
        warm()
        print(f"{project.counts()['articles']} articles, {project.counts()['statements']} statements")
        print(f"{'view':18}{'requests':>9}{'clock p95':>12}{'cpu p95':>10}  ms")
        for name, asks in requests(project).items():
            spent = [measure(bench, *ask) for _ in range(rounds) for ask in asks]
            if spent:
                clock, processor = (percentile([s[i] for s in spent], 0.95) for i in (0, 1))
                over = "  over the limit" if processor > LIMIT_MS else ""
                print(f"{name:18}{len(spent):9}{clock:12.0f}{processor:10.0f}{over}")


if __name__ == "__main__":
    main(sys.argv[1], *(int(a) for a in sys.argv[2:3]))
