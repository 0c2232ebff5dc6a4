"""The page of the file format says what the code does: every field, every code, its example, its snippet."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

import rawi
from rawi import model

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "format.md").read_text(encoding="utf-8")
TABLES = "\n".join(line for line in PAGE.splitlines() if line.startswith("|"))
WORDS = set(re.findall(r"`([^`]+)`", TABLES))
RECORDS = (
    model.Reading, model.Attribution, model.Timex, model.Place, model.Name, model.Entity, model.Quote,
    model.Unattributed, model.Charged, model.Doubt, model.Rival, model.SourceFile,
)  # fmt: skip


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.__name__)
def test_every_field_is_on_the_page(record: type[msgspec.Struct]) -> None:
    assert set(record.__struct_encode_fields__) - WORDS == set()


@pytest.mark.parametrize(
    "codes",
    [model.Kind, model.Stance, model.Act, model.WriterStance, model.SourceType, model.TimexType, model.NameKind,
     model.Precision, model.UnattributedClass, model.DoubtCode],
)  # fmt: skip
def test_every_code_is_on_the_page(codes: object) -> None:
    assert set(get_args(codes)) - WORDS == set()


def test_the_example_is_of_the_format_and_its_identities_are_right() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.S)
    reading = msgspec.convert(json.loads(example), model.Reading)
    (a,) = reading.attributions
    assert reading.key == model.text_key(reading.text)
    assert a.id == model.statement_id(reading.id, reading.key, a.cue[0].start, a.cue[0].of(reading.text), 0)
    assert [s.of(reading.text) for s in (*a.cue, *a.source, *a.content)] == ["قال", "الوزير", "إن الجسر مغلق"]
    assert set(json.loads(example)) == set(json.loads(rawi.dumps(reading)))


def test_the_snippet_runs() -> None:
    (snippet,) = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    exec(snippet, {})
