"""Whether a small statistical tagger helps recall: cross-validated against the rules alone, nothing is shipped.

    python eval/names_tagger.py [--folds 5] [--rounds 5] [--wordless] [--transfer]

An averaged perceptron tags each word with the type of the entity that begins or goes on there, from the word's
classes, its ends, its neighbours and what the rules found there. Folds are whole articles (AQMAR) and runs of
sentences (Wojood). Printed for each set and type: strict F1 of the rules, of the tagger, and of the rules with the
tagger's finds where the rules have none. ``--wordless`` leaves out every feature that holds letters of the texts;
``--transfer`` trains on the other set, since folds of one set share its habits (and, in Wojood, its documents).
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Sequence

from gold import ABSENT, SHARED
from names import TYPES, Entity, Piece, aqmar_piece, predicted, score, wojood_pieces
from rawi.lang.ar.pack import arabic
from rawi.marks.names_words import name_words

TAGS = ("O", *(f"{edge}-{kind}" for kind in TYPES for edge in "BI"))


class Tagger:
    """An averaged perceptron over word features; greedy, left to right."""

    def __init__(self) -> None:
        self.weights: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        self._totals: defaultdict[tuple[str, str], float] = defaultdict(float)
        self._stamps: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._seen = 0

    def best(self, features: Sequence[str], before: str) -> str:
        """The tag that the weights prefer; a tag of the middle stands only after one of its own type."""
        scores = dict.fromkeys(TAGS, 0.0)
        for feature in features:
            for tag, weight in self.weights.get(feature, {}).items():
                scores[tag] += weight
        allowed = [t for t in TAGS if t[0] != "I" or before[2:] == t[2:]]
        return max(allowed, key=lambda tag: (scores[tag], tag))

    def learn(self, features: Sequence[str], gold: str, guess: str) -> None:
        """One step of training."""
        self._seen += 1
        if gold == guess:
            return
        for feature in features:
            for tag, step in ((gold, 1.0), (guess, -1.0)):
                key = (feature, tag)
                self._totals[key] += (self._seen - self._stamps[key]) * self.weights[feature][tag]
                self._stamps[key] = self._seen
                self.weights[feature][tag] += step

    def average(self) -> None:
        """Replaces each weight by its mean over training."""
        for feature, tags in self.weights.items():
            for tag in tags:
                key = (feature, tag)
                total = self._totals[key] + (self._seen - self._stamps[key]) * tags[tag]
                tags[tag] = total / max(1, self._seen)


def features_of(piece: Piece, ruled: frozenset[Entity], wordless: bool) -> list[list[str]]:
    """The features of each word of a piece; ``wordless``: none that holds its letters."""
    pack = arabic()
    words = name_words(pack)
    keys = [pack.key(w) for w in piece.words]
    classes = [words.memo[k] for k in keys]
    marks = tags_of(len(keys), ruled)
    rows = []
    for i, key in enumerate(keys):
        row = ["bias", f"rule={marks[i]}"]
        if not wordless:
            row += [f"end2={key[-2:]}", f"end3={key[-3:]}", f"start={key[:2]}", f"stem={classes[i].stem}"]
        for name, at in (("here", i), ("before", i - 1), ("after", i + 1)):
            inside = 0 <= at < len(keys)
            row.append(f"{name}={classes[at].flags if inside else 'edge'}")
            row.append(f"{name}rule={marks[at] if inside else 'edge'}")
            if inside and name != "here" and not wordless:
                row.append(f"{name}stem={classes[at].stem}")
        rows.append(row)
    return rows


def tags_of(count: int, entities: frozenset[Entity]) -> list[str]:
    """One tag a word; of entities that share a word the longest wins."""
    tags = ["O"] * count
    for first, last, kind in sorted(entities, key=lambda e: e[0] - e[1]):
        if all(tags[i] == "O" for i in range(first, last)):
            tags[first:last] = [f"B-{kind}", *[f"I-{kind}"] * (last - first - 1)]
    return tags


def entities_of(tags: Sequence[str]) -> frozenset[Entity]:
    """The entities that a row of tags marks."""
    found: set[Entity] = set()
    start = -1
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and tag[0] != "I":
            found.add((start, i, tags[start][2:]))
            start = -1
        if tag[0] == "B":
            start = i
    return frozenset(found)


def tagged(tagger: Tagger, rows: list[list[str]]) -> list[str]:
    """The tags of the words of one piece."""
    tags: list[str] = []
    for row in rows:
        before = tags[-1] if tags else "O"
        tags.append(tagger.best([*row, f"last={before}"], before))
    return tags


def train(rows: list[list[list[str]]], gold: list[list[str]], rounds: int) -> Tagger:
    """A tagger trained on pieces."""
    tagger, order = Tagger(), list(range(len(rows)))
    shuffle = random.Random(7)
    for _ in range(rounds):
        shuffle.shuffle(order)
        for k in order:
            before = "O"
            for row, tag in zip(rows[k], gold[k], strict=True):
                features = [*row, f"last={before}"]
                guess = tagger.best(features, before)
                tagger.learn(features, tag, guess)
                before = guess
    tagger.average()
    return tagger


def main() -> None:
    """Prints the comparison for both sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--wordless", action="store_true")
    parser.add_argument("--transfer", action="store_true")
    options = parser.parse_args()
    folder = SHARED / "names"
    if not folder.is_dir():
        print(ABSENT)
        return
    sets = {
        "aqmar": [aqmar_piece(p) for p in sorted((folder / "aqmar").glob("*.txt"))],
        "wojood": list(wojood_pieces(folder / "wojood_sample")),
    }
    ruled = {name: [predicted(p) for p in pieces] for name, pieces in sets.items()}
    rows = {
        name: [features_of(p, r, options.wordless) for p, r in zip(pieces, ruled[name], strict=True)]
        for name, pieces in sets.items()
    }
    gold = {name: [tags_of(len(p.words), p.entities) for p in pieces] for name, pieces in sets.items()}
    for name, pieces in sets.items():
        learned: list[frozenset[Entity]] = [frozenset()] * len(pieces)
        for fold in range(1 if options.transfer else options.folds):
            if options.transfer:
                other = next(o for o in sets if o != name)
                tagger = train(rows[other], gold[other], options.rounds)
                measured = range(len(pieces))
            else:
                kept = [k for k in range(len(pieces)) if k % options.folds != fold]
                tagger = train([rows[name][k] for k in kept], [gold[name][k] for k in kept], options.rounds)
                measured = range(fold, len(pieces), options.folds)
            for k in measured:
                learned[k] = entities_of(tagged(tagger, rows[name][k]))
        both = [joined(r, x) for r, x in zip(ruled[name], learned, strict=True)]
        for kind in TYPES:
            figures = [
                score(zip((p.entities for p in pieces), found, strict=True), kind)[2]
                for found in (ruled[name], learned, both)
            ]
            print(
                f"{name:7} {kind:13} rules {figures[0]:5.1f}  tagger {figures[1]:5.1f}  "
                f"rules, then tagger {figures[2]:5.1f}"
            )


def joined(ruled: frozenset[Entity], learned: frozenset[Entity]) -> frozenset[Entity]:
    """The rules' entities, and the learned ones that share no word with them."""
    taken = {i for first, last, _ in ruled for i in range(first, last)}
    return ruled | {e for e in learned if not taken & set(range(e[0], e[1]))}


if __name__ == "__main__":
    main()
