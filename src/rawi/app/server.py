"""The workbench as an ASGI application: pages and their JSON, writes, files of ours, exports; guarded as a whole."""

from __future__ import annotations

import mimetypes
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from rawi.app import writes
from rawi.app.asked import FILTERS, MODE, Q, asked, choice_param
from rawi.app.atlas import towns
from rawi.app.openapi import openapi
from rawi.app.pages import STATIC, Chrome, as_html, as_json, environment, fault_as_json, page_of
from rawi.app.preferences import COOKIE, YEAR, preferences, safe_path
from rawi.app.screens import SCREENS, Screen
from rawi.app.security import Access, Guard
from rawi.app.views_export import blocks, packed
from rawi.app.workbench import Call, Workbench
from rawi.errors import ExportError, InputError, ProjectError, RawiError, SettingsError
from rawi.show.fonts import FOLDER as FONTS
from rawi.show.fonts import FONTS as FONT_FILES
from rawi.show.fonts import face
from rawi.show.map import outline

THREADS = 8
LIT = 150
KEEP = "private, max-age=31536000, immutable"
DOWNLOAD = (
    Q, MODE, *FILTERS, choice_param("corrected", ("1",), "With corrections."),
    choice_param("bom", ("1",), "CSV files open with a byte-order mark."),
)  # fmt: skip
Write = Callable[[Workbench, Request], Awaitable[Response]]
WRITES: dict[str, Write] = {
    "/import": writes.add,
    "/review/correct": writes.correct,
    "/review/take-back": writes.take_back,
    "/speaker/merge": writes.merge,
}


def make_app(bench: Workbench, access: Access) -> ASGIApp:
    """The guarded application over a workbench."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> Any:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        await anyio.to_thread.run_sync(warm)
        yield
        bench.imports.close()

    routes = [
        Route("/", _front),
        Route("/openapi.json", lambda _: JSONResponse(openapi())),
        Route("/settings", _settings),
        Route("/static/fonts.css", _fonts),
        Route("/static/lit.css", _lit),
        Route("/static/{name}", _static),
        Route("/export/{form}.zip", _download),
    ]
    for path, write in WRITES.items():
        routes.append(Route(path, _writing(write), methods=["POST"]))
    for screen in SCREENS:
        routes.append(Route(f"{screen.path}.json", _reading(screen, html=False)))
        routes.append(Route(screen.path, _reading(screen, html=True)))
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        middleware=[Middleware(GZipMiddleware, minimum_size=1500, compresslevel=5)],
        exception_handlers={HTTPException: _http_fault, Exception: _own_fault},
    )
    app.state.bench = bench
    return Guard(app, access)


def warm() -> None:
    """Reads what the first page would have to wait for."""
    towns()
    outline()
    for screen in SCREENS:
        environment().get_template(screen.template)


def _front(_: Request) -> Response:
    return RedirectResponse("/corpus", 303)


def _call(request: Request, params: tuple[Any, ...]) -> Call:
    bench: Workbench = request.app.state.bench
    likes = preferences(request.cookies, request.query_params, bench.project.settings)
    return Call(bench, asked(params, request.query_params.multi_items(), request.path_params), likes)


def _reading(screen: Screen, *, html: bool) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        try:
            call = _call(request, screen.params)
            page = screen.view(call)
        except RawiError as fault:
            return _refused(request, fault, html=html)
        return as_html(screen.template, page, call.likes, _chrome(request)) if html else as_json(page)

    return answer


def _writing(write: Write) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            return await write(request.app.state.bench, request)
        except RawiError as fault:
            return _refused(request, fault, html=True)

    return answer


def _chrome(request: Request) -> Chrome:
    bench: Workbench = request.app.state.bench
    query = [(k, v) for k, v in request.query_params.multi_items() if k not in ("ui", "digits", "months")]
    from urllib.parse import urlencode

    return Chrome(
        request.url.path, urlencode(query), bench.project.folder.resolve().name, bench.read_only, bench.allow_fetch
    )


def _refused(request: Request, fault: RawiError, *, html: bool) -> Response:
    status = 404 if isinstance(fault, ProjectError | ExportError) else 400
    if isinstance(fault, ProjectError) and request.method == "POST":
        status = 409
    if not isinstance(fault, InputError | ProjectError | ExportError | SettingsError):
        status = 500
    return _fault_page(request, fault, status) if html else fault_as_json(fault, status)


def _fault_page(request: Request, fault: RawiError, status: int) -> Response:
    bench: Workbench = request.app.state.bench
    likes = preferences(request.cookies, request.query_params, bench.project.settings)
    return as_html("fault.html.j2", page_of({"fault": fault, "status": status}), likes, _chrome(request), status)


def _http_fault(request: Request, fault: Exception) -> Response:
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    what = RawiError("no such page" if status == 404 else "not so", where=request.url.path[:200])
    return fault_as_json(what, status) if request.url.path.endswith(".json") else _fault_page(request, what, status)


def _own_fault(request: Request, fault: Exception) -> Response:
    return PlainTextResponse(f"a fault of rawi itself ({type(fault).__name__}); please report it\n", 500)


def _settings(request: Request) -> Response:
    bench: Workbench = request.app.state.bench
    likes = preferences(request.cookies, request.query_params, bench.project.settings)
    answer = RedirectResponse(safe_path(request.query_params.get("back", "/")), 303)
    answer.set_cookie(COOKIE, likes.cookie, max_age=YEAR, samesite="strict", httponly=True)
    return answer


def _fonts(_: Request) -> Response:
    rules = "\n".join(face(f, f"/static/{f.file}") for f in FONT_FILES)
    return Response(rules, media_type="text/css", headers={"cache-control": KEEP})


def _lit(_: Request) -> Response:
    """The style that lights the parts of an open statement, for pages that run no script."""
    rules = "".join(
        f".reader:has(#d1-d{n}[open]) .n{n}{{background:var(--lit);color:var(--ink)}}" for n in range(1, LIT + 1)
    )
    return Response(rules, media_type="text/css", headers={"cache-control": KEEP})


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    keep = KEEP if "v" in request.query_params else "no-cache"
    for folder in (STATIC, FONTS):
        known = {p.name: p for p in folder.iterdir() if p.is_file()}
        if name in known:
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            kind = {"woff2": "font/woff2", "js": "text/javascript"}.get(name.rsplit(".", 1)[-1], kind)
            return Response(known[name].read_bytes(), media_type=kind, headers={"cache-control": keep})
    raise HTTPException(404)


def _download(request: Request) -> Response:
    try:
        call = _call(request, DOWNLOAD)
        form = request.path_params["form"]
        path = packed(call, form, corrected=bool(call.asked.text("corrected")), bom=bool(call.asked.text("bom")))
    except RawiError as fault:
        return _refused(request, fault, html=True)
    headers = {
        "content-disposition": f'attachment; filename="{path.name}"',
        "content-length": str(path.stat().st_size),
    }
    return StreamingResponse(blocks(path), media_type="application/zip", headers=headers)
