"""Times as mails, feeds and archives write them, as ISO 8601 with their offset from UTC."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MAIL = re.compile(
    r"(?:[^\s,]{2,10},?\s{1,9})?(\d{1,2})[\s-]{1,9}([A-Za-z]{3})[a-z]{0,6}[\s-]{1,9}(\d{4})"
    r"(?:\s{1,9}(\d{1,2}):(\d\d)(?::(\d\d))?\s{0,9}([+-]\d\d:?\d\d|[A-Za-z]{1,5})?)?"
)
_ISO = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T\s]{1,3}(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d{1,9})?\s{0,3}(Z|UTC|GMT|CST|[+-]\d\d:?\d\d)?)?"
)
_ZONES = {
    "z": 0,
    "ut": 0,
    "utc": 0,
    "gmt": 0,
    "est": -300,
    "edt": -240,
    "pst": -480,
    "pdt": -420,
    "hkt": 480,
    "bjt": 480,
}
_CHINA_MINUTES = 480


def iso_time(written: str, *, chinese: bool) -> str:
    """The time in ISO 8601, only the day where no time of day stands, empty where the words are no time.

    A time without an offset is China's on Chinese pages, where CST is China's too; elsewhere nothing is added to it.

    >>> iso_time("Tue, 03 Mar 2026 09:05:00 GMT", chinese=True), iso_time("2026-03-03 09:05", chinese=True)
    ('2026-03-03T09:05:00+00:00', '2026-03-03T09:05:00+08:00')
    """
    found = _MAIL.match(written.strip())
    if found is not None:
        month = _MONTHS.index(found[2].lower()) + 1 if found[2].lower() in _MONTHS else 0
        year, day = int(found[3]), int(found[1])
    else:
        found = _ISO.match(written.strip())
        if found is None:
            return ""
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    try:
        if found[4] is None:
            return datetime(year, month, day).date().isoformat()  # noqa: DTZ001 - a day has no offset
        zone = _zone(found[7], chinese=chinese)
        return datetime(year, month, day, int(found[4]), int(found[5]), int(found[6] or 0), tzinfo=zone).isoformat()
    except ValueError:
        return ""


def _zone(written: str | None, *, chinese: bool) -> timezone | None:
    """The offset; raises ``ValueError`` for one that no clock has."""
    name = (written or "").lower()
    if name[:1] in ("+", "-"):
        digits = name[1:].replace(":", "")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        return timezone(timedelta(minutes=-minutes if name[0] == "-" else minutes))
    if name in _ZONES:
        return timezone(timedelta(minutes=_ZONES[name]))
    return timezone(timedelta(minutes=_CHINA_MINUTES)) if chinese else None
