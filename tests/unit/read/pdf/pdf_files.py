"""PDF files for tests, drawn line by line."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.read.limits import Limits
from mingjian.read.origin import Origin
from mingjian.read.port import Reader, Reading

SONG = "STSong-Light"
LEFT, TOP, PITCH = 72.0, 120.0, 20.0
Draw = Callable[["Paper"], None]


class Paper:
    """One page of A4 on which lines are put by their distance from the upper left corner."""

    def __init__(self, canvas: Canvas, number: int) -> None:
        self.canvas = canvas
        self.number = number

    def line(self, text: str, left: float = LEFT, top: float = TOP, size: float = 12, font: str = SONG) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(left, 842 - top, text)

    def lines(
        self, texts: Sequence[str], left: float = LEFT, top: float = TOP, size: float = 12, font: str = SONG
    ) -> None:
        """A stack of lines; two blanks before one set it in by two letters."""
        for row, text in enumerate(texts):
            words = text.lstrip("　")
            inset = size * (len(text) - len(words))
            self.line(words, left + inset, top + row * size * 5 / 3, size, font)


def pdf_of(*pages: Draw, title: str = "", lock: str = "", rotation: int = 0) -> bytes:
    """The PDF of these pages."""
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    stream = io.BytesIO()
    encryption = StandardEncryption(lock, canPrint=1) if lock else None
    canvas = Canvas(stream, pagesize=(595, 842), encrypt=encryption, invariant=1)
    if title:
        canvas.setTitle(title)
    for number, draw in enumerate(pages, start=1):
        if rotation:
            canvas.setPageRotation(rotation)
        draw(Paper(canvas, number))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def items_of(reader: Reader, content: bytes, limits: Limits | None = None) -> list[Page | Failure]:
    """What the reader makes of the bytes."""
    reading = Reading(limits or Limits(), lambda content, origin: iter(()))
    return list(reader.read(io.BytesIO(content), Origin("a.pdf"), reading))
