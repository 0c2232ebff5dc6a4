"""A project: one folder that articles are added to, traced, questioned and corrected in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from rawi.ask import Saying, first_told, who_said
from rawi.corpus.compare import compare_texts
from rawi.corpus.provenance import Provenance
from rawi.corpus.records import Article, Change, Traced
from rawi.corpus.reviewing import Reviewing
from rawi.errors import InputError, ProjectError
from rawi.ingest.dates import publication
from rawi.ingest.source import Given
from rawi.model import Reading
from rawi.run.local import Added, Adding, Progress, made_by
from rawi.run.plan import Named
from rawi.settings import load_settings
from rawi.store import corrections as log
from rawi.store import load, search, traced
from rawi.store.db import CONFIG, initialise, is_project, work_lock
from rawi.store.evidence import damaged, evidence_path
from rawi.store.fingerprint import fingerprint, section_hashes
from rawi.store.load import Failed, Listed, Stated
from rawi.store.review import apply_corrections
from rawi.store.search import NOTHING, Filters, Found, Stating, Value

ReportProgress = Callable[[Progress], None]


def open_project(folder: str | Path, *, read_only: bool = False) -> Project:
    """The project in ``folder``, made where there is none (unless ``read_only``).

    Raises :class:`rawi.errors.ProjectError` on a foreign or newer one, and where a read-only one is missing.
    """
    path = Path(folder)
    if not read_only:
        initialise(path)
    elif not is_project(path):
        raise ProjectError("no project", where=str(path), expected="a folder that `rawi add` has filled")
    return Project(path, load_settings(path / CONFIG), read_only=read_only)


class Project(Reviewing, Provenance):
    """An open project; use it as a context manager, from as many threads as you like.

    Modes of search: ``stem`` (light stems), ``words`` (folded spellings), ``exact`` (letter by letter). Documents are
    addressed by ``ref`` (one version), or by id, address or key (their latest version).
    """

    def add(
        self,
        paths: Sequence[str | Path],
        *,
        outlet: str | None = None,
        published: str | None = None,
        allow_fetch: bool = False,
        workers: int = 0,
        reread: bool = True,
        report: ReportProgress | None = None,
    ) -> Added:
        """What was added from files, folders and (where allowed) addresses; ends what an earlier run left unfinished
        and with ``reread`` reads anew what other tables or another version have read.

        Nothing raises for an input that cannot be read: see :meth:`failures`. ``workers``: reading processes, 0 for
        the setting. Raises :class:`ProjectError` while another process adds or traces.
        """
        return self._add(list(paths), Given(outlet, published), allow_fetch, workers, reread, report)

    def add_bytes(
        self,
        files: Iterable[tuple[str, bytes]],
        *,
        outlet: str | None = None,
        published: str | None = None,
        workers: int = 1,
        report: ReportProgress | None = None,
    ) -> Added:
        """What was added from ``(name, bytes)`` pairs, each read by the form that its name or first bytes say."""
        named = [Named(Path(name).name or "bytes", data, len(data)) for name, data in files]
        return self._add(named, Given(outlet, published), False, workers, False, report)

    def add_text(self, text: str, *, outlet: str | None = None, published: str | None = None) -> Added:
        """What was added from one pasted text."""
        return self.add_bytes([("pasted.txt", text.encode("utf-8", "replace"))], outlet=outlet, published=published)

    def _add(
        self,
        paths: list[Any],
        said: Given,
        allow_fetch: bool,
        workers: int,
        reread: bool,
        report: ReportProgress | None,
    ) -> Added:
        if said.published is not None and publication(said.published).published is None:
            raise InputError(f"no date in {said.published!r}", expected="YYYY-MM-DD")
        with work_lock(self.folder, "add"):
            run = Adding(
                self.db, self.folder, self.settings, self.language,
                said=said, allow_fetch=allow_fetch, workers=workers, report=report,
            )  # fmt: skip
            added = run.add(paths)
            return added._replace(reread=run.reread()) if reread else added

    def stale(self) -> int:
        """How many articles are unread, or were read by other tables or another version."""
        return len(load.stale_documents(self.db, made_by(self.language)))

    def trace(self, *, anew: bool = False, report: Callable[[int, int], None] | None = None) -> Traced:
        """What tracing found in the latest versions: copies, claims, families, roots; incremental unless ``anew``.

        ``report`` is told how many documents are done, and of how many. Raises :class:`ProjectError` while another
        process adds or traces.
        """
        from rawi.run.tracing import trace_project

        with work_lock(self.folder, "trace"):
            done = trace_project(self.db, self.folder, self.language, anew=anew, report=report)
        counts = self.counts()
        return Traced(*done, counts["families"], counts["claims"], counts["copies"])

    def ask(
        self,
        words: str = "",
        *,
        mode: str = "stem",
        filters: Filters = NOTHING,
        order: str = "best",
        limit: int = 20,
        offset: int = 0,
    ) -> Found:
        """One page of the articles that hold all of ``words`` and pass the filters, with marks in the original text,
        and how many there are. ``"..."`` is a phrase, ``-`` excludes. ``order``: best newest oldest added."""
        return search.find(
            self.db, words, self.language, mode=mode, filters=filters, order=order, limit=limit, offset=offset
        )

    def facets(
        self, words: str = "", *, mode: str = "stem", filters: Filters = NOTHING, most: int = 20
    ) -> dict[str, list[Value]]:
        """The values of ``outlet day place speaker stance review`` among what :meth:`ask` finds, counted."""
        return search.count_facets(self.db, words, self.language, mode=mode, filters=filters, most=most)

    def statements(
        self,
        words: str = "",
        *,
        mode: str = "stem",
        filters: Filters = NOTHING,
        order: str = "best",
        limit: int = 50,
        offset: int = 0,
    ) -> Stating:
        """One page of statements and how many there are; ``order="doubtful"`` with ``review=("open",)`` is the review
        queue. Other orders: best newest oldest text."""
        return search.find_statements(
            self.db, words, self.language, mode=mode, filters=filters, order=order, limit=limit, offset=offset
        )

    def who_said(self, words: str, *, mode: str = "stem", filters: Filters = NOTHING, most: int = 50) -> list[Saying]:
        """The speakers of statements that hold ``words``, those with most of them first."""
        return who_said(self.db, words, self.language, mode=mode, filters=filters, most=most)

    def first_told(self, words: str, *, mode: str = "stem") -> Stated | None:
        """The oldest dated statement in this corpus that holds ``words``."""
        return first_told(self.db, words, self.language, mode=mode)

    def article(self, handle: str, *, version: int | None = None) -> Article:
        """An article with its reading, versions, copies and corrections; raises :class:`ProjectError` where there is
        none. ``handle``: ref, id, address or key."""
        db = self.db
        document = load.find_document(db, handle, version)
        reading = load.load_reading(db, document.n)
        entries = log.corrections(db, document.id)
        return Article(
            document=document,
            reading=reading,
            corrected=apply_corrections(reading, entries) if reading else None,
            statements=load.statements_of(db, document.n),
            versions=load.versions(db, document.n),
            sightings=load.sightings(db, document.n),
            same_text=load.same_text(db, document.n),
            copies=traced.copies_of(db, document.id),
            tellings=traced.tellings(db, document=document.id),
            corrections=entries,
        )

    def reading(self, handle: str, *, version: int | None = None, corrected: bool = False) -> Reading:
        """The reading of an article, the machine's own or with its corrections."""
        document = load.find_document(self.db, handle, version)
        reading = load.load_reading(self.db, document.n)
        if reading is None:
            raise ProjectError("still to be read", where=handle, expected="`rawi add`, which reads it")
        entries = log.corrections(self.db, document.id) if corrected else []
        return apply_corrections(reading, entries).reading if entries else reading

    def readings(self, *, corrected: bool = False, filters: Filters = NOTHING, words: str = "", mode: str = "stem",
                 all_versions: bool = False) -> Iterable[Reading]:  # fmt: skip
        """All readings, or those that :meth:`ask` finds, in the order in which they came, one at a time."""
        chosen = None
        if words.strip() or filters != NOTHING:
            chosen = search.find_numbers(self.db, words, self.language, mode=mode, filters=filters)
        for _, reading in load.iterate_readings(self.db, latest_only=not all_versions, only=chosen):
            entries = log.corrections(self.db, reading.id) if corrected else []
            yield apply_corrections(reading, entries).reading if entries else reading

    def versions(self, handle: str) -> list[Listed]:
        """The versions of an article, oldest first, with first and last sight."""
        return load.versions(self.db, load.find_document(self.db, handle).n)

    def changes(self, handle: str, old: int, new: int) -> list[Change]:
        """What changed between two versions of an article, in words, unchanged stretches included."""
        texts = [load.load_article(self.db, load.find_document(self.db, handle, v).n).text for v in (old, new)]
        return compare_texts(texts[0], texts[1], self.language)

    def evidence(self, digest: str) -> Path:
        """Where the raw bytes with this SHA-256 lie; raises :class:`ProjectError` where there are none."""
        path = evidence_path(self.folder, digest)
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef") or not path.is_file():
            raise ProjectError(f"no evidence {digest[:64]}", expected="the SHA-256 of an input")
        return path

    def failures(self) -> list[Failed]:
        """What could not be read, in the order in which it was met."""
        return load.failures(self.db)

    def counts(self) -> dict[str, int]:
        """How many inputs, articles, versions, statements, failures, corrections, families, claims, copies."""
        return load.counts(self.db)

    def fingerprint(self) -> str:
        """The hash of what the project holds, without run ids, times and durations."""
        return fingerprint(self.db)

    def section_hashes(self) -> dict[str, str]:
        """The hash of each part of the fingerprint."""
        return section_hashes(self.db)

    def damaged(self) -> list[str]:
        """What is no longer as it was kept: evidence by SHA-256, faults that SQLite finds, broken log entries."""
        faults = [r[0] for r in self.db.execute("PRAGMA integrity_check") if r[0] != "ok"]
        return [*damaged(self.folder), *faults, *self.broken_corrections()]
