"""Invented Arabic-looking words: no text of anybody, and every word spelled with letters that writers mix up."""

from __future__ import annotations

import random

LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
FUNCTION = (
    "في",
    "من",
    "على",
    "إلى",
    "عن",
    "مع",
    "بعد",
    "قبل",
    "خلال",
    "التي",
    "الذي",
    "كما",
    "حيث",
    "أن",
    "إن",
    "لم",
)
# Spellings that one hand writes and another does not; the matching key folds them.
HABITS = (("أ", "ا"), ("إ", "ا"), ("ة", "ه"), ("ى", "ي"))


class Vocabulary:
    """A seeded vocabulary in which few words are common and most are rare."""

    def __init__(self, seed: int, size: int = 6000) -> None:
        self._random = random.Random(seed)
        seen: dict[str, None] = {}
        while len(seen) < size:
            seen[self._word()] = None
        self.words = list(seen)
        self._weights = [1 / (rank + 60) for rank in range(size)]

    def _word(self) -> str:
        stem = "".join(self._random.choice(LETTERS) for _ in range(self._random.randint(3, 5)))
        head = self._random.choice(("", "", "ال", "أ", "إ"))
        return head + stem + self._random.choice(("", "", "ة", "ات", "ى"))

    def name(self) -> str:
        """A name of two words that stand in no other text."""
        return f"{self._fresh()} {self._fresh()}"

    def _fresh(self) -> str:
        return "غ" + "".join(self._random.choice(LETTERS) for _ in range(5))

    def sentence(self, words: int) -> list[str]:
        """The words of a sentence."""
        chosen = self._random.choices(self.words, self._weights, k=words)
        return [self._random.choice(FUNCTION) if self._random.random() < 0.25 else w for w in chosen]


def another_hand(words: list[str]) -> list[str]:
    """The same words as one writes them who leaves out hamzas and dots."""
    found = []
    for word in words:
        for careful, plain in HABITS:
            word = word.replace(careful, plain)
        found.append(word)
    return found
