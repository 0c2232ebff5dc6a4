"""Noun phrases of sources: how far they reach to the right of a cue, and where they begin to the left of one."""

from __future__ import annotations

from rawi.speech.page import CLOSE_BRACKETS, COMMAS, OPEN_BRACKETS, Page

LONGEST = 28
Range = tuple[int, int]


def article_off(page: Page, key: str) -> str:
    """The stem of ``key`` without proclitics and article where that is a known head noun; else the key itself."""
    heads = page.tables.heads
    if key in heads:
        return key
    for _, stem in page.pack.splits(key):
        if stem in heads:
            return stem
        for article in page.tables.of("article"):
            if stem.startswith(article) and stem[len(article) :] in heads:
                return stem[len(article) :]
    return key


def head_type(page: Page, i: int) -> str | None:
    """The type of source that token ``i`` makes as a head noun, or None."""
    return page.tables.heads.get(article_off(page, page.key[i]))


def is_definite(page: Page, i: int) -> bool:
    """Whether token ``i`` carries the article."""
    return page.bare(i).startswith(tuple(page.tables.of("article")))


def source_right(
    page: Page, first: int, last: int, *, stop_at_content: bool = False, enclosed: bool = False
) -> Range | None:
    """The source phrase in tokens ``first`` to ``last``: adjuncts before it skipped, apposition after a comma kept.

    With ``stop_at_content`` the phrase also ends where a noun phrase of content seems to begin; with
    ``enclosed`` an apposition counts only between two commas.
    """
    start = skip_adjuncts(page, first, last)
    if start >= last or _cannot_open(page, start) or page.is_prep(start):
        return None
    end = _phrase_end(page, start, last, stop_at_content)
    while end < last and page.form[end] in COMMAS:
        after = end + 1
        if after >= last or _cannot_open(page, after) or page.is_time(after):
            break
        if _is_adjunct(page, after) or _is_addressee(page, after):
            break
        more = _phrase_end(page, after, last, stop_at_content)
        closed = more >= last or page.form[more] in COMMAS
        closed = closed or (not enclosed and (_is_adjunct(page, more) or _is_addressee(page, more)))
        if enclosed and more >= last:
            break
        if more == after or more - after > 9 or not closed or (page.has_conjunction(after) and more - after < 2):
            break
        end = more
    return _tidy(page, start, end)


def skip_adjuncts(page: Page, first: int, last: int) -> int:
    """The index after what may stand between cue and source: commas, times, turns, media, addressees."""
    i = first
    while i < last:
        if page.form[i] in COMMAS or page.is_time(i) or page.key[i] in page.tables.of("resumptive"):
            i += 1
        elif _is_switch(page, i, last):
            i = _after_switch(page, i, last)
        elif page.is_prep(i) or _is_addressee(page, i):
            i = _adjunct_end(page, i, last)
        else:
            break
    return i


def _is_switch(page: Page, i: int, last: int) -> bool:
    turns = page.tables.of("switch")
    return page.bare(i) in turns or (page.is_prep(i) and i + 1 < last and page.key[i + 1] in turns)


def _after_switch(page: Page, i: int, last: int) -> int:
    turns = page.tables.of("switch")
    if page.is_prep(i):
        i += 1
    while i < last and page.bare(i) in turns:
        i += 1
    return i


def _is_adjunct(page: Page, i: int) -> bool:
    """Whether a medium, place or time adjunct opens at ``i`` (a preposition that no title holds)."""
    key = page.bare(i)
    if key in page.tables.of("title-prep"):
        following = page.bare(i + 1) if i + 1 < len(page) else ""
        stem = _stem(page, following)
        return stem in page.tables.of("medium") or (i + 1 < len(page) and page.is_time(i + 1))
    return page.is_prep(i)


def _stem(page: Page, key: str) -> str:
    for article in page.tables.of("article"):
        if key.startswith(article):
            return key[len(article) :]
    return key


def _is_addressee(page: Page, i: int) -> bool:
    """Whether token ``i`` is a glued addressee: for journalists, for an outlet."""
    if page.key[i] in page.tables.of("glued-to") and i + 1 < len(page):
        return True
    for proclitic, stem in page.pack.splits(page.key[i]):
        if proclitic in page.tables.of("glued-to"):
            bare = _stem(page, stem)
            if bare != stem and page.tables.heads.get(bare) == "official":
                return True
            return page.tables.heads.get(bare) == "outlet" or page.key[i] in page.tables.of("press-adj")
    return False


def _adjunct_end(page: Page, i: int, last: int) -> int:
    """The index after the adjunct that opens at ``i``: its noun and what is tied to it."""
    i += 1
    taken = 0
    while i < last and page.form[i] not in COMMAS and not page.is_comp(i):
        if page.key[i] in page.tables.of("press-adj"):
            i += 1
            continue
        if (
            taken
            and head_type(page, i) in {"official", "institution", "group", "anonymous"}
            and not is_definite(page, i)
            and (is_definite(page, i - 1) or page.is_time(i - 1) or page.known[i - 1])
        ):
            break
        if page.opens_quote(i):
            i = min(page.quote_end(i), last)
            continue
        i += 1
        taken += 1
        if taken >= 6:
            break
    return i


def _cannot_open(page: Page, i: int) -> bool:
    return (
        page.is_comp(i)
        or page.key[i] in page.comp_wa
        or page.bare(i) in page.rel
        or _is_purpose(page, i)
        or page.in_class(i, "opener")
        or page.in_class(i, "but")
        or page.in_class(i, "neg")
        or page.key[i] in page.tables.of("and-he")
        or (page.is_cue_verb(i) and not page.known[i] and head_type(page, i) is None)
        or page.in_class(i, "qad")
        or (page.is_punct(i) and not page.opens_quote(i))
    )


def _is_purpose(page: Page, i: int) -> bool:
    """Whether a glued preposition governs a verbal noun at ``i``: what is done to an end, not one who speaks."""
    if page.known[i] or head_type(page, i) is not None:
        return False
    for proclitic, stem in page.pack.splits(page.key[i]):
        if proclitic[-1:] in page.tables.of("glued-to") or proclitic in page.tables.of("glued-by"):
            return len(stem) > 3 and page.tables.masdar_shape(_stem(page, stem))
    return False


def _phrase_end(page: Page, start: int, last: int, stop_at_content: bool) -> int:
    """The index after the noun phrase that opens at ``start``."""
    i = page.named.phrase_end(start, last) if page.is_word(start) else start
    seen_definite = i > start
    if stop_at_content and start < i < last and page.named.entity(start, i) is not None and _new_noun(page, i):
        return i
    official = head_type(page, start) in {"official", "outlet"}
    while i < last and i - start < LONGEST:
        if page.opens_quote(i):
            end = page.quote_end(i)
            if end > last or end - i > 9:
                break
            i = end
            continue
        if page.form[i] in OPEN_BRACKETS:
            i = _after_bracket(page, i, last)
            continue
        if i > start and _ends_phrase(page, i, start, official):
            break
        if page.is_punct(i) and page.form[i] not in "-/.":
            break
        if stop_at_content and i > start and seen_definite and opens_content(page, i):
            break
        seen_definite = seen_definite or is_definite(page, i) or head_type(page, start) is None or i > start
        i += 1
    return i


def _new_noun(page: Page, i: int) -> bool:
    """Whether an indefinite word stands at ``i``: after a name it begins something else."""
    joined = page.is_prep(i) or page.has_conjunction(i)
    return page.is_word(i) and not is_definite(page, i) and not joined


def _after_bracket(page: Page, i: int, last: int) -> int:
    for k in range(i + 1, min(last, i + 9)):
        if page.form[k] in CLOSE_BRACKETS:
            return k + 1
    return i + 1


def _ends_phrase(page: Page, i: int, start: int, official: bool) -> bool:
    key = page.bare(i)
    if _cannot_open(page, i) or (page.is_time(i) and not page.timed[start]) or page.looks_verbal(i):
        return True
    if page.key[i] in page.tables.of("self-cue") or (key in page.tables.of("switch") and not official):
        return True
    if key in page.tables.of("title-prep"):
        return _is_adjunct(page, i)
    if key in page.tables.of("official-prep"):
        return not official or _is_adjunct_of_medium(page, i)
    if key in page.tables.of("manner"):
        return True
    if page.is_prep(i):
        representative = i == start + 1 and official and key in page.tables.of("relay-from")
        return not representative
    if page.key[i] in page.tables.of("asyndetic") and i > start:
        return True
    if page.bare(i) in page.tables.of("demonstrative"):
        return not (i == start + 1 and page.bare(start) in page.tables.of("quantifier"))
    if i - start >= 2 and _glued_to(page, i) and _plain_name(page, i - 1):
        return True
    return _is_addressee(page, i) and article_off(page, page.key[start]) not in page.tables.of("union")


def _glued_to(page: Page, i: int) -> bool:
    return any(proclitic in page.tables.of("glued-to") for proclitic, _ in page.pack.splits(page.key[i]))


def _plain_name(page: Page, i: int) -> bool:
    """Whether token ``i`` looks like the last word of a personal name: no article, no head noun, no particle."""
    return page.is_word(i) and not is_definite(page, i) and head_type(page, i) is None and not page.is_prep(i)


def _is_adjunct_of_medium(page: Page, i: int) -> bool:
    if i + 1 >= len(page):
        return True
    return _stem(page, page.bare(i + 1)) in page.tables.of("medium") or page.is_time(i + 1)


def opens_content(page: Page, i: int) -> bool:
    """Whether token ``i`` looks like the head of what is said: a listed noun, or the shape of a masdar."""
    key = page.key[i]
    if key in page.tables.of("content-noun"):
        return True
    if head_type(page, i) is not None:
        return False
    return not is_definite(page, i) and page.tables.masdar_shape(key) and not page.has_conjunction(i)


def _tidy(page: Page, start: int, end: int) -> Range | None:
    while end > start and (page.is_punct(end - 1) and page.form[end - 1] not in ")]" and page.outer[end - 1] < 0):
        end -= 1
    if end > start and page.is_prep(end - 1):
        end -= 1
    return (start, end) if end > start else None


def source_left(page: Page, verb: int, floor: int) -> Range | None:
    """The subject phrase that ends before token ``verb`` and begins not before ``floor``; None where there is none.

    Adjuncts between commas right before the verb are stepped over. The phrase begins at the clause: after a
    comma, a complementiser, an opener, or at a glued conjunction before a known head.
    """
    end = verb
    while end > floor and (page.in_class(end - 1, "qad") or page.in_class(end - 1, "aux")):
        end -= 1
    for _ in range(3):
        if end > floor and page.form[end - 1] in COMMAS:
            opened = _comma_before(page, end - 1, floor)
            if opened is None:
                end -= 1
                break
            if _is_adjunct(page, opened + 1) or page.is_time(opened + 1) or page.key[opened + 1] in page.rel:
                end = opened
                continue
            end -= 1
        break
    start = _clause_start(page, end, floor)
    found = _subject_in(page, start, end)
    if found is None and end - start > 1:
        near = next(
            (i for i in range(end - 1, max(start, end - 5), -1) if head_type(page, i) and not page.is_punct(i)), None
        )
        if near is not None and is_definite(page, near) and not page.is_prep(near):
            found = _subject_in(page, near, end)
    return found


def relative_head(page: Page, relative: int, floor: int) -> Range | None:
    """The noun phrase right before the relative pronoun at ``relative``, eight words at most."""
    start = relative
    while start > floor and relative - start < 8:
        i = start - 1
        if page.is_comp(i) or page.is_prep(i) or page.looks_verbal(i) or page.in_class(i, "opener"):
            break
        if page.is_punct(i) and page.outer[i] < 0:
            break
        start = i
        if page.has_conjunction(i) and head_type(page, i):
            break
    return _tidy(page, start, relative) if start < relative else None


def _subject_in(page: Page, start: int, end: int) -> Range | None:
    while start < end and (
        page.is_time(start)
        or page.bare(start) in page.tables.of("switch")
        or (page.is_punct(start) and not page.opens_quote(start))
    ):
        start += 1
    opens_with_cue = start < end and page.has_conjunction(start) and page.may_be_verb(start) and not page.known[start]
    if start < end and (page.looks_verbal(start) or opens_with_cue or page.in_class(start, "done")):
        start += 1
        if start < end and page.bare(start) in page.tables.of("demonstrative"):
            return None
    if start >= end or end - start > LONGEST or _cannot_open(page, start) or page.is_prep(start):
        return None
    phrase = _phrase_end(page, start, end, False)
    rest_is_adjunct = (
        phrase >= end or _is_adjunct(page, phrase) or page.is_time(phrase) or page.key[phrase] in page.rel
    )
    if phrase < end and page.form[phrase] in COMMAS:
        return source_right(page, start, end)
    return _tidy(page, start, phrase) if rest_is_adjunct else None


def _comma_before(page: Page, i: int, floor: int) -> int | None:
    for k in range(i - 1, max(floor, i - 14) - 1, -1):
        if page.form[k] in COMMAS:
            return k
    return None


def _clause_start(page: Page, end: int, floor: int) -> int:
    """The start of the clause whose verb stands at ``end``."""
    for i in range(end - 1, floor - 1, -1):
        if page.outer[i] >= 0 and page.outer[i] != page.outer[min(end, len(page) - 1)]:
            continue
        if (
            page.is_comp(i)
            or page.in_class(i, "opener")
            or page.bare(i) in page.tables.of("aux")
            or page.key[i] in page.comp_wa
        ):
            return i + 1
        if page.form[i] in COMMAS:
            appositive = (
                i + 1 < end and end - i <= 7 and not page.has_conjunction(i + 1) and _titled_before(page, i, floor)
            )
            if not appositive:
                return i + 1
        near_head = i > floor and page.has_conjunction(i) and head_type(page, i) is not None and end - i <= 12
        if near_head and not _coordinated(page, i):
            return i
    return floor


def _titled_before(page: Page, comma: int, floor: int) -> bool:
    return any(head_type(page, k) == "official" for k in range(max(floor, comma - 7), comma))


def _coordinated(page: Page, i: int) -> bool:
    """Whether the conjunction joins two nouns of one phrase: both definite or both heads side by side."""
    return i > 0 and head_type(page, i - 1) is not None and head_type(page, i) == head_type(page, i - 1)
