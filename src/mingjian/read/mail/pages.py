"""The pages of mails, composed of their headers and words (``reader`` says how)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import IO

from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read.checks import failure_of, must_be_text, with_words
from mingjian.read.composed import Item, is_chinese, markup_of_text, page_of_item
from mingjian.read.decode import declared_encoding, decode, encoding_of_name
from mingjian.read.limits import whole
from mingjian.read.mail.mime import Part, header, headers_of, message_of, parts_of
from mingjian.read.origin import Origin, charset_of, without_surrogates
from mingjian.read.port import Items, Reading
from mingjian.read.written_times import iso_time

_SENDER = re.compile(r"^\s*\"?([^<\"]{1,80}?)\"?\s*<")
_SILENT = ("image/", "audio/", "video/", "font/", "text/css", "text/calendar", "application/javascript")
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")


def _mail_page(headers: Item, part: Part, origin: Origin) -> Page:
    """The page of the mail's own words."""
    content = must_be_text(part.content, origin.doc_id)
    declared = encoding_of_name(charset_of(part.media_type))
    if part.essence == "text/html":
        body = decode(content, origin.doc_id, declared or declared_encoding(content)).text
    else:
        body = markup_of_text(decode(content, origin.doc_id, declared).text)
    chinese = is_chinese("", headers.title, body)
    item = Item(
        body=body,
        title=headers.title,
        author=headers.author,
        published=iso_time(headers.published, chinese=chinese),
        language="zh" if chinese else "",
    )
    return with_words(page_of_item(item, origin))


def _own(parts: Sequence[Part]) -> Part | None:
    """The part that is the mail itself: the first in HTML that is not attached, else the first in plain text."""
    for essence in ("text/html", "text/plain"):
        for part in parts:
            if part.essence == essence and not part.attached and part.content.strip():
                return part
    return None


def _others(parts: Sequence[Part], own: Part | None) -> list[tuple[int, Part]]:
    """The attachments with their place among all parts: no pictures, styles and signatures, no second wording."""
    return [
        (place, part)
        for place, part in enumerate(parts, start=1)
        if part is not own
        and part.content
        and not part.essence.startswith(_SILENT)
        and part.essence not in _SIGNATURES
        and (part.attached or bool(part.name) or not part.essence.startswith("text/"))
    ]


def pages_of_mail(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    """The pages of a mail: itself, and its attachments."""
    content = whole(stream, origin.doc_id, reading.limits)
    if headers_of(content[:16_384]) is None:
        problem = "not-a-message: it does not begin with the headers of a mail"
        raise ReadError(origin.doc_id, problem, "save the mail with its headers, or name the file as what it is")
    message = message_of(content, origin.doc_id)
    sender = header(message, "from")
    found = _SENDER.match(sender)
    headers = Item(
        body="", title=header(message, "subject"), published=header(message, "date"), author=found[1] if found else ""
    )
    parts = list(parts_of(message, origin.doc_id))
    own = _own(parts)
    others = _others(parts, own)
    if own is None and not others:
        raise ReadError(origin.doc_id, "empty-page: the mail has no words", "leave it out")
    if own is not None:
        try:
            yield _mail_page(headers, own, origin)
        except ReadError as error:
            yield failure_of(error)
    for place, part in others:
        name = without_surrogates(f"{origin.doc_id}#{part.name or place}")
        yield from reading.inner(part.content, Origin(name, origin.path, media_type=part.media_type))
