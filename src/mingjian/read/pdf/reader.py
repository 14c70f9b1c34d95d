"""PDF files: the words of their pages as they are read, with the place of each line.

The text layer is made here, once: letters become lines, lines columns and paragraphs; tables are read row by row with
tabs between the cells. Words that only print or only recognition left invisible are kept; watermarks are left out. What
the document information says (title, author, dates) is the html layer, as lines of ``Name: value``.
"""

from __future__ import annotations

import re
from typing import IO

from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reader, Reading

_HEADER = re.compile(rb"(?:\A|[\r\n\0])\s*%PDF-\d\.\d")
FARTHEST = 1_024
"""The bytes before the header that readers of PDF put up with."""


def looks_like_pdf(beginning: bytes) -> bool:
    """Whether the header of a PDF stands among the first bytes."""
    return _HEADER.search(beginning[: FARTHEST + 8]) is not None


def _read(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    from mingjian.read.pdf.pages import pages_of_pdf  # here, because a start must not cost it

    yield from pages_of_pdf(stream, origin, reading)


READER = Reader(
    name="pdf",
    read=_read,
    endings=("pdf",),
    media_types=("application/pdf", "application/x-pdf"),
    magic=(b"%PDF-",),
    knows=looks_like_pdf,
    single=True,
)
