"""Where a content opens after its cue: a clause, a quotation, a governed phrase, a bare noun phrase."""

from __future__ import annotations

from rawi.lexicon.reporting import CueForm
from rawi.speech.agreement import agree
from rawi.speech.noun_phrases import (
    head_type,
    is_definite,
    opens_content,
    skip_adjuncts,
    source_left,
    source_right,
)
from rawi.speech.page import COLONS, COMMAS, Page
from rawi.speech.spotting import FINITE, Spot

Opening = tuple[str, int, int]


def find_opening(page: Page, spot: Spot, form: CueForm, spots: dict[int, Spot], end: int) -> Opening | None:
    """How the content opens after the cue: kind, its first token, and the token that marks it."""
    return _Search(page, spot, form, spots, end).run()


class _Search:
    """The way from a cue to its content, token by token; a governed phrase met on the way waits for a clause."""

    def __init__(self, page: Page, spot: Spot, form: CueForm, spots: dict[int, Spot], end: int) -> None:
        self.page, self.spot, self.form, self.spots, self.end = page, spot, form, spots, end
        self.frames = form.cue.frames
        self.phrase: Opening | None = None
        self.relative = self.over = False

    def run(self) -> Opening | None:
        i = self.spot.last
        while i < self.end and not self.over:
            found = self._marked(i)
            if found is not None or self.over:
                return found if found is not None else self._last()
            if self.page.opens_quote(i):
                i = self.page.quote_end(i)
                continue
            self._pass(i)
            i += 1
        return self._last()

    def _last(self) -> Opening | None:
        if self.phrase is not None:
            return self.phrase
        noun = "np" in self.frames and self.form.shape == "present" and _said_next(self.page, self.spot)
        return _noun_opening(self.page, self.spot, self.form, self.end) if noun or "n" in self.frames else None

    def _marked(self, i: int) -> Opening | None:
        """The opening that a mark, a complementiser or a noun at ``i`` makes; sets ``over`` where none can follow."""
        page, first = self.page, self.spot.last
        if (
            i == first
            and page.form[i] in COMMAS
            and self.form.cue.act == "add"
            and not _comp_after(page, i + 1, self.end)
        ):
            return ("quote", i + 1, i)
        if page.form[i] in COLONS:
            self.over, self.phrase = True, None
            self.frames = self.frames - {"n", "np"}
            if i + 1 < self.end and ("q" in self.frames or self.form.cue.prior == "H"):
                return ("quote", i + 1, i)
            return None
        if page.opens_quote(i):
            return self._quoted(i)
        if "claims" in self.frames and page.key[i] in page.tables.of("claims"):
            return ("noun", i, i)
        if "responsibility" in self.frames:
            return ("noun", i, i) if page.key[i] in page.tables.of("responsibility") else None
        return self._clause(i) if page.is_comp(i) else None

    def _quoted(self, i: int) -> Opening | None:
        page, closing = self.page, self.page.quote_end(i)
        long = closing - i > (4 if self.form.cue.prior == "H" else 6)
        named = _comp_after(page, closing, self.end) or (closing < self.end and page.form[closing] in COLONS)
        fits = "q" in self.frames and closing - i >= 5 and (i == self.spot.last or long)
        if fits and not named and _clear_way(page, self.spot.last, i):
            return ("quote", i, i)
        self.over = self.phrase is not None
        return None

    def _clause(self, i: int) -> Opening | None:
        page, first = self.page, self.spot.last
        governed = i > first and page.key[i - 1] in self.frames
        if self.phrase is not None and not governed and self.phrase[1] < i:
            return self.phrase
        if self.form.cue.prior == "L" and i - first > 8:
            self.over, self.frames = True, frozenset()
            return None
        if "an" not in self.frames:
            return None
        if "n" in self.frames and i - 1 > first and _said_noun(page, i - 1):
            return ("noun", i - 1, i - 1)
        return ("clause", i, i - 1 if i > first and page.key[i - 1] in page.tables.of("governed") else i)

    def _pass(self, i: int) -> None:
        """Takes notice of token ``i``: another voice ends the search, a relative hides what is in it."""
        page, first = self.page, self.spot.last
        if "responsibility" in self.frames:
            return
        if i in self.spots and i > first and _another_voice(page, self.spots[i], i):
            self.over = True
        elif page.key[i] in page.rel:
            self.relative = True
        elif self._breaks(i):
            self.over = True
        elif page.form[i] in COMMAS:
            self.relative = False
            opener = i + 1 < self.end and page.in_class(i + 1, "opener")
            self.over = self.phrase is not None or opener
        elif self.phrase is None and not self.relative:
            if "n" in self.frames and i == skip_adjuncts(page, first, self.end) and _said_noun(page, i):
                self.phrase, self.over = ("noun", i, i), True
            else:
                self.phrase = _prepositional(page, i, self.frames, self.spot)

    def _breaks(self, i: int) -> bool:
        if i <= self.spot.last or i not in self.spots or self.relative:
            return False
        return _breaks(self.page, self.spots[i], i) and not is_definite(self.page, i)


def opens_clause(page: Page, spot: Spot) -> bool:
    """Whether a complementiser follows a participle, a governed preposition between them allowed."""
    i = spot.last
    if i < len(page) and page.key[i] in page.tables.of("governed"):
        i += 1
    return i < len(page) and page.is_comp(i)


def _another_voice(page: Page, spot: Spot, i: int) -> bool:
    """Whether a participle after a comma or a prepositional source opens at ``i``."""
    if any(f.shape == "hal" for f in spot.forms):
        return page.form[i - 1] in COMMAS or opens_clause(page, spot)
    if not spot.forms or spot.forms[0].shape not in {"source", "source-noun"} or page.form[i - 1] not in COMMAS:
        return False
    later = range(spot.last, min(spot.last + 15, len(page) - 1))
    return not any(page.form[k] in COMMAS and page.is_comp(k + 1) for k in later)


def _said_noun(page: Page, i: int) -> bool:
    """Whether token ``i`` is a noun of what is said that belongs to the speaker: responsibility, refusal, trust."""
    return page.key[i] in page.tables.of("content-noun") and page.key[i].endswith(
        tuple(page.tables.of("person-suffix"))
    )


def _clear_way(page: Page, first: int, last: int) -> bool:
    """Whether nothing but a source and adjuncts stands between cue and quotation."""
    if last - first <= 1:
        return True
    source = source_right(page, first, last)
    at = skip_adjuncts(page, source[1] if source else first, last)
    return at >= last or last - at <= 2 or page.key[at] in page.rel


def _comp_after(page: Page, i: int, end: int) -> bool:
    """Whether a complementiser follows a quotation within four words: the quotation is a name in the source."""
    return any(page.is_comp(k) for k in range(i, min(end, i + 5)))


def _breaks(page: Page, spot: Spot, i: int) -> bool:
    """Whether a cue ends the search of the one before it: a sure verb, or a new clause after a comma."""
    finite = [f for f in spot.forms if f.shape in FINITE]
    if finite and spot.conjunction and page.form[i - 1] in COMMAS:
        return True
    return any(f.cue.prior == "H" for f in finite)


def _prepositional(page: Page, i: int, frames: frozenset[str], spot: Spot) -> tuple[str, int, int] | None:
    """A governed preposition with a phrase that may be the content, at token ``i``."""
    frames = frames - {"an", "q", "n"}
    if not frames:
        return None
    key = page.key[i]
    if key in frames and i + 1 < len(page) and len(key) == 1 and page.opens_quote(i + 1):
        return ("phrase", i, i)
    if key in frames and page.is_prep(i):
        following = i + 1
        if following < len(page) and not _is_medium(page, following) and not page.is_time(following):
            return ("phrase", following, i)
        return None
    for proclitic, stem in page.pack.splits(key):
        if proclitic in frames and len(proclitic) == 1 and i > spot.head:
            known = page.tables.masdar_shape(stem) or stem in page.tables.of("content-noun")
            other = proclitic not in page.tables.of("glued-to") and not page.known[i]
            known = known or (len(stem) > 2 and other)
            if known and not page.is_comp(i) and not page.is_prep(i) and stem not in page.tables.of("name-of"):
                return ("phrase", i, i)
    return None


def _is_medium(page: Page, i: int) -> bool:
    key = page.bare(i)
    for article in page.tables.of("article"):
        if key.startswith(article) and key[len(article) :] in page.tables.of("medium"):
            return True
    return key in page.tables.of("medium")


def _said_next(page: Page, spot: Spot) -> bool:
    return spot.last < len(page) and opens_content(page, spot.last)


def _begins_anew(page: Page, i: int) -> bool:
    """Whether another voice begins at token ``i``: a cue verb, or a conjunction with a head noun."""
    return page.is_cue_verb(i) or (
        page.has_conjunction(i) and page.key[i] not in page.tables.heads and head_type(page, i) is not None
    )


def _noun_opening(page: Page, spot: Spot, form: CueForm, end: int) -> tuple[str, int, int] | None:
    """Content that is a bare noun phrase: directly after a cue with its subject before, else after the subject."""
    first = skip_adjuncts(page, spot.last, end)
    if first >= end or _begins_anew(page, first):
        return None
    if page.is_prep(first) or (page.is_punct(first) and not page.opens_quote(first)):
        return None
    bare = head_type(page, first) is None and opens_content(page, first)
    if form.shape == "hal" or ((form.shape == "present" or spot.conjunction) and bare):
        return ("noun", first, first)
    source = source_right(page, spot.last, end, stop_at_content=True)
    if source is None:
        return ("noun", first, first)
    at = skip_adjuncts(page, source[1], end)
    if (
        at < end
        and not _begins_anew(page, at)
        and not page.is_punct(at)
        and not page.in_class(at, "opener")
        and page.key[at] not in page.rel
    ):
        return ("noun", at, at)
    if form.shape == "present":
        return ("noun", first, first)
    return None


def after_subject(page: Page, spot: Spot, form: CueForm, floor: int, end: int) -> tuple[str, int, int] | None:
    """Content that is a bare noun phrase right after a verb whose subject stands before it."""
    if spot.conjunction:
        return None
    subject = source_left(page, spot.first, floor)
    if subject is None or not agree(page, form, subject):
        return None
    at = skip_adjuncts(page, spot.last, end)
    if at >= end or page.is_punct(at) or page.is_comp(at) or page.is_prep(at) or page.in_class(at, "opener"):
        return None
    return ("noun", at, at)
