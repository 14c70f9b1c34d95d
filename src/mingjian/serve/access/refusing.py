"""Answers to requests that go no further: problem details, before any application has seen them."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple, cast

import msgspec
from litestar.types import Message, Send

from mingjian.errors import MingjianError
from mingjian.serve.problems import PROBLEM, headers_of, problem_of

_BROKEN_OFF = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
)
"""What of the request did not come, or may not be what it seems: nothing more is read of the connection."""


class Refusal(NamedTuple):
    """An answer: its status, headers in lower case, and body."""

    status: HTTPStatus
    headers: list[tuple[bytes, bytes]]
    body: bytes


def refusal_of(error: MingjianError, *, closes: bool = False) -> Refusal:
    """The answer that tells of the error; with ``closes`` nothing more is read of the connection."""
    problem = problem_of(error)
    status = HTTPStatus(problem.status)
    body = msgspec.json.encode(problem)
    told = {"Content-Type": PROBLEM, "Content-Length": str(len(body)), **headers_of(error, problem)}
    headers = [(name.lower().encode(), value.encode()) for name, value in told.items()]
    if status == HTTPStatus.UNAUTHORIZED:
        headers.append((b"www-authenticate", b'Bearer realm="mingjian", error="invalid_token"'))
    if closes or status in _BROKEN_OFF:
        headers.append((b"connection", b"close"))
    return Refusal(status, headers, body)


async def refuse(send: Send, error: MingjianError, *, closes: bool = False) -> None:
    """Answer with what is wrong; with ``closes`` nothing more is read of the connection."""
    status, headers, body = refusal_of(error, closes=closes)
    await send(cast("Message", {"type": "http.response.start", "status": status, "headers": headers}))
    await send(cast("Message", {"type": "http.response.body", "body": body, "more_body": False}))
