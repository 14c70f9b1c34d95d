"""The file of the desk: a log that only grows, several writers, and an end at any moment."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec
import pytest

from mingjian.core.model.review import NOTHING, Quoted, Review, TextAnchor
from mingjian.errors import ReviewError, StoreError, VersionError
from mingjian.store.desk import DESK, DeskFile
from mingjian.store.desk.reviews import (
    add_review,
    addresses_after,
    forget_words,
    log_position,
    review_numbered,
    reviews_after,
    reviews_at,
    undo_review,
    verdicts,
)
from mingjian.store.sqlite.connecting import log_ahead

REVIEW = Review(
    number=0, page="a" * 32, address="https://x.example/1", kind="targets", claim="c" * 16, verb="correct",
    anchor=TextAnchor(1, 3, "𠮷野", "在", "的"), who="甲", at="2026-03-13", why="因为", rule="figure.target",
    fact=msgspec.Raw(b'{"value":0.10}'), outcome=msgspec.Raw(b'{"value":0.20}'), quoted=(Quoted(1, 3, "𠮷野"),),
)  # fmt: skip


def test_an_absent_desk_is_an_empty_one(tmp_path: Path) -> None:
    file = DeskFile(tmp_path)
    with file.reading() as desk:
        assert (log_position(desk), reviews_after(desk)) == (0, [])
    assert not file.is_there() and list(file.check(thoroughly=True)) == []
    with pytest.raises(StoreError), file.writing():
        pass
    assert not (tmp_path / DESK).exists()


def test_what_was_said_comes_back(tmp_path: Path) -> None:
    file = DeskFile(tmp_path, write=True)
    with file.reading() as desk:
        assert log_position(desk) == 0
    with file.writing() as desk:
        first = add_review(desk, REVIEW)
        second = add_review(desk, msgspec.structs.replace(REVIEW, answers=first.number, address="b"))
    with file.reading() as desk:  # there is a file by now
        assert reviews_after(desk) == [first, second] == [review_numbered(desk, 1), review_numbered(desk, 2)]
        assert reviews_at(desk, "b") == [second]
        assert [one.claim for one in verdicts(desk)] == [REVIEW.claim] * 2
    with file.writing() as desk:
        undone = undo_review(desk, 1, "乙", "2026-03-14")
        assert undone == undo_review(desk, 1, "丙", "2026-03-15")  # it stays as it is
    with file.reading() as desk:
        assert undone.undone == "乙 2026-03-14"
        assert (log_position(desk), addresses_after(desk, 2), addresses_after(desk, 3)) == (3, [REVIEW.address], [])
        with pytest.raises(ReviewError):
            review_numbered(desk, 3)
    assert list(file.check(thoroughly=True)) == []


def test_a_transaction_that_raises_leaves_nothing(tmp_path: Path) -> None:
    file = DeskFile(tmp_path, write=True)
    with pytest.raises(RuntimeError), file.writing() as desk:
        add_review(desk, REVIEW)
        raise RuntimeError
    with file.reading() as desk:
        assert reviews_after(desk) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM review", "UPDATE review SET who = '乙'", "UPDATE review SET verb = 'accept'",
        "UPDATE review SET content = x'00'", "DELETE FROM undoing", "UPDATE undoing SET who = '甲'",
    ],
)  # fmt: skip
def test_the_log_only_grows(tmp_path: Path, statement: str) -> None:
    file = DeskFile(tmp_path, write=True)
    with file.writing() as desk:
        add_review(desk, REVIEW)
        undo_review(desk, 1, "乙", "2026-03-14")
    with pytest.raises(StoreError, match="never"), file.writing() as desk:
        desk.execute(statement)


def test_words_of_an_erased_page_are_gone_from_the_file(tmp_path: Path) -> None:
    file = DeskFile(tmp_path, write=True)
    with file.writing() as desk:
        add_review(desk, REVIEW)
    with file.writing() as desk:
        forget_words(desk, [REVIEW.page])
    with file.reading() as desk:
        (left,) = reviews_after(desk)
    assert (left.anchor.exact, left.fact, left.why, left.who) == ("", NOTHING, "", "甲")
    file.close()
    with sqlite3.connect(tmp_path / DESK) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "𠮷野".encode() not in held


def test_a_newer_or_another_file_is_left_alone(tmp_path: Path) -> None:
    file = DeskFile(tmp_path, write=True)
    with file.writing() as desk:
        desk.execute("UPDATE part SET version = 99")
    with pytest.raises(VersionError), file.reading():
        pass
    other = tmp_path / "other"
    other.mkdir()
    with sqlite3.connect(other / DESK) as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with pytest.raises(StoreError, match="another program"), DeskFile(other, write=True).writing():
        pass


def _write_many(folder: Path, who: str, count: int) -> None:
    file = DeskFile(folder, write=True)
    for _ in range(count):
        with file.writing() as desk:
            add_review(desk, msgspec.structs.replace(REVIEW, who=who))


def test_several_write_at_the_same_time(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    people = [context.Process(target=_write_many, args=(tmp_path, who, 20)) for who in ("甲", "乙", "丙")]
    for one in people:
        one.start()
    for one in people:
        one.join()
    with DeskFile(tmp_path).reading() as desk:
        reviews = reviews_after(desk)
    assert [one.number for one in reviews] == list(range(1, 61))
    assert sorted({one.who for one in reviews}) == sorted(("甲", "乙", "丙"))


_SPEAKER = """
import sys
from pathlib import Path
import msgspec
from mingjian.store.desk import DeskFile
from mingjian.store.desk.reviews import add_review, undo_review
from mingjian.core.model.review import Review, TextAnchor
file = DeskFile(Path(sys.argv[1]), write=True)
review = Review(number=0, page="a", address="x", kind="targets", claim="c", verb="accept",
                anchor=TextAnchor(0, 1, "字"), who="甲", at="")
while True:
    with file.writing() as desk:
        number = add_review(desk, review).number
        if number % 3 == 0:
            undo_review(desk, number, "甲", "")
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_at_any_moment_nothing_is_lost_or_half_written(tmp_path: Path) -> None:
    kept = 0
    for turn in range(4):
        speaker = subprocess.Popen([sys.executable, "-c", _SPEAKER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert speaker.stdout is not None
        told = [speaker.stdout.readline() for _ in range(2 + turn)]
        time.sleep(0.003 * turn)
        os.kill(speaker.pid, signal.SIGKILL)
        told += speaker.stdout.read().splitlines(keepends=True)
        speaker.wait()
        speaker.stdout.close()
        kept = max(kept, *(int(line) for line in told if line.endswith("\n")))
        file = DeskFile(tmp_path)
        assert list(file.check(thoroughly=True)) == []
        with file.reading() as desk:
            reviews = reviews_after(desk)
            assert kept in {one.number for one in reviews}
            assert all((one.undone is not None) == (one.number % 3 == 0) for one in reviews)
        file.close()


def test_the_log_waits_for_who_opens_the_file_just_now(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    first = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    first.execute("CREATE TABLE held (number INTEGER)")
    first.execute("BEGIN EXCLUSIVE")
    ends = threading.Timer(0.2, first.execute, ("COMMIT",))
    ends.start()
    second = sqlite3.connect(path, timeout=0, isolation_level=None)  # which is told at once that it is locked
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        second.execute("PRAGMA journal_mode = WAL")
    log_ahead(second)
    ends.join()
    assert second.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    first.close()
    second.close()
