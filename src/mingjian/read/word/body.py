"""The words of a Word file in the order in which they are read: paragraphs, rows of tables, text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from mingjian.errors import ReadError
from mingjian.read.word.numbering import Numbering
from mingjian.read.word.styles import Look, Styles, is_on
from mingjian.read.xml_trees import attribute, child, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DEEPEST = 60
_LONG_IN_CELL = 80  # from here a paragraph in a table is running text, not a value
_LEFT_OUT = frozenset(
    [
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "delInstrText",
        "rPr",
        "pPr",
        "sdtPr",
        "rt",
        "Fallback",
        "tblPr",
        "tblGrid",
    ]
)
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_WRAPPERS = frozenset(["sdt", "sdtContent", "customXml", "ins"])


class Line(msgspec.Struct, frozen=True):
    """A line of the page: its pieces (words, and whether they are a link).

    ``heading`` is its level (0 is the title), ``table`` the number of its table (from 1; 0 outside of tables).
    """

    pieces: tuple[tuple[str, bool], ...]
    heading: int | None = None
    table: int = 0
    like_title: bool = False


class Body:
    """The lines of one part of a Word file; numbers of lists count on from part to part."""

    def __init__(self, styles: Styles, numbering: Numbering, source: str) -> None:
        self._styles = styles
        self._numbering = numbering
        self._source = source
        self._tables = 0
        self._carried: list[tuple[str, bool]] = []

    def lines(self, root: Element, table: int = 0, depth: int = 0) -> Iterator[Line]:
        """The lines of everything below the element; raises ``ReadError`` where things lie too deep in one another."""
        self._check(depth)
        for item in root:
            name = local(item)
            if name == "p":
                yield from self._paragraph(item, table, depth)
            elif name == "tbl":
                self._tables += 1
                yield from self._table(item, self._tables, depth)
            elif name not in _LEFT_OUT:
                yield from self.lines(item, table, depth + 1)

    def _check(self, depth: int) -> None:
        if depth > _DEEPEST:
            problem = f"too-deep: parts of the document lie in one another more than {_DEEPEST} times"
            raise ReadError(self._source, problem, "save the file as text")

    def _paragraph(self, paragraph: Element, table: int, depth: int) -> Iterator[Line]:
        look = self._styles.look(paragraph)
        pieces: list[tuple[str, bool]] = []
        boxes: list[Element] = []
        if not look.hidden:
            self._collect(paragraph, pieces, boxes, link=False, depth=depth)
        if child(paragraph, "pPr", "rPr", "del") is not None:  # its end is deleted: the next goes on in its line
            self._carried += pieces
        else:
            pieces, self._carried = [*self._carried, *pieces], []
            yield from self._broken(pieces, self._number(look, pieces), look, table)
        for box in boxes:
            yield from self.lines(box, table, depth + 1)

    def _number(self, look: Look, pieces: list[tuple[str, bool]]) -> str:
        if look.number is None or look.number == "0":
            return ""
        depth = look.depth
        if depth is None:
            depth = self._numbering.level_of_style(look.number, look.style)
        shows = any(words.strip() for words, _ in pieces)
        number = self._numbering.next(look.number, depth or 0)
        return number if shows else ""

    def _broken(self, pieces: list[tuple[str, bool]], number: str, look: Look, table: int) -> Iterator[Line]:
        """The paragraph in the lines that its own breaks make."""
        lines: list[list[tuple[str, bool]]] = [[(number, False)] if number else []]
        for words, link in pieces:
            first, *others = words.split("\n")
            lines[-1].append((first, link))
            lines += [[(other, link)] for other in others]
        for line in lines:
            if any(words.strip() for words, _ in line):
                yield Line(tuple(line), look.heading, table, look.like_title)

    def _collect(
        self, element: Element, pieces: list[tuple[str, bool]], boxes: list[Element], *, link: bool, depth: int
    ) -> None:
        """Adds what the element shows to the pieces, and the text boxes that hang on it to the boxes."""
        self._check(depth)
        seen_choice = False
        for item in element:
            name = local(item)
            if name == "t":
                pieces.append(((item.text or "").replace("\n", " "), link))
            elif name == "txbxContent":
                boxes.append(item)
            elif name in _SIGNS:
                pieces.append((_SIGNS[name], link))
            elif name == "sym":
                pieces.append((_symbol(item), link))
            elif name == "Fallback" and not seen_choice:
                self._collect(item, pieces, boxes, link=link, depth=depth + 1)
            elif name not in _LEFT_OUT and not _is_hidden(item, name):
                seen_choice = seen_choice or name == "Choice"
                self._collect(item, pieces, boxes, link=link or name == "hyperlink", depth=depth + 1)

    def _table(self, table: Element, number: int, depth: int) -> Iterator[Line]:
        self._check(depth)
        for row in _rows(table):
            cells = [list(self.lines(cell, number, depth + 1)) for cell in _cells(row)]
            full = [cell for cell in cells if cell]
            lines = [line for cell in full for line in cell]
            if len(full) < 2 or any(_length(line) > _LONG_IN_CELL for line in lines):
                yield from lines
            elif full:
                yield Line(tuple(_joined(full)), None, number)


def _joined(cells: list[list[Line]]) -> Iterator[tuple[str, bool]]:
    """One line of a row: tabs between cells, spaces between the paragraphs of one."""
    for place, cell in enumerate(cells):
        for index, line in enumerate(cell):
            if place or index:
                yield (" " if index else "\t"), False
            yield from _stripped(line.pieces)


def _stripped(pieces: tuple[tuple[str, bool], ...]) -> list[tuple[str, bool]]:
    kept = [(words, link) for words, link in pieces if words]
    if kept:
        kept[0] = (kept[0][0].lstrip(), kept[0][1])
        kept[-1] = (kept[-1][0].rstrip(), kept[-1][1])
    return kept


def _length(line: Line) -> int:
    return sum(len(words) for words, _ in line.pieces)


def _rows(table: Element, depth: int = 0) -> Iterator[Element]:
    for item in table:
        name = local(item)
        if name == "tr" and child(item, "trPr", "del") is None:
            yield item
        elif name in _WRAPPERS and depth < _DEEPEST:
            yield from _rows(item, depth + 1)


def _cells(row: Element, depth: int = 0) -> Iterator[Element]:
    for item in row:
        name = local(item)
        if name == "tc":
            yield item
        elif name in _WRAPPERS and depth < _DEEPEST:
            yield from _cells(item, depth + 1)


def _is_hidden(item: Element, name: str) -> bool:
    return name == "r" and is_on(child(item, "rPr", "vanish"))


def _symbol(item: Element) -> str:
    """The character of a symbol, unless it stands in the private area, where only its font knows what it is."""
    try:
        code = int(attribute(item, "char") or "", 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code <= 0xFFFD else ""
