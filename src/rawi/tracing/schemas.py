"""The named tables of the corpus step, as Arrow schemas: what goes into and comes out of a stage."""

from __future__ import annotations

import pyarrow as pa

SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32())])
SPANS = pa.list_(SPAN)
# Why an edge is believed: what kind of sign, in which document, at which words.
EVIDENCE = pa.list_(
    pa.struct([("kind", pa.string()), ("document", pa.string()), ("spans", SPANS), ("note", pa.string())])
)

# -- what a user gets

REUSE = pa.schema(
    [
        ("id", pa.string()), ("a", pa.string()), ("b", pa.string()), ("spans_a", SPANS), ("spans_b", SPANS),
        ("words", pa.int32()), ("class", pa.string()), ("direction", pa.string()), ("certainty", pa.string()),
        ("evidence", EVIDENCE),
    ]
)  # fmt: skip
TELLINGS = pa.schema(
    [
        ("id", pa.string()), ("document", pa.string()), ("statement", pa.string()), ("span", SPAN),
        ("claim", pa.string()), ("family", pa.string()), ("stance", pa.string()), ("speaker", pa.string()),
        ("time", pa.string()), ("place", pa.string()),
    ]
)  # fmt: skip
CLAIMS = pa.schema(
    [
        ("id", pa.string()), ("family", pa.string()), ("gist_document", pa.string()), ("gist", SPANS),
        ("tellings", pa.list_(pa.string())), ("numbers", pa.list_(pa.string())), ("dates", pa.list_(pa.string())),
        ("places", pa.list_(pa.string())), ("entities", pa.list_(pa.string())),
    ]
)  # fmt: skip
FAMILIES = pa.schema(
    [
        ("id", pa.string()), ("claims", pa.list_(pa.string())), ("documents", pa.list_(pa.string())),
        ("denials", pa.list_(pa.string())), ("lo", pa.int32()), ("hi", pa.int32()), ("named", pa.int32()),
        ("anonymous", pa.int32()), ("unsourced", pa.int32()), ("denying", pa.int32()),
        ("circular", pa.list_(pa.list_(pa.string()))), ("choke", pa.list_(pa.string())), ("paths", pa.int32()),
        ("first_seen", pa.string()),
    ]
)  # fmt: skip
EDGES = pa.schema(
    [
        ("family", pa.string()), ("from", pa.string()), ("to", pa.string()), ("kind", pa.string()),
        ("evidence", EVIDENCE), ("probability", pa.float64()), ("certainty", pa.string()),
    ]
)  # fmt: skip
ROOTS = pa.schema(
    [
        ("id", pa.string()), ("family", pa.string()), ("name", pa.string()), ("kind", pa.string()),
        ("stance", pa.string()), ("evidence", EVIDENCE), ("documents", pa.list_(pa.string())),
    ]
)  # fmt: skip

RESULT = {
    "reuse": REUSE, "tellings": TELLINGS, "claims": CLAIMS, "families": FAMILIES, "edges": EDGES, "roots": ROOTS,
}  # fmt: skip
