"""The server behind an address of the web service: streamable HTTP, a request and an answer at a time, no sessions.

Who may ask is for the service to say: the mount bears the options by which its gate asks for a right.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from litestar import Litestar, asgi
from litestar.handlers import ASGIRouteHandler
from litestar.types import Receive, Scope, Send
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.responses import PlainTextResponse

from mingjian.serve.mcp.calling import Limits
from mingjian.serve.mcp.server import server_of
from mingjian.serve.workspace import Workspace

_MOST_ASKED = 65_536


class Mount(NamedTuple):
    """What the service takes: the route, and what has to run as long as the service does (once)."""

    handler: ASGIRouteHandler
    lifespan: Any


def mount_mcp(
    workspace: Workspace, path: str = "/mcp", *, opt: Mapping[str, Any] | None = None, limits: Limits | None = None
) -> Mount:
    """The server of a workspace for ``Litestar(route_handlers=[…, mount.handler], lifespan=[…, mount.lifespan])``.

    ``opt`` are the options of the route, by which the service guards it. The service also looks at Host and Origin.
    """
    manager = StreamableHTTPSessionManager(
        server_of(workspace, limits), json_response=True, stateless=True, max_request_body_size=_MOST_ASKED
    )

    @asgi(path, is_mount=True, copy_scope=False, opt=dict(opt or {}))
    async def mcp(scope: Scope, receive: Receive, send: Send) -> None:
        """Requests of agents."""
        scope["path_template"] = path  # by which requests are counted and logged: of a mount nobody else says it
        if scope.get("method") != "POST":  # nothing is ever pushed: there is no stream to listen to
            refusal = PlainTextResponse("ask with POST\n", status_code=405, headers={"Allow": "POST"})
            await refusal(scope, receive, send)  # type: ignore[arg-type]  # the same protocol under two names
            return
        await manager.handle_request(scope, receive, send)  # type: ignore[arg-type]

    @asynccontextmanager
    async def running(_: Litestar) -> AsyncIterator[None]:
        async with manager.run():
            yield

    return Mount(mcp, running)
