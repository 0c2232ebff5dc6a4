"""RSS and Atom: each entry is an article, with the text that the feed itself gives. No entities, no other files."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from rawi.errors import EmptyInputError, FormatError, InputError
from rawi.ingest.encoding import decode
from rawi.ingest.source import Outcome, Source, make_article, source_file
from rawi.model import SourceFile

LIMIT_MB = 24
MOST_ENTRIES = 50_000
MOST_NESTED = 200
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9._:-]{2,40})""")
_ENTITY = re.compile(r"<!\s*ENTITY", re.I)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_BLOCKS = frozenset({
    "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "table", "section",
    "article", "figcaption", "pre", "hr",
})  # fmt: skip
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)[^<>]*?(/?)>")
_ALONE = frozenset({"br", "hr", "img", "input", "p", "li", "meta", "link"})
_HIDDEN = frozenset({"script", "style", "template", "noscript"})


def read(source: Source) -> Iterator[Outcome]:
    """The entries of a feed; raises :class:`FormatError` on one that declares entities or is none."""
    data = source.data(min(LIMIT_MB, source.settings.max_input_mb))
    declared = _DECLARED.search(data[:400])
    text, _ = decode(
        data, declared=source.carried.charset or (declared[1].decode() if declared else None), where=source.name
    )
    _refuse(text, source.name)
    feed = _parsed(text, source.name)
    origin = source_file(source, data, f"feedparser {version('feedparser')}")
    if not feed.entries:
        raise EmptyInputError("a feed without entries", where=source.name, expected="RSS or Atom with entries")
    for number, entry in enumerate(feed.entries[:MOST_ENTRIES], 1):
        try:
            yield _article(source, feed.feed, entry, origin, f"{source.name} entry {number}")
        except InputError as fault:
            yield fault


def _refuse(text: str, where: str) -> None:
    """Raises :class:`FormatError` on entity declarations and on tags nested deeper than any feed's."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    if _ENTITY.search(text):
        raise FormatError("declares entities of its own", where=where, expected="a feed without them")
    if _deepest(text) > MOST_NESTED:
        raise FormatError(f"tags nested more than {MOST_NESTED} deep", where=where, expected="a feed")
    try:
        fromstring(_DECLARATION.sub("", text, count=1), forbid_dtd=False)
    except DefusedXmlException as fault:
        raise FormatError("declares entities of its own", where=where, expected="a feed without them") from fault
    except (ParseError, ValueError):
        return  # not well formed: the lenient parser's matter


def _deepest(text: str) -> int:
    """How deep the tags outside CDATA sections nest."""
    deep = most = at = 0
    while at < len(text):
        cut = text.find("<![CDATA[", at)
        part = text[at : cut if cut >= 0 else len(text)]
        for match in _TAG.finditer(part):
            if match[2].lower() not in _ALONE and not match[3]:
                deep = max(deep - 1, 0) if match[1] else deep + 1
                most = max(most, deep)
        end = text.find("]]>", cut) if cut >= 0 else -1
        at = end + 3 if end >= 0 else len(text)
    return most


def _parsed(text: str, where: str) -> Any:
    import feedparser

    body = _DECLARATION.sub("", text, count=1).encode("utf-8", "replace")
    try:
        # A stream, never a string: a string could be taken for an address.
        return feedparser.parse(io.BytesIO(body), response_headers={"content-type": "application/xml; charset=utf-8"})
    except Exception as fault:  # the library raises what its parsers raise
        raise FormatError(f"not a feed ({type(fault).__name__})", where=where, expected="RSS or Atom") from fault


def _article(source: Source, feed: Any, entry: Any, origin: SourceFile, where: str) -> Any:
    link = entry.get("link") or None
    link = link if link and urlsplit(link).scheme in ("http", "https") else None
    home = feed.get("link") or feed.get("title") or source.name
    identity = entry.get("id")
    return make_article(
        source,
        text=_body(entry),
        title=" ".join(fragment_text(entry.get("title") or "").split()) or None,
        origin=origin,
        id=None if link else f"{home}#{identity}" if identity else None,
        url=link,
        outlet=feed.get("title") or None,
        published=entry.get("published") or entry.get("updated") or None,
        where=where,
    )


def _body(entry: Any) -> str:
    """The longest of the contents and the summary that an entry gives."""
    parts = [c.get("value") or "" for c in entry.get("content") or []] + [entry.get("summary") or ""]
    return max((fragment_text(p) for p in parts), key=len)


def fragment_text(markup: str) -> str:
    """The text of a piece of HTML, one line a block.

    >>> fragment_text("<p>a <b>b</b></p><p>c</p>")
    'a b\\nc'
    """
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if "<" not in markup and "&" not in markup:
        return markup.strip()
    try:
        parser = HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
        page = f"<html><body><div>{markup}</div></body></html>".encode("utf-8", "replace")
        tree = document_fromstring(page, parser=parser)
    except (etree.LxmlError, ValueError, RecursionError):
        return ""
    pieces: list[str] = []
    hidden = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(node.tag, str):
            pieces.append(node.tail or "" if event == "end" and not hidden else "")
            continue
        if node.tag in _HIDDEN:
            hidden += 1 if event == "start" else -1
        if node.tag in _BLOCKS:
            pieces.append("\n")
        words = node.text if event == "start" else node.tail
        if words and not hidden:
            pieces.append(re.sub(r"\s+", " ", words))
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
