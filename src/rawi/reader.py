"""One page from article to reading: calls the layers in their order and holds nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from rawi.lang.ar.pack import arabic
from rawi.lexicon.pack import Pack
from rawi.marks.found import Marks
from rawi.marks.names import find_names
from rawi.marks.places.find import find_places
from rawi.marks.quotes import QuotesFound, find_quotes
from rawi.marks.times.find import TimesFound
from rawi.marks.times.find import find_times as find_times_in
from rawi.model import Article, Doubt, Entity, MadeBy, Name, Place, Reading, Span, Timex
from rawi.speech.records import SpeechFound
from rawi.speech.statements import find_speech
from rawi.speech.voice import VoiceFound, find_voice
from rawi.text.tokens import Tokens, tokenize
from rawi.version import __version__


class Steps(NamedTuple):
    """The replaceable steps of a reading; each signature names what the step needs."""

    quotes: Callable[[Tokens, Pack], QuotesFound] = find_quotes
    times: Callable[..., TimesFound] = find_times_in
    places: Callable[..., list[Place]] = find_places
    names: Callable[[Tokens, Pack], tuple[list[Name], list[Entity]]] = find_names
    speech: Callable[..., SpeechFound] = find_speech
    voice: Callable[..., VoiceFound] = find_voice


STEPS = Steps()


def read(article: Article, *, pack: Pack | None = None, steps: Steps = STEPS) -> Reading:
    """The reading of one article: statements, times, places, names, and what rawi does not know.

    A pure function: the same article and pack give the same reading; nothing touches
    network or disk once the pack is loaded. No article makes it raise: what is odd is a doubt.
    """
    pack = pack or arabic()
    title_end = article.title_span.end if article.title_span else 0
    tokens = tokenize(article.text, pack.letters, title_end)
    quotes = steps.quotes(tokens, pack)
    times = steps.times(tokens, pack, published=article.published)
    places = steps.places(tokens, pack, outlet=article.outlet)
    names, entities = steps.names(tokens, pack)
    marks = Marks(quotes, times.times, places, names, entities)
    speech = steps.speech(tokens, marks, pack, article=article)
    voice = steps.voice(tokens, speech.attributions, quotes.inside, pack)
    doubts: list[Doubt] = [*article.doubts, *quotes.doubts, *times.doubts, *speech.doubts]
    return Reading(
        id=article.id,
        key=article.key,
        outlet=article.outlet,
        url=article.url,
        language=pack.language,
        published=article.published,
        published_as=article.published_as,
        title_span=article.title_span or _headline(tokens),
        text=article.text,
        source_file=article.source_file,
        attributions=tuple(speech.attributions),
        times=tuple(times.times),
        places=tuple(places),
        names=tuple(names),
        entities=tuple(speech.entities),
        quotes=tuple(speech.quotes),
        unattributed=tuple(voice.unattributed),
        charged=tuple(voice.charged),
        doubts=tuple(doubts),
        made_by=MadeBy(rawi=__version__, tables=pack.tables_hash),
    )


def find_times(
    text: str, reference: date | str | None = None, *, mode: Literal["news", "assistant"] = "news"
) -> tuple[Timex, ...]:
    """The time expressions of a text in order, resolved against ``reference``: a date, date-time or its ISO form.

    ``mode="news"`` reads what is left open as past unless a verb says otherwise; ``"assistant"`` as to come.
    Without a reference each record that needs one says so in its doubts. Spans are code points.
    """
    pack = arabic()
    published = reference.isoformat() if isinstance(reference, date) else reference
    return tuple(find_times_in(tokenize(text, pack.letters), pack, published=published, mode=mode).times)


def _headline(tokens: Tokens) -> Span | None:
    return tokens.span(0, tokens.title_end) if tokens.title_end else None
