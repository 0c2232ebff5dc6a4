"""The workbench in Chromium: from an opened project to a corrected and exported claim, by mouse and by keyboard
alone, in both languages, at phone and desktop width; axe; hostile articles inert; nothing asked of the network."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import rawi
from rawi.app.imports import Imports
from rawi.app.security import Access
from rawi.app.server import make_app
from rawi.app.workbench import Workbench
from rawi.cli.demo import sample_files
from rawi.corpus import Project

pytestmark = pytest.mark.browser
ASSETS = Path(__file__).parent / "assets"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"phone": (390, 844), "desktop": (1440, 1000)}
# Each language and each width once; `make soak` takes all four.
AXE = ("ar phone", "en desktop")
FACES = [(ui, width) for ui in ("ar", "en") for width in WIDTHS]
# An emoji before the statements: a browser counts it as two, the evidence as one.
EMOJI = "خبر \U0001f600\U0001f1f8\U0001f1fe عاجل\nقال الوزير سامي النجار إن الجسر سليم تماما. وأضاف أن العمل مستمر.\n"
HOSTILE = (
    "عنوان <script>window.owned=1</script>\nقال الوزير «<img src=x onerror='window.owned=1'>» إن "
    '\u202eالوضع\u202c مستقر. وأضاف المتحدث أن <b onclick="alert(1)">الرد</b> قريب.'
)


class Served(NamedTuple):
    """A running workbench."""

    project: Project
    base: str


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    import uvicorn

    with rawi.open(tmp_path_factory.mktemp("browser") / "project") as project:
        project.add([f for f in sample_files() if f.endswith("wire.jsonl")])
        lines = [
            {"id": "emoji", "outlet": "صحيفة الجسر", "published": "2024-06-02", "text": EMOJI},
            {"id": "hostile", "url": "javascript:alert(3)", "outlet": "<i>x</i>", "text": HOSTILE},
        ]
        project.add_bytes([("more.jsonl", "\n".join(json.dumps(line) for line in lines).encode())])
        project.trace()
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
            access = Access(frozenset({f"127.0.0.1:{port}"}), "token")
            app = make_app(Workbench(project, Imports(project)), access)
            server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
            thread.start()
            while not server.started:
                time.sleep(0.02)
            yield Served(project, f"http://127.0.0.1:{port}")
            server.should_exit = True
            thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


def opened(browser: Any, served: Served, ui: str, width: str, **more: Any) -> tuple[Any, list[str]]:
    """A page that has come in by the printed link, and a list of what it complains of."""
    w, h = WIDTHS[width]
    context = browser.new_context(viewport={"width": w, "height": h}, accept_downloads=True, **more)
    page = context.new_page()
    page.set_default_timeout(15_000)
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text))
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.on("dialog", lambda d: complaints.append(d.message))
    page.on("request", lambda r: None if r.url.startswith((served.base, "data:")) else complaints.append(r.url))
    page.goto(f"{served.base}/?token=token")
    page.goto(f"{served.base}/settings?ui={ui}")
    return page, complaints


@pytest.fixture(params=FACES, ids=lambda f: f"{f[0]} {f[1]}")
def face(request: pytest.FixtureRequest, browser: Any, served: Served) -> Iterator[Any]:
    page, complaints = opened(browser, served, *request.param)
    yield page
    assert complaints == []
    page.context.close()


def screens(served: Served) -> dict[str, str]:
    project = served.project
    return {
        "corpus": "/corpus?q=حماة",
        "article": f"/article/{project.ask(limit=1).hits[0].document.ref}#d1-s2",
        "speakers": "/speakers",
        "speaker": f"/speaker?key={project.sources(limit=1)[0].key}",
        "claims": "/claims",
        "claim": f"/claim/{project.families(limit=1)[0][0].id}",
        "map": "/map",
        "review": "/review",
        "log": "/review/log",
        "compare": "/review/compare",
        "import": "/import",
        "export": "/export",
    }


RUN_AXE = """axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',
  'wcag22aa', 'best-practice']}).then(
  r => r.violations.map(v => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 160)]))"""


def test_every_screen_passes_axe_and_fits(face: Any, served: Served, request: pytest.FixtureRequest) -> None:
    checked = os.environ.get("RAWI_SOAK") == "1" or request.node.callspec.id in AXE
    if checked:
        face.add_init_script(path=str(ASSETS / "axe.min.js"))
    faults: dict[str, Any] = {}
    for name, path in screens(served).items():
        face.goto(served.base + path)
        face.evaluate("for (const d of document.querySelectorAll('main details:not(.card)')) d.open = true")
        found = checked and face.evaluate(RUN_AXE)
        wide = face.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if found or wide:
            faults[name] = (found, wide)
    assert faults == {}


def choose(page: Any, locator: Any, keyboard: bool) -> None:
    """Clicks, or walks there with Tab and presses Enter."""
    if not keyboard:
        locator.click()
        return
    handle = locator.element_handle()
    for _ in range(400):
        if handle.evaluate("e => e === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {locator}")


@pytest.mark.parametrize("keyboard", [False, True], ids=["mouse", "keyboard"])
def test_from_an_opened_project_to_a_corrected_and_exported_claim(
    face: Any, served: Served, keyboard: bool, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    reviewer = f"مراجع {request.node.callspec.id}"
    served.project.add_bytes([(f"{request.node.callspec.id}.jsonl", json.dumps({
        "id": f"emoji {request.node.callspec.id}", "outlet": "صحيفة الجسر", "published": "2024-06-02", "text": EMOJI,
    }).encode())])  # fmt: skip
    ref = served.project.article(f"emoji {request.node.callspec.id}").document.ref

    # Search, open the article, choose the statement.
    face.goto(f"{served.base}/corpus")
    face.locator("#q").focus()
    face.keyboard.type('"الجسر سليم تماما"')
    face.keyboard.press("Enter")
    face.wait_for_url("**/corpus?*")
    choose(face, face.locator(f".hits a[href='/article/{ref}']"), keyboard)
    face.wait_for_url(f"**/article/{ref}")
    card = face.locator("#d1-d1")
    choose(face, card.locator("summary").first, keyboard)
    assert card.locator(".chain").is_visible()
    lit = face.locator(".text mark.content.lit")
    assert "الجسر سليم تماما" in lit.first.inner_text()
    assert (
        face.evaluate("getComputedStyle(document.querySelector('mark.lit')).backgroundColor") == "rgb(255, 217, 94)"
    )

    # Review it: take a narrower content, another stance.
    choose(face, card.locator("a[href^='/review']"), keyboard)
    face.wait_for_url("**/review?at=*")
    face.locator("input[name=by]").focus()
    face.keyboard.type(reviewer)
    if keyboard:
        face.locator("#h-open").focus()
        face.keyboard.press("e")
        choose(face, face.locator(".span[data-field=content] [data-edge=start][data-by='1']"), True)
        for _ in range(5):
            if face.locator("#w-content").inner_text() == "الجسر سليم":
                break
            end = face.locator(".span[data-field=content] [data-edge=end][data-by='-1']")
            choose(face, end, True)
    else:
        face.locator("#edit > summary").click()
        select(face, "الجسر سليم")
        face.locator("[data-take=content]").click()
    assert face.locator("#w-content").inner_text() == "الجسر سليم"
    face.locator("#edit select[name=stance]").select_option("alleged")
    with face.expect_navigation():
        choose(face, face.locator("#edit button[value=change]"), keyboard)

    corrected = served.project.reading(ref, corrected=True)
    first = corrected.attributions[0]
    assert [s.of(corrected.text) for s in first.content] == ["الجسر سليم"] and first.stance == "alleged"
    assert served.project.corrections()[-1].by == reviewer

    # Export it with corrections.
    face.goto(f"{served.base}/export?q=%22الجسر%20سليم%20تماما%22")
    button = face.locator("form[action='/export/jsonl.zip'] button[name=corrected]")
    with face.expect_download() as download:
        choose(face, button, keyboard)
    target = tmp_path / "export.zip"
    download.value.save_as(target)
    with zipfile.ZipFile(target) as pack:
        rows = [json.loads(line) for line in pack.read("rawi-jsonl.jsonl").decode().splitlines()]
    row = next(r for r in rows if r["id"] == f"emoji {request.node.callspec.id}")
    start, end = row["attributions"][0]["content"][0]
    assert row["text"][start:end] == "الجسر سليم"


def select(page: Any, words: str) -> None:
    """Selects words in the text as a drag of the mouse would leave them."""
    page.evaluate(
        """words => { const walk = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
        for (let n = walk.nextNode(); n; n = walk.nextNode()) { const at = n.data.indexOf(words);
          if (at < 0) continue;
          const r = document.createRange(); r.setStart(n, at); r.setEnd(n, at + words.length);
          const s = getSelection(); s.removeAllRanges(); s.addRange(r); return; } throw new Error('not found'); }""",
        words,
    )


def test_offsets_cross_from_utf16_to_code_points(browser: Any, served: Served) -> None:
    page, complaints = opened(browser, served, "en", "desktop")
    page.goto(f"{served.base}/article/{served.project.article('emoji').document.ref}")
    for words in ("عاجل", "سامي النجار", "مستمر"):
        select(page, words)
        span = page.evaluate(
            "import('/static/offsets.js').then(m => m.selectedSpan(document.getElementById('text')))"
        )
        assert EMOJI[span[0] : span[1]] == words
    counted = page.evaluate(
        "import('/static/offsets.js').then(m => [m.codePoints('a\\u{1f600}b', 2), m.codePoints('a\\u{1f600}b', 3)])"
    )
    assert counted == [1, 2]
    page.goto(f"{served.base}/article/{served.project.article('hostile').document.ref}")
    text = served.project.reading("hostile").text
    for words in ("الوضع", "مستقر", "الرد", "قريب"):
        select(page, words)
        span = page.evaluate(
            "import('/static/offsets.js').then(m => m.selectedSpan(document.getElementById('text')))"
        )
        assert text[span[0] : span[1]] == words
    assert complaints == []
    page.context.close()


def test_hostile_articles_are_inert(face: Any, served: Served) -> None:
    ref = served.project.article("hostile").document.ref
    for path in (f"/article/{ref}", "/corpus?order=added", "/review"):
        face.goto(served.base + path)
        assert face.evaluate("window.owned") is None
        assert face.locator("main script, main img, main b[onclick]").count() == 0
        assert face.locator("a[href^='javascript']").count() == 0
    face.goto(f"{served.base}/article/{ref}")
    assert "<script>" in face.locator("#text").inner_text()
    assert face.locator("#text .hidden").first.inner_text() == "RLO"


def test_the_keys_of_review(browser: Any, served: Served) -> None:
    page, complaints = opened(browser, served, "en", "desktop")
    page.goto(f"{served.base}/review?order=text")
    queue = page.locator(".queue ol a").evaluate_all("l => l.map(a => a.dataset.id)")
    page.keyboard.press("j")
    page.wait_for_url(f"**at={queue[1]}*")
    page.keyboard.press("k")
    page.wait_for_url(f"**at={queue[0]}*")
    page.locator("input[name=by]").fill("نور")
    page.locator("#h-open").focus()
    page.keyboard.press("a")
    page.wait_for_url(f"**at={queue[1]}*")
    assert served.project.statement(queue[0]).state == "accepted"
    assert page.locator("input[name=by]").input_value() == "نور"
    page.keyboard.press("x")
    page.wait_for_url(f"**at={queue[2]}*")
    assert served.project.statement(queue[1]).state == "rejected"
    page.locator("input[name=by]").focus()
    page.keyboard.type("ax")
    assert served.project.statement(queue[2]).state == "open"
    assert complaints == []
    page.context.close()


def test_it_reads_without_a_script(browser: Any, served: Served) -> None:
    page, _ = opened(browser, served, "ar", "desktop", java_script_enabled=False)
    page.goto(f"{served.base}{screens(served)['article']}")
    assert page.locator("#d1-s2 .chain").is_visible()
    page.goto(f"{served.base}/corpus")
    page.locator(".facets a").first.click()
    assert page.locator(".chips a").count() == 1
    page.goto(f"{served.base}/review")
    page.locator("input[name=by]").fill("بلا برنامج")
    page.locator("button[value=accept]").click()
    assert served.project.corrections()[-1].by == "بلا برنامج"
    page.context.close()


def test_the_rail_lists_what_else_the_speaker_said_and_copies_a_citation(browser: Any, served: Served) -> None:
    page, complaints = opened(browser, served, "en", "desktop", permissions=["clipboard-read", "clipboard-write"])
    source = next(s for s in served.project.sources(limit=20) if s.documents > 1)
    from rawi.store.search import Filters

    said = served.project.statements(filters=Filters(speaker=(source.key,)), order="text").statements[0]
    page.goto(f"{served.base}/article/{said.ref}#d1-s{said.number}")
    card = page.locator(f"#d1-d{said.number}")
    card.locator("details[data-more] > summary").click()
    card.locator(".others li").first.wait_for()
    card.locator("details:has(.cite) > summary").click()
    card.locator("button.copy").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert said.id in copied and "statement" in copied and "truth" in copied
    assert complaints == []
    page.context.close()


def test_files_dropped_or_pasted_are_added_while_one_looks(browser: Any, served: Served, tmp_path: Path) -> None:
    page, complaints = opened(browser, served, "ar", "phone")
    good, bad = tmp_path / "good.txt", tmp_path / "bad.pdf"
    good.write_text("خبر السد\nقالت المديرة إن السد امتلأ.", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7 broken")
    page.goto(f"{served.base}/import")
    page.locator("#files").set_input_files([good, bad])
    page.locator("form.import button.yes").click()
    page.wait_for_url("**/import/*")
    page.locator("#progress[data-done=yes]").wait_for(timeout=30_000)
    assert page.locator("tbody tr").count() == 2 and page.locator(".o-failed").count() == 1
    assert complaints == []
    page.context.close()


def test_it_holds_at_twice_the_size_in_print_and_without_motion(browser: Any, served: Served) -> None:
    page, complaints = opened(browser, served, "ar", "desktop", reduced_motion="reduce")
    page.set_viewport_size({"width": 720, "height": 500})
    for name, path in screens(served).items():
        page.goto(served.base + path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, name
    page.goto(f"{served.base}{screens(served)['article']}")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.emulate_media(media="print")
    assert not page.locator(".bar nav").is_visible() and page.locator(".text").is_visible()
    assert complaints == []
    page.context.close()
