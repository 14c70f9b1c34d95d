"""How a service is run: said once at its start."""

from __future__ import annotations

from pathlib import Path

import msgspec

from mingjian.serve.access.settings import AccessSettings

_EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 - compared with, not listened at


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Which workspace is served, to whom, and within which limits.

    ``hosts`` are the names by which it may be asked beside ``host`` itself and those of this machine: a request for
    another one is refused. ``read_only``: nothing can be changed through it, not even reviews and users.
    ``anyone_may_read``: what readers may, all may who reach it. ``https``: it is reached through a proxy that speaks
    TLS, so cookies are only for that. ``follows``: it lets a program of its own bring indexes up to date.
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
    follows: bool = True
    most_bytes: int = 20_000_000
    """The most that one request may bring."""
    slowest_body: float = 30.0
    """Seconds within which a request must have come whole."""

    @property
    def _listening(self) -> tuple[str, ...]:
        """The address that it listens at, as browsers write it; none where that is every address."""
        if self.host in _EVERYWHERE:
            return ()
        return (f"[{self.host}]" if ":" in self.host else self.host,)

    @property
    def access(self) -> AccessSettings:
        """What of this concerns who is let in, and how much of what they bring."""
        return AccessSettings(
            hosts=(*self._listening, *self.hosts),
            https=self.https,
            anyone_may_read=self.anyone_may_read,
            body_bytes=self.most_bytes,
            body_seconds=self.slowest_body,
        )
