"""HTML pages: the words in order as text layer, the decoded markup as html layer, and what the markup declares."""

from __future__ import annotations

import re
from typing import IO

from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reader, Reading

_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|(?:html|head|body|meta|title|div|p|h1|table|article|script|span)\b)",
    re.IGNORECASE | re.DOTALL,
)
_LOOKED_AT = 8_192


def looks_like_markup(beginning: bytes) -> bool:
    """Whether the bytes begin as HTML does."""
    return _MARKUP.match(beginning[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf").replace(b"\0", b"")) is not None


def _read(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    from mingjian.read.html.pages import pages_of_html

    yield from pages_of_html(stream, origin, reading)


READER = Reader(
    name="html",
    read=_read,
    endings=("html", "htm", "xhtml", "shtml"),
    media_types=("text/html", "application/xhtml+xml"),
    knows=looks_like_markup,
    single=True,
)
