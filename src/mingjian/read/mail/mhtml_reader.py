"""Pages that a browser saved into one file (.mht, .mhtml): the page itself, without the parts that it shows."""

from __future__ import annotations

from typing import IO

from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reader, Reading


def _read(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    from mingjian.read.mail.mhtml_pages import pages_of_mhtml  # here, because a start must not cost it

    yield from pages_of_mhtml(stream, origin, reading)


def _knows(beginning: bytes) -> bool:
    from mingjian.read.mail.mime import headers_of, is_saved_page

    headers = headers_of(beginning)
    return headers is not None and is_saved_page(headers)


READER = Reader(
    name="mhtml",
    read=_read,
    endings=("mht", "mhtml"),
    media_types=("multipart/related", "application/x-mimearchive"),
    magic=(b"From: <Saved by", b'From: "Saved by', b"From: Saved by"),
    knows=_knows,
)
