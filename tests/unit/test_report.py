"""The report: words of articles isolated and escaped, every code worded in both languages, nothing fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest

import rawi
from rawi import model
from rawi.report import build as building
from rawi.report.build import build, write_report
from rawi.report.views import safe_link
from rawi.show.marked import Layer, marked, shown
from rawi.show.messages import PLURALS, messages
from rawi.show.reasons import reasons
from rawi.show.summary import tally_of

GOLDEN = Path(__file__).parents[1] / "golden" / "readings.jsonl"
PACKAGE = Path(rawi.__file__).parent
ARABIC = re.compile("[\u0620-\u064a]")
VOID = {"meta", "link", "br", "rect", "input", "img"}


def readings() -> list[model.Reading]:
    return list(rawi.load_readings(GOLDEN))


class Page(HTMLParser):
    """The elements around each text, the attributes used, and whether all elements are closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, list[tuple[str, dict[str, str | None]]]]] = []
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes |= {name for name, _ in attrs}
        values = dict(attrs)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if "href" in values else []
        if tag not in VOID:
            self.open.append((tag, values))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open and self.open[-1][0] == tag, f"</{tag}> closes {self.open[-1:]}"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((data, list(self.open)))


@pytest.fixture(scope="module", params=["ar", "en"])
def page(request: pytest.FixtureRequest) -> Page:
    return Page(build(readings(), ui=request.param))


def test_every_element_is_closed_and_every_id_is_one(page: Page) -> None:
    assert page.open == [] and len(set(page.ids)) == len(page.ids)


def test_no_script_no_handler_no_network(page: Page) -> None:
    assert not {a for a in page.attributes if a.startswith("on")} and "src" not in page.attributes
    outside = [href for href in page.links if not href.startswith("#")]
    assert outside == ["https://haql.example/a?b=1&c=2"]
    tags = {tag for _, path in page.texts for tag, _ in path}
    assert "script" not in tags
    style = "".join(text for text, path in page.texts if path[-1][0] == "style")
    assert "@import" not in style and set(re.findall(r"url\((.{5})", style)) == {"data:"}


def test_every_link_inside_leads_somewhere(page: Page) -> None:
    assert [href for href in page.links if href.startswith("#") and href[1:] not in page.ids] == []


def test_words_of_an_article_are_isolated_whatever_the_language_of_the_page(page: Page) -> None:
    english = next(values for tag, values in [page.texts[0][1][0]] if tag == "html")["lang"] == "en"
    for text, path in page.texts:
        if "<img" in text or "golden-" in text or (english and ARABIC.search(text)):
            assert any(tag == "bdi" or "dir" in values for tag, values in path[1:]), text


def test_content_runs_right_to_left_in_either_interface(page: Page) -> None:
    directions = [
        values["dir"]
        for _, path in page.texts
        for tag, values in path
        if tag == "div" and values.get("class") == "text"
    ]
    assert set(directions) == {"rtl", "auto"}


def test_the_style_has_no_physical_sides() -> None:
    style = (PACKAGE / "report" / "templates" / "report.css").read_text(encoding="utf-8")
    found = re.findall(
        r"(?:margin|padding|border|inset)-(?:left|right)|text-align:\s*(?:left|right)|float|[^-\w](?:left|right):",
        style,
    )
    assert found == []
    assert "letter-spacing" not in style and "italic" not in style
    marks = re.findall(r"(?m)^mark\b[^{]*\{([^}]*)\}", style)
    assert marks and not any("padding" in m or "inline-block" in m or "margin" in m for m in marks)


@pytest.mark.parametrize("ui", ["ar", "en"])
@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("stance", model.Stance), ("act", model.Act), ("source_type", model.SourceType), ("kind", model.Kind),
        ("writer_stance", model.WriterStance), ("doubt", model.DoubtCode), ("place_kind", model.PlaceKind),
        ("precision", model.Precision), ("timex", model.TimexType), ("unattributed", model.UnattributedClass),
    ],
)  # fmt: skip
def test_every_code_of_the_format_has_words(ui: str, section: str, codes: object) -> None:
    assert [c for c in get_args(codes) if not messages(ui).has(f"{section}.{c}")] == []


def keys(ui: str) -> dict[str, str]:
    return {k: v for k, v in messages(ui).entries.items() if not k.startswith("count.")}


def test_both_message_files_say_the_same_things_with_the_same_parameters() -> None:
    arabic, english = keys("ar"), keys("en")
    assert set(arabic) == set(english)
    for key, text in english.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", arabic[key])), key


@pytest.mark.parametrize("ui", ["ar", "en"])
def test_every_count_has_every_plural_form(ui: str) -> None:
    counts = {k.split(".")[1] for k in messages("en").entries if k.startswith("count.")}
    assert counts and all(messages(ui).has(f"count.{c}.{form}") for c in counts for form in PLURALS[ui])
    other = messages("ar" if ui == "en" else "en").entries
    assert {k.split(".")[1] for k in other if k.startswith("count.")} == counts


def test_arabic_counts() -> None:
    say = messages("ar")
    assert [say.count("statements", n) for n in (0, 1, 2, 3, 11, 100)] == [
        "لا أقوال", "قول واحد", "قولان", "3 أقوال", "11 قولًا", "100 قول",
    ]  # fmt: skip
    assert messages("ar", "arabic-indic").count("statements", 96) == "٩٦ قولًا"


def test_the_summary_counts() -> None:
    line = tally_of(readings()).line(messages("en"))
    assert line == "3 articles, 8 statements, 4 speakers, 2 from unnamed sources, 2 denials"


def test_marks_do_not_change_the_text() -> None:
    for reading in readings():
        html = str(marked(reading.text, [Layer(s, "content", a.n) for a in reading.attributions for s in a.content]))
        plain = re.sub(r"<[^>]+>", "", html)
        assert plain == re.sub(r"<[^>]+>", "", "\n".join(shown(p) for p in reading.text.split("\n")))


def test_a_mark_inside_a_word_puts_nothing_between_its_letters() -> None:
    html = str(marked("والوزارة", [Layer(model.Span(1, 8), "cue", 1)]))
    assert html == '<p>و<mark class="cue n1">الوزارة</mark></p>'


def test_overlapping_marks_are_cut_and_numbered() -> None:
    layers = [
        Layer(model.Span(0, 5), "content", 1),
        Layer(model.Span(3, 8), "source", 2),
        Layer(model.Span(9, 9), "cue", 3),
    ]
    html = str(marked("abc de fgh", layers, anchor="d1-"))
    assert html == (
        '<p><mark class="content n1">abc</mark><mark class="content source n1 n2"> d</mark>'
        '<mark class="source n2">e f</mark>gh</p>'
    )


def test_what_cannot_be_seen_is_shown() -> None:
    assert str(shown("a\u202eb")) == 'a<span class="hidden" dir="ltr">RLO</span>b'
    assert str(shown("\ud800<")) == '<span class="hidden" dir="ltr">U+D800</span>&lt;'
    assert str(shown("a\u200cb")) == "a\u200cb"


def test_lone_surrogates_anywhere_are_shown_and_written(tmp_path: Path) -> None:
    odd = "\ud800x"
    article = model.Article(id=odd, text=f"قال {odd} إن الجسر مغلق", outlet=odd, url=f"https://a.example/{odd}")
    reading = rawi.read(article)
    path = tmp_path / "a.html"
    path.write_text(build([reading], ui="ar"), encoding="utf-8")
    assert "U+D800" in path.read_text(encoding="utf-8") and "a.example" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "http://", "//a", "http://[", "", None])
def test_links_that_are_none(url: str | None) -> None:
    assert safe_link(url) == ""


def test_articles_are_written_one_at_a_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    alive: list[int] = []
    monkeypatch.setattr(building, "LISTED", 1)

    def one_after_the_other():  # type: ignore[no-untyped-def]
        for reading in readings() * 3:
            alive.append(1)
            yield reading

    with (tmp_path / "a.html").open("w", encoding="utf-8") as out:
        tally = write_report(one_after_the_other(), out, say=messages("en"))
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert tally.articles == len(alive) == 9 and text.count('<article class="doc"') == 9 and "and 5 more" in text


@pytest.mark.parametrize("ui", ["ar", "en"])
def test_every_rule_that_makes_a_statement_has_its_reason_in_words(ui: str) -> None:
    rules = {
        a.rule
        for path in sorted((PACKAGE / "sample").glob("*.*l"))
        for article in rawi.load_all(path)
        if isinstance(article, model.Article)
        for a in rawi.read(article).attributions
    }
    assert [rule for rule in sorted(rules) if not reasons(rule, messages(ui))] == []


def test_every_class_of_charged_wording_has_words() -> None:
    rows = (PACKAGE / "lang" / "ar" / "charged.tsv").read_text(encoding="utf-8").splitlines()
    classes = {row.split("\t")[1] for row in rows if row and not row.startswith(("#", "id\t"))}
    assert classes and [c for c in sorted(classes) if not messages("ar").has(f"charged.{c}")] == []
