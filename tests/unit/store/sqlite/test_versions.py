"""Old workspaces are brought up to date, whole or not at all; newer ones are left alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import zstandard
from tests.golden.workspaces import fill, golden, pages

from mingjian.core.model.record import Record
from mingjian.core.model.wire import decode_record
from mingjian.core.pipeline.extract import extract
from mingjian.errors import StoreError, VersionError
from mingjian.store import DATABASE, MemoryStore, SqliteStore, open_workspace
from mingjian.store.sqlite import versions
from mingjian.store.sqlite.versions import NEWEST


def _schema(path: Path) -> list[tuple[str, str, str]]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master ORDER BY 1, 2").fetchall()
    connection.close()
    return rows


def _old(folder: Path, version: int) -> Path:
    path = folder / DATABASE
    path.write_bytes(golden(version))
    return path


def test_the_schema_is_that_of_the_newest_golden_file(tmp_path: Path) -> None:
    open_workspace(tmp_path / "new", write=True, create=True).close()
    old = _old(tmp_path, NEWEST)
    assert _schema(tmp_path / "new" / DATABASE) == _schema(old)


@pytest.mark.parametrize("version", range(1, NEWEST + 1))
def test_every_version_is_brought_up_to_date_with_nothing_lost(tmp_path: Path, version: int) -> None:
    path = _old(tmp_path, version)
    steps, records = _kept(path)
    store = open_workspace(tmp_path, write=True)
    wanted = MemoryStore()
    fill(wanted)
    assert list(store.check(thoroughly=True)) == []
    with store.reading() as reader, wanted.reading() as other:
        assert reader.pages() == other.pages()
        assert [reader.original(number) for number in range(1, 5)] == [page for _, page in pages()[:4]]
        assert [record for number in range(1, 6) if (record := reader.record(number))] == records
        assert [(step.position, step.kind, step.number) for step in reader.journal(0)] == steps
        assert (reader.runs(), reader.failures()) == (other.runs(), other.failures())
        assert (reader.changes(), reader.decisions()) == (other.changes(), other.decisions())
        assert reader.articles([1]) == other.articles([1])
        assert reader.neighbours([1, 3]) == (other.neighbours([1, 3]) if version >= 4 else {})
        assert (reader.placings([1, 3]), reader.mark("links")) == (other.placings([1, 3]), "12")
    with store.writing() as writer:
        address, page = pages()[4]
        kept, _ = writer.add_page(1, page, address + "/again", "now")
        writer.put_record(1, kept.number, extract(page))
        assert writer.record(kept.number) == extract(page)
    store.close()
    open_workspace(tmp_path / "new", write=True, create=True).close()
    assert _schema(path) == _schema(tmp_path / "new" / DATABASE)


def _kept(path: Path) -> tuple[list[tuple[int, str, int]], list[Record]]:
    """The steps and the records of an old file, read without the store; what was added to records since is missing."""
    connection = sqlite3.connect(path)
    steps = connection.execute("SELECT position, kind, page FROM step ORDER BY position").fetchall()
    packed = connection.execute("SELECT bytes FROM record JOIN packed ON number = blob ORDER BY page").fetchall()
    tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'dictionary'").fetchall()
    found = connection.execute("SELECT content FROM dictionary").fetchall() if tables else []
    connection.close()
    dictionary = zstandard.ZstdCompressionDict(found[0][0]) if found else None
    tool = zstandard.ZstdDecompressor(dict_data=dictionary)
    return steps, [decode_record(tool.decompress(record)) for (record,) in packed]


def test_an_old_one_is_not_read_but_left_alone(tmp_path: Path) -> None:
    path = _old(tmp_path, 1)
    with pytest.raises(VersionError, match=r"version 1 is older .* any command that writes"):
        SqliteStore(path)
    assert path.read_bytes() == golden(1)


@pytest.mark.parametrize("write", [False, True])
def test_a_newer_one_is_left_alone(tmp_path: Path, write: bool) -> None:
    path = _old(tmp_path, NEWEST)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(VersionError, match=r"newer version of Mingjian .* nothing was changed"):
        open_workspace(tmp_path, write=write)
    assert path.read_bytes() == before


def test_who_reads_hears_that_it_was_brought_up_to_date_by_a_newer_program(tmp_path: Path) -> None:
    path = _old(tmp_path, NEWEST)
    store = open_workspace(tmp_path)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    connection.close()
    with pytest.raises(VersionError, match="newer version"), store.reading():
        pass
    store.close()


def test_a_step_that_fails_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM mark")
        connection.execute("INSERT INTO none_such VALUES (1)")

    path = _old(tmp_path, 1)
    monkeypatch.setattr(versions, "_ROWS", {2: fail})
    with pytest.raises(StoreError, match="no such table"):
        open_workspace(tmp_path, write=True)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert connection.execute("SELECT count(*) FROM mark").fetchone() == (1,)
    connection.close()


def test_what_refers_to_nothing_is_not_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _old(tmp_path, 1)
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM run")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="lacks what it refers to"):
        open_workspace(tmp_path, write=True)


def test_the_file_of_another_program_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / DATABASE)
    connection.execute("CREATE TABLE other (a)")
    connection.close()
    for write in (False, True):
        with pytest.raises(StoreError, match="another program's database"):
            open_workspace(tmp_path, write=write)
    connection = sqlite3.connect(tmp_path / DATABASE)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()
