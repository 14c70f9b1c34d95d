"""Backups are whole and checked, taken while others write; they are taken back whole, and never over another one."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from tests.golden.workspaces import fill, golden

from mingjian.errors import DamageError, StoreError, VersionError
from mingjian.read.plain import text_page
from mingjian.store import DATABASE, open_workspace
from mingjian.store.backups import backup, restore
from mingjian.store.salvaging import salvage


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    store = open_workspace(tmp_path / "w", write=True, create=True)
    fill(store)
    store.close()
    return tmp_path / "w"


def _state(folder: Path) -> tuple[object, ...]:
    store = open_workspace(folder)
    with store.reading() as reader:
        state = (reader.pages(), reader.journal(0), reader.runs(), reader.changes(), reader.decisions())
    assert list(store.check(thoroughly=True)) == []
    store.close()
    return state


def test_a_backup_is_one_file_and_comes_back_as_it_was(workspace: Path, tmp_path: Path) -> None:
    before = _state(workspace)
    told: list[tuple[int, int]] = []
    backup(workspace, tmp_path / "b.db", lambda *each: told.append(each))
    assert told[-1][0] == told[-1][1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.db", "w"]
    assert restore(tmp_path / "b.db", tmp_path / "again") is None
    assert _state(tmp_path / "again") == before
    histories = set()
    for folder in (workspace, tmp_path / "again"):
        with open_workspace(folder).reading() as reader:
            histories.add(reader.mark("history"))
    assert len(histories) == 2
    assert None not in histories


def test_a_backup_is_of_one_state_while_another_writes(workspace: Path, tmp_path: Path) -> None:
    store = open_workspace(workspace, write=True)
    done = threading.Event()

    def write() -> None:
        for number in range(10_000):
            with store.writing() as writer:
                address = f"https://news.invalid/more/{number}"
                writer.add_page(1, text_page(address, f"{number}".encode() * 2_000), address, "now")
            if done.is_set():
                return

    writing = threading.Thread(target=write)
    writing.start()
    for number in range(3):
        backup(workspace, tmp_path / f"{number}.db")
    done.set()
    writing.join()
    store.close()
    counts = []
    for number in range(3):
        restore(tmp_path / f"{number}.db", tmp_path / f"r{number}")
        counts.append(len(_state(tmp_path / f"r{number}")[0]))  # type: ignore[arg-type]
    assert counts == sorted(counts)
    assert counts[-1] < len(_state(workspace)[0])  # type: ignore[arg-type]


def test_nothing_is_written_over(workspace: Path, tmp_path: Path) -> None:
    backup(workspace, tmp_path / "b.db")
    with pytest.raises(StoreError, match="such a file already"):
        backup(workspace, tmp_path / "b.db")
    with pytest.raises(StoreError, match="something already"):
        restore(tmp_path / "b.db", workspace)
    (workspace / "search").mkdir()
    before = _state(workspace)
    aside = restore(tmp_path / "b.db", workspace, over=True)
    assert aside == tmp_path / "w.before-restore-1"
    assert (aside / "search").is_dir()
    assert not (workspace / "search").exists()
    assert _state(workspace) == _state(aside) == before
    assert restore(tmp_path / "b.db", workspace, over=True) == tmp_path / "w.before-restore-2"


def test_what_is_no_sound_backup_is_not_taken_back(workspace: Path, tmp_path: Path) -> None:
    backup(workspace, tmp_path / "b.db")
    content = bytearray((tmp_path / "b.db").read_bytes())
    for name, spoilt in (("half", content[: len(content) // 2]), ("none", b"no database at all" * 99), ("empty", b"")):
        (tmp_path / name).write_bytes(spoilt)
        with pytest.raises(StoreError):
            restore(tmp_path / name, tmp_path / "again")
        assert not (tmp_path / "again").exists()
    with pytest.raises(StoreError, match="no such file"):
        restore(tmp_path / "missing", tmp_path / "again")
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]


def test_the_backup_of_an_old_version_is_brought_up_to_date(tmp_path: Path) -> None:
    (tmp_path / "old.db").write_bytes(golden(1))
    restore(tmp_path / "old.db", tmp_path / "w")
    assert len(_state(tmp_path / "w")[0]) == 5  # type: ignore[arg-type]
    assert (tmp_path / "old.db").read_bytes() == golden(1)


def test_a_place_that_is_not_there_takes_no_backup(workspace: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such folder"):
        backup(workspace, tmp_path / "none" / "b.db")
    with pytest.raises(StoreError, match="no workspace"):
        backup(tmp_path / "none", tmp_path / "b.db")


def test_what_can_be_read_is_salvaged(workspace: Path, tmp_path: Path) -> None:
    assert list(salvage(workspace, tmp_path / "sound")) == []
    before, after = _state(workspace), _state(tmp_path / "sound")
    assert (before[0], before[2:]) == (after[0], after[2:])
    with pytest.raises(StoreError, match="something already"):
        list(salvage(workspace, tmp_path / "sound"))


def test_what_cannot_be_read_is_listed(workspace: Path, tmp_path: Path) -> None:
    store = open_workspace(workspace, write=True)
    with store.writing() as writer:
        for number in range(60):
            address = f"https://news.invalid/more/{number}"
            writer.add_page(
                1, text_page(address, "".join(map(chr, range(19968, 21000 + number))).encode()), address, "now"
            )
    store.close()
    path = workspace / DATABASE
    content = bytearray(path.read_bytes())
    whole = len(content)
    for place in range(whole // 2, whole // 2 + 3 * 4096, 512):
        content[place : place + 64] = b"\xa5" * 64
    with open_workspace(workspace).reading() as reader:
        pages = len(reader.pages())
    path.write_bytes(content)
    problems = list(open_workspace(workspace).check(thoroughly=True))
    assert problems
    assert all(";" in problem for problem in problems)
    lost = list(salvage(workspace, tmp_path / "sound"))
    assert 0 < len(lost) < pages
    assert all("is lost" in line for line in lost)
    assert len(_state(tmp_path / "sound")[0]) == pages - len([line for line in lost if line.startswith("page")])  # type: ignore[arg-type]


def test_damage_is_named_when_it_is_met(workspace: Path) -> None:
    path = workspace / DATABASE
    path.write_bytes(path.read_bytes()[:8_192])
    with pytest.raises(DamageError, match="restore a backup"), open_workspace(workspace).reading() as reader:
        reader.original(1)


def test_a_link_to_a_folder_stays_when_it_is_restored_over(workspace: Path, tmp_path: Path) -> None:
    backup(workspace, tmp_path / "b.db")
    link = tmp_path / "link"
    link.symlink_to(workspace, target_is_directory=True)
    aside = restore(tmp_path / "b.db", link, over=True)
    assert link.is_symlink() and (workspace / DATABASE).is_file()
    assert aside == tmp_path / "w.before-restore-1"
    assert _state(link) == _state(aside)


def test_the_root_of_a_disk_is_no_workspace(workspace: Path, tmp_path: Path) -> None:
    backup(workspace, tmp_path / "b.db")
    with pytest.raises(StoreError, match="root of a disk"):
        restore(tmp_path / "b.db", Path(tmp_path.anchor), over=True)


def test_a_newer_backup_is_named_and_not_where_it_would_have_stood(workspace: Path, tmp_path: Path) -> None:
    backup(workspace, tmp_path / "b.db")
    with closing(sqlite3.connect(tmp_path / "b.db")) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(VersionError, match=r"b\.db: it was made by a newer version"):
        restore(tmp_path / "b.db", tmp_path / "new")
    assert not (tmp_path / "new").exists()
