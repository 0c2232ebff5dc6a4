"""Settings: one frozen record; every field has a default and a help line (``rawi doctor --settings`` prints them)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from rawi.errors import SettingsError


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a user may set, in ``rawi.toml`` under ``[settings]`` or by an option of the command line."""

    ui: Annotated[Literal["ar", "en"], Meta(description="language of reports and the workbench")] = "en"
    digits: Annotated[Literal["latin", "arabic-indic"], Meta(description="digits shown in the interface")] = "latin"
    months: Annotated[
        Literal["gregorian", "levantine", "maghrebi", "dual"],
        Meta(description="month names in the interface"),
    ] = "gregorian"
    max_input_mb: Annotated[int, Meta(description="largest single input file, MiB", ge=1)] = 64
    max_article_chars: Annotated[int, Meta(description="longest article read, code points", ge=1000)] = 2_000_000
    workers: Annotated[int, Meta(description="reading processes; 0 = one a core", ge=0)] = 0


def load_settings(path: Path | None = None) -> Settings:
    """The settings of the ``rawi.toml`` at ``path`` (defaults where there is none).

    Raises :class:`SettingsError` naming the field and what it may be.
    """
    if path is None or not path.exists():
        return Settings()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert(data.get("settings", {}), Settings)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as fault:
        raise SettingsError(
            str(fault), where=str(path), expected="a field that `rawi doctor --settings` lists"
        ) from fault
