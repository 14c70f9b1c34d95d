"""The clock, asked in one place: what it says is written down, and nothing is ordered by it."""

from __future__ import annotations

import time
from datetime import datetime


def now() -> str:
    """The time of day as this machine has it, ISO 8601 to the second with its offset."""
    return datetime.fromtimestamp(time.time()).astimezone().isoformat(timespec="seconds")


def is_behind(at: str, earlier: str) -> bool:
    """Whether a clock that says ``at`` stands before what it said earlier: it jumped back.

    Of a run whose time was lost or is damaged nothing is known.

    >>> is_behind("2026-03-12T09:00:00+08:00", "2026-03-12T09:00:01+08:00"), is_behind("2026-03-12T09:00:00+08:00", "?")
    (True, False)
    """
    try:
        return datetime.fromisoformat(at) < datetime.fromisoformat(earlier)
    except (ValueError, TypeError):
        return False
