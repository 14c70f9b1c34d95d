"""Image files of pages (scans, screenshots), read only where recognition is asked for."""

from __future__ import annotations

from typing import IO

from mingjian.errors import ReadError
from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reader, Reading

INSTALL = "it needs the extra: pip install 'mingjian[ocr]'"


def _read(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    if not reading.limits.ocr:
        problem = "no-text-layer: this is a picture"
        raise ReadError(origin.doc_id, problem, f"read it again with --ocr ({INSTALL})")
    from mingjian.read.pictures.pages import pages_of_picture  # here, because a start must not cost it

    yield from pages_of_picture(stream, origin, reading)


READER = Reader(
    name="picture",
    read=_read,
    endings=("png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp"),
    media_types=("image/png", "image/jpeg", "image/gif", "image/bmp", "image/tiff", "image/webp"),
    magic=(b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"),
    single=True,
)
