"""What linking keeps of pages, with a checksum: it can be made anew, but must not be believed when it is damaged."""

from __future__ import annotations

import zlib

_SEAL = b"\xc1"  # begins nothing that linking keeps: what begins otherwise was kept before there were seals
_CHECKED = len(_SEAL) + 4


def sealed(content: bytes) -> bytes:
    """The content behind its checksum."""
    return _SEAL + zlib.crc32(content).to_bytes(4, "little") + content


def unsealed(kept: bytes) -> bytes | None:
    """The content, or nothing where it is damaged.

    >>> unsealed(sealed(b"abc")), unsealed(sealed(b"abc")[:-1]), unsealed(b"old")
    (b'abc', None, b'old')
    """
    if not kept.startswith(_SEAL):
        return kept
    content = kept[_CHECKED:]
    return content if zlib.crc32(content).to_bytes(4, "little") == kept[len(_SEAL) : _CHECKED] else None
