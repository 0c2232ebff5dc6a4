"""The hand-written gold of the sample agrees with the sample: every quoted string lies where its offsets say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import get_args

from rawi.model import Kind, SourceType, Stance
from rawi.scoring.attributions import figures, score_document, total

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "eval" / "gold"


def lines(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def test_the_gold_is_what_its_source_files_say() -> None:
    subprocess.run([sys.executable, str(GOLD / "build.py"), "--check"], check=True, capture_output=True, cwd=ROOT)


def test_every_statement_has_known_labels_and_spans_within_the_text() -> None:
    for document in lines("sample_attribution.jsonl"):
        size = len(document["text"])  # type: ignore[arg-type]
        for a in document["attributions"]:  # type: ignore[attr-defined]
            assert a["kind"] in get_args(Kind)
            assert a["stance"] in get_args(Stance)
            assert a["type"] in get_args(SourceType)
            assert all(0 <= s < e <= size for f in ("cue", "source", "content") for s, e in a[f])
            assert a["cue"]
            assert a["content"]


def test_the_gold_scores_as_wholly_right_against_itself() -> None:
    documents = lines("sample_attribution.jsonl")
    scored = (score_document(d["text"], d["attributions"], d["attributions"]) for d in documents)  # type: ignore[arg-type]
    result = figures(total(scored))
    assert result["strict_f1"] == 100.0
    assert result["chain_edge_f1"] == 100.0
