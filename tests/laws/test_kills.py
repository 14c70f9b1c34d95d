"""Whoever is killed leaves nothing half and loses nothing acknowledged: a few kills; ``bench.kill`` makes hundreds."""

from __future__ import annotations

import sys

import pytest
from bench import kill_books, kill_desk
from bench.kill import kill_often
from bench.kill_work import judge, work

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL and no fork")


def test_nothing_is_lost_or_half_after_kills() -> None:
    tally = kill_often(20, 3, work, judge, patience=0.25)
    assert tally.faults == []
    assert tally.phases.total() == 20
    assert tally.acknowledged > 0


def test_books_and_files_are_as_if_nobody_had_been_killed() -> None:
    tally = kill_often(6, 3, kill_books.work, kill_books.judge, patience=0.25)
    assert tally.faults == []
    assert tally.acknowledged > 0


def test_what_people_said_is_as_if_nobody_had_been_killed() -> None:
    tally = kill_often(6, 3, kill_desk.work, kill_desk.judge, patience=0.25)
    assert tally.faults == []
    assert tally.acknowledged > 0
