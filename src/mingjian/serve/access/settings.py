"""What a service lets in, and how much of it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from mingjian.core.access.addresses import LOCAL_HOSTS
from mingjian.core.access.lifetimes import Lifetimes

_MEGABYTE = 1_000_000


class AccessSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of the gate. Requests are counted a minute, bodies in bytes, times in seconds.

    ``hosts`` are the names under which the service may be asked beside those of this machine. ``https`` says that
    browsers reach it by TLS, through a proxy: cookies are sent by TLS alone then, and browsers told to stay with it.
    ``anyone_may_read`` gives who has not logged in what a reader may. ``uploads`` lets more bytes in under a path.
    """

    hosts: tuple[str, ...] = ()
    https: bool = False
    anyone_may_read: bool = False
    lifetimes: Lifetimes = Lifetimes()
    body_bytes: int = _MEGABYTE
    stranger_body_bytes: int = 16_384
    uploads: Mapping[str, int] = {}
    body_seconds: float = 20.0
    body_bytes_a_second: int = 50_000
    """What has come gives a body as much more time as it needs at this speed."""
    requests_of_session: int = 1_200
    requests_of_token: int = 1_200
    requests_of_address: int = 600
    requests_at_once: int = 8
    """So many of one user or address run at a time, and the others of theirs wait."""
    requests_waiting: int = 100
    """So many of theirs wait at most."""
    logins_at_once: int = 2
    """So many passwords are hashed at a time: each takes 64 MB."""

    @property
    def all_hosts(self) -> frozenset[str]:
        """Every name of the service, in lower case, without ports."""
        return frozenset(name.lower() for name in (*LOCAL_HOSTS, *self.hosts))

    def with_requests(self, a_minute: int) -> AccessSettings:
        """The same, with one limit of requests for users, tokens and addresses."""
        return msgspec.structs.replace(
            self, requests_of_session=a_minute, requests_of_token=a_minute, requests_of_address=a_minute
        )

    def body_limit(self, path: str, *, stranger: bool) -> int:
        """The most bytes that a request to a path may bring; less from who is not known."""
        if stranger:
            return min(self.stranger_body_bytes, self.body_bytes)
        return max((limit for start, limit in self.uploads.items() if path.startswith(start)), default=self.body_bytes)

    def body_patience(self, received: int) -> float:
        """The seconds after which a body of which so many bytes have come must have gone on, counted from its begin."""
        return self.body_seconds + received / self.body_bytes_a_second
