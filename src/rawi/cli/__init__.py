"""The command line: one module a verb, loaded when its verb is called, so that ``rawi --help`` stays quick.

A verb's module holds one function, ``command``, whose parameters are the verb's options. To add a verb write
``cli/VERB.py`` and a row of ``VERBS``; a row without its module is not shown.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

VERBS: dict[str, str] = {
    "read": "Read articles: who says what, on whose word, when and where.",
    "why": "Explain one statement: rule, table row, evidence, what was rejected.",
    "demo": "Read the bundled sample (or your files) and write one report page.",
    "add": "Add articles to a project.",
    "trace": "Find copies, claim families and roots in a project.",
    "ask": "Search and question a project.",
    "show": "Show an article, claim, family, source or outlet of a project.",
    "report": "Write the report of a whole project.",
    "serve": "Open the workbench over a project in the browser.",
    "export": "Write a project in another form.",
    "run": "Read a corpus into a folder of readings, here or on Spark.",
    "fingerprint": "Print the hash of what a project holds.",
    "check": "Check language tables or a project.",
    "eval": "Measure readings against gold.",
    "schema": "Print the JSON Schema of the file format.",
    "doctor": "Say what is installed, what is missing, what can be set.",
}
_FOLDER = Path(__file__).parent


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line; exits 0 done, 1 some inputs failed, 2 wrong usage, 130 stopped by the user."""
    arguments = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    wanted = next((a for a in arguments if not a.startswith("-")), None)
    make_app(wanted)(args=arguments, prog_name="rawi")


def verbs() -> dict[str, str]:
    """The verbs that are there, with their help lines."""
    return {verb: line for verb, line in VERBS.items() if (_FOLDER / f"{verb}.py").exists()}


def make_app(wanted: str | None) -> Any:
    """The typer application with the verb ``wanted`` loaded and the others as names only."""
    import typer

    app = typer.Typer(
        name="rawi",
        help="rawi reads news and shows who said what, on whose word, when and where.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback(invoke_without_command=True)
    def start(
        version: bool = typer.Option(False, "--version", help="Print the version and stop."),
    ) -> None:
        if version:
            from rawi.version import __version__

            typer.echo(f"rawi {__version__}")
            raise typer.Exit()

    for verb, line in verbs().items():
        call = _guarded(import_module(f"rawi.cli.{verb}").command) if verb == wanted else _unloaded
        app.command(verb, help=None if verb == wanted else line, short_help=line)(call)
    return app


def _unloaded() -> None:
    """A verb that another call loads."""


def _guarded(command: Callable[..., None]) -> Callable[..., None]:
    """``command`` whose errors of rawi are one clear line: exit 2 for wrong settings, else 1."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> None:
        import typer

        from rawi.errors import RawiError, SettingsError
        from rawi.show.visible import visible

        try:
            command(*args, **options)
        except RawiError as fault:
            typer.echo(f"rawi: {visible(str(fault))}", err=True)
            raise typer.Exit(2 if isinstance(fault, SettingsError) else 1) from None
        except KeyboardInterrupt:
            typer.echo("rawi: stopped", err=True)
            raise typer.Exit(130) from None

    return run
