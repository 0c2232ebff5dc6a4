"""A generator of corpora: stories with their copies, wires, circles, denials and false friends, and the truth
about them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from planted.words import Vocabulary, another_hand
from rawi.model import Attribution, Entity, Name, Quote, Reading, Span, Unattributed, statement_id, text_key

START = datetime(2024, 5, 1, 6, 0)
OUTLETS = tuple(
    f"صحيفة {w}" for w in ("المنارة", "البيدر", "الساقية", "الرواق", "الخيمة", "الشراع", "النورس", "الدفتر")
)
AGENCIES = ("وكالة سنبلة للأنباء", "وكالة مرساة للأنباء")
COPIES = ("exact", "hand", "edited", "cut", "embedded")


@dataclass(frozen=True)
class Part:
    """A sentence of a page: its words; who is said to say it; quoted; denied."""

    words: tuple[str, ...]
    speaker: str = ""
    quoted: bool = False
    denied: bool = False
    credit: str = ""


@dataclass
class Truth:
    """What is planted: pairs of documents with the words that they share, and stories with their roots."""

    shared: dict[tuple[str, str], int] = field(default_factory=dict)
    stories: dict[str, list[str]] = field(default_factory=dict)
    roots: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    circles: dict[str, tuple[str, str]] = field(default_factory=dict)
    quotations: set[tuple[str, str]] = field(default_factory=set)
    origin: dict[str, str] = field(default_factory=dict)


def page(
    identity: str, outlet: str, minute: int, title: Sequence[str], parts: Sequence[Part], byline: str = ""
) -> Reading:
    """A reading of invented parts, as the reader would make it of such a page."""
    text = " ".join(title) + "\n"
    text += f"{byline}\n" if byline else ""
    title_span = Span(0, len(" ".join(title)))
    attributions: list[Attribution] = []
    plain: list[Unattributed] = []
    quotes: list[Quote] = []
    names: list[Name] = []
    people: dict[str, list[Span]] = {}
    for part in parts:
        cue = source = None
        if part.credit:
            start = len(text)
            text += "نقلت "
            source_start = len(text)
            text += part.credit
            cue, source = Span(start, start + 4), Span(source_start, len(text))
            text += " أن "
        if part.speaker:
            start = len(text)
            text += "ونفى " if part.denied else "وقال "
            cue = Span(start, len(text) - 1)
            source = Span(len(text), len(text) + len(part.speaker))
            text += part.speaker + (": " if part.quoted else " إن ")
            people.setdefault(part.speaker, []).append(source)
        start = len(text)
        text += ("«" if part.quoted else "") + " ".join(part.words) + ("»" if part.quoted else "")
        span = Span(start, len(text))
        text += ".\n" if part is parts[-1] or len(parts) > 1 else "."
        if part.quoted:
            quotes.append(Quote(span=span, open="«", close="»", speaker=len(attributions) + 1))
        if cue is None or source is None:
            plain.append(Unattributed(span=span, class_="writer"))
            continue
        attributions.append(
            Attribution(
                n=len(attributions) + 1, id=statement_id(identity, "", cue.start, "", 0),
                cue=(cue,), source=(source,),
                ref=None, content=(span,), kind="direct" if part.quoted else "indirect",
                stance="denied" if part.denied else "reported", act="deny" if part.denied else "say",
                type="person" if part.speaker else "outlet", rule="planted",
                speaker=f"e{list(people).index(part.speaker) + 1}" if part.speaker else None,
            )
        )  # fmt: skip
    entities = []
    for number, (name, mentions) in enumerate(people.items(), 1):
        entities.append(Entity(id=f"e{number}", key=None, kind="person", name=name, mentions=tuple(mentions)))
        names.extend(Name(span=m, kind="person", entity=f"e{number}", rule="planted") for m in mentions)
    return Reading(
        id=identity, key=text_key(text), outlet=outlet, published=(START + timedelta(minutes=minute)).isoformat(),
        title_span=title_span, text=text, attributions=tuple(attributions), unattributed=tuple(plain),
        quotes=tuple(quotes), names=tuple(names), entities=tuple(entities),
    )  # fmt: skip


class Planter:
    """Makes stories one after the other; the same seed makes the same corpus."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._vocabulary = Vocabulary(seed)
        self.readings: list[Reading] = []
        self.truth = Truth()
        self._story = 0

    # -- stories

    def plant(self, stories: int) -> None:
        """Adds ``stories`` of every kind in turn."""
        kinds = (self.copies, self.wire, self.circle, self.denial, self.witnesses, self.quotation, self.friends)
        for i in range(stories):
            kinds[i % len(kinds)]()

    def copies(self) -> None:
        """One page and its silent copies of every sort: one named root."""
        story, minute = self._open()
        parts = self._parts(self._vocabulary.name())
        self._page(story, "a", OUTLETS[0], minute, parts)
        for i, sort in enumerate(COPIES):
            made, kept = self._copy(parts, sort)
            self._page(story, "bcdefg"[i], OUTLETS[i + 1], minute + 90 + i, made)
            self.truth.origin[f"s{story}-{'bcdefg'[i]}"] = f"s{story}-a"
            for j in range(i):
                other = self._kept[j]
                self._share(story, "bcdefg"[j], "bcdefg"[i], len(other & kept))
            self._kept.append(kept)
            self._share(story, "a", "bcdefg"[i], len(kept))
        self.truth.roots[f"s{story}"] = (1, 1, 0)

    def wire(self) -> None:
        """An agency's page with three voices, and two credited copies of it."""
        story, minute = self._open()
        first = self._parts(self._vocabulary.name())
        self._page(story, "a", AGENCIES[0], minute, first)
        for letter, outlet, byline in (
            ("b", OUTLETS[2], f"العاصمة - {AGENCIES[0]}"),
            ("c", OUTLETS[5], f"{AGENCIES[0]} - العاصمة"),
        ):
            self._page(story, letter, outlet, minute + 30, first, byline=byline)
            self.truth.origin[f"s{story}-{letter}"] = f"s{story}-a"
        size = sum(len(p.words) for p in first)
        for one, other in (("a", "b"), ("a", "c"), ("b", "c")):
            self._share(story, one, other, size)
        self.truth.roots[f"s{story}"] = (1, 1, 0)

    def circle(self) -> None:
        """Two outlets that credit each other, each in its own words: one unsourced origin."""
        story, minute = self._open()
        place, thing = self._names(), self._vocabulary.name()
        for letter, outlet, other in (("a", OUTLETS[3], OUTLETS[6]), ("b", OUTLETS[6], OUTLETS[3])):
            parts = [Part(self._own_words(place, thing), credit=other), Part(tuple(self._vocabulary.sentence(30)))]
            self._page(story, letter, outlet, minute + 5, parts, title=self._title(place, thing))
        self.truth.roots[f"s{story}"] = (1, 1, 0)
        self.truth.circles[f"s{story}"] = (OUTLETS[3], OUTLETS[6])

    def denial(self) -> None:
        """A page with a voice that asserts, a copy of it, and a page in own words with a voice that denies."""
        story, minute = self._open()
        place, thing = self._names(), self._vocabulary.name()
        parts = [
            Part(self._own_words(place, thing), self._vocabulary.name()),
            Part(tuple(self._vocabulary.sentence(40))),
        ]
        self._page(story, "a", OUTLETS[0], minute, parts, title=self._title(place, thing))
        self._page(story, "b", OUTLETS[4], minute + 70, parts, title=self._title(place, thing))
        self._share(story, "a", "b", sum(len(p.words) for p in parts))
        self.truth.origin[f"s{story}-b"] = f"s{story}-a"
        denial = [
            Part(self._own_words(place, thing), self._vocabulary.name(), denied=True),
            Part(tuple(self._vocabulary.sentence(30))),
        ]
        self._page(story, "c", OUTLETS[7], minute + 200, denial, title=self._title(place, thing))
        self.truth.roots[f"s{story}"] = (1, 1, 1)

    def witnesses(self) -> None:
        """Two witnesses, each in a page of its own words: two named roots."""
        story, minute = self._open()
        place, thing = self._names(), self._vocabulary.name()
        for i, letter in enumerate("ab"):
            parts = [
                Part(self._own_words(place, thing), self._vocabulary.name()),
                Part(tuple(self._vocabulary.sentence(35))),
            ]
            self._page(story, letter, OUTLETS[2 * i + 1], minute + 20 * i, parts, title=self._title(place, thing))
        self.truth.roots[f"s{story}"] = (2, 2, 0)

    def quotation(self) -> None:
        """One voice quoted in three pages of otherwise own words: one root, no copy."""
        story, minute = self._open()
        place, thing, voice = self._names(), self._vocabulary.name(), self._vocabulary.name()
        said = tuple(self._vocabulary.sentence(24))
        for i, letter in enumerate("abc"):
            own = Part(self._own_words(place, thing))
            parts = [Part(said, voice, quoted=True), own, Part(tuple(self._vocabulary.sentence(30)))]
            self._page(story, letter, OUTLETS[i], minute + 15 * i, parts, title=self._title(place, thing))
        for one, other in (("a", "b"), ("a", "c"), ("b", "c")):
            self.truth.quotations.add((f"s{story}-{one}", f"s{story}-{other}"))
        self.truth.roots[f"s{story}"] = (1, 1, 0)

    def friends(self) -> None:
        """Two stories of one mould, ten days and other numbers apart: they are not one family."""
        mould = self._vocabulary.sentence(60)
        voice = self._vocabulary.name()
        for day, number in ((0, "4211"), (10, "7350")):
            story, minute = self._open()
            words = list(mould)
            for at in range(0, len(words), 6):
                words[at] = self._vocabulary.sentence(1)[0]
            words[7], words[25] = number, number + "1"
            self._page(story, "a", OUTLETS[1], minute + day * 1440, [Part(tuple(words), voice)])

    # -- pieces

    def _open(self) -> tuple[int, int]:
        self._story += 1
        self._kept: list[set[int]] = []
        return self._story, self._random.randrange(0, 20 * 1440)

    def _names(self) -> str:
        """Two names that every page of a story has in common."""
        return f"{self._vocabulary.name()} {self._vocabulary.name()}"

    def _title(self, *names: str) -> list[str]:
        return [w for n in names for w in n.split()] + self._vocabulary.sentence(3)

    def _own_words(self, *names: str) -> tuple[str, ...]:
        words = self._vocabulary.sentence(18)
        for i, name in enumerate(names):
            words[3 + 7 * i : 3 + 7 * i] = name.split()
        return tuple(words)

    def _parts(self, voice: str) -> list[Part]:
        sizes = [self._random.randint(28, 45) for _ in range(5)]
        return [Part(tuple(self._vocabulary.sentence(n)), voice if i != 1 else "") for i, n in enumerate(sizes)]

    def _copy(self, parts: list[Part], sort: str) -> tuple[list[Part], set[int]]:
        """A copy of the given sort, and the indexes of the words of the original that are in it."""
        index, ranges = 0, []
        for p in parts:
            ranges.append(range(index, index + len(p.words)))
            index += len(p.words)
        whole = set(range(index))
        if sort == "exact":
            return list(parts), whole
        if sort == "hand":
            return [Part(tuple(another_hand(list(p.words))), p.speaker) for p in parts], whole
        if sort == "edited":
            changed: set[int] = set()
            made = []
            for p, where in zip(parts, ranges, strict=True):
                words = list(p.words)
                for i in self._random.sample(range(len(words)), max(1, len(words) // 12)):
                    words[i] = self._vocabulary.sentence(1)[0]
                    changed.add(where[i])
                made.append(Part(tuple(words), p.speaker))
            return made, whole - changed
        if sort == "cut":
            return list(parts[:3]), {i for r in ranges[:3] for i in r}
        own = [Part(tuple(self._vocabulary.sentence(50))) for _ in range(3)]
        kept = Part(parts[0].words, parts[0].speaker)
        return [kept, *own], set(ranges[0])

    def _page(
        self,
        story: int,
        letter: str,
        outlet: str,
        minute: int,
        parts: Sequence[Part],
        title: Sequence[str] = (),
        byline: str = "",
    ) -> None:
        title = title or self._vocabulary.sentence(6)
        identity = f"s{story}-{letter}"
        self.readings.append(page(identity, outlet, minute, title, parts, byline))
        self.truth.stories.setdefault(f"s{story}", []).append(identity)

    def _share(self, story: int, one: str, other: str, words: int) -> None:
        self.truth.shared[f"s{story}-{one}", f"s{story}-{other}"] = words


def planted(seed: int, stories: int) -> tuple[list[Reading], Truth]:
    """A corpus of ``stories`` and the truth about it."""
    planter = Planter(seed)
    planter.plant(stories)
    return planter.readings, planter.truth
