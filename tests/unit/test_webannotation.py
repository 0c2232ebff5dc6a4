"""Web Annotation: both selectors find the same words, every term is in the context, nothing is fetched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rawi
from rawi.export.forms import export
from rawi.export.webannotation import CONTEXT, annotations_of

TEXT = (
    "\U0001f534 عاجل\n\nقال المهندس سالم الراوي في بغداد إن الجسر مغلق. "
    "ونقلت وكالة المثال عن الوزير سامي الحداد قوله إن الأعمال تنتهي غداً."
)


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def test_both_selectors_name_the_same_words() -> None:
    reading = rawi.read(rawi.Article(id="a", text=TEXT, url="https://a.example/1"))
    made = list(annotations_of(reading))
    assert len(made) == len(reading.attributions) >= 2
    for one, a in zip(made, reading.attributions, strict=True):
        assert one["body"]["stance"] == a.stance and one["id"].endswith(a.id)
        assert len(one["target"]) == len(a.cue) + len(a.source) + len(a.content)
        for target in one["target"]:
            position, quote = target["selector"]
            assert TEXT[position["start"] : position["end"]] == quote["exact"]
            at = TEXT.index(quote["prefix"] + quote["exact"] + quote["suffix"]) + len(quote["prefix"])
            assert at == position["start"] and target["source"] == "https://a.example/1"


def test_a_statement_within_another_points_to_it() -> None:
    reading = rawi.read(rawi.Article(id="a", text=TEXT))
    made = {one["id"]: one for one in annotations_of(reading)}
    inner = [a for a in reading.attributions if a.parent]
    for a in inner:
        assert made[f"urn:rawi:statement.{a.id}"]["body"]["within"] in made
    assert len(made) == len(reading.attributions)


def test_the_file_is_json_whose_terms_are_all_in_its_own_context(tmp_path: Path) -> None:
    with rawi.open(tmp_path / "p") as project:
        project.add_bytes([("a.jsonl", json.dumps({"id": "a", "text": TEXT + "\ud800"}).encode())])
        counts = export(project, "webannotation", tmp_path / "a.anno.jsonld")["counts"]
    value = json.loads((tmp_path / "a.anno.jsonld").read_text(encoding="utf-8"))
    context = value.pop("@context")
    assert context == CONTEXT and len(value["items"]) == value["total"] == counts["annotations"] >= 2
    assert {k for k in keys(value) if k not in context} == set()
    prefixes = {k for k, v in context.items() if (isinstance(v, str) and "://" in v) or k == "rawi"}
    terms = [v if isinstance(v, str) else v["@id"] for k, v in context.items() if k not in prefixes]
    assert all(t.startswith("@") or t.split(":")[0] in prefixes for t in terms)
