"""Bytes to articles: the text stays as it came, and what cannot be read says what, where and what was expected."""

from __future__ import annotations

import gzip
import io
import json
import random
import time
import zipfile
from pathlib import Path

import pytest

import rawi
from rawi.errors import EmptyInputError, EncodingError, FormatError, InputError, TooLargeError
from rawi.ingest.dates import publication
from rawi.ingest.encoding import decode
from rawi.ingest.html import agreement
from rawi.ingest.source import with_title
from rawi.ingest.walk import find_files
from rawi.model import Article, Span, Timex

TEXT = "قالت وزارة المياه إن السد امتلأ، ونفى ناطق باسمها وقوع أي تسرب.\nوأضافت أن الفرق تراقب «الوضع» منذ يومين."


LINKS = "<!DOCTYPE html><ul>" + "<li><a href=/n>وزارة المياه تعلن امتلاء السد</a></li>" * 40 + "</ul>"
LOGIN = "<!DOCTYPE html><form><p>اسم المستخدم</p><input></form><footer>جميع الحقوق محفوظة لموقعنا</footer>"


def only(data: bytes, name: str, **said: str) -> Article:
    (outcome,) = rawi.load_all(data, name=name, **said)
    assert isinstance(outcome, Article), outcome
    return outcome


def fault(data: bytes, name: str) -> InputError:
    *_, outcome = rawi.load_all(data, name=name)
    assert isinstance(outcome, InputError), outcome
    assert name in str(outcome) and "expected:" in str(outcome) and "\n" not in str(outcome)
    return outcome


@pytest.mark.parametrize("text", [TEXT, "a\r\nb\rc\n\n  d\t\u00a0\u200f", "e\u0301 ﷺ ـــ ٣ یک", " \n" + TEXT + " \n"])
def test_text_is_never_changed(text: str) -> None:
    assert only(text.encode(), "a.txt").text == text
    assert only(json.dumps({"text": text}).encode(), "a.jsonl").text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
def test_encodings_with_and_without_a_mark(encoding: str) -> None:
    assert only(TEXT.encode(encoding), "a.txt").text == TEXT


def test_iso_8859_6_is_told_from_windows_1256_by_its_letters() -> None:
    text = TEXT.replace("«", '"').replace("»", '"')
    assert decode(text.encode("iso8859-6")).text == text


@pytest.mark.parametrize("words", ["نص", "دور النشر", "حمد وحب الناس", "لقاء"])
def test_a_few_words_are_taken_for_the_usual_page(words: str) -> None:
    assert decode(words.encode("cp1256")).text == words


def test_presentation_forms_do_not_hide_utf_16() -> None:
    text = "ﻗﺎﻝ ﺍﻟﻮﺯﻳﺮ ﺇﻥ ﺍﻟﺠﺴﺮ ﻣﻐﻠﻖ، ثم قال غير ذلك"
    assert decode(text.encode("utf-16-le")).text == decode(text.encode("utf-16-be")).text == text


@pytest.mark.parametrize("declared", ["utf-8", "windows-1256", "no-such-thing", "cp1252"])
def test_a_wrong_declaration_does_not_win_over_the_bytes(declared: str) -> None:
    assert decode(TEXT.encode("cp1256"), declared=declared).text == TEXT


def test_a_wrong_byte_in_utf8_is_kept_and_pointed_out() -> None:
    article = only(TEXT.encode() * 20 + b" \xff.", "a.txt")
    assert "\udcff" in article.text
    assert [d.code for d in article.doubts] == ["odd-characters"]
    line = rawi.dumps(rawi.read(article))
    assert only(line.encode(), "b.jsonl").text == article.text


def test_nul_is_a_doubt_and_not_a_crash() -> None:
    article = only((TEXT + "\x00").encode(), "a.txt")
    (doubt,) = article.doubts
    assert (
        doubt.code == "odd-characters"
        and doubt.params["codes"] == "U+0000"
        and doubt.span == Span(len(TEXT), len(TEXT) + 1)
    )


def test_arabic_read_twice_and_other_languages_are_doubts() -> None:
    twice = only((TEXT * 3).encode().decode("latin-1").encode(), "a.txt")
    assert twice.doubts[0].params == {"looks": "decoded-twice"}
    assert [d.code for d in only(b"The minister said that it rained.", "a.txt").doubts] == ["language-other"]


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"", "empty.txt", EmptyInputError),
        (b" \n\t ", "blank.txt", EmptyInputError),
        (b"", "empty.jsonl", EmptyInputError),
        (random.Random(1).randbytes(4000), "noise.txt", EncodingError),
        (random.Random(2).randbytes(4000), "noise.html", InputError),
        (random.Random(3).randbytes(4000), "noise.docx", FormatError),
        (random.Random(4).randbytes(4000), "noise.jsonl", InputError),
        (random.Random(5).randbytes(4000), "noise.json", InputError),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture.txt", FormatError),
        (b"PK\x03\x04 but no archive", "broken.docx", FormatError),
        (b"[1, 2", "cut.json", FormatError),
        (b"[" * 100_000, "deep.json", FormatError),
        (b'{"id": 3}', "no-text.jsonl", FormatError),
        (b'{"text": 3}', "number.jsonl", FormatError),
        (b'{"text": "a", "title_span": [0, 9]}', "span.jsonl", FormatError),
        (b'{"text": ""}', "nothing.jsonl", EmptyInputError),
        (b"<html><body><p>404</p></body></html>", "no-article.html", EmptyInputError),
            (LINKS.encode(), "home.html", EmptyInputError),
            (LOGIN.encode(), "login.html", EmptyInputError),
        (b"<!DOCTYPE html><html><body>" + b"<div>" * 200_000, "deep.html", FormatError),
        (b"<!DOCTYPE html><html><body>" + b"<i>x</i>" * 200_000, "many.html", FormatError),
        (b"<!DOCTYPE html><p " + b" ".join(b"a%d" % n for n in range(200_000)) + b">x", "names.html", FormatError),
        (b'<!DOCTYPE html><p title="<script>"><p ' + b'a="<b" ' * 200_000 + b">x", "hidden.html", FormatError),
        (b"<!DOCTYPE html>" + b"<!---->" * 50_000 + b"<p>x", "comments.html", InputError),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)  # fmt: skip
def test_what_cannot_be_read_says_so_in_one_line(data: bytes, name: str, error: type[InputError]) -> None:
    start = time.perf_counter()
    assert isinstance(fault(data, name), error)
    assert time.perf_counter() - start < 5


def test_a_line_of_50_mb_fails_and_the_rest_goes_on() -> None:
    data = b'{"text": "one"}\n{"text": "' + b"x" * 50_000_000 + b'"}\n{"text": "three"}\n'
    first, second, third = rawi.load_all(data, name="a.jsonl")
    assert isinstance(first, Article) and isinstance(third, Article)
    assert isinstance(second, TooLargeError) and "line 2" in str(second)
    assert isinstance(fault(b"x" * 50_000_000, "a.txt"), TooLargeError)


def test_a_bad_line_fails_alone_and_says_which() -> None:
    data = b'{"text": "one"}\n\n{"text": \nnull\n"x"\n{"id": "d", "text": "four"}\n'
    outcomes = list(rawi.load_all(data, name="a.jsonl"))
    assert [getattr(o, "where", None) for o in outcomes] == [
        None,
        "a.jsonl line 3",
        "a.jsonl line 4",
        "a.jsonl line 5",
        None,
    ]


def test_gzip_is_opened_and_a_bomb_is_not() -> None:
    assert only(gzip.compress(b'{"text": "one"}'), "a.jsonl.gz").text == "one"
    bomb = gzip.compress(b" " * 200_000_000)
    assert isinstance(fault(bomb, "bomb.txt.gz"), TooLargeError)
    assert isinstance(fault(b"no gzip", "broken.txt.gz"), InputError)
    assert isinstance(fault(gzip.compress(b"x" * 9000)[:30], "cut.txt.gz"), InputError)


def docx(paragraphs: list[str]) -> bytes:
    from docx import Document

    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_docx_gives_its_paragraphs() -> None:
    article = only(docx(TEXT.split("\n")), "a.docx")
    assert article.text == TEXT
    assert article.source_file is not None and article.source_file.extractor.startswith("python-docx ")


def test_a_docx_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 60_000_000)
    start = time.perf_counter()
    assert isinstance(fault(stream.getvalue(), "bomb.docx"), TooLargeError)
    assert time.perf_counter() - start < 1


BODY = "".join(f"<p>{TEXT} {n}</p>" for n in range(5))


def page(head: str = "", body: str = BODY) -> bytes:
    inside = f"<nav>الرئيسية</nav><article>{body}</article>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{inside}</body></html>".encode()


LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "غيره"},
        {
            "@type": ["NewsArticle"],
            "headline": "امتلاء &quot;السد&quot;",
            "datePublished": "2024-05-03T08:10:00+03:00",
            "publisher": {"@type": "Organization", "name": "وكالة الحقل"},
            "mainEntityOfPage": {"@id": "https://haql.example/a"},
        },
    ],
}


def test_json_ld_comes_before_meta_tags() -> None:
    meta = '<meta property="og:title" content="غيره"><meta property="og:site_name" content="غيره"><title>غيره</title>'
    article = only(page(f'<script type="application/ld+json">{json.dumps(LD)}</script>{meta}'), "a.html")
    assert article.title_span is not None and article.title_span.of(article.text) == 'امتلاء "السد"'
    assert (article.outlet, article.published, article.url) == (
        "وكالة الحقل",
        "2024-05-03T08:10:00+03:00",
        "https://haql.example/a",
    )
    assert article.id == "https://haql.example/a" and article.doubts == ()
    assert "الرئيسية" not in article.text and article.text.count("السد امتلأ") == 5


def test_meta_tags_serve_where_there_is_no_json_ld() -> None:
    meta = (
        '<meta property="og:site_name" content="وكالة الحقل"><title>امتلاء السد | وكالة الحقل</title>'
        '<meta property="article:published_time" content="2024-05-03 08:10">'
        '<link rel="canonical" href="javascript:alert(1)">'
        '<script type="application/ld+json">{broken</script>'
    )
    article = only(page(meta), "a.html")
    assert article.text.startswith("امتلاء السد\n") and article.outlet == "وكالة الحقل"
    assert (article.published, article.published_as, article.url) == ("2024-05-03T08:10", "2024-05-03 08:10", None)
    assert article.id == f"وكالة الحقل/{article.key}"


def test_the_name_of_the_outlet_is_no_part_of_the_title() -> None:
    meta = '<meta property="og:title" content="امتلاء السد - وكالة"><meta property="og:site_name" content="وكالة">'
    assert only(page(meta), "a.html").text.startswith("امتلاء السد\n")


def test_what_the_caller_says_outranks_the_page() -> None:
    article = only(
        page('<meta property="og:site_name" content="غيره">'), "a.html", outlet="وكالة", published="2024-01-02"
    )
    assert (article.outlet, article.published) == ("وكالة", "2024-01-02")


@pytest.mark.parametrize("encoding", ["cp1256", "utf-8", "utf-16"])
@pytest.mark.parametrize("declared", ["", '<meta charset="windows-1256">', '<meta charset="utf-8">'])
def test_pages_in_any_encoding_with_any_declaration(encoding: str, declared: str) -> None:
    data = page(declared + "<title>امتلاء السد</title>").decode().encode(encoding)
    assert only(data, "a.html").text.startswith("امتلاء السد\nقالت وزارة المياه إن السد")


def test_two_extractors_that_disagree_are_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    assert agreement("a b", "a b") == 1 and agreement("a", "b") == 0 and agreement("", "") == 0
    monkeypatch.setattr("rawi.ingest.html._readability", lambda _: "كلام آخر تماما " * 40)
    (doubt,) = only(page(), "a.html").doubts
    assert doubt.code == "extraction-suspect" and doubt.params["shared"] == "0"


def test_where_the_first_extractor_finds_nothing_the_second_serves_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rawi.ingest.html._trafilatura", lambda _: "")
    article = only(page(), "a.html")
    assert article.source_file is not None and article.source_file.extractor.startswith("readability-lxml ")
    assert [d.code for d in article.doubts] == ["extraction-suspect"]


def test_own_output_read_again_is_the_same_line() -> None:
    sample = Path(rawi.__file__).parent / "sample"
    for path in find_files([sample]).files:
        for article in rawi.load_all(path):
            assert isinstance(article, Article), article
            line = rawi.dumps(rawi.read(article))
            assert rawi.dumps(rawi.read(only(line.encode(), "again.jsonl"))) == line


def test_a_doubt_of_the_extraction_travels_with_the_line() -> None:
    doubt = {"code": "extraction-suspect", "span": None, "params": {"shared": "3"}}
    line = json.dumps(
        {"format": 1, "id": "a", "text": TEXT, "doubts": [doubt, {"code": "no-source"}], "published_as": "يوم ما"}
    )
    article = only(line.encode(), "a.jsonl")
    assert [d.code for d in article.doubts] == ["extraction-suspect", "undated"]
    assert rawi.dumps(rawi.read(only(rawi.dumps(rawi.read(article)).encode(), "b.jsonl"))) == rawi.dumps(
        rawi.read(article)
    )


def test_marks_of_a_gold_line_are_left_aside() -> None:
    gold = {
        "id": "g",
        "outlet": "o",
        "date": "2024-05-03",
        "text": TEXT,
        "attributions": [{"n": 1, "nonsense": True}],
    }
    article = only(json.dumps(gold).encode(), "gold.jsonl")
    assert (article.id, article.published, article.text) == ("g", "2024-05-03", TEXT)


def test_arrays_and_single_objects_of_json() -> None:
    for data in ([{"text": "a"}, {"text": "b"}], {"articles": [{"text": "a"}, {"text": "b"}]}):
        pretty = json.dumps(data, indent=1).encode()
        assert [a.text for a in rawi.load_all(pretty, name="a.json") if isinstance(a, Article)] == ["a", "b"]
    assert only(b'{\n "text": "a"\n}', "a.json").text == "a"


@pytest.mark.parametrize(
    ("title", "text", "whole", "span"),
    [
        ("T", "b", "T\nb", Span(0, 1)),
        ("T", "T\nb", "T\nb", Span(0, 1)),
        ("T", " T\nb", " T\nb", Span(1, 2)),
        ("T", "Tb", "T\nTb", Span(0, 1)),
        ("", "b", "b", None),
        ("T", "", "T", Span(0, 1)),
    ],
)
def test_titles(title: str, text: str, whole: str, span: Span | None) -> None:
    assert with_title(title, text) == (whole, span)


def test_a_title_without_a_text_is_a_document_in_doubt() -> None:
    article = only(json.dumps({"title": "عنوان", "text": ""}).encode(), "a.jsonl")
    assert article.text == "عنوان" and article.title_span == Span(0, 5)
    assert [d.code for d in article.doubts] == ["truncated-input"]
    line = rawi.dumps(rawi.read(article))
    assert rawi.dumps(rawi.read(only(line.encode(), "b.jsonl"))) == line


def test_a_record_that_lost_its_text_is_a_document_in_doubt() -> None:
    article = only(b'{"id": "a", "title": "", "text": " "}', "a.jsonl")
    assert article.text == " " and [d.code for d in article.doubts] == ["truncated-input"]
    line = rawi.dumps(rawi.read(article))
    assert rawi.dumps(rawi.read(only(line.encode(), "b.jsonl"))) == line


@pytest.mark.parametrize(
    ("raw", "published"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03T08:10:00+03:00", "2024-05-03T08:10:00+03:00"),
        ("2024-05-03T08:10:00Z", "2024-05-03T08:10:00Z"),
        ("2024-05-03T08:10:00.123Z", "2024-05-03T08:10:00+00:00"),
        ("2015-07-21 02:51:32", "2015-07-21T02:51:32"),
        ("2024-05-03 08:10 +0300", "2024-05-03T08:10+03:00"),
        ("Fri, 03 May 2024 08:10:00 +0300", "2024-05-03T08:10:00+03:00"),
        ("3 May 2024", "2024-05-03"),
        ("May 3, 2024", "2024-05-03"),
        ("٣ أيار ٢٠٢٤", "2024-05-03"),
        ("الجمعة 3 مايو/أيار 2024", "2024-05-03"),
        ("12 جويلية 2024", "2024-07-12"),
        ("25 شوال 1445هـ الموافق 3 مايو 2024", "2024-05-03"),
        ("24 شوال 1445هـ", "2024-05-03"),
        ("أيار 2024", None),
        ("2024-02-30", None),
        ("soon", None),
    ],
)
def test_publication_dates(raw: str, published: str | None) -> None:
    got = publication(raw)
    assert got.published == published
    assert got.published_as == (None if raw == published else raw)
    assert [d.code for d in got.doubts] == ([] if published else ["undated"])


@pytest.mark.parametrize(
    ("days", "published"),
    [
        ([("2024-05-03", "2024-05-03")], "2024-05-03"),
        ([("2024-05-03", "2024-05-03"), ("2024-05-03T08:10", "2024-05-03T08:10")], "2024-05-03T08:10"),
        ([("2024-05-03", "2024-05-03"), ("2024-05-04", "2024-05-04")], None),
        ([("2024-05-01", "2024-05-31")], None),
        ([], None),
    ],
)
def test_a_date_in_words_is_one_day_or_none(
    days: list[tuple[str, str]], published: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rawi.marks.times.find import TimesFound

    found = [Timex(span=Span(0, 1), type="DATE", value=b, begin=b, end=e, rule="T") for b, e in days]
    monkeypatch.setattr("rawi.marks.times.find.find_times", lambda *a, **k: TimesFound(found, []))
    got = publication("الجمعة")
    assert (got.published, got.published_as) == (published, "الجمعة")


def test_folders_are_searched_and_nothing_is_passed_over_in_silence(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "deep/c.jsonl", "deep/x.css", "deep/.hidden.txt", "d.jsonl.gz", "y.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    found = find_files([tmp_path])
    assert [Path(f).relative_to(tmp_path).as_posix() for f in found.files] == [
        "a.html",
        "b.txt",
        "d.jsonl.gz",
        "deep/c.jsonl",
    ]
    assert found.left_out == {".css": 1, ".jpg": 1}


def test_load_refuses_many_and_none() -> None:
    with pytest.raises(FormatError, match="load_all"):
        rawi.load(b'{"text": "a"}\n{"text": "b"}', name="a.jsonl")
    with pytest.raises(InputError, match="No such file"):
        rawi.load("no/such/file.txt")


def test_a_package_can_add_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys
    from collections.abc import Iterator
    from importlib.metadata import EntryPoint
    from types import ModuleType, SimpleNamespace

    from rawi.ingest import guess
    from rawi.ingest.source import Source, make_article, source_file

    def read(source: Source) -> Iterator[Article]:
        data = source.data()
        yield make_article(source, text=data.decode()[::-1], origin=source_file(source, data, "backwards 1"))

    module = ModuleType("backwards")
    module.read, module.form = read, SimpleNamespace(suffixes=(".sdrawkcab",))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "backwards", module)
    point = EntryPoint("backwards", "backwards:form", "rawi.readers")
    monkeypatch.setattr(guess, "entry_points", lambda group: [point] if group == "rawi.readers" else [])
    guess._plugins.cache_clear()
    try:
        assert only(b"cba", "a.sdrawkcab").text == "abc" and ".sdrawkcab" in guess.known_suffixes()
    finally:
        guess._plugins.cache_clear()
