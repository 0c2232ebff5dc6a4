"""The workbench over a small project: every screen as page and as JSON, the writes, the refusals."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

import rawi
from rawi.app.imports import Imports
from rawi.app.screens import SCREENS
from rawi.app.security import COOKIE, Access
from rawi.app.server import make_app
from rawi.app.workbench import Workbench
from rawi.cli.demo import sample_files
from rawi.corpus import Project

HOST = "127.0.0.1:8765"
OWN = {"origin": f"http://{HOST}"}
HOSTILE = (
    "عنوان <script>alert(1)</script>\nقال الوزير «<img src=x onerror=alert(2)>» إن \u202eالوضع\u202c مستقر. "
    'وأضاف المتحدث أن "الرد" & <b>قريب</b>.'
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with rawi.open(tmp_path_factory.mktemp("bench") / "project") as made:
        made.add(sample_files())
        made.add_bytes([("h.jsonl", json.dumps({
            "id": "hostile", "url": "javascript:alert(3)", "outlet": "<i>x</i>", "published": "2024-05-01",
            "text": HOSTILE,
        }).encode())])  # fmt: skip
        made.add_bytes([
            ("v1.jsonl", json.dumps({"id": "v", "outlet": "س", "text": "قال الوزير إن ثلاثة قتلوا."}).encode()),
            ("v2.jsonl", json.dumps({"id": "v", "outlet": "س", "text": "قال الوزير إن أربعة قتلوا."}).encode()),
        ])  # fmt: skip
        made.trace()
        yield made


def client_of(project: Project, **more: Any) -> TestClient:
    access = Access(
        frozenset({HOST}), "token", read_only=more.pop("read_only", False), max_body=more.pop("max_body", 10**6)
    )
    bench = Workbench(project, Imports(project), access.read_only, more.pop("allow_fetch", False))
    return TestClient(
        make_app(bench, access), base_url=f"http://{HOST}", cookies={COOKIE: "token"}, follow_redirects=False
    )


@pytest.fixture(scope="module")
def client(project: Project) -> TestClient:
    return client_of(project)


@pytest.fixture(scope="module")
def places(project: Project) -> dict[str, str]:
    """An existing value for each address with a part to fill in."""
    hit = project.ask(limit=1).hits[0].document
    return {
        "/article/{ref}": f"/article/{hit.ref}",
        "/changes/{ref}": f"/changes/{project.article('v').document.ref}",
        "/claim/{family}": f"/claim/{project.families(limit=1)[0][0].id}",
        "/speaker": f"/speaker?key={project.sources(limit=1)[0].key}",
    }


def addresses() -> list[str]:
    return [s.path for s in SCREENS if s.path != "/import/{number}"]


@pytest.mark.parametrize("path", addresses())
@pytest.mark.parametrize("ui", ["ar", "en"])
def test_every_screen_answers_as_page_and_as_json(
    client: TestClient, places: dict[str, str], path: str, ui: str
) -> None:
    address = places.get(path, path)
    page = client.get(address, params={"ui": ui}) if "?" not in address else client.get(f"{address}&ui={ui}")
    assert page.status_code == 200, page.text
    direction = "rtl" if ui == "ar" else "ltr"
    assert f'<html lang="{ui}" dir="{direction}">' in page.text
    bare, _, query = address.partition("?")
    twin = client.get(f"{bare}.json?{query}")
    assert twin.status_code == 200
    screen = next(s for s in SCREENS if s.path == path)
    kinds = {"array": list, "object": dict, "integer": int, "object?": (dict, type(None))}
    for name, kind in screen.shape.items():
        assert isinstance(twin.json()[name], kinds[kind]), name


@pytest.mark.parametrize("path", addresses())
def test_no_page_has_a_script_or_style_that_the_policy_refuses(
    client: TestClient, places: dict[str, str], path: str
) -> None:
    text = client.get(places.get(path, path)).text
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []
    assert re.findall(r"<[^>]+\s(?:style|on\w+)=", text) == []
    assert re.findall(r'<(?:script|link|img|form|svg)[^>]+(?:src|href|action)="(?:https?:)?//', text) == []


def test_search_finds_and_marks(client: TestClient) -> None:
    found = client.get("/corpus.json", params={"q": "حماة"}).json()
    assert 0 < found["total"] < 20 and found["hits"][0]["marks"]
    assert '<mark class="found">' in client.get("/corpus", params={"q": "حماة"}).text
    assert client.get("/corpus.json", params={"q": "حماةة", "mode": "exact"}).json()["total"] == 0


def test_a_facet_narrows_and_can_be_dropped(client: TestClient) -> None:
    whole = client.get("/corpus.json").json()
    outlet = next(v for v in whole["facets"]["outlet"] if v["value"])
    narrowed = client.get("/corpus.json", params={"outlet": outlet["value"]}).json()
    assert narrowed["total"] == outlet["documents"] < whole["total"]
    assert 'class="chips"' in client.get("/corpus", params={"outlet": outlet["value"]}).text


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=99999999", "since=May", "mode=none", "stance=true", f"q={'x' * 501}"]
)
def test_a_wrong_parameter_is_the_clients_fault_and_told(client: TestClient, query: str) -> None:
    answer = client.get(f"/corpus.json?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]["where"] == query.split("=")[0]
    assert client.get(f"/corpus?{query}").status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/article/none", "/claim/none", "/speaker?key=none", "/changes/none", "/import/9", "/import/x", "/nowhere",
     "/static/../server.py", "/static/%2e%2e%2fserver.py", "/static/..%5cserver.py", "/export/none.zip"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_hostile_words_are_words(client: TestClient) -> None:
    ref = next(h for h in client.get("/corpus.json").json()["hits"] if h["document"]["id"] == "hostile")["document"][
        "ref"
    ]
    for path in (f"/article/{ref}", "/corpus"):
        text = client.get(path).text
        assert "<script>alert" not in text and "<img src=x" not in text and "<i>x</i>" not in text
        assert "javascript:" not in text
    assert '<span class="hidden" dir="ltr">RLO</span>' in client.get(f"/article/{ref}").text
    assert "\u202e" not in client.get(f"/article/{ref}").text


def test_a_single_line_of_five_megabytes_is_refused_or_shown_inert(project: Project) -> None:
    wide = client_of(project, max_body=10**7)
    line = "<script>alert(1)</script> قال الوزير إن "
    files = [("files", (f"{size}.txt", (line * (size // len(line))).encode())) for size in (5_000_000, 2_000)]
    started = wide.post("/import", headers=OWN, files=files)
    outcomes = settled(wide, started.headers["location"])["outcomes"]
    assert [o["state"] for o in outcomes] == ["failed", "added"] and outcomes[0]["faults"]
    page = wide.get(f"/article/{project.ask(order='added', limit=1).hits[0].document.ref}")
    assert page.status_code == 200 and "<script>alert" not in page.text and "&lt;script&gt;" in page.text


def settled(client: TestClient, path: str) -> dict[str, Any]:
    for _ in range(1200):
        state: dict[str, Any] = client.get(f"{path}.json").json()["import"]
        if state["done"]:
            return state
        time.sleep(0.05)
    raise AssertionError("the addition did not end")


def test_files_and_a_pasted_text_are_added_with_an_outcome_each(client: TestClient, project: Project) -> None:
    before = project.counts()["articles"]
    started = client.post(
        "/import",
        headers=OWN,
        files=[
            ("files", ("new.txt", "خبر\nقال المدير إن المحطة عادت.".encode())),
            ("files", ("bad.pdf", b"%PDF-1.7 broken")),
        ],
        data={"text": "نص ملصق\nوقالت الوزيرة إن الأمر انتهى.", "outlet": "صحيفة النهر", "published": "2024-06-01"},
    )
    assert started.status_code == 303
    state = settled(client, started.headers["location"])
    assert [o["state"] for o in state["outcomes"]] == ["added", "failed", "added"]
    assert state["outcomes"][1]["faults"]
    assert project.counts()["articles"] == before + 2
    assert client.get("/corpus.json", params={"outlet": "صحيفة النهر"}).json()["total"] == 2
    assert "bad.pdf" in client.get(started.headers["location"]).text


@pytest.mark.parametrize(
    "form", [{}, {"text": "  "}, {"text": "x", "published": "someday"}, {"addresses": "http://a.example/"}]
)
def test_an_addition_that_cannot_be_is_refused(client: TestClient, form: dict[str, str]) -> None:
    assert client.post("/import", headers=OWN, data=form).status_code == 400


def a_statement(project: Project, number: int = 0) -> Any:
    return project.statements(order="text", limit=60).statements[number]


def test_a_decision_is_logged_with_its_reviewer_and_leads_back(client: TestClient, project: Project) -> None:
    said = a_statement(project, 3)
    form = {"statement": said.id, "do": "accept", "by": "سلمى", "back": "/review?page=1"}
    answer = client.post("/review/correct", headers=OWN, data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?page=1")
    entry = project.corrections()[-1]
    assert (entry.statement, entry.new, entry.by) == (said.id, "accepted", "سلمى")
    assert project.statement(said.id).state == "accepted"
    assert "سلمى" in client.get("/review/log").text and said.id in client.get("/review/log.json").text


def test_a_corrected_span_and_label_stand_beside_the_machines(client: TestClient, project: Project) -> None:
    said = a_statement(project, 5)
    machine = next(a for a in project.reading(said.ref).attributions if a.id == said.id)
    start = machine.content[0].start
    form = {
        "statement": said.id, "do": "change", "by": "سلمى", "content": f"{start}-{start + 9}",
        "stance": "denied" if machine.stance != "denied" else "alleged", "why": "سبب", "back": "//evil.example",
    }  # fmt: skip
    answer = client.post("/review/correct", headers=OWN, data=form)
    assert answer.headers["location"] == "/"
    corrected = next(a for a in project.reading(said.ref, corrected=True).attributions if a.id == said.id)
    assert [(s.start, s.end) for s in corrected.content] == [(start, start + 9)] and corrected.stance == form[
        "stance"
    ]
    assert next(a for a in project.reading(said.ref).attributions if a.id == said.id) == machine
    assert client.get(f"/article/{said.ref}", params={"reading": "corrected"}).status_code == 200


@pytest.mark.parametrize(
    "form",
    [
        {"do": "accept"}, {"do": "accept", "by": " \u202e "}, {"do": "nothing", "by": "x"},
        {"do": "comment", "by": "x"}, {"do": "change", "by": "x"}, {"do": "change", "by": "x", "cue": ""},
        {"do": "change", "by": "x", "cue": "9-3"},
        {"do": "change", "by": "x", "content": "1-999999999"}, {"do": "change", "by": "x", "content": "[[1,2]]"},
    ],
)  # fmt: skip
def test_a_correction_that_says_nothing_sound_is_refused(
    client: TestClient, project: Project, form: dict[str, str]
) -> None:
    before = len(project.corrections())
    answer = client.post("/review/correct", headers=OWN, data={"statement": a_statement(project, 7).id, **form})
    assert answer.status_code == 400
    assert len(project.corrections()) == before


def test_a_correction_of_nothing_is_refused(client: TestClient) -> None:
    answer = client.post("/review/correct", headers=OWN, data={"statement": "none", "do": "accept", "by": "x"})
    assert answer.status_code == 409


def test_two_reviewers_are_compared_and_an_entry_is_taken_back(client: TestClient, project: Project) -> None:
    said = a_statement(project, 9)
    for by, act in (("سلمى", "accept"), ("نور", "reject")):
        client.post("/review/correct", headers=OWN, data={"statement": said.id, "do": act, "by": by})
    differences = client.get("/review/compare.json", params={"first": "سلمى", "second": "نور"}).json()["comparison"]
    assert any(d["statement"] == said.id for d in differences["differences"])
    assert project.statement(said.id).state == "disputed"
    entry = project.corrections()[-1]
    client.post("/review/take-back", headers=OWN, data={"correction": entry.id, "by": "نور"})
    assert project.statement(said.id).state == "accepted"
    assert client.get("/review/compare.json", params={"first": "x"}).status_code == 400


def test_speakers_are_merged_statement_by_statement(client: TestClient, project: Project) -> None:
    one, other = [s for s in project.sources(kind="person", limit=10)][-2:]
    form = {"speaker": one.key, "into": other.key, "by": "سلمى"}
    assert client.post("/speaker/merge", headers=OWN, data=form).status_code == 303
    merged = [c for c in project.corrections() if c.action == "merge"]
    assert len(merged) == one.statements and {c.new for c in merged} == {other.key}
    assert client.post("/speaker/merge", headers=OWN, data={**form, "into": one.key}).status_code == 400


def test_every_export_comes_with_its_manifest(client: TestClient) -> None:
    forms = client.get("/export.json").json()["forms"]
    assert {"jsonl", "csv", "geojson", "prov", "gold"} <= set(forms)
    for form in forms:
        answer = client.get(f"/export/{form}.zip", params={"corrected": "1"})
        assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
        with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
            manifest = next(n for n in pack.namelist() if n.endswith("manifest.json"))
            assert json.loads(pack.read(manifest))["selection"]["corrected"] is True
            assert len(pack.namelist()) > 1


def test_an_export_takes_the_filters_of_its_page(client: TestClient) -> None:
    answer = client.get("/export/jsonl.zip", params={"q": "حماة"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        lines = pack.read("rawi-jsonl.jsonl").decode().splitlines()
    assert len(lines) == client.get("/corpus.json", params={"q": "حماة"}).json()["total"]


def test_versions_are_shown_with_their_difference(client: TestClient, project: Project) -> None:
    ref = project.article("v").document.ref
    text = client.get(f"/changes/{ref}").text
    assert re.search(r"<del>.*ثلاثة.*</del>", text) and re.search(r"<ins>.*أربعة.*</ins>", text)
    assert client.get(f"/changes/{ref}.json?old=1&new=9").status_code == 400


def test_read_only_shows_no_way_to_write_and_takes_none(project: Project) -> None:
    still = client_of(project, read_only=True)
    assert still.get("/review").status_code == 200
    assert 'method="post"' not in still.get("/review").text + still.get("/corpus").text + still.get("/import").text
    assert still.post("/review/correct", headers=OWN, data={}).status_code == 403


def test_the_door_is_guarded_for_every_address(project: Project) -> None:
    stranger = client_of(project)
    stranger.cookies.clear()
    for path in ("/", "/corpus", "/corpus.json", "/openapi.json", "/static/workbench.css", "/export/jsonl.zip"):
        assert stranger.get(path).status_code == 403
    own = client_of(project, max_body=1000)
    assert own.get("/corpus", headers={"host": "evil.example"}).status_code == 421
    assert own.post("/import", data={"text": "x"}, headers={"origin": "http://evil.example"}).status_code == 403
    assert own.post("/import", data={"text": "x"}).status_code == 403
    assert own.post("/import", data={"text": "x" * 2000}, headers=OWN).status_code == 413


def test_choices_of_the_interface_are_kept_and_lead_back_inside(client: TestClient) -> None:
    answer = client.get("/settings", params={"ui": "ar", "digits": "arabic-indic", "back": "/map"})
    assert answer.headers["location"] == "/map" and "ar.arabic-indic" in answer.headers["set-cookie"]
    assert client.get("/settings", params={"back": "https://evil.example"}).headers["location"] == "/"
    assert "٢" in client.get("/corpus", params={"ui": "ar", "digits": "arabic-indic"}).text
    assert "أيار" in client.get("/map", params={"ui": "ar", "months": "levantine"}).text


def test_the_map_counts_what_it_cannot_place(client: TestClient) -> None:
    seen = client.get("/map.json").json()
    assert seen["undated"] > 0 and seen["drawn"] > 0 and seen["timeline"]
    page = client.get("/map", params={"ui": "en"}).text
    assert "take no side" in page and " km</text>" in page and 'class="town"' in page
    assert re.findall(r'<path class="(\w+)"', page)[:2] == ["land", "border"]
