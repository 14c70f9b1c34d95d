"""JSON Feed: every item a page, composed of what it gives (``composed``)."""

from __future__ import annotations

import re
from typing import IO

from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reader, Reading

_VERSION = rb'"version"\s{0,9}:\s{0,9}"https?:\\?/\\?/jsonfeed\.org\\?/version'


def _read(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    from mingjian.read.feeds.json_pages import pages_of_json_feed  # here, because a start must not cost it

    yield from pages_of_json_feed(stream, origin, reading)


def _knows(beginning: bytes) -> bool:
    return beginning.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and re.search(_VERSION, beginning) is not None


READER = Reader(
    name="json-feed", read=_read, endings=("jsonfeed",), media_types=("application/feed+json",), knows=_knows
)
