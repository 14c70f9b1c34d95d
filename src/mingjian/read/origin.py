"""Where a page came from, as far as its container says."""

from __future__ import annotations

import re

import msgspec

_SURROGATE = re.compile("[\ud800-\udfff]")
_CHARSET = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)


class Origin(msgspec.Struct, frozen=True):
    """The name of the page for people, its file, and what its container tells of its address, time and media type."""

    doc_id: str
    path: str | None = None
    url: str | None = None
    retrieved_at: str | None = None
    media_type: str = ""

    @property
    def essence(self) -> str:
        """The media type in lower case, without its parameters."""
        return essence_of(self.media_type)

    @property
    def charset(self) -> str | None:
        """The encoding that the media type names."""
        return charset_of(self.media_type)


def essence_of(media_type: str) -> str:
    """The media type in lower case, without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def charset_of(media_type: str) -> str | None:
    """The encoding that the media type names.

    >>> charset_of("text/html; charset=GBK")
    'GBK'
    """
    found = _CHARSET.search(media_type)
    return found[1] if found else None


def without_surrogates(text: str) -> str:
    """The text with every lone surrogate as U+FFFD, one for one: surrogates are no characters and cannot be written.

    >>> without_surrogates("a" + chr(0xD800)) == "a" + chr(0xFFFD)
    True
    """
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
