"""The report of a whole project: well formed, nothing from elsewhere, both languages, hostile words inert."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import rawi
from rawi.cli import main
from rawi.corpus import Project
from rawi.report.project import write_project_report
from rawi.show.lanes import Mark, lanes
from rawi.show.messages import messages

SAMPLE = Path(rawi.__file__).parent / "sample"
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)> \u202eقال سالم إن الجسر مغلق."


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = rawi.open(tmp_path_factory.mktemp("report"))
    project.add([SAMPLE])
    line = {
        "id": "evil",
        "text": EVIL,
        "outlet": "<b>منبر</b>",
        "url": "javascript:alert(1)",
        "published": "2024-05-08",
    }
    project.add_bytes([("evil.jsonl", json.dumps(line).encode())])
    project.trace()
    return project


def page(project: Project, ui: str, **options: object) -> str:
    out = io.StringIO()
    write_project_report(project, out, say=messages(ui), **options)
    return out.getvalue()


@pytest.mark.parametrize("ui", ["ar", "en"])
def test_the_page_holds_everything_itself(project: Project, ui: str) -> None:
    html = page(project, ui)
    direction = "rtl" if ui == "ar" else "ltr"
    assert f'<html lang="{ui}" dir="{direction}">' in html
    outside = re.findall(r'(?:src|href)="(?!#|https://|http://)([^"]*)"', html)
    assert outside == [] and "<script" not in html and "javascript:" not in html
    assert "default-src 'none'" in html and "<link" not in html


def test_hostile_words_are_words(project: Project) -> None:
    html = page(project, "en")
    assert "<img" not in html and "<b>" not in html and "\u202e" not in html


def test_each_family_is_told_with_its_interval(project: Project) -> None:
    families, total = project.families()
    html = page(project, "en")
    assert html.count('<article class="card"') == total == len(families) > 0
    for family in families:
        assert str(family.lo) in html and str(family.hi) in html
    assert "in this corpus" in html


def test_what_is_not_told_is_counted(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    families, total = project.families()
    monkeypatch.setattr(project, "families", lambda *_, **__: (families[:1], total + 7))
    assert f"and {total + 6} more claims" in page(project, "en", most_families=1)


def test_an_untraced_project_says_so(tmp_path: Path) -> None:
    with rawi.open(tmp_path) as empty:
        assert "run rawi trace" in page(empty, "en")


def test_the_drawing_is_one_piece_of_svg_and_mirrors() -> None:
    marks = [
        Mark("a", "منبر", "2024-05-03T08:00:00+03:00", "reported", "قول"),
        Mark("b", "<x>", "2024-05-05", "denied", "نفي"),
        Mark("c", "", None, "alleged", "زعم"),
    ]
    found = {}
    for ui in ("ar", "en"):
        drawn = ElementTree.fromstring(str(lanes(marks, [("b", "a", "credit"), ("b", "zz", "reuse")], messages(ui))))
        circles = [c for c in drawn.iter("circle")]
        assert len(circles) == 3 and len([p for p in drawn.iter("path") if "edge" in p.get("class", "")]) == 1
        found[ui] = [float(c.get("cx", "0")) for c in circles]
    assert found["ar"] == pytest.approx([720 - x for x in found["en"]])
    assert found["en"] == sorted(found["en"])


def test_the_verb_writes_the_page(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["report", "--project", str(project.folder), "-o", str(tmp_path / "r.html"), "--ui", "ar"])
    assert stop.value.code in (0, None) and 'dir="rtl"' in (tmp_path / "r.html").read_text(encoding="utf-8")
