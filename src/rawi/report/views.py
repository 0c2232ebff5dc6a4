"""What the report shows of each article, and of all of them together: words and codes, no markup of its own."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from rawi.explain import TableRow, rows_of
from rawi.model import Doubt, Place, Reading, Rival, Timex
from rawi.show.chain import chain
from rawi.show.marked import layers_of, marked
from rawi.show.messages import Messages
from rawi.show.statements import StatementView, words
from rawi.show.visible import HIDDEN

LEAST_QUOTED = 3


class RivalView(NamedTuple):
    """A reading that was not taken: its rule, source and content words, and why not."""

    rule: str
    source: str
    content: str
    why_not: str


class Card(NamedTuple):
    """One statement with its chain drawn and its reason."""

    view: StatementView
    chain: Markup
    rows: tuple[TableRow, ...]
    rivals: tuple[RivalView, ...]
    phrases: dict[str, str]


class Assertion(NamedTuple):
    """What the article says with no source, or a wording of its own: its class and its words."""

    kind: str
    words: str


class Where(NamedTuple):
    """A place as the article names it."""

    place: Place
    phrase: str
    times: int


class When(NamedTuple):
    """A time expression as the article words it."""

    time: Timex
    phrase: str


class ArticleView(NamedTuple):
    """One article of the report; ``anchor`` opens every address inside it."""

    anchor: str
    reading: Reading
    title: str
    link: str
    content_direction: str
    text: Markup
    cards: tuple[Card, ...]
    assertions: tuple[Assertion, ...]
    charged: tuple[Assertion, ...]
    quotes: tuple[str, ...]
    places: tuple[Where, ...]
    times: tuple[When, ...]
    doubts: tuple[Doubt, ...]


def article_view(reading: Reading, found: list[StatementView], number: int, say: Messages) -> ArticleView:
    """The view of one article; ``found`` are its statements as they are shown."""
    anchor = f"d{number}-"
    text = reading.text
    return ArticleView(
        anchor=anchor,
        reading=reading,
        title=title_of(reading),
        link=safe_link(reading.url),
        content_direction=direction_of(reading),
        text=marked(text, layers_of(reading), anchor=anchor, label=say("statement.number", n="{n}")),
        cards=tuple(_card(reading, view, say) for view in found),
        assertions=tuple(
            Assertion(u.class_, words(text, [u.span])) for u in reading.unattributed if u.class_ != "background"
        ),
        charged=tuple(Assertion(c.class_, words(text, [c.span])) for c in reading.charged),
        quotes=_unstated_quotes(reading),
        places=_places(reading),
        times=tuple(When(t, words(text, [t.span])) for t in reading.times),
        doubts=reading.doubts,
    )


def title_of(reading: Reading) -> str:
    """The headline, or the first words of the text where there is none."""
    span = reading.title_span
    line = span.of(reading.text) if span else reading.text.strip().split("\n", 1)[0]
    line = " ".join(line.split())
    return line if len(line) <= 160 else line[:159] + "\u2026"


def direction_of(reading: Reading) -> str:
    """The direction of the content, from the content: ``auto`` where it is in another language than its pack."""
    other = any(d.code == "language-other" for d in reading.doubts)
    return "auto" if other or reading.language not in ("ar", "fa", "ur") else "rtl"


def safe_link(url: str | None) -> str:
    """The address where it is a plain http or https one, else empty."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    if HIDDEN.search(url or ""):
        return ""
    return url or "" if parts.scheme in ("http", "https") and parts.netloc else ""


def _card(reading: Reading, view: StatementView, say: Messages) -> Card:
    text = reading.text
    phrases = {
        name: words(text, [time.span])
        for name, time in (("time", view.time), ("content_time", view.content_time))
        if time is not None
    }
    rivals = tuple(_rival(text, r) for r in view.attribution.rivals)
    return Card(view, chain(view, say), rows_of(view.attribution.rule), rivals, phrases)


def _rival(text: str, rival: Rival) -> RivalView:
    return RivalView(rival.rule, words(text, rival.source), words(text, rival.content), rival.why_not)


def _unstated_quotes(reading: Reading) -> tuple[str, ...]:
    """The quotations of three words or more that no statement covers and that have no speaker."""
    said = [s for a in reading.attributions for s in a.content]
    free = (q.span for q in reading.quotes if q.speaker is None and not any(s.overlaps(q.span) for s in said))
    return tuple(w for span in free if len((w := words(reading.text, [span])).split()) >= LEAST_QUOTED)


def _places(reading: Reading) -> tuple[Where, ...]:
    """The places in order of their first mention, each once with the number of its mentions."""
    first: dict[str, Place] = {}
    count: dict[str, int] = {}
    for place in reading.places:
        key = place.id or place.span.of(reading.text)
        first.setdefault(key, place)
        count[key] = count.get(key, 0) + 1
    return tuple(Where(p, words(reading.text, [p.span]), count[k]) for k, p in first.items())
