"""The project: versions, sightings, search, facets, corrections, evidence, re-reading."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import rawi
from rawi.corpus import Project, to_plain
from rawi.errors import ProjectError
from rawi.lang.ar.pack import arabic
from rawi.lexicon.search import COLUMNS
from rawi.lexicon.table import read_table
from rawi.run.plan import addresses_in, named_inputs
from rawi.store.db import connect, work_lock
from rawi.store.records import canonical_address, pack, unpack
from rawi.store.search import Filters

SAMPLE = Path(rawi.__file__).parent / "sample"
FIRST = "أعلنت وزارة الأشغال أن الجسر سيغلق أسبوعا.\nوقال المهندس سالم الراوي إن الشقوق صغيرة."
SECOND = "أعلنت وزارة الأشغال أن الجسر سيغلق شهرا.\nوقال المهندس سالم الراوي إن الشقوق كبيرة."


def line(identity: str, text: str, **more: str) -> bytes:
    import json

    return json.dumps({"id": identity, "text": text, "outlet": "المدار", "published": "2024-05-03", **more}).encode()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return rawi.open(tmp_path / "p")


def test_a_folder_becomes_a_project(tmp_path: Path) -> None:
    with rawi.open(tmp_path / "new") as project:
        assert project.counts()["articles"] == 0
    assert {p.name for p in (tmp_path / "new").iterdir()} >= {"rawi.toml", "rawi.sqlite", "evidence"}
    with pytest.raises(ProjectError, match="no project"):
        rawi.open(tmp_path / "nowhere", read_only=True)


def test_a_foreign_database_is_refused(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "rawi.sqlite")
    db.execute("CREATE TABLE other (x)")
    db.commit()
    db.close()
    with pytest.raises(ProjectError, match="another program"):
        rawi.open(tmp_path)


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    rawi.open(tmp_path).close()
    db = sqlite3.connect(tmp_path / "rawi.sqlite")
    db.execute("PRAGMA user_version = 999")
    db.close()
    with pytest.raises(ProjectError, match="newer rawi"):
        rawi.open(tmp_path)


def test_adding_twice_changes_nothing(project: Project) -> None:
    first = project.add([SAMPLE])
    print_before = project.fingerprint()
    again = project.add([SAMPLE])
    assert (first.articles, first.failed) == (18, 0)
    assert (again.articles, again.skipped) == (0, 7)
    assert project.fingerprint() == print_before


def test_the_raw_bytes_are_kept_under_their_hash(project: Project) -> None:
    data = line("a", FIRST)
    project.add_bytes([("a.jsonl", data)])
    seen = project.article("a").sightings
    assert [s.name for s in seen] == ["a.jsonl"]
    assert project.evidence(seen[0].sha256).read_bytes() == data
    assert project.damaged() == []
    project.evidence(seen[0].sha256).write_bytes(b"other")
    assert project.damaged() == [seen[0].sha256]
    with pytest.raises(ProjectError, match="no evidence"):
        project.evidence("../../etc/passwd")


def test_another_text_is_a_new_version(project: Project) -> None:
    project.add_bytes([("1.jsonl", line("a", FIRST)), ("2.jsonl", line("a", SECOND))])
    found = project.versions("a")
    assert [(v.version, v.latest, v.versions) for v in found] == [(1, False, 2), (2, True, 2)]
    assert project.article("a").reading.text == SECOND
    assert project.article("a", version=1).reading.text == FIRST
    assert project.article(found[0].ref).reading.text == FIRST
    changed = [(c.old_words, c.new_words) for c in project.changes("a", 1, 2) if c.kind != "equal"]
    assert changed == [("أسبوعا", "شهرا"), ("صغيرة", "كبيرة")]
    assert project.ask().total == 1 and project.counts()["versions"] == 2


def test_the_spans_of_changes_lie_in_the_texts(project: Project) -> None:
    project.add_bytes([("1.jsonl", line("a", FIRST)), ("2.jsonl", line("a", SECOND))])
    for change in project.changes("a", 1, 2):
        assert change.old.of(FIRST) == change.old_words and change.new.of(SECOND) == change.new_words


def test_a_text_seen_again_is_the_latest_again(project: Project) -> None:
    for name, text in (("1", FIRST), ("2", SECOND), ("3", FIRST)):
        project.add_bytes([(f"{name}.jsonl", line("a", text))])
    assert [(v.version, v.latest) for v in project.versions("a")] == [(1, True), (2, False)]
    assert project.facets()["outlet"][0].documents == 1


def test_one_address_under_two_ids_is_one_work(project: Project) -> None:
    project.add_bytes(
        [
            ("1.jsonl", line("a", FIRST, url="https://www.madar.example/n/1?utm_source=x")),
            ("2.jsonl", line("b", SECOND, url="http://madar.example/n/1/")),
        ]
    )
    assert [v.id for v in project.versions("b")] == ["a", "b"]
    assert project.ask().total == 1


def test_one_text_under_two_ids_is_two_documents(project: Project) -> None:
    project.add_bytes([("1.jsonl", line("a", FIRST) + b"\n" + line("b", FIRST))])
    assert project.ask().total == 2
    assert [d.id for d in project.article("a").same_text] == ["b"]


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://a.example/", None),
        ("https://a.example", None),
        ("ftp://a.example/x", None),
        ("http://A.example:80/x/", "a.example/x"),
        ("http://a.example:8080/x", "a.example:8080/x"),
        ("http://[", None),
        ("https://a.example/?p=5", "a.example?p=5"),
        ("https://a.example/%D8%A7", "a.example/%D8%A7"),
        ("https://a.example/ا", "a.example/%D8%A7"),
    ],
)
def test_canonical_addresses(url: str, canonical: str | None) -> None:
    assert canonical_address(url) == canonical


def test_records_come_back_with_lone_surrogates_and_zero_bytes() -> None:
    article = rawi.Article(id="a\udc80", text="س\x00\ud800ص", outlet="o")
    assert unpack(rawi.Article, pack(article), article.text.encode("utf-8", "surrogatepass")) == article


def test_odd_characters_are_stored_as_they_are(project: Project) -> None:
    text = "قال سالم \x00 إن \ud83d الجسر مغلق."
    project.add_bytes(
        [("a.jsonl", b'{"id":"a","text":"' + text.encode("unicode-escape").replace(b"\\x00", b"\\u0000") + b'"}')]
    )
    assert project.reading("a").text == text


# ---- search


def test_stems_of_the_table_are_those_of_its_examples() -> None:
    pack_ = arabic()
    rows = read_table(Path(rawi.__file__).parent / "lang" / "ar" / "stems.tsv", COLUMNS)
    wrong = [
        (r["id"], pack_.search.stem(pack_.key(word)))
        for r in rows
        for word, _, stem in [r["example"].partition("=")]
        if pack_.search.stem(pack_.key(word)) != stem
    ]
    assert wrong == []


MARKED = "وَالوِزارَةُ تنفي. قالت وزارةٌ أخرى إنّ الأمر لا يعني وزارتها."


@pytest.mark.parametrize(
    ("words", "mode", "answers"),
    [
        ("وزارة", "stem", ["وَالوِزارَةُ", "وزارةٌ", "وزارتها"]),
        ("الوزاره", "stem", ["وَالوِزارَةُ", "وزارةٌ", "وزارتها"]),
        ("وزاره", "words", ["وزارةٌ"]),
        ("وزارةٌ", "exact", ["وزارةٌ"]),
        ("وزارة", "exact", []),
        ('"ان الامر"', "stem", ["إنّ الأمر"]),
        ("وزارة -تنفي", "stem", []),
        ("والأمر", "words", []),
        ("؟", "stem", []),
    ],
)
def test_words_are_marked_where_they_stand(project: Project, words: str, mode: str, answers: list[str]) -> None:
    project.add_bytes([("a.txt", MARKED.encode())])
    found = project.ask(words, mode=mode)
    assert found.total == bool(answers)
    assert [m.of(MARKED) for h in found.hits for m in h.marks] == answers


def test_marks_count_code_points(project: Project) -> None:
    project.add_bytes([("a.txt", ("\U0001f300 " + MARKED).encode())])
    (hit,) = project.ask("اخرى").hits
    assert [m.of("\U0001f300 " + MARKED) for m in hit.marks] == ["أخرى"]


@pytest.mark.parametrize(
    "words", ['"', "'", "a OR", "NEAR(", "*", "form:x", '""', "- -", "(", "x" * 5000, "ا " * 500]
)
def test_no_query_breaks_the_index(project: Project, words: str) -> None:
    project.add_bytes([("a.txt", MARKED.encode())])
    for mode in ("stem", "words", "exact"):
        project.ask(words, mode=mode)
        project.statements(words, mode=mode)
        project.facets(words, mode=mode)


def test_facets_count_what_is_found(project: Project) -> None:
    project.add([SAMPLE])
    everything = project.facets(most=1000)
    assert sum(v.documents for v in everything["outlet"]) == 18
    assert sum(v.documents for v in everything["day"]) == 18
    for kind in ("outlet", "place", "speaker", "stance"):
        for value in everything[kind][:4]:
            filters = Filters(**{kind: (value.value,)})
            assert project.ask(filters=filters, limit=0).total == value.documents, (kind, value)


def test_facets_agree_for_few_and_for_many(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.add([SAMPLE])
    few = project.facets("المياه")
    monkeypatch.setattr("rawi.store.search.MANY", 0)
    assert project.facets("المياه") == few
    assert project.ask("المياه", limit=0).total == sum(v.documents for v in few["outlet"])


def test_a_facet_leaves_its_own_choice_out(project: Project) -> None:
    project.add([SAMPLE])
    outlet = project.facets()["outlet"][0].value
    chosen = project.facets(filters=Filters(outlet=(outlet,)), most=1000)
    assert sum(v.documents for v in chosen["outlet"]) == 18
    assert sum(v.documents for v in chosen["day"]) == project.outlet(outlet).articles


def test_dates_are_inclusive_and_undated_ones_can_be_asked_for(project: Project) -> None:
    project.add([SAMPLE])
    day = next(v for v in project.facets()["day"] if v.value)
    assert project.ask(filters=Filters(since=day.value, until=day.value)).total == day.documents
    undated = next(v for v in project.facets()["day"] if not v.value)
    assert project.ask(filters=Filters(undated=True)).total == undated.documents


def test_pages_of_hits_are_all_of_them_once(project: Project) -> None:
    project.add([SAMPLE])
    refs = [h.document.ref for o in range(0, 18, 5) for h in project.ask(order="newest", limit=5, offset=o).hits]
    assert len(refs) == len(set(refs)) == 18


def test_every_view_is_plain_json(project: Project) -> None:
    import json

    project.add([SAMPLE])
    ref = project.ask().hits[0].document.ref
    for view in (project.ask("المياه"), project.facets(), project.article(ref), project.sources(), project.places()):
        assert json.loads(json.dumps(to_plain(view)))


# ---- corrections


@pytest.fixture
def reviewed(project: Project) -> Project:
    project.add_bytes([("a.jsonl", line("a", FIRST))])
    assert project.counts()["statements"] >= 2
    return project


def test_a_correction_leaves_the_reading_and_stands_beside_it(reviewed: Project) -> None:
    before = reviewed.reading("a")
    s = reviewed.statements(order="text").statements[0]
    entry = reviewed.correct(s.id, by="ريم", field="stance", new="denied", why="نفي")
    assert reviewed.reading("a") == before
    assert [a.stance for a in reviewed.reading("a", corrected=True).attributions if a.id == s.id] == ["denied"]
    assert (entry.old, entry.new, entry.cue_text) == (s.stance, "denied", s.cue)
    assert reviewed.statement(s.id).state == "corrected"
    assert {v.value for v in reviewed.facets()["review"]} == {"corrected", "open"}


def test_the_log_cannot_be_changed_and_tells_when_it_was(reviewed: Project) -> None:
    s = reviewed.statements().statements[0]
    for new in ("accepted", "rejected", "open"):
        reviewed.correct(s.id, by="ريم", new=new)
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        reviewed.db.execute("UPDATE correction SET by = 'x'")
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        reviewed.db.execute("DELETE FROM correction")
    assert reviewed.broken_corrections() == []
    reviewed.db.execute("DROP TRIGGER correction_stays")
    reviewed.db.execute("UPDATE correction SET \"by\" = 'x' WHERE n = 2")
    assert reviewed.broken_corrections() == [reviewed.corrections()[1].id]


def test_taking_back_opens_again(reviewed: Project) -> None:
    s = reviewed.statements().statements[0]
    entry = reviewed.correct(s.id, by="ريم")
    assert reviewed.statement(s.id).state == "accepted"
    reviewed.take_back(entry.id, by="ريم")
    assert reviewed.statement(s.id).state == "open" and len(reviewed.corrections()) == 2


def test_two_reviewers_are_compared(reviewed: Project) -> None:
    one, two = [s.id for s in reviewed.statements(order="text").statements[:2]]
    reviewed.correct(one, by="ريم", field="stance", new="denied")
    reviewed.correct(one, by="سامي", field="stance", new="alleged")
    reviewed.correct(two, by="ريم")
    reviewed.correct(two, by="سامي")
    found = reviewed.compare("ريم", "سامي")
    assert (found.shared, found.agreed) == (2, 1)
    assert [(d.statement, d.field, d.first, d.second) for d in found.differences] == [
        (one, "stance", "denied", "alleged")
    ]
    assert reviewed.statement(one).state == "disputed" and reviewed.statement(two).state == "accepted"
    assert reviewed.reviewers() == ["ريم", "سامي"]


def test_a_statement_can_be_added_and_removed(reviewed: Project) -> None:
    at = FIRST.index("صغيرة")
    reviewed.add_statement(
        "a", by="ريم", cue=[[at - 4, at - 1]], content=[[at, at + 5]], labels={"stance": "alleged"}
    )
    gone = reviewed.statements(order="text").statements[0].id
    reviewed.correct(gone, by="ريم", action="remove")
    result = reviewed.article("a").corrected
    assert result is not None and result.orphaned == ()
    assert [a.stance for a in result.reading.attributions][-1] == "alleged"
    assert gone not in [a.id for a in result.reading.attributions]
    assert [a.n for a in result.reading.attributions] == list(range(1, len(result.reading.attributions) + 1))


def test_what_no_longer_attaches_is_listed(reviewed: Project) -> None:
    s = reviewed.statements(order="text").statements[0]
    reviewed.correct(s.id, by="ريم")
    assert reviewed.orphaned() == []
    reviewed.add_bytes([("b.jsonl", line("a", "نص آخر لا قول فيه."))])
    assert [c.statement for c in reviewed.orphaned()] == [s.id]
    assert reviewed.article("a", version=1).corrected.orphaned == ()


def test_corrections_survive_rereading(reviewed: Project) -> None:
    s = reviewed.statements().statements[0]
    reviewed.correct(s.id, by="ريم")
    reviewed.db.execute("UPDATE document SET made_by = 'an older one'")
    assert reviewed.stale() == 1
    assert reviewed.add([]).reread == 1
    assert reviewed.stale() == 0 and reviewed.statement(s.id).state == "accepted"


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"by": "", "new": "accepted"}, "without a reviewer"),
        ({"by": "x", "field": "stance", "new": "true"}, "cannot be"),
        ({"by": "x", "field": "truth", "new": "1"}, "no field"),
        ({"by": "x", "field": "content", "new": [[5, 2]]}, "content"),
        ({"by": "x", "action": "burn"}, "no action"),
    ],
)
def test_a_wrong_correction_is_refused_whole(reviewed: Project, entry: dict[str, object], fault: str) -> None:
    s = reviewed.statements().statements[0]
    with pytest.raises(ProjectError, match=fault):
        reviewed.correct(s.id, **entry)
    assert reviewed.corrections() == []


def test_corrected_spans_outside_the_text_are_orphaned(reviewed: Project) -> None:
    s = reviewed.statements().statements[0]
    reviewed.correct(s.id, by="x", field="content", new=[[0, 100_000]])
    assert len(reviewed.orphaned()) == 1


# ---- running


def test_one_process_at_a_time_adds(project: Project) -> None:
    with work_lock(project.folder, "add"), pytest.raises(ProjectError, match="at work here"):
        project.add_bytes([("a.txt", b"x")])


def test_processes_and_this_process_store_the_same(tmp_path: Path) -> None:
    with rawi.open(tmp_path / "one") as one, rawi.open(tmp_path / "two") as two:
        one.add([SAMPLE], workers=1)
        from rawi.run.local import Adding

        run = Adding(two.db, two.folder, two.settings, two.language, workers=2)
        run._pool = lambda size, files: __import__("rawi.run.pool", fromlist=["Pool"]).Pool(2, two.settings)
        run.add([SAMPLE])
        assert one.section_hashes() == two.section_hashes()


def test_a_dead_process_costs_its_article_alone(tmp_path: Path) -> None:
    from rawi.run.pool import Pool, Task
    from rawi.run.wire import pack_record
    from rawi.settings import Settings

    good = pack_record(rawi.Article(id="a", text=FIRST))
    with Pool(2, Settings()) as pool:
        answers = list(
            pool.run(
                [
                    Task("read", [good], 100, "first"),
                    Task("read", [good, b"m\xc1 this is no article"], 100, "second"),
                    Task("read", [good], 100, "third"),
                ]
            )
        )
    kinds = [[("fault" if fault else "read") for _, _, fault in answer] for _, answer in answers]
    assert kinds == [["read"], ["read", "fault"], ["read"]]
    assert "died" in answers[1][1][1][2][1]


def test_what_was_begun_is_ended(project: Project) -> None:
    data = b"\n".join(line(f"d{i}", f"{FIRST} {i}") for i in range(6))
    project.add_bytes([("a.jsonl", data)])
    whole = project.fingerprint()
    project.db.execute("UPDATE input SET done = 0, outcomes = 3")
    project.db.execute("DELETE FROM sighting WHERE position >= 3")
    again = project.add([])
    assert again.known == 3 and project.fingerprint() == whole


def test_a_failed_input_is_tried_again(tmp_path: Path) -> None:
    with rawi.open(tmp_path / "p") as project:
        missing = tmp_path / "later.txt"
        assert project.add([missing]).failed == 1
        assert [f.where for f in project.failures()] == [str(missing)]
        missing.write_text(FIRST, encoding="utf-8")
        assert project.add([missing]).articles == 1 and project.failures() == []


def test_a_fault_of_the_reader_is_a_row(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr("rawi.run.failures.read", broken)
    added = project.add_bytes([("a.txt", FIRST.encode())])
    assert added.failed == 1 and "ZeroDivisionError" in project.failures()[0].what
    monkeypatch.undo()
    assert project.add([]).reread == 1 and project.counts()["unread"] == 0


def test_lists_of_addresses_are_known(tmp_path: Path) -> None:
    urls = tmp_path / "list.txt"
    urls.write_text("# pages\nhttps://a.example/1\n\nhttps://a.example/2\n", encoding="utf-8")
    assert addresses_in(urls) == ["https://a.example/1", "https://a.example/2"]
    assert [n.name for n in named_inputs([urls])[0]] == ["https://a.example/1", "https://a.example/2"]
    urls.write_text("see https://a.example/1\n", encoding="utf-8")
    assert addresses_in(urls) == []


def test_addresses_are_not_fetched_unless_allowed(project: Project) -> None:
    added = project.add(["https://a.example/1"])
    assert added.failed == 1 and project.failures()[0].expected.startswith("--allow-fetch")


def test_a_fetched_page_is_kept_with_its_address(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from rawi.ingest.fetch import Fetched

    body = f"<html><head><title>جسر</title></head><body><article><p>{FIRST * 4}</p></article></body></html>".encode()
    monkeypatch.setattr(
        "rawi.run.plan.fetch", lambda url: Fetched("https://a.example/n/1", body, "text/html", "utf-8")
    )
    assert project.add(["https://a.example/short"], allow_fetch=True, workers=1).articles == 1
    article = project.article("https://a.example/n/1")
    assert article.sightings[0].url == "https://a.example/n/1"
    assert project.evidence(article.sightings[0].sha256).read_bytes() == body


def test_names_that_escape_do_not(project: Project) -> None:
    project.add_bytes([("../../../etc/evil.txt", FIRST.encode()), ("/abs/olute.txt", SECOND.encode())])
    assert sorted(s.name for h in project.ask().hits for s in project.article(h.document.ref).sightings) == [
        "evil.txt",
        "olute.txt",
    ]
    inside = project.folder.resolve()
    assert all(p.resolve().is_relative_to(inside) for p in inside.rglob("*"))


def test_a_pipe_is_refused_without_waiting(project: Project, tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.txt")
    assert project.add([tmp_path / "pipe.txt"]).failed == 1
    assert project.failures()[0].what == "not a plain file"


def test_a_reader_sees_one_state_while_another_writes(project: Project) -> None:
    project.add_bytes([("a.txt", FIRST.encode())])
    other = connect(project.folder, read_only=True)
    other.execute("BEGIN")
    before = other.execute("SELECT count(*) FROM document").fetchone()[0]
    project.add_bytes([("b.txt", SECOND.encode())])
    assert other.execute("SELECT count(*) FROM document").fetchone()[0] == before == 1
    other.execute("COMMIT")
    assert other.execute("SELECT count(*) FROM document").fetchone()[0] == 2
    other.close()


def test_who_said_counts_and_gives_the_oldest(project: Project) -> None:
    project.add([SAMPLE])
    found = project.who_said("المياه")
    every = project.statements("المياه", limit=1000)
    assert sum(s.statements for s in found) == every.total
    for saying in found:
        mine = [s for s in every.statements if s.speaker == saying.key]
        assert len(mine) == saying.statements
        assert (saying.first.day or "9999") == min(s.day or "9999" for s in mine)


def test_many_read_while_one_adds(project: Project, tmp_path: Path) -> None:
    import threading

    project.add([SAMPLE])
    faults: list[BaseException] = []
    stop = threading.Event()

    def reads() -> None:
        try:
            while not stop.is_set():
                assert project.ask("المياه").total >= 9
                project.facets()
                project.statements(order="doubtful")
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=reads) for _ in range(4)]
    for thread in threads:
        thread.start()
    for i in range(12):
        project.add_bytes([(f"{i}.txt", f"{FIRST} {i} المياه".encode())])
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == [] and project.counts()["articles"] == 30


def test_places_of_a_search_are_those_of_its_facets(project: Project) -> None:
    project.add([SAMPLE])
    for words in ("", "المياه"):
        facet = {v.value: v.documents for v in project.facets(words, most=10_000)["place"]}
        assert facet and {p.id: p.documents for p in project.places(words)} == facet
