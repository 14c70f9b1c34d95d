"""Words out of pictures: scanned pages and image files, recognised only when asked for.

The recogniser (RapidOCR, with the models that its package holds) is the optional extra ``ocr``. It needs no network. A
line that it finds is a piece with its place and its confidence; of these the page is laid out as of a PDF's letters.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from statistics import median
from typing import IO, Any, TypeAlias

import msgspec

from mingjian.errors import ReadError
from mingjian.read.checks import with_words
from mingjian.read.limits import Limits, whole
from mingjian.read.origin import Origin, without_surrogates
from mingjian.read.pdf_process import Picture
from mingjian.read.port import Items, Reader, Reading
from mingjian.read.printed import Piece, Sheet, rows_of
from mingjian.read.printed_page import confident, page_of_sheets

INSTALL = "it needs the extra: pip install 'mingjian[ocr]'"
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
_MOST_PIXELS = 60_000_000
_MOST_FRAMES = 200


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


def _read(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    if not reading.limits.ocr:
        problem = "no-text-layer: this is a picture"
        raise ReadError(origin.doc_id, problem, f"read it again with --ocr ({INSTALL})")
    content = whole(stream, origin.doc_id, reading.limits)
    media_type, pictures = _decoded(content, origin.doc_id, reading.limits)
    sheets = [sheet_of_picture(picture, origin.doc_id) for picture in pictures]
    yield with_words(page_of_sheets(sheets, origin, content, media_type, {}))


def _decoded(content: bytes, doc_id: str, limits: Limits) -> tuple[str, Iterator[Picture]]:
    """The media type of a picture file, and its frames; a pixel counts as a point."""
    try:
        from PIL import Image
    except ImportError:
        raise ReadError(doc_id, "no-text-layer: the recogniser is not installed", INSTALL) from None
    try:
        image = Image.open(io.BytesIO(content), formats=_FORMATS)
    except Exception as error:  # noqa: BLE001 - decoders of pictures raise whatever they meet
        raise _broken(doc_id, error) from None
    _must_be_small(image, doc_id)
    return Image.MIME.get(image.format or "", "image/png"), _frames(image, doc_id, min(_MOST_FRAMES, limits.max_pages))


def _frames(image: Any, doc_id: str, most: int) -> Iterator[Picture]:  # noqa: ANN401 - Pillow is optional
    count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    for index in range(min(count, most)):
        try:
            image.seek(index)
            _must_be_small(image, doc_id)
            seen = _on_white(image)
        except ReadError:
            raise
        except Exception as error:  # noqa: BLE001 - decoders of pictures raise whatever they meet
            raise _broken(doc_id, error) from None
        yield Picture(index + 1, seen.width, seen.height, 1.0, seen.tobytes())


def _must_be_small(image: Any, doc_id: str) -> None:  # noqa: ANN401 - Pillow is optional
    if image.width * image.height > _MOST_PIXELS:
        problem = f"too-large: {image.width} by {image.height} pixels"
        raise ReadError(doc_id, problem, f"make it smaller than {_MOST_PIXELS // 1_000_000} million pixels")


def _on_white(image: Any) -> Any:  # noqa: ANN401 - Pillow is optional
    """The picture in grey, on white paper where it is transparent."""
    from PIL import Image

    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("L")
    seen = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("L")


def _broken(doc_id: str, error: Exception) -> ReadError:
    return ReadError(doc_id, f"unparsable: no whole picture ({type(error).__name__})", "fetch it again")


_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
READER = Reader(
    name="picture",
    read=_read,
    endings=("png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp"),
    media_types=("image/png", "image/jpeg", "image/gif", "image/bmp", "image/tiff", "image/webp"),
    magic=(b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"),
)
