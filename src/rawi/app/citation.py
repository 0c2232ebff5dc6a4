"""A statement as a citation in plain text: quotation, chain, where it stands, by what it can be checked."""

from __future__ import annotations

from rawi.model import Reading
from rawi.report.views import safe_link, title_of
from rawi.show.messages import Messages
from rawi.show.plain import FSI, PDI, time_words
from rawi.show.statements import Link, StatementView
from rawi.show.visible import visible
from rawi.version import __version__


def citation(reading: Reading, view: StatementView, say: Messages) -> str:
    """The citation of a statement, its lines in the order quotation, chain, article, offsets and hash."""
    said = view.content or view.cue
    spans = say("punctuation.list").join(f"{s.start}-{s.end}" for s in view.attribution.content)
    where = say("punctuation.list").join(
        _isolated(part) for part in (title_of(reading), reading.outlet or say("report.no_outlet"))
    )
    published = say.date(reading.published) if reading.published else say("report.undated")
    lines = [
        f"{say('app.quote_open')}{_isolated(said)}{say('app.quote_close')}",
        f"{say('app.cite.chain')}: {_chain(view, say)}",
        f"{say('app.cite.article')}: {where}{say('punctuation.list')}{published}",
        f"{say('app.cite.stance')}: {say(f'stance.{view.stance}')} ({say(f'act.{view.act}')})",
    ]
    if view.time is not None:
        lines.append(f"{say('statement.time')}: {time_words(view.time, say)}")
    if safe_link(reading.url):
        lines.append(visible(reading.url or ""))
    lines.append(say("app.cite.offsets", spans=spans or "-", text=reading.key, id=view.id))
    if reading.source_file is not None:
        lines.append(f"SHA-256 {reading.source_file.sha256}")
    lines.append(say("app.cite.made_by", version=__version__))
    return "\n".join(lines)


def _chain(view: StatementView, say: Messages) -> str:
    return f" {say('app.cite.from')} ".join(_station(link, say) for link in reversed(view.chain))


def _station(link: Link, say: Messages) -> str:
    name = link.words or link.resolved
    if not name:
        return say("report.no_outlet" if link.n == 0 else "statement.no_source")
    fuller = f" ({say('statement.refers_to')} {_isolated(link.resolved)})" if link.words and link.resolved else ""
    return _isolated(name) + fuller


def _isolated(words: str) -> str:
    return f"{FSI}{visible(words)}{PDI}"
