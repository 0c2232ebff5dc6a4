"""``rawi serve``: the workbench over a project, on this machine, for one browser."""

from __future__ import annotations

import os
import socket
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from rawi.cli.projects import PROJECT_HELP
from rawi.errors import SettingsError


def command(
    project: Annotated[Path | None, typer.Option(help=PROJECT_HELP)] = None,
    host: Annotated[str, typer.Option(help="Address to listen on; other than loopback needs RAWI_PASSWORD.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)] = 8765,
    allow_host: Annotated[
        list[str] | None, typer.Option(help="A further name that browsers may call this server by.")
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Refuse every write.")] = False,
    allow_fetch: Annotated[bool, typer.Option("--allow-fetch", help="Let pages fetch web addresses.")] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Open the workbench over a project in the browser.

    It listens on this machine alone and asks for the token of the printed link. Examples:

      rawi serve

      rawi serve --project my-project --read-only

      RAWI_PASSWORD=... rawi serve --host 0.0.0.0 --allow-host desk.example
    """
    import uvicorn

    from rawi.app.imports import Imports
    from rawi.app.security import access_for
    from rawi.app.server import make_app
    from rawi.app.workbench import Workbench
    from rawi.corpus import open as open_project
    from rawi.store.db import find_project

    folder = project or find_project(Path.cwd()) or Path.cwd()
    with _listening(host, port) as listener:
        port = listener.getsockname()[1]
        access = access_for(
            host, port, password=os.environ.get("RAWI_PASSWORD"), read_only=read_only, allow_hosts=allow_host or ()
        )
        with open_project(folder, read_only=read_only) as opened:
            imports = Imports(opened)
            app = make_app(Workbench(opened, imports, read_only, allow_fetch), access)
            link = f"http://{'[::1]' if host == '::1' else '127.0.0.1' if host == '0.0.0.0' else host}:{port}/"
            if "RAWI_PASSWORD" not in os.environ:
                link += f"?token={access.token}"
            typer.echo(link)
            typer.echo("stop with Ctrl-C", err=True)
            if open_browser:
                webbrowser.open(link)
            config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
            uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    """A listening socket; raises :class:`SettingsError` where the address is taken or is none of this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as fault:
        listener.close()
        raise SettingsError(
            fault.strerror or str(fault), where=f"{host}:{port}", expected="a free --port, an address of this machine"
        ) from fault
    return listener
