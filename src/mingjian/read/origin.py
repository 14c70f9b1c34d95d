"""Where a page came from, as far as its container says."""

from __future__ import annotations

import re

import msgspec

_SURROGATE = re.compile("[\ud800-\udfff]")


class Origin(msgspec.Struct, frozen=True):
    """The name of the page for people, its file, and what its container tells of its address and time."""

    doc_id: str
    path: str | None = None
    url: str | None = None
    retrieved_at: str | None = None


def without_surrogates(text: str) -> str:
    """The text with every lone surrogate as U+FFFD, one for one: surrogates are no characters and cannot be written.

    >>> without_surrogates("a" + chr(0xD800)) == "a" + chr(0xFFFD)
    True
    """
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
