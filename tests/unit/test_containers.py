"""Files that hold many articles, and files made to do harm: bounded, a failure each, the rest unharmed."""

from __future__ import annotations

import gzip
import io
import json
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

import rawi
from rawi.errors import InputError
from rawi.ingest.pdf import extracted, joined
from rawi.ingest.tables import fields_of
from rawi.model import Article
from rawi.settings import Settings

TEXT = "أعلنت وزارة الأشغال أن الجسر سيغلق أسبوعا. وقال المهندس سالم الراوي إن الشقوق صغيرة."
PARAGRAPHS = "".join(f"<p>{TEXT} {i}</p>" for i in range(6))
PAGE = f"<html><head><title>الجسر</title></head><body><article>{PARAGRAPHS}</article></body></html>".encode()


def outcomes(data: bytes, name: str, settings: Settings | None = None) -> tuple[list[Article], list[InputError]]:
    found = list(rawi.load_all(data, name=name, settings=settings))
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, InputError)]


# ---- tables


def test_columns_are_known_by_their_headings() -> None:
    data = f'id,Publication Date,media_name,Title,full_text\n7,2024-05-03,المدار,عنوان,"{TEXT}"\n'.encode()
    (a,), faults = outcomes(data, "a.csv")
    assert (a.id, a.published, a.outlet, a.text, faults) == ("7", "2024-05-03", "المدار", f"عنوان\n{TEXT}", [])
    assert a.title_span is not None and a.title_span.of(a.text) == "عنوان"


def test_arabic_headings_semicolons_and_line_breaks_in_cells() -> None:
    data = f'العنوان;النصّ;التاريخ;المصدر\nعنوان;"{TEXT}\nسطر";2024-05-03;المدار\n'.encode("utf-8-sig")
    (a,), _ = outcomes(data, "a.csv")
    assert (a.text, a.outlet, a.published) == (f"عنوان\n{TEXT}\nسطر", "المدار", "2024-05-03")


@pytest.mark.parametrize(
    "heading",
    [
        "stories_id,indexed_date,language,media_name,media_url,publish_date,title,url",  # Media Cloud
        "Link,Archive status,Upload timestamp,Upload title,Text content,Hash",  # auto-archiver
    ],
)
def test_headings_of_other_tools(heading: str) -> None:
    fields = fields_of(heading.split(","), "a.csv")
    assert {"title", "url", "published"} <= set(fields)


def test_a_table_without_text_says_what_it_has() -> None:
    _, (fault,) = outcomes(b"name,age\na,1\n", "a.csv")
    assert "name, age" in str(fault)


def test_a_workbook() -> None:
    import datetime

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Title", "Text", "Date", "Source"])
    sheet.append(["عنوان", TEXT, datetime.datetime(2024, 5, 3, 10, 30), "المدار"])
    sheet.append([None, None, None, None])
    sheet.append(["آخر", TEXT, datetime.date(2024, 5, 4), "المدار"])
    stream = io.BytesIO()
    book.save(stream)
    articles, faults = outcomes(stream.getvalue(), "a.xlsx")
    assert [a.published for a in articles] == ["2024-05-03T10:30:00", "2024-05-04"] and faults == []


def test_a_bomb_in_a_workbook_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (60 << 20))
    articles, (fault,) = outcomes(stream.getvalue(), "a.xlsx")
    assert articles == [] and fault.what == "unpacks to too much"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_a_workbook_with_entities_is_refused(part: str) -> None:
    book = Workbook()
    stream, out = io.BytesIO(), io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            head, mark, rest = text.partition("?>") if text.startswith("<?xml") else ("", "", text)
            bomb = '<!DOCTYPE x [<!ENTITY a "lol">]>' if name == part else ""
            new.writestr(name, head + mark + bomb + rest)
    articles, (fault,) = outcomes(out.getvalue(), "a.xlsx")
    assert articles == [] and "entities" in fault.what


def test_long_cells_are_refused_alone() -> None:
    data = b"id,text\n1," + b"x" * 9_000_000 + b"\n2," + TEXT.encode() + b"\n"
    articles, faults = outcomes(data, "a.csv")
    assert [a.id for a in articles] == ["2"] and len(faults) == 1


# ---- Telegram


def test_messages_of_a_channel() -> None:
    export = {
        "name": "قناة المدار",
        "type": "public_channel",
        "id": 77,
        "messages": [
            {"id": 1, "type": "service", "date": "2024-05-03T08:00:00", "text": ""},
            {
                "id": 2,
                "type": "message",
                "date": "2024-05-03T08:10:00",
                "text": ["عاجل: ", {"type": "bold", "text": TEXT}],
            },
            {"id": 3, "type": "message", "date": "2024-05-03T08:11:00", "photo": "a.jpg", "text": ""},
        ],
    }
    (a,), faults = outcomes(json.dumps(export, ensure_ascii=False).encode(), "result.json")
    assert (a.id, a.outlet, a.text, faults) == ("telegram/77/2", "قناة المدار", f"عاجل: {TEXT}", [])
    assert a.published == "2024-05-03T08:10:00"


def test_chats_of_an_account() -> None:
    chat = {"name": "c", "id": 5, "messages": [{"id": 1, "type": "message", "date": "2024-05-03", "text": TEXT}]}
    data = json.dumps({"about": "x", "chats": {"about": "y", "list": [chat, {"id": 6}]}}).encode()
    assert [a.id for a in outcomes(data, "result.json")[0]] == ["telegram/5/1"]


# ---- feeds


def feed(body: str, before: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{before}<rss version="2.0"><channel><title>المدار</title>'
        f"<link>https://a.example</link>{body}</channel></rss>"
    ).encode()


ITEM = (
    "<item><title>عنوان &amp; خبر</title><link>https://a.example/1</link><guid>g1</guid>"
    f"<pubDate>Fri, 03 May 2024 08:10:00 +0300</pubDate><description><![CDATA[<p>{TEXT}</p><p>ثان<br>ثالث</p>"
    "<script>x()</script>]]></description></item>"
)


def test_entries_of_a_feed() -> None:
    (a,), faults = outcomes(feed(ITEM), "a.rss")
    assert (a.id, a.url, a.outlet, faults) == ("https://a.example/1", "https://a.example/1", "المدار", [])
    assert a.published == "2024-05-03T08:10:00+03:00"
    assert a.text == f"عنوان & خبر\n{TEXT}\nثان\nثالث"


def test_a_feed_in_windows_1256() -> None:
    data = feed(ITEM).decode().replace("utf-8", "windows-1256").encode("cp1256")
    assert outcomes(data, "a.xml.rss")[0][0].text.startswith("عنوان")


def test_atom() -> None:
    data = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>المدار</title><entry><id>urn:1</id><title>ع</title>'
        f"<updated>2024-05-03T08:10:00Z</updated><content type='html'>&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry>"
        "</feed>"
    ).encode()
    (a,), _ = outcomes(data, "a.atom")
    assert a.text == f"ع\n{TEXT}" and a.id.endswith("#urn:1")


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1/x"> %a;]>',
    ],
)
def test_entities_are_refused(before: str) -> None:
    articles, (fault,) = outcomes(feed(ITEM.replace("عنوان", "&b;"), before), "a.rss")
    assert articles == [] and "entities" in fault.what


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_entities_are_found_in_other_encodings(encoding: str) -> None:
    text = feed(ITEM, '<!DOCTYPE x [<!ENTITY a "b">]>').decode().replace("utf-8", "utf-16")
    articles, faults = outcomes(text.encode(encoding), "a.rss")
    assert articles == [] and len(faults) == 1


def test_a_feed_of_nested_tags_is_refused_quickly() -> None:
    started = time.process_time()
    articles, faults = outcomes(feed("<a>" * 300_000), "a.rss")
    assert articles == [] and len(faults) == 1 and time.process_time() - started < 10


def test_a_broken_feed_gives_what_it_has() -> None:
    data = feed(ITEM)[: -len("</channel></rss>")] + b"<item><title>x"
    assert outcomes(data, "a.rss")[0][0].url == "https://a.example/1"


# ---- web archives


def record(
    body: bytes, url: str = "https://a.example/1", length: int | None = None, kind: str = "text/html"
) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind.encode() + b"\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-03T08:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer) if length is None else length}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def test_pages_of_an_archive() -> None:
    data = (
        record(PAGE)
        + record(b"GIF89a", "https://a.example/i", kind="image/gif")
        + record(PAGE, "https://a.example/2")
    )
    for name, packed in (("a.warc", data), ("a.warc.gz", gzip.compress(data))):
        articles, faults = outcomes(packed, name)
        assert [a.url for a in articles] == ["https://a.example/1", "https://a.example/2"] and faults == []


def test_an_archive_of_many_packed_records() -> None:
    data = b"".join(gzip.compress(record(PAGE, f"https://a.example/{i}")) for i in range(12))
    assert len(outcomes(data, "a.warc.gz")[0]) == 12


@pytest.mark.parametrize("length", [10**15, 5, 0, -7])
def test_false_lengths(length: int) -> None:
    data = record(PAGE) + record(PAGE, "https://a.example/2", length) + record(PAGE, "https://a.example/3")
    started = time.process_time()
    articles, _ = outcomes(data, "a.warc")
    assert articles[0].url == "https://a.example/1" and time.process_time() - started < 10


def test_a_length_that_is_no_number() -> None:
    data = record(PAGE) + record(PAGE).replace(b"Content-Length: ", b"Content-Length: x")
    articles, _ = outcomes(data, "a.warc")
    assert len(articles) >= 1


def test_a_head_without_an_end() -> None:
    articles, faults = outcomes(record(PAGE) + b"WARC/1.0\r\nX: " + b"a" * (8 << 20), "a.warc")
    assert len(articles) == 1 and len(faults) == 1


def test_a_gzip_bomb_inside_an_archive() -> None:
    bomb = gzip.compress(record(PAGE) + record(b"0" * (90 << 20), "https://a.example/b"), 9)
    started = time.process_time()
    articles, faults = outcomes(bomb, "a.warc.gz")
    assert [a.url for a in articles] == ["https://a.example/1"] and len(faults) >= 1
    assert time.process_time() - started < 20


def test_a_page_that_unpacks_to_too_much() -> None:
    body = gzip.compress(b"0" * (40 << 20), 9)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + body
    plain = record(b"")
    data = plain.replace(plain[plain.index(b"HTTP/1.1") : -4], answer)
    head, _, _ = data.partition(b"Content-Length")
    data = head + f"Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n" + record(PAGE)
    articles, (fault,) = outcomes(data, "a.warc")
    assert len(articles) == 1 and "12 MiB" in fault.what


def wacz(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_a_bundle_of_archives(tmp_path: Path) -> None:
    data = wacz(
        {
            "datapackage.json": b"{}",
            "archive/a.warc.gz": gzip.compress(record(PAGE)),
            "../../evil.warc": record(PAGE, "https://a.example/e"),
        }
    )
    articles, faults = outcomes(data, "a.wacz")
    assert [a.url for a in articles] == ["https://a.example/1", "https://a.example/e"] and faults == []
    assert list(tmp_path.iterdir()) == []


def test_a_bundle_with_a_false_member() -> None:
    data = bytearray(wacz({"archive/a.warc": record(PAGE), "archive/b.warc": record(PAGE, "https://a.example/2")}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (4_000_000_000).to_bytes(4, "little")
    articles, faults = outcomes(bytes(data), "a.wacz")
    assert "https://a.example/2" in [a.url for a in articles] or faults


# ---- gzip and lines


def test_a_gzip_bomb_of_lines_is_bounded() -> None:
    data = gzip.compress(b'{"id":"a","text":"x"}\n' + b"0" * (200 << 20), 9)
    started = time.process_time()
    articles, faults = outcomes(data, "a.jsonl.gz")
    assert [a.id for a in articles] == ["a"] and len(faults) >= 1 and time.process_time() - started < 20


def test_a_gzip_inside_ten_others() -> None:
    data = json.dumps({"id": "a", "text": TEXT}).encode()
    packed = b"".join(gzip.compress(data + b"\n") for _ in range(10))
    assert len(outcomes(packed, "a.jsonl.gz")[0]) == 10
    _, faults = outcomes(gzip.compress(packed)[:-9], "a.jsonl.gz")
    assert len(faults) >= 1


def test_a_line_of_ten_megabytes_is_refused_and_the_rest_read() -> None:
    long = b'{"id":"b","text":"' + b"x" * 10_000_000 + b'"}\n'
    data = b'{"id":"a","text":"y"}\n' + long + b'{"id":"c","text":"z"}\n'
    articles, (fault,) = outcomes(data, "a.jsonl")
    assert [a.id for a in articles] == ["a", "c"] and "10,000,000 characters" in fault.what


# ---- PDF


def pdf(lines: list[str], extra: bytes = b"") -> bytes:
    """A small PDF of Latin lines, by hand."""
    words = "".join(f"BT /F1 12 Tf 50 {700 - 20 * i} Td ({line}) Tj ET\n" for i, line in enumerate(lines))
    content = words.encode("latin-1") + extra
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length " + str(len(content)).encode() + b" >>\nstream\n" + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{p:010} 00000 n \n".encode() for p in places))
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def test_a_pdf_of_text() -> None:
    (a,), faults = outcomes(pdf(["The bridge was closed on 3 May 2024.", "25 were hurt."]), "a.pdf")
    assert "25 were hurt." in a.text and faults == []
    assert a.source_file is not None and a.source_file.extractor.startswith("pypdfium2 ")
    assert [d for d in a.doubts if d.code == "extraction-suspect"] == []


def test_digits_that_disagree_are_doubted_where_they_stand() -> None:
    text, doubts = joined([("one 12", "one 12"), ("killed 52 of 300", "killed 25 of 300")])
    assert [(d.code, d.span.of(text), d.params["second"]) for d in doubts if d.span] == [
        ("extraction-suspect", "52", "25")
    ]


def test_digits_that_only_the_second_has() -> None:
    _, (doubt,) = joined([("none", "none 7")])
    assert doubt.params == {"page": "1", "first": "", "second": "7"}


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n",
        b"%PDF-1.7\n" + b"\x00" * 5000,
        pdf(["x"])[:300],
        pdf(["a"]).replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"),
    ],
)
def test_a_broken_pdf_is_a_failure(data: bytes) -> None:
    articles, faults = outcomes(data, "a.pdf")
    assert articles == [] and len(faults) == 1


def test_a_pdf_without_text_asks_for_recognition() -> None:
    _, (fault,) = outcomes(pdf([]), "a.pdf")
    assert "pictures" in fault.what


def test_a_pdf_that_never_ends_is_stopped() -> None:
    started = time.monotonic()
    with pytest.raises(InputError, match="took more than"):
        extracted(pdf(["x"], b"q 1 0 0 1 0 0 cm (a) Tj Q\n" * 1_500_000), "a.pdf", seconds=0.5)
    assert time.monotonic() - started < 20


# ---- all of it together


def test_what_is_harmful_leaves_the_rest_unharmed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "1-good.txt").write_text(TEXT, encoding="utf-8")
    (folder / "2-bomb.jsonl.gz").write_bytes(gzip.compress(b"0" * (120 << 20), 9))
    (folder / "3-lies.warc").write_bytes(record(PAGE, length=10**12) + b"\x00" * 100)
    (folder / "4-entities.rss").write_bytes(feed(ITEM, '<!DOCTYPE x [<!ENTITY a "b">]>'))
    (folder / "5-broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "6-not.xlsx").write_bytes(b"PK\x03\x04 nothing")
    (folder / "7-deep.json").write_bytes(b'{"a":' * 100_000)
    (folder / "8-good.csv").write_text(f"id,text\n1,{TEXT}\n", encoding="utf-8")
    with rawi.open(tmp_path / "p") as project:
        added = project.add([folder], workers=1)
        names = {Path(f.name).name[0] for f in project.failures()}
        assert {"2", "4", "5", "6", "7"} <= names and not names & {"1", "8"}
        assert {"1"} <= {h.document.id for h in project.ask(limit=100).hits} and added.articles >= 2
        before = project.fingerprint()
        project.add([folder], workers=1)
        assert project.fingerprint() == before
