"""Web archives (.warc, packed with gzip or zstd): every page that was fetched well is a page.

Answers whose status is not 2xx, requests, repeats (``revisit``) and what is no page (pictures, styles, scripts, data,
``robots.txt``) are left out in silence: they are part of every archive. Address and time are those of the record.
"""

from __future__ import annotations

from typing import IO

from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reader, Reading


def _read(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    from mingjian.read.warc.pages import pages_of_warc  # here, because a start must not cost it

    yield from pages_of_warc(stream, origin, reading)


READER = Reader(
    name="warc",
    read=_read,
    endings=("warc",),
    media_types=("application/warc",),
    magic=(b"WARC/0.", b"WARC/1."),
    unpacks=True,
)
