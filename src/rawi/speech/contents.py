"""Where what is said ends: at the sentence, before the next voice, before what the writer adds, at the closing mark."""

from __future__ import annotations

from rawi.speech.drafts import Draft, Range
from rawi.speech.frames import hard_end
from rawi.speech.page import COMMAS, STOPS, Page
from rawi.speech.spotting import FINITE


def end_contents(page: Page, drafts: list[Draft]) -> None:
    """Closes each open content, in text order; what follows the content of one cue is known from the cues after it."""
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
    if other is not None and other is not draft and other.share is not draft and other.relay_of is not draft:
        if other.hal:
            return after_comma or page.has_conjunction(other.head) or other.rule == "hal-clause"
        if other.form.shape in FINITE and page.has_conjunction(i):
            return not _inside_clause(page, first, i)
        if other.rule == "self-cue":
            return True
        if other.form.shape in {"source", "source-noun"}:
            return after_comma or other.form.shape == "source"
        if after_comma and other.form.shape in FINITE and not draft.rule.endswith("phrase"):
            return page.has_conjunction(i)
    key = page.key[i]
    if other is not None and other is not draft and key in page.tables.of("said-inf"):
        return True
    if after_comma and (page.in_class(i, "content-stop") or _own_voice(page, i)):
        return True
    if after_comma and draft.rule.endswith(("phrase", "noun")) and page.has_conjunction(i):
        if page.in_class(i, "qad") or page.in_class(i, "aux") or page.looks_verbal(i):
            return True
    if draft.row.stance == "denied" and not draft.negated and page.bare(i) in page.tables.of("but"):
        return after_comma or key in page.tables.of("but")
    return after_comma and _turn_of_speaker(page, i)


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
