"""``rawi why``: the reason of one statement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from rawi.cli.inputs import Inputs, given, settings_here
from rawi.cli.read import Interface
from rawi.errors import InputError
from rawi.explain import Why, why
from rawi.model import Article
from rawi.reader import read
from rawi.show.doubts import doubt_words
from rawi.show.messages import Messages, messages
from rawi.show.plain import isolated
from rawi.show.reasons import reasons


def command(
    file: Annotated[str, typer.Argument(help="A file, or FILE#ID for one article of several.", metavar="FILE[#ID]")],
    number: Annotated[
        int, typer.Argument(help="The number of the statement, as `rawi read` prints it.", metavar="N")
    ],
    date: Annotated[
        str | None, typer.Option(help="Publication date, as given to `rawi read`.", metavar="DAY")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet, as given to `rawi read`.", metavar="NAME")] = None,
    ui: Annotated[Interface | None, typer.Option(help="Language of labels.")] = None,
) -> None:
    """Explain statement N of an article: its rule and table row, the evidence, what was rejected.

    Examples:

      rawi why story.html 2

      rawi why wire.jsonl#item-7 1
    """
    settings = settings_here()
    say = messages(ui.value if ui else settings.ui, settings.digits, settings.months)
    name, wanted = split_id(file)
    inputs = Inputs([name], said=given(date, outlet), settings=settings, progress=False)
    reading = read(_article(inputs, name, wanted))
    typer.echo("\n".join(lines(why(reading, number), say)))


def split_id(file: str) -> tuple[str, str | None]:
    """The file and the id behind a ``#``; a file whose own name holds the mark is that file."""
    if Path(file).exists() or "#" not in file:
        return file, None
    name, _, identity = file.partition("#")
    return name, identity


def _article(inputs: Inputs, name: str, wanted: str | None) -> Article:
    ids: list[str] = []
    found: Article | None = None
    for article in inputs:
        if wanted is None or article.id == wanted:
            if wanted is not None:
                return article
            found = found or article
        ids.append(article.id)
    some = ", ".join(ids[:6]) + (", ..." if len(ids) > 6 else "")
    if found is None:
        expected = f"one of {some}" if ids else "a file with an article"
        raise InputError(f"no article {wanted}" if wanted else "nothing to explain", where=name, expected=expected)
    if len(ids) > 1:
        raise InputError(f"{len(ids)} articles", where=name, expected=f"FILE#ID with one of {some}")
    return found


def lines(reason: Why, say: Messages) -> Iterator[str]:
    """The reason as lines for a terminal."""
    yield f"{say('statement.number', n=reason.n)}. {say('statement.rule')}: {reason.rule}"
    for sentence in reasons(reason.rule, say):
        yield f"  {sentence}"
    for row in reason.rows:
        cells = ", ".join(f"{k}={isolated(v)}" for k, v in row.cells.items() if v and v != "-")
        yield f"  {row.where}  {cells}"
    for evidence in reason.evidence:
        label = say(f"statement.{'refers_to' if evidence.part == 'ref' else evidence.part}")
        for span, words in zip(evidence.spans, evidence.words, strict=True):
            yield f"  {label} [{span.start}, {span.end}]: {isolated(' '.join(words.split()))}"
    if reason.rejected:
        yield f"{say('statement.rivals')}:"
    for rival in reason.rejected:
        parts = " | ".join(isolated(" ".join(w.split())) for w in (*rival.source, *rival.content))
        yield f"  {rival.rule}  {rival.why_not}  {parts}"
    for doubt in reason.doubts:
        yield f"{say('statement.doubts')}: {doubt_words(doubt, say)}"
