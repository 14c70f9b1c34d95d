"""What the service logs: one JSON object a line, without words of pages, queries or secrets."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import IO, Any

import msgspec
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from mingjian.serve.health import Metrics

_LOG = "mingjian.serve"
_log = logging.getLogger("mingjian.serve.requests")
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_encode = msgspec.json.Encoder(enc_hook=str).encode


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time (ISO 8601, UTC), level, event, and what it was given."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: dict[str, Any] = {
            "time": f"{at}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in _OWN}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return _encode(line).decode()


def log_to(stream: IO[str], level: int = logging.INFO) -> None:
    """Let what the service logs go to a stream."""
    told = logging.StreamHandler(stream)
    told.setFormatter(JsonLines())
    logger = logging.getLogger(_LOG)
    logger.handlers, logger.propagate = [told], False
    logger.setLevel(level)


def watched(app: ASGIApp) -> ASGIApp:
    """The same, each request counted and logged: its route, not what was asked."""

    async def watch(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        begun, told = time.perf_counter(), {"status": 0, "bytes": 0}

        async def heard(message: Message) -> None:
            _count(message, told)
            await send(message)

        try:
            await app(scope, receive, heard)
        finally:
            _note(scope, told, time.perf_counter() - begun)

    return watch


def _count(message: Message, told: dict[str, int]) -> None:
    if message["type"] == "http.response.start":
        told["status"] = message["status"]
    elif message["type"] == "http.response.body":
        told["bytes"] += len(message.get("body", b""))


def _note(scope: Scope, told: Mapping[str, int], seconds: float) -> None:
    route = str(scope.get("path_template") or "unknown")
    method, status = str(scope.get("method", "")), told["status"] or 500
    metrics: Metrics = scope["litestar_app"].state.metrics
    metrics.note(route, method, status, seconds)
    who = getattr(scope.get("user"), "name", None)
    asked = {"route": route, "method": method, "status": status, "ms": round(seconds * 1000, 1), "bytes": told["bytes"]}
    _log.info("request", extra={**asked, "user": who} if who else asked)
