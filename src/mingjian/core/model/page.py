"""A page as it was read: its bytes, its layers, and what the markup declares."""

from __future__ import annotations

import hashlib

import msgspec

from mingjian.core.model.span import Layer, Span
from mingjian.errors import PageError


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """A run of the text layer that came from one place of the markup.

    ``path`` is the chain of element names from the root (``html/body/div/p``); ``marks`` the class and id words of
    those elements, innermost last; ``link`` whether an ``a`` encloses it.
    """

    start: int
    end: int
    path: str
    marks: str = ""
    link: bool = False


class Container(msgspec.Struct, frozen=True, gc=False):
    """An element of the markup that holds words: they are one run of the text layer.

    ``tag`` is its name, ``marks`` the class, id, role and itemprop words of the element itself, ``parent`` the index of
    the container around it (-1 at the root).
    """

    start: int
    end: int
    tag: str
    marks: str = ""
    parent: int = -1


class Box(msgspec.Struct, frozen=True, gc=False):
    """Where words of the text layer stand on a printed page: pages count from 1, points from its upper left corner.

    ``confidence`` (0 to 1) is set where the words were recognised in a picture, and only there.
    """

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float
    confidence: float | None = None


class Declaration(msgspec.Struct, frozen=True):
    """Something that the markup says of the page: a ``meta``, the ``title`` element, a JSON-LD value.

    ``name`` is lower case (``title``, ``og:title``, ``pubdate``, ``json-ld:datePublished``, ``link:canonical``);
    ``value`` the plain value with entities expanded; ``evidence`` the words as they stand in the ``html`` layer.
    """

    name: str
    value: str
    evidence: Span


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page, never edited after reading.

    ``text`` is the text layer into which offsets count: for text the decoded characters untouched (without a
    byte-order mark), for HTML the words in order with a line feed between blocks. ``html`` is the decoded markup,
    empty for text. ``doc_id`` names the page to people: its path, or the id that its container gave it.
    """

    doc_id: str
    content: bytes
    media_type: str
    encoding: str
    text: str
    html: str = ""
    path: str | None = None
    url: str | None = None
    retrieved_at: str | None = None
    stretches: tuple[Stretch, ...] = ()
    containers: tuple[Container, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    boxes: tuple[Box, ...] = ()

    def __post_init__(self) -> None:
        for layer in (self.text, self.html, self.url or ""):
            try:
                layer.encode()
            except UnicodeEncodeError as error:
                raise PageError(f"{self.doc_id}: a lone surrogate at {error.start}; read it as U+FFFD") from None

    @property
    def sha256(self) -> str:
        """The hash of the page's bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def text_sha256(self) -> str:
        """The hash of the text layer, in UTF-8: the text into which every offset counts."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def layer(self, name: Layer) -> str:
        """The whole of one layer, empty where the page has none."""
        if name == "text":
            return self.text
        return self.html if name == "html" else self.url or ""
