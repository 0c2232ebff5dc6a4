"""The report in Chromium: at phone and desktop width, in both languages, with the network cut and scripts off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import rawi
from rawi.report.build import build

pytestmark = pytest.mark.browser
GOLDEN = Path(__file__).parents[1] / "golden" / "readings.jsonl"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"phone": (390, 844), "desktop": (1440, 1000)}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("report")
    readings = list(rawi.load_readings(GOLDEN))
    for ui in ("ar", "en"):
        (folder / f"{ui}.html").write_text(build(readings, ui=ui), encoding="utf-8")
    return {ui: (folder / f"{ui}.html").as_uri() for ui in ("ar", "en")}


@pytest.fixture(params=[(ui, width) for ui in ("ar", "en") for width in WIDTHS], ids=" ".join)
def page(request: pytest.FixtureRequest, browser: Any, files: dict[str, str]) -> Iterator[Any]:
    ui, width = request.param
    w, h = WIDTHS[width]
    context = browser.new_context(viewport={"width": w, "height": h}, offline=True)
    opened = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    opened.on("request", lambda r: asked.append(r.url))
    opened.on("console", lambda m: complaints.append(m.text))
    opened.on("dialog", lambda d: complaints.append(d.message))
    opened.goto(files[ui])
    opened.evaluate("document.fonts.ready")
    yield opened
    assert [u for u in asked if not u.startswith(("file:", "data:"))] == []
    assert complaints == []
    context.close()


def test_nothing_is_wider_than_the_screen(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    wide = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1"
        " || e.getBoundingClientRect().left < -1).map(e => e.outerHTML.slice(0, 80))"
    )
    assert wide == []


def test_the_article_runs_right_to_left_beside_or_above_its_statements(page: Any) -> None:
    text, rail = (page.locator(s).first.bounding_box() for s in (".doc .text", ".doc .rail"))
    if page.viewport_size["width"] > 1000:
        assert text["x"] > rail["x"] + rail["width"] - 1
    else:
        assert text["y"] + text["height"] <= rail["y"]
    assert page.evaluate("getComputedStyle(document.querySelector('.doc .text')).direction") == "rtl"


def test_the_chain_is_drawn_from_right_to_left(page: Any) -> None:
    chain = page.locator("#d1-s3 .chain .link bdi")
    words = chain.all_text_contents()
    assert words[:3] == ["وكالة الحقل", "موقع الضفة", "مصادر محلية"]
    first, second = (chain.nth(i).bounding_box() for i in (0, 1))
    assert second["y"] > first["y"] or second["x"] + second["width"] <= first["x"]


def test_the_fonts_come_with_the_page(page: Any) -> None:
    page.evaluate("document.fonts.ready.then(() => true)")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)")
    assert any("Amiri" in f for f in loaded) and any("Plex" in f for f in loaded)


def test_marks_leave_the_letters_joined(page: Any) -> None:
    widths = page.evaluate(
        """() => ['والوزارة', 'و<mark class="cue">الوزارة</mark>', 'وا<mark class="source">لو</mark>زارة',
                  'والو<mark class="content n1">زا</mark>رة'].map(html => {
             const line = document.createElement('span'); line.innerHTML = html;
             document.querySelector('.doc .text').append(line);
             const width = line.getBoundingClientRect().width; line.remove(); return width; })"""
    )
    assert max(widths) - min(widths) < 0.5


def test_a_statement_chosen_lights_its_parts_and_leads_both_ways(page: Any) -> None:
    page.locator("a.ref[href='#d1-s3']").first.click()
    assert page.url.endswith("#d1-s3") and page.locator("#d1-s3").is_visible()
    lit = page.evaluate("getComputedStyle(document.querySelector('.doc .n3')).backgroundColor")
    assert lit == "rgb(255, 217, 94)"
    page.locator("#d1-s3 .head .n").click()
    assert page.url.endswith("#d1-c3")
    top = page.locator("#d1-c3").bounding_box()["y"]
    assert 0 <= top < page.viewport_size["height"]


def test_the_reason_opens_without_a_script(page: Any) -> None:
    details = page.locator("#d1-s3 details")
    assert not details.locator("p").first.is_visible()
    details.locator("summary").press("Enter")
    assert details.locator("p").first.is_visible() and "RV001" in details.inner_text()


def test_hostile_words_are_words(page: Any) -> None:
    assert page.locator("script, img, iframe, object").count() == 0
    assert "<img src=x onerror=alert(2)>" in page.locator("#d2-top").inner_text()
    assert page.locator("#d2-top .text .hidden").first.inner_text() == "RLO"
    assert page.locator("a[href^='javascript']").count() == 0


CONTRAST = """() => {
  const linear = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * linear(r / 255) + .7152 * linear(g / 255) + .0722 * linear(b / 255);
  const rgb = s => { const m = s.match(/[\\d.]+/g).map(Number); return m[3] === 0 ? null : m.slice(0, 3) };
  const behind = e => e ? rgb(getComputedStyle(e).backgroundColor) || behind(e.parentElement) : [255, 255, 255];
  const faults = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()) || !e.checkVisibility()) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) faults.push([e.className || e.tagName, ratio.toFixed(2)]);
  }
  return faults }"""


def test_all_text_has_the_contrast_of_wcag_aa(page: Any) -> None:
    assert page.evaluate(CONTRAST) == []


def test_it_prints_with_its_reasons_open(page: Any) -> None:
    page.emulate_media(media="print")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.columns')).gridTemplateColumns.split(' ').length")
        == 1
    )
    assert page.locator("#d1-s3 details p").first.is_visible()
    assert len(page.pdf()) > 20_000
    page.emulate_media(media="screen")


def test_it_reads_without_any_script(browser: Any, files: dict[str, str]) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    opened = context.new_page()
    opened.goto(files["ar"])
    assert "مصادر محلية" in opened.locator("#d1-s3").inner_text()
    assert "لم تذكر هذه المادة مصدرًا" in opened.locator("#d1-s7").inner_text()
    context.close()
