"""The paths and limits that the user gave, looked at before any page is read."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from mingjian.errors import ReadError
from mingjian.read import Limits

_MEGABYTE = 1_000_000
_MOST_MEGABYTES = 1_000_000


def checked_inputs(paths: Sequence[str]) -> Sequence[str]:
    """The same paths; raises ``ReadError`` for an empty one, or for standard input twice or where it is closed."""
    if "" in paths:
        raise ReadError('""', "an empty path names nothing", "leave it out, or name the folder . to read all of it")
    if paths.count("-") > 1:
        raise ReadError("-", "standard input can be read only once", "give - once")
    if "-" in paths and sys.stdin is None:
        raise ReadError("-", "standard input is closed", "pipe a page into it, or name a file")
    return paths


def limits_of(megabytes: float, ocr: bool = False) -> Limits:
    """The limits of reading; raises ``ReadError`` where no size is meant."""
    if not 0 < megabytes <= _MOST_MEGABYTES:
        raise ReadError("--max-megabytes", f"{megabytes} is no size", "give a number above 0, such as 20")
    return Limits(max_bytes=max(1, int(megabytes * _MEGABYTE)), ocr=ocr)
