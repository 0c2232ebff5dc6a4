"""The log of corrections: append-only, each entry with the hash of the one before; review states follow from it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, Literal, NamedTuple, get_args

from rawi.errors import ProjectError
from rawi.model import Act, Kind, SourceType, Stance, WriterStance
from rawi.store.db import now, transaction
from rawi.store.derived import write_facets
from rawi.store.records import from_json, plain, to_json

Action = Literal["set", "add", "remove", "merge", "comment"]
ACTIONS: tuple[str, ...] = get_args(Action)
LABELS: dict[str, tuple[str, ...]] = {
    "stance": get_args(Stance),
    "act": get_args(Act),
    "kind": get_args(Kind),
    "type": get_args(SourceType),
    "writer_stance": get_args(WriterStance),
    "review": ("accepted", "rejected", "open"),
}
SPANS = frozenset({"source", "cue", "content", "ref", "target"})
FIELDS = frozenset({*LABELS, *SPANS, "parent", "speaker", "statement", "correction", ""})
GENESIS = "0" * 64


class Correction(NamedTuple):
    """One entry of the log; ``old`` and ``new`` are plain JSON values, ``at`` is UTC."""

    id: str
    document: str
    statement: str | None
    cue_text: str
    content_text: str
    action: str
    field: str
    old: Any
    new: Any
    comment: str
    by: str
    at: str
    why: str
    previous_hash: str
    hash: str


class Draft(NamedTuple):
    """A correction before it is in the log."""

    document: str
    statement: str | None
    action: str
    field: str = ""
    old: Any = None
    new: Any = None
    comment: str = ""
    by: str = ""
    why: str = ""
    cue_text: str = ""
    content_text: str = ""


def append(db: sqlite3.Connection, drafts: Iterable[Draft]) -> list[Correction]:
    """The entries written, all in one transaction; raises :class:`ProjectError` on a draft that is none."""
    written = []
    with transaction(db):
        for draft in drafts:
            _check(draft)
            written.append(_append(db, draft, now()))
        for document in {c.document for c in written}:
            refresh_states(db, document)
    return written


def _check(draft: Draft) -> None:
    """Raises :class:`ProjectError` where the draft names what does not exist."""
    if draft.action not in ACTIONS:
        raise ProjectError(f"no action {draft.action!r}", expected=", ".join(ACTIONS))
    if not draft.by.strip():
        raise ProjectError("a correction without a reviewer", expected="a name in `by`")
    if draft.field not in FIELDS:
        raise ProjectError(f"no field {draft.field!r}", expected=", ".join(sorted(f for f in FIELDS if f)))
    if draft.action == "set" and draft.field in LABELS and draft.new not in LABELS[draft.field]:
        raise ProjectError(f"{draft.field} cannot be {draft.new!r}", expected=", ".join(LABELS[draft.field]))
    if draft.action == "set" and draft.field in SPANS and not _are_spans(draft.new):
        raise ProjectError(f"{draft.field} {draft.new!r}", expected="spans [[start, end], ...]")
    if draft.action == "add" and not _is_statement(draft.new):
        raise ProjectError(
            "an added statement without cue or content", expected='{"cue": [[s, e]], "content": [[s, e]]}'
        )
    if (
        draft.action != "add"
        and draft.statement is None
        and draft.action != "comment"
        and draft.field != "correction"
    ):
        raise ProjectError(f"{draft.action} of nothing", expected="a statement id")


def _are_spans(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(s, list) and len(s) == 2 and all(type(v) is int for v in s) and 0 <= s[0] < s[1] for s in value
    )


def _is_statement(value: Any) -> bool:
    parts = isinstance(value, dict) and all(_are_spans(value.get(f)) and value[f] for f in ("cue", "content"))
    labels = parts and all(value.get(f) in (None, *LABELS[f]) for f in LABELS)
    return bool(labels) and all(_are_spans(value.get(f) or []) for f in ("source",))


def _append(db: sqlite3.Connection, draft: Draft, at: str) -> Correction:
    row = db.execute("SELECT hash FROM correction ORDER BY n DESC LIMIT 1").fetchone()
    previous = row[0] if row else GENESIS
    body = {**draft._asdict(), "at": at, "previous_hash": previous}
    identity = sha256(to_json(body).encode()).hexdigest()[:16]
    entry = Correction(id=identity, **body, hash="")
    entry = entry._replace(hash=chained_hash(entry))
    _insert(db, entry)
    return entry


def chained_hash(entry: Correction) -> str:
    """SHA-256 over the previous hash and the canonical JSON of all other fields of the entry."""
    body = {k: v for k, v in entry._asdict().items() if k not in ("hash", "previous_hash")}
    return sha256((entry.previous_hash + to_json(body)).encode()).hexdigest()


def _insert(db: sqlite3.Connection, entry: Correction) -> None:
    values = entry._replace(old=to_json(entry.old), new=to_json(entry.new))
    marks = ", ".join("?" * len(Correction._fields))
    db.execute(
        f"INSERT INTO correction ({', '.join(Correction._fields)}) VALUES ({marks})",
        [plain(v) if isinstance(v, str) else v for v in values],
    )


def corrections(db: sqlite3.Connection, document: str | None = None) -> list[Correction]:
    """The log in its order; only that of one document id where it is given."""
    columns = ", ".join(Correction._fields)
    rows = db.execute(
        f"SELECT {columns} FROM correction WHERE ?1 IS NULL OR document = ?1 ORDER BY n", (plain(document),)
    )
    found = [Correction(*row) for row in rows]
    return [c._replace(old=from_json(c.old), new=from_json(c.new)) for c in found]


def standing(entries: Iterable[Correction]) -> list[Correction]:
    """The entries without those that a later one took back, and without the taking back itself."""
    entries = list(entries)
    gone = {str(c.old) for c in entries if c.action == "remove" and c.field == "correction"}
    return [c for c in entries if c.id not in gone and c.field != "correction"]


def broken_links(db: sqlite3.Connection) -> Iterator[str]:
    """The ids of the entries whose hash, or whose link to the one before, does not hold."""
    previous = GENESIS
    for entry in corrections(db):
        if entry.previous_hash != previous or chained_hash(entry) != entry.hash:
            yield entry.id
        previous = entry.hash


def review_state(entries: Iterable[Correction]) -> str:
    """What the standing corrections of one statement make of it: ``open``, ``accepted``, ``corrected``, ``rejected``,
    or ``disputed`` where the last words of two reviewers differ."""
    last: dict[str, dict[str, str]] = defaultdict(dict)
    for c in entries:
        if c.action == "set":
            last[c.by][c.field] = to_json(c.new)
        elif c.action == "remove":
            last[c.by]["review"] = to_json("rejected")
        elif c.action == "merge":
            last[c.by]["speaker"] = to_json(c.new)
    verdicts = {by: {f: v for f, v in fields.items() if v != to_json("open")} for by, fields in last.items()}
    verdicts = {by: fields for by, fields in verdicts.items() if fields}
    if not verdicts:
        return "open"
    if len({to_json(v) for v in verdicts.values()}) > 1:
        return "disputed"
    fields = next(iter(verdicts.values()))
    if fields.get("review") == to_json("rejected"):
        return "rejected"
    return "corrected" if set(fields) - {"review"} else "accepted"


def refresh_states(db: sqlite3.Connection, document: str) -> None:
    """Sets the review state of the statements of a document as the log says; inside an open transaction."""
    entries = [c for c in standing(corrections(db, document)) if c.statement]
    rows = db.execute(
        "SELECT s.n, s.id, s.document, s.state, s.cue, s.content FROM statement s JOIN document d ON d.n = s.document"
        " WHERE d.id = ?",
        (plain(document),),
    ).fetchall()
    attached: dict[int, list[Correction]] = defaultdict(list)
    for c in entries:
        for n in _holders(c, rows):
            attached[n].append(c)
    changed = set()
    for row in rows:
        state = review_state(attached[row["n"]])
        if state != row["state"]:
            db.execute("UPDATE statement SET state = ? WHERE n = ?", (state, row["n"]))
            changed.add(row["document"])
    for n in changed:
        if db.execute("SELECT latest FROM document WHERE n = ?", (n,)).fetchone()[0]:
            write_facets(db, n)


def _holders(c: Correction, rows: list[sqlite3.Row]) -> list[int]:
    """The statements that a correction speaks of: of its id with the same words, else the only one with them."""
    cue, content = plain(c.cue_text), plain(c.content_text)
    same = [r for r in rows if r["cue"] == cue and (r["content"] == content or c.field == "content")]
    by_id = [r["n"] for r in same if r["id"] == c.statement]
    alike = [r["n"] for r in same if r["content"] == content]
    return by_id or (alike if len(alike) == 1 else [])
