"""How long sessions and tokens stand. All times are whole seconds since 1970."""

from __future__ import annotations

import msgspec

HOUR = 3_600
DAY = 24 * HOUR


class Lifetimes(msgspec.Struct, frozen=True):
    """When sessions end: so long after the last request, and so long after the login whatever happens."""

    idle: int = 8 * HOUR
    absolute: int = 7 * DAY
    setup_code: int = DAY
    token: int = 90 * DAY
    longest_token: int = 366 * DAY
    seen_again: int = 60
    """A session's last request is written down at most so often."""


def session_stands(created: int, seen: int, now: int, lifetimes: Lifetimes) -> bool:
    """Whether a session that was made and last seen then still stands.

    >>> session_stands(0, 50, 60, Lifetimes(idle=20, absolute=100)), session_stands(0, 95, 100, Lifetimes(absolute=100))
    (True, False)
    """
    return now < created + lifetimes.absolute and now < seen + lifetimes.idle and now >= created - DAY


def token_stands(expires: int, now: int, *, revoked: bool) -> bool:
    """Whether a token may still be used."""
    return not revoked and now < expires
