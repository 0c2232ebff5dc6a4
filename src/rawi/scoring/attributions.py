"""Attributions against gold: counts over documents, then the figures that are reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from rawi.model import SourceType, Stance
from rawi.scoring.assignment import align
from rawi.scoring.speakers import same_speaker, spans_of
from rawi.scoring.words import Words, dice

Statement = Mapping[str, Any]
STANCES: tuple[str, ...] = get_args(Stance)
TYPES: tuple[str, ...] = get_args(SourceType)
END_CLASSES = ("sentence", "comma", "clause")
NAMED = frozenset({"person", "institution", "group", "outlet"})


class Fault(NamedTuple):
    """One statement that is not right for a user: ``what`` is missed, wrong or spurious."""

    what: str
    gold: Statement | None
    predicted: Statement | None
    wrong: tuple[str, ...] = ()


class Scored(NamedTuple):
    """The counts of one document and its faults."""

    counts: Counter[str]
    faults: list[Fault]


def cues_agree(words: Words, gold: Statement, predicted: Statement) -> bool:
    """Whether two cues agree: Dice of their words at least one half; for marks a shared character, three at most."""
    a, b = words.touched(gold["cue"], trim=False), words.touched(predicted["cue"], trim=False)
    if a or b:
        return bool(a & b) and dice(a, b) >= 0.5
    shared = any(s < f and t < e for s, e in gold["cue"] for t, f in predicted["cue"])
    return shared and sum(e - s for s, e in predicted["cue"]) <= 3


def score_document(text: str, gold: Sequence[Statement], predicted: Sequence[Statement]) -> Scored:
    """The counts of one document: gold and predicted statements aligned one to one, then compared part by part."""
    words = Words(text)
    partner = align([[_weight(words, g, p) for p in predicted] for g in gold]) if predicted else {}
    counts: Counter[str] = Counter(gold=len(gold), predicted=len(predicted))
    for statements, side in ((gold, "gold"), (predicted, "predicted")):
        for s in statements:
            counts[f"stance {s.get('stance')} {side}"] += 1
            counts[f"content words {side}"] += len(words.touched(s["content"]))
            counts[f"edges {side}"] += bool(s.get("parent"))
    faults = []
    place = {g["n"]: i for i, g in enumerate(gold)}
    own_place = {p["n"]: j for j, p in enumerate(predicted)}
    for i, g in enumerate(gold):
        pro_drop = not words.touched(spans_of(g["source"])) and bool(g.get("ref"))
        counts["pro-drop"] += pro_drop
        if i not in partner:
            faults.append(Fault("missed", g, None))
            continue
        p = predicted[partner[i]]
        hits = _compare(words, g, p)
        counts["pro-drop right"] += pro_drop and hits["speaker"]
        if g.get("parent"):
            above = partner.get(place.get(g["parent"], -1))
            linked = above is not None and own_place.get(p.get("parent", 0)) == above
            counts["edges"] += linked
            counts["chains"] += linked and hits["speaker"]
        counts.update({name: int(hit) for name, hit in hits.items()})
        counts["content words"] += len(words.touched(g["content"]) & words.touched(p["content"]))
        _count_end(words, g, p, counts)
        if not hits["user"]:
            wrong = tuple(n for n in ("cue", "speaker", "source", "content 0.8") if not hits[n])
            faults.append(Fault("wrong", g, p, wrong))
    taken = set(partner.values())
    faults += [Fault("spurious", None, p) for j, p in enumerate(predicted) if j not in taken]
    return Scored(counts, faults)


def end_class(text: str, content: Sequence[Sequence[int]]) -> str:
    """Where a content ends: at a ``sentence`` end, at a ``comma``, or inside a ``clause``.

    >>> end_class("a b. c", [[0, 3]]), end_class("a b, c", [[0, 3]]), end_class("a b c", [[0, 3]])
    ('sentence', 'comma', 'clause')
    """
    last = max(end for _, end in content)
    rest = text[last:].lstrip(" \t\u00a0\u00bb\u201d\u201c\"')]")
    if not rest or rest[0] in "\n.!?\u061f\u2026" or text[last - 1 : last] in _STOPS:
        return "sentence"
    return "comma" if rest[0] in ",;\u060c\u061b" else "clause"


_STOPS = frozenset((".", "!", "?", "\u061f"))


def _count_end(words: Words, gold: Statement, predicted: Statement, counts: Counter[str]) -> None:
    """Counts whether the last word of the content is right, by where the gold content ends."""
    gold_words, own_words = words.touched(gold["content"]), words.touched(predicted["content"])
    if gold_words and own_words:
        kind = end_class(words.text, gold["content"])
        counts[f"end {kind} gold"] += 1
        counts[f"end {kind} right"] += max(gold_words) == max(own_words)


def _weight(words: Words, gold: Statement, predicted: Statement) -> float:
    cue = cues_agree(words, gold, predicted)
    gold_content, own_content = words.touched(gold["content"]), words.touched(predicted["content"])
    content = dice(gold_content, own_content) if gold_content and own_content else 0.0
    if not cue and not content:
        return 0.0
    gold_source = words.touched(spans_of(gold["source"]))
    source = dice(gold_source, words.touched(spans_of(predicted["source"]))) if gold_source else 0.0
    return 0.5 * cue + 0.4 * content + 0.1 * source


def _compare(words: Words, gold: Statement, predicted: Statement) -> dict[str, bool]:
    cue = cues_agree(words, gold, predicted)
    source, own_source = words.touched(spans_of(gold["source"])), words.touched(spans_of(predicted["source"]))
    content, own_content = words.touched(gold["content"]), words.touched(predicted["content"])
    speaker = same_speaker(words, gold, predicted)
    exact_source = source == own_source and (bool(source) or speaker)
    exact_content, near = content == own_content, dice(content, own_content) >= 0.8
    named = gold["type"] in NAMED and bool(predicted["source"] or predicted.get("ref"))
    stance = gold["stance"] == predicted.get("stance")
    return {
        "cue": cue,
        "cue exact": cue and words.touched(gold["cue"], trim=False) == words.touched(predicted["cue"], trim=False),
        "source": exact_source,
        "content": exact_content,
        "content 0.8": near,
        "speaker": speaker,
        "strict": cue and exact_source and exact_content,
        "user": cue and speaker and near,
        "kind": gold.get("kind") == predicted.get("kind"),
        "type": gold.get("type") == predicted.get("type"),
        "stance": stance,
        f"stance {gold['stance']} hit": stance,
        "named": named,
        "mis-speaker": named and not speaker,
    }


def total(scored: Iterable[Scored]) -> Counter[str]:
    """The counts of many documents added up."""
    counts: Counter[str] = Counter()
    for document in scored:
        counts.update(document.counts)
    return counts


def figures(counts: Mapping[str, int]) -> dict[str, float | int | None]:
    """The reported figures, in per cent (None where there is nothing to measure)."""

    def f1(hits: str, gold: str = "gold", predicted: str = "predicted") -> float:
        both = counts.get(gold, 0) + counts.get(predicted, 0)
        return 200 * counts.get(hits, 0) / both if both else 100.0

    def share(hits: str, of: str) -> float | None:
        return 100 * counts.get(hits, 0) / counts[of] if counts.get(of) else None

    present = [s for s in STANCES if counts.get(f"stance {s} gold")]
    stances = {s: f1(f"stance {s} hit", f"stance {s} gold", f"stance {s} predicted") for s in present}
    return {
        "gold": counts.get("gold", 0),
        "predicted": counts.get("predicted", 0),
        "cue_f1": f1("cue"),
        "cue_exact_f1": f1("cue exact"),
        "source_exact_f1": f1("source"),
        "content_exact_f1": f1("content"),
        "content_dice8_f1": f1("content 0.8"),
        "content_token_f1": f1("content words", "content words gold", "content words predicted"),
        "strict_f1": f1("strict"),
        "user_f1": f1("user"),
        "kind_acc": share("kind", "gold"),
        "type_acc": share("type", "gold"),
        "stance_acc": share("stance", "gold"),
        **{f"stance_{s}_f1": value for s, value in stances.items()},
        "stance_macro_f1": sum(stances.values()) / len(stances) if stances else None,
        "chain_edge_f1": f1("edges", "edges gold", "edges predicted"),
        "chain_acc": share("chains", "edges gold"),
        "prodrop_speaker_acc": share("pro-drop right", "pro-drop"),
        "mis_speaker": share("mis-speaker", "named"),
        **{f"content_end_{kind}": share(f"end {kind} right", f"end {kind} gold") for kind in END_CLASSES},
    }
