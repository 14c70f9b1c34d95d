"""Connections over a real socket: heads that do not come, or are too large, are given up."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest
import uvicorn
from litestar import Litestar
from tests.unit.serve.access.asking import Service

from mingjian.serve.access.connections import HEAD_BYTES, PatientProtocol

REQUEST = b"GET /anyone HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


class Hasty(PatientProtocol):
    head_seconds = 0.2


async def answers(app: Litestar, *sent: bytes) -> list[bytes]:
    """What comes back for each of the requests, sent one behind the other on one connection until it is closed."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, http=Hasty, ws="none", lifespan="off", log_config=None, h11_max_incomplete_event_size=HEAD_BYTES
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve([listening]))
    reader, writer = await asyncio.open_connection(*listening.getsockname())
    came: list[bytes] = []
    try:
        async with asyncio.timeout(20):
            for part in sent:
                writer.write(part)
                await writer.drain()
                came.append(await one_answer(reader))
    finally:
        writer.close()
        server.should_exit = True
        await serving
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
    assert asyncio.run(answers(app, large)) == [b"HTTP/1.1 400 Bad Request"]


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
