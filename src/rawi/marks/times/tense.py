"""The tense around an expression: whether the sentence speaks of what was or of what will be."""

from __future__ import annotations

from rawi.marks.times.words import Words
from rawi.text.tokens import PUNCT, WORD

BACK, ONWARD, SOON = 14, 8, 3


def tense_around(w: Words, start: int, end: int) -> str:
    """``future``, ``present`` or ``past`` by the nearest word that shows it, looking back first; else empty."""
    joint = w.clitic(start)
    if joint.endswith("to") and w.lex(start, "MONTH"):
        return "future"
    if w.has(start - 1, "SINCE"):
        return "past"
    if w.has(start - 1, "DELIVERY"):
        return "future"
    until = w.lex(start - 1, "IN")
    if until is not None and until.value == "until":
        return _looking(w, start, end) or "future"
    return _looking(w, start, end)


def _feminine_present(w: Words, i: int) -> str:
    """``present`` for a feminine verb: after a conjunction or relative, or before a feminine subject."""
    key, guards = w.keys[i], w.tables.guards
    feminine = tuple(guards["COUNTEND"])
    if len(key) < 4 or not key.startswith(tuple(guards["FEMPREFIX"])) or key.endswith(feminine):
        return ""
    if i and w.keys[i - 1] in guards["THAT"]:
        return "" if key.endswith(tuple(guards["PASTSUFFIX"])) else "present"
    if not w.sentence_start(i):
        return ""
    subject = w.keys[i + 1] if i + 1 < w.count else ""
    return "present" if subject.startswith(w.tables.article) and subject.endswith(feminine) else ""


def _planned(w: Words, i: int) -> bool:
    """Whether the sign of the future at ``i`` stands after ``was``: what had been planned may lie on either side."""
    plans = w.keys[i] in w.tables.guards["FUT"]
    return plans and any(w.tables.tense_of(w.keys[k]) == "past" for k in range(max(0, i - 2), i))


def _told(w: Words, present: int, start: int) -> bool:
    """Whether a past verb opens the clause of what looks like a present one: that one is a name or goes with it."""
    for i in range(present - 1, max(-1, start - 1 - BACK), -1):
        if w.tokens.sentence[i] != w.tokens.sentence[start] or w.keys[i] in w.tables.guards["THAT"]:
            return False
        if w.kinds[i] == WORD and w.tables.tense_of(w.keys[i]) == "past":
            return True
    return False


def _looking(w: Words, start: int, end: int) -> str:
    sentence = w.tokens.sentence
    tense_of = w.tables.tense_of
    if w.sentence_start(start) or w.kinds[start - 1] == PUNCT or w.clitic(start).startswith("and"):
        for i in range(end, min(w.count, end + SOON)):
            found = tense_of(w.keys[i]) if sentence[i] == sentence[start] else ""
            if found:
                return found
    for i in range(start - 1, max(-1, start - 1 - BACK), -1):
        if sentence[i] != sentence[start]:
            break
        if w.kinds[i] == WORD:
            found = tense_of(w.keys[i]) or _feminine_present(w, i)
            if found == "future" and _planned(w, i):
                return "planned"
            if found == "present" and _told(w, i, start):
                return ""
            if found:
                return found
    for i in range(end, min(w.count, end + ONWARD)):
        if sentence[i] != sentence[start]:
            break
        if w.kinds[i] == WORD:
            found = tense_of(w.keys[i])
            if found:
                return found
    return ""
