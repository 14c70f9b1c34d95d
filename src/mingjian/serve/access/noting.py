"""What the audit log is told of every request that changed or took something, so that no handler can forget it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar.types import HTTPScope, Message, Send

from mingjian.core.access.auditing import Deed
from mingjian.serve.access.asking import Asker

NOTES: Mapping[str, Any] = {"notes": True}
"""What a route is given as ``opt`` that writes its own lines into the log, in the transaction of what they tell."""
NOTED = "mingjian_noted"
"""The key in the state of a request of which a line was written."""
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_FAILED = 400


class Outcome:
    """What was answered, as far as the log wants to know it."""

    def __init__(self) -> None:
        self.status = 0
        self.attached = False

    def heard(self, send: Send) -> Send:
        """The same, heard by this."""

        async def hear(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
                headers = dict(message.get("headers", ()))
                self.attached = headers.get(b"content-disposition", b"").lower().startswith(b"attachment")
            await send(message)

        return hear


def deed_of(scope: HTTPScope, asker: Asker, outcome: Outcome) -> Deed | None:
    """What a request did, once it is answered: a file was taken, or something was changed and nobody wrote it down."""
    if not outcome.status or outcome.status >= _FAILED or scope.get("state", {}).get(NOTED):
        return None
    template = str(scope.get("path_template") or scope["path"])
    if outcome.attached:
        return asker.deed("export", scope["path"], scope["query_string"].decode("latin-1"))
    handler = scope.get("route_handler")
    opt = handler.opt if handler is not None else {}
    if scope["method"] in _SAFE or opt.get("reads") or opt.get("notes"):
        return None
    return asker.deed(f"request.{scope['method'].lower()}", scope["path"], template)
