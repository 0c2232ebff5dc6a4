"""Attribution by cases that a linguist can read: one slice a file, expected values by the guidelines.

A case that the grammar does not meet yet says why in ``known``; ``[limits]`` declares how many such
there are in the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import rawi
from rawi.model import Attribution, Reading, Span
from rawi.scoring.words import Words

FOLDER = Path(__file__).parents[1] / "cases"
EXPLAINED = Path(__file__).parents[2] / "docs" / "explanation" / "attribution.md"
SLICES = sorted(p.stem.removeprefix("attribution_") for p in FOLDER.glob("attribution_*.toml"))
HEADLINE = "أخبار المدينة\n"
Said = tuple[object, ...]


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"attribution_{name}.toml").read_text(encoding="utf-8"))


def folded(text: str, *, trim: bool) -> str:
    """The words of ``text`` as the scorer compares them."""
    words = Words(text)
    return " ".join(words.folded[i] for i in sorted(words.touched([(0, len(text))], trim=trim))) or text


def of(spans: Sequence[Span], reading: Reading, *, trim: bool) -> str:
    words = Words(reading.text)
    kept = sorted(words.touched([(s.start, s.end) for s in spans], trim=trim))
    return " ".join(words.folded[i] for i in kept) or "".join(s.of(reading.text) for s in spans)


def wanted(case: dict[str, Any]) -> list[Said]:
    """What the case expects, in the shape of :func:`found`; ``ref`` and ``type`` only where the case names them."""
    return sorted(
        (
            folded(s["cue"].replace(" … ", " "), trim=False),
            folded(s["source"].replace(" … ", " "), trim=True) if s["source"] else "",
            folded(" ".join(s["content"]), trim=True),
            s["stance"],
            folded(case["says"][s["parent"] - 1]["cue"].replace(" … ", " "), trim=False) if "parent" in s else "",
            folded(s["ref"], trim=True) if "ref" in s else "",
            s.get("type", ""),
        )
        for s in case["says"]
    )


def found(reading: Reading, case: dict[str, Any]) -> list[Said]:
    """The statements of a reading: cue, source, content as words, stance, the cue of the parent, speaker, type."""
    by_number = {a.n: a for a in reading.attributions}
    asked, typed = (
        {folded(s["cue"].replace(" … ", " "), trim=False) for s in case["says"] if field in s}
        for field in ("ref", "type")
    )

    def one(a: Attribution) -> Said:
        cue = of(a.cue, reading, trim=False)
        parent = of(by_number[a.parent].cue, reading, trim=False) if a.parent else ""
        ref = of([a.ref], reading, trim=True) if a.ref and cue in asked else ""
        source, content = of(a.source, reading, trim=True), of(a.content, reading, trim=True)
        return (cue, source, content, a.stance, parent, ref, a.type if cue in typed else "")

    return sorted(one(a) for a in reading.attributions)


def faults(case: dict[str, Any]) -> str:
    """An empty string, or the words that tell what rawi reads otherwise than the case says."""
    text = case["text"] if "\n" in case["text"] else HEADLINE + case["text"]
    reading = rawi.read(rawi.Article(id=case["id"], text=text))
    want, have = wanted(case), found(reading, case)
    if want == have:
        return ""
    missing = [w for w in want if w not in have]
    extra = [h for h in have if h not in want]
    return f"{case['id']}: {case['text']}\n    expected {missing}\n    found    {extra}"


def read_slice(name: str) -> tuple[list[str], list[str], int]:
    """The faults of the cases that must pass, the ids of known ones that still fail, and the declared limit."""
    file = load(name)
    told = [(case, faults(case)) for case in file["cases"]]
    return (
        [fault for case, fault in told if fault and "known" not in case],
        [case["id"] for case, fault in told if fault and "known" in case],
        file["limits"]["known"],
    )


@pytest.mark.parametrize("name", SLICES)
def test_a_slice_is_read_as_the_guidelines_say(name: str) -> None:
    new, known, limit = read_slice(name)
    assert not new, "\n" + "\n".join(new)
    assert len(known) <= limit, f"known failures {known}, declared {limit}"


@pytest.mark.parametrize("name", SLICES)
def test_a_slice_declares_what_it_does_not_meet(name: str) -> None:
    file = load(name)
    marked = [case["id"] for case in file["cases"] if "known" in case]
    assert len(marked) == file["limits"]["known"]
    assert all(case["known"].strip() for case in file["cases"] if "known" in case)


def test_there_are_four_hundred_cases_with_ids_of_their_own() -> None:
    cases = [case for name in SLICES for case in load(name)["cases"]]
    assert len(cases) >= 400
    assert len({case["id"] for case in cases}) == len(cases)
    assert len({case["text"] for case in cases}) == len(cases)


def test_every_piece_of_a_case_stands_in_its_text() -> None:
    for name in SLICES:
        for case in load(name)["cases"]:
            for said in case["says"]:
                pieces = [*said["cue"].split(" … "), *said["source"].split(" … "), *said["content"]]
                assert all(piece in case["text"] for piece in pieces), case["id"]


def test_the_documentation_tells_every_known_failure() -> None:
    told = EXPLAINED.read_text(encoding="utf-8")
    whys = {case["known"] for name in SLICES for case in load(name)["cases"] if "known" in case}
    assert not [why for why in whys if why not in told]
