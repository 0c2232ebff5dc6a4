"""Who speaks: the fuller mention of a short one, the subject behind a verb without one, the type of a source."""

from __future__ import annotations

from rawi.model import SourceType
from rawi.speech.agreement import agrees
from rawi.speech.drafts import Draft, Range
from rawi.speech.noun_phrases import article_off, head_type, is_definite, skip_adjuncts, source_right
from rawi.speech.page import Page

TYPES: dict[str, SourceType] = {"document": "document", "outlet": "outlet", "witness": "witness"}


def type_of(page: Page, span: Range) -> SourceType:
    """The type of the source phrase ``span``; an official who asks not to be named is anonymous."""
    kind = page.named.source_type(*span)
    if kind == "person" and page.named.entity(*span) is None:
        kind = _type_of_head(page, span) or kind
    if kind == "institution" and head_type(page, span[0]) == "outlet":
        following = page.key[span[0] + 1] if span[1] - span[0] > 1 else ""
        return kind if following in page.tables.of("agency-other") else "outlet"
    return "anonymous" if kind == "official" and _asks_not_to_be_named(page, span) else kind


def _type_of_head(page: Page, span: Range) -> SourceType | None:
    """The type that the head noun gives: the second word where the first only measures it (some of, the latest)."""
    measured = span[1] - span[0] > 1 and page.bare(span[0]) in page.tables.of("quantifier")
    first = span[0] + 1 if measured else span[0]
    if span[1] - first == 1 and page.key[first].endswith(tuple(page.tables.of("plural-subject"))):
        return "group"
    head = head_type(page, first)
    return TYPES.get(head) if head else None


def _asks_not_to_be_named(page: Page, span: Range) -> bool:
    after = page.key[span[1] : span[1] + 6]
    return any(key in page.tables.of("unnamed") for key in after)


def _has_name(page: Page, span: Range) -> bool:
    """Whether a personal name closes the phrase: two plain words in a row that are not all adjectives of relation."""
    run = relational = 0
    nisba = tuple(page.tables.of("nisba"))
    for i in range(span[1] - 1, span[0], -1):
        if page.is_punct(i):
            if run:
                break
            continue
        if _nameish(page, i):
            run += 1
            relational += page.bare(i).endswith(nisba)
        elif is_definite(page, i) and run == 0 and i > span[0] + 1 and _nameish(page, i - 1):
            run += 1
        else:
            break
    before = span[1] - 1 - run
    if before > span[0] and head_type(page, before) in {"institution", "group", "outlet", "country"}:
        return False
    if run >= 2 and relational < run:
        return True
    return run == 1 and span[1] - span[0] == 2 and page.outer[span[0]] < 0 and is_definite(page, span[0])


def _nameish(page: Page, i: int) -> bool:
    return not is_definite(page, i) and head_type(page, i) is None and not page.is_prep(i) and not page.is_punct(i)


def words_of(page: Page, span: Range) -> list[str]:
    """The distinguishing words of a mention: particles and marks left out, articles off."""
    found = []
    for i in range(*span):
        if page.is_punct(i) or page.is_prep(i):
            continue
        key = page.bare(i)
        for article in page.tables.of("article"):
            if key.startswith(article) and len(key) > len(article) + 1:
                key = key[len(article) :]
                break
        found.append(key)
    return found


def fuller(page: Page, span: Range, earlier: list[Range]) -> Range | None:
    """The fullest earlier mention of the one that ``span`` names, else one that holds its words and more."""
    entity = page.named.entity(*span)
    if entity is not None:
        fullest = page.named.fullest(entity, page.tokens.start[span[0]])
        if fullest is not None and len(fullest) > page.tokens.end[span[1] - 1] - page.tokens.start[span[0]]:
            whole = page.tokens.range_of(fullest)
            if not any(page.is_comp(k) for k in range(*whole)):
                return whole
    mine = words_of(page, span)
    names = [w for w in mine if article_off(page, w) not in page.tables.heads]
    head = head_type(page, span[0])
    best: tuple[int, Range] | None = None
    for other in earlier:
        if other[1] > span[0]:
            continue
        theirs = words_of(page, other)
        if len(theirs) <= len(mine) or (
            head is not None and mine[0] not in theirs[: 1 if head != "official" else None]
        ):
            continue
        if names:
            fits = set(names) <= set(theirs)
        else:
            fits = bool(mine) and is_definite(page, span[0]) and mine[0] == theirs[0] and set(mine) <= set(theirs)
        if fits and (best is None or len(theirs) >= best[0]):
            best = (len(theirs), other)
    if best is None and not names and mine and is_definite(page, span[0]):
        return _only_one(page, span, mine[0], earlier)
    return best[1] if best else None


def _only_one(page: Page, span: Range, role: str, earlier: list[Range]) -> Range | None:
    """The one earlier mention with this role and a name, if no other of the role was named differently."""
    found: Range | None = None
    for other in earlier:
        theirs = words_of(page, other)
        if other[1] > span[0] or not theirs or theirs[0] != role or not _has_name(page, other):
            continue
        if found is not None and set(words_of(page, found)).isdisjoint(theirs[1:]):
            return None
        if found is None or len(theirs) > len(words_of(page, found)):
            found = other
    return found


def resolve(page: Page, drafts: list[Draft]) -> None:
    """Gives each draft its ``ref``: the mention that speaks where no source stands, else the fuller mention."""
    mentions: list[Range] = []
    turns: list[Draft] = []
    for draft in drafts:
        if draft.impersonal:
            draft.ref = None
        elif draft.source is not None:
            draft.ref = fuller(page, draft.source, mentions)
            mentions.append(draft.source)
        else:
            draft.ref = _speaker(page, draft, turns, mentions)
        if not draft.impersonal:
            turns.append(draft)


def _speaker(page: Page, draft: Draft, turns: list[Draft], mentions: list[Range]) -> Range | None:
    sentence = page.tokens.sentence[draft.head]
    if draft.hal:
        same = [t for t in turns if page.tokens.sentence[t.head] == sentence and not t.relay_of and t is not draft]
        for turn in reversed(same):
            who = _who(turn)
            if who and agrees(page, draft, who) and draft.parent is turn.parent:
                return _fullest(page, who, mentions)
    if draft.hal or page.has_conjunction(draft.head):
        here = [t for t in turns if page.tokens.sentence[t.head] == sentence and _may_be(page, draft, t)]
        subject = None if here else _main_subject(page, draft)
        if subject and subject[1] <= draft.start and agrees(page, draft, subject):
            return _fullest(page, subject, mentions)
    for turn in reversed(turns):
        who = _who(turn)
        if who is None or not agrees(page, draft, who) or turn.rule == "relay-outer":
            continue
        if turn.parent is not None and turn.parent is not draft.parent and turn.rule != "relay-inner":
            continue
        if turn.form.shape == "source" and type_of(page, who) == "document" and turn is not turns[-1]:
            continue
        return _fullest(page, who, mentions)
    return None


def _may_be(page: Page, draft: Draft, turn: Draft) -> bool:
    who = _who(turn)
    return who is not None and agrees(page, draft, who)


def _who(turn: Draft) -> Range | None:
    return turn.source or turn.ref


def _fullest(page: Page, span: Range, mentions: list[Range]) -> Range:
    return fuller(page, span, mentions) or span


def _main_subject(page: Page, draft: Draft) -> Range | None:
    """The subject of the sentence's first clause: the phrase that opens it, or the one after its first verb."""
    first, _ = page.sentence_of(draft.head)
    dateline = page.tokens.dateline
    if dateline and dateline[0] <= first < dateline[1]:
        first = dateline[1]
    last = draft.start
    if last - first < 3:
        return None
    first = skip_adjuncts(page, first, last)
    for start in (first, first + 1):
        if start >= last:
            break
        named = start > first and (is_definite(page, start) or page.known[start]) and page.has_conjunction(first)
        if named or head_type(page, start) in {"official", "institution", "group", "country", "outlet", "document"}:
            return source_right(page, start, last, stop_at_content=start > first)
    return None
