"""How much of the world one page may be."""

from __future__ import annotations

import msgspec

from mingjian.errors import ReadError


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The most bytes that one page may have, after decompression; a line of JSON lines counts as one page."""

    max_bytes: int = 20_000_000


def too_large(source: str, limits: Limits) -> ReadError:
    """The error for a page beyond the limit, which names the limit and the option that moves it."""
    problem = f"too-large: more than the limit of {limits.max_bytes} bytes for one page"
    return ReadError(source, problem, "split it, or raise the limit with --max-megabytes (Limits.max_bytes)")
