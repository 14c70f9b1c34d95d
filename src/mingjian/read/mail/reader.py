"""Mails (.eml): the words of the mail as one page, and each attachment that can be read as another.

A mail's subject, date and sender stand in its headers, so its page is a composed document (``composed``).
"""

from __future__ import annotations

from typing import IO

from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reader, Reading


def _read(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    from mingjian.read.mail.pages import pages_of_mail  # here, because a start must not cost it

    yield from pages_of_mail(stream, origin, reading)


def _knows(beginning: bytes) -> bool:
    from mingjian.read.mail.mime import headers_of, is_saved_page

    headers = headers_of(beginning)
    return headers is not None and not is_saved_page(headers)


READER = Reader(name="mail", read=_read, endings=("eml",), media_types=("message/rfc822",), knows=_knows)
