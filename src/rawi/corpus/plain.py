"""Answers of a project as plain JSON values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rawi.ingest.jsonl import dumps
from rawi.model import Attribution, Doubt, Reading, Span


def to_plain(value: Any) -> Any:
    """``value`` as dictionaries, lists, strings and numbers; a span as ``[start, end]``, a reading as its line.

    >>> to_plain((Span(1, 2), None))
    [[1, 2], None]
    """
    if isinstance(value, Reading):
        return json.loads(dumps(value))
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {k.removesuffix("_"): to_plain(v) for k, v in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(k): to_plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [to_plain(v) for v in value]
    if isinstance(value, Attribution | Doubt):
        return {f: to_plain(getattr(value, f)) for f in value.__struct_fields__}
    return str(value) if isinstance(value, Path) else value
