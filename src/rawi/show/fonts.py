"""The fonts of pages, as files for the workbench and as embedded style for a page of its own."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "fonts"


class Font(NamedTuple):
    """One font file: family, weight, file name, and the characters that it is for."""

    family: str
    weight: int
    file: str
    range: str


_ARABIC = (
    "U+0600-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08E1,U+08E3-08FF,U+200C-200E,U+2010-2011,U+204F,U+2E41,"
    "U+FB50-FDFF,U+FE70-FE74,U+FE76-FEFC"
)
_LATIN = "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-200B,U+2012-206F,U+20AC,U+2122"
_PLEX = "IBM Plex Sans Arabic"
FONTS = (
    Font("Amiri", 400, "amiri-arabic-400-normal.woff2", _ARABIC),
    Font(_PLEX, 400, "ibm-plex-sans-arabic-arabic-400-normal.woff2", _ARABIC),
    Font(_PLEX, 600, "ibm-plex-sans-arabic-arabic-600-normal.woff2", _ARABIC),
    Font(_PLEX, 400, "ibm-plex-sans-arabic-latin-400-normal.woff2", _LATIN),
    Font(_PLEX, 600, "ibm-plex-sans-arabic-latin-600-normal.woff2", _LATIN),
)


def face(font: Font, address: str) -> str:
    """The ``@font-face`` rule of ``font`` at ``address``."""
    return (
        f'@font-face{{font-family:"{font.family}";font-weight:{font.weight};font-display:swap;'
        f'src:url({address}) format("woff2");unicode-range:{font.range}}}'
    )


@lru_cache(maxsize=1)
def embedded() -> str:
    """The ``@font-face`` rules of all fonts with the files inside, for a page that needs nothing else."""
    return "\n".join(
        face(f, "data:font/woff2;base64," + b64encode((FOLDER / f.file).read_bytes()).decode("ascii")) for f in FONTS
    )
