"""Credits: the outlets and agencies that a page names as where its words come from.

Read from the byline line and the dateline, from the end of the page, from relays and cues beside an outlet's name,
and from speaking *to* an outlet; the outlet's own name is no credit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rawi.lexicon.pack import Pack
from rawi.model import Reading
from rawi.text.tokens import LATIN, NUMBER, PUNCT, WORD, Tokens
from rawi.tracing.facts import Credit
from rawi.tracing.outlets import Outlet, OutletNames, same_outlet

BYLINE_TOKENS = 14
TAIL_TOKENS = 10
NAME_WORDS = 3
_STOPS = frozenset(".!?\u061f\u2026")
_OPENERS = frozenset('(\u00ab"\u201c[')
_QUOTES = frozenset('\u00ab\u201c"\u201e')


class Mention(NamedTuple):
    """An outlet's name in tokens ``first`` to ``last``.

    ``weak``: an ordinary word too; ``to``: the words go *to* it; ``headed``: a word for an outlet stands before it.
    """

    first: int
    last: int
    outlet: Outlet
    weak: bool
    to: bool
    headed: bool


class Layout(NamedTuple):
    """Where a page's byline line and dateline lie, as token ranges (empty where there is none), and its body."""

    byline: tuple[int, int]
    dateline: tuple[int, int]
    body: int


class CreditReader:
    """Finds credits with one language's tables."""

    def __init__(self, pack: Pack, names: OutletNames) -> None:
        self._pack = pack
        self._names = names
        self._agencies = pack.tracing.of("agencies")
        self._labels = pack.tracing.of("source-label")
        self._platforms = pack.tracing.of("platform")
        self._publish = pack.tracing.of("publish")
        reporting = pack.reporting
        self._relay = reporting.of("relay-from")
        self._forms = reporting.forms
        self._function = frozenset().union(
            *(
                reporting.of(c)
                for c in ("prep", "opener", "comp", "rel", "neg", "aux", "conjunction", "demonstrative")
            ),
            pack.names.words("stop"),
        )

    # -- the page's layout

    def layout(self, tokens: Tokens) -> Layout:
        """The byline line after the headline (short, no full stop), and the dateline of the body."""
        first = tokens.title_end
        byline = (first, first)
        if 0 < first < len(tokens):
            end = tokens.paragraphs[tokens.paragraph[first]][1]
            if end - first <= BYLINE_TOKENS and end < len(tokens) and tokens.form[end - 1] not in _STOPS:
                byline = (first, end)
        body = byline[1]
        dateline = (body, body)
        if tokens.dateline and tokens.dateline[0] >= body:
            dateline = tokens.dateline
        elif body < len(tokens):
            dateline = (body, self._opening(tokens, body))
        return Layout(byline, dateline, max(body, dateline[1]))

    def _opening(self, tokens: Tokens, body: int) -> int:
        """The end of ``Agency- Place:`` at the opening of the body."""
        for i in range(body, min(body + 8, len(tokens))):
            if tokens.form[i] == ":":
                held = range(body, i)
                return i + 1 if any(tokens.form[j] in "-\u2013(" for j in held) else body
            if tokens.kind[i] == PUNCT and tokens.form[i] not in "-\u2013()/\u060c.":
                return body
        return body

    # -- names of outlets

    def mentions(self, tokens: Tokens) -> list[Mention]:
        """The names of outlets in the page, in order, without overlaps."""
        found: list[Mention] = []
        i = 0
        while i < len(tokens):
            mention = self._mention(tokens, i) if tokens.kind[i] in (WORD, LATIN) else None
            if mention:
                found.append(mention)
            i = mention.last if mention else i + 1
        return found

    def _mention(self, tokens: Tokens, i: int) -> Mention | None:
        for split in self._pack.splits(tokens.key[i]):
            listed = self._names.listed(tokens.key, i, split.stem)
            if listed:
                end, row = listed
                weak = row.weak and not self._guarded(tokens, i)
                headed = split.stem in self._names.heads or (i > 0 and tokens.key[i - 1] in self._names.heads)
                return Mention(i, end, self._names.of_row(row), weak, self._is_to(split.proclitics), headed)
            if split.stem in self._names.heads and i + 1 < len(tokens):
                end = self._name_end(tokens, i + 1)
                if end > i + 1:
                    row_at = self._inner(tokens, i + 1, end)
                    name = split.stem + " " + " ".join(w for w in tokens.form[i + 1 : end] if w[:1].isalnum())
                    outlet = row_at[1] if row_at else self._names.resolve(name)
                    if outlet.key:
                        last = row_at[0] if row_at else end
                        return Mention(i, last, outlet, False, self._is_to(split.proclitics), True)
        return None

    def _inner(self, tokens: Tokens, first: int, end: int) -> tuple[int, Outlet] | None:
        at = first + (tokens.form[first] in _QUOTES)
        listed = self._names.listed(tokens.key, at, tokens.key[at]) if at < end else None
        return (listed[0], self._names.of_row(listed[1])) if listed else None

    def _name_end(self, tokens: Tokens, i: int) -> int:
        """The end of an outlet's name that opens at ``i``: up to three words, a quoted name whole."""
        first = i
        if tokens.form[i] in _QUOTES:
            end = next((j for j in range(i + 1, min(i + 6, len(tokens))) if tokens.kind[j] == PUNCT), i)
            return end + 1 if end > i + 1 else first
        while i < len(tokens) and i - first < NAME_WORDS and tokens.kind[i] in (WORD, LATIN, NUMBER):
            key = tokens.key[i]
            stems = [s.stem for s in self._pack.splits(key)]
            if key in self._function or (i > first and (key in self._forms or tokens.form[i - 1] in _STOPS)):
                break
            if any(s in self._forms and self._forms[s][0].shape in ("past", "present") for s in stems) and i > first:
                break
            i += 1
        return i

    def _guarded(self, tokens: Tokens, i: int) -> bool:
        """Whether an ordinary word stands as a name: after a word for an outlet, in quotation marks or brackets."""
        before = tokens.key[i - 1] if i else ""
        return tokens.form[i - 1] in _OPENERS if i and tokens.kind[i - 1] == PUNCT else before in self._names.heads

    def _is_to(self, proclitics: str) -> bool:
        return proclitics.endswith("\u0644")

    # -- credits

    def find(
        self, tokens: Tokens, layout: Layout, mentions: list[Mention], reading: Reading, own: str
    ) -> list[Credit]:
        """The credits of the page in text order; the outlet's own name (``own``) is none."""
        cues = self._cue_ends(tokens, reading)
        found: list[Credit] = list(self._vague(tokens, layout))
        for m in mentions:
            if same_outlet(m.outlet.key, own) or self._platforms & set(m.outlet.key.split()):
                continue
            kind = self._kind(tokens, layout, m, cues)
            if kind is None or (kind in ("byline", "dateline") and not m.outlet.agency and not m.headed):
                continue
            if m.weak and kind != "relay" and not m.outlet.agency:
                continue
            start, end = tokens.start[m.first], tokens.end[m.last - 1]
            name = self._written(tokens, m)
            found.append(Credit(m.outlet.key, name, kind, (start, end), m.outlet.agency))
        return sorted(found, key=lambda c: c.span)

    def _written(self, tokens: Tokens, m: Mention) -> str:
        """The name as written, without proclitics."""
        words = [tokens.form[i] for i in range(m.first, m.last) if tokens.kind[i] != PUNCT]
        for split in self._pack.splits(tokens.key[m.first]):
            if split.proclitics and (
                split.stem in self._names.heads or self._names.listed(tokens.key, m.first, split.stem)
            ):
                kept = min(len(split.stem), len(words[0])) if words else 0
                words[:1] = [w[len(w) - kept :] for w in words[:1]]
        return " ".join(words)

    def _vague(self, tokens: Tokens, layout: Layout) -> Iterator[Credit]:
        for first, last in (layout.byline, layout.dateline):
            for i in range(first, last):
                if tokens.key[i] in self._agencies:
                    span = (tokens.start[i], tokens.end[i])
                    yield Credit("", tokens.form[i], "byline", span, True, True)

    def _cue_ends(self, tokens: Tokens, reading: Reading) -> set[int]:
        ends: set[int] = set()
        for a in reading.attributions:
            for span in a.cue:
                first, last = tokens.range_of(span)
                if any(tokens.kind[i] == WORD for i in range(first, last)):
                    ends.add(last)
        return ends

    def _kind(self, tokens: Tokens, layout: Layout, m: Mention, cues: set[int]) -> str | None:
        if layout.byline[0] <= m.first < layout.byline[1]:
            return "byline"
        if layout.dateline[0] <= m.first < layout.dateline[1]:
            return "dateline"
        if m.first < layout.body:
            return None
        if self._after_source_word(tokens, m.first):
            return "relay"
        if m.weak:
            return None
        if m.to:
            return "told"
        if m.first >= len(tokens) - TAIL_TOKENS and self._labelled(tokens, m):
            return "tail"
        if cues & {m.first, m.first - 1} or self._after_cue(tokens, m.first):
            return "relay"
        return None

    def _labelled(self, tokens: Tokens, m: Mention) -> bool:
        before = tokens.key[max(0, m.first - 3) : m.first]
        return any(k in self._labels for k in before) or (m.first > 0 and tokens.form[m.first - 1] == "(")

    def _after_cue(self, tokens: Tokens, i: int) -> bool:
        """Whether a cue verb or a word of relaying stands right before the name."""
        if i == 0 or tokens.kind[i - 1] != WORD:
            return False
        key = tokens.key[i - 1]
        if key in self._relay or key in self._labels or key in self._publish:
            return True
        for split in self._pack.splits(key):
            forms = self._forms.get(split.stem, ())
            if split.stem in self._publish or any(f.shape in ("past", "present", "passive") for f in forms):
                return True
        return False

    def _after_source_word(self, tokens: Tokens, i: int) -> bool:
        """Whether ``according to`` or ``relaying from`` ends right before the name."""
        for at in range(max(0, i - 3), i):
            for split in self._pack.splits(tokens.key[at]):
                if any(end == i for end, _ in self._pack.reporting.phrases.match(tokens.key, at, split.stem)):
                    return True
        return False
