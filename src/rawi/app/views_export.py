"""Exports: every form of the project, with and without corrections, packed for download with its manifest."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from rawi.app.pages import Page, page_of
from rawi.app.views_corpus import chosen_filters, place_and_speaker_labels
from rawi.app.workbench import Call
from rawi.errors import ExportError
from rawi.export.forms import FORMS, export, plugins
from rawi.export.selection import Options, Selection

BLOCK = 1 << 18


def exports(call: Call) -> Page:
    """The forms, and what a download with the present filters would hold."""
    asked = call.asked
    total = call.project.ask(asked.text("q"), mode=asked.text("mode", "stem"), filters=asked.filters, limit=1).total
    data = {
        "forms": forms(),
        "total": total,
        "counts": call.project.counts(),
        "orphaned": len(call.project.orphaned()),
    }
    chosen = chosen_filters(asked, place_and_speaker_labels(call, {}), call.say)
    return page_of(data, asked=asked, chosen=chosen)


def forms() -> list[str]:
    """The names of the forms."""
    return [*FORMS, *plugins()]


def packed(call: Call, form: str, *, corrected: bool, bom: bool) -> Path:
    """A ZIP file with the export and its manifest; the caller removes its folder.

    Raises :class:`ExportError` on a form that does not exist.
    """
    if form not in forms():
        raise ExportError(f"no form {form[:40]}", expected=", ".join(forms()))
    asked = call.asked
    selection = Selection(asked.text("q"), asked.text("mode", "stem"), asked.filters, corrected)
    suffix = FORMS[form][1] if form in FORMS else ""
    folder = Path(tempfile.mkdtemp(prefix="rawi-export-"))
    inside = folder / "rawi"
    inside.mkdir()
    export(call.project, form, inside / f"rawi-{form}{suffix}", selection=selection, options=Options(bom=bom))
    archive = folder / f"{file_name(form, corrected)}.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as pack:
        for path in sorted(p for p in inside.rglob("*") if p.is_file()):
            pack.write(path, path.relative_to(inside).as_posix())
    return archive


def file_name(form: str, corrected: bool) -> str:
    """The name of a download: ASCII, with what it holds."""
    bare = "".join(c for c in form if c.isascii() and (c.isalnum() or c in "-_")) or "export"
    return f"rawi-{bare}{'-corrected' if corrected else ''}"


def blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a file; the file and its folder are gone afterwards."""
    from shutil import rmtree

    try:
        with path.open("rb") as stream:
            while block := stream.read(BLOCK):
                yield block
    finally:
        rmtree(path.parent, ignore_errors=True)
