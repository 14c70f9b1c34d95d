"""The body of a request, read whole before anything runs: not too large, and not too slow."""

from __future__ import annotations

import asyncio
from typing import cast

from litestar.types import HTTPReceiveMessage, Receive

from mingjian.errors import AccessError
from mingjian.serve.access.settings import AccessSettings


class Gone(Exception):  # noqa: N818 - it is no error: nobody is there any more to answer
    """Who asked went away before the request was there."""


async def read_body(receive: Receive, declared: bytes | None, limit: int, settings: AccessSettings) -> bytes:
    """The body; raises ``AccessError``: 413 above the limit, 408 behind the deadline, 400 for a length that is none.

    ``declared`` is the header Content-Length. Raises ``Gone`` where the client leaves.
    """
    if declared is not None:
        if not (declared.isdigit() and len(declared) < 20):
            raise AccessError("request", "its Content-Length is no number", "give the bytes that follow", status=400)
        _must_fit(int(declared), limit)
    try:
        return await _read(receive, limit, settings)
    except TimeoutError:
        mend = f"send it within {settings.body_seconds:.0f} seconds, or in smaller parts"
        raise AccessError("request", "its body came too slowly", mend, status=408) from None


def replayed(body: bytes, receive: Receive) -> Receive:
    """What gives the body that was read, and then what else happens, such as that the client leaves."""
    pending = [body]

    async def receive_again() -> HTTPReceiveMessage:
        if pending:
            return cast("HTTPReceiveMessage", {"type": "http.request", "body": pending.pop(), "more_body": False})
        return cast("HTTPReceiveMessage", await receive())

    return receive_again


async def _read(receive: Receive, limit: int, settings: AccessSettings) -> bytes:
    parts, size, more = [], 0, True
    begun = asyncio.get_running_loop().time()
    async with asyncio.timeout(settings.body_seconds) as patience:
        while more:
            message = await receive()
            if message["type"] != "http.request":
                raise Gone
            part = message.get("body", b"")
            size += len(part)
            _must_fit(size, limit)
            parts.append(part)
            patience.reschedule(begun + settings.body_patience(size))
            more = message.get("more_body", False)
    return b"".join(parts)


def _must_fit(size: int, limit: int) -> None:
    if size > limit:
        problem = f"it brings more than the {limit} bytes that this address takes"
        raise AccessError("request", problem, "send less at a time; who is logged in may send more", status=413)
