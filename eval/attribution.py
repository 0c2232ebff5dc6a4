"""Attribution on the dev gold: work and check apart, totals only for check.

python eval/attribution.py [--errors KIND] [--time]
"""

from __future__ import annotations

import argparse
import time

from gold import ABSENT, SHARED, lines, parts, reading_of, shared_is_here
from rawi.scoring.attributions import figures, score_document, total

SHOWN = (
    "cue_f1", "source_exact_f1", "content_exact_f1", "content_token_f1", "strict_f1", "user_f1", "stance_macro_f1",
    "kind_acc", "type_acc", "chain_edge_f1", "prodrop_speaker_acc", "mis_speaker", "content_end_sentence",
    "content_end_comma", "content_end_clause", "gold", "predicted",
)  # fmt: skip


def main() -> None:
    """Prints the figures of both parts; with ``--errors`` the faults of the work part."""
    parser = argparse.ArgumentParser(description="Attribution on the dev gold.")
    parser.add_argument("--errors", help="show faults of the work part whose kind holds this word", default=None)
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--skip", type=int, default=0)
    options = parser.parse_args()
    if not shared_is_here():
        print(ABSENT)
        return
    part_of = parts()
    documents = list(lines(SHARED / "gold" / "dev_attribution.jsonl"))
    columns = {}
    shown = 0
    for part in ("work", "check"):
        chosen = [d for d in documents if part_of[d["id"]] == part]
        start = time.perf_counter()
        scored = []
        for d in chosen:
            reading = reading_of(d)
            one = score_document(d["text"], d["attributions"], reading["attributions"])
            scored.append(one)
            if part == "work" and options.errors is not None:
                for fault in one.faults:
                    label = f"{fault.what} {' '.join(fault.wrong)}"
                    if options.errors in label:
                        shown += 1
                        if options.skip < shown <= options.skip + options.limit:
                            show(d, fault, label)
        columns[part] = figures(total(scored))
        columns[part]["seconds"] = time.perf_counter() - start
    for name in (*SHOWN, "seconds"):
        print(f"{name:24}", *(f"{columns[p][name] or 0:8.1f}" for p in ("work", "check")))


def show(document: dict, fault: object, label: str) -> None:  # type: ignore[type-arg]
    """Prints one fault of a work page."""
    text = document["text"]

    def words(value: object) -> str:
        if not value:
            return ""
        spans = [value] if isinstance(value[0], int) else value  # type: ignore[index]
        return " + ".join(text[s:e].replace("\n", " ") for s, e in spans)  # type: ignore[union-attr]

    print(f"## {label}  {document['id']}")
    for side in (fault.gold, fault.predicted):  # type: ignore[attr-defined]
        if side:
            cue = side["cue"][0][0]
            if side is fault.gold or fault.gold is None:  # type: ignore[attr-defined]
                print("   ...", text[max(0, cue - 80) : cue + 160].replace("\n", " / "))
            print(
                "   ", "G" if side is fault.gold else "P", side.get("rule", ""),  # type: ignore[attr-defined]
                f"CUE[{words(side['cue'])}] SRC[{words(side['source'])}] REF[{words(side.get('ref'))}]"
                f" X[{words(side['content'])}] {side['stance']} {side['type']} p{side['parent']}",
            )  # fmt: skip


if __name__ == "__main__":
    main()
