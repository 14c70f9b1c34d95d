"""Text files, Markdown included: the decoded characters are the text layer, untouched."""

from __future__ import annotations

from mingjian.core.model.page import Page
from mingjian.read.decode import decode
from mingjian.read.origin import Origin


def text_page(doc_id: str, content: bytes, *, path: str | None = None) -> Page:
    """The page of a text file's bytes; raises ``ReadError`` where no encoding makes sense of them."""
    decoded = decode(content, doc_id)
    return page_of_text(decoded.text, Origin(doc_id, path), content, decoded.encoding)


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
