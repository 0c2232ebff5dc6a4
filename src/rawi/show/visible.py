"""Characters that a reader cannot see but that change what is seen, as visible names: evidence must not deceive."""

from __future__ import annotations

import re

# Embeddings, overrides and isolates reorder text: shown instead of obeyed. Marks only colour: shown beside.
_NAMES = {
    0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO", 0x2066: "LRI", 0x2067: "RLI",
    0x2068: "FSI", 0x2069: "PDI", 0x200E: "LRM", 0x200F: "RLM", 0x061C: "ALM", 0x200B: "ZWSP", 0x2060: "WJ",
    0xFEFF: "BOM", 0x00AD: "SHY", 0x2028: "LS", 0x2029: "PS", 0xFFFC: "OBJ",
}  # fmt: skip
HIDDEN = re.compile(
    "[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u200b\u2060\ufeff\u00ad\u2028\u2029\ufffc"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)


def name_of(character: str) -> str:
    """The short name of a hidden character, else its code point.

    >>> name_of(chr(0x202E)), name_of(chr(0))
    ('RLO', 'U+0000')
    """
    return _NAMES.get(ord(character), f"U+{ord(character):04X}")


def visible(text: str) -> str:
    """``text`` with each hidden character replaced by its name in angle brackets, for places without markup."""
    return HIDDEN.sub(lambda m: f"\u27e8{name_of(m.group())}\u27e9", text)
