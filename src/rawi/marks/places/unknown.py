"""Names that no table knows, where a cue word says that they are places."""

from __future__ import annotations

from rawi.lexicon.places import PlaceTables
from rawi.marks.places.mention import Mention
from rawi.marks.places.view import View
from rawi.marks.places.words import BODY, CAPITAL, CONTAINER, CUE, DEMONYM, DIRECTION, FIRST, INSIDE, Words

SETTLED = frozenset(("city", "town", "village", "settlement", "district", "camp"))
LOOSE = frozenset(("sector", "area"))
NO_NAME = CUE | CAPITAL | DEMONYM | BODY | DIRECTION
SHORTEST = 3
QUOTED = 4


def find_unknown(
    view: View, words: Words, tables: PlaceTables, cues: list[int], accepted: list[Mention]
) -> list[Mention]:
    """The unknown names that follow the cue words at ``cues``, in text order."""
    if not cues:
        return []
    covered = {at for m in accepted for at in range(m.first, m.last)}
    known = {m.first for m in accepted}
    found: list[Mention] = []
    for at in cues:
        if at in covered or at + 1 >= len(view.keys) or at + 1 in known:
            continue
        word = words.of(view.keys[at])
        if word.stem in tables.plural or view.inflected(at, at + 1):
            continue
        m = _after(view, words, tables, at, covered, known)
        if m is None:
            continue
        kinds = tables.cues[word.stem]
        if word.flags & INSIDE and m.quoted and words.name_of(m, f"{word.stem} {m.key}"):
            m.first, m.last, m.cues = at, m.last + view.closes(m.last), kinds
            found.append(m)
            covered.update(range(m.first, m.last))
            continue
        settled = any(k in SETTLED for k in kinds)
        held = _held(view, words, m, known)
        if not m.quoted and not (held and settled) and _describes(words, tables, view.keys[at + 1]):
            continue
        if settled or (m.quoted and not LOOSE.issuperset(kinds)) or held:
            m.cues, m.cue_at = kinds, at
            if word.flags & INSIDE:
                m.first = at
                m.last += m.quoted and view.closes(m.last)
            m.accepted = m.unknown = True
            found.append(m)
            covered.update(range(m.first, m.last))
    return found


def _after(
    view: View, words: Words, tables: PlaceTables, at: int, covered: set[int], known: set[int]
) -> Mention | None:
    first = at + 1
    quoted = view.opens(first)
    if quoted:
        first += 1
    if first >= len(view.keys) or first in covered or view.sentence(first) != view.sentence(at):
        return None
    key = view.keys[first]
    if not view.is_word(first) or len(key) < SHORTEST or not _may_be_name(words, tables, key):
        return None
    last = first + 1
    if quoted:
        while last < len(view.keys) and last - first < QUOTED and view.is_word(last):
            last += 1
        if last >= len(view.keys) or not view.closes(last):
            return None
    elif words.of(key).flags & FIRST and last < len(view.keys) and view.is_word(last) and last not in covered:
        last += 1
    m = Mention(first, last, " ".join(view.keys[first:last]), "", 0)
    m.quoted = quoted
    return m


def _may_be_name(words: Words, tables: PlaceTables, key: str) -> bool:
    word = words.of(key)
    if word.flags & NO_NAME or key in tables.common or key in tables.guard("notname"):
        return False
    if word.proclitics and word.flags:
        return False
    return not (word.flags & ~FIRST & ~INSIDE)


def _describes(words: Words, tables: PlaceTables, key: str) -> bool:
    """Whether a word reads like an adjective, a verb with its object or a word behind a preposition."""
    adjectives, pronouns = tables.endings
    definite = words.of(key).definite
    if key.endswith(pronouns) or (definite and not key.startswith(tables.article)):
        return True
    return not definite and key.endswith(adjectives)


def _held(view: View, words: Words, m: Mention, known: set[int]) -> bool:
    """Whether a container phrase with a known place follows: ... in X."""
    at = m.last
    if at >= len(view.keys):
        return False
    if at in known:
        return False
    return bool(words.of(view.keys[at]).flags & CONTAINER) and any(k in known for k in range(at + 1, at + 4))
