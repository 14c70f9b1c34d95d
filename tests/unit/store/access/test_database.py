"""The file of users: made whole, for its owner alone, safe with many hands, and with a log that tells of tampering."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import stat
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from mingjian.core.access.auditing import Deed
from mingjian.core.access.waiting import OF_ADDRESS, OF_NAME
from mingjian.errors import MingjianError, StoreError, VersionError
from mingjian.store.access import ACCESS_DATABASE, AccessDatabase
from mingjian.store.access.attempts import begin_attempt, forgive
from mingjian.store.access.audit import add_line, audit_lines, check_audit, hash_stands
from mingjian.store.access.checking import check_access
from mingjian.store.access.users import add_user, all_users, count_users, find_password, is_last_admin

LOGIN = Deed("anna", "session", "192.0.2.1", "session.begin", "anna")


def test_it_is_made_for_its_owner_alone_and_opened_again(tmp_path: Path) -> None:
    with AccessDatabase(tmp_path) as database, database.writing() as connection:
        assert add_user(connection, "Anna", "admin", "hash", 1) is not None
        for file in tmp_path.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    with AccessDatabase(tmp_path, write=False) as database, database.reading() as connection:
        assert [user.name for user in all_users(connection)] == ["Anna"]
        found = find_password(connection, "ANNA ")
        assert found is not None
        assert found[1] == "hash"
        with pytest.raises(StoreError, match="reading alone"), database.writing():
            pass


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    AccessDatabase(tmp_path).close()
    (tmp_path / ACCESS_DATABASE).chmod(0o644)
    assert any("others than its owner" in problem for problem in check_access(tmp_path))
    AccessDatabase(tmp_path).close()
    assert list(check_access(tmp_path)) == []


def test_what_is_no_file_of_users_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / ACCESS_DATABASE
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    with pytest.raises(StoreError, match="no file of users"):
        AccessDatabase(tmp_path)
    path.write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(StoreError):
        AccessDatabase(tmp_path)
    path.unlink()
    AccessDatabase(tmp_path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9")
    with pytest.raises(VersionError, match="format 9"):
        AccessDatabase(tmp_path)


def test_an_empty_file_of_somebody_who_was_killed_is_filled(tmp_path: Path) -> None:
    (tmp_path / ACCESS_DATABASE).touch()
    with AccessDatabase(tmp_path) as database, database.reading() as connection:
        assert count_users(connection) == 0


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with AccessDatabase(tmp_path) as database:
        with pytest.raises(ValueError, match="half way"), database.writing() as connection:
            add_user(connection, "Anna", "admin", "hash", 1)
            add_line(connection, LOGIN, 1)
            raise ValueError("half way")
        with database.reading() as connection:
            assert count_users(connection) == 0
            assert audit_lines(connection, 10) == []


def test_a_name_is_taken_in_whatever_case_and_width(tmp_path: Path) -> None:
    with AccessDatabase(tmp_path) as database, database.writing() as connection:
        anna = add_user(connection, "Anna", "admin", "hash", 1)
        assert anna is not None
        assert add_user(connection, "ＡNNA", "reader", "hash", 1) is None
        assert is_last_admin(connection, anna.number)
        assert add_user(connection, "Bo", "admin", "hash", 1) is not None
        assert not is_last_admin(connection, anna.number)


def test_many_hands_write_one_chain(tmp_path: Path) -> None:
    first, second = AccessDatabase(tmp_path), AccessDatabase(tmp_path)

    def note(number: int) -> None:
        with (first if number % 2 else second).writing() as connection:
            add_line(connection, LOGIN, number)

    with first, second:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(note, range(60)))
        with first.reading() as connection:
            assert [line.number for line in audit_lines(connection, 100)] == list(range(60, 0, -1))
            assert list(check_audit(connection)) == []


def write_until_killed(folder: Path) -> None:
    with AccessDatabase(folder) as database:
        for number in range(1_000_000):
            with database.writing() as connection:
                add_user(connection, f"user {number}", "reader", "hash", number)
                add_line(connection, LOGIN, number)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_whoever_is_killed_leaves_it_sound(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    for _ in range(2):
        child = context.Process(target=write_until_killed, args=(tmp_path,))
        child.start()
        before = len(lines_of(tmp_path))
        until = time.monotonic() + 30
        while len(lines_of(tmp_path)) < before + 5 and time.monotonic() < until:
            time.sleep(0.01)
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        assert len(lines_of(tmp_path)) >= before + 5
        assert list(check_access(tmp_path)) == []


def lines_of(folder: Path) -> list[object]:
    try:
        with AccessDatabase(folder, write=False) as database, database.reading() as connection:
            return list(audit_lines(connection, 1_000_000))
    except StoreError:
        return []


def test_attempts_must_wait_and_are_forgiven(tmp_path: Path) -> None:
    clients = {"name anna": OF_NAME, "address 192.0.2.1": OF_ADDRESS}
    with AccessDatabase(tmp_path) as database, database.writing() as connection:
        assert [begin_attempt(connection, clients, 100) for _ in range(5)] == [0, 0, 0, 1, 1]
        assert begin_attempt(connection, clients, 101) == 0
        assert begin_attempt(connection, clients, 101) == 2
        assert begin_attempt(connection, {"name bo": OF_NAME}, 101) == 0
        forgive(connection, "name anna")
        assert begin_attempt(connection, clients, 101) == 0
    with AccessDatabase(tmp_path) as database, database.writing() as connection:
        many = [begin_attempt(connection, {"address 192.0.2.1": OF_ADDRESS}, 101) for _ in range(12)]
        assert many[-1] > 0


def with_lines(folder: Path) -> str:
    """A log of five lines; the hash of the third."""
    with AccessDatabase(folder) as database, database.writing() as connection:
        lines = [add_line(connection, Deed("anna", "session", "", "user.add", f"u{n}"), n) for n in range(1, 6)]
    assert list(check_access(folder)) == []
    return lines[2].hash.hex()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET subject = 'nobody' WHERE number = 3",
        "DELETE FROM audit WHERE number = 3",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT number, at, who, via, address, action, 'x', detail, hash FROM audit",
        "INSERT INTO audit SELECT 9, at, who, via, address, action, subject, detail, hash FROM audit WHERE number = 5",
        "DELETE FROM audit_head",
    ],
)
def test_the_log_is_not_changed_by_whoever_opens_it(tmp_path: Path, change: str) -> None:
    with_lines(tmp_path)
    refused = pytest.raises(MingjianError, match="only added to")
    with AccessDatabase(tmp_path) as database, refused, database.writing() as connection:
        connection.execute(change)
    assert list(check_access(tmp_path)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE audit SET subject = 'nobody' WHERE number = 3", "line 3"),
        ("UPDATE audit SET at = 0 WHERE number = 5", "line 5"),
        ("DELETE FROM audit WHERE number = 3", "line 3 of the audit log is missing"),
        ("DELETE FROM audit WHERE number = 5", "ends at line 4, but 5 were written"),
        ("DELETE FROM audit WHERE number = 1", "line 1 of the audit log is missing"),
        ("UPDATE audit SET number = number + 10", "line 1 of the audit log is missing"),
    ],
)
def test_what_is_changed_in_the_file_itself_is_found(tmp_path: Path, change: str, told: str) -> None:
    with_lines(tmp_path)

    def tamper(connection: sqlite3.Connection) -> None:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(change)

    directly(tmp_path, tamper)
    problems = list(check_access(tmp_path))
    assert any("taken out of the file" in problem for problem in problems)
    assert any(told in problem for problem in problems)


def test_a_log_that_is_written_anew_does_not_hold_a_hash_that_was_noted(tmp_path: Path) -> None:
    noted = with_lines(tmp_path)
    with AccessDatabase(tmp_path) as database, database.reading() as connection:
        assert hash_stands(connection, noted[:16]) == 3
    again = tmp_path / "again"
    again.mkdir()
    with AccessDatabase(again) as database, database.writing() as connection:
        for number in range(1, 6):
            add_line(connection, Deed("anna", "session", "", "user.add", f"v{number}"), number)
        assert hash_stands(connection, noted[:16]) is None


def directly(folder: Path, tamper: Callable[[sqlite3.Connection], None]) -> None:
    """Change the file as somebody does who can write it."""
    with closing(sqlite3.connect(folder / ACCESS_DATABASE)) as connection:
        tamper(connection)
        connection.commit()
