"""Where what is said ends: at the sentence, before the next voice or the writer's own, at the closing mark."""

from __future__ import annotations

from rawi.speech.bounds import hard_end
from rawi.speech.drafts import Draft, Range
from rawi.speech.noun_phrases import head_type, is_definite
from rawi.speech.page import COMMAS, STOPS, Page
from rawi.speech.spotting import FINITE


def end_contents(page: Page, drafts: list[Draft]) -> None:
    """Closes each open content, in text order: the cues after one tell what follows its content."""
    starts = {d.start: d for d in drafts}
    clusters = {d.cluster: d for d in drafts}
    for draft in drafts:
        if draft.opens is not None:
            end = _end(page, draft, draft.opens, starts, clusters)
            piece = _trimmed(page, draft.opens, end)
            if piece:
                draft.content.append(piece)
                more = _continued(page, draft, piece[1])
                if more:
                    draft.content.append(more)


def _end(page: Page, draft: Draft, first: int, starts: dict[int, Draft], clusters: dict[int, Draft]) -> int:
    limit = hard_end(page, first) if draft.limit is None else draft.limit
    if page.outer[draft.head] >= 0:
        limit = min(limit, page.quotes.ranges[page.outer[draft.head]][1] - 1)
    if draft.rule.endswith("quote") and page.opens_quote(first):
        closing = page.quote_end(first)
        if closing >= limit or page.form[closing] in STOPS or page.form[closing] in COMMAS or closing in clusters:
            return min(closing, limit)
    i = first
    while i < limit:
        outer = page.outer[i]
        if outer >= 0 and page.outer[draft.head] != outer and i == page.quotes.ranges[outer][0] and i > first:
            i = min(page.quotes.ranges[outer][1], limit)
            continue
        if outer >= 0 and i == first and page.outer[draft.head] != outer:
            i = min(page.quotes.ranges[outer][1], limit)
            continue
        if i > first and _stops(page, draft, i, first, starts, clusters):
            return i
        i += 1
    return limit


def _stops(
    page: Page, draft: Draft, i: int, first: int, starts: dict[int, Draft], clusters: dict[int, Draft]
) -> bool:
    """Whether the content ends before token ``i``."""
    after_comma = page.form[i - 1] in COMMAS
    other = starts.get(i) or clusters.get(i)
    if other is draft or (other is not None and (other.share is draft or other.relay_of is draft)):
        other = None
    verdict = _another_begins(page, draft, other, i, first) if other is not None else None
    if verdict is not None:
        return verdict
    if page.key[i] in page.tables.of("result") or _no_comment(page, i):
        return True
    if draft.form.shape == "present" and not draft.rule.endswith("quote") and _next_headline(page, i):
        return True
    if draft.row.stance == "denied" and not draft.negated and page.bare(i) in page.tables.of("but"):
        return after_comma or page.key[i] in page.tables.of("but")
    return after_comma and _leaves(page, draft, i, starts)


def _another_begins(page: Page, draft: Draft, other: Draft, i: int, first: int) -> bool | None:
    """Whether the other statement that begins at ``i`` ends this one; None where that is not decided by it."""
    after_comma = page.form[i - 1] in COMMAS
    if other.hal:
        return after_comma or page.has_conjunction(other.head) or other.rule == "hal-clause"
    if other.form.shape in FINITE and page.has_conjunction(i):
        return not _inside_clause(page, first, i)
    if other.rule == "self-cue" or page.key[i] in page.tables.of("said-inf"):
        return True
    if other.form.shape in {"source", "source-noun"}:
        return after_comma or other.form.shape == "source"
    if after_comma and other.form.shape in FINITE and not draft.rule.endswith("phrase"):
        return page.has_conjunction(i)
    return None


def _leaves(page: Page, draft: Draft, i: int, starts: dict[int, Draft]) -> bool:
    """Whether what follows the comma before ``i`` is the writer's: a remark, a turn, a new clause after a phrase."""
    if _pair_stop(page, i) or _remark(page, i, starts):
        return True
    if page.in_class(i, "content-stop") or _own_voice(page, i) or _turn_of_speaker(page, i):
        return True
    if not draft.rule.endswith(("phrase", "noun")) or not page.has_conjunction(i):
        return False
    return page.in_class(i, "qad") or page.in_class(i, "aux") or page.looks_verbal(i)


def _no_comment(page: Page, i: int) -> bool:
    """``but he declined to comment``: the narrator's word on the speaker."""
    if page.key[i] not in page.tables.of("contrast"):
        return False
    return any(page.key[k] in page.tables.of("no-comment") for k in range(i + 1, min(i + 4, len(page))))


def _next_headline(page: Page, i: int) -> bool:
    """Whether a second headline is strung on: a conjunction with a subject, and its verb soon after."""
    if not page.has_conjunction(i) or not (page.known[i] or head_type(page, i) or is_definite(page, i)):
        return False
    for k in range(i + 1, min(i + 6, len(page))):
        if (page.is_punct(k) and page.outer[k] < 0) or page.is_comp(k) or page.key[k] in page.rel:
            return False
        if _present(page, k):
            return True
    return False


def _present(page: Page, k: int) -> bool:
    if page.known[k] or head_type(page, k) is not None or len(page.key[k]) < 4:
        return False
    masculine, feminine = page.tables.of("verb-initial"), page.tables.of("present-f")
    if page.key[k].startswith(tuple(masculine)):
        return True
    return page.key[k].startswith(tuple(feminine)) and page.is_cue_verb(k)


def _pair_stop(page: Page, i: int) -> bool:
    following = page.key[i + 1] if i + 1 < len(page) else ""
    return f"{page.key[i]} {following}" in page.tables.of("pair-stop")


def _remark(page: Page, i: int, starts: dict[int, Draft]) -> bool:
    """A remark of the writer after a comma: what it led to, what kind of thing it is, another telling."""
    after = i + 1
    if after >= len(page):
        return False
    if page.key[i] in page.tables.of("ma") and page.looks_verbal(after):
        return True
    if page.key[i] in page.tables.of("and-he"):
        return not page.looks_verbal(after) and page.key[after] not in page.tables.of("ma")
    told = after in starts or (after + 1 in starts and page.in_class(after, "qad"))
    return told and page.in_class(i, "telling-opener")


def _inside_clause(page: Page, first: int, i: int) -> bool:
    """Whether the verb at ``i`` is tied to an earlier verb of what is said (a relative clause is open)."""
    return any(page.key[k] in page.rel for k in range(max(first, i - 4), i))


def _own_voice(page: Page, i: int) -> bool:
    following = page.key[i + 1] if i + 1 < len(page) else ""
    return page.is_prep(i) and following in page.tables.of("own-voice")


def _turn_of_speaker(page: Page, i: int) -> bool:
    following = page.key[i + 1] if i + 1 < len(page) else ""
    return page.is_prep(i) and following in page.tables.of("turn")


def _trimmed(page: Page, first: int, last: int) -> Range | None:
    while last > first and page.is_punct(last - 1) and page.outer[last - 1] < 0 and page.form[last - 1] not in ")]%":
        last -= 1
    while last > first and page.outer[last - 1] >= 0 and page.form[last - 1] in STOPS | COMMAS:
        last -= 1
    while first < last and page.form[first] in COMMAS:
        first += 1
    return (first, last) if last > first else None


def _continued(page: Page, draft: Draft, end: int) -> Range | None:
    """The next sentence where it opens with a coordinated complementiser and has no cue of its own."""
    line = page.paragraph_of(draft.head)[1]
    i = end
    while i < line and page.form[i] in STOPS:
        i += 1
    if i >= line or page.key[i] not in page.comp_wa or i == end or not draft.rule.endswith("clause"):
        return None
    return _trimmed(page, i, hard_end(page, i))
