"""Answers that a client has already: named by all that they depend on, so that to say so costs nothing."""

from __future__ import annotations

from hashlib import blake2s
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from mingjian import __version__
from mingjian.serve.access.asking import asker_of
from mingjian.serve.workspace import Workspace

_TAG = "mingjian_etag"
_SIZE = 12
_VARIES = "Accept, Accept-Encoding, Cookie, Authorization, HX-Request"
_ALIKE = ("accept", "hx-request")


def answer_known(request: Request[Any, Any, Any]) -> Response[None] | None:
    """``304`` where the client holds the answer already, else nothing: asked before a page or a list is made."""
    if request.method not in ("GET", "HEAD"):
        return None
    workspace: Workspace = request.app.state.workspace
    tag = tag_of(request, workspace)
    request.state[_TAG] = tag
    if tag not in _given(request.headers.get("if-none-match", "")):
        return None
    return Response(None, status_code=HTTPStatus.NOT_MODIFIED, headers=_headers(tag))


async def name_answer(message: Message, scope: Scope) -> None:
    """Give an answer its name, where it is one that may be kept: called before it is sent."""
    tag = scope.get("state", {}).get(_TAG)
    if tag is None or message["type"] != "http.response.start" or message["status"] != HTTPStatus.OK:
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in _headers(tag).items():
        headers.setdefault(name, value)
    headers["Vary"] = _VARIES  # whatever the gate said of answers in general


def tag_of(request: Request[Any, Any, Any], workspace: Workspace) -> str:
    """The entity tag: of the state of the workspace and of what is made of it, of what is asked, and of who asks."""
    asked = [request.url.path, request.url.query, *(request.headers.get(name, "") for name in _ALIKE)]
    asker = asker_of(request)
    who = (asker.name, asker.role, asker.via)
    depends = msgspec.msgpack.encode((__version__, workspace.state(), workspace.later.made, asked, who))
    return f'W/"{blake2s(depends, digest_size=_SIZE).hexdigest()}"'


def _given(header: str) -> tuple[str, ...]:
    return tuple(tag.strip() for tag in header.split(","))


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": _VARIES}
