"""Web pages: the main text by trafilatura, checked against readability, with what the page says of itself.

The page is never rendered and none of its markup goes on: what leaves this module is text.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, NamedTuple

from rawi.errors import EmptyInputError, FormatError
from rawi.ingest.encoding import decode
from rawi.ingest.metadata import PageMeta, page_meta
from rawi.ingest.source import Outcome, Source, make_article, own_extractor, source_file
from rawi.model import Doubt

# What the extractors complain of is for whoever listens to their loggers, not for the terminal.
for _name in ("trafilatura", "readability", "htmldate"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

LIMIT_MB = 12
MAX_DEPTH = 250
MAX_TAGS = 60_000
MAX_ATTRIBUTES = 1_000
AGREEMENT = 0.5
WORTH_A_PAGE = 200
TOO_LITTLE = 60
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.I)
# One walk over a page as its parser makes it: comments, raw text, tags with quoted values; possessive, so linear.
_INSIDE = r"""(?:[^=>]++|=\s*"[^"]*"|=\s*'[^']*'|=)*+"""
_PIECE = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(?P<raw>script|style)\b{_INSIDE}>?.*?(?:</(?P=raw)|\Z)"
    rf"|<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?P<inside>{_INSIDE})",
    re.I | re.S,
)
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_GAP = re.compile(r"[\s/]+")
_ALONE = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "dt", "dd", "tr", "td", "th", "option",
})  # fmt: skip


class Extracted(NamedTuple):
    """A main text, who took it out, and the doubt where a second opinion differs."""

    text: str
    extractor: str
    doubts: tuple[Doubt, ...] = ()


def read(source: Source) -> Iterator[Outcome]:
    """The article of a web page; raises :class:`EmptyInputError` where the page has none."""
    data = source.data(min(LIMIT_MB, source.settings.max_input_mb))
    yield article_of_page(source, data, url=source.carried.url, declared=source.carried.charset)


def article_of_page(
    source: Source, data: bytes, *, url: str | None = None, declared: str | None = None, where: str | None = None
) -> Any:
    """The article of the page in ``data``; ``url`` and ``declared`` encoding as the transport gave them."""
    where = where or source.name
    match = _CHARSET.search(data[:4096])
    page, encoding = decode(data, declared=declared or (match[1].decode("ascii") if match else None), where=where)
    _refuse_bombs(page, where)
    tree = _tree(page, where)
    meta = page_meta(tree)
    found = extract(page, meta, where)
    return make_article(
        source,
        text=found.text,
        origin=source_file(source, data, f"{found.extractor} {encoding}"),
        title=meta.title,
        url=meta.url or url,
        outlet=meta.outlet,
        published=meta.published,
        doubts=found.doubts,
        where=where,
    )


def extract(page: str, meta: PageMeta, where: str) -> Extracted:
    """The main text of a page: trafilatura in precision mode; where it finds none, what the page itself or
    readability gives, in doubt; where the two differ much, in doubt too."""
    first, second = _trafilatura(page), _readability(page)
    if len(first) >= WORTH_A_PAGE or (len(first) >= TOO_LITTLE and len(second) < WORTH_A_PAGE):
        share = agreement(first, second)
        doubts = () if share >= AGREEMENT else (_suspect(first, second, share),)
        return Extracted(first, f"trafilatura {version('trafilatura')}", doubts)
    if meta.body and len(meta.body) >= WORTH_A_PAGE:
        return Extracted(meta.body, own_extractor("json-ld"), (_suspect(first, meta.body, 0.0),))
    if len(second) >= WORTH_A_PAGE:
        return Extracted(second, f"readability-lxml {version('readability-lxml')}", (_suspect(first, second, 0.0),))
    raise EmptyInputError("no article on this page", where=where, expected="a page with the text of one article")


def agreement(first: str, second: str) -> float:
    """The share of words that two extractions have in common (Dice over words with their counts), 0 to 1.

    >>> agreement("a b c d", "a b")
    0.6666666666666666
    """
    a, b = Counter(first.split()), Counter(second.split())
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def _suspect(first: str, second: str, share: float) -> Doubt:
    params = {"first": str(len(first)), "second": str(len(second)), "shared": f"{100 * share:.0f}"}
    return Doubt(code="extraction-suspect", params=params)


def _refuse_bombs(page: str, where: str) -> None:
    """Raises :class:`FormatError` on a page that is none for readers and would cost its parser too much."""
    depth = 0
    for count, piece in enumerate(_PIECE.finditer(page), 1):
        tag = (piece["tag"] or "").lower()
        if tag and tag not in _ALONE:
            depth = max(depth - 1, 0) if piece["end"] else depth + 1
        inside = piece["inside"] or ""
        if depth > MAX_DEPTH:
            what = f"tags nested more than {MAX_DEPTH} deep"
        elif count > MAX_TAGS:
            what = f"more than {MAX_TAGS:,} tags"
        elif len(inside) > 2 * MAX_ATTRIBUTES and len(_GAP.findall(_VALUE.sub("", inside))) > MAX_ATTRIBUTES:
            what = f"more than {MAX_ATTRIBUTES:,} attributes in one tag"
        else:
            continue
        raise FormatError(what, where=where, expected="a web page as a browser shows it")


def _tree(page: str, where: str) -> Any:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        parser = HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
        return document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, RecursionError) as fault:
        raise FormatError("not a web page", where=where, expected="HTML") from fault


def _trafilatura(page: str) -> str:
    from trafilatura import extract as take

    try:
        text = take(page, favor_precision=True, include_comments=False, include_tables=False, deduplicate=False)
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return ""
    return text or ""


def _readability(page: str) -> str:
    from lxml.html import fromstring
    from readability import Document

    try:
        summary = Document(page).summary(html_partial=True)
        blocks = fromstring(summary).iter("p", "h2", "h3", "li", "blockquote", "pre")
        text = "\n".join(" ".join(b.text_content().split()) for b in blocks)
        return text.strip() or " ".join(fromstring(summary).text_content().split())
    except Exception:
        # A second opinion only: whatever goes wrong inside it, the first one stands.
        return ""
