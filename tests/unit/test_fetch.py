"""Fetching: refused unless public, bounded, redirects judged anew. Only the loopback is ever contacted."""

from __future__ import annotations

import http.server
import ipaddress
import threading
from collections.abc import Iterator

import pytest

from rawi.errors import FetchError
from rawi.ingest import fetch as fetching
from rawi.ingest.fetch import Address, fetch, public

PAGE = "<!DOCTYPE html><p>قالت الوزارة</p>".encode("cp1256")


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/page":
            self.answer(200, {"Content-Type": "text/html; charset=windows-1256"}, PAGE)
        elif self.path == "/away":
            self.answer(302, {"Location": "http://10.1.2.3/"})
        elif self.path == "/round":
            self.answer(302, {"Location": "/round"})
        elif self.path == "/file":
            self.answer(302, {"Location": "file:///etc/hostname"})
        elif self.path == "/film":
            self.answer(200, {"Content-Type": "video/mp4"}, b"x")
        elif self.path == "/huge":
            self.answer(200, {"Content-Type": "text/html"}, b"x" * 100_000)
        else:
            self.answer(404, {})

    def answer(self, code: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def loopback(address: Address, port: int) -> bool:
    return address.is_loopback


def test_a_page_comes_with_what_its_transport_says(site: str) -> None:
    got = fetch(f"{site}/page", permit=loopback)
    assert (got.data, got.charset, got.content_type, got.url) == (PAGE, "windows-1256", "text/html", f"{site}/page")


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/away", "10.1.2.3"),
        ("/round", "redirects"),
        ("/file", "not an address that is fetched"),
        ("/film", "video/mp4"),
        ("/none", "404"),
    ],
)
def test_what_is_not_fetched(site: str, path: str, what: str) -> None:
    with pytest.raises(FetchError, match=what):
        fetch(site + path, permit=loopback)


def test_a_body_over_the_limit_is_cut_off(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 10_000)
    with pytest.raises(FetchError, match="MiB"):
        fetch(f"{site}/huge", permit=loopback)


def test_the_loopback_is_refused_without_a_special_permit(site: str) -> None:
    with pytest.raises(FetchError, match="no public web address"):
        fetch(f"{site}/page")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::",
     "64:ff9b::7f00:1"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not public(ipaddress.ip_address(address), 80)


def test_public_addresses_on_web_ports_only() -> None:
    assert public(ipaddress.ip_address("8.8.8.8"), 443) and public(ipaddress.ip_address("2606:4700::1111"), 80)
    assert not public(ipaddress.ip_address("8.8.8.8"), 22)


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "file:///etc/passwd", "http://", "http://u:p@a.example/", "http://[", "//a"]
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url, permit=loopback)


def test_every_address_of_a_name_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *a, **k: answers)
    with pytest.raises(FetchError, match=r"127\.0\.0\.1"):
        fetch("http://two-faced.example/")
