"""Writes ``docs/reference/cli.md`` from the command tree; ``--check`` exits 1 where the page has fallen behind."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import EnumMeta
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "cli.md"
HEAD = """# Command line

*This page is written by `python tools/build_reference.py` from the code.*

Exit codes: 0 done, 1 some inputs failed, 2 wrong usage, 130 stopped by the user.
"""


def page() -> str:
    """The page as Markdown: one section a verb, with its arguments, options, defaults and examples."""
    import typer

    from rawi.cli import make_app, verbs

    parts = [HEAD]
    for verb in verbs():
        command = typer.main.get_command(make_app(verb)).commands[verb]  # type: ignore[attr-defined]
        parts.append("\n".join(section(verb, command)))
    return "\n".join(parts)


def section(verb: str, command: Any) -> Iterator[str]:
    """The lines of one verb."""
    prose, examples = split(command.help or "")
    yield f"## rawi {verb}\n\n{prose}\n"
    if examples:
        yield "```sh\n" + "\n".join(examples) + "\n```\n"
    yield "| parameter | what it does | default |\n| --- | --- | --- |"
    for parameter in command.params:
        if parameter.name != "help":
            yield f"| {called(parameter)} | {cell(parameter.help or '')} | {default(parameter)} |"
    yield ""


def split(text: str) -> tuple[str, list[str]]:
    """The prose of a help text and its examples."""
    prose, _, examples = text.replace("\b", "").partition("Examples:")
    return " ".join(prose.split()), [line.strip() for line in examples.splitlines() if line.strip()]


def called(parameter: Any) -> str:
    """What the user types."""
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar or parameter.name.upper()}`"
    names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    kind = parameter.type_descriptor.annotation
    chosen = [str(value) for value in kind._value2member_map_] if isinstance(kind, EnumMeta) else []
    return names + (": " + ", ".join(f"`{choice}`" for choice in chosen) if chosen else "")


def default(parameter: Any) -> str:
    """The default; nothing where there is none or it is off."""
    if parameter.required:
        return "required"
    value = getattr(parameter.default, "value", parameter.default)
    return "" if value in (None, False, "", [], ()) or callable(value) else f"`{value}`"


def cell(text: str) -> str:
    """The text as one cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def main(arguments: list[str]) -> int:
    """Writes or checks the page; the exit code."""
    wanted = page()
    if "--check" not in arguments:
        PAGE.write_text(wanted, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == wanted:
        return 0
    print("docs/reference/cli.md is not what the code says: run python tools/build_reference.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
