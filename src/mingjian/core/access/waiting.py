"""How long who failed to log in must wait, and how many requests a minute allows. All times are seconds."""

from __future__ import annotations

import msgspec


class Patience(msgspec.Struct, frozen=True):
    """So many failures are free; each further one doubles the wait, up to the longest; later all is forgotten."""

    free: int
    longest: int
    forgotten: int = 3_600


OF_NAME = Patience(free=3, longest=60)
"""Short, for else anyone could lock a user out."""
OF_ADDRESS = Patience(free=10, longest=900)


def seconds_to_wait(failures: int, since: int, patience: Patience) -> int:
    """Seconds until the next attempt is heard, ``since`` the last failure; 0 where it is heard at once.

    >>> [seconds_to_wait(failures, 0, OF_NAME) for failures in (0, 2, 3, 4, 30)]
    [0, 0, 1, 2, 60]
    >>> seconds_to_wait(30, 45, OF_NAME)
    15
    """
    if failures < patience.free:
        return 0
    delay = min(patience.longest, 1 << min(failures - patience.free, 20))
    return max(0, delay - max(0, since))


def failures_remembered(failures: int, since: int, patience: Patience) -> int:
    """The failures that still count.

    >>> failures_remembered(7, 4_000, OF_NAME), failures_remembered(7, 4, OF_NAME)
    (0, 7)
    """
    return failures if since < patience.forgotten else 0


class Bucket(msgspec.Struct, frozen=True):
    """What is left to somebody of the requests of a minute, at a time."""

    level: float
    at: float


def take_one(bucket: Bucket | None, now: float, per_minute: int) -> tuple[Bucket, float]:
    """The bucket behind one request, and the seconds to wait for it: 0 where it may go on.

    A full bucket holds the requests of a minute; it fills again evenly. A request that must wait takes nothing.

    >>> bucket, wait = take_one(None, 100.0, 2)
    >>> bucket, wait = take_one(bucket, 100.0, 2)
    >>> take_one(bucket, 100.0, 2)
    (Bucket(level=0.0, at=100.0), 30.0)
    """
    rate = per_minute / 60
    if bucket is None:
        level = float(per_minute)
    else:
        level = min(float(per_minute), bucket.level + max(0.0, now - bucket.at) * rate)
    if level >= 1:
        return Bucket(level - 1, now), 0.0
    return Bucket(level, now), (1 - level) / rate
