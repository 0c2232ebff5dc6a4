"""Exports: complete, with a manifest, offsets right with an emoji before the span; JSON lines and CSV come back."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

import rawi
from rawi.corpus import Project
from rawi.errors import ExportError
from rawi.export.brat import fragments, lines
from rawi.export.forms import FORMS, export
from rawi.export.selection import Options, Selection
from rawi.model import Span
from rawi.store.search import Filters

SAMPLE = Path(rawi.__file__).parent / "sample"
EMOJI = "\U0001f534 عاجل\n\nقال المهندس سالم الراوي في بغداد إن الجسر\nمغلق."


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = rawi.open(tmp_path_factory.mktemp("p") / "project")
    project.add([SAMPLE])
    project.add_bytes([("emoji.jsonl", json.dumps({"id": "=emoji", "text": EMOJI}).encode())])
    project.trace()
    return project


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_writes_a_manifest(project: Project, form: str, tmp_path: Path) -> None:
    made = export(project, form, tmp_path / "out")
    path = tmp_path / "out" / "manifest.json" if (tmp_path / "out").is_dir() else tmp_path / "out.manifest.json"
    assert json.loads(path.read_text(encoding="utf-8")) == made
    assert made["corpus"] == project.fingerprint() and made["rawi"] == rawi.__version__
    assert made["complete"] and made["counts"] and all(isinstance(v, int) for v in made["counts"].values())
    assert not list(tmp_path.rglob("*.part"))


def test_json_lines_come_back_as_they_were(project: Project, tmp_path: Path) -> None:
    export(project, "jsonl", tmp_path / "a.jsonl.gz")
    with rawi.open(tmp_path / "again") as again:
        again.add([tmp_path / "a.jsonl.gz"])
        assert again.section_hashes()["readings"] == project.section_hashes()["readings"]


def test_csv_comes_back_as_it_was(project: Project, tmp_path: Path) -> None:
    export(project, "csv", tmp_path / "tables", options=Options(bom=True))
    with rawi.open(tmp_path / "again") as again:
        again.add([tmp_path / "tables" / "articles.csv"])
        assert again.failures() == []
        assert again.section_hashes()["readings"] == project.section_hashes()["readings"]


def test_no_cell_is_a_formula(project: Project, tmp_path: Path) -> None:
    export(project, "csv", tmp_path / "tables")
    for path in (tmp_path / "tables").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            cells = [c for row in csv.reader(stream) for c in row]
        assert [c[:20] for c in cells if c[:1] in ("=", "+", "@", "\t", "\r")] == []
        assert [c for c in cells if c.startswith("-") and not c[1:].replace(".", "").isdigit()] == []


def test_csv_counts_are_its_rows(project: Project, tmp_path: Path) -> None:
    made = export(project, "csv", tmp_path / "tables")
    for name, count in made["counts"].items():
        with (tmp_path / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            assert sum(1 for _ in csv.reader(stream)) == count + 1
    assert made["counts"]["articles"] == 19 and made["counts"]["statements"] == project.counts()["statements"]


def test_parquet_holds_the_same_rows(project: Project, tmp_path: Path) -> None:
    from pyarrow import parquet

    made = export(project, "parquet", tmp_path / "tables")
    rows = {n: parquet.read_table(tmp_path / "tables" / f"{n}.parquet") for n in made["counts"]}
    assert {n: t.num_rows for n, t in rows.items()} == made["counts"]
    texts = dict(zip(rows["articles"]["id"].to_pylist(), rows["articles"]["text"].to_pylist(), strict=True))
    for row in rows["places"].to_pylist():
        assert texts[row["document"]][row["start"] : row["end"]] == row["words"]


def test_a_selection_is_kept_to_and_said(project: Project, tmp_path: Path) -> None:
    outlet = project.outlets()[0].name
    chosen = Selection(filters=Filters(outlet=(outlet,)))
    made = export(project, "jsonl", tmp_path / "a.jsonl", selection=chosen)
    readings = list(rawi.load_readings(tmp_path / "a.jsonl"))
    assert {r.outlet for r in readings} == {outlet} and len(readings) == made["counts"]["articles"]
    assert made["selection"]["filters"]["outlet"] == [outlet]


def test_places_on_the_map_are_the_words_of_the_text(project: Project, tmp_path: Path) -> None:
    made = export(project, "geojson", tmp_path / "a.geojson")
    value = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    assert len(value["features"]) == made["counts"]["features"] == sum(len(r.places) for r in project.readings())
    mine = [f for f in value["features"] if f["properties"]["document"] == "=emoji"]
    assert mine
    for f in mine:
        start, end = f["properties"]["span"]
        assert EMOJI[start:end] == f["properties"]["words"]
        longitude, latitude = f["geometry"]["coordinates"]
        assert 43 < longitude < 46 and 32 < latitude < 35


def test_brat_offsets_with_an_emoji_and_a_line_break(project: Project, tmp_path: Path) -> None:
    export(project, "brat", tmp_path / "brat")
    reading = project.reading("=emoji")
    ref = project.article("=emoji").document.ref
    text = (tmp_path / "brat" / f"{ref}.txt").read_bytes().decode()
    assert text == EMOJI
    bound = [line.split("\t") for line in lines(reading) if line.startswith("T")]
    assert bound
    for _, places, words in bound:
        pairs = [p.split() for p in places.split(" ", 1)[1].split(";")]
        assert " ".join(text[int(s) : int(e)] for s, e in pairs) == words and "\n" not in words


def test_a_span_over_lines_is_two_fragments() -> None:
    assert fragments("ab\r\ncd", Span(0, 6)) == [Span(0, 2), Span(4, 6)]


def test_prov_names_only_what_it_declares(project: Project, tmp_path: Path) -> None:
    export(project, "prov", tmp_path / "a.json")
    value = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    declared = {name for kind in ("entity", "agent", "activity") for name in value[kind]}
    relations = [r for kind, records in value.items() if kind.startswith("was") for r in records.values()]
    named = [v for r in relations for k, v in r.items() if k.startswith("prov:")]
    assert relations and set(named) <= declared


def test_drafts_of_reviews_have_no_rating(project: Project, tmp_path: Path) -> None:
    made = export(project, "claimreview", tmp_path / "a.json")
    graph = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["@graph"]
    assert len(graph) == made["counts"]["drafts"] == project.counts()["families"] > 0
    assert {d["reviewRating"]["ratingValue"] for d in graph} == {""}
    assert all(d["itemReviewed"]["appearance"] for d in graph)


def test_graphml_is_well_formed_and_whole(project: Project, tmp_path: Path) -> None:
    made = export(project, "graphml", tmp_path / "a.graphml")
    space = "{http://graphml.graphdrawing.org/xmlns}"
    graph = ElementTree.parse(tmp_path / "a.graphml").getroot().find(f"{space}graph")
    assert graph is not None
    nodes = {n.get("id") for n in graph.findall(f"{space}node")}
    edges = graph.findall(f"{space}edge")
    assert (len(nodes), len(edges)) == (made["counts"]["nodes"], made["counts"]["edges"])
    assert edges and all({e.get("source"), e.get("target")} <= nodes for e in edges)


def test_gold_holds_what_was_reviewed_whole(tmp_path: Path) -> None:
    with rawi.open(tmp_path / "p") as project:
        project.add_bytes([("a.jsonl", json.dumps({"id": "a", "text": EMOJI}).encode())])
        assert export(project, "gold", tmp_path / "gold.jsonl")["counts"]["articles"] == 0
        for s in project.statements().statements:
            project.correct(s.id, by="ريم", field="stance", new="alleged")
        made = export(project, "gold", tmp_path / "gold.jsonl")
        (line,) = (tmp_path / "gold.jsonl").read_text(encoding="utf-8").splitlines()
        assert made["counts"]["articles"] == 1
        assert {a["stance"] for a in json.loads(line)["attributions"]} == {"alleged"}


def test_corrected_or_not(tmp_path: Path) -> None:
    with rawi.open(tmp_path / "p") as project:
        project.add_bytes([("a.jsonl", json.dumps({"id": "a", "text": EMOJI}).encode())])
        for s in project.statements().statements:
            project.correct(s.id, by="ريم", action="remove")
        for corrected, left in ((False, True), (True, False)):
            export(project, "jsonl", tmp_path / "a.jsonl", selection=Selection(corrected=corrected))
            (reading,) = rawi.load_readings(tmp_path / "a.jsonl")
            assert bool(reading.attributions) is left


def test_what_cannot_be_written_says_why(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no form"):
        export(project, "docx", tmp_path / "x")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="folder"):
        export(project, "csv", tmp_path / "file")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("x")
    with pytest.raises(ExportError, match="other files"):
        export(project, "csv", tmp_path / "full")
    with pytest.raises(ExportError):
        export(project, "jsonl", tmp_path / "file" / "x.jsonl")


def test_packed_lines_are_gzip(project: Project, tmp_path: Path) -> None:
    export(project, "jsonl", tmp_path / "a.jsonl.gz")
    with gzip.open(tmp_path / "a.jsonl.gz", "rt", encoding="utf-8") as stream:
        assert sum(1 for _ in stream) == 19


def test_private_persons_are_masked_and_offsets_hold(tmp_path: Path) -> None:
    text = "قال شاهد عيان يدعى نبيل الصوان إن الجسر مغلق. وأضاف الصوان أن أخاه سالما هناك."
    with rawi.open(tmp_path / "p") as project:
        project.add_bytes([("a.jsonl", json.dumps({"id": "a", "text": text}).encode())])
        made = export(project, "jsonl", tmp_path / "a.jsonl", selection=Selection(pseudonymise=True))
        (masked,) = rawi.load_readings(tmp_path / "a.jsonl")
        plain = project.reading("a")
    private = [e for e in plain.entities if e.kind == "person" and e.key is None]
    witnesses = [s for a in plain.attributions if a.type == "witness" for s in a.source]
    assert made["selection"]["pseudonymise"] and len(masked.text) == len(text) and private + witnesses
    assert [a.content for a in masked.attributions] == [a.content for a in plain.attributions]
    for span in [*witnesses, *(m for e in private for m in e.mentions)]:
        assert not any(c.isalpha() for c in span.of(masked.text))
    assert not any(e.name in masked.text for e in private) and "الجسر مغلق" in masked.text


def test_forms_that_name_persons_refuse_to_pseudonymise(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="names persons"):
        export(project, "graphml", tmp_path / "a", selection=Selection(pseudonymise=True))
    made = export(project, "csv", tmp_path / "t", selection=Selection(pseudonymise=True))
    assert "root" not in made["counts"] and made["counts"]["articles"] == 19
