"""``mingjian serve``: the workbench, REST and MCP over a workspace, until it is interrupted."""

from __future__ import annotations

import faulthandler
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from mingjian.brief.wording import printable
from mingjian.cli.workspace.opening import HERE, WorkspaceOption
from mingjian.errors import ReadError

if TYPE_CHECKING:
    from litestar import Litestar

    from mingjian.serve.settings import Settings

_PORT = 8321
_LOCAL = ("127.0.0.1", "::1")
_ENDING = 5  # seconds that open requests have when the service ends
_IDLE = 10  # seconds that a connection may stand between two requests
_WAITING = 2048  # connections that nobody has answered yet


def serve_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    workspace: WorkspaceOption = HERE,
    host: Annotated[str, typer.Option(help="The address to listen at; 0.0.0.0 for all of this machine.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port.")] = _PORT,
    names: Annotated[
        list[str] | None, typer.Option("--name", help="A host name by which it may be asked, such as desk.example.")
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Nothing can be changed through it.")] = False,
    anyone: Annotated[bool, typer.Option("--anyone-may-read", help="Reading needs no login.")] = False,
    https: Annotated[bool, typer.Option("--https", help="It is reached through a proxy that speaks TLS.")] = False,
    proxies: Annotated[
        list[str] | None,
        typer.Option("--proxy", help="The address of a proxy that says who asks; with --https this machine's own."),
    ] = None,
    a_minute: Annotated[
        int | None,
        typer.Option("--requests-a-minute", min=1, help="How often each user, token and address may ask."),
    ] = None,
) -> None:
    """Serve the workbench over a workspace; docs/how-to/serve.md."""
    create_app, settings_type = _service()
    settings = settings_type(
        workspace=workspace,
        host=host,
        port=port,
        hosts=tuple(names or ()),
        read_only=read_only,
        anyone_may_read=anyone,
        https=https,
        proxies=tuple(proxies or (_LOCAL if https else ())),
        requests_a_minute=a_minute,
    )
    _run(create_app(settings), settings)


def _service() -> tuple[Callable[[Settings], Litestar], type[Settings]]:
    try:
        from mingjian.serve.app import create_app  # here, because a start must not cost it
        from mingjian.serve.settings import Settings
    except ImportError as error:
        raise ReadError("serve", f"is not installed ({error})", 'pip install "mingjian[serve]"') from error
    return create_app, Settings


def _run(app: Litestar, settings: Settings) -> None:
    import uvicorn

    from mingjian.serve.access.connections import HEAD_BYTES, PatientProtocol
    from mingjian.serve.access.logins import begin_setup
    from mingjian.serve.logs import log_to

    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        h11_max_incomplete_event_size=HEAD_BYTES,
        ws="none",
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=_ENDING,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
    )
    with _listening(settings) as listening:  # before a code is made: a start that fails leaves the one that is shown
        _tell_of_crashes()
        log_to(sys.stderr)
        address = f"http://{settings.host}:{listening.getsockname()[1]}"
        typer.echo(f"mingjian: {address} serves {printable(str(settings.workspace))}", err=True)
        code = begin_setup(app.state.access)
        if code is not None:
            typer.echo(f"mingjian: nobody can log in yet: open {address}/setup and give this code: {code}", err=True)
        with suppress(KeyboardInterrupt):  # which uvicorn raises again when all is ended
            uvicorn.Server(config).run([listening])


def _tell_of_crashes() -> None:
    """A file that is cut short while it is mapped ends the process: it says so, if its standard error is a file."""
    with suppress(OSError, RuntimeError):  # as under a caller that keeps standard error in memory, or closed it
        faulthandler.enable()


def _listening(settings: Settings) -> socket.socket:
    """A socket that listens where it is wanted; raises ``ReadError`` where it cannot."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=_WAITING)
    except OSError as error:
        place, why = f"{settings.host}:{settings.port}", (error.strerror or str(error)).partition(" (")[0]
        raise ReadError(place, f"cannot be listened at ({why})", "give another --port or --host") from error
