"""Words out of pictures of pages, by the optional recogniser.

The recogniser (RapidOCR, with the models that its package holds) is the optional extra ``ocr``. It needs no network. A
line that it finds is a piece with its place and its confidence; of these the page is laid out as of a PDF's letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from statistics import median
from typing import Any, TypeAlias

import msgspec

from mingjian.errors import ReadError
from mingjian.read.origin import without_surrogates
from mingjian.read.pictures.reader import INSTALL
from mingjian.read.printed.page import confident
from mingjian.read.printed.sheets import Picture, Piece, Sheet, rows_of

# One thread: more would spend a third more time of the processors on the same words.
_THREADS = "EngineConfig.onnxruntime"
_SETTINGS = {
    "Global.log_level": "critical",
    f"{_THREADS}.intra_op_num_threads": 1,
    f"{_THREADS}.inter_op_num_threads": 1,
}
_LEAST_CONFIDENCE = 0.5
_SAME_SIZE = 0.22
_LETTER = 0.8  # of the height of a recognised line


class Recognised(msgspec.Struct, frozen=True):
    """One line: its words, left, top, right and bottom in pixels, and the confidence from 0 to 1."""

    text: str
    box: tuple[float, float, float, float]
    confidence: float


Recogniser: TypeAlias = Callable[[Picture], Sequence[Recognised]]


def sheet_of_picture(picture: Picture, doc_id: str) -> Sheet:
    """The words of a picture as a printed page; raises ``ReadError`` where the recogniser is not installed."""
    try:
        recognise = recogniser()
    except ImportError:
        raise ReadError(doc_id, "no-text-layer: the recogniser is not installed", INSTALL) from None
    pieces = confident(list(_pieces(recognise(picture), picture.scale)), _LEAST_CONFIDENCE)
    width, height = picture.width / picture.scale, picture.height / picture.scale
    return Sheet(picture.number, width, height, rows_of(pieces))


def _pieces(lines: Sequence[Recognised], scale: float) -> Iterator[Piece]:
    """The lines in points; letters of nearly the usual size have that size, since heights of lines are not exact."""
    sizes = [_LETTER * (line.box[3] - line.box[1]) / scale for line in lines]
    usual = median(sizes) if sizes else 0.0
    for line, size in zip(lines, sizes, strict=True):
        left, top, right, bottom = (round(number / scale, 2) for number in line.box)
        text = " ".join(without_surrogates(line.text).split())
        if text and size > 0:
            steady = usual if abs(size - usual) < _SAME_SIZE * usual else size
            yield Piece(text, left, top, right, bottom, round(steady, 2), confidence=round(line.confidence, 3))


@cache
def recogniser() -> Recogniser:
    """The recogniser of the extra ``ocr``, made once; raises ``ImportError`` where it is missing."""
    import numpy
    from rapidocr import RapidOCR

    engine: Any = RapidOCR(params=_SETTINGS)

    def recognise(picture: Picture) -> list[Recognised]:
        if not picture.pixels:
            return []
        grey = numpy.frombuffer(picture.pixels, dtype=numpy.uint8).reshape(picture.height, picture.width)
        found = engine(numpy.repeat(grey[:, :, None], 3, axis=2))
        if found.boxes is None:
            return []
        lines = zip(found.boxes.tolist(), found.txts, found.scores, strict=True)
        return [Recognised(text, _frame(corners), float(score)) for corners, text, score in lines]

    return recognise


def _frame(corners: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return min(across), min(down), max(across), max(down)
