"""The process that opens PDFs: started for each file, ended when a page takes too long."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread, Timer
from typing import IO, TypeVar, cast

import msgspec

from mingjian.errors import ReadError
from mingjian.read.limits import Limits
from mingjian.read.pdf.glyph_rows import Glyph, sheet_of
from mingjian.read.printed.sheets import Picture, Sheet

T = TypeVar("T")

_BOOT = (
    "import json, runpy, sys; sys.path[:] = json.loads(sys.argv.pop(1)); "
    "runpy.run_path(sys.argv.pop(1), run_name='__main__')"
)
_WORKER = Path(__file__).with_name("worker.py")
_PICTURE = 0.4  # of the page, from which a page without words is a scan
_MOST_MEMORY = 2_000_000_000
_PDF_TOOLS = "open it in a reader and print it to a new PDF"
_FAULTS = {
    "encrypted": ("encrypted: the file opens only with a password", "save a copy without one"),
    "unparsable": ("unparsable: this is no whole PDF", "fetch it again, or " + _PDF_TOOLS),
    "no-pages": ("no-pages: the PDF holds no page", "fetch it again, or leave it out"),
}


class Document(msgspec.Struct, frozen=True):
    """How many pages there are, and what the file says of itself; or why it cannot be opened."""

    pages: int = 0
    information: dict[str, str] = {}
    fault: str = ""


class _Glyphs(msgspec.Struct, frozen=True):
    number: int
    width: float
    height: float
    turn: int
    pictured: float
    glyphs: list[Glyph]
    fault: str = ""


class Opened(msgspec.Struct, frozen=True):
    """A PDF as the process gave it.

    ``pictured`` are the pages that are pictures without words, ``broken`` those that cannot be opened, ``lost`` is how
    many of its ``letters`` are no known characters.
    """

    document: Document
    sheets: tuple[Sheet, ...]
    pictured: tuple[int, ...]
    broken: tuple[int, ...]
    lost: int
    letters: int


def open_pdf(content: bytes, doc_id: str, limits: Limits) -> Opened:
    """The pages of a PDF with the rows of their words; raises ``ReadError`` where it cannot be opened."""
    sheets: list[Sheet] = []
    pictured: list[int] = []
    broken: list[int] = []
    lost = letters = 0
    with _process(content, "glyphs", limits) as answers:
        document = _document(answers, doc_id, limits)
        for _ in range(document.pages):
            page = _decoded(answers.line(doc_id), _Glyphs, doc_id)
            if page.fault:
                broken.append(page.number)
                continue
            words = [glyph for glyph in page.glyphs if glyph.character != " "]
            letters += len(words)
            lost += sum(glyph.character == "\ufffd" or "\ue000" <= glyph.character <= "\uf8ff" for glyph in words)
            if not words and page.pictured > _PICTURE:
                pictured.append(page.number)
            sheets.append(sheet_of(page.number, (page.width, page.height), page.turn, page.glyphs))
    if not sheets:
        raise ReadError(doc_id, "unparsable: none of its pages can be opened", "fetch it again, or " + _PDF_TOOLS)
    return Opened(document, tuple(sheets), tuple(pictured), tuple(broken), lost, letters)


def pictures_of(content: bytes, numbers: tuple[int, ...], doc_id: str, limits: Limits) -> Iterator[Picture]:
    """The pages of those numbers as pictures, one after another."""
    with _process(content, "pictures", limits, numbers) as answers:
        _document(answers, doc_id, limits)
        for _ in numbers:
            picture = _decoded(answers.line(doc_id), Picture, doc_id)
            yield msgspec.structs.replace(picture, pixels=answers.block(picture.width * picture.height, doc_id))


class _Answers:
    """What the process writes: it is ended where one answer takes longer than a page may."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        self._process = process
        self._seconds = limits.max_page_seconds
        self._given = 0
        self._late = False

    def line(self, doc_id: str) -> bytes:
        """The next answer; raises ``ReadError`` where the process stopped, or had to be stopped."""
        timer = Timer(self._seconds, self._stop)
        timer.start()
        try:
            line = cast(IO[bytes], self._process.stdout).readline()
        finally:
            timer.cancel()
        if line.endswith(b"\n"):
            self._given += 1
            return line
        where = f"page {self._given}" if self._given else "the file"
        if self._late:
            problem = f"too-slow: {where} took more than {self._seconds:g} seconds"
            raise ReadError(doc_id, problem, "raise Limits.max_page_seconds, or " + _PDF_TOOLS)
        raise ReadError(doc_id, f"unparsable: the PDF library gave up at {where}", "fetch it again, or " + _PDF_TOOLS)

    def block(self, size: int, doc_id: str) -> bytes:
        """The bytes behind an answer."""
        block = cast(IO[bytes], self._process.stdout).read(size)
        if len(block) == size:
            return block
        raise ReadError(doc_id, "unparsable: the PDF library gave up at a picture", "fetch it again, or " + _PDF_TOOLS)

    def _stop(self) -> None:
        self._late = True
        self._process.kill()


@contextmanager
def _process(content: bytes, mode: str, limits: Limits, numbers: tuple[int, ...] = ()) -> Iterator[_Answers]:
    """The answers of a process of its own, which is ended with the block."""
    most = [str(limits.max_pages), str(_MOST_MEMORY + 4 * len(content)), *map(str, numbers)]
    command = [sys.executable, "-IS", "-c", _BOOT, json.dumps(sys.path), str(_WORKER), mode, *most]
    process = subprocess.Popen(  # noqa: S603 - our own file, by this interpreter
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    giver = Thread(target=_give, args=(cast(IO[bytes], process.stdin), content), daemon=True)
    giver.start()
    try:
        yield _Answers(process, limits)
    finally:
        process.kill()
        process.wait()
        giver.join()
        cast(IO[bytes], process.stdout).close()


def _give(stream: IO[bytes], content: bytes) -> None:
    with suppress(OSError):
        stream.write(content)
    with suppress(OSError):
        stream.close()


def _document(answers: _Answers, doc_id: str, limits: Limits) -> Document:
    document = _decoded(answers.line(doc_id), Document, doc_id)
    if document.fault == "too-large":
        problem = f"too-large: {document.pages} pages, more than the limit of {limits.max_pages}"
        raise ReadError(doc_id, problem, "split it, or raise Limits.max_pages")
    if document.fault:
        raise ReadError(doc_id, *_FAULTS.get(document.fault, _FAULTS["unparsable"]))
    return document


def _decoded(line: bytes, kind: type[T], doc_id: str) -> T:
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.MsgspecError:
        raise ReadError(doc_id, "unparsable: the PDF library gave no sound answer", _PDF_TOOLS) from None
