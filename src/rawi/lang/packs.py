"""Language packs by their code; packages add theirs by the entry point group ``rawi.languages``."""

from __future__ import annotations

from importlib.metadata import entry_points

from rawi.errors import SettingsError
from rawi.lang.ar.pack import arabic
from rawi.lexicon.pack import Pack


def language_pack(code: str) -> Pack:
    """The pack for a language code: Arabic's own, or what the plug-in of that name returns when it is called.

    Raises :class:`SettingsError` naming the codes that there are.

    >>> language_pack("ar").language
    'ar'
    """
    if code == "ar":
        return arabic()
    points = {point.name: point for point in entry_points(group="rawi.languages")}
    if code not in points:
        raise SettingsError(f"no language {code}", expected=", ".join(["ar", *sorted(points)]))
    pack: Pack = points[code].load()()
    return pack
