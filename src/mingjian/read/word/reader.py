"""Word files (.docx): the words that Word shows, in reading order, with the numbers of lists.

The text layer is what a reader of the page sees: numbers of headings and clauses included, deleted and hidden words
left out. Headlines, notes, page headers and footers are told apart by the path of their stretches (``h1`` … ``h6``,
``footnotes``, ``page-header``, ``page-footer``). Why by hand: ``docs/decisions/0006-formats-read-by-hand.md``.
"""

from __future__ import annotations

from typing import IO

from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reader, Reading

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _read(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    from mingjian.read.word.pages import pages_of_word  # here, because a start must not cost it

    yield from pages_of_word(stream, origin, reading)


READER = Reader(
    name="docx",
    read=_read,
    endings=("docx", "docm", "dotx"),
    media_types=(MEDIA_TYPE,),
    magic=(b"PK\x03\x04", b"PK\x05\x06"),
    single=True,
)
