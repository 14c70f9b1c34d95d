"""What the styles of a Word file say of paragraphs: headings, lists, how large and where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from mingjian.read.xml_trees import attribute, child, local, value_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEADING = re.compile(r"(?:heading|标题)\s?([1-9])", re.IGNORECASE)
_TITLES = {"title": 0, "标题": 0, "subtitle": 2, "副标题": 2}
_LONGEST_CHAIN = 20
_LARGE = 36  # half-points: 小二, the least that headlines of documents are set in
_OFF = ("0", "false", "off")


class Look(msgspec.Struct, frozen=True):
    """How a paragraph looks.

    ``heading`` is its level (0 is the title), ``number`` and ``depth`` are the id of its list and its level there (from
    0), ``size`` is that of its first run in half-points, ``style`` the id of its style.
    """

    heading: int | None = None
    number: str | None = None
    depth: int | None = None
    centred: bool = False
    size: int = 0
    hidden: bool = False
    style: str = ""

    @property
    def like_title(self) -> bool:
        """Whether headlines are set so in documents that use no styles."""
        return self.centred and self.size >= _LARGE


class Styles:
    """The styles of one file."""

    def __init__(self, root: Element | None) -> None:
        items = [item for item in root if local(item) == "style"] if root is not None else []
        self._items = {attribute(item, "styleId") or "": item for item in items}
        self._looks: dict[str, Look] = {}
        default = (attribute(item, "styleId") for item in items if _is_default(item))
        self._default = next(default, None) or ""

    def look(self, paragraph: Element) -> Look:
        """How the paragraph looks: what it says itself goes before its style."""
        properties = child(paragraph, "pPr")
        named = value_of(properties, "pStyle") or self._default
        look = _over(self._of_style(named), properties)
        run = next((item for item in paragraph if local(item) == "r"), None)
        size = _number(value_of(run, "rPr", "sz"))
        return msgspec.structs.replace(look, style=named, size=look.size if size is None else size)

    def _of_style(self, name: str) -> Look:
        if name not in self._looks:
            chain: list[Element] = []
            current = name
            while current in self._items and len(chain) < _LONGEST_CHAIN:
                chain.append(self._items[current])
                current = value_of(self._items[current], "basedOn") or ""
            look = Look()
            for item in reversed(chain):
                look = _named(_over(look, child(item, "pPr")), value_of(item, "name") or "")
                size = _number(value_of(item, "rPr", "sz"))
                hidden = child(item, "rPr", "vanish")
                look = msgspec.structs.replace(
                    look,
                    size=look.size if size is None else size,
                    hidden=look.hidden if hidden is None else is_on(hidden),
                )
            self._looks[name] = look
        return self._looks[name]


def is_on(element: Element | None) -> bool:
    """Whether a switch stands and is not turned off."""
    return element is not None and attribute(element, "val") not in _OFF


def _is_default(item: Element) -> bool:
    return attribute(item, "type") == "paragraph" and attribute(item, "default") in ("1", "true")


def _named(look: Look, name: str) -> Look:
    found = _HEADING.fullmatch(name.strip())
    heading = int(found[1]) if found else _TITLES.get(name.strip().lower())
    return look if heading is None else msgspec.structs.replace(look, heading=heading)


def _over(look: Look, properties: Element | None) -> Look:
    """The look with what the properties of a paragraph change in it."""
    if properties is None:
        return look
    outline = _number(value_of(properties, "outlineLvl"))
    heading = look.heading
    if outline is not None and look.heading != 0:
        heading = outline + 1 if outline < 9 else None
    number = value_of(properties, "numPr", "numId")
    depth = _number(value_of(properties, "numPr", "ilvl"))
    place = value_of(properties, "jc")
    return msgspec.structs.replace(
        look,
        heading=heading,
        number=look.number if number is None else number,
        depth=look.depth if depth is None else depth,
        centred=look.centred if place is None else place == "center",
    )


def _number(written: str | None) -> int | None:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 6 else None
