"""The pages of old Word files, by way of LibreOffice (``old_reader`` says how)."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import IO

import msgspec

from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read.checks import with_words
from mingjian.read.limits import too_large, whole
from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reading
from mingjian.read.word.old_reader import MEDIA_TYPES, OLE, RICH
from mingjian.read.word.pages import docx_page

_SECONDS = 120
_NAMES = ("soffice", "libreoffice")
_OTHERS = (
    ("EncryptedPackage", "encrypted: the file asks for a password", "save it without a password"),
    ("Workbook", "not-supported: this is an old Excel workbook", "save the sheet as text"),
    ("PowerPoint Document", "not-supported: this is an old PowerPoint file", "save it as PDF or text"),
    ("__properties_version1.0", "not-supported: this is a mail of Outlook (.msg)", "save it as .eml"),
)


def _converted(content: bytes, kind: str, source: str) -> bytes:
    """The file as .docx; raises ``ReadError`` where LibreOffice is missing, fails or takes too long."""
    program = next((found for name in _NAMES if (found := shutil.which(name)) is not None), None)
    if program is None:
        problem = "needs-libreoffice: old Word, WPS and rich text are read through LibreOffice, which is not installed"
        raise ReadError(source, problem, "install it so that soffice is on PATH, or save the file as .docx")
    with tempfile.TemporaryDirectory(prefix="mingjian-") as name:
        folder = Path(name)
        given, made = folder / f"page.{kind}", folder / "made" / "page.docx"
        given.write_bytes(content)
        _convert(program, folder, given, source)
        if not made.is_file():
            problem = "broken-office-file: LibreOffice cannot open it"
            raise ReadError(source, problem, "open and save it as .docx with a word processor")
        return made.read_bytes()


def _convert(program: str, folder: Path, given: Path, source: str) -> None:
    command = [
        program,
        "--headless",
        "--norestore",
        "--nolockcheck",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
    ]
    command += ["--convert-to", "docx", "--outdir", str(folder / "made"), str(given)]
    try:
        running = subprocess.Popen(  # noqa: S603 - a fixed command, no shell; the file's name is ours
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            start_new_session=True,
        )
    except OSError as error:
        problem = f"needs-libreoffice: it does not start ({error.strerror})"
        raise ReadError(source, problem, "mend its installation, or save the file as .docx") from None
    try:
        running.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        problem = f"too-slow: LibreOffice took more than {_SECONDS} seconds"
        raise ReadError(source, problem, "open and save it as .docx with a word processor") from None
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()


def _kind(content: bytes, origin: Origin) -> str:
    """The ending under which LibreOffice knows the bytes; raises ``ReadError`` where they are no text."""
    if content.startswith(RICH):
        return "rtf"
    if not content.startswith(OLE):
        problem = "not-word: the name says Word, the bytes are something else"
        raise ReadError(origin.doc_id, problem, "open and save it with a word processor, or name it as what it is")
    for stream, problem, mend in _OTHERS:
        if stream.encode("utf-16-le") in content and "WordDocument".encode("utf-16-le") not in content:
            raise ReadError(origin.doc_id, problem, mend)
    return "wps" if (origin.path or "").lower().endswith(".wps") else "doc"


def _page(content: bytes, origin: Origin, reading: Reading) -> Page:
    kind = _kind(content, origin)
    made = _converted(content, kind, origin.doc_id)
    if len(made) > reading.limits.max_bytes:
        raise too_large(origin.doc_id, reading.limits)
    page = docx_page(made, origin, reading)
    return msgspec.structs.replace(page, content=content, media_type=MEDIA_TYPES[kind])


def pages_of_old_word(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    """The page of the file; raises ``ReadError`` where LibreOffice is missing or makes nothing of it."""
    yield with_words(_page(whole(stream, origin.doc_id, reading.limits), origin, reading))
