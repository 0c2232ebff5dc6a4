"""A project's review: corrections beside the machine's reading, reviewers compared, what no longer attaches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rawi.corpus.opened import Opened
from rawi.errors import ProjectError
from rawi.model import Reading, Span
from rawi.store import corrections as log
from rawi.store import load
from rawi.store.corrections import Correction, Draft
from rawi.store.derived import quoted
from rawi.store.review import Comparison, apply_corrections, compare_reviewers


class Reviewing(Opened):
    """Corrections are appended to a hash-chained log; they never change a reading and survive its renewal."""

    def correct(
        self,
        statement: str,
        *,
        by: str,
        action: str = "set",
        field: str = "review",
        new: Any = "accepted",
        comment: str = "",
        why: str = "",
    ) -> Correction:
        """The correction of a statement, as written to the log.

        ``action`` set: ``field`` stance, act, kind, type, writer_stance (a label), source, cue, content, ref, target
        (spans ``[[start, end]]``), parent, speaker, or review (accepted, rejected, open). remove: there is no such
        statement. merge: the speaker is ``new`` (an entity key). comment: only ``comment``. Raises
        :class:`ProjectError` on what does not exist.
        """
        return self.correct_many([(statement, action, field, new, comment, why)], by=by)[0]

    def correct_many(self, entries: Iterable[tuple[str, str, str, Any, str, str]], *, by: str) -> list[Correction]:
        """The corrections written, all or none: ``(statement, action, field, new, comment, why)`` each."""
        drafts = [self._draft(*entry, by=by) for entry in entries]
        return log.append(self.db, drafts)

    def _draft(self, statement: str, action: str, field: str, new: Any, comment: str, why: str, *, by: str) -> Draft:
        found = load.find_statement(self.db, statement)
        reading = self._reading(found.ref)
        attribution = next(a for a in reading.attributions if a.id == statement)
        old = None
        if action in ("set", "merge") and field != "review":
            value = getattr(attribution, "speaker" if action == "merge" else field, None)
            old = plain_value(value)
        if action in ("remove", "comment"):
            field, new = ("statement", None) if action == "remove" else ("", None)
        if action == "merge":
            field = "speaker"
        return Draft(
            document=found.document,
            statement=statement,
            action=action,
            field=field,
            old=old,
            new=new,
            comment=comment,
            by=by,
            why=why,
            cue_text=quoted(reading.text, attribution.cue),
            content_text=quoted(reading.text, attribution.content),
        )

    def add_statement(
        self,
        handle: str,
        *,
        by: str,
        cue: list[list[int]],
        content: list[list[int]],
        source: list[list[int]] | None = None,
        labels: dict[str, str] | None = None,
        comment: str = "",
        why: str = "",
    ) -> Correction:
        """The correction that adds a statement which the machine has not found; spans ``[[start, end]]`` in the text.

        Raises :class:`ProjectError` on spans outside the text and labels that do not exist.
        """
        reading = self._reading(handle)
        spans = [s for part in (cue, content, source or []) for s in part]
        if any(not 0 <= s[0] < s[1] <= len(reading.text) for s in spans):
            raise ProjectError("a span outside the text", where=handle, expected=f"0 to {len(reading.text)}")
        new = {"cue": cue, "content": content, "source": source or [], **(labels or {})}
        draft = Draft(
            document=reading.id,
            statement=None,
            action="add",
            field="statement",
            new=new,
            comment=comment,
            by=by,
            why=why,
            cue_text=quoted(reading.text, [Span(*s) for s in cue]),
            content_text=quoted(reading.text, [Span(*s) for s in content]),
        )
        return log.append(self.db, [draft])[0]

    def take_back(self, correction: str, *, by: str, why: str = "") -> Correction:
        """The entry that takes an earlier correction back; both stay in the log."""
        entry = next((c for c in log.corrections(self.db) if c.id == correction), None)
        if entry is None or entry.field == "correction":
            raise ProjectError(f"no correction {correction}", expected="the id of a correction that stands")
        draft = Draft(
            document=entry.document,
            statement=entry.statement,
            action="remove",
            field="correction",
            old=correction,
            by=by,
            why=why,
            cue_text=entry.cue_text,
            content_text=entry.content_text,
        )
        return log.append(self.db, [draft])[0]

    def corrections(self, document: str | None = None, *, by: str | None = None) -> list[Correction]:
        """The log in its order, of one document id or one reviewer where given; taken-back entries included."""
        return [c for c in log.corrections(self.db, document) if by is None or c.by == by]

    def orphaned(self) -> list[Correction]:
        """The standing corrections that no longer attach to the present readings; they are kept."""
        found: list[Correction] = []
        for document in dict.fromkeys(c.document for c in log.corrections(self.db)):
            entries = log.corrections(self.db, document)
            try:
                reading = self._reading(document)
            except ProjectError:
                found.extend(log.standing(entries))
                continue
            found.extend(apply_corrections(reading, entries).orphaned)
        return found

    def reviewers(self) -> list[str]:
        """The names in the log."""
        return [r[0] for r in self.db.execute('SELECT DISTINCT "by" FROM correction ORDER BY 1')]

    def compare(self, first: str, second: str) -> Comparison:
        """Two reviewers' decisions beside each other."""
        return compare_reviewers(log.corrections(self.db), first, second)

    def broken_corrections(self) -> list[str]:
        """The ids of log entries whose hash chain does not hold; empty where nobody has changed the log."""
        return list(log.broken_links(self.db))

    def _reading(self, handle: str) -> Reading:
        document = load.find_document(self.db, handle)
        reading = load.load_reading(self.db, document.n)
        if reading is None:
            raise ProjectError("still to be read", where=handle, expected="`rawi add`, which reads it")
        return reading


def plain_value(value: Any) -> Any:
    """A value of a record as plain JSON."""
    if isinstance(value, Span):
        return [[value.start, value.end]]
    if isinstance(value, tuple):
        return [[v.start, v.end] if isinstance(v, Span) else v for v in value]
    return value
