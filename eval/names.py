"""Strict entity F1 of persons, organisations and locations on AQMAR and the Wojood sample, fold by fold.

    python eval/names.py [--folds 5] [--errors person]

The rules learn nothing from the texts, so a fold is a part on which they are measured: the spread over the folds says
how much the figure hangs on the pages. An entity counts where first word, last word and type agree. Organisations are
rawi's institutions, groups and outlets; locations are its places. Labels differ from rawi's own
(AQMAR calls peoples persons and squads organisations), so part of the loss is the definition.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from gold import ABSENT, SHARED
from rawi.lang.ar.pack import arabic
from rawi.marks.names import find_names
from rawi.marks.places.find import find_places
from rawi.text.tokens import tokenize

TYPES = ("person", "organisation", "location")
AQMAR = {"PER": "person", "ORG": "organisation", "LOC": "location"}
WOJOOD = {"PERS": "person", "ORG": "organisation", "GPE": "location", "LOC": "location"}
OURS = {"person": "person", "institution": "organisation", "group": "organisation", "outlet": "organisation"}
Entity = tuple[int, int, str]


class Piece(NamedTuple):
    """A text of words parted by spaces, and its entities as ranges of words (end exclusive) with a type."""

    words: list[str]
    breaks: frozenset[int]
    entities: frozenset[Entity]


def main() -> None:
    """Prints the figures of both sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--errors", choices=TYPES)
    parser.add_argument("--limit", type=int, default=60)
    options = parser.parse_args()
    folder = SHARED / "names"
    if not folder.is_dir():
        print(ABSENT)
        return
    sets = {
        "aqmar": [aqmar_piece(p) for p in sorted((folder / "aqmar").glob("*.txt"))],
        "wojood": list(wojood_pieces(folder / "wojood_sample")),
    }
    for name, pieces in sets.items():
        found = [(p.entities, predicted(p)) for p in pieces]
        if options.errors:
            show_errors(name, pieces, found, options.errors, options.limit)
        for kind in TYPES:
            folds = [score(found[k :: options.folds], kind) for k in range(options.folds)]
            whole = score(found, kind)
            spread = " ".join(f"{f[2]:5.1f}" for f in folds)
            gold = sum(1 for g, _ in found for e in g if e[2] == kind)
            print(
                f"{name:7} {kind:13} gold {gold:5}  "
                f"P {whole[0]:5.1f}  R {whole[1]:5.1f}  F1 {whole[2]:5.1f}  folds {spread}"
            )


def score(found: Iterable[tuple[frozenset[Entity], frozenset[Entity]]], kind: str) -> tuple[float, float, float]:
    """Precision, recall and F1 in percent of the entities of one type."""
    count: Counter[str] = Counter()
    for gold, ours in found:
        g, o = {e for e in gold if e[2] == kind}, {e for e in ours if e[2] == kind}
        count.update(gold=len(g), ours=len(o), both=len(g & o))
    precision = 100 * count["both"] / count["ours"] if count["ours"] else 0.0
    recall = 100 * count["both"] / count["gold"] if count["gold"] else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def predicted(piece: Piece) -> frozenset[Entity]:
    """What rawi finds in a piece, as ranges of its words."""
    text, starts = "", []
    for i, word in enumerate(piece.words):
        starts.append(len(text))
        text += word + ("\n" if i + 1 in piece.breaks else " ")
    pack = arabic()
    tokens = tokenize(text, pack.letters, 1)
    names, _ = find_names(tokens, pack)
    spans = [(n.span, OURS[n.kind]) for n in names if n.kind in OURS and n.rule not in {"short"}]
    spans += [(p.span, "location") for p in find_places(tokens, pack)]
    return frozenset((_word(starts, s.start), _word(starts, s.end - 1) + 1, kind) for s, kind in spans)


def _word(starts: list[int], position: int) -> int:
    low, high = 0, len(starts)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if starts[middle] <= position else (low, middle)
    return low


def aqmar_piece(path: Path) -> Piece:
    """One article of AQMAR."""
    rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    return piece(rows, AQMAR)


def wojood_pieces(folder: Path, size: int = 40) -> Iterator[Piece]:
    """The sentences of the Wojood sample, in pieces of ``size``."""
    for name in ("train.txt", "val.txt", "test.txt"):
        sentences: list[list[list[str]]] = [[]]
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            if line.strip():
                sentences[-1].append(line.split())
            elif sentences[-1]:
                sentences.append([])
        for at in range(0, len(sentences), size):
            rows: list[list[str]] = []
            for sentence in sentences[at : at + size]:
                rows += [*sentence, []]
            yield piece(rows, WOJOOD)


def piece(rows: list[list[str]], types: dict[str, str]) -> Piece:
    """Words and entities of rows (word and its tags; an empty row ends a sentence)."""
    words: list[str] = []
    breaks: set[int] = set()
    open_at: dict[str, int] = {}
    entities: set[Entity] = set()

    def close(keep: Iterable[str]) -> None:
        for label in [k for k in open_at if k not in set(keep)]:
            entities.add((open_at.pop(label), len(words), types[label]))

    for row in rows:
        if len(row) < 2:
            close(())
            breaks.add(len(words))
            continue
        inside = [t[2:] for t in row[1:] if t.startswith("I-")]
        close(inside)
        for tag in row[1:]:
            label = tag[2:]
            if tag.startswith("B-") and label in types:
                if label in open_at:
                    entities.add((open_at[label], len(words), types[label]))
                open_at[label] = len(words)
        words.append(row[0])
    close(())
    return Piece(words, frozenset(breaks), frozenset(entities))


def show_errors(
    name: str, pieces: list[Piece], found: list[tuple[frozenset[Entity], frozenset[Entity]]], kind: str, limit: int
) -> None:
    """Prints missed (-) and wrong (+) entities of one type with the words around them."""
    shown = 0
    for text, (gold, ours) in zip(pieces, found, strict=True):
        for first, last, what in sorted(gold ^ ours):
            if what == kind and shown < limit:
                mark = "-" if (first, last, what) in gold else "+"
                words = text.words
                print(
                    name,
                    mark,
                    " ".join(words[max(0, first - 4) : first]),
                    "[",
                    " ".join(words[first:last]),
                    "]",
                    " ".join(words[last : last + 3]),
                )
                shown += 1


if __name__ == "__main__":
    main()
