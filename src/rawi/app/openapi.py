"""The description of the read API, written from the screens."""

from __future__ import annotations

import re
from typing import Any

from rawi.app.asked import Param
from rawi.app.screens import SCREENS, Screen
from rawi.version import __version__


def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document of the addresses that answer with JSON."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "rawi workbench",
            "version": __version__,
            "description": "Who said what, on whose word, when and where, in a project. Every count is one in "
            "this corpus. Spans are [start, end] in code points, end exclusive. Nothing here says what is true.",
        },
        "paths": {f"{s.path}.json": {"get": _operation(s)} for s in SCREENS},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Error": _error()},
        },
        "security": [{"token": []}],
    }


def _operation(screen: Screen) -> dict[str, Any]:
    name = re.sub(r"\W+", "_", screen.path.strip("/")).strip("_")
    refused = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
    return {
        "operationId": name,
        "summary": screen.summary,
        "parameters": [*map(_in_path, re.findall(r"{(\w+)}", screen.path)), *map(_in_query, screen.params)],
        "responses": {
            "200": {"description": screen.summary, "content": {"application/json": {"schema": _schema(screen)}}},
            "400": {"description": "A parameter that the view does not know what to do with.", **refused},
            "404": {"description": "What was asked for does not exist.", **refused},
            "403": {"description": "No token."},
        },
    }


def _in_path(name: str) -> dict[str, Any]:
    schema = {"type": "string", "pattern": "^[0-9A-Za-z]{1,64}$"}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _in_query(param: Param) -> dict[str, Any]:
    schema = {"type": "array", "items": param.schema, "maxItems": 10} if param.many else param.schema
    return {"name": param.name, "in": "query", "description": param.help, "schema": schema}


def _schema(screen: Screen) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, kind in screen.shape.items():
        bare = kind.rstrip("?")
        members[name] = {"type": [bare, "null"] if kind.endswith("?") else bare}
    return {"type": "object", "required": list(members), "properties": members}


def _error() -> dict[str, Any]:
    fields = {name: {"type": "string"} for name in ("what", "where", "expected")}
    inner = {"type": "object", "required": list(fields), "properties": fields}
    return {"type": "object", "required": ["error"], "properties": {"error": inner}}
