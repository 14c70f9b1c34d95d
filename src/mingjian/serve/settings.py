"""How a service is run: said once at its start; and the guard that keeps one that only reads from changing things."""

from __future__ import annotations

from pathlib import Path

import msgspec
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from mingjian.serve.access.asking import Connection
from mingjian.serve.access.settings import AccessSettings

READS = {"reads": True}
"""What a route is given as ``opt`` that changes nothing although it is asked by POST."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_MOST_OF_A_PAGE = 8_000_000
_EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 - compared with, not listened at


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Which workspace is served, to whom, and within which limits.

    ``hosts`` are the names by which it may be asked beside ``host`` itself and those of this machine: a request for
    another one is refused. ``read_only``: nothing can be changed through it, not even reviews and users.
    ``anyone_may_read``: what readers may, all may who reach it. ``https``: it is reached through a proxy that speaks
    TLS, so cookies are only for that. ``works``: beside answering it adds what is sent, and brings links,
    search and books up to date.
    """

    workspace: Path
    host: str = "127.0.0.1"
    port: int = 8321
    hosts: tuple[str, ...] = ()
    read_only: bool = False
    anyone_may_read: bool = False
    https: bool = False
    proxies: tuple[str, ...] = ()
    """Addresses of proxies that are believed when they say who asks: logins are counted by that."""
    works: bool = True
    requests_a_minute: int | None = None
    """How often each user, token and address may ask; what ``AccessSettings`` has for each where nothing is said."""
    most_bytes: int = 20_000_000
    """The most that one sending of pages may bring; other requests bring little."""

    @property
    def _listening(self) -> tuple[str, ...]:
        """The address that it listens at, as browsers write it; none where that is every address."""
        if self.host in _EVERYWHERE:
            return ()
        return (f"[{self.host}]" if ":" in self.host else self.host,)

    @property
    def access(self) -> AccessSettings:
        """What of this concerns who is let in, and how much of what they bring."""
        settings = AccessSettings(
            hosts=(*self._listening, *self.hosts),
            https=self.https,
            anyone_may_read=self.anyone_may_read,
            uploads={
                "/api/jobs": self.most_bytes,
                "/jobs": self.most_bytes,
                "/api/extract": min(self.most_bytes, _MOST_OF_A_PAGE),
            },
        )
        return settings if self.requests_a_minute is None else settings.with_requests(self.requests_a_minute)


def must_not_change(connection: Connection, handler: BaseRouteHandler) -> None:
    """Silence, or ``PermissionDeniedException`` for a request that would change something where nothing may be."""
    settings: Settings = connection.app.state.settings
    changes = connection.scope.get("method") not in _SAFE and not handler.opt.get("reads")
    if settings.read_only and changes:
        raise PermissionDeniedException("this service is read-only: nothing can be changed through it")
