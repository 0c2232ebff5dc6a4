"""What a request asks for: its parameters, checked against their description; a wrong one is the client's fault."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from rawi.errors import InputError
from rawi.store.search import Filters

MODES = ("stem", "words", "exact")
ORDERS = ("best", "newest", "oldest", "added")
STANCES = ("reported", "alleged", "denied", "doubted", "directive")
STATES = ("open", "accepted", "corrected", "rejected", "disputed")
LONGEST = 500
MOST_VALUES = 40
LAST_PAGE = 20_000
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Param(NamedTuple):
    """One parameter of a view as OpenAPI describes it."""

    name: str
    schema: dict[str, Any]
    help: str
    many: bool = False


def _text(longest: int = LONGEST) -> dict[str, Any]:
    return {"type": "string", "maxLength": longest}


def _choice(values: Sequence[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


DAY = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
Q = Param("q", _text(), 'Words to look for; "..." is a phrase, - excludes.')
MODE = Param("mode", _choice(MODES), "stem: by stems; words: any spelling; exact: letter by letter.")
PAGE = Param("page", {"type": "integer", "minimum": 1, "maximum": LAST_PAGE}, "The page, from 1.")
FILTERS = (
    Param("outlet", _text(), "Outlets to keep; the empty string is no outlet.", many=True),
    Param("since", DAY, "First day, inclusive."),
    Param("until", DAY, "Last day, inclusive."),
    Param("undated", {"type": "string", "enum": ["1"]}, "Only articles without a date."),
    Param("place", _text(), "Ids of places.", many=True),
    Param("speaker", _text(), "Keys of speakers.", many=True),
    Param("stance", _choice(STANCES), "Stances of statements.", many=True),
    Param("review", _choice(STATES), "Review states of statements.", many=True),
)
SEARCH = (Q, MODE, *FILTERS)


def text_param(name: str, help: str) -> Param:
    """A parameter of free words."""
    return Param(name, _text(), help)


def choice_param(name: str, values: Sequence[str], help: str) -> Param:
    """A parameter with one of ``values``."""
    return Param(name, _choice(values), help)


def number_param(name: str, help: str, most: int = 100_000) -> Param:
    """A parameter of a whole number from 1."""
    return Param(name, {"type": "integer", "minimum": 1, "maximum": most}, help)


class Asked(NamedTuple):
    """The checked parameters of one request: lists for those that may come often, else one value or none."""

    values: Mapping[str, Any]
    path: Mapping[str, str]

    def text(self, name: str, default: str = "") -> str:
        """The value of a parameter of words."""
        return str(self.values.get(name) or default)

    def number(self, name: str, default: int = 1) -> int:
        """The value of a parameter of numbers."""
        return int(self.values.get(name) or default)

    def many(self, name: str) -> tuple[str, ...]:
        """The values of a parameter that may come often."""
        return tuple(self.values.get(name) or ())

    @property
    def filters(self) -> Filters:
        """The filters that the request asks for."""
        return Filters(
            outlet=self.many("outlet"),
            since=self.values.get("since"),
            until=self.values.get("until"),
            undated=bool(self.values.get("undated")),
            place=self.many("place"),
            speaker=self.many("speaker"),
            stance=self.many("stance"),
            review=self.many("review"),
        )

    def query(self, **changes: Any) -> str:
        """The request's own query, with ``changes`` made (None: left out) and back on the first page."""
        kept = {k: v for k, v in self.values.items() if k != "page" and v not in (None, "", ())}
        kept.update(changes)
        pairs = [
            (k, item)
            for k, v in kept.items()
            for item in (v if isinstance(v, tuple | list) else [v])
            if v is not None
        ]
        return f"?{urlencode(pairs)}" if pairs else "?"


def asked(params: Sequence[Param], query: Sequence[tuple[str, str]], path: Mapping[str, str]) -> Asked:
    """The parameters of a query, checked; unknown ones are left out.

    Raises :class:`InputError` with the name of the parameter and what it may be.
    """
    found: dict[str, Any] = {}
    for param in params:
        empty = "enum" in param.schema
        given = [value for name, value in query if name == param.name and not (empty and value == "")]
        if len(given) > MOST_VALUES:
            raise InputError(f"more than {MOST_VALUES} values", where=param.name, expected="fewer")
        checked = tuple(dict.fromkeys(_checked(param, value) for value in given))
        if param.many:
            found[param.name] = checked
        elif checked and checked[-1] != "":
            found[param.name] = checked[-1]
    return Asked(found, path)


def _checked(param: Param, value: str) -> Any:
    schema = param.schema
    if value == "" and not param.many:
        return ""
    if schema["type"] == "integer":
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            raise InputError(f"not a number: {value[:40]!r}", where=param.name, expected="a whole number from 1")
        if not schema["minimum"] <= int(value) <= schema["maximum"]:
            raise InputError(f"out of range: {value}", where=param.name, expected=f"1 to {schema['maximum']}")
        return int(value)
    if "enum" in schema and value not in schema["enum"]:
        raise InputError(f"{value[:40]!r}", where=param.name, expected=", ".join(schema["enum"]))
    if "pattern" in schema and not _DAY.fullmatch(value):
        raise InputError(f"not a day: {value[:40]!r}", where=param.name, expected="YYYY-MM-DD")
    if len(value) > schema.get("maxLength", LONGEST):
        raise InputError("too long", where=param.name, expected=f"{schema.get('maxLength', LONGEST)} characters")
    return value
