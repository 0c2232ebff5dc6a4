"""What an export takes out of a project, and the manifest that says so beside it."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from rawi.corpus import Project, to_plain
from rawi.errors import ExportError
from rawi.export.pseudonyms import pseudonymised
from rawi.model import Reading
from rawi.store.load import Listed, find_document
from rawi.store.search import NOTHING, Filters
from rawi.version import __version__

NOTE = "Shows where statements come from, never whether they are true. Counts of origins are counts in this corpus."


class Selection(NamedTuple):
    """Which articles, and whether with their corrections: as :meth:`rawi.corpus.Project.ask` takes them."""

    words: str = ""
    mode: str = "stem"
    filters: Filters = NOTHING
    corrected: bool = False
    all_versions: bool = False
    pseudonymise: bool = False

    def readings(self, project: Project) -> Iterator[Reading]:
        """The readings selected, one at a time."""
        found = project.readings(
            corrected=self.corrected,
            filters=self.filters,
            words=self.words,
            mode=self.mode,
            all_versions=self.all_versions,
        )
        yield from map(pseudonymised, found) if self.pseudonymise else found

    def is_everything(self) -> bool:
        """Whether nothing is left out but older versions."""
        return not self.words.strip() and self.filters == NOTHING


EVERYTHING = Selection()


class Options(NamedTuple):
    """How to write: ``bom`` opens CSV files with a byte-order mark, which some spreadsheets ask for."""

    bom: bool = False


def listed_of(project: Project, reading: Reading) -> Listed:
    """The list entry of the version that a reading reads."""
    from rawi.store.write import reference

    return find_document(project.db, reference(reading.id, reading.key))


def manifest(
    form: str, project: Project, selection: Selection, counts: dict[str, int], files: list[str]
) -> dict[str, Any]:
    """What an export is of: version, tables, the hash of the corpus, the filters, the counts; nothing is cut."""
    return {
        "export": form,
        "rawi": __version__,
        "tables": project.language.tables_hash,
        "corpus": project.fingerprint(),
        "selection": to_plain(selection),
        "counts": counts,
        "complete": True,
        "files": files,
        "offsets": "code points into the text, end exclusive",
        "made": datetime.now(UTC).replace(microsecond=0).isoformat(),
        "note": NOTE,
    }


def write_manifest(out: Path, value: dict[str, Any]) -> Path:
    """The manifest's file: inside a folder, else beside the file."""
    path = out / "manifest.json" if out.is_dir() else out.with_name(out.name + ".manifest.json")
    with whole_file(path) as stream:
        json.dump(value, stream, ensure_ascii=False, indent=1)
        stream.write("\n")
    return path


@contextmanager
def whole_file(path: Path, *, newline: str = "\n", encoding: str = "utf-8") -> Iterator[TextIO]:
    """A text file that takes its name only when it is whole; packed where the name ends in ``.gz``.

    Raises :class:`ExportError` where it cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.name.endswith(".gz"):
            with gzip.open(part, "wt", encoding=encoding, newline=newline) as packed:
                yield packed
        else:
            with part.open("w", encoding=encoding, newline=newline) as stream:
                yield stream
        part.replace(path)
    except OSError as fault:
        raise ExportError(fault.strerror or str(fault), where=str(path), expected="a place to write to") from fault
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def folder_for(out: Path, form: str) -> Path:
    """``out`` as a folder, made; raises :class:`ExportError` where a file or files of others are in the way."""
    if out.exists() and not out.is_dir():
        raise ExportError(f"{form} writes a folder", where=str(out), expected="a folder, or a name that is free")
    if out.is_dir() and any(out.iterdir()) and not (out / "manifest.json").exists():
        raise ExportError("a folder with other files", where=str(out), expected="an empty folder, or an older export")
    out.mkdir(parents=True, exist_ok=True)
    return out
