"""What holds for the workbench's own files: logical style, no text outside the message files, offsets, OpenAPI."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import rawi
from rawi.app.asked import PAGE, SEARCH, Asked, asked
from rawi.app.graph import Link, Node, graph
from rawi.app.openapi import openapi
from rawi.app.pages import HERE
from rawi.app.preferences import preferences, reviewer_name, safe_path
from rawi.app.security import access_for
from rawi.app.views_map import timeline_bins
from rawi.errors import InputError
from rawi.model import Span
from rawi.settings import Settings
from rawi.show.marked import Layer, marked
from rawi.show.messages import messages
from rawi.store.search import Value

STYLES = sorted((HERE / "static").glob("*.css"))
SCRIPTS = sorted((HERE / "static").glob("*.js"))
TEMPLATES = sorted((HERE / "templates").glob("*.j2"))


def declarations(path: Path) -> list[str]:
    text = re.sub(r"@media[^{]*", "", path.read_text(encoding="utf-8"))
    return [d.strip() for block in re.findall(r"{([^{}]*)}", text) for d in block.split(";") if ":" in d]


@pytest.mark.parametrize("path", STYLES, ids=lambda p: p.name)
def test_style_is_logical(path: Path) -> None:
    physical = re.compile(
        r"^(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)|left|right|top|bottom|(?:min-|max-)?(?:width|height)"
        r"|letter-spacing|font-style\s*:\s*italic|(?:float|clear|text-align)\s*:\s*(?:left|right))"
    )
    found = declarations(path)
    assert len(found) > 100
    assert [d for d in found if physical.match(d)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_no_words_of_the_interface_stand_in_a_template(path: Path) -> None:
    text = re.sub(
        r"{% block kind %}\w+|{#.*?#}|{%.*?%}|{{.*?}}|<pre.*?</pre>", "", path.read_text(encoding="utf-8"), flags=re.S
    )
    words = re.sub(r"<[^>]*>|&\w+;", " ", text)
    assert re.findall(r"[A-Za-z\u0600-\u06ff]{3,}", words) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_scripts_need_nothing_that_the_policy_refuses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert (
        re.findall(r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write|\.style\b|https?://", text)
        == []
    )
    assert all(re.search(r'from "\./[\w-]+\.js"', line) for line in text.splitlines() if line.startswith("import "))


def test_every_message_that_a_template_names_exists() -> None:
    named = set()
    for path in [*TEMPLATES, *HERE.glob("*.py")]:
        named |= set(re.findall(r"""say\(\s*["']([a-z_]+(?:\.[a-z_-]+)+)["']""", path.read_text(encoding="utf-8")))
        counted = re.findall(r"""say\.count\(\s*["'](\w+)["']""", path.read_text(encoding="utf-8"))
        named |= {f"count.{c}.other" for c in counted}
    known = messages("en")
    assert len(named) > 100
    assert sorted(k for k in named if not known.has(k) and not k.endswith("_")) == []


def test_every_message_of_the_workbench_is_used() -> None:
    text = "".join(p.read_text(encoding="utf-8") for p in [*TEMPLATES, *HERE.glob("*.py")])
    built = re.findall(r"""["'](app\.[a-z_.]+[._])["']\s*~|f["'](app\.[a-z_.]+[._]){""", text)
    prefixes = tuple({a or b for a, b in built} | {"app.state."})
    unused = [
        k
        for k in messages("en").entries
        if k.startswith("app.") and f'"{k}"' not in text and f"'{k}'" not in text and not k.startswith(prefixes)
    ]
    assert unused == []


def test_a_paragraph_says_where_its_first_character_stands() -> None:
    text = "\U0001f600 قال\n  إن \u200bالوضع\n\nانتهى"
    html = marked(text, [Layer(Span(9, 11), "cue", 1)], offsets=True)
    starts = [int(s) for s in re.findall(r'data-start="(\d+)"', html)]
    assert [text[s] for s in starts] == ["\U0001f600", "إ", "ا"]
    inside = marked(text, [], offsets=True, within=Span(8, 9))
    assert inside.count("<p") == 1 and f'data-start="{starts[1]}"' in inside


def test_parameters_are_checked_and_lists_kept_once() -> None:
    found = asked((*SEARCH, PAGE), [("outlet", "a"), ("outlet", "a"), ("outlet", ""), ("page", "2"), ("x", "y")], {})
    assert found.many("outlet") == ("a", "") and found.number("page") == 2
    assert found.query(stance=("denied",)) == "?outlet=a&outlet=&stance=denied"
    with pytest.raises(InputError):
        asked(SEARCH, [("outlet", str(i)) for i in range(41)], {})


@pytest.mark.parametrize("cookie", ["", "xx.yy.zz", "ar", "ar.latin.levantine.more", "\u202e.\u202e.\u202e"])
def test_an_odd_cookie_is_no_choice(cookie: str) -> None:
    assert preferences({"rawi-view": cookie}, {}, Settings())[:3] == ("en", "latin", "gregorian")


def test_a_name_is_one_line_of_what_can_be_seen() -> None:
    assert reviewer_name(" نور\u202e\n\tأحمد  " + "x" * 200).startswith("نورأحمد x")
    assert len(reviewer_name("x" * 200)) == 80
    assert [safe_path(p) for p in ("/a?b=1", "//e", "/\\e", "http://e", "")] == ["/a?b=1", "/", "/", "/", "/"]


def test_further_hosts_are_answered_with_and_without_a_port() -> None:
    access = access_for(
        "0.0.0.0", 80, password="a-long-password", allow_hosts=["Desk.example", "b.example:8080", " "]
    )
    assert {"desk.example:80", "b.example:8080", "127.0.0.1:80"} <= access.hosts


def test_time_is_drawn_by_day_month_or_year() -> None:
    none = Asked({}, {})
    days = [Value(f"2024-05-{d:02}", "", d) for d in range(1, 4)] + [Value("", "", 9)]
    assert [(b.name, b.documents) for b in timeline_bins(days, none)] == [
        ("2024-05-01", 1),
        ("2024-05-02", 2),
        ("2024-05-03", 3),
    ]
    many = [Value(f"2024-{m:02}-{d:02}", "", 1) for m in range(1, 13) for d in range(1, 29)]
    bins = timeline_bins(many, none)
    assert len(bins) == 12 and bins[0].documents == 28 and bins[0].href == "?since=2024-01-01&until=2024-01-31"
    years = [Value(f"{y}-{m:02}-01", "", 1) for y in range(2010, 2024) for m in range(1, 13)]
    assert [b.name for b in timeline_bins(years, none)] == [str(y) for y in range(2010, 2024)]


@pytest.mark.parametrize(("ui", "first"), [("en", "left"), ("ar", "right")])
def test_the_graph_runs_with_the_page_and_escapes(ui: str, first: str) -> None:
    nodes = [
        Node("r", "مصدر", None, "root-named", "", ""),
        Node("a", "<script>", "2024-01-01", "article", "/article/a", "عنوان\u202e"),
        Node("b", "صحيفة", "2024-01-02", "denial", "/article/b", ""),
    ]
    svg = str(
        graph(nodes, [Link("a", "r", "source"), Link("b", "a", "reuse"), Link("b", "none", "reuse")], messages(ui))
    )
    assert "<script>" not in svg and "\u202e" not in svg and svg.count('class="edge') == 2
    at = {m[1]: float(m[0]) for m in re.findall(r'<rect x="([\d.]+)".*?<text[^>]*>([^<]*)</text>', svg)}
    assert (at["مصدر"] < at["صحيفة"]) is (first == "left")


def test_openapi_describes_every_screen_of_the_server() -> None:
    described: dict[str, Any] = openapi()
    assert described["openapi"].startswith("3.1") and len(described["paths"]) == 14
    corpus = described["paths"]["/corpus.json"]["get"]
    assert {p["name"] for p in corpus["parameters"]} >= {"q", "mode", "outlet", "page"}
    assert all("404" in o["get"]["responses"] for o in described["paths"].values())


def test_the_workbench_is_not_loaded_with_rawi() -> None:
    import subprocess
    import sys

    code = "import rawi, sys; rawi.read; print('starlette' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False" and rawi.__version__
