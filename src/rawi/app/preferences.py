"""How a reader likes the interface: language, digits, month names, and the name that corrections are signed with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, cast, get_args
from urllib.parse import quote, unquote

from rawi.settings import Settings
from rawi.show.messages import UI, Digits, Messages, Months, messages

COOKIE = "rawi-view"
REVIEWER = "rawi-reviewer"
LONGEST_NAME = 80
YEAR = 365 * 24 * 3600


class Preferences(NamedTuple):
    """The choices of one browser."""

    ui: UI
    digits: Digits
    months: Months
    reviewer: str = ""

    @property
    def say(self) -> Messages:
        """The words of the interface as chosen."""
        return messages(self.ui, self.digits, self.months)

    @property
    def cookie(self) -> str:
        """The choices as a cookie's value."""
        return f"{self.ui}.{self.digits}.{self.months}"


def preferences(cookies: Mapping[str, str], query: Mapping[str, str], settings: Settings) -> Preferences:
    """The preferences of a request: its query first, then its cookies, then the project's settings."""
    parts = cookies.get(COOKIE, "").split(".")
    kept = dict(zip(("ui", "digits", "months"), parts, strict=False)) if len(parts) == 3 else {}

    def chosen(name: str, values: tuple[str, ...]) -> str:
        for offered in (query.get(name), kept.get(name)):
            if offered in values:
                return str(offered)
        return str(getattr(settings, name))

    return Preferences(
        cast(UI, chosen("ui", get_args(UI))),
        cast(Digits, chosen("digits", get_args(Digits))),
        cast(Months, chosen("months", get_args(Months))),
        reviewer_name(unquote(cookies.get(REVIEWER, ""))),
    )


def reviewer_name(words: str) -> str:
    """The name in one line, at most :data:`LONGEST_NAME` characters, without what cannot be seen."""
    return " ".join("".join(c for c in words if c.isprintable()).split())[:LONGEST_NAME]


def reviewer_cookie(name: str) -> str:
    """The name as a cookie's value."""
    return quote(name, safe="")


def safe_path(path: str) -> str:
    """``path`` where it leads back into the workbench, else its front page.

    >>> safe_path("/review?at=1"), safe_path("//evil.example"), safe_path("https://evil.example")
    ('/review?at=1', '/', '/')
    """
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if inside else "/"
