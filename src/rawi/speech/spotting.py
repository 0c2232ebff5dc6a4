"""Cues: where a page may report something, each with the forms that it may be."""

from __future__ import annotations

from typing import NamedTuple

from rawi.lexicon.reporting import CueForm
from rawi.speech.page import COLONS, COMMAS, QUOTE_MARKS, Page

FINITE = frozenset({"past", "present", "passive"})


class Spot(NamedTuple):
    """One possible cue: tokens ``first`` to ``last`` (exclusive), the verb at ``head``, and the forms it may be."""

    first: int
    last: int
    head: int
    forms: tuple[CueForm, ...]
    negated: bool
    conjunction: bool
    proclitic: str


def find_spots(page: Page) -> list[Spot]:
    """The possible cues of the page in text order; whether each reports is decided by its frame."""
    table, phrases = page.tables.forms, page.tables.phrases
    spots: list[Spot] = []
    i, count = 0, len(page)
    while i < count:
        spot = None
        if page.is_word(i) and page.key[i] not in page.tables.of("homograph"):
            for proclitic, stem in page.pack.splits(page.key[i]):
                if phrases.opens(stem):
                    found = phrases.match(page.key, i, stem)
                    if found:
                        end, form = found[0]
                        spot = Spot(i, end, i, (form,), False, bool(proclitic), proclitic)
                        break
                forms = table.get(stem)
                if forms:
                    spot = _verb_spot(page, i, proclitic, forms)
                    if spot:
                        break
        elif page.form[i] in COLONS:
            spot = Spot(i, i + 1, i, (), False, False, "")
        if spot:
            spots.append(spot)
            i = max(spot.last, i + 1)
        else:
            i += 1
    return spots


def _verb_spot(page: Page, i: int, proclitic: str, forms: list[CueForm]) -> Spot | None:
    kept = tuple(f for f in forms if _fits(page, i, proclitic, f))
    if not kept:
        return None
    first, negated = i, False
    if i and page.in_class(i - 1, "neg") and kept[0].shape in FINITE:
        first, negated = i - 1, True
    conjunction = bool(proclitic) and proclitic[0] in page.conjunctions
    return Spot(first, i + 1, i, kept, negated, conjunction, proclitic)


def _fits(page: Page, i: int, proclitic: str, form: CueForm) -> bool:
    """Whether the proclitics can stand before the form, and the spelling is the form's own."""
    rest = proclitic.lstrip("".join(page.conjunctions)) if proclitic else ""
    if _other_final(page, i, form.written):
        return False
    if form.shape in FINITE:
        if form.person == 1 and page.outer[i] < 0:
            return False
        if form.shape == "past" and form.cue.prior == "L" and not _opens_clause(page, i, proclitic):
            return False
        if form.shape == "past" and page.known[i] and form.cue.prior != "H":
            return False
        if form.person == 1 and (form.cue.act == "evidence" or form.cue.stance == "doubted"):
            return False
        if form.shape != "present" and i and page.key[i - 1] in page.tables.of("nominal-before"):
            return False
        if form.shape == "past" and i and (page.is_prep(i - 1) or page.key[i - 1] in page.tables.of("done")):
            return False
        before_present = page.tables.of("future") | page.tables.of("purpose")
        return not rest or (rest in before_present and form.shape == "present")
    if form.shape == "hal":
        plain = form.gender == "m" and form.number == "s"
        return rest == "" and (plain or _after_clause(page, i) or _before_clause(page, i))
    return rest not in page.tables.of("future")


def _opens_clause(page: Page, i: int, proclitic: str) -> bool:
    """Whether a clause may open at token ``i``: with a conjunction, after a mark, an auxiliary or an opener."""
    if proclitic and proclitic[0] in page.conjunctions:
        return True
    if i == page.sentence_of(i)[0] or page.is_punct(i - 1):
        return True
    return page.in_class(i - 1, "aux") or page.in_class(i - 1, "qad") or page.in_class(i - 1, "opener")


def _other_final(page: Page, i: int, written: str) -> bool:
    """Whether one ends in alef maqsura, the other in ya: two words, unless a Persian ya stands for both."""
    if page.tokens.text[page.tokens.end[i] - 1] == "\u06cc":
        return False
    finals = (page.form[i][-1:], written[-1:])
    return finals in (("\u0649", "\u064a"), ("\u064a", "\u0649"))


def _before_clause(page: Page, i: int) -> bool:
    """Whether a complementiser follows, a governed preposition between them allowed."""
    after = i + 1
    if after < len(page) and page.key[after] in page.tables.of("governed"):
        after += 1
    return after < len(page) and page.is_comp(after)


def _after_clause(page: Page, i: int) -> bool:
    """Whether a comma or a closed quotation stands before: feminine and plural participles look like nouns."""
    return i > 0 and (page.form[i - 1] in COMMAS or page.form[i - 1] in QUOTE_MARKS)
