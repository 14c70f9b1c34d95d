"""The port of reading: what a reader of a kind of file is, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, TypeAlias

import msgspec

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.read.limits import Limits
from mingjian.read.origin import Origin

Items: TypeAlias = Iterator[Page | Failure]


class Reading(msgspec.Struct, frozen=True):
    """What every reader is given beside the bytes: the limits, and how to read what a container holds.

    ``inner`` takes the bytes of a member and its origin, whose media type it trusts as far as the bytes allow; it
    gives failures as values and raises none.
    """

    limits: Limits
    inner: Callable[[bytes, Origin], Items]


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of file, how it is told, and how its bytes become pages.

    ``endings`` are those of file names, in lower case and without the dot; ``media_types`` those that containers
    declare; ``magic`` what such files begin with, which overrules any name; ``knows`` looks at the first bytes where
    neither name nor media type nor magic tells. ``read`` yields a page for each that the stream holds; a container
    yields a ``Failure`` for a member that is none. It raises ``ReadError`` where it can go on no more: what it gave
    before is kept. The same bytes must give the same pages. One that ``unpacks`` is given gzip and zstd as they are,
    because it can go on behind damage. ``single`` says that a file is one page: then pages can be counted beforehand.
    """

    name: str
    read: Callable[[IO[bytes], Origin, Reading], Items]
    endings: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    magic: tuple[bytes, ...] = ()
    knows: Callable[[bytes], bool] | None = None
    unpacks: bool = False
    single: bool = False
