"""Connections that are given up where the head of a request does not come: uvicorn itself would wait for ever."""

from __future__ import annotations

import asyncio
import socket

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_BYTES = 16_384
"""The most that the head of a request may hold, for ``h11_max_incomplete_event_size``."""
HEAD_SECONDS = 10.0


class PatientProtocol(H11Protocol):
    """HTTP/1.1, where a connection that does not begin a whole request in time is closed."""

    head_seconds = HEAD_SECONDS
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody is there: now they have as long. What is written goes out at once, not when more has gathered.

        The event loop sees to that only of sockets that were made with the number of the protocol.
        """
        super().connection_made(transport)
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._deadline = self.loop.call_later(self.head_seconds, self._give_up)

    def data_received(self, data: bytes) -> None:
        """Bytes came; those that end a head stop the clock, and those that begin one behind an answer start it."""
        super().data_received(data)
        if self._waits_for_head():
            if self._deadline is None:
                self._deadline = self.loop.call_later(self.head_seconds, self._give_up)
        else:
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._stop()
        super().connection_lost(exc)

    def _waits_for_head(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _stop(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if self._waits_for_head() and not self.transport.is_closing():
            self.transport.close()
