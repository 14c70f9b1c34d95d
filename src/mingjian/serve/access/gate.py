"""The gate before the application: every request passes it, those for addresses that do not exist too.

It looks in this order, and answers the first thing that is wrong: host, secrets in the address, who asks, how often,
whether a browser was led here by another site, and the body. Routes then ask for rights (see ``rights``).
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable, Mapping
from typing import cast
from urllib.parse import unquote_plus

from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from mingjian.core.access.addresses import comes_from_us, host_is_ours
from mingjian.core.access.auditing import Deed
from mingjian.errors import AccessError, MingjianError
from mingjian.serve.access.asking import Asker, asker_with_session, asker_with_token, nobody
from mingjian.serve.access.bodies import Gone, read_body, replayed
from mingjian.serve.access.cookies import secret_in
from mingjian.serve.access.headers import with_headers, without_body
from mingjian.serve.access.noting import Outcome, deed_of
from mingjian.serve.access.rates import Rates
from mingjian.serve.access.refusing import refuse
from mingjian.serve.access.service import Access, log_unwritten
from mingjian.serve.access.tokens import SHAPE
from mingjian.serve.access.turns import Turns
from mingjian.serve.problems import problem_of

_log = logging.getLogger("mingjian.serve.access")
_SECRET_NAME = re.compile(
    "access_token|api_?key|authorization|jwt|mingjian-session|passw(or)?d|secret|session(id)?|sid|token", re.IGNORECASE
)
_BEARER = "bearer"
_PROGRAMS = ("/api", "/mcp")
Page = Callable[[MingjianError], str]


class Gate:
    """An ASGI application before another one."""

    def __init__(self, app: ASGIApp, access: Access, page: Page | None = None) -> None:
        self._app = app
        self._page = page
        self._access = access
        self._rates = Rates(access.settings)
        self._turns = Turns(access.settings.requests_at_once, access.settings.requests_waiting)
        self._marking: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer what is wrong with it."""
        if scope["type"] != ScopeType.HTTP:
            await send(cast("Message", {"type": "websocket.close", "code": 1008, "reason": "not spoken here"}))
            return
        send = with_headers(send, https=self._access.settings.https)
        headers = _headers(scope)
        try:
            asker = self._admitted(scope, headers)
            receive = await self._with_body(scope, receive, headers, asker)
            async with self._turns.of(asker):
                await self._answer(scope, receive, send, asker)
        except Gone:
            return
        except MingjianError as error:  # also of the file of users, where it is busy or damaged
            told = problem_of(error)
            _log.info("refused", extra={"status": told.status, "why": told.detail})
            await refuse(send, error, page=self._page_for(scope, headers, error))

    def _page_for(self, scope: HTTPScope, headers: Mapping[str, str], error: MingjianError) -> str | None:
        """A page that tells what is wrong, where it is for a browser."""
        if self._page is None or scope["path"].startswith(_PROGRAMS) or "text/html" not in headers.get("accept", ""):
            return None
        return self._page(error)

    async def _answer(self, scope: HTTPScope, receive: Receive, send: Send, asker: Asker) -> None:
        """Let the application answer, and write down what was done."""
        scope["user"], scope["auth"] = asker, asker.via
        self._mark(asker)
        if scope["method"] == HttpMethod.HEAD:
            scope, send = cast("HTTPScope", {**scope, "method": HttpMethod.GET}), without_body(send)
        outcome = Outcome()
        await self._app(scope, receive, outcome.heard(send))
        deed = deed_of(scope, asker, outcome)
        if deed is not None:
            await self._note(deed)

    def _admitted(self, scope: HTTPScope, headers: Mapping[str, str]) -> Asker:
        """Who asks; raises ``AccessError`` where the request is to go no further."""
        _must_name_us(headers.get("host"), self._access)
        _must_hold_no_secret(scope)
        address = str((scope.get("client") or ("",))[0])
        asker, refusal = self._identified(headers, address)
        if wait := self._rates.wait_for(asker, time.monotonic()):
            mend = f"wait {wait:.0f} seconds"
            raise AccessError("requests", "these were too many in a minute", mend, status=429, seconds=int(wait) + 1)
        if refusal is not None:
            raise refusal
        if asker.via != "token":
            _must_come_from_us(scope, headers, https=self._access.settings.https)
        return asker

    def _identified(self, headers: Mapping[str, str], address: str) -> tuple[Asker, AccessError | None]:
        """Who asks, and what is wrong with how they say so. Beside a token no cookie is looked at.

        Other schemes of Authorization are for a proxy that stands before the service, and say nothing here.
        """
        stranger = nobody(address, may_read=self._access.settings.anyone_may_read)
        scheme, _, shown = headers.get("authorization", "").partition(" ")
        if scheme.lower() == _BEARER:
            token = self._access.token_of(shown.strip())
            if token is not None:
                return asker_with_token(token, address), None
            mend = "send `Authorization: Bearer mj_…` with one that is neither revoked nor expired"
            return stranger, AccessError("token", "it is none that stands", mend, status=401)
        secret = secret_in(headers.get("cookie", ""), https=self._access.settings.https)
        session = self._access.session_of(secret) if secret else None
        return (stranger if session is None else asker_with_session(session, address)), None

    async def _with_body(self, scope: Scope, receive: Receive, headers: Mapping[str, str], asker: Asker) -> Receive:
        length, chunked = headers.get("content-length"), "transfer-encoding" in headers
        if length is None and not chunked:
            return receive
        if length is not None and chunked:  # a proxy may have believed the one and we the other: smuggling
            mend = "send one of Content-Length and Transfer-Encoding"
            raise AccessError("request", "it says twice how long it is", mend, status=400)
        settings = self._access.settings
        limit = settings.body_limit(scope["path"], stranger=asker.via == "nobody")
        declared = None if length is None else length.encode()
        return replayed(await read_body(receive, declared, limit, settings), receive)

    async def _note(self, deed: Deed) -> None:
        try:
            await asyncio.to_thread(self._access.note_deed, deed)
        except MingjianError as error:  # it is answered already
            log_unwritten(deed, error)

    def _mark(self, asker: Asker) -> None:
        """Write down, beside the request, that a session or token is in use."""
        if self._access.should_mark(asker):
            task = asyncio.create_task(asyncio.to_thread(self._access.mark, asker))
            self._marking.add(task)
            task.add_done_callback(self._marking.discard)


def _headers(scope: Scope) -> dict[str, str]:
    """The headers by their names in lower case; of one that comes twice the values are joined, as HTTP has it."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        joint = "; " if key == "cookie" else ", "
        headers[key] = f"{headers[key]}{joint}{text}" if key in headers else text
    return headers


def _must_name_us(host: str | None, access: Access) -> None:
    if host is None or not host_is_ours(host, access.settings.all_hosts):
        mend = "use a name that the service was started with; whoever runs it adds this one with --name"
        raise AccessError("host", "this service does not go by that name", mend, status=421)


def _must_hold_no_secret(scope: Scope) -> None:
    """Raises where the address holds a secret, once that is taken out of what anybody logs."""
    query = scope["query_string"].decode("latin-1")
    named = any(_SECRET_NAME.fullmatch(unquote_plus(part.partition("=")[0])) for part in query.split("&"))
    path = scope["path"]
    if named or SHAPE.search(unquote_plus(query)) or SHAPE.search(path):
        scope["query_string"] = b""
        scope["path"], scope["raw_path"] = SHAPE.sub("mj_", path), b""
        mend = "send a token in the header Authorization, and revoke one that stood in an address: it is known by now"
        raise AccessError("address", "it holds a secret", mend, status=400)


def _must_come_from_us(scope: HTTPScope, headers: Mapping[str, str], *, https: bool) -> None:
    ours = f"{'https' if https else scope['scheme']}://{headers['host']}"
    if not comes_from_us(scope["method"], headers.get("sec-fetch-site"), headers.get("origin"), ours):
        mend = (
            "use the pages of the service, or a token; behind a proxy with TLS, whoever runs it starts it with --https"
        )
        raise AccessError("request", f"it was not begun on a page of {ours}", mend, status=403)
