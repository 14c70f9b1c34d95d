"""The readers there are, and which of them reads what: one line here for a new kind of file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from mingjian.errors import ReadError
from mingjian.read import json_lines, plain
from mingjian.read.feeds import json_reader as json_feed
from mingjian.read.feeds import reader as feed
from mingjian.read.html import reader as html
from mingjian.read.mail import mhtml_reader as mhtml
from mingjian.read.mail import reader as mail
from mingjian.read.origin import Origin
from mingjian.read.pdf import reader as pdf
from mingjian.read.pictures import reader as pictures
from mingjian.read.port import Reader
from mingjian.read.warc import reader as warc
from mingjian.read.word import old_reader as old_word
from mingjian.read.word import reader as word

BUILT_IN: tuple[Reader, ...] = (
    pdf.READER,
    pictures.READER,
    warc.READER,
    word.READER,
    old_word.READER,
    json_feed.READER,
    json_lines.READER,
    mhtml.READER,
    mail.READER,
    feed.READER,
    html.READER,
    plain.READER,
)
"""In the order in which they are asked; the last reads whatever no other does."""

_PLUG_INS = "mingjian.readers"


@cache
def all_readers() -> tuple[Reader, ...]:
    """Those of installed plug-ins (entry points ``mingjian.readers``, by name), then the built-in ones.

    Raises ``ReadError`` where a plug-in cannot be loaded, or is no ``Reader``.
    """
    points = sorted(entry_points(group=_PLUG_INS), key=lambda point: point.name)
    return (*map(_loaded, points), *BUILT_IN)


def _loaded(point: EntryPoint) -> Reader:
    try:
        reader = point.load()
    except Exception as error:
        problem = f"broken-plug-in: the package of this reader raised {type(error).__name__}: {error}"
        raise ReadError(f"{_PLUG_INS}:{point.name}", problem, "mend the package, or uninstall it") from error
    if isinstance(reader, Reader):
        return reader
    raise ReadError(f"{_PLUG_INS}:{point.name}", f"broken-plug-in: {point.value} is no Reader", "name its READER")


def ending_of(name: str) -> str:
    """The last ending of a file's name, in lower case, ``.gz`` and ``.zst`` aside.

    >>> ending_of("a.HTML.gz"), ending_of("README")
    ('html', '')
    """
    return name.lower().removesuffix(".gz").removesuffix(".zst").rpartition(".")[2] if "." in name else ""


def reader_of_name(name: str) -> Reader | None:
    """The reader that the end of a file's name promises, or nothing where none knows it."""
    ending = ending_of(name)
    return next((reader for reader in all_readers() if ending in reader.endings), None) if ending else None


def choose_reader(origin: Origin, name: str, beginning: bytes) -> Reader:
    """The reader of a file: by its magic, else its name, else its declared media type, else what it begins like."""
    readers = all_readers()
    return (
        _by_magic(readers, beginning)
        or reader_of_name(name)
        or _by_media_type(readers, origin.essence)
        or next(reader for reader in readers if reader.knows is not None and reader.knows(beginning))
    )


def reads_media_type(essence: str) -> bool:
    """Whether any reader reads files of that media type."""
    return _by_media_type(all_readers(), essence) is not None


def begins_as_known(beginning: bytes) -> bool:
    """Whether the bytes begin as the files of some reader do, plain text aside."""
    readers = all_readers()
    told = (reader for reader in readers[:-1] if reader.knows is not None and reader.knows(beginning))
    return _by_magic(readers, beginning) is not None or next(told, None) is not None


def _by_magic(readers: Iterable[Reader], beginning: bytes) -> Reader | None:
    return next((reader for reader in readers if reader.magic and beginning.startswith(reader.magic)), None)


def _by_media_type(readers: Iterable[Reader], essence: str) -> Reader | None:
    return next((reader for reader in readers if essence in reader.media_types), None) if essence else None
