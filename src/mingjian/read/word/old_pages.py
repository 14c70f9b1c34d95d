"""Old Word files, WPS files and rich text (.doc, .wps, .rtf): turned into .docx by LibreOffice, then read as that.

The formats are closed or huge, and no library that reads them keeps tables and numbers; LibreOffice does. It runs with
a profile of its own and a time limit, so that nothing of the user's office is touched and nothing hangs.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO

import msgspec

from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read.checks import with_words
from mingjian.read.docx import docx_page
from mingjian.read.limits import too_large, whole
from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reader, Reading

_OLE, _RICH = b"\xd0\xcf\x11\xe0", b"{\\rtf"
_SECONDS = 120
_NAMES = ("soffice", "libreoffice")
_MEDIA_TYPES = {"doc": "application/msword", "wps": "application/vnd.ms-works", "rtf": "application/rtf"}
_OTHERS = (
    ("EncryptedPackage", "encrypted: the file asks for a password", "save it without a password"),
    ("Workbook", "not-supported: this is an old Excel workbook", "save the sheet as text"),
    ("PowerPoint Document", "not-supported: this is an old PowerPoint file", "save it as PDF or text"),
    ("__properties_version1.0", "not-supported: this is a mail of Outlook (.msg)", "save it as .eml"),
)


def _converted(content: bytes, kind: str, source: str) -> bytes:
    """The file as .docx; raises ``ReadError`` where LibreOffice is missing, fails or takes too long."""
    import shutil
    import tempfile

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
    import os
    import signal
    import subprocess

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
    if content.startswith(_RICH):
        return "rtf"
    if not content.startswith(_OLE):
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
    return msgspec.structs.replace(page, content=content, media_type=_MEDIA_TYPES[kind])


def _read(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    yield with_words(_page(whole(stream, origin.doc_id, reading.limits), origin, reading))


READER = Reader(
    name="doc",
    read=_read,
    endings=tuple(_MEDIA_TYPES),
    media_types=(*_MEDIA_TYPES.values(), "text/rtf"),
    magic=(_OLE, _RICH),
)
