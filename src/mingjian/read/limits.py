"""How much of the world one page may be."""

from __future__ import annotations

from typing import IO

import msgspec

from mingjian.errors import ReadError

_LEAST_CHARACTERS = 100_000


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much is read before a page is given up.

    ``max_bytes``: the bytes of one page after decompression; a line of JSON lines and a member of a container count as
    one page. A page may have a tenth as many characters of text, of which a second reads some fifty thousand.
    ``max_depth``: how deep containers may lie in one another. ``max_pages``: the printed pages of one file.
    ``max_page_seconds``: how long one of them may take. ``ocr``: whether pictures and scanned pages are recognised.
    """

    max_bytes: int = 20_000_000
    max_depth: int = 3
    max_pages: int = 2_000
    max_page_seconds: float = 30.0
    ocr: bool = False

    @property
    def max_characters(self) -> int:
        """The most characters of one page's text."""
        return max(_LEAST_CHARACTERS, self.max_bytes // 10)


def too_large(source: str, limits: Limits) -> ReadError:
    """The error for a page beyond the limit, which names the limit and the option that moves it."""
    problem = f"too-large: more than the limit of {limits.max_bytes} bytes for one page"
    return ReadError(source, problem, "split it, or raise the limit with --max-megabytes (Limits.max_bytes)")


def whole(stream: IO[bytes], source: str, limits: Limits) -> bytes:
    """All bytes of one page; never more than the limit are held, however much a packed file would grow."""
    content = stream.read(limits.max_bytes + 1)
    if len(content) > limits.max_bytes:
        raise too_large(source, limits)
    return content
