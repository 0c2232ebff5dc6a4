"""The screens: address, view, template, parameters, shape of the JSON. OpenAPI is written from here."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rawi.app import views_claims, views_corpus, views_export, views_map, views_reader, views_review
from rawi.app.asked import MODE, ORDERS, PAGE, SEARCH, Param, Q, choice_param, number_param, text_param
from rawi.app.pages import Page
from rawi.app.workbench import Call


class Screen(NamedTuple):
    """One screen: its JSON stands at the same address with ``.json``. ``shape`` names the types of its members."""

    path: str
    view: Callable[[Call], Page]
    template: str
    summary: str
    params: tuple[Param, ...]
    shape: dict[str, str]
    about: str = ""


KINDS = ("person", "role", "institution", "group", "outlet")
_PAGED = {"page": "integer", "pages": "integer"}

SCREENS: tuple[Screen, ...] = (
    Screen(
        "/corpus", views_corpus.corpus, "corpus.html.j2", "Articles that a search finds, with facets.",
        (*SEARCH, choice_param("order", ORDERS, "The order of the articles."), PAGE),
        {"total": "integer", "hits": "array", "facets": "object", "counts": "object", **_PAGED},
    ),
    Screen(
        "/article/{ref}", views_reader.article, "article.html.j2", "One article with its reading.",
        (
            number_param("version", "The version, from 1."),
            choice_param("reading", ("machine", "corrected"), "The machine's reading or the corrected one."),
        ),
        {"article": "object", "reading": "object?"}, "ref: an id that lists give as `ref`",
    ),
    Screen(
        "/changes/{ref}", views_reader.changes, "changes.html.j2", "What changed between two versions.",
        (number_param("old", "The older version."), number_param("new", "The newer version.")),
        {"versions": "array", "changes": "array", "old": "integer", "new": "integer"},
        "ref: an id that lists give as `ref`",
    ),
    Screen(
        "/speakers", views_corpus.speakers, "speakers.html.j2", "Speakers, those with most statements first.",
        (choice_param("kind", KINDS, "One kind of speaker."), PAGE),
        {"speakers": "array", **_PAGED},
    ),
    Screen(
        "/speaker", views_corpus.speaker, "speaker.html.j2", "A speaker with their statements.",
        (text_param("key", "The key of the speaker."), *SEARCH, PAGE),
        {"speaker": "object", "statements": "array", "total": "integer", **_PAGED},
    ),
    Screen(
        "/claims", views_claims.claims, "claims.html.j2", "Claim families.",
        (
            Q, MODE, number_param("outlets", "Told by at least so many outlets.", 1000),
            choice_param("denied", ("1",), "Only families with a denial."),
            choice_param("order", ("outlets", "documents", "newest", "oldest"), "The order."), PAGE,
        ),
        {"families": "array", "total": "integer", **_PAGED},
    ),
    Screen(
        "/claim/{family}", views_claims.claim, "claim.html.j2", "A claim family with its roots and graph.",
        (text_param("base", "The telling that the others are held against."),),
        {"claim": "object", "wordings": "array"}, "family: the id of a family",
    ),
    Screen(
        "/map", views_map.map_and_timeline, "map.html.j2", "Places and days of what a search finds.", SEARCH,
        {"places": "array", "timeline": "array", "undated": "integer", "unplaced": "integer", "total": "integer"},
    ),
    Screen(
        "/review", views_review.review, "review.html.j2", "The review queue.",
        (
            *SEARCH, text_param("at", "The statement to open."),
            choice_param("order", ("doubtful", "newest", "oldest", "text"), "The order of the queue."), PAGE,
        ),
        {"queue": "array", "total": "integer", **_PAGED},
    ),
    Screen(
        "/review/log", views_review.log, "log.html.j2", "The log of corrections.",
        (text_param("by", "Only entries of this reviewer."), PAGE),
        {"entries": "array", "broken": "array", "orphaned": "array", "reviewers": "array", **_PAGED},
    ),
    Screen(
        "/review/compare", views_review.compared, "compare.html.j2", "Two reviewers beside each other.",
        (text_param("first", "A reviewer."), text_param("second", "Another reviewer.")),
        {"reviewers": "array", "comparison": "object?"},
    ),
    Screen(
        "/import", views_corpus.imports, "imports.html.j2", "Additions of this run, and what could not be read.", (),
        {"imports": "array", "failures": "array"},
    ),
    Screen(
        "/import/{number}", views_corpus.one_import, "import.html.j2", "One addition.", (), {"import": "object"},
        "number: the number of an addition",
    ),
    Screen(
        "/export", views_export.exports, "exports.html.j2", "The forms a project can be written in.", SEARCH,
        {"forms": "array", "counts": "object"},
    ),
)  # fmt: skip
