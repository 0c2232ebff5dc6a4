"""What the pages write: corrections, speakers merged, articles added. Every write answers with a redirect."""

from __future__ import annotations

from typing import Any, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rawi.app.imports import Given
from rawi.app.pages import address
from rawi.app.preferences import REVIEWER, YEAR, reviewer_cookie, reviewer_name, safe_path
from rawi.app.spans import spans_written
from rawi.app.views_review import LABELS, SPANS
from rawi.app.workbench import Workbench
from rawi.errors import InputError
from rawi.ingest.dates import publication
from rawi.model import Attribution
from rawi.store.search import Filters

MOST_FILES = 200
LONGEST_WORDS = 4000
MOST_MERGED = 2000


class Written(NamedTuple):
    """Where a write leads, and who signed it."""

    to: str
    by: str = ""


def redirect(written: Written) -> Response:
    """The answer to a write: back to a page, with the reviewer remembered."""
    answer = RedirectResponse(written.to, 303)
    if written.by:
        answer.set_cookie(REVIEWER, reviewer_cookie(written.by), max_age=YEAR, samesite="strict", httponly=True)
    return answer


async def form_of(request: Request) -> FormData:
    """The form of a request; raises :class:`InputError` where it is none."""
    from starlette.exceptions import HTTPException

    try:
        return await request.form(max_files=MOST_FILES, max_fields=200, max_part_size=8 * 1024 * 1024)
    except HTTPException as fault:
        raise InputError("not a form", where="body", expected=str(fault.detail)) from None


async def correct(bench: Workbench, request: Request) -> Response:
    """Writes one decision of a reviewer: accept, reject, reopen, comment, or changed labels and spans."""
    form = await form_of(request)
    return redirect(await run_in_threadpool(_correct, bench, _plain(form)))


def _correct(bench: Workbench, form: dict[str, str]) -> Written:
    by = _signed(form)
    statement, act = form.get("statement", ""), form.get("do", "")
    comment, why = form.get("comment", ""), form.get("why", "")
    if act in ("accept", "reject", "reopen"):
        verdict = {"accept": "accepted", "reject": "rejected", "reopen": "open"}[act]
        bench.project.correct(statement, by=by, field="review", new=verdict, comment=comment, why=why)
    elif act == "comment":
        if not comment:
            raise InputError("an empty comment", where="comment", expected="words")
        bench.project.correct(statement, by=by, action="comment", comment=comment, why=why)
    elif act == "change":
        changed = _changes(bench, statement, form)
        if not changed:
            raise InputError("nothing was changed", where="form", expected="another label or another span")
        bench.project.correct_many([(statement, "set", f, new, comment, why) for f, new in changed.items()], by=by)
    else:
        raise InputError(f"no act {act[:40]!r}", where="do", expected="accept, reject, reopen, comment, change")
    return Written(safe_path(form.get("back", "/review")), by)


def _changes(bench: Workbench, statement: str, form: dict[str, str]) -> dict[str, Any]:
    """The labels and spans of the form that differ from what stands."""
    stated = bench.project.statement(statement)
    reading = bench.project.reading(stated.ref, corrected=True)
    now = next((a for a in reading.attributions if a.id == statement), None)
    if now is None:
        reading = bench.project.reading(stated.ref)
        now = next(a for a in reading.attributions if a.id == statement)
    changed: dict[str, Any] = {f: form[f] for f in LABELS if form.get(f) and form[f] != getattr(now, f)}
    for field in SPANS:
        if field in form:
            spans = spans_written(form[field], field)
            if any(end > len(reading.text) for _, end in spans):
                raise InputError("a span outside the text", where=field, expected=f"0 to {len(reading.text)}")
            if spans != _spans(now, field):
                changed[field] = spans
    if "cue" in changed and not changed["cue"]:
        raise InputError("a statement without a cue", where="cue", expected="a span")
    return changed


def _spans(a: Attribution, field: str) -> list[list[int]]:
    return [[s.start, s.end] for s in getattr(a, field)]


async def take_back(bench: Workbench, request: Request) -> Response:
    """Takes an entry of the log back by a new one."""
    form = _plain(await form_of(request))

    def write() -> Written:
        by = _signed(form)
        bench.project.take_back(form.get("correction", ""), by=by, why=form.get("why", ""))
        return Written(safe_path(form.get("back", "/review/log")), by)

    return redirect(await run_in_threadpool(write))


async def merge(bench: Workbench, request: Request) -> Response:
    """Says of all statements of one speaker that they are another's."""
    form = _plain(await form_of(request))

    def write() -> Written:
        by = _signed(form)
        one, other = (bench.project.source(form.get(name, "")) for name in ("speaker", "into"))
        if one.key == other.key:
            raise InputError("the same speaker", where="into", expected="another speaker")
        said = bench.project.statements(filters=Filters(speaker=(one.key,)), order="text", limit=MOST_MERGED)
        why = form.get("why", "")
        bench.project.correct_many([(s.id, "merge", "speaker", other.key, "", why) for s in said.statements], by=by)
        return Written(address("/speaker", key=other.key), by)

    return redirect(await run_in_threadpool(write))


async def add(bench: Workbench, request: Request) -> Response:
    """Queues what was dropped, chosen, pasted or named for adding."""
    form = await form_of(request)
    given = [*await _files(form), *_pasted(form), *_addresses(bench, form)]
    if not given:
        raise InputError("nothing to add", where="form", expected="files, or a text")
    outlet, published = str(form.get("outlet") or "").strip(), str(form.get("published") or "").strip()
    if published and publication(published).published is None:
        raise InputError(f"no date in {published[:40]!r}", where="published", expected="YYYY-MM-DD")
    started = bench.imports.start(tuple(given), outlet=outlet or None, published=published or None)
    return redirect(Written(f"/import/{started.number}"))


async def _files(form: FormData) -> list[Given]:
    files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    return [Given(f.filename or "file", await f.read()) for f in files]


def _pasted(form: FormData) -> list[Given]:
    text = str(form.get("text") or "")
    return [Given("pasted.txt", text.encode("utf-8", "replace"))] if text.strip() else []


def _addresses(bench: Workbench, form: FormData) -> list[Given]:
    lines = [line.strip() for line in str(form.get("addresses") or "").splitlines() if line.strip()]
    if lines and not bench.allow_fetch:
        raise InputError("addresses are not fetched", where="addresses", expected="`rawi serve --allow-fetch`")
    if any(not line.lower().startswith(("http://", "https://")) for line in lines):
        raise InputError("not a web address", where="addresses", expected="http:// or https://, one a line")
    return [Given(line, None) for line in lines[:MOST_FILES]]


def _plain(form: FormData) -> dict[str, str]:
    return {k: v[:LONGEST_WORDS].strip() for k, v in form.items() if isinstance(v, str)}


def _signed(form: dict[str, str]) -> str:
    by = reviewer_name(form.get("by", ""))
    if not by:
        raise InputError("a correction without a name", where="by", expected="who decides this")
    return by
