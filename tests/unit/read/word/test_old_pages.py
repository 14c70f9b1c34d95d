from __future__ import annotations

from pathlib import Path

import pytest
from tools.sample_files import docx_file, paragraph

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.read import read_paths
from mingjian.read.word import old_pages

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
OLD_WORD = OLE + "WordDocument".encode("utf-16-le")


def office(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program of that name on PATH, and nothing else but a shell's tools."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


def item_of(folder: Path, content: bytes, name: str = "a.doc") -> Page | Failure:
    (folder / name).write_bytes(content)
    [item] = read_paths([folder / name])
    return item


def test_without_libreoffice_the_failure_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    item = item_of(tmp_path, OLD_WORD)
    assert isinstance(item, Failure)
    assert item.reason.startswith("needs-libreoffice")
    assert "soffice is on PATH" in item.mend


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.doc", OLD_WORD, "application/msword"),
        ("a.wps", OLD_WORD, "application/vnd.ms-works"),
        ("a.txt", b"{\\rtf1 x}", "application/rtf"),
    ],
)
def test_what_libreoffice_makes_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, media_type: str
) -> None:
    (tmp_path / "made").write_bytes(docx_file(paragraph("旧文件的正文。")))
    find = 'while [ "$1" != "--outdir" ]; do shift; done\nmkdir -p "$2"\n'
    office(tmp_path, monkeypatch, f'{find}cp "{tmp_path}/made" "$2/page.docx"')
    item = item_of(tmp_path, content, name)
    assert isinstance(item, Page), item
    assert (item.text, item.media_type, item.content) == ("旧文件的正文。", media_type, content)


def test_an_office_that_fails_or_hangs_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office(tmp_path, monkeypatch, "exit 1")
    failed = item_of(tmp_path, OLD_WORD)
    assert isinstance(failed, Failure)
    assert failed.reason.startswith("broken-office-file")
    (tmp_path / "bin" / "soffice").write_text("#!/bin/sh\nsleep 60 & wait\n")
    monkeypatch.setattr(old_pages, "_SECONDS", 0.3)
    slow = item_of(tmp_path, OLD_WORD)
    assert isinstance(slow, Failure)
    assert slow.reason.startswith("too-slow")


@pytest.mark.parametrize(
    ("stream", "reason"),
    [("Workbook", "not-supported"), ("PowerPoint Document", "not-supported"), ("EncryptedPackage", "encrypted")],
)
def test_other_old_office_files_are_named(tmp_path: Path, stream: str, reason: str) -> None:
    item = item_of(tmp_path, OLE + stream.encode("utf-16-le"))
    assert isinstance(item, Failure)
    assert item.reason.startswith(reason)
