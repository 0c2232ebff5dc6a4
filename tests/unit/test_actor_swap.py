"""The neutrality test: sentence templates times actors of every camp; only the name may differ."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import rawi

CASES: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "actor_swap.toml").read_text(encoding="utf-8")
)
TEMPLATES = [t["text"] for t in CASES["templates"]]
SLOT = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")


def filled(template: str, actor: str, feminine: bool) -> str:
    return SLOT.sub(lambda m: m.group(2 if feminine else 1), template).replace("{actor}", actor)


def verdict(text: str) -> dict[str, Any]:
    """What rawi says of a sentence, names and offsets left out."""
    reading = rawi.read(rawi.Article(id="swap", text=f"خبر من المدينة\n{text}"))
    return {
        "statements": [
            (a.stance, a.act, a.type, a.kind, a.writer_stance, len(a.source), len(a.content), a.parent)
            for a in reading.attributions
        ],
        "unattributed": [u.class_ for u in reading.unattributed],
        "charged": [c.row for c in reading.charged],
    }


def test_there_are_sixty_templates() -> None:
    assert len(TEMPLATES) >= 60


@pytest.mark.parametrize("kind", CASES["actors"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_the_name_changes_nothing(template: str, kind: str) -> None:
    actors = CASES["actors"][kind]
    verdicts = {actor: verdict(filled(template, actor, kind.endswith("_f"))) for actor in actors}
    first = verdicts[actors[0]]
    assert {actor: v for actor, v in verdicts.items() if v != first} == {}
