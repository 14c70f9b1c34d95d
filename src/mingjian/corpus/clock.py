"""The clock, asked in one place: what it says is written down, and nothing is ordered by it."""

from __future__ import annotations

import time
from datetime import datetime


def now() -> str:
    """The time of day as this machine has it, ISO 8601 to the second with its offset."""
    return datetime.fromtimestamp(time.time()).astimezone().isoformat(timespec="seconds")


def is_behind(at: str, earlier: str) -> bool:
    """Whether a clock that says ``at`` stands before what it said earlier: it jumped back.

    Of a run that was lost no time is known.
    """
    return bool(earlier) and datetime.fromisoformat(at) < datetime.fromisoformat(earlier)
