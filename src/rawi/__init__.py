"""rawi reads news and shows who said what, on whose word, when and where.

>>> import rawi
>>> rawi.read(rawi.Article(id="a", text="")).attributions
()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rawi.version import __version__

if TYPE_CHECKING:
    from rawi.corpus import open as open
    from rawi.errors import InputError as InputError
    from rawi.errors import RawiError as RawiError
    from rawi.explain import why as why
    from rawi.export.frames import to_arrow as to_arrow
    from rawi.export.frames import to_pandas as to_pandas
    from rawi.export.frames import to_polars as to_polars
    from rawi.ingest import load as load
    from rawi.ingest import load_all as load_all
    from rawi.ingest.jsonl import dump_jsonl as dump_jsonl
    from rawi.ingest.jsonl import dumps as dumps
    from rawi.ingest.jsonl import load_readings as load_readings
    from rawi.ingest.jsonl import schema as schema
    from rawi.model import Article as Article
    from rawi.model import Attribution as Attribution
    from rawi.model import Place as Place
    from rawi.model import Reading as Reading
    from rawi.model import Span as Span
    from rawi.model import Timex as Timex
    from rawi.reader import find_times as find_times
    from rawi.reader import read as read

_HOME = {
    "Article": "rawi.model",
    "Attribution": "rawi.model",
    "InputError": "rawi.errors",
    "Place": "rawi.model",
    "RawiError": "rawi.errors",
    "Reading": "rawi.model",
    "Span": "rawi.model",
    "Timex": "rawi.model",
    "dump_jsonl": "rawi.ingest.jsonl",
    "dumps": "rawi.ingest.jsonl",
    "find_times": "rawi.reader",
    "load": "rawi.ingest",
    "load_all": "rawi.ingest",
    "load_readings": "rawi.ingest.jsonl",
    "open": "rawi.corpus",
    "read": "rawi.reader",
    "schema": "rawi.ingest.jsonl",
    "to_arrow": "rawi.export.frames",
    "to_pandas": "rawi.export.frames",
    "to_polars": "rawi.export.frames",
    "why": "rawi.explain",
}

__all__ = [
    "Article",
    "Attribution",
    "InputError",
    "Place",
    "RawiError",
    "Reading",
    "Span",
    "Timex",
    "__version__",
    "dump_jsonl",
    "dumps",
    "find_times",
    "load",
    "load_all",
    "load_readings",
    "open",
    "read",
    "schema",
    "to_arrow",
    "to_pandas",
    "to_polars",
    "why",
]


def __getattr__(name: str) -> Any:
    """Loads a public name when it is first asked for, so that ``import rawi`` stays quick."""
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'rawi' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
