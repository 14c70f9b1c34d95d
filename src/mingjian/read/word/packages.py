"""Office files as packages of parts (zip archives): which kind they are, and their parts within bounds."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

from mingjian.errors import ReadError
from mingjian.read.limits import Limits, too_large
from mingjian.read.xml_trees import tree_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element
    from zipfile import ZipFile

_MOST_ENTRIES = 20_000
_STEP = 1 << 16
_OTHERS = (
    ("xl/", "an Excel workbook", "save the sheet as text, or copy it into a Word file"),
    ("ppt/", "a PowerPoint file", "save it as PDF or text"),
    ("META-INF/container.xml", "an EPUB book", "save its chapters as HTML"),
    ("content.xml", "an OpenDocument file", "save it as .docx"),
    ("Document.xml", "an OFD file", "save it as PDF"),
    ("OFD.xml", "an OFD file", "save it as PDF"),
)


class Package:
    """The parts of one package; what is unpacked of all of them together stays below the limit of one page."""

    def __init__(self, archive: ZipFile, source: str, limits: Limits) -> None:
        self._archive = archive
        self._source = source
        self._limits = limits
        self._left = limits.max_bytes
        self.names = frozenset(archive.namelist())

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, or nothing where the package has none of that name."""
        from zipfile import BadZipFile

        if name not in self.names:
            return None
        if self._archive.getinfo(name).file_size > self._left:
            raise too_large(self._source, self._limits)
        pieces: list[bytes] = []
        try:
            with self._archive.open(name) as stream:
                while piece := stream.read(_STEP):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise too_large(self._source, self._limits)
                    pieces.append(piece)
        except RuntimeError as error:
            secret = "encrypted" in str(error) or "password" in str(error)
            raise _locked(self._source) if secret else _broken(self._source) from None
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
            raise _broken(self._source) from None
        return b"".join(pieces)

    def tree(self, name: str) -> Element | None:
        """The root of a part that is XML, or nothing where the package has none of that name."""
        content = self.part(name)
        return None if content is None else tree_of(content, self._source)


def open_package(content: bytes, source: str, limits: Limits) -> Package:
    """The package; raises ``ReadError`` where the archive is broken or beyond all measure."""
    from zipfile import BadZipFile, ZipFile

    try:
        archive = ZipFile(io.BytesIO(content))
    except (BadZipFile, EOFError, NotImplementedError, ValueError, OSError, LookupError):
        raise _broken(source) from None
    if len(archive.namelist()) > _MOST_ENTRIES:
        problem = f"too-large: an archive of more than {_MOST_ENTRIES} files"
        raise ReadError(source, problem, "unpack it, and name the pages that it holds")
    return Package(archive, source, limits)


def not_word(package: Package, source: str) -> ReadError:
    """The error for a zip archive that is no Word file, which names what it is."""
    for beginning, nature, mend in _OTHERS:
        if any(name.startswith(beginning) for name in package.names):
            return ReadError(source, f"not-supported: this is {nature}", mend)
    problem = "not-supported: a zip archive that is no Word file"
    return ReadError(source, problem, "unpack it, and name the pages that it holds")


def _broken(source: str) -> ReadError:
    problem = "broken-zip: cut short or damaged, so that the Office file cannot be opened"
    return ReadError(source, problem, "fetch it again, or open and save it with a word processor")


def _locked(source: str) -> ReadError:
    return ReadError(source, "encrypted: the file asks for a password", "save it without a password")
