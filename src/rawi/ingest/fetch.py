"""Fetches one page, carefully: only where the user allowed it, only from public addresses, bounded in size and time.

The name is resolved once, every address of it is judged, and the connection is made to the judged address
itself, so that a name cannot point elsewhere a moment later. Redirects are judged in the same way.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from rawi.errors import FetchError
from rawi.version import __version__

MAX_BYTES = 10 << 20
MAX_SECONDS = 20.0
MAX_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
TYPES = ("text/", "application/xhtml", "application/xml", "application/json", "application/pdf", "application/rss",
         "application/atom", "application/x-ndjson", "application/jsonl")  # fmt: skip

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Permit = Callable[[Address, int], bool]


class Fetched(NamedTuple):
    """A fetched page: its last address, its bytes, its content type and the encoding that the server declared."""

    url: str
    data: bytes
    content_type: str
    charset: str | None


def public(address: Address, port: int) -> bool:
    """Whether an address is one of the open Internet and the port one of the web: nothing private, loopback,
    link-local, shared, reserved, multicast, nor an IPv4 address of that sort inside an IPv6 one."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return public(inner, port)
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF), port)
    return address.is_global and not address.is_multicast and port in PORTS.values()


def fetch(url: str, *, permit: Permit = public) -> Fetched:
    """The page at ``url``; raises :class:`FetchError` where it may not be or could not be fetched."""
    deadline = time.monotonic() + MAX_SECONDS
    for _ in range(MAX_REDIRECTS + 1):
        answer = _one(url, permit, deadline)
        if isinstance(answer, Fetched):
            return answer
        url = answer
    raise FetchError(f"more than {MAX_REDIRECTS} redirects", where=url, expected="an address of a page")


def _one(url: str, permit: Permit, deadline: float) -> Fetched | str:
    """The page, or the address that it redirects to."""
    host, port, path, secure = _parts(url)
    address = _judged(host, port, permit, url)
    connection = _Pinned(host, port, str(address), secure, deadline)
    watch = threading.Timer(max(0.1, deadline - time.monotonic()), connection.abort)
    watch.daemon = True
    watch.start()
    try:
        connection.request("GET", path, headers=_headers(host, port, secure))
        response = connection.getresponse()
        if response.status in (301, 302, 303, 307, 308):
            target = response.getheader("Location")
            if not target:
                raise FetchError("a redirect to nowhere", where=url, expected="an address")
            return urljoin(url, target)
        if response.status != 200:
            raise FetchError(f"the server answers {response.status} {response.reason}", where=url, expected="200 OK")
        kind = (response.getheader("Content-Type") or "text/html").lower()
        if not kind.startswith(TYPES):
            raise FetchError(f"a {kind.split(';')[0]}", where=url, expected="a page of text")
        return Fetched(url, _body(response, url, deadline), kind.split(";")[0], response.msg.get_content_charset())
    except (OSError, http.client.HTTPException) as fault:
        what = str(fault) or type(fault).__name__
        raise FetchError(f"could not be fetched ({what})", where=url, expected="a site that answers") from fault
    finally:
        watch.cancel()
        connection.close()


def _parts(url: str) -> tuple[str, int, str, bool]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as fault:
        raise FetchError("no address", where=url, expected="http or https") from fault
    if parts.scheme not in PORTS or not host or parts.username or parts.password:
        raise FetchError("not an address that is fetched", where=url, expected="http:// or https:// without a login")
    try:
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError as fault:
        raise FetchError("no host name", where=url, expected="http or https") from fault
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    return host, port or PORTS[parts.scheme], path + query, parts.scheme == "https"


def _judged(host: str, port: int, permit: Permit, url: str) -> Address:
    """The first address of ``host``, where all of its addresses are permitted."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise FetchError("the host name is not known", where=url, expected="a site that exists") from fault
    addresses = [ipaddress.ip_address(str(info[4][0]).partition("%")[0]) for info in found]
    refused = [a for a in addresses if not permit(a, port)]
    if refused or not addresses:
        what = f"{refused[0]} port {port}" if refused else host
        raise FetchError(f"not fetched: {what} is no public web address", where=url, expected="a public site")
    return addresses[0]


def _headers(host: str, port: int, secure: bool) -> dict[str, str]:
    name = f"[{host}]" if ":" in host else host
    return {
        "Host": name if port == PORTS["https" if secure else "http"] else f"{name}:{port}",
        "User-Agent": f"rawi/{__version__} (reads one page on behalf of a person)",
        "Accept": "text/html, application/xhtml+xml, text/*;q=0.8",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _body(response: http.client.HTTPResponse, url: str, deadline: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(65_536):
        size += len(piece)
        pieces.append(piece)
        if size > MAX_BYTES:
            raise FetchError(f"more than {MAX_BYTES >> 20} MiB", where=url, expected="a page")
        if time.monotonic() > deadline:
            raise FetchError(f"took more than {MAX_SECONDS:.0f} seconds", where=url, expected="a site that answers")
    return b"".join(pieces)


class _Pinned(http.client.HTTPConnection):
    """A connection to one judged address, under the host's name for TLS."""

    def __init__(self, host: str, port: int, address: str, secure: bool, deadline: float) -> None:
        super().__init__(host, port, timeout=max(0.1, min(10.0, deadline - time.monotonic())))
        self._address, self._secure = address, secure

    def abort(self) -> None:
        """Ends a connection that a slow server would keep alive for ever."""
        if self.sock is not None:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)

    def connect(self) -> None:
        """Connects to the judged address; TLS checks the certificate against the host's name."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
