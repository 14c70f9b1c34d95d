"""The body of a request, read whole before anything runs: not too large, and not too slow."""

from __future__ import annotations

import asyncio
from typing import cast

from litestar.types import Message, Receive

from mingjian.errors import AccessError


class Gone(Exception):  # noqa: N818 - it is no error: nobody is there any more to answer
    """Who asked went away before the request was there."""


async def read_body(receive: Receive, declared: bytes | None, limit: int, seconds: float) -> bytes:
    """The body; raises ``AccessError``: 413 above the limit, 408 behind the deadline, 400 for a length that is none.

    ``declared`` is the header Content-Length. Raises ``Gone`` where the client leaves.
    """
    if declared is not None:
        if not (declared.isdigit() and len(declared) < 20):
            raise AccessError("request", "its Content-Length is no number", "give the bytes that follow", status=400)
        _must_fit(int(declared), limit)
    try:
        async with asyncio.timeout(seconds):
            return await _read(receive, limit)
    except TimeoutError:
        mend = f"send it within {seconds:.0f} seconds, or in smaller parts"
        raise AccessError("request", "its body came too slowly", mend, status=408) from None


def replayed(body: bytes, receive: Receive) -> Receive:
    """What gives the body that was read, and then what else happens, such as that the client leaves."""
    pending = [body]

    async def receive_again() -> Message:
        if pending:
            return cast("Message", {"type": "http.request", "body": pending.pop(), "more_body": False})
        return cast("Message", await receive())

    return receive_again


async def _read(receive: Receive, limit: int) -> bytes:
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise Gone
        part = message.get("body", b"")
        size += len(part)
        _must_fit(size, limit)
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def _must_fit(size: int, limit: int) -> None:
    if size > limit:
        problem = f"it brings more than the {limit} bytes that this address takes"
        raise AccessError("request", problem, "send less at a time; who is logged in may send more", status=413)
