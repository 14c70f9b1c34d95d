"""Whether the other side takes what is written to it: who does not is cut off, so that nobody holds memory for long."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any, cast

TAKE_SECONDS = 20.0
"""How long it is watched how much was taken."""
TAKE_BYTES_A_SECOND = 5_000
"""Less than this, over all of that time, is too slow."""
MOST_WAITING = 200_000_000
"""Bytes that wait for all who are slow together; beyond that, who has waited longest is cut off."""


class Outgoing:
    """A transport that counts the bytes that were given to it, and knows how many of them wait."""

    def __init__(self, transport: asyncio.Transport) -> None:
        transport.set_write_buffer_limits(high=0)  # so that we are told as soon as anything waits
        self._transport = transport
        self._given = 0

    def write(self, data: bytes) -> None:
        """Send the bytes, or let them wait."""
        self._given += len(data)
        self._transport.write(data)

    @property
    def waiting(self) -> int:
        """Bytes that the other side has not taken yet."""
        return self._transport.get_write_buffer_size()

    @property
    def gone(self) -> int:
        """Bytes that the system has taken for the other side."""
        return self._given - self.waiting

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a transport has
        return getattr(self._transport, name)


class Taking:
    """Watches one connection from the moment at which something waits until nothing does."""

    def __init__(self, outgoing: Outgoing, loop: asyncio.AbstractEventLoop, seconds: float = TAKE_SECONDS) -> None:
        self._outgoing = outgoing
        self._loop = loop
        self._seconds = seconds
        self._timer: asyncio.TimerHandle | None = None
        self._gone = 0
        self._waited = 0.0
        self._counted = 0.0
        self.since: float | None = None
        """When something began to wait, by the clock of the loop; nothing while nothing waits."""

    @property
    def waiting(self) -> int:
        """Bytes that wait."""
        return self._outgoing.waiting

    def begin(self) -> None:
        """Something waits."""
        self.since = self._counted = self._loop.time()
        if self._timer is None:
            self._watch()

    def end(self) -> None:
        """Nothing waits any more; that it does again soon is still watched."""
        self._count()
        self.since = None

    def stop(self) -> None:
        """The connection is gone."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def cut_off(self) -> None:
        """End the connection at once, with all that waits."""
        self.stop()
        self._outgoing.abort()

    def _watch(self) -> None:
        self._gone, self._waited = self._outgoing.gone, 0.0
        self._timer = self._loop.call_later(self._seconds, self._look)

    def _look(self) -> None:
        """Cut off who took little although something waited for most of the time: a maker that is slow is no reader."""
        self._timer = None
        if self.since is None:
            return
        self._count()
        took = self._outgoing.gone - self._gone
        if self._waited > self._seconds / 2 and took < TAKE_BYTES_A_SECOND * self._seconds:
            self.cut_off()
        else:
            self._watch()

    def _count(self) -> None:
        if self.since is not None:
            now = self._loop.time()
            self._waited += now - self._counted
            self._counted = now


def cut_off_slowest(every: Iterable[Taking], most: int = MOST_WAITING) -> None:
    """Cut off those for whom something has waited longest, until what waits for all is no more than ``most`` bytes."""
    slow = sorted((one for one in every if one.since is not None), key=lambda one: cast("float", one.since))
    total = sum(one.waiting for one in slow)
    for one in slow:
        if total <= most:
            return
        total -= one.waiting
        one.cut_off()
