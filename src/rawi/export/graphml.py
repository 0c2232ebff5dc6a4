"""GraphML: the provenance graph of the families, and the copies between articles; Gephi and yEd open it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from rawi.corpus import Project
from rawi.errors import ProjectError
from rawi.export.selection import Options, Selection, whole_file
from rawi.export.tables import selected_ids
from rawi.store.load import find_document
from rawi.store.traced import read_rows

_KEYS = (
    ("label", "node", "string"), ("what", "node", "string"), ("outlet", "node", "string"), ("day", "node", "string"),
    ("kind", "edge", "string"), ("family", "edge", "string"), ("certainty", "edge", "string"),
    ("probability", "edge", "double"), ("words", "edge", "int"),
)  # fmt: skip
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(project: Project, out: Path, selection: Selection, options: Options) -> dict[str, int]:
    """The number of nodes and edges written to the file ``out``; an edge points to what it depends on."""
    chosen = selected_ids(project, selection)
    roots = {r.id: r for r in read_rows(project.db, "root")}
    edges: list[tuple[str, str, dict[str, object]]] = []
    for e in read_rows(project.db, "edge"):
        details = {"kind": e.kind, "family": e.family, "certainty": e.certainty, "probability": e.probability}
        if chosen is None or e.from_ in chosen or e.to in chosen:
            edges.append((e.from_, e.to, details))
    for r in read_rows(project.db, "reuse"):
        if chosen is None or r.a in chosen or r.b in chosen:
            pair = (r.b, r.a) if r.direction == "b-from-a" else (r.a, r.b)
            kind = f"copy {r.class_}" + (" undirected" if r.direction == "none" else "")
            edges.append((*pair, {"kind": kind, "certainty": r.certainty, "words": r.words}))
    nodes = sorted({n for source, target, _ in edges for n in (source, target)} | (chosen or set()))
    with whole_file(out) as stream:
        stream.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        )
        for name, where, kind in _KEYS:
            stream.write(f'<key id="{name}" for="{where}" attr.name="{name}" attr.type="{kind}"/>\n')
        stream.write('<graph edgedefault="directed">\n')
        for node in nodes:
            _write_node(stream, project, node, roots[node].name if node in roots else None)
        for number, (source, target, details) in enumerate(edges):
            stream.write(f'<edge id="e{number}" source={_attribute(source)} target={_attribute(target)}>')
            stream.write("".join(_data(k, v) for k, v in details.items()) + "</edge>\n")
        stream.write("</graph>\n</graphml>\n")
    return {"nodes": len(nodes), "edges": len(edges)}


def _write_node(stream: TextIO, project: Project, node: str, origin: str | None) -> None:
    details: dict[str, object] = {"label": origin or node, "what": "origin"}
    try:
        d = find_document(project.db, node)
        details = {"label": d.title, "what": "article", "outlet": d.outlet or "", "day": d.day or ""}
    except ProjectError:
        pass
    stream.write(f"<node id={_attribute(node)}>" + "".join(_data(k, v) for k, v in details.items()) + "</node>\n")


def _attribute(value: str) -> str:
    return quoteattr(_ILLEGAL.sub("\ufffd", value))


def _data(key: str, value: object) -> str:
    return f'<data key="{key}">{escape(_ILLEGAL.sub(chr(0xFFFD), str(value)))}</data>'
