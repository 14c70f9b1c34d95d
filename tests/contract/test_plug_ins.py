"""Readers of other packages: found by their entry point, asked before the built-in ones, and no danger to the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read import read_paths, readers

Install = Callable[[str], None]
READER = """
from mingjian.read.plain import page_of_text
from mingjian.read.port import Reader


def read(stream, origin, reading):
    words = stream.read().decode()
    yield page_of_text(words.upper(), origin, words.encode(), "utf-8")
    if "!" in words:
        raise ZeroDivisionError


READER = Reader(name="notes", read=read, endings=("notes", "html"))
"""


@pytest.fixture
def install(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a package of one module that offers a reader."""

    def installed(module: str) -> None:
        folder = tmp_path_factory.mktemp("site")
        name = f"notes_reader_{len(module)}"
        (folder / f"{name}.py").write_text(module, encoding="utf-8")
        told = folder / f"{name}-1.0.dist-info"
        told.mkdir()
        (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
        (told / "entry_points.txt").write_text(f"[mingjian.readers]\nnotes = {name}:READER\n", encoding="utf-8")
        monkeypatch.syspath_prepend(folder)

    readers.all_readers.cache_clear()
    yield installed
    monkeypatch.undo()
    readers.all_readers.cache_clear()


def test_a_reader_of_another_package_is_found_and_wins_by_its_ending(tmp_path: Path, install: Install) -> None:
    install(READER)
    for name in ("a.notes", "b.html"):
        (tmp_path / name).write_bytes(b"words")
    (tmp_path / "c.txt").write_bytes(b"words")
    assert [page.text for page in read_paths([tmp_path]) if isinstance(page, Page)] == ["WORDS", "WORDS", "words"]


def test_its_crash_is_a_failure_of_its_file_behind_the_pages_it_gave(tmp_path: Path, install: Install) -> None:
    install(READER)
    (tmp_path / "a.notes").write_bytes(b"words!")
    (tmp_path / "b.txt").write_bytes(b"words")
    given, crashed, following = read_paths([tmp_path])
    assert isinstance(given, Page)
    assert isinstance(crashed, Failure)
    assert (crashed.doc_id, crashed.reason) == (
        f"{tmp_path}/a.notes",
        "crashed: the reader raised ZeroDivisionError",
    )
    assert isinstance(following, Page)


@pytest.mark.parametrize("module", ["import no_such_module", "READER = None", ""])
def test_a_package_that_cannot_be_loaded_is_named_at_once(tmp_path: Path, install: Install, module: str) -> None:
    install(module)
    (tmp_path / "a.txt").write_bytes(b"words")
    for path in (tmp_path, tmp_path / "a.txt"):
        with pytest.raises(ReadError, match="notes: broken-plug-in"):
            list(read_paths([path]))
