"""The page in a file that a browser saved (``mhtml_reader``): which part it is, and its address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING

import msgspec

from mingjian.errors import ReadError
from mingjian.read.checks import must_be_text, with_words
from mingjian.read.html import page_of_html
from mingjian.read.limits import whole
from mingjian.read.mail.mime import Part, header, headers_of, message_of, parts_of
from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reading

if TYPE_CHECKING:
    from email.message import Message

_ADDRESS = re.compile(r"https?://\S{1,4000}$", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml")


def _root(message: Message, parts: Sequence[Part]) -> Part | None:
    """The part that is the page: the one that the message begins with by name, by its address, or by order."""
    pages = [part for part in parts if part.essence in _PAGES and part.content.strip()]
    start = message.get_param("start")
    if isinstance(start, str):
        named = next((part for part in pages if part.content_id and part.content_id == start.strip("<> ")), None)
        if named is not None:
            return named
    address = header(message, "snapshot-content-location")
    return next((part for part in pages if address and part.location == address), pages[0] if pages else None)


def pages_of_mhtml(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    """The page that a browser saved, if it can be told among the parts."""
    content = whole(stream, origin.doc_id, reading.limits)
    if headers_of(content[:16_384]) is None and not content.lstrip()[:13].lower().startswith(b"mime-version:"):
        problem = "not-a-message: it does not begin with the headers of a saved page"
        raise ReadError(origin.doc_id, problem, "save the page again, or name the file as what it is")
    message = message_of(content, origin.doc_id)
    page = _root(message, list(parts_of(message, origin.doc_id)))
    if page is None:
        problem = "no-page: none of its parts is an HTML page, or it is cut short"
        raise ReadError(origin.doc_id, problem, "save the page again")
    told = next(
        (found for found in (header(message, "snapshot-content-location"), page.location) if _ADDRESS.match(found)),
        None,
    )
    inner = msgspec.structs.replace(origin, url=origin.url or told, media_type=page.media_type)
    yield with_words(page_of_html(must_be_text(page.content, origin.doc_id), inner))
