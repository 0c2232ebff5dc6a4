"""What a web page says of itself: JSON-LD first, then meta tags, then visible marks."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

_ARTICLES = frozenset({
    "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "blogposting",
    "backgroundnewsarticle", "socialmediaposting", "liveblogposting", "satiricalarticle", "advertisercontentarticle",
})  # fmt: skip
_SPACE = re.compile(r"\s+")
DEPTH = 12


class PageMeta(NamedTuple):
    """Title, date, outlet, address and ready-made body of a page, each as the page gives it."""

    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    body: str | None = None


def page_meta(tree: Any) -> PageMeta:
    """What the parsed page ``tree`` (an lxml element) says of itself; nothing that it says can raise."""
    best = PageMeta()
    for item in _json_ld(tree):
        best = _merge(best, _from_json_ld(item))
    best = _merge(best, _from_tags(tree))
    return best._replace(url=_canonical(best.url))


def _merge(first: PageMeta, second: PageMeta) -> PageMeta:
    return PageMeta(*(a or b for a, b in zip(first, second, strict=True)))


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """The article objects of all JSON-LD blocks, graphs and lists opened."""
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads((script.text or "").strip(), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles(data, DEPTH)


def _articles(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, list):
        for item in data:
            yield from _articles(item, depth - 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(n, str) and n.rsplit("/", 1)[-1].lower() in _ARTICLES for n in names):
            yield data
        for key in ("@graph", "mainEntity", "itemListElement"):
            yield from _articles(data.get(key), depth - 1)


def _from_json_ld(item: dict[str, Any]) -> PageMeta:
    return PageMeta(
        title=_words(item.get("headline")) or _words(item.get("name")),
        published=_words(item.get("datePublished")) or _words(item.get("dateCreated")),
        outlet=_name(item.get("publisher")) or _name(item.get("sourceOrganization")),
        url=_words(item.get("url")) or _id(item.get("mainEntityOfPage")),
        body=item["articleBody"] if isinstance(item.get("articleBody"), str) else None,
    )


def _words(value: Any) -> str | None:
    """One line of text with entities opened and white space joined, or None."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str):
        return None
    return _SPACE.sub(" ", html.unescape(value)).strip() or None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _words(value.get("name")) if isinstance(value, dict) else _words(value)


def _id(value: Any) -> str | None:
    return _words(value.get("@id")) or _words(value.get("url")) if isinstance(value, dict) else _words(value)


def _from_tags(tree: Any) -> PageMeta:
    meta: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        value = _words(tag.get("content"))
        if name and value:
            meta.setdefault(name, value)
    links = (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    heading = next((_words(h.text_content()) for h in tree.iter("h1")), None)
    title = next((_words(t.text) for t in tree.iter("title")), None)
    day = next((t.get("datetime") for t in tree.iter("time") if t.get("datetime")), None)
    outlet = meta.get("og:site_name") or meta.get("application-name")
    dates = (
        "article:published_time",
        "datepublished",
        "date",
        "dc.date",
        "dc.date.issued",
        "pubdate",
        "parsely-pub-date",
    )
    return PageMeta(
        title=_without_outlet(meta.get("og:title"), outlet) or heading or _without_outlet(title, outlet),
        published=next((meta[d] for d in dates if d in meta), None) or _words(day),
        outlet=outlet,
        url=next((h for h in links if h), None) or meta.get("og:url"),
    )


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    """A window title without the outlet's name behind a bar or dash."""
    if title and outlet:
        for mark in ("|", "-", "\u2013", "\u2014"):
            head, _, tail = title.rpartition(f" {mark} ")
            if head and tail.strip() == outlet:
                return head.strip()
    return title


def _canonical(url: str | None) -> str | None:
    """The address where it is a whole http or https one, else None."""
    try:
        parts = urlsplit(urljoin("", url or ""))
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
