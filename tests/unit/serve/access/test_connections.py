"""Connections over a real socket: requests that do not come, or whose answer is not taken, are given up."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from litestar import Litestar
from tests.unit.serve.access.asking import Service

from mingjian.serve.access.connections import HEAD_BYTES, PatientProtocol
from mingjian.serve.access.taking import cut_off_slowest

REQUEST = b"GET /anyone HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


class Hasty(PatientProtocol):
    head_seconds = 0.2
    take_seconds = 0.4


@asynccontextmanager
async def serving(app: Any) -> AsyncIterator[tuple[uvicorn.Server, tuple[str, int]]]:
    """A server of the application, and its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, http=Hasty, ws="none", lifespan="off", log_config=None, h11_max_incomplete_event_size=HEAD_BYTES
    )
    server = uvicorn.Server(config)
    serves = asyncio.create_task(server.serve([listening]))
    try:
        async with asyncio.timeout(20):
            yield server, listening.getsockname()
    finally:
        server.should_exit = True
        await serves


async def answers(app: Litestar, *sent: bytes) -> list[bytes]:
    """What comes back for each of the requests, sent one behind the other on one connection until it is closed."""
    async with serving(app) as (_, address):
        reader, writer = await asyncio.open_connection(*address)
        came: list[bytes] = []
        for part in sent:
            writer.write(part)
            await writer.drain()
            came.append(await one_answer(reader))
        writer.close()
    return came


async def one_answer(reader: asyncio.StreamReader) -> bytes:
    """The status line, behind which the answer is read whole; nothing where the connection was closed."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionResetError):
        return b""
    length = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b": 0")
    await reader.readexactly(int(length.partition(b":")[2]))
    return head.partition(b"\r\n")[0]


@pytest.mark.parametrize("part", [b"", b"GET /any", REQUEST[:-2], b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: "])
def test_a_head_that_does_not_end_is_given_up(service: Service, part: bytes) -> None:
    app, _ = service()
    assert asyncio.run(answers(app, part)) == [b""]


def test_a_connection_is_used_again_until_nothing_comes(service: Service) -> None:
    app, _ = service()
    told = asyncio.run(answers(app, REQUEST, REQUEST, REQUEST[:20]))
    assert told == [b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK", b""]


def test_a_head_that_is_too_large_is_refused(service: Service) -> None:
    app, _ = service()
    large = REQUEST[:-2] + b"X-Large: " + b"x" * (HEAD_BYTES + 1_000)
    assert asyncio.run(answers(app, large)) == [b"HTTP/1.1 431 Request Header Fields Too Large"]


def test_a_slow_body_is_answered_and_the_connection_closed(service: Service) -> None:
    app, _ = service(body_seconds=0.1)
    slow = b"POST /size HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nContent-Length: 10\r\n\r\nab"
    told: list[Any] = asyncio.run(answers(app, slow, b"cdefghij" + REQUEST))
    assert told == [b"HTTP/1.1 408 Request Timeout", b""]


def test_what_is_written_goes_out_at_once(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the usual delay of small writes each answer waits 40 ms for the other side to say that the head came."""
    seen: list[int] = []
    made = Hasty.connection_made

    def look(self: Hasty, transport: asyncio.Transport) -> None:
        made(self, transport)
        seen.append(transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    monkeypatch.setattr(Hasty, "connection_made", look)
    app, _ = service()
    assert asyncio.run(answers(app, REQUEST))[0].startswith(b"HTTP/1.1 200")
    assert seen
    assert all(seen)


LARGE = 30_000_000


async def large(_scope: Any, _receive: Any, send: Any) -> None:
    """Answers at once with more than any buffer on the way holds."""
    head = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % LARGE)]}
    await send(head)
    await send({"type": "http.response.body", "body": b"x" * LARGE, "more_body": False})


async def in_parts(_scope: Any, _receive: Any, send: Any) -> None:
    """Answers with small parts without end, until nobody is there."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(LARGE // 10_000):
        await send({"type": "http.response.body", "body": b"x" * 10_000, "more_body": True})


async def connected(address: tuple[str, int]) -> socket.socket:
    """A connection that has asked, and takes little at a time."""
    asks = socket.socket()
    asks.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    asks.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(asks, address)
    await loop.sock_sendall(asks, REQUEST)
    return asks


async def until_gone(server: uvicorn.Server, asks: socket.socket, takes: int) -> None:
    """Take so many bytes every now and then, until the server knows of no connection and no request any more."""
    loop = asyncio.get_running_loop()
    await loop.sock_recv(asks, 1)
    assert server.server_state.connections
    while server.server_state.connections or server.server_state.tasks:
        await asyncio.sleep(0.05)
        if takes:
            await loop.sock_recv(asks, takes)


@pytest.mark.parametrize("application", [large, in_parts])
@pytest.mark.parametrize("takes", [0, 1])
def test_an_answer_that_is_not_taken_is_given_up(application: Any, takes: int) -> None:
    async def attack() -> None:
        async with serving(application) as (server, address):
            several = [await connected(address) for _ in range(3)]
            await asyncio.gather(*(until_gone(server, asks, takes) for asks in several))
            for asks in several:
                asks.close()

    asyncio.run(attack())


def test_an_answer_that_is_taken_comes_whole_however_long_it_takes() -> None:
    async def read() -> int:
        async with serving(large) as (_, address):
            reader, writer = await asyncio.open_connection(*address)
            writer.write(REQUEST)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200")
            came = 0
            while came < LARGE:
                came += len(await reader.read(1_000_000))
                await asyncio.sleep(0.05)  # longer together than is watched at a time
            writer.close()
            return came

    assert asyncio.run(read()) == LARGE


class Waits:
    """A connection for which so many bytes wait since then."""

    def __init__(self, since: float | None, waiting: int) -> None:
        self.since, self.waiting, self.cut = since, waiting, False

    def cut_off(self) -> None:
        self.cut = True


def test_who_has_waited_longest_is_cut_off_when_much_waits_for_all() -> None:
    every = [Waits(3.0, 40), Waits(1.0, 50), Waits(None, 0), Waits(2.0, 30)]
    of_all: list[Any] = every
    cut_off_slowest(of_all, 120)
    assert [one.cut for one in every] == [False] * 4
    cut_off_slowest(of_all, 50)
    assert [one.cut for one in every] == [False, True, False, True]


HEADS = {
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd": 400,
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n": 400,
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: gzip\r\n\r\nabcd": 501,
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n": 400,
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n": 400,
    b"GET / HTTP/1.1\r\n\r\n": 400,
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX:\x00\r\n\r\n": 400,
    b"GET /\xe6\x98\x8e HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n": 400,
    b"GET / HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n": 400,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03": 400,
}


@pytest.mark.parametrize("head", HEADS)
def test_what_is_no_plain_http_is_told_so_and_the_connection_closed(service: Service, head: bytes) -> None:
    app, _ = service()

    async def ask() -> bytes:
        async with serving(app) as (_, address):
            reader, writer = await asyncio.open_connection(*address)
            writer.write(head + REQUEST)  # what is smuggled behind it is never answered
            came = await reader.read()
            writer.close()
            return came

    came = asyncio.run(ask())
    told, _, body = came.partition(b"\r\n\r\n")
    assert int(told.split()[1]) == HEADS[head], came
    assert b"content-type: application/problem+json" in told.lower()
    assert json.loads(body)["mend"]


def test_one_more_than_can_be_served_is_told_so_and_those_before_go_on(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Hasty, "most_connections", 2)
    app, _ = service()

    async def ask() -> list[bytes]:
        async with serving(app) as (_, address):
            opened = [await asyncio.open_connection(*address) for _ in range(3)]
            came = []
            for reader, writer in (opened[2], opened[0], opened[1]):
                writer.write(REQUEST)
                came.append(await one_answer(reader))
                writer.close()
            return came

    assert asyncio.run(ask()) == [b"HTTP/1.1 503 Service Unavailable", b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK"]
