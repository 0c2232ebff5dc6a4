"""Readings as tables of other libraries: the same rows in each, and one clear line where a library is missing."""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from pyarrow import parquet

import rawi
from rawi.errors import ExportError
from rawi.export.forms import export
from rawi.export.frames import to_arrow, to_pandas, to_polars

TEXT = "\U0001f534 عاجل\n\nقال المهندس سالم الراوي يوم الثلاثاء في بغداد إن الجسر مغلق."


@pytest.fixture(scope="module")
def reading() -> rawi.Reading:
    return rawi.read(rawi.Article(id="a", text=TEXT, published="2024-05-03"))


def test_each_statement_time_and_place_is_a_row(reading: rawi.Reading) -> None:
    for table, found in (("statements", reading.attributions), ("times", reading.times), ("places", reading.places)):
        assert to_arrow(reading, table).num_rows == len(found) > 0  # type: ignore[arg-type]
    row = to_arrow([reading, reading]).to_pylist()[0]
    start, end = map(int, row["cue_spans"].split("-"))
    assert TEXT[start:end] == row["cue"] == "قال"


def test_the_columns_are_those_of_the_parquet_export(reading: rawi.Reading, tmp_path: Path) -> None:
    with rawi.open(tmp_path / "p") as project:
        line = json.dumps({"id": "a", "text": TEXT, "published": "2024-05-03"}).encode()
        project.add_bytes([("a.jsonl", line)])
        export(project, "parquet", tmp_path / "out")
    for table in ("statements", "times", "places"):
        theirs = parquet.read_table(tmp_path / "out" / f"{table}.parquet")
        theirs = theirs.drop_columns(["state"]) if table == "statements" else theirs
        assert to_arrow(reading, table).equals(theirs)  # type: ignore[arg-type]


def test_an_unknown_table_and_a_missing_library_are_clear(
    reading: rawi.Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ExportError, match="no table words"):
        to_arrow(reading, "words")  # type: ignore[arg-type]
    for name, call in (("pandas", to_pandas), ("polars", to_polars)):
        monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(ExportError, match=f"{name} is not installed"):
            call(reading)


@pytest.mark.skipif(not (find_spec("pandas") and find_spec("polars")), reason="no pandas or Polars here")
def test_pandas_and_polars_hold_the_same(reading: rawi.Reading) -> None:
    rows = to_arrow(reading, "places").to_pylist()
    assert to_polars(reading, "places").to_dicts() == rows
    frame = to_pandas(reading, "places")
    assert list(frame.columns) == list(rows[0]) and frame["name"].tolist() == [r["name"] for r in rows]
