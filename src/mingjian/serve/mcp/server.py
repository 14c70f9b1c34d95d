"""The server of the official SDK: which tools and resources there are, and how they are called.

The SDK speaks both the stateless protocol (2026-07-28) and the one with a handshake before it (2025-11-25 and older):
the first request of a client says which.
"""

from __future__ import annotations

import signal
from typing import Any

import anyio
import mcp_types as types
import msgspec
from mcp.server.caching import CacheHint
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from mingjian import __version__
from mingjian.serve.mcp.calling import Caller, Limits
from mingjian.serve.mcp.citing import page_link, thing_link
from mingjian.serve.mcp.schemas import schema_of
from mingjian.serve.mcp.tools import INSTRUCTIONS, TOOLS, Outcome
from mingjian.serve.workspace import Workspace

_AN_HOUR = 3_600_000
_A_MOMENT = 30_000
_JSON = "application/json"
_READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_FIXED = CacheHint(ttl_ms=_AN_HOUR, scope="public")
_TEMPLATES = (
    types.ResourceTemplate(
        name="page",
        uri_template=page_link("{id}"),
        title="A page",
        description="What the tool `page` answers: heads and the first passage, marked as untrusted quotation.",
        mime_type=_JSON,
    ),
    types.ResourceTemplate(
        name="thing",
        uri_template=thing_link("{id}"),
        title="A thing",
        description="What the tool `explain` answers of a thing, marked as untrusted quotation.",
        mime_type=_JSON,
    ),
)


def server_of(workspace: Workspace, limits: Limits | None = None) -> Server[Any]:
    """The server of a workspace, which answers from what is there and never writes."""
    caller = Caller(workspace, limits or Limits())
    listed = [_listed(name) for name in TOOLS]
    schemas = {tool.name: tool.input_schema for tool in listed}

    async def list_tools(_: ServerRequestContext, _params: object) -> types.ListToolsResult:
        return types.ListToolsResult(tools=listed)

    async def call_tool(_: ServerRequestContext, asked: types.CallToolRequestParams) -> types.CallToolResult:
        return _result(await caller.call(asked.name, asked.arguments or {}))

    async def list_resources(_: ServerRequestContext, _params: object) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=[])

    async def list_templates(_: ServerRequestContext, _params: object) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(resource_templates=list(_TEMPLATES))

    async def read(_: ServerRequestContext, asked: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        return _contents(asked.uri, await caller.call(*_meant(asked.uri)))

    return Server(
        "mingjian",
        title="Mingjian 明鉴",
        version=__version__,
        instructions=INSTRUCTIONS,
        cache_hints={
            "server/discover": _FIXED,
            "tools/list": _FIXED,
            "resources/list": _FIXED,
            "resources/templates/list": _FIXED,
            "resources/read": CacheHint(ttl_ms=_A_MOMENT, scope="private"),
        },
        get_tool_input_schema=schemas.get,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read,
    )


def serve_stdio(workspace: Workspace) -> None:
    """Answer on standard input and output until the input ends, or somebody interrupts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # else the thread that reads is waited for; nothing is half-written
    anyio.run(_serve_stdio, server_of(workspace))


async def _serve_stdio(server: Server[Any]) -> None:
    async with stdio_server() as (requests, answers):
        await server.run(requests, answers, server.create_initialization_options())


def _listed(name: str) -> types.Tool:
    tool = TOOLS[name]
    return types.Tool(
        name=name,
        title=tool.title,
        description=tool.description,
        input_schema=schema_of(tool.arguments),
        output_schema=schema_of(tool.answer),
        annotations=_READ_ONLY,
    )


def _result(outcome: Outcome) -> types.CallToolResult:
    text = types.TextContent(type="text", text=outcome.text)
    return types.CallToolResult(content=[text], structured_content=outcome.answer, is_error=outcome.answer is None)


def _meant(uri: str) -> tuple[str, dict[str, str]]:
    """The tool that reads a resource, and what it is asked."""
    address = uri.partition("#")[0]
    if address.startswith(page_link("")):
        return "page", {"id": address.removeprefix(page_link(""))}
    if address.startswith(thing_link("")):
        return "explain", {"id": address.removeprefix(thing_link("")), "what": "thing"}
    told = f"{uri[:200]!r} is no resource; read {page_link('ID')} or {thing_link('ID')}"
    raise MCPError(code=types.INVALID_PARAMS, message=told)


def _contents(uri: str, outcome: Outcome) -> types.ReadResourceResult:
    if outcome.answer is None:
        raise MCPError(code=types.INVALID_PARAMS, message=outcome.text)
    text = msgspec.json.encode(outcome.answer).decode()
    return types.ReadResourceResult(contents=[types.TextResourceContents(uri=uri, mime_type=_JSON, text=text)])
