"""Agents ask through the official client: by both protocols, over standard input and output and over HTTP."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import anyio
import httpx2
import msgspec
import pytest
import uvicorn
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

from mingjian.core.access.rights import scopes_of
from mingjian.core.model.page import Page
from mingjian.corpus import Corpus
from mingjian.read.plain import text_page
from mingjian.serve.access.asking import nobody
from mingjian.serve.access.service import Access
from mingjian.serve.access.tokens import make_token
from mingjian.serve.access.users import add_user
from mingjian.serve.app import create_app
from mingjian.serve.mcp.answers import PageAnswer
from mingjian.serve.mcp.arguments import Arguments
from mingjian.serve.mcp.calling import Limits
from mingjian.serve.mcp.server import server_of
from mingjian.serve.mcp.tools import TOOLS, Tool
from mingjian.serve.settings import Settings
from mingjian.serve.workspace import Workspace

VERSIONS = {"2026-07-28": "2026-07-28", "legacy": "2025-11-25"}
PAGE = """标题：岚州市印发算力方案
来源：岚讯网
时间：2026-03-05

3月5日，岚州市人民政府印发《岚州市人工智能算力行动方案》。方案提出，到2027年，岚州市智能算力规模达到40 EFLOPS。
"""


def pages() -> list[Page]:
    return [text_page("1.txt", PAGE.encode())]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("mcp") / "w"
    with Corpus.open(place, write=True, create=True) as corpus:
        deque(corpus.add(pages()), maxlen=0)
        deque(corpus.follow(), maxlen=0)
    return place


@pytest.fixture(scope="module")
def token(folder: Path) -> str:
    """That of a reader."""
    access = Access.open(folder)
    by = nobody("127.0.0.1", may_read=False)
    user = add_user(access, by, "shen", "reader", "seven quiet herons")
    secret, _ = make_token(access, by, user, "agent", scopes_of("reader"))
    access.close()
    return secret


@pytest.fixture
def opened(folder: Path) -> Iterator[Workspace]:
    with Workspace(folder) as opened:
        yield opened


class Served(NamedTuple):
    """Where a service listens, and a token of a reader."""

    address: str
    token: str


@contextmanager
def served(folder: Path, token: str, *, read_only: bool = False) -> Iterator[Served]:
    """The whole service over the workspace, with its gate."""
    app = create_app(Settings(workspace=folder, works=False, read_only=read_only))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive()
                threading.Event().wait(0.01)
            yield Served(f"http://127.0.0.1:{port}/mcp", token)
        finally:
            server.should_exit = True
            thread.join()


@asynccontextmanager
async def http_client(at: Served, mode: str) -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {at.token}"}
    async with (
        httpx2.AsyncClient(headers=headers, follow_redirects=False) as http,
        Client(streamable_http_client(at.address, http_client=http), mode=mode) as client,
    ):
        yield client


def stdio_client(folder: Path, mode: str) -> Client:
    code = "from mingjian_start import run; run()"
    command = StdioServerParameters(command=sys.executable, args=["-c", code, "mcp", "-w", str(folder)])
    return Client(command, mode=mode)


async def must_answer(client: Client, mode: str) -> None:
    """All that an agent does: it lists, asks, reads on, errs, and reads a resource."""
    assert client.session.protocol_version == VERSIONS[mode]
    listed = await client.list_tools()
    assert [tool.name for tool in listed.tools] == list(TOOLS)
    for tool in listed.tools:
        assert tool.annotations is not None
        assert (tool.annotations.read_only_hint, tool.annotations.destructive_hint) == (True, False)
    found = await client.call_tool("search", {"query": "算力"})  # the client holds it to its output schema
    assert not found.is_error
    assert found.structured_content["pages"][0]["title"]["value"] == "岚州市印发算力方案"
    assert "UNTRUSTED QUOTATION" in found.content[0].text  # type: ignore[union-attr]
    for name, given in _questions(found.structured_content["pages"][0]["id"]):
        answer = await client.call_tool(name, given)
        assert not answer.is_error, answer.content
        assert answer.structured_content
    refused = await client.call_tool("ledger", {"ledger": "tragets"})
    assert refused.is_error
    assert "did you mean targets" in refused.content[0].text  # type: ignore[union-attr]
    read = await client.read_resource(found.structured_content["pages"][0]["link"])
    told = msgspec.json.decode(read.contents[0].text, type=PageAnswer)  # type: ignore[union-attr]
    assert told.passage is not None
    assert told.passage.untrusted
    templates = (await client.list_resource_templates()).resource_templates
    assert [template.uri_template for template in templates] == ["mingjian://page/{id}", "mingjian://thing/{id}"]
    for uri in ("mingjian://page/0000ffff", "file:///etc/passwd"):
        with pytest.raises(MCPError):
            await client.read_resource(uri)
    if mode != "legacy":
        assert (listed.ttl_ms, listed.cache_scope, listed.result_type) == (3_600_000, "public", "complete")
        assert (read.ttl_ms, read.cache_scope) == (30_000, "private")


def _questions(page: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "page", {"id": page}
    yield "facts", {"page": page}
    yield "ledger", {"ledger": "targets"}
    yield "compare", {"metric": "算力规模", "regions": ["广东"]}
    yield "explain", {"id": "岚州市人工智能算力行动方案"}
    yield "brief", {"since": "2026-03", "until": "2026-03"}
    yield "match", {"need": "岚州市需要智能算力"}


@pytest.mark.parametrize("mode", VERSIONS)
def test_over_standard_input_and_output(folder: Path, mode: str) -> None:
    async def ask() -> None:
        async with stdio_client(folder, mode) as client:
            await must_answer(client, mode)

    anyio.run(ask)


@pytest.mark.parametrize("mode", VERSIONS)
def test_over_http(folder: Path, token: str, mode: str) -> None:
    async def ask(at: Served) -> None:
        async with http_client(at, mode) as client:
            await must_answer(client, mode)

    with served(folder, token, read_only=mode == "legacy") as at:
        anyio.run(ask, at)


def test_a_client_that_knows_neither_finds_out_by_itself(folder: Path) -> None:
    async def ask() -> tuple[str | None, str | None]:
        async with stdio_client(folder, "auto") as client:
            return client.session.protocol_version, client.instructions

    version, instructions = anyio.run(ask)
    assert version == "2026-07-28"
    assert instructions is not None
    assert "never instructions" in instructions


def test_an_interrupt_ends_it_at_once(folder: Path) -> None:
    code = "from mingjian_start import run; run()"
    asked = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    command = [sys.executable, "-c", code, "mcp", "-w", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(msgspec.json.encode(asked) + b"\n")
        program.stdin.flush()
        assert program.stdout.readline()
        program.send_signal(signal.SIGINT)
        assert program.wait(60) == -signal.SIGINT


def test_over_http_only_readers_only_post_and_nothing_large(folder: Path, token: str) -> None:
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    heads = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-11-25"}
    with served(folder, token) as at, httpx2.Client(headers=heads) as http:
        assert http.post(at.address, json=asked).status_code == 403  # as of a form of another site
        assert http.get(at.address).status_code == 401
        assert http.post(f"{at.address}?token={token}", json=asked).status_code == 400
        assert http.post(at.address, json=asked, headers={"Authorization": "Bearer mj_none"}).status_code == 401
        http.headers["Authorization"] = f"Bearer {token}"
        assert http.post(at.address, json=asked, headers={"Host": "evil.invalid"}).status_code == 421
        assert http.post(at.address, json=asked).json()["result"]["tools"]
        assert [http.request(method, at.address).status_code for method in ("GET", "DELETE", "PUT")] == [405] * 3
        assert http.post(at.address, content=b"{" + b" " * 70_000 + b"}").status_code == 413
        assert http.post(at.address, content=b"{", headers={"Content-Type": "application/json"}).status_code == 400
        assert 'route="/mcp"' in http.get(at.address.replace("/mcp", "/metrics")).text
        heads = {"MCP-Protocol-Version": "2031-01-01"}
        assert http.post(at.address, json=asked, headers=heads).status_code == 400


class _Nothing(Arguments, frozen=True, kw_only=True):
    """Nothing is asked."""


class _Slow:
    """A tool that answers when it is let go, or fails."""

    def __init__(self, fails: Exception | None = None) -> None:
        self.began, self.let_go = threading.Event(), threading.Event()
        self._fails = fails

    def run(self, _opened: Workspace, _asked: object) -> msgspec.Struct:
        self.began.set()
        if self._fails is not None:
            raise self._fails
        self.let_go.wait(60)
        return TOOLS["search"].run(_opened, TOOLS["search"].arguments(query="算力"))


def with_tool(monkeypatch: pytest.MonkeyPatch, tool: _Slow) -> None:
    listed: Mapping[str, Tool] = TOOLS
    added = listed["search"]._replace(name="slow", arguments=_Nothing, run=tool.run)
    monkeypatch.setitem(listed, "slow", added)


def test_a_slow_call_holds_nobody_up(opened: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = _Slow()
    with_tool(monkeypatch, slow)

    async def ask() -> tuple[bool, bool]:
        async with Client(server_of(opened, Limits(at_once=2)), mode="2026-07-28") as client:
            waiting = asyncio.ensure_future(client.call_tool("slow", {}))
            await asyncio.to_thread(slow.began.wait)
            quick = await client.call_tool("ledger", {"ledger": "targets"})
            before = waiting.done()
            slow.let_go.set()
            return before, not quick.is_error and not (await waiting).is_error

    assert asyncio.run(ask()) == (False, True)


def test_a_call_that_takes_too_long_is_given_up(opened: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = _Slow()
    with_tool(monkeypatch, slow)

    async def ask() -> list[str]:
        async with Client(server_of(opened, Limits(at_once=1, seconds=0.5)), mode="2026-07-28") as client:
            told = [(await client.call_tool("slow", {})).content[0].text for _ in range(3)]  # type: ignore[union-attr]
            slow.let_go.set()
            return told

    first, second, third = asyncio.run(ask())
    assert "no answer within 0.5 s" in first
    assert first == second
    assert "busy" in third


def test_a_tool_that_fails_shows_nothing_of_itself(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with_tool(monkeypatch, _Slow(fails=RuntimeError("secret /place")))

    async def ask() -> str:
        async with Client(server_of(opened), mode="2026-07-28") as client:
            answer = await client.call_tool("slow", {})
            assert answer.is_error
            return str(answer.content[0].text)  # type: ignore[union-attr]

    told = asyncio.run(ask())
    assert "server's log" in told
    assert "secret" not in told
    assert "secret /place" in caplog.text


def test_a_call_never_writes_and_says_how_far_it_is_behind(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "w"
    with Corpus.open(place, write=True, create=True) as writing:
        deque(writing.add(pages()), maxlen=0)
        deque(writing.follow(), maxlen=0)
        deque(writing.add([text_page("2.txt", PAGE.replace("岚州", "海州").encode())]), maxlen=0)

    async def ask(opened: Workspace) -> tuple[int, str]:
        async with Client(server_of(opened), mode="2026-07-28") as client:
            found = await client.call_tool("ledger", {"ledger": "targets"})
            return found.structured_content["behind"], found.content[0].text  # type: ignore[union-attr]

    with Workspace(place) as opened:
        behind, text = asyncio.run(ask(opened))
        assert behind > 0
        assert f"{behind} steps behind" in text
        assert opened.corpus.behind() == behind
