"""The forms a project can be written in, by name; packages add theirs by the entry point group ``rawi.exporters``.

An exporter is a module with ``write(project, out, selection, options) -> counts``.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from rawi.corpus import Project
from rawi.errors import ExportError
from rawi.export.selection import EVERYTHING, Options, Selection, manifest, write_manifest

# Name: module, suffix of the file (empty: a folder).
FORMS: dict[str, tuple[str, str]] = {
    "jsonl": ("rawi.export.jsonl", ".jsonl"),
    "csv": ("rawi.export.csv", ""),
    "parquet": ("rawi.export.parquet", ""),
    "geojson": ("rawi.export.geojson", ".geojson"),
    "prov": ("rawi.export.prov", ".prov.json"),
    "claimreview": ("rawi.export.claimreview", ".claimreview.json"),
    "graphml": ("rawi.export.graphml", ".graphml"),
    "brat": ("rawi.export.brat", ""),
    "webannotation": ("rawi.export.webannotation", ".anno.jsonld"),
    "gold": ("rawi.export.gold", ".gold.jsonl"),
}

# What takes names from elsewhere than the readings cannot leave them out.
NAMING = frozenset({"claimreview", "graphml", "gold"})
MASKING = tuple(form for form in FORMS if form not in NAMING)


@lru_cache(maxsize=1)
def plugins() -> dict[str, Any]:
    """The exporters of other packages by name."""
    return {point.name: point.load() for point in entry_points(group="rawi.exporters")}


def export(
    project: Project,
    form: str,
    out: Path,
    *,
    selection: Selection = EVERYTHING,
    options: Options | None = None,
) -> dict[str, Any]:
    """The manifest of what was written to ``out`` (a file or, by the form, a folder) in the given form.

    Raises :class:`ExportError` on a form that does not exist and a place that cannot be written.
    """
    if form in FORMS:
        writer = import_module(FORMS[form][0])
    elif form in plugins():
        writer = plugins()[form]
    else:
        raise ExportError(f"no form {form}", expected=", ".join([*FORMS, *plugins()]))
    if selection.pseudonymise and form in NAMING:
        raise ExportError(f"{form} names persons", expected=f"without pseudonyms, or one of {', '.join(MASKING)}")
    counts = writer.write(project, out, selection, options or Options())
    files = sorted(p.name for p in out.iterdir() if p.name != "manifest.json") if out.is_dir() else [out.name]
    made = manifest(form, project, selection, counts, files)
    write_manifest(out, made)
    return made
