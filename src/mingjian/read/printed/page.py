"""From printed sheets to a page: the text layer, what each stretch of it is, and where on paper its lines stand.

Headers, footers, page numbers, footnotes and words that stand across a page come behind the running text, so that a
sentence that runs over the end of a page stays whole. Their stretches have the path ``print/aside``; marks say which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingjian.core.model.page import Box, Declaration, Page, Stretch
from mingjian.core.model.span import cite
from mingjian.read.origin import Origin, without_surrogates
from mingjian.read.printed.columns import lines_in_order
from mingjian.read.printed.furniture import Parted, part
from mingjian.read.printed.paragraphs import Paragraph, hyphenated_words, joined, paragraphs
from mingjian.read.printed.sheets import Line, Piece, Sheet, body_size

_ASIDE = "print/aside"
_FRONT = 2_000  # characters in which a title must stand for the file's own name of itself to be one
_SHORTEST_TITLE = 5
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class _Writer:
    """The text layer as it grows."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self.parts: list[str] = []
        self.boxes: list[Box] = []
        self.stretches: list[Stretch] = []
        self.length = 0
        self._sheets = {sheet.number: sheet for sheet in sheets}

    def write(self, lines: Sequence[Line], words: Sequence[str], path: str, marks: str = "") -> None:
        """Adds a paragraph."""
        if self.length:
            self._add("\n")
        start = self.length
        for line, text in zip(lines, words, strict=True):
            self._box(line, len(text))
            self._add(text)
        self.stretches.append(Stretch(start, self.length, path, marks))

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _box(self, line: Line, most: int) -> None:
        place = self.length
        sheet = self._sheets[line.page]
        for piece in line.pieces:
            end = min(place + len(piece.text), self.length + most)
            if place < end:
                self.boxes.append(Box(place, end, line.page, *sheet.displayed(piece), piece.confidence))
            place += len(piece.text) + 1


def page_of_sheets(
    sheets: Sequence[Sheet], origin: Origin, content: bytes, media_type: str, information: dict[str, str]
) -> Page:
    """The page that the sheets print; ``information`` is what the file says of itself, and becomes the html layer.

    Only a title that stands among the first words of the text is declared: others are mostly those of a template. The
    day on which a file was made is never the day on which it was published, so it is not declared at all.
    """
    lines = {sheet.number: lines_in_order(sheet) for sheet in sheets}
    size = body_size(piece for sheet in sheets for row in sheet.rows for piece in row)
    writer = _Writer(sheets)
    if size:
        _write(writer, part(sheets, lines, size), size)
    for sheet in sheets:
        for piece in sheet.asides:
            writer.write((Line((piece,), sheet.number),), (piece.text,), _ASIDE, "across")
    text = without_surrogates("".join(writer.parts))
    told = without_surrogates("\n".join(f"{name}: {value}" for name, value in information.items()))
    told = _CONTROLS.sub(" ", told)
    return Page(
        doc_id=origin.doc_id,
        content=content,
        media_type=media_type,
        encoding="binary",
        text=text,
        html=told,
        path=origin.path,
        url=origin.url,
        retrieved_at=origin.retrieved_at,
        stretches=tuple(writer.stretches),
        declarations=_declarations(told, text),
        boxes=tuple(writer.boxes),
    )


def _write(writer: _Writer, parted: Parted, size: float) -> None:
    hyphenated = hyphenated_words(parted.running)
    for paragraph in paragraphs(parted.running, size):
        _write_paragraph(writer, paragraph, hyphenated, paragraph.path)
    notes = [line for line, kind in parted.aside if kind == "footnote"]
    if notes:
        for paragraph in paragraphs(notes, body_size(piece for line in notes for piece in line.pieces)):
            _write_paragraph(writer, paragraph, hyphenated, _ASIDE, "footnote")
    for line, kind in parted.aside:
        if kind != "footnote":
            writer.write((line,), (line.text,), _ASIDE, kind)


def _write_paragraph(
    writer: _Writer, paragraph: Paragraph, hyphenated: frozenset[str], path: str, marks: str = ""
) -> None:
    writer.write(paragraph.lines, joined(paragraph.lines, hyphenated), path, marks)


def _declarations(told: str, text: str) -> tuple[Declaration, ...]:
    first = told.partition("\n")[0]
    if not first.startswith("Title: "):
        return ()
    value = first.removeprefix("Title: ").strip()
    start = first.find(value)
    if len(value) < _SHORTEST_TITLE or _bare(value) not in _bare(text[:_FRONT]):
        return ()
    return (Declaration("title", value, cite(told, start, start + len(value), "html")),)


def _bare(text: str) -> str:
    return "".join(text.split())


def confident(pieces: Sequence[Piece], least: float) -> tuple[Piece, ...]:
    """The pieces that were recognised with at least that confidence."""
    return tuple(piece for piece in pieces if piece.confidence is None or piece.confidence >= least)
