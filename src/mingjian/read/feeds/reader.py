"""Feeds (RSS 0.9x, 1.0 and 2.0, Atom): every item a page, composed of what it gives (``composed``).

The text of the item is what the feed holds of it, whole or a summary; its address is the page's address. Why by hand:
``docs/decisions/0006-formats-read-by-hand.md``.
"""

from __future__ import annotations

import re
from typing import IO

from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reader, Reading

_FIRST_ELEMENT = rb"(?i)<(?:(rss|feed|rdf:RDF)|html|body|head|div|p|urlset|sitemapindex|svg)[\s>]"
_LOOKED_AT = 16_384


def _read(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    from mingjian.read.feeds.pages import pages_of_feed  # here, because a start must not cost it

    yield from pages_of_feed(stream, origin, reading)


def is_feed(beginning: bytes) -> bool:
    """Whether the first element is that of a feed."""
    plain = beginning[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip()
    first = re.search(_FIRST_ELEMENT, plain) if plain.startswith(b"<") else None
    return first is not None and first[1] is not None


READER = Reader(
    name="feed",
    read=_read,
    endings=("rss", "atom", "rdf", "xml"),
    media_types=("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"),
    knows=is_feed,
)
