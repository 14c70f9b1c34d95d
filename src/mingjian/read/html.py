"""HTML pages: the words in order as text layer, the decoded markup as html layer, and what the markup declares."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read.declarations import find_declarations
from mingjian.read.decode import declared_encoding, decode
from mingjian.read.layout import lay_out
from mingjian.read.nesting import flatten
from mingjian.read.origin import Origin


def html_page(doc_id: str, content: bytes, *, path: str | None = None) -> Page:
    """The page of an HTML file's bytes; raises ``ReadError`` where no encoding makes sense of them.

    The encoding that the markup declares is tried, and dropped where the bytes contradict it.
    """
    decoded = decode(content, doc_id, declared_encoding(content))
    return page_of_markup(decoded.text, Origin(doc_id, path), content, decoded.encoding)


def page_of_markup(markup: str, origin: Origin, content: bytes, encoding: str) -> Page:
    """The page of markup that is already decoded.

    What readers of the page do not see is left out of the text: the head, scripts and styles, ``hidden`` and
    ``display:none`` elements, texts to be edited (``textarea``), the readings of ruby. The address is the container's
    alone; a canonical link is a declaration.
    """
    try:
        tree = LexborHTMLParser(flatten(markup), scripting=True)
    except SelectolaxError:
        raise ReadError(origin.doc_id, "unparsable: the parser gave the markup up", "save the page as text") from None
    text, stretches = lay_out(tree.root)
    return Page(
        doc_id=origin.doc_id,
        content=content,
        media_type="text/html",
        encoding=encoding,
        text=text,
        html=markup,
        path=origin.path,
        url=origin.url,
        retrieved_at=origin.retrieved_at,
        stretches=stretches,
        declarations=find_declarations(markup),
    )
