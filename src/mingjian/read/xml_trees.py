"""XML as a tree, never more of it than its bytes: no entity is defined, no other file is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjian.errors import ReadError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST_ELEMENTS = 1_000_000
_MEND = "take the definitions of entities out, or save the page as text"


def tree_of(content: bytes | str, source: str) -> Element:
    """The root element; raises ``ReadError`` where the XML is broken, defines entities or holds too many elements."""
    from xml.etree.ElementTree import ParseError, XMLParser

    refuse_entities(content, source)
    parser = XMLParser()  # noqa: S314 - the same
    try:
        parser.feed(content)
        return parser.close()
    except (ParseError, LookupError, ValueError) as error:
        problem = f"broken-xml: {str(error).partition(':')[0]}"
        raise ReadError(source, problem, "save it again, or save the page as text") from None


def refuse_entities(content: bytes | str, source: str) -> None:
    """Raises ``ReadError`` where the document type defines entities, or where more elements stand than pages have.

    Entities are defined before the first element alone, so no more than that is looked at.
    """
    from xml.parsers.expat import ExpatError, ParserCreate

    opening: bytes | str = b"<" if isinstance(content, bytes) else "<"
    if content.count(opening) > _MOST_ELEMENTS:  # type: ignore[arg-type]
        problem = f"too-large: more than {_MOST_ELEMENTS} elements in one piece of XML"
        raise ReadError(source, problem, "split it, or save the page as text")
    parser = ParserCreate()

    def on_entity(*_: object) -> None:
        raise ReadError(source, "entity-bomb: the XML defines entities of its own", _MEND)

    def on_element(*_: object) -> None:
        raise _RootSeen

    parser.EntityDeclHandler = on_entity
    parser.StartElementHandler = on_element
    try:
        parser.Parse(content, True)
    except (_RootSeen, ExpatError, LookupError, ValueError):
        return


class _RootSeen(Exception):  # noqa: N818 - no error: it ends the look at the prologue
    """The first element stands here."""


def local(element: Element) -> str:
    """The name of the element without its namespace; nothing for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """The attribute of that name in whatever namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def child(element: Element | None, *names: str) -> Element | None:
    """What the names lead to from the element, the first of each name."""
    for name in names:
        if element is None:
            return None
        element = next((item for item in element if local(item) == name), None)
    return element


def value_of(element: Element | None, *names: str) -> str | None:
    """The ``val`` of what the names lead to."""
    found = child(element, *names)
    return attribute(found, "val") if found is not None else None
