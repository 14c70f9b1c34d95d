"""Connections that are given up where a request does not come or its answer is not taken: uvicorn waits for ever."""

from __future__ import annotations

import asyncio
import socket
import sys
from http import HTTPStatus
from typing import cast

import h11
from litestar.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from mingjian.errors import AccessError
from mingjian.serve.access.refusing import refusal_of, refuse
from mingjian.serve.access.taking import TAKE_SECONDS, Outgoing, Taking, cut_off_slowest

HEAD_BYTES = 16_384
"""The most that the head of a request may hold, for ``h11_max_incomplete_event_size``."""
HEAD_SECONDS = 10.0
MOST_CONNECTIONS = 500
_TOO_LARGE = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE


class PatientProtocol(H11Protocol):
    """HTTP/1.1, where a connection is closed that does not begin a whole request, or take its answer, in time.

    What is no HTTP, and who comes when there are too many already, is answered with problem details. uvicorn's own
    limit would refuse those who were there before, too: leave it unset.
    """

    head_seconds = HEAD_SECONDS
    take_seconds = TAKE_SECONDS
    most_connections = MOST_CONNECTIONS
    _deadline: asyncio.TimerHandle | None = None
    _taking: Taking | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody is there: now they have as long. What is written goes out at once, not when more has gathered.

        The event loop sees to that only of sockets that were made with the number of the protocol.
        """
        outgoing = Outgoing(transport)
        super().connection_made(cast("asyncio.Transport", outgoing))
        self._taking = Taking(outgoing, self.loop, self.take_seconds)
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._deadline = self.loop.call_later(self.head_seconds, self._give_up)
        if len(self.connections) > self.most_connections:
            self.app = _refuse_one_more

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
        if self._taking is not None:
            self._taking.stop()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The other side does not take all at once what is written."""
        super().pause_writing()
        if self._taking is not None:
            self._taking.begin()
            every = (one._taking for one in self.connections if isinstance(one, PatientProtocol))
            cut_off_slowest(one for one in every if one is not None)

    def resume_writing(self) -> None:
        """The other side has taken all that was written."""
        super().resume_writing()
        if self._taking is not None:
            self._taking.end()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, as far as nothing is answered yet, and read no more of the connection.

        Called while what h11 says of it is handled.
        """
        hint = getattr(sys.exception(), "error_status_hint", HTTPStatus.BAD_REQUEST)
        if self.cycle is not None and not self.cycle.response_complete:  # its body is broken: nobody waits for it now
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self._answer(_broken(HTTPStatus(hint), msg))
        self.transport.close()

    def _answer(self, error: AccessError) -> None:
        status, headers, body = refusal_of(error, closes=True)
        answer = h11.Response(status_code=status, headers=headers, reason=status.phrase.encode())
        for event in (answer, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")

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


def _broken(status: HTTPStatus, msg: str) -> AccessError:
    if status == _TOO_LARGE:
        problem = f"its head is larger than {HEAD_BYTES} bytes"
        return AccessError("request", problem, "ask with a shorter address and fewer headers", status=status)
    return AccessError("request", f"it is no HTTP ({msg})", "send one that is, with one length or none", status=status)


async def _refuse_one_more(_scope: Scope, _receive: Receive, send: Send) -> None:
    """An application for connections above the limit."""
    mend = "close connections that are not needed, or try again in a moment"
    await refuse(send, AccessError("service", "too many are connected to it", mend, status=503), closes=True)
