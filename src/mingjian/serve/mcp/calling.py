"""Calls in threads of their own, so that a slow one holds nobody up: so many at a time, each for so long."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from threading import BoundedSemaphore
from typing import Any

import anyio
import anyio.to_thread
import msgspec

from mingjian.serve.mcp.tools import Outcome, call
from mingjian.serve.workspace import Workspace

_LOG = logging.getLogger("mingjian.mcp")
_BUSY = Outcome("all hands are busy with slow questions; ask again in a few seconds", None)
_FAILED = Outcome("the tool failed, which is written in the server's log; please report it with what you asked", None)


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """So many calls at a time, as many again that were given up and still run, each for so many seconds."""

    at_once: int = 4
    seconds: float = 60.0


class Caller:
    """Calls tools of one workspace."""

    def __init__(self, workspace: Workspace, limits: Limits) -> None:
        self._workspace = workspace
        self._seconds = limits.seconds
        self._turns = anyio.CapacityLimiter(limits.at_once)
        self._running = BoundedSemaphore(2 * limits.at_once)

    async def call(self, name: str, given: Mapping[str, Any]) -> Outcome:
        """What comes of the call; whatever fails is an outcome."""
        try:
            with anyio.fail_after(self._seconds):
                return await anyio.to_thread.run_sync(
                    self._work, name, given, limiter=self._turns, abandon_on_cancel=True
                )
        except TimeoutError:
            return Outcome(f"{name}: no answer within {self._seconds:g} s; ask for less, or with more filters", None)

    def _work(self, name: str, given: Mapping[str, Any]) -> Outcome:
        if not self._running.acquire(blocking=False):
            return _BUSY
        try:
            return call(self._workspace, name, given)
        except Exception:  # noqa: BLE001 - a bug in a tool must not end the server, nor show its trace to who asks
            _LOG.exception("the tool %r failed", name[:40])
            return _FAILED
        finally:
            self._running.release()
