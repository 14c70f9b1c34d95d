"""How a service is run: said once at its start."""

from __future__ import annotations

from pathlib import Path

import msgspec


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
    works: bool = True
    most_bytes: int = 20_000_000
    """The most that one request may bring."""
    slowest_body: float = 30.0
    """Seconds within which a request must have come whole."""
