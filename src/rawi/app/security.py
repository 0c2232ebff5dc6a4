"""Who may talk to the workbench: token, Host allow-list, Origin on writes, body limit, strict headers.

One middleware, before every route. A browser page of another site can reach a loopback server, so an
address is no proof of anything: every request needs the token (as a cookie, set once by the printed link, or
as a bearer), its Host must be one that the server was started for, and a write must come from its own origin.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
import secrets
from collections.abc import Iterable
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rawi.errors import SettingsError

COOKIE = "rawi"
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_PORT = re.compile(r"^(\[[0-9a-f:.]+\]|[^:\[\]]+):\d+$")
MAX_BODY = 64 * 1024 * 1024
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # Nothing reaches another site; "no-referrer" would make a form of our own send `Origin: null`.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "x-frame-options": "DENY",
}


class Access(NamedTuple):
    """What a running workbench asks of a request."""

    hosts: frozenset[str]
    token: str
    read_only: bool = False
    max_body: int = MAX_BODY


def access_for(
    host: str,
    port: int,
    *,
    password: str | None = None,
    read_only: bool = False,
    allow_hosts: Iterable[str] = (),
) -> Access:
    """The rules for a server bound to ``host`` and ``port``; ``allow_hosts`` are further names that it answers to
    (with the port where none is given), which an address such as 0.0.0.0 needs.

    On loopback a fresh token is drawn where no password is given. Raises :class:`SettingsError` for any other
    address without a password of at least 12 characters.

    >>> sorted(access_for("127.0.0.1", 8000).hosts)
    ['127.0.0.1:8000', '[::1]:8000', 'localhost:8000']
    """
    if not is_loopback(host) and len(password or "") < 12:
        raise SettingsError(
            f"will not listen on {host} without a password",
            where="rawi serve",
            expected="--host 127.0.0.1, or a password of 12 characters or more in RAWI_PASSWORD",
        )
    names = {"127.0.0.1", "localhost", "[::1]"}
    if not is_loopback(host):
        names.add(f"[{host}]" if ":" in host else host)
    hosts = {f"{name}:{port}" for name in names}
    for name in (n.strip().lower() for n in allow_hosts if n.strip()):
        hosts.add(name if _PORT.search(name) else f"{name}:{port}")
    return Access(frozenset(hosts), password or secrets.token_urlsafe(24), read_only)


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine's loopback, by name or address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def cookie_name(host: str) -> str:
    """The name of the token's cookie: one a port, since cookies do not tell ports of a host apart.

    >>> cookie_name("127.0.0.1:8765")
    'rawi-8765'
    """
    port = host.rpartition(":")[2]
    return f"{COOKIE}-{port}" if port.isascii() and port.isdigit() else COOKIE


class Guard:
    """Middleware: refuses what :class:`Access` does not allow, and adds the headers to every answer."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        refusal = self.refusal(scope)
        guarded_send = _with_headers(send)
        if refusal is not None:
            await refusal(scope, receive, guarded_send)
            return
        await self.app(scope, self._bounded(receive), guarded_send)

    def refusal(self, scope: Scope) -> Response | None:
        """The answer to a request that may not pass, or None."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host.lower() not in self.access.hosts:
            return PlainTextResponse("this server does not answer to that Host\n", 421)
        offered = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [""])[0]
        if offered and scope["method"] == "GET" and self._is_token(offered):
            return self._welcome(scope)
        if not self._knows_token(headers):
            return PlainTextResponse("open the link that `rawi serve` printed\n", 403)
        if scope["method"] not in READING_METHODS:
            if self.access.read_only:
                return PlainTextResponse("this workbench is read-only\n", 403)
            if headers.get("origin", "").lower() not in {f"http://{host.lower()}", f"https://{host.lower()}"}:
                return PlainTextResponse("a write must come from this workbench's own pages\n", 403)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.access.max_body:
            return PlainTextResponse(f"larger than {self.access.max_body} bytes\n", 413)
        return None

    def _welcome(self, scope: Scope) -> Response:
        query = parse_qs(scope["query_string"].decode("latin-1"))
        query.pop("token", None)
        rest = urlencode(query, doseq=True)
        path = "/" + scope["path"].lstrip("/\\")
        answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        name = cookie_name(Headers(scope=scope).get("host", ""))
        answer.set_cookie(name, self.access.token, httponly=True, samesite="strict", path="/")
        return answer

    def _is_token(self, offered: str) -> bool:
        return hmac.compare_digest(offered.encode(), self.access.token.encode())

    def _knows_token(self, headers: Headers) -> bool:
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._is_token(bearer.strip()):
            return True
        cookie = SimpleCookie()
        try:
            cookie.load(headers.get("cookie", ""))
        except Exception:  # a malformed cookie header is no token; http.cookies raises several kinds
            return False
        names = (cookie_name(headers.get("host", "")), COOKIE)
        return any(name in cookie and self._is_token(cookie[name].value) for name in names)

    def _bounded(self, receive: Receive) -> Receive:
        """``receive`` that ends a body over the limit, for requests that do not state their length."""
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.access.max_body:
                return {"type": "http.disconnect"}
            return message

        return limited


def _with_headers(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message.get("headers", [])}
            extra = [(n.encode(), v.encode()) for n, v in HEADERS.items() if n.encode() not in present]
            if b"cache-control" not in present:
                extra.append((b"cache-control", b"no-store"))
            message = {**message, "headers": [*message.get("headers", []), *extra]}
        await send(message)

    return guarded
