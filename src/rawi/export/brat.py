"""brat stand-off: a folder with a text, an annotation file and the configuration that brat asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from rawi.corpus import Project
from rawi.export.selection import Options, Selection, folder_for, whole_file
from rawi.model import Act, Kind, Reading, SourceType, Span, Stance
from rawi.store.write import reference

_LABELS = {"stance": Stance, "act": Act, "kind": Kind, "type": SourceType}
CONFIGURATION = """[entities]
Cue
Source
Content
Place
Time

[relations]
SaidBy\tArg1:Cue, Arg2:Source
Says\tArg1:Cue, Arg2:Content
Within\tArg1:Cue, Arg2:Cue

[events]

[attributes]
"""


def write(project: Project, out: Path, selection: Selection, options: Options) -> dict[str, int]:
    """The number of articles and annotations written to the folder ``out``; files are named by ref."""
    folder = folder_for(out, "brat")
    articles = annotations = 0
    with whole_file(folder / "annotation.conf") as stream:
        choices = [f"{n}\tArg:Cue, Value:{'|'.join(get_args(values))}\n" for n, values in _LABELS.items()]
        stream.write(CONFIGURATION + "".join(choices))
    for reading in selection.readings(project):
        ref = reference(reading.id, reading.key)
        with whole_file(folder / f"{ref}.txt", newline="") as stream:
            stream.write(_sound(reading.text))
        with whole_file(folder / f"{ref}.ann") as stream:
            for line in lines(reading):
                stream.write(line + "\n")
                annotations += 1
        articles += 1
    return {"articles": articles, "annotations": annotations}


def _sound(text: str) -> str:
    """The text with one character for each of its own, none of them a lone surrogate."""
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def lines(reading: Reading) -> Iterator[str]:
    """The annotations of a reading: text-bound, relations, attributes; offsets are code points, as brat counts."""
    text = reading.text
    number = relation = attribute = 0
    cues: dict[int, str] = {}
    for a in reading.attributions:
        made = {}
        for name, spans in (("Cue", a.cue), ("Source", a.source), ("Content", a.content)):
            if spans:
                number += 1
                made[name] = f"T{number}"
                yield _bound(f"T{number}", name, spans, text)
        if "Cue" not in made:
            continue
        cues[a.n] = made["Cue"]
        for kind, name in (("SaidBy", "Source"), ("Says", "Content")):
            if name in made:
                relation += 1
                yield f"R{relation}\t{kind} Arg1:{made['Cue']} Arg2:{made[name]}"
        for label in _LABELS:
            attribute += 1
            yield f"A{attribute}\t{label} {made['Cue']} {getattr(a, label)}"
    for a in reading.attributions:
        if a.n in cues and a.parent in cues:
            relation += 1
            yield f"R{relation}\tWithin Arg1:{cues[a.n]} Arg2:{cues[a.parent]}"
    for name, span in [("Place", p.span) for p in reading.places] + [("Time", t.span) for t in reading.times]:
        number += 1
        yield _bound(f"T{number}", name, (span,), text)


def _bound(identity: str, name: str, spans: tuple[Span, ...], text: str) -> str:
    pieces = [piece for span in spans for piece in fragments(text, span)]
    places = ";".join(f"{p.start} {p.end}" for p in pieces)
    words = " ".join(_sound(p.of(text)) for p in pieces)
    return f"{identity}\t{name} {places}\t{words}"


def fragments(text: str, span: Span) -> list[Span]:
    """The span in pieces without a line break, which brat does not allow inside one.

    >>> fragments("ab\\ncd", Span(1, 5))
    [Span(start=1, end=2), Span(start=3, end=5)]
    """
    found, at = [], span.start
    for line in span.of(text).splitlines(keepends=True):
        bare = line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        if bare:
            found.append(Span(at, at + len(bare)))
        at += len(line)
    return found or [span]
