"""schema.org: each claim family as a `Claim` in a `ClaimReview` draft whose rating is empty, for a person to fill.

rawi rules on nothing; a family without tracing is no claim, so an untraced project gives an empty list.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rawi.corpus import Project
from rawi.export.selection import NOTE, Options, Selection, whole_file
from rawi.export.tables import selected_ids
from rawi.store.load import Listed, find_document
from rawi.store.traced import Family, read_rows, tellings


def write(project: Project, out: Path, selection: Selection, options: Options) -> dict[str, int]:
    """The number of drafts and appearances written to the file ``out``."""
    chosen = selected_ids(project, selection)
    drafts = [
        draft(project, family)
        for family in read_rows(project.db, "family", "ORDER BY outlets DESC, size DESC, id")
        if chosen is None or chosen.intersection(family.documents)
    ]
    with whole_file(out) as stream:
        graph = {"@context": "https://schema.org", "description": NOTE, "@graph": drafts}
        json.dump(graph, stream, ensure_ascii=True, indent=1)
        stream.write("\n")
    return {"drafts": len(drafts), "appearances": sum(len(d["itemReviewed"]["appearance"]) for d in drafts)}


def draft(project: Project, family: Family) -> dict[str, Any]:
    """A draft whose rating, author and date are left to whoever reviews the claim."""
    documents = [find_document(project.db, d) for d in family.documents]
    dated = sorted(documents, key=lambda d: (d.published is None, d.published or "", d.id))
    speakers = sorted({t.speaker for t in tellings(project.db, family=family.id) if t.speaker})
    claim: dict[str, Any] = {
        "@type": "Claim",
        "identifier": family.id,
        "text": family.gist_text,
        "appearance": [_work(d) for d in dated],
        "claimInterpreter": {"@type": "SoftwareApplication", "name": "rawi"},
        "interactionStatistic": _origins(family),
    }
    if dated and dated[0].published:
        claim["firstAppearance"] = _work(dated[0])
    if len(speakers) == 1:
        claim["author"] = {"@type": "Thing", "name": speakers[0]}
    return {
        "@type": "ClaimReview",
        "claimReviewed": family.gist_text,
        "itemReviewed": claim,
        "reviewRating": {"@type": "Rating", "ratingValue": "", "alternateName": ""},
        "author": {"@type": "Organization", "name": ""},
        "datePublished": "",
        "url": "",
    }


def _work(d: Listed) -> dict[str, Any]:
    work: dict[str, Any] = {"@type": "NewsArticle", "identifier": d.id, "headline": d.title}
    if d.url:
        work["url"] = d.url
    if d.published:
        work["datePublished"] = d.published
    if d.outlet:
        work["publisher"] = {"@type": "Organization", "name": d.outlet}
    return work


def _origins(family: Family) -> dict[str, Any]:
    """The independent origins in this corpus, as an interval."""
    return {
        "@type": "InteractionCounter",
        "name": "independent origins in this corpus",
        "description": f"between {family.lo} and {family.hi}; denying: {family.denying}",
        "userInteractionCount": family.lo,
    }
