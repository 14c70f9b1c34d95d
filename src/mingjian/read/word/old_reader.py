"""Old Word files, WPS files and rich text (.doc, .wps, .rtf): turned into .docx by LibreOffice, then read as that.

The formats are closed or huge; LibreOffice keeps tables and numbers of them. It runs with a profile of its own and a
time limit, so that nothing of the user's office is touched and nothing hangs.
"""

from __future__ import annotations

from typing import IO

from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reader, Reading

OLE, RICH = b"\xd0\xcf\x11\xe0", b"{\\rtf"
MEDIA_TYPES = {"doc": "application/msword", "wps": "application/vnd.ms-works", "rtf": "application/rtf"}


def _read(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    from mingjian.read.word.old_pages import pages_of_old_word  # here, because a start must not cost it

    yield from pages_of_old_word(stream, origin, reading)


READER = Reader(
    name="doc",
    read=_read,
    endings=tuple(MEDIA_TYPES),
    media_types=(*MEDIA_TYPES.values(), "text/rtf"),
    magic=(OLE, RICH),
    single=True,
)
