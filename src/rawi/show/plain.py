"""A reading as lines for a terminal: words of the article stand last in their line or are isolated, so that
right-to-left text does not carry the rest of the line with it."""

from __future__ import annotations

from collections.abc import Iterator

from rawi.model import Place, Reading, Timex
from rawi.show.chain import excerpt
from rawi.show.doubts import doubt_words
from rawi.show.messages import Messages
from rawi.show.statements import Link, StatementView, views
from rawi.show.visible import visible

FSI, PDI = "\u2068", "\u2069"


def isolated(words: str) -> str:
    """Words of an article between first-strong isolate marks, with their own controls made visible."""
    return f"{FSI}{visible(words)}{PDI}"


def plain(reading: Reading, say: Messages) -> Iterator[str]:
    """The lines of one reading: heading, statements, places, doubts."""
    title = reading.title_span.of(reading.text) if reading.title_span else reading.text.strip().split("\n", 1)[0]
    yield isolated(excerpt(" ".join(title.split()), 100))
    yield " \u00b7 ".join(
        (
            isolated(reading.outlet or say("report.no_outlet")),
            say.date(reading.published or "") or say("report.undated"),
            visible(" ".join(reading.id.split())),
        )
    )
    found = views(reading)
    if not found:
        yield f"  {say('report.no_statements')}"
    for view in found:
        yield from _statement(view, say)
    for u in reading.unattributed:
        if u.class_ == "writer":
            yield f"   -  {say('statement.no_source')}: {isolated(' '.join(u.span.of(reading.text).split()))}"
    for doubt in reading.doubts:
        yield f"   ?  {doubt_words(doubt, say)}"


def _statement(view: StatementView, say: Messages) -> Iterator[str]:
    yield f"{view.n:4}  {say(f'stance.{view.stance}')} ({say(f'act.{view.act}')}): {isolated(view.content)}"
    via = f" {say('statement.via')} "
    yield f"      {say('statement.source')}: {via.join(link_words(link, say) for link in view.chain[:0:-1])}"
    yield f"      {say('statement.cue')}: {isolated(view.cue)}"
    if view.target:
        yield f"      {say('statement.target')}: {isolated(view.target)}"
    for label, time in (("time", view.time), ("content_time", view.content_time)):
        if time is not None:
            yield f"      {say(f'statement.{label}')}: {time_words(time, say)}"
    for place in view.places:
        yield f"      {say('report.place')}: {place_words(place, say)}"


def link_words(link: Link, say: Messages) -> str:
    """A station of a chain in words."""
    if not link.words and not link.resolved:
        return say("statement.no_source" if link.type == "impersonal" else "statement.speaker_unnamed")
    fuller = f" ({say('statement.refers_to')} {isolated(link.resolved)})" if link.words and link.resolved else ""
    return isolated(link.words or link.resolved) + fuller


def time_words(time: Timex, say: Messages) -> str:
    """The value of a time expression in words."""
    if time.begin and time.end and time.begin != time.end:
        return say("punctuation.interval", begin=say.date(time.begin), end=say.date(time.end))
    return say.date(time.begin or time.value or "") or say("statement.no_date")


def place_words(place: Place, say: Messages) -> str:
    """A place with its kind and coordinates in words."""
    where = (
        f"{place.lat:.4f}, {place.lon:.4f}"
        if place.lat is not None and place.lon is not None
        else say("statement.no_coordinates")
    )
    return say("punctuation.list").join((isolated(place.name), say(f"place_kind.{place.kind}"), where))
