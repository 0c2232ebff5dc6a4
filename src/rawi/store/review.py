"""What corrections make of a reading: attached by statement id and quoted words, applied beside it, compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from rawi.model import Attribution, Reading, Span, statement_id
from rawi.store.corrections import SPANS, Correction, standing
from rawi.store.derived import quoted
from rawi.store.records import to_json


class Corrected(NamedTuple):
    """A reading with its corrections applied, and those that found nothing to hold on to."""

    reading: Reading
    applied: tuple[Correction, ...]
    orphaned: tuple[Correction, ...]


class Difference(NamedTuple):
    """What two reviewers make of one field of one statement; None where one says nothing."""

    document: str
    statement: str
    field: str
    first: Any
    second: Any


class Comparison(NamedTuple):
    """Two reviewers beside each other: decisions on which both spoke, on how many they agree, and the rest."""

    first: str
    second: str
    shared: int
    agreed: int
    differences: tuple[Difference, ...]


def attach(reading: Reading, entry: Correction) -> Attribution | None:
    """The statement that a correction speaks of: the same id with the same words, else the only one with them."""
    text = reading.text

    def same(a: Attribution) -> bool:
        return quoted(text, a.cue) == entry.cue_text and (
            entry.field == "content" or quoted(text, a.content) == entry.content_text
        )

    by_id = next((a for a in reading.attributions if a.id == entry.statement), None)
    if by_id is not None and same(by_id):
        return by_id
    others = [
        a
        for a in reading.attributions
        if quoted(text, a.cue) == entry.cue_text and quoted(text, a.content) == entry.content_text
    ]
    return others[0] if len(others) == 1 else None


def apply_corrections(reading: Reading, entries: Iterable[Correction]) -> Corrected:
    """The reading as the standing corrections of its document leave it; the machine's own stays as it was.

    Later entries win over earlier ones. Comments change nothing. A correction whose spans leave the text is orphaned.
    """
    changes: dict[str, dict[str, Any]] = defaultdict(dict)
    removed: set[str] = set()
    added: list[Attribution] = []
    applied: list[Correction] = []
    orphaned: list[Correction] = []
    for entry in standing(entries):
        if entry.action == "add":
            made = _added(reading, entry)
            (applied if made else orphaned).append(entry)
            added.extend([made] if made else [])
            continue
        target = attach(reading, entry) if entry.statement else None
        if target is None:
            (applied if entry.action == "comment" and not entry.statement else orphaned).append(entry)
            continue
        if not _change(reading.text, entry, target.id, changes, removed):
            orphaned.append(entry)
            continue
        applied.append(entry)
    kept = [replace(a, **changes[a.id]) for a in reading.attributions if a.id not in removed]
    ordered = sorted([*kept, *added], key=lambda a: (a.cue[0].start if a.cue else 0, a.n))
    return Corrected(replace(reading, attributions=_numbered(ordered)), tuple(applied), tuple(orphaned))


def _change(text: str, entry: Correction, target: str, changes: dict[str, dict[str, Any]], removed: set[str]) -> bool:
    """Notes what the entry changes; False where it cannot be applied to this text."""
    if entry.action == "remove" or (entry.field == "review" and entry.new == "rejected"):
        removed.add(target)
    elif entry.field == "review":
        removed.discard(target)
    elif entry.action == "merge":
        changes[target]["speaker"] = entry.new
    elif entry.action == "set":
        value = _value(text, entry.field, entry.new)
        if value is None and entry.new is not None:
            return False
        changes[target][entry.field] = value
    return True


def _value(text: str, field: str, new: Any) -> Any:
    if field not in SPANS:
        return new
    spans = tuple(Span(*s) for s in new or ())
    if any(s.end > len(text) for s in spans):
        return None
    if field in ("ref", "target"):
        return spans[0] if spans else None
    return spans


def _added(reading: Reading, entry: Correction) -> Attribution | None:
    new, text = entry.new, reading.text
    parts = {f: tuple(Span(*s) for s in new.get(f) or ()) for f in ("cue", "source", "content")}
    if any(s.end > len(text) for spans in parts.values() for s in spans):
        return None
    if quoted(text, parts["cue"]) != entry.cue_text or quoted(text, parts["content"]) != entry.content_text:
        return None
    return Attribution(
        n=0,
        id=statement_id(reading.id, reading.key, parts["cue"][0].start, entry.cue_text, 0),
        cue=parts["cue"],
        source=parts["source"],
        ref=None,
        content=parts["content"],
        kind=new.get("kind") or "indirect",
        stance=new.get("stance") or "reported",
        act=new.get("act") or "say",
        type=new.get("type") or "person",
        rule=f"correction {entry.id}",
    )


def _numbered(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Numbered anew in text order; parents follow, and one that was removed leaves its children on their own."""
    new = {a.n: number for number, a in enumerate(attributions, 1) if a.n}
    return tuple(
        replace(a, n=number, parent=new.get(a.parent, 0) if a.parent else 0)
        for number, a in enumerate(attributions, 1)
    )


def compare_reviewers(entries: Iterable[Correction], first: str, second: str) -> Comparison:
    """Two reviewers' last words on each field of each statement, beside each other."""
    said: dict[tuple[str, str, str], dict[str, Any]] = defaultdict(dict)
    for c in standing(entries):
        if c.by in (first, second) and c.action in ("set", "remove", "merge") and c.statement:
            field = "speaker" if c.action == "merge" else "review" if c.action == "remove" else c.field
            said[(c.document, c.statement, field)][c.by] = "rejected" if c.action == "remove" else c.new
    both = {k: v for k, v in said.items() if len(v) == 2}
    agreed = sum(to_json(v[first]) == to_json(v[second]) for v in both.values())
    differences = tuple(
        Difference(*key, v.get(first), v.get(second))
        for key, v in sorted(said.items())
        if to_json(v.get(first)) != to_json(v.get(second))
    )
    return Comparison(first, second, len(both), agreed, differences)
