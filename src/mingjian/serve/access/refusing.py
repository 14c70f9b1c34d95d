"""Answers to requests that go no further: problem details, before any application has seen them."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple, cast

import msgspec
from litestar.types import Message, Send

from mingjian.errors import MingjianError
from mingjian.serve.problems import PROBLEM, headers_of, problem_of

_HTML = "text/html; charset=utf-8"
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


def refusal_of(error: MingjianError, *, page: str | None = None, closes: bool = False) -> Refusal:
    """The answer that tells of the error, by a page where there is one; with ``closes`` the connection ends."""
    problem = problem_of(error)
    status = HTTPStatus(problem.status)
    body, kind = (msgspec.json.encode(problem), PROBLEM) if page is None else (page.encode(), _HTML)
    told = {"Content-Type": kind, "Content-Length": str(len(body)), **headers_of(error, problem)}
    headers = [(name.lower().encode(), value.encode()) for name, value in told.items()]
    if status == HTTPStatus.UNAUTHORIZED:
        headers.append((b"www-authenticate", b'Bearer realm="mingjian", error="invalid_token"'))
    if closes or status in _BROKEN_OFF:
        headers.append((b"connection", b"close"))
    return Refusal(status, headers, body)


async def refuse(send: Send, error: MingjianError, *, page: str | None = None, closes: bool = False) -> None:
    """Answer with what is wrong, by a page where there is one; with ``closes`` the connection ends."""
    status, headers, body = refusal_of(error, page=page, closes=closes)
    await send(cast("Message", {"type": "http.response.start", "status": status, "headers": headers}))
    await send(cast("Message", {"type": "http.response.body", "body": body, "more_body": False}))
