"""The page of HTML: the words in order as text layer, the decoded markup as html layer."""

from __future__ import annotations

import re
from typing import IO

import msgspec
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read.checks import must_be_text, with_words
from mingjian.read.decode import declared_encoding, decode, encoding_of_name
from mingjian.read.html.declarations import find_declarations
from mingjian.read.html.layout import lay_out_seen
from mingjian.read.html.nesting import flatten
from mingjian.read.limits import whole
from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reading

_BEGINNING = 8_192
_MOST_TAGS = 1_000_000
_SAVED_FROM = re.compile(
    rb"<!--\s{0,9}saved from url=\(\d{4,6}\)(https?://[\x21-\x7e]{1,2000})\s{0,9}-->", re.IGNORECASE
)


def html_page(doc_id: str, content: bytes, *, path: str | None = None) -> Page:
    """The page of an HTML file's bytes; raises ``ReadError`` where no encoding makes sense of them.

    The encoding that the markup declares is tried, and dropped where the bytes contradict it.
    """
    return page_of_html(content, Origin(doc_id, path))


def page_of_html(content: bytes, origin: Origin) -> Page:
    """The same for bytes whose container tells more of where they come from.

    The remark that browsers put into pages they save gives the address where the container gives none.
    """
    declared = encoding_of_name(origin.charset) or declared_encoding(content)
    saved = _SAVED_FROM.search(content[:_BEGINNING]) if origin.url is None else None
    if saved is not None:
        origin = msgspec.structs.replace(origin, url=saved[1].decode("ascii"))
    decoded = decode(content, origin.doc_id, declared)
    return page_of_markup(decoded.text, origin, content, decoded.encoding)


def page_of_markup(markup: str, origin: Origin, content: bytes, encoding: str) -> Page:
    """The page of markup that is already decoded.

    What readers of the page do not see is left out of the text: the head, scripts and styles, ``hidden`` and
    ``display:none`` elements (unless hardly a sentence is left), texts to be edited (``textarea``), the readings of
    ruby. The address is the container's alone; a canonical link is a declaration. Raises ``ReadError`` for more tags
    than pages have, whose tree would take a hundred times their bytes.
    """
    if markup.count("<") > _MOST_TAGS:
        raise ReadError(origin.doc_id, f"too-large: more than {_MOST_TAGS} tags in one page", "split it")
    try:
        tree = LexborHTMLParser(flatten(markup), scripting=True)
    except SelectolaxError:
        raise ReadError(origin.doc_id, "unparsable: the parser gave the markup up", "save the page as text") from None
    laid = lay_out_seen(tree.root)
    return Page(
        doc_id=origin.doc_id,
        content=content,
        media_type="text/html",
        encoding=encoding,
        text=laid.text,
        html=markup,
        path=origin.path,
        url=origin.url,
        retrieved_at=origin.retrieved_at,
        stretches=laid.stretches,
        containers=laid.containers,
        declarations=find_declarations(markup),
    )


def pages_of_html(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    """The page of the file; raises ``ReadError`` where it is no text, or holds no words."""
    content = whole(stream, origin.doc_id, reading.limits)
    yield with_words(page_of_html(must_be_text(content, origin.doc_id), origin))
