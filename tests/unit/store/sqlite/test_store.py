"""What is particular to the store in a file: it stays, forgets what is erased, and says what is wrong."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pytest
from tests.golden.workspaces import fill, pages

from mingjian.core.model.page import Page
from mingjian.core.pipeline.extract import extract
from mingjian.errors import BusyError, DamageError, StoreError
from mingjian.read.plain import text_page
from mingjian.store import DATABASE, SqliteStore, open_workspace
from mingjian.store.kept import standing_of

_NOBODY = 65_534
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork and no limit on the size of files")


def _page(number: int, length: int = 2_000) -> Page:
    words = "".join(chr(0x4E00 + (number * 7_919 + index * 31) % 20_000) for index in range(length))
    return text_page(f"{number}.txt", words.encode())


def _add(store: SqliteStore, *numbers: int, length: int = 2_000) -> None:
    with store.writing() as writer:
        if not writer.runs():
            writer.begin_run("add", "1", "1", "now")
        for number in numbers:
            writer.add_page(1, _page(number, length), f"https://news.invalid/{number}", "now")


@contextmanager
def _opened(folder: Path, *, write: bool = False) -> Iterator[SqliteStore]:
    store = open_workspace(folder, write=write, create=write)
    try:
        yield store
    finally:
        store.close()


def test_one_file_is_left_when_it_is_closed(tmp_path: Path) -> None:
    with _opened(tmp_path, write=True) as store:
        fill(store)
    assert sorted(path.name for path in tmp_path.iterdir()) == [DATABASE, "writer.lock"]
    with _opened(tmp_path) as store, store.reading() as reader:
        assert [reader.original(number) for number in range(1, 5)] == [page for _, page in pages()[:4]]


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    page = _page(1)
    with _opened(tmp_path, write=True) as store:
        with store.writing() as writer:
            run = writer.begin_run("add", "1", "1", "now").number
            for number in range(20):
                writer.add_page(run, page, f"https://news.invalid/{number}", "now")
        with store.reading() as reader:
            assert reader.counts()["content_bytes"] == len(page.content)
            assert [reader.ask(f"SELECT count(*) FROM {table}") for table in ("page", "packed")] == [[(20,)], [(2,)]]  # noqa: S608


def test_erased_words_are_gone_from_the_disk(tmp_path: Path) -> None:
    with _opened(tmp_path, write=True) as store:
        _add(store, *range(30))
        with store.writing() as writer:
            for number in range(1, 31):
                page = writer.original(number)
                writer.put_record(1, number, extract(page))
        with store.reading() as reader:
            held: dict[int, bytes] = dict(
                reader.ask("SELECT number, bytes FROM packed JOIN blob USING (number) WHERE kind != 'layers'")
            )
            gone = [
                blob
                for row in reader.ask(
                    "SELECT content, blob FROM page JOIN record ON page = number WHERE number % 3 = 0"
                )
                for blob in row
            ]
        with store.writing() as writer:
            for number in range(3, 31, 3):
                writer.remove(number, "asked for", erase=True)
        disk = b"".join(path.read_bytes() for path in sorted(tmp_path.iterdir()))
        for number, packed in held.items():
            middle = packed[len(packed) // 3 :][:48]
            assert (middle in disk) == (number not in gone)


def test_a_state_is_seen_by_many_threads_while_one_writes(tmp_path: Path) -> None:
    with _opened(tmp_path, write=True) as store:
        _add(store, 0)
        seen: list[bool] = []

        def look() -> None:
            for _ in range(50):
                with store.reading() as reader:
                    first, steps = len(reader.pages()), reader.position()
                    seen.append(first == len(reader.pages()) == steps)

        threads = [threading.Thread(target=look) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(1, 40):
            _add(store, number, length=50)
        for thread in threads:
            thread.join()
        assert all(seen)
        assert len(seen) == 200


def test_who_reads_cannot_write(tmp_path: Path) -> None:
    _opened(tmp_path, write=True).__enter__().close()
    with _opened(tmp_path) as store, pytest.raises(StoreError, match="opened for reading"), store.writing():
        pass


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter, unlike those that pytest makes."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@posix
def test_a_reader_on_a_medium_that_cannot_be_written(open_folder: Path) -> None:
    tmp_path = open_folder
    with _opened(tmp_path, write=True) as store:
        _add(store, 1)
    _as_nobody(tmp_path, lambda: _read(tmp_path))
    with _opened(tmp_path, write=True) as store:
        _add(store, 2)  # so that there is a log beside the file
        _as_nobody(tmp_path, lambda: _read(tmp_path))
        _as_nobody(tmp_path, lambda: _refused(tmp_path, "cannot be written"))


@posix
def test_a_log_without_its_writer_needs_a_folder_that_can_be_written(open_folder: Path) -> None:
    with _opened(open_folder / "a", write=True) as store:
        _add(store, 1)
        (open_folder / "b").mkdir(mode=0o755)
        for name in (DATABASE, f"{DATABASE}-wal"):
            shutil.copy(open_folder / "a" / name, open_folder / "b")
    _as_nobody(open_folder / "b", lambda: _refused(open_folder / "b", "behind a writer that was killed", write=False))
    _read(open_folder / "b")


def test_what_is_no_workspace_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "other").mkdir()
    (tmp_path / "noise").mkdir()
    (tmp_path / "noise" / DATABASE).write_bytes(b"no database " * 999)
    (tmp_path / "begun").mkdir()
    (tmp_path / "begun" / DATABASE).write_bytes(b"")
    for name, write, kind, problem in (
        ("file", False, StoreError, "this is a file"),
        ("file", True, StoreError, "this is a file"),
        ("file/inner", True, StoreError, "cannot be made"),
        ("none", False, StoreError, "no workspace"),
        ("other", False, StoreError, "no workspace"),
        ("noise", False, DamageError, "damaged, or no workspace"),
        ("noise", True, DamageError, "damaged, or no workspace"),
        ("begun", False, StoreError, "did not finish"),
    ):
        with pytest.raises(kind, match=problem):
            open_workspace(tmp_path / name, write=write, create=write)
    with pytest.raises(StoreError, match="no workspace"):
        open_workspace(tmp_path / "none", write=True)
    open_workspace(tmp_path / "begun", write=True).close()


@posix
def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    script = Path(__file__).with_name("full_disk.py")
    answer = subprocess.run([sys.executable, str(script), str(tmp_path)], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    acknowledged = int(answer.stdout)
    assert acknowledged > 0
    with _opened(tmp_path, write=True) as store:
        assert list(store.check(thoroughly=True)) == []
        with store.reading() as reader:
            assert len(reader.pages()) == acknowledged


def test_damage_to_a_page_is_named_with_the_page(tmp_path: Path) -> None:
    with _opened(tmp_path, write=True) as store:
        _add(store, 1, 2, 3)
        with store.writing() as writer:
            writer.put_record(1, 3, extract(_page(3)))
    connection = sqlite3.connect(tmp_path / DATABASE)
    for page, column in ((1, "content"), (2, "layers")):
        blob = f"(SELECT {column} FROM page WHERE number = {page})"  # noqa: S608
        connection.execute(f"UPDATE packed SET bytes = zeroblob(length(bytes)) WHERE number = {blob}")  # noqa: S608
    other = "(SELECT bytes FROM packed WHERE number = 1)"
    connection.execute(f"UPDATE packed SET bytes = {other} WHERE number = (SELECT blob FROM record)")  # noqa: S608
    connection.commit()
    connection.close()
    with _opened(tmp_path) as store:
        problems = list(store.check(thoroughly=True))
        for name in ("page 1 is damaged", "page 2 is damaged", "the record of page 3 is damaged"):
            assert any(name in problem for problem in problems)
        with store.reading() as reader:
            assert reader.text(3) == _page(3).text
            with pytest.raises(DamageError, match=r"page 1 is damaged.*; restore a backup"):
                reader.original(1)
            with pytest.raises(DamageError, match=r"record of page 3 is damaged.*; extract it again"):
                reader.record(3)


@posix
def test_a_child_of_a_fork_must_open_it_itself(tmp_path: Path) -> None:
    with _opened(tmp_path, write=True) as store:
        _add(store, 1)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                with store.reading():
                    pass
            except StoreError:
                code = 0
            finally:
                store.close()
                os._exit(code)
        assert os.waitpid(child, 0)[1] == 0
        with pytest.raises(BusyError):
            open_workspace(tmp_path, write=True)
        _add(store, 2)


def _read(folder: Path) -> None:
    store = open_workspace(folder)
    with store.reading() as reader:
        assert reader.original(1) == _page(1)
    assert list(store.check(thoroughly=True)) == []
    store.close()


def _refused(folder: Path, problem: str, *, write: bool = True) -> None:
    with pytest.raises(StoreError, match=problem):
        open_workspace(folder, write=write)


def _as_nobody(folder: Path, call: Callable[[], None]) -> None:
    """Runs it where the folder cannot be written: as another user where this one may write everything."""
    mode = folder.stat().st_mode
    folder.chmod(0o555)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if os.getuid() == 0:
                os.setuid(_NOBODY)
            call()
            code = 0
        finally:
            os._exit(code)
    folder.chmod(mode)
    assert os.waitpid(child, 0)[1] == 0


def test_of_versions_no_more_are_looked_at_than_tell_which_one_stands() -> None:
    taken: list[int] = []

    def versions(*times: str | None) -> Iterator[tuple[int, str | None]]:
        for number in range(len(times), 0, -1):
            taken.append(number)
            yield number, times[number - 1]

    assert standing_of(versions()) is None
    assert standing_of(versions("2025-01-02T00:00:00Z", None)) == 2
    assert taken == [2]
    assert standing_of(versions(None, "2025-01-02T00:00:00Z", "2025-01-01T00:00:00Z")) == 2
    assert standing_of(versions("2025-01-03T00:00:00Z", "nonsense", "2025-01-01T00:00:00")) == 3


def test_a_version_costs_the_same_however_many_there_were(tmp_path: Path) -> None:
    def steps(store: SqliteStore, number: int) -> int:
        counted = 0

        def count() -> int:
            nonlocal counted
            counted += 1
            return 0

        with store.writing() as writer:
            run = writer.begin_run("add", "test", "1", "2025-01-01T00:00:00Z").number
            writer._connection.set_progress_handler(count, 10)
            writer.add_page(run, text_page(str(number), f"{number}".encode()), "https://a.example/1", "")
            writer._connection.set_progress_handler(None, 0)
        return counted

    with _opened(tmp_path, write=True) as store:
        costs = [steps(store, number) for number in range(200)]
    assert max(costs[100:]) <= 2 * max(costs[2:10])


@pytest.mark.parametrize("error", [msgspec.ValidationError("odd"), "\xff".encode("latin-1")])
def test_what_cannot_be_decoded_is_damage(tmp_path: Path, error: Exception | bytes) -> None:
    open_workspace(tmp_path / "w", write=True, create=True).close()
    with (
        closing(open_workspace(tmp_path / "w")) as store,
        pytest.raises(DamageError, match="reindex"),
        store.reading(),
    ):
        if isinstance(error, Exception):
            raise error
        error.decode()


def test_a_number_beyond_all_is_none(tmp_path: Path) -> None:
    open_workspace(tmp_path / "w", write=True, create=True).close()
    with closing(open_workspace(tmp_path / "w")) as store, pytest.raises(StoreError, match="so large a number"):  # noqa: SIM117
        with store.reading() as reader:
            reader.changes(run=10**30)
