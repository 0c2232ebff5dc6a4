"""Failures as rows: whatever goes wrong with one input or one article is a fault of its own, and the run goes on."""

from __future__ import annotations

from collections.abc import Iterator

from rawi.errors import InputError, RawiError
from rawi.ingest.source import Outcome, Source
from rawi.ingest.walk import outcomes
from rawi.model import Article, Reading
from rawi.reader import read

TRY_AGAIN = "a rawi without this fault: please report it"


def guarded_outcomes(source: Source) -> Iterator[Outcome]:
    """The outcomes of ``source``; a fault of a reader itself ends this source as a failure and no other."""
    try:
        yield from outcomes(source)
    except (Exception, RecursionError) as fault:
        yield unexpected(fault, source.name)


def guarded_reading(article: Article) -> Reading | RawiError:
    """The reading of an article, or the failure where a fault of rawi itself prevents it."""
    try:
        return read(article)
    except RawiError as fault:
        return fault
    except (Exception, RecursionError) as fault:
        return unexpected(fault, article.id)


def unexpected(fault: BaseException, where: str) -> InputError:
    """The failure for a fault that no reader foresaw."""
    words = " ".join(str(fault).split())[:300]
    return InputError(f"{type(fault).__name__}: {words}", where=where, expected=TRY_AGAIN)


def lost_worker(where: str, seconds: float | None) -> InputError:
    """The failure for an input whose reading process died twice, or took longer than ``seconds``."""
    if seconds is None:
        return InputError("the reading process died", where=where, expected="an input of usual size")
    return InputError(f"took more than {seconds:.0f} seconds", where=where, expected="an input of usual size")
