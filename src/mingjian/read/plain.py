"""Text files, Markdown included: the decoded characters are the text layer, untouched."""

from __future__ import annotations

from typing import IO

from mingjian.core.model.page import Page
from mingjian.read.checks import must_be_text, with_words
from mingjian.read.decode import decode, encoding_of_name
from mingjian.read.limits import whole
from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reader, Reading


def text_page(doc_id: str, content: bytes, *, path: str | None = None) -> Page:
    """The page of a text file's bytes; raises ``ReadError`` where no encoding makes sense of them."""
    return _page(content, Origin(doc_id, path))


def _page(content: bytes, origin: Origin) -> Page:
    decoded = decode(content, origin.doc_id, encoding_of_name(origin.charset))
    return page_of_text(decoded.text, origin, content, decoded.encoding)


def page_of_text(text: str, origin: Origin, content: bytes, encoding: str) -> Page:
    """The page of text that is already decoded."""
    return Page(
        doc_id=origin.doc_id,
        content=content,
        media_type="text/plain",
        encoding=encoding,
        text=text,
        path=origin.path,
        url=origin.url,
        retrieved_at=origin.retrieved_at,
    )


def _read(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    content = whole(stream, origin.doc_id, reading.limits)
    yield with_words(_page(must_be_text(content, origin.doc_id), origin))


READER = Reader(
    name="text",
    read=_read,
    endings=("txt", "text", "md"),
    media_types=("text/plain", "text/markdown"),
    knows=lambda beginning: True,
    single=True,
)
