"""Builds the report: one HTML page with everything inside, written as the readings come."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple, TextIO

from rawi.lang.ar.pack import arabic
from rawi.model import Reading
from rawi.report.views import ArticleView, article_view
from rawi.show import charts
from rawi.show.countries import country_name
from rawi.show.doubts import doubt_words
from rawi.show.fonts import embedded
from rawi.show.marked import shown
from rawi.show.messages import Messages, messages
from rawi.show.plain import time_words
from rawi.show.reasons import reasons
from rawi.show.statements import StatementView, is_unnamed
from rawi.show.summary import Tally, speak_most
from rawi.version import __version__

HERE = Path(__file__).parent
LISTED = 12
SPOOL = 8 << 20
STANCES = ("reported", "alleged", "denied", "doubted", "directive")


class Pointer(NamedTuple):
    """A line of the summary that leads to a statement of an article."""

    anchor: str
    n: int
    speaker: str
    words: str
    type: str
    article: str


class Listed:
    """The first lines of a list of the summary, and how many there are in all."""

    def __init__(self) -> None:
        self.lines: list[Pointer] = []
        self.total = 0

    def add(self, line: Pointer) -> None:
        """Takes the line in while there is room; counts it in any case."""
        self.total += 1
        if len(self.lines) < LISTED:
            self.lines.append(line)


class Contents(NamedTuple):
    """A line of the table of contents."""

    anchor: str
    title: str
    outlet: str
    published: str
    statements: int


def build(readings: Iterable[Reading], *, ui: str = "en") -> str:
    """The report over ``readings`` as one HTML page in the interface language ``ui`` (``ar`` or ``en``)."""
    from io import StringIO

    page = StringIO()
    write_report(readings, page, say=messages(ui))
    return page.getvalue()


def write_report(readings: Iterable[Reading], out: TextIO, *, say: Messages | None = None) -> Tally:
    """The tally of the readings whose report was written to ``out``; one article at a time is held in memory."""
    say = say or messages("en")
    tally = Tally()
    lists = {"unnamed": Listed(), "denied": Listed(), "writer_asserts": Listed()}
    contents: list[Contents] = []
    most = 0
    macros = _template("article.html.j2")
    with SpooledTemporaryFile(SPOOL, "w+", encoding="utf-8") as sections:
        for number, reading in enumerate(readings, 1):
            found = tally.add(reading)
            article = article_view(reading, found, number, say)
            most = max([most, *(v.n for v in found)])
            contents.append(_line(article))
            _list(article, found, lists)
            sections.write(macros.render(a=article, **_context(say)))
        sections.seek(0)
        top = _template("report.html.j2").render(
            tally=tally, lists=lists, contents=contents, style=style(most), fonts=embedded(),
            speakers=_speakers(tally, say), stances=_stances(tally, say), **_context(say),
        )  # fmt: skip
        before, after = top.split("<!--articles-->")
        out.write(before)
        copyfileobj(sections, out)
        out.write(after)
    return tally


def style(most: int) -> str:
    """The style of the page; a card under the pointer or chosen by its address lights its parts in the text."""
    rules = "".join(
        f".doc:has(.s{n}:hover) .n{n},.doc:has(.s{n}:target) .n{n},.doc:has(.s{n}:focus-within) .n{n}"
        f"{{background:var(--lit);color:var(--ink)}}"
        for n in range(1, most + 1)
    )
    return (HERE / "templates" / "report.css").read_text(encoding="utf-8") + rules


def _line(article: ArticleView) -> Contents:
    reading = article.reading
    return Contents(
        article.anchor, article.title, reading.outlet or "", (reading.published or "")[:10], len(article.cards)
    )


def _list(article: ArticleView, found: list[StatementView], lists: dict[str, Listed]) -> None:
    for view in found:
        line = Pointer(article.anchor, view.n, view.speaker, view.content, view.type, article.title)
        if is_unnamed(view):
            lists["unnamed"].add(line)
        if view.stance == "denied":
            lists["denied"].add(line)
    for number, assertion in enumerate((a for a in article.assertions if a.kind == "writer"), 1):
        lists["writer_asserts"].add(
            Pointer(article.anchor, -number, "", assertion.words, assertion.kind, article.title)
        )


def _speakers(tally: Tally, say: Messages) -> Any:
    rows = [charts.Bar(s.name, say(f"source_type.{s.type}"), s.statements) for s in speak_most(tally)]
    return charts.bars(rows, say, caption=say("report.who_speaks"))


def _stances(tally: Tally, say: Messages) -> Any:
    counts = [(s, say(f"stance.{s}"), tally.stances[s]) for s in STANCES if tally.stances[s]]
    return charts.shares(counts, say, caption=say("report.share_stance"))


def _context(say: Messages) -> dict[str, Any]:
    return {
        "say": say,
        "shown": shown,
        "time_words": time_words,
        "reasons": reasons,
        "country_name": country_name,
        "doubt_words": doubt_words,
        "version": __version__,
        "tables": arabic().tables_hash,
    }


def _template(name: str) -> Any:
    return environment().get_template(name)


@lru_cache(maxsize=1)
def environment() -> Any:
    """The templates of this room, made once."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
