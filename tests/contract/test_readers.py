"""The contract of readers: whatever bytes they get, pages and named failures come out, and always the same."""

from __future__ import annotations

import gzip
import io
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.contract.samples import SAMPLES, WITHOUT_SAMPLE, Sample, mail_file, word_file

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.read import Limits, read_paths, readers
from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reader, Reading

SLUG = re.compile(r"[a-z0-9-]{3,40}: \S")
each = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


@pytest.fixture(autouse=True)
def _office(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A LibreOffice that makes the same Word file of everything."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "made.docx").write_bytes(word_file())
    script = folder / "soffice"
    script.write_text(
        '#!/bin/sh\nwhile [ "$1" != "--outdir" ]; do shift; done\nmkdir -p "$2"\n'
        f'cp "{folder}/made.docx" "$2/page.docx"\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def items_of(path: Path, limits: Limits | None = None) -> list[Page | Failure]:
    """What the path holds: pages and failures that name a reason, never a crash."""
    items = list(read_paths([path], limits or Limits()))
    for item in items:
        if isinstance(item, Failure):
            assert SLUG.match(item.reason), item
            assert not item.reason.startswith("crashed"), item
            assert item.mend
        else:
            item.text.encode()
            for parts in (item.stretches, item.containers, item.boxes):
                assert all(0 <= part.start <= part.end <= len(item.text) for part in parts)
            assert all(item.layer(said.evidence.layer)[said.evidence.start :] for said in item.declarations)
    return items


def texts_of(items: list[Page | Failure]) -> list[str]:
    return [item.text for item in items if isinstance(item, Page)]


def read_bytes(folder: Path, name: str, content: bytes, limits: Limits | None = None) -> list[Page | Failure]:
    file = folder / name
    file.write_bytes(content)
    return items_of(file, limits)


def reader_named(name: str) -> Reader:
    return next(reader for reader in readers.BUILT_IN if reader.name == name)


def test_every_built_in_reader_has_a_sample() -> None:
    assert {reader.name for reader in readers.BUILT_IN} <= {sample.reader for sample in SAMPLES} | WITHOUT_SAMPLE


@each
def test_a_whole_sample_is_read(sample: Sample, tmp_path: Path) -> None:
    items = read_bytes(tmp_path, sample.name, sample.content)
    assert len(texts_of(items)) == len(items) == sample.pages, items
    assert sample.words in texts_of(items)[0]


@each
def test_an_empty_file_and_a_single_byte_are_no_pages_or_say_why(sample: Sample, tmp_path: Path) -> None:
    assert texts_of(read_bytes(tmp_path, sample.name, b"")) == []
    for byte in (b"\0", b"x", b"<", b"{", b"\xff"):
        read_bytes(tmp_path, sample.name, byte)


@each
@pytest.mark.parametrize("size", [10, 1_000, 60_000])
def test_noise_is_no_page(sample: Sample, size: int, tmp_path: Path) -> None:
    noise = random.Random(size).randbytes(size)  # noqa: S311 - noise, no secret
    items = read_bytes(tmp_path, sample.name, noise)
    assert items
    assert size == 10 or texts_of(items) == []  # ten bytes may happen to be words
    for magic in reader_named(sample.reader).magic:
        read = read_bytes(tmp_path, sample.name, magic + noise)
        assert texts_of(read) == [] or reader_named(sample.reader).name == "doc"  # the LibreOffice of these tests


@each
def test_a_file_that_is_cut_keeps_what_stands_before_the_cut(sample: Sample, tmp_path: Path) -> None:
    whole = texts_of(read_bytes(tmp_path, sample.name, sample.content))
    for tenth in range(1, 10):
        cut = sample.content[: len(sample.content) * tenth // 10]
        items = read_bytes(tmp_path, sample.name, cut)
        if sample.keeps:
            kept = texts_of(items)
            assert kept == whole[: len(kept)]
            assert isinstance(items[-1], Failure) or cut.endswith(b"\r\n\r\n")  # cut where a record ends, as it happens
            assert len(kept) >= (tenth >= 7)


@each
def test_the_first_bytes_overrule_a_wrong_name(sample: Sample, tmp_path: Path) -> None:
    if reader_named(sample.reader).magic and not sample.name.endswith("l"):
        for name in ("wrong.txt", "wrong.html", "wrong.pdf", "wrong"):
            assert len(texts_of(read_bytes(tmp_path, name, sample.content))) == sample.pages


@each
def test_packed_files_are_read(sample: Sample, tmp_path: Path) -> None:
    import zstandard

    plain = texts_of(read_bytes(tmp_path, sample.name, sample.content))
    if not sample.name.endswith(".gz"):
        assert texts_of(read_bytes(tmp_path, sample.name + ".gz", gzip.compress(sample.content))) == plain
        packed = zstandard.ZstdCompressor().compress(sample.content)
        assert texts_of(read_bytes(tmp_path, sample.name + ".zst", packed)) == plain


@each
def test_standard_input_is_read(sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = texts_of(read_bytes(tmp_path, sample.name, sample.content))

    class Input:
        buffer = io.BytesIO(sample.content)

    monkeypatch.setattr(sys, "stdin", Input)
    assert texts_of(list(read_paths(["-"]))) == plain


@each
def test_a_folder_gives_the_same_pages(sample: Sample, tmp_path: Path) -> None:
    alone = texts_of(read_bytes(tmp_path, sample.name, sample.content))
    assert texts_of(items_of(tmp_path)) == alone


@each
def test_a_container_gives_the_same_pages(sample: Sample, tmp_path: Path) -> None:
    alone = texts_of(read_bytes(tmp_path, sample.name, sample.content))
    media_type = "application/gzip" if sample.name.endswith(".gz") else reader_named(sample.reader).media_types[0]
    mail = mail_file(sample.content, media_type, sample.name)
    assert texts_of(read_bytes(tmp_path, "around.eml", mail))[1:] == alone


@each
def test_the_limit_is_kept(sample: Sample, tmp_path: Path) -> None:
    assert texts_of(read_bytes(tmp_path, sample.name, sample.content, Limits(max_bytes=20))) == []


@each
def test_the_same_bytes_give_the_same_pages(sample: Sample, tmp_path: Path) -> None:
    first = read_bytes(tmp_path, sample.name, sample.content)
    assert first == items_of(tmp_path / sample.name)


def test_containers_in_containers_end_at_a_depth(tmp_path: Path) -> None:
    mail = mail_file()
    for _ in range(6):
        mail = mail_file(mail, "message/rfc822", "inner.eml")
    items = read_bytes(tmp_path, "a.eml", mail)
    assert isinstance(items[-1], Failure)
    assert items[-1].reason.startswith("too-deep")


def test_a_reader_that_raises_ends_its_file_and_not_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(stream: io.BytesIO, origin: Origin, reading: Reading) -> Items:
        yield from reading.inner(b"words of a member", Origin(f"{origin.doc_id}#1"))
        raise ZeroDivisionError

    plug_in = Reader(name="crashing", read=crash, endings=("crash",))  # type: ignore[arg-type]

    def with_plug_in() -> Iterator[Reader]:
        return iter((plug_in, *readers.BUILT_IN))

    monkeypatch.setattr(readers, "all_readers", lambda: tuple(with_plug_in()))
    (tmp_path / "a.crash").write_bytes(b"x")
    (tmp_path / "b.txt").write_text("words", encoding="utf-8")
    member, crashed, page = read_paths([tmp_path])
    assert isinstance(member, Page)
    assert isinstance(crashed, Failure)
    assert crashed.reason == "crashed: the reader raised ZeroDivisionError"
    assert isinstance(page, Page)
    assert page.text == "words"
