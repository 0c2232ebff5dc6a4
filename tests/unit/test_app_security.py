"""The workbench's door: what it refuses, what it lets in, what it says with every answer."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from rawi.app.security import COOKIE, Access, Guard, access_for, is_loopback
from rawi.errors import SettingsError

HOST = "127.0.0.1:8000"
ACCESS = Access(frozenset({HOST}), "secret-token", max_body=100)


async def echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


def client(access: Access = ACCESS, *, known: bool = True) -> TestClient:
    app = Starlette(routes=[Route("/{path:path}", echo, methods=["GET", "POST"])])
    cookies = {COOKIE: access.token} if known else {}
    return TestClient(Guard(app, access), base_url=f"http://{HOST}", cookies=cookies, follow_redirects=False)


def test_a_stranger_is_refused_and_told_what_to_do() -> None:
    answer = client(known=False).get("/")
    assert answer.status_code == 403
    assert "rawi serve" in answer.text


def test_the_printed_link_sets_the_cookie_and_drops_the_token_from_the_address() -> None:
    answer = client(known=False).get("/articles?token=secret-token&q=a")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/articles?q=a"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "samesite=strict" in answer.headers["set-cookie"].lower()


def test_two_workbenches_of_one_host_do_not_take_each_others_cookie() -> None:
    door = client(known=False)
    assert "rawi-8000=secret-token" in door.get("/?token=secret-token").headers["set-cookie"]
    assert door.get("/").status_code == 200
    door.cookies.clear()
    door.cookies.set("rawi-9000", "secret-token")
    assert door.get("/").status_code == 403


def test_the_printed_link_never_leads_to_another_site() -> None:
    answer = client(known=False).get("//evil.example/?token=secret-token")
    assert not answer.headers["location"].startswith("//")


@pytest.mark.parametrize("token", ["", "wrong", "secret-token-and-more", "sécret"])
def test_a_wrong_token_is_refused(token: str) -> None:
    assert client(known=False).get("/", params={"token": token}).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1", "127.0.0.1:9000", ""])
def test_a_foreign_host_is_refused(host: str) -> None:
    assert client().get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null", "http://127.0.0.1:9000"])
def test_a_write_from_elsewhere_is_refused(origin: str | None) -> None:
    headers = {"origin": origin} if origin else {}
    assert client().post("/", content=b"x", headers=headers).status_code == 403


def test_a_write_from_its_own_page_passes() -> None:
    assert client().post("/", content=b"xyz", headers={"origin": f"http://{HOST}"}).text == "3"


def test_read_only_refuses_writes_and_lets_reading() -> None:
    access = ACCESS._replace(read_only=True)
    assert client(access).post("/", content=b"x", headers={"origin": f"http://{HOST}"}).status_code == 403
    assert client(access).get("/").status_code == 200


def test_a_body_over_the_limit_is_refused() -> None:
    answer = client().post("/", content=b"x" * 101, headers={"origin": f"http://{HOST}"})
    assert answer.status_code == 413


def test_every_answer_carries_the_policy() -> None:
    for answer in (client().get("/"), client(known=False).get("/"), client().get("/", headers={"host": "evil"})):
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


def test_a_bearer_token_is_as_good_as_the_cookie() -> None:
    assert client(known=False).get("/", headers={"authorization": "Bearer secret-token"}).status_code == 200


@pytest.mark.parametrize("cookie", ["rawi", "rawi=", "=;=", 'rawi="unclosed', "\x00"])
def test_an_odd_cookie_is_no_token_and_no_crash(cookie: str) -> None:
    assert client(known=False).get("/", headers={"cookie": cookie}).status_code == 403


def test_other_addresses_need_a_password() -> None:
    with pytest.raises(SettingsError, match=r"without a password.*RAWI_PASSWORD"):
        access_for("0.0.0.0", 8000)
    with pytest.raises(SettingsError):
        access_for("10.0.0.5", 8000, password="short")
    assert "10.0.0.5:8000" in access_for("10.0.0.5", 8000, password="a-long-password").hosts


@pytest.mark.parametrize(
    ("host", "yes"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)]
)
def test_what_loopback_is(host: str, yes: bool) -> None:
    assert is_loopback(host) is yes
