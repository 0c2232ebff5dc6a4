"""Offset maps: from positions in a normal form back to the text as received, as runs with bisect."""

from __future__ import annotations

from bisect import bisect_right


class OffsetMap:
    """Runs ``(normal start, original start)`` of equal length steps; positions in code points.

    Within a run both sides advance together. A character that opens into several maps each of
    them to the one original character; a dropped character has no position on the normal side.
    """

    __slots__ = ("_limit", "_normal", "_original", "_step")

    def __init__(self, normal: list[int], original: list[int], step: list[bool], limit: int) -> None:
        self._normal = normal
        self._original = original
        self._step = step
        self._limit = limit

    def to_original(self, position: int) -> int:
        """The original position of the character at ``position`` of the normal form (its end gives the text's
        end)."""
        run = bisect_right(self._normal, position) - 1
        if run < 0:
            return self._limit
        if not self._step[run]:
            return self._original[run]
        return min(self._original[run] + position - self._normal[run], self._limit)

    def span_to_original(self, start: int, end: int) -> tuple[int, int]:
        """The original span of a normal span: from its first character to just after its last."""
        if end <= start:
            at = self.to_original(start)
            return at, at
        return self.to_original(start), self.to_original(end - 1) + 1
