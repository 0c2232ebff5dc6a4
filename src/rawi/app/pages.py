"""A view's answer as a page or as JSON: the templates, what every one of them may use, and the response."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from starlette.responses import Response

from rawi.app.preferences import Preferences
from rawi.corpus import to_plain
from rawi.errors import RawiError
from rawi.show.chain import excerpt, nobody
from rawi.show.countries import country_name
from rawi.show.doubts import doubt_words
from rawi.show.marked import shown
from rawi.show.messages import Messages
from rawi.show.plain import time_words
from rawi.show.reasons import reasons
from rawi.show.visible import visible
from rawi.version import __version__

HERE = Path(__file__).parent
STATIC = HERE / "static"


class Page(NamedTuple):
    """What a view answers: ``data`` is the JSON of its address, and with ``extra`` what its template shows."""

    data: Mapping[str, Any]
    extra: Mapping[str, Any]


class Chrome(NamedTuple):
    """What stands around every page."""

    path: str
    query: str
    title: str
    read_only: bool
    allow_fetch: bool


def page_of(data: Mapping[str, Any], **extra: Any) -> Page:
    """A page of ``data``, with what only its template needs."""
    return Page(data, extra)


def as_json(page: Page) -> Response:
    """The data of a page as JSON."""
    body = json.dumps(to_plain(page.data), ensure_ascii=True, separators=(",", ":"))
    return Response(body, media_type="application/json")


def as_html(template: str, page: Page, likes: Preferences, chrome: Chrome, status: int = 200) -> Response:
    """The page in its template."""
    context = {**page.data, **page.extra, **_tools(likes.say), "likes": likes, "chrome": chrome}
    body = environment().get_template(template).render(context).encode("utf-8", "backslashreplace")
    return Response(body, status, media_type="text/html")


def fault_as_json(fault: RawiError, status: int) -> Response:
    """An error as JSON."""
    error = {"what": visible(fault.what), "where": visible(fault.where), "expected": visible(fault.expected)}
    return Response(json.dumps({"error": error}), status, media_type="application/json")


def _tools(say: Messages) -> dict[str, Any]:
    return {
        "say": say,
        "shown": shown,
        "visible": visible,
        "excerpt": excerpt,
        "nobody": nobody,
        "time_words": time_words,
        "reasons": reasons,
        "country_name": country_name,
        "doubt_words": doubt_words,
        "version": __version__,
        "static": static_address,
        "address": address,
    }


def address(path: str, *parts: str, **query: Any) -> str:
    """An address inside the workbench, its parts and its query quoted.

    >>> address("/article", "a b", page=2)
    '/article/a%20b?page=2'
    """
    whole = "/".join((path, *(quote(p, safe="") for p in parts)))
    pairs = {k: v for k, v in query.items() if v not in (None, "")}
    return f"{whole}?{urlencode(pairs, doseq=True)}" if pairs else whole


@lru_cache(maxsize=64)
def static_address(name: str) -> str:
    """The address of a file of ours with the hash of what is in it, so that it may be kept for long."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


@lru_cache(maxsize=1)
def environment() -> Any:
    """The templates, everything escaped, unknown names an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
