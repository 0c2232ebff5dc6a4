"""Makes the golden files anew: ``python tests/golden/make.py``; look at the difference before committing it.

``readings.jsonl``  three finished readings, by hand: a relay, a denial, resolved speakers, hostile text
``report.LANG.html``  the body of the report over them, in both interface languages
``plain.LANG.txt``  the same as lines for a terminal
``README.md``  the result that it shows
"""

from __future__ import annotations

import re
from pathlib import Path

import rawi
from rawi.model import (
    Attribution,
    Charged,
    Doubt,
    Entity,
    Place,
    PlaceRival,
    Quote,
    Reading,
    Rival,
    SourceFile,
    Span,
    Timex,
    Unattributed,
    statement_id,
    text_key,
)  # fmt: skip
from rawi.report.build import build
from rawi.show.messages import messages
from rawi.show.plain import plain

HERE = Path(__file__).parent
README = HERE.parents[1] / "README.md"
RELAY = (
    "مصدر في السد: لا تسرب\n"
    "النخيلات (الحقل) -- نقل موقع الضفة عن مصادر محلية أن ثلاثة عمال أصيبوا "
    "أمس الخميس في سد النخيلات 😀 قرب دير الزور.\n"
    "ونفت وزارة المياه ذلك، وقال الناطق باسمها سليم الرافعي: «لم يُصب أحد». وأضاف أن التحقيق مستمر.\n"
    "ويعد السد من أقدم سدود المنطقة.\n"
    "ويُعتقد أن العمل توقف."
)
HOSTILE = (
    '<script>alert(1)</script> & "عنوان"\n'
    "قال </bdi><img src=x onerror=alert(2)> إن \u202eالخبر\u202c صحيح\x00 \u200fهنا."
)
OTHER = "The minister said that it rained."


def at(text: str, words: str, nth: int = 0) -> Span:
    """The span of the ``nth`` occurrence of ``words``."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def statement(text: str, document: str, n: int, cue: Span, **parts: object) -> Attribution:
    """A statement with the parts given and quiet defaults."""
    identity = statement_id(document, text_key(text), cue.start, cue.of(text), 0)
    fields: dict[str, object] = {
        "n": n, "id": identity, "cue": (cue,), "source": (), "ref": None, "content": (), "kind": "indirect",
        "stance": "reported", "act": "say", "type": "institution", "rule": "past-clause RV001", **parts,
    }  # fmt: skip
    return Attribution(**fields)  # type: ignore[arg-type]


def relay() -> Reading:
    """A relay of two, a denial with its target, a resolved speaker, a passive without one, a quotation."""
    t, d = RELAY, "golden-1"
    told = at(t, "أن ثلاثة عمال أصيبوا أمس الخميس في سد النخيلات 😀 قرب دير الزور")
    speaker = at(t, "الناطق باسمها سليم الرافعي")
    statements = (
        statement(t, d, 1, at(t, ":"), source=(at(t, "مصدر في السد"),), content=(at(t, "لا تسرب"),), type="anonymous",
                  stance="denied", act="deny"),
        statement(t, d, 2, at(t, "نقل"), source=(at(t, "موقع الضفة"),), content=(told,), type="outlet", act="relay",
                  time=0),
        statement(t, d, 3, at(t, "عن"), source=(at(t, "مصادر محلية"),), content=(told,), type="anonymous", parent=2,
                  content_time=0, rivals=(Rival(rule="F9", source=(at(t, "موقع الضفة"),), why_not="agreement"),)),
        statement(t, d, 4, at(t, "ونفت"), source=(at(t, "وزارة المياه"),), content=(at(t, "ذلك"),), stance="denied",
                  act="deny", target=at(t, "مصادر محلية"), writer_stance="distance"),
        statement(t, d, 5, at(t, "وقال"), source=(speaker,), content=(at(t, "«لم يُصب أحد»"),), kind="direct",
                  type="person", speaker="e1"),
        statement(t, d, 6, at(t, "وأضاف"), ref=speaker, content=(at(t, "أن التحقيق مستمر"),), act="add",
                  type="person", speaker="e1", doubts=(Doubt(code="ambiguous-speaker", span=at(t, "وأضاف")),)),
        statement(t, d, 7, at(t, "ويُعتقد"), content=(at(t, "أن العمل توقف"),), stance="doubted", act="expect",
                  type="impersonal", doubts=(Doubt(code="no-source"),)),
    )  # fmt: skip
    places = (
        Place(span=at(t, "دير الزور"), id="gn:170794", name="دير الزور", name_en="Deir ez-Zor", kind="city",
              country="SY", lat=35.3359, lon=40.1408, precision="area", radius_km=20.0, rule="P1",
              rivals=(PlaceRival(id="x:1", name="دير الزور", country="SY", lat=None, lon=None, why_not="kind"),)),
        Place(span=at(t, "سد النخيلات"), id=None, name="سد النخيلات", kind="facility", country=None,
              claimed_by=("AA", "BB"), administered_by=("BB",), lat=None, lon=None, precision="unknown", rule="P2",
              doubts=(Doubt(code="place-unknown"),)),
    )  # fmt: skip
    yesterday = Timex(
        span=at(t, "أمس الخميس"), type="DATE", value="2024-05-02", begin="2024-05-02", end="2024-05-02", rule="T1"
    )
    return Reading(
        id=d, key=text_key(t), outlet="وكالة الحقل", url="https://haql.example/a?b=1&c=2", published="2024-05-03",
        published_as="٣ أيار ٢٠٢٤", title_span=at(t, "مصدر في السد: لا تسرب"), text=t,
        source_file=SourceFile(name="a.html", sha256="0" * 64, extractor="trafilatura 2.3.1 utf-8"),
        attributions=statements, times=(yesterday,), places=places,
        entities=(Entity(id="e1", key=None, kind="person", name="سليم الرافعي", mentions=(at(t, "سليم الرافعي"),)),),
        quotes=(Quote(span=at(t, "«لم يُصب أحد»"), open="«", close="»", speaker=5),),
        charged=(Charged(span=at(t, "أقدم"), class_="hyperbole", row="CD0"),),
        unattributed=(Unattributed(span=at(t, "ويعد السد من أقدم سدود المنطقة"), class_="writer"),),
        doubts=(Doubt(code="extraction-suspect", params={"shared": "41"}),),
    )  # fmt: skip


def hostile() -> Reading:
    """Markup, an event handler, bidi overrides, a NUL, an address that is none: all of it must come out inert."""
    t = HOSTILE
    said = statement(
        t, "golden-2", 1, at(t, "قال"), source=(at(t, "</bdi><img src=x onerror=alert(2)>"),), type="person",
        content=(at(t, "إن \u202eالخبر\u202c صحيح\x00 \u200fهنا"),), rule="<b>rule</b>",
    )  # fmt: skip
    return Reading(
        id="golden-2<script>", key=text_key(t), outlet="<i>وكالة</i>", url="javascript:alert(3)", published=None,
        title_span=at(t, '<script>alert(1)</script> & "عنوان"'), text=t, attributions=(said,),
        doubts=(Doubt(code="undated"), Doubt(code="odd-characters", span=at(t, "\x00"))),
    )  # fmt: skip


def other() -> Reading:
    """A page in another language without any statement, date or outlet."""
    return Reading(id="golden-3", key=text_key(OTHER), text=OTHER, doubts=(Doubt(code="language-other"),))


def body(page: str) -> str:
    """The part of a page behind its style, where the words are; versions of the tables aside."""
    from rawi.lang.ar.pack import arabic

    return page[page.index("<body>") :].replace(arabic().tables_hash, "TABLES").replace(rawi.__version__, "VERSION")


def golden() -> dict[str, str]:
    """The content of each golden file by its name."""
    readings = [relay(), hostile(), other()]
    files = {"readings.jsonl": "".join(rawi.dumps(r) + "\n" for r in readings)}
    for ui in ("ar", "en"):
        files[f"report.{ui}.html"] = body(build(readings, ui=ui))
        say = messages(ui)
        files[f"plain.{ui}.txt"] = "\n".join(line for r in readings for line in (*plain(r, say), "")) + "\n"
    return files


def readme(text: str) -> str:
    """The README with the result of its story as rawi gives it today."""
    story, shown = list(re.finditer(r"```text\n(.*?)```", text, re.S))
    article = rawi.load(story[1].encode(), name="story.txt", published="2024-05-08")
    lines = "\n".join(plain(rawi.read(article), messages("en")))
    return f"{text[: shown.start()]}```text\n{lines}\n```{text[shown.end() :]}"


if __name__ == "__main__":
    for name, content in golden().items():
        (HERE / name).write_text(content, encoding="utf-8", newline="\n")
    README.write_text(readme(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
