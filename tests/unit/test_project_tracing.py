"""Tracing inside a project: incremental equals at once, a parted store is made whole, older versions leave."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import rawi
from rawi.corpus import Project
from rawi.run.tracing import PARTED, STATE
from rawi.store.db import set_meta, transaction

SAMPLE = Path(rawi.__file__).parent / "sample"
LINES = (SAMPLE / "wire.jsonl").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    with rawi.open(tmp_path_factory.mktemp("whole")) as project:
        project.add_bytes([("wire.jsonl", "\n".join(LINES).encode())])
        project.trace()
        assert project.counts()["families"] > 0 and project.counts()["copies"] > 0
        return project.section_hashes()


def added(project: Project, lines: list[str], name: str) -> None:
    project.add_bytes([(name, "\n".join(lines).encode())])


@pytest.mark.parametrize("cut", [1, 5, 11])
def test_little_by_little_is_the_same_as_at_once(tmp_path: Path, expected: dict[str, str], cut: int) -> None:
    with rawi.open(tmp_path) as project:
        for part, name in ((LINES[:cut], "a.jsonl"), (LINES[cut:], "b.jsonl")):
            added(project, part, name)
            assert project.trace().documents == len(part)
        assert project.section_hashes()["tracing"] == expected["tracing"]
        assert project.trace().documents == 0


def test_a_parted_store_is_made_whole(tmp_path: Path, expected: dict[str, str]) -> None:
    with rawi.open(tmp_path) as project:
        added(project, LINES, "a.jsonl")
        project.trace()
        with transaction(project.db):
            set_meta(project.db, PARTED, "1")
            project.db.execute("DELETE FROM family")
            project.db.execute("DELETE FROM reuse")
        project.trace()
        assert project.section_hashes()["tracing"] == expected["tracing"]


def test_a_lost_state_is_traced_anew(tmp_path: Path, expected: dict[str, str]) -> None:
    with rawi.open(tmp_path) as project:
        added(project, LINES, "a.jsonl")
        project.trace()
        (tmp_path / STATE).unlink()
        assert project.trace().documents == len(LINES)
        assert project.section_hashes()["tracing"] == expected["tracing"]
        (tmp_path / f"{STATE}.tmp").mkdir()
        (tmp_path / f"{STATE}.tmp" / "spilled").write_bytes(b"x")
        assert project.trace(anew=True).documents == len(LINES)
        assert project.section_hashes()["tracing"] == expected["tracing"]


def test_a_state_that_cannot_be_used_is_made_anew(tmp_path: Path, expected: dict[str, str]) -> None:
    import duckdb

    with rawi.open(tmp_path) as project:
        added(project, LINES[:6], "a.jsonl")
        project.trace()
        with duckdb.connect(str(tmp_path / STATE)) as state:
            rows = state.execute("SELECT table_name, column_name FROM information_schema.columns").fetchall()
            for table, column in rows:
                state.execute(f'ALTER TABLE "{table}" RENAME COLUMN "{column}" TO "older_{column}"')
        added(project, LINES[6:], "b.jsonl")
        assert project.trace().documents == len(LINES)
        assert project.section_hashes()["tracing"] == expected["tracing"]
        (tmp_path / STATE).write_bytes(b"no database at all")
        added(project, [json.dumps({"id": "new", "text": "قال سالم إن الجسر مغلق."})], "c.jsonl")
        assert project.trace().documents == len(LINES) + 1


def test_a_new_version_takes_the_place_of_the_old(tmp_path: Path) -> None:
    with rawi.open(tmp_path) as project:
        added(project, LINES, "a.jsonl")
        project.trace()
        first = json.loads(LINES[0])
        changed = {**first, "text": "نص آخر تماما لا يشبه غيره في شيء ولا قول فيه لأحد."}
        added(project, [json.dumps(changed)], "b.jsonl")
        assert project.trace().documents == 1
        assert project.copies(first["id"]) == []
        families, _ = project.families(limit=1000)
        assert all(first["id"] not in f.documents or len(f.documents) == 1 for f in families)


def test_a_family_opens_down_to_the_words(tmp_path: Path) -> None:
    with rawi.open(tmp_path) as project:
        added(project, LINES, "a.jsonl")
        project.trace()
        view = project.family(project.families()[0][0].id)
        assert view.family.lo <= view.family.hi and view.tellings and view.roots
        assert set(view.wordings) == {t.id for t in view.tellings}
        for t in view.tellings:
            text = project.reading(t.document).text
            assert " ".join(view.wordings[t.id].split()) and view.documents[t.document].id == t.document
            if t.statement is None:
                assert view.wordings[t.id] in text
        for edge in view.edges:
            for sign in edge.evidence:
                text = project.reading(sign["document"]).text
                assert all(0 <= s["start"] < s["end"] <= len(text) for s in sign["spans"])


def test_families_are_found_by_their_words(tmp_path: Path) -> None:
    with rawi.open(tmp_path) as project:
        added(project, LINES, "a.jsonl")
        project.trace()
        found, total = project.families("المياه")
        assert total == len(found) > 0
        assert project.families("المياه", limit=1, offset=total)[0] == []
        assert project.families("لاوجودلهذهالكلمة") == ([], 0)
