"""The chain of a statement, drawn from right to left: outlet, what it passes on, its sources, the statement."""

from __future__ import annotations

from html import escape

from markupsafe import Markup

from rawi.show.marked import shown
from rawi.show.messages import Messages
from rawi.show.statements import Link, StatementView

EXCERPT = 72


def chain(view: StatementView, say: Messages) -> Markup:
    """The chain of ``view`` as an ordered list in the order of reading; the style draws the arrows."""
    stations = [_station(link, say) for link in view.chain]
    words = excerpt(view.content) or "\u2026"
    stations.append(
        f'<li class="link said"><bdi>{shown(words)}</bdi> <small>{escape(say(f"stance.{view.stance}"))}</small></li>'
    )
    title = escape(say("statement.chain"))
    return Markup(f'<ol class="chain" dir="rtl" aria-label="{title}">{"".join(stations)}</ol>')


def excerpt(words: str, length: int = EXCERPT) -> str:
    """The first words of ``words``, at most ``length`` characters, cut between words.

    >>> excerpt("one two three", 8)
    'one two\\u2026'
    """
    if len(words) <= length:
        return words
    cut = words[: length + 1].rpartition(" ")[0] or words[:length]
    return f"{cut}\u2026"


def _station(link: Link, say: Messages) -> str:
    if link.words or link.resolved:
        name = f"<bdi>{shown(link.words or link.resolved)}</bdi>"
        if link.words and link.resolved:
            name += f" ({escape(say('statement.refers_to'))} <bdi>{shown(link.resolved)}</bdi>)"
    elif link.n == 0:
        name = f"<i>{escape(say('report.no_outlet'))}</i>"
    else:
        name = f"<i>{escape(nobody(link.type, say))}</i>"
    return f'<li class="link t-{link.type}">{name} <small>{escape(say(f"source_type.{link.type}"))}</small></li>'


def nobody(source_type: str, say: Messages) -> str:
    """What is said where no source stands: none is given, or a speaker whom the article does not name."""
    return say("statement.no_source" if source_type == "impersonal" else "statement.speaker_unnamed")
