"""The inputs of a verb: files, folders, standard input and addresses as articles, failures counted and told."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import typer

from rawi.errors import FetchError, InputError, RawiError
from rawi.ingest.dates import publication
from rawi.ingest.source import Carried, Given, Source
from rawi.ingest.walk import find_files, open_bytes, open_file, outcomes
from rawi.model import Article, Reading
from rawi.reader import read
from rawi.settings import Settings, load_settings
from rawi.show.visible import visible


def settings_here() -> Settings:
    """The settings of the ``rawi.toml`` in this folder, or the defaults."""
    from pathlib import Path

    return load_settings(Path("rawi.toml"))


def given(date: str | None, outlet: str | None) -> Given:
    """What the options say about all inputs; a date that cannot be read is wrong usage."""
    if date is not None and publication(date).published is None:
        raise typer.BadParameter(f"no date in {date!r}; expected YYYY-MM-DD", param_hint="--date")
    return Given(outlet, date)


class Inputs:
    """The articles behind what a user named; ``failed`` counts what could not be read, each told on stderr."""

    def __init__(
        self,
        named: Sequence[str],
        *,
        said: Given,
        settings: Settings,
        allow_fetch: bool = False,
        progress: bool = True,
    ) -> None:
        self._said, self._settings, self._allow_fetch = said, settings, allow_fetch
        self._named = named
        self._progress = progress and sys.stderr.isatty()
        self.failed = 0
        self._bar: Any = None

    def __iter__(self) -> Iterator[Article]:
        found = find_files(n for n in self._named if not is_address(n))
        addresses = [n for n in self._named if is_address(n)]
        names = [*addresses, *found.files]
        if found.left_out:
            kinds = ", ".join(f"{n} {suffix}" for suffix, n in found.left_out.most_common(6))
            self._tell(f"rawi: left out, of other kinds: {kinds}")
        with self._bar_over(len(names)) as bar:
            task = bar.add_task("", total=len(names)) if bar else None
            for name in names:
                yield from self._articles(name)
                if bar:
                    bar.advance(task)

    def readings(self) -> Iterator[Reading]:
        """The reading of each article; a fault of rawi's own costs that article alone and is told like any other.

        ``RAWI_TRACEBACK=1`` lets it through, for those who look for it.
        """
        for article in self:
            try:
                yield read(article)
            except Exception as fault:
                if os.environ.get("RAWI_TRACEBACK") == "1":
                    raise
                what = f"a fault of rawi itself ({type(fault).__name__}: {fault})"
                self._fail(RawiError(what, where=article.id, expected="a reading; please report this"))

    def _articles(self, name: str) -> Iterator[Article]:
        try:
            source = self._open(name)
        except RawiError as fault:
            self._fail(fault)
            return
        for outcome in outcomes(source):
            if isinstance(outcome, InputError):
                self._fail(outcome)
            else:
                yield outcome

    def _open(self, name: str) -> Source:
        if not is_address(name):
            return open_file(name, said=self._said, settings=self._settings)
        if not self._allow_fetch:
            raise FetchError("an address is not fetched", where=name, expected="--allow-fetch, or a saved page")
        from rawi.ingest.fetch import fetch

        page = fetch(name)
        carried = Carried(page.url, page.charset, page.content_type)
        return open_bytes(page.data, page.url, said=self._said, settings=self._settings, carried=carried)

    def _fail(self, fault: RawiError) -> None:
        self.failed += 1
        self._tell(f"rawi: {fault}")

    def _tell(self, line: str) -> None:
        line = visible(line)
        if self._bar:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            typer.echo(line, err=True)

    def _bar_over(self, total: int) -> AbstractContextManager[Any]:
        if not self._progress or total < 2:
            return nullcontext()
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        self._bar = Progress(
            BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True
        )
        bar: AbstractContextManager[Any] = self._bar
        return bar


def is_address(name: str) -> bool:
    """Whether ``name`` is a web address and not a file."""
    return name.lower().startswith(("http://", "https://"))
