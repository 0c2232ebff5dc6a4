"""Winnowed fingerprints: of every four successive five-word runs the one with the least hash.

Each run of eight shared words leaves at least one shared fingerprint (Schleimer, Wilkerson and Aiken, SIGMOD 2003).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rawi.tracing.words import Int32, Int64, mix

GRAM = 5
WINDOW = 4
_STEP = np.uint64(0xD6E8FEB86659FD93)


class Fingerprints(NamedTuple):
    """The fingerprints of one text: hash and the index of the run's first word; each hash once, at its first
    place."""

    hash: Int64
    at: Int32


def grams(keys: Int64, size: int = GRAM) -> Int64:
    """The hash of every run of ``size`` words (none where the text is shorter)."""
    count = len(keys) - size + 1
    if count <= 0:
        return np.zeros(0, dtype=np.int64)
    words = keys.view(np.uint64)
    total = words[:count].copy()
    for i in range(1, size):
        total *= _STEP
        total += words[i : i + count]
    return mix(total)


def winnow(keys: Int64) -> Fingerprints:
    """The fingerprints of a text's word hashes; a text of fewer than five words has none."""
    runs = grams(keys)
    if not len(runs):
        return Fingerprints(runs, np.zeros(0, dtype=np.int32))
    if len(runs) <= WINDOW:
        chosen = np.array([int(np.argmin(runs))])
    else:
        windows = np.lib.stride_tricks.sliding_window_view(runs, WINDOW)
        # The last of equal ones, so that a run of repeats leaves few.
        least = WINDOW - 1 - np.argmin(windows[:, ::-1], axis=1)
        chosen = np.unique(least + np.arange(len(windows)))
    hashes, first = np.unique(runs[chosen], return_index=True)
    return Fingerprints(hashes, chosen[first].astype(np.int32))
