"""The page of an image file, of as many sheets as it holds frames."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any

from mingjian.errors import ReadError
from mingjian.read.checks import with_words
from mingjian.read.limits import Limits, whole
from mingjian.read.origin import Origin
from mingjian.read.pictures.reader import INSTALL
from mingjian.read.pictures.recognition import sheet_of_picture
from mingjian.read.port import Items, Reading
from mingjian.read.printed.page import page_of_sheets
from mingjian.read.printed.sheets import Picture

_MOST_PIXELS = 60_000_000
_MOST_FRAMES = 200
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")


def pages_of_picture(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    """The page of the file; raises ``ReadError`` where it is no picture, or too large, or nothing recognises it."""
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
