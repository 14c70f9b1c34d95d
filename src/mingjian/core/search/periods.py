"""Days, months, years and ranges of them, as a query writes them."""

from __future__ import annotations

import re
from calendar import monthrange

# A form of writing: 2025, 2025-03, 2025/3/1, 2025年3月1日, 202503, 20250301.
_POINT = re.compile(r"([12][0-9]{3})(?:年?|[-/.年](1[0-2]|0?[1-9])(?:月?|[-/.月](3[01]|[12][0-9]|0?[1-9])日?))\Z")
_DIGITS = re.compile(r"([12][0-9]{3})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])?\Z")
_RANGE = re.compile(r"\.{2,3}|…{1,2}|[~～至]|—{1,2}")


def read_period(words: str) -> tuple[str | None, str | None] | None:
    """The first and the last ISO day of the words, either open (None); None where they are no date.

    >>> read_period("2025-03..2025-06"), read_period("2024年")
    (('2025-03-01', '2025-06-30'), ('2024-01-01', '2024-12-31'))
    >>> read_period("2025.."), read_period("去年")
    (('2025-01-01', None), None)
    """
    parts = _RANGE.split(words.strip())
    if len(parts) > 2 or not any(parts):
        return None
    bounds = [_bounds(part) if part else (None, None) for part in parts]
    first, last = bounds[0], bounds[-1]
    if first is None or last is None:
        return None
    if first[0] and last[1] and first[0] > last[1]:
        return (last[0], first[1])
    return (first[0], last[1])


def _bounds(words: str) -> tuple[str, str] | None:
    match = _POINT.match(words.strip()) or _DIGITS.match(words.strip())
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None:
        return None
    if month is None:
        return f"{year:04}-01-01", f"{year:04}-12-31"
    last = monthrange(year, month)[1]
    if day is None:
        return f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-{last:02}"
    return (f"{year:04}-{month:02}-{day:02}",) * 2 if day <= last else None
