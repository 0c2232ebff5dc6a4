"""The comparison of two documents: the stretches that they share, how many of the words are nobody's quotation, the
class.

Words inside quotation marks of one speaker on both sides are masked: two outlets that quote one statement have not
copied each other. Where a page credits the other's outlet, or both credit one, the quotation came with the text.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rawi.tracing.align import Run, Seeds, Stretch, align
from rawi.tracing.facts import Credit, Facts, Range, Speaker
from rawi.tracing.outlets import same_outlet
from rawi.tracing.words import Int32, Int64

LEAST_WORDS = 14
LEAST_RUN = 10
LEAST_STRETCH = 8
# Of the shared words so many at least are no names and titles, and so many fingerprints a word are no formulas.
LEAST_UNNAMED = 13
LEAST_TELLING = 0.1


class Page(NamedTuple):
    """A document ready for comparison: its facts; of each word the code points, whether its spelling keeps what the
    matching key folds (``careful``), and its hash, in ``seeds``.
    """

    facts: Facts
    start: Int32
    end: Int32
    careful: NDArray[np.bool_]
    seeds: Seeds

    @property
    def size(self) -> int:
        """The number of words."""
        return len(self.start)


class Shared(NamedTuple):
    """What two documents share: stretches in words, equal words, those that are not masked, and the class."""

    stretches: tuple[Stretch, ...]
    words: int
    free: int
    cls: str

    def spans(self, page: Page, side: int) -> list[Range]:
        """The stretches as code points of one side's text (0: the first document)."""
        found = []
        for s in self.stretches:
            first, last = s.a if side == 0 else s.b
            found.append((int(page.start[first]), int(page.end[last - 1])))
        return found


def compare(one: Page, other: Page, fingerprints: int) -> Shared | None:
    """What the documents share, or None where it is too little to tell reuse from chance.

    ``fingerprints``: how many that are no formulas of the corpus they have in common. Words that are names and titles
    for the most part, and words that outlets print again and again, are a formula.
    """
    stretches = [s for s in align(one.seeds, other.seeds) if s.words >= LEAST_STRETCH]
    runs = [r for s in stretches for r in s.runs]
    if not runs or max(r.size for r in runs) < LEAST_RUN:
        return None
    words = sum(r.size for r in runs)
    if words < LEAST_WORDS:
        return None
    masked = _masked(one, other, runs)
    free = words - masked
    cls = _class(one.facts, other.facts, free, _longest_free(one, other, runs))
    if fingerprints < LEAST_TELLING * words or _unnamed(one, other, runs) < LEAST_UNNAMED:
        cls = "formula"
    return Shared(tuple(stretches), words, free, cls)


def _unnamed(one: Page, other: Page, runs: list[Run]) -> int:
    """How many of the shared words stand in no name or title on either side."""
    a, b = _named_words(one), _named_words(other)
    return int(sum(int((~(a[r.a : r.a + r.size] | b[r.b : r.b + r.size])).sum()) for r in runs))


def _named_words(page: Page) -> NDArray[np.bool_]:
    named = np.zeros(page.size, dtype=np.bool_)
    for start, end in page.facts.named:
        first, last = np.searchsorted(page.start, start), np.searchsorted(page.end, end, side="right")
        named[first:last] = True
    return named


def _quote_numbers(page: Page) -> Int64:
    """For each word the number of the quotation in which it stands, plus one (0: in none)."""
    numbers = np.zeros(page.size, dtype=np.int64)
    for n, (start, end, _) in enumerate(page.facts.quoted):
        first, last = np.searchsorted(page.start, start), np.searchsorted(page.end, end, side="right")
        numbers[first:last] = n + 1
    return numbers


def _mask(one: Page, other: Page, run: Run, a: Int64, b: Int64) -> NDArray[np.bool_]:
    """Which words of a run are one speaker's quotation on both sides, or on one side with no quotation on the
    other."""
    left, right = a[run.a : run.a + run.size], b[run.b : run.b + run.size]
    masked = (left > 0) & (right > 0)
    for x, y in {(int(p), int(q)) for p, q in zip(left[masked], right[masked], strict=True)}:
        if not _same_voice(one.facts, one.facts.quoted[x - 1][2], other.facts, other.facts.quoted[y - 1][2]):
            masked &= ~((left == x) & (right == y))
    return masked


def _masked(one: Page, other: Page, runs: list[Run]) -> int:
    if not one.facts.quoted or not other.facts.quoted:
        return 0
    a, b = _quote_numbers(one), _quote_numbers(other)
    return int(sum(int(_mask(one, other, r, a, b).sum()) for r in runs))


def _longest_free(one: Page, other: Page, runs: list[Run]) -> int:
    a, b = _quote_numbers(one), _quote_numbers(other)
    return max(int((~_mask(one, other, r, a, b)).sum()) for r in runs)


def _same_voice(one: Facts, i: int, other: Facts, j: int) -> bool:
    """Whether two quotations can be one speaker's: not where both are named and differ."""
    if i < 0 or j < 0:
        return True
    a, b = one.speakers[i], other.speakers[j]
    return not (a.words and b.words) or bool(set(a.words) & set(b.words))


def _class(one: Facts, other: Facts, free: int, longest: int) -> str:
    credited = credits_of(other, one) or credits_of(one, other)
    common = common_credit(one, other)
    if (free < LEAST_WORDS or longest < LEAST_STRETCH) and not credited and not common:
        return "same-quotation"
    if one.agency or other.agency or any(c.agency for c in (*main_credits(one), *main_credits(other))):
        return "wire-copy"
    if not credited and _document(one) and _document(other):
        return "shared-document"
    return "outlet-copy"


def _document(facts: Facts) -> bool:
    """Whether a document speaks in the page before anybody else does."""
    speaker = next((facts.speakers[t.speaker] for t in facts.tellings if t.speaker >= 0), None)
    return speaker is not None and speaker.kind == "document"


def main_credits(facts: Facts) -> tuple[Credit, ...]:
    """The credits that speak for the whole page: byline, dateline, its end, or its first words."""
    return tuple(c for c in facts.credits if c.kind in ("byline", "dateline", "tail") or _early(facts, c))


def _early(facts: Facts, credit: Credit) -> bool:
    lead = min(facts.title[1] + 700, facts.passages[0][1]) if facts.passages else 0
    return credit.span[0] < lead


def credits_of(facts: Facts, other: Facts) -> list[Credit]:
    """The credits in which ``facts`` names the outlet of ``other``."""
    own = other.own.removeprefix("agency:")
    return [c for c in facts.credits if same_outlet(c.key, own)]


def common_credit(one: Facts, other: Facts) -> tuple[Credit, Credit] | None:
    """The first outlet that both name as where their words come from, as each names it."""
    for c in main_credits(one):
        for d in main_credits(other):
            if same_outlet(c.key, d.key):
                return c, d
    return None


def same_speaker(a: Speaker, b: Speaker) -> bool:
    """Whether speakers of two pages are the same for certain: one person's name, or the same phrase for a body."""
    if a.words and b.words:
        short, long = sorted((set(a.words), set(b.words)), key=len)
        return short <= long
    if a.words or b.words:
        return False
    return a.kind == b.kind and set(a.body) == set(b.body)
