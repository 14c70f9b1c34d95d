"""What is done beside requests, where programs are killed."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingjian.corpus.inbox import FILES, Inbox, Job
from mingjian.serve import background
from mingjian.serve.background import Background
from mingjian.serve.workspace import Workspace

_AT = "2026-03-12T09:00:00+08:00"


@pytest.fixture
def folder(workspace: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "workspace"
    shutil.copytree(workspace, copied, ignore=shutil.ignore_patterns("access.db*", "*.lock"))
    return copied


@pytest.fixture
def opened(folder: Path) -> Iterator[Workspace]:
    with Workspace(folder) as found:
        yield found


class Killed(Background):
    """The programs that do the work are killed so many times, and then end well."""

    def __init__(self, workspace: Workspace, inbox: Inbox, times: int) -> None:
        super().__init__(workspace, inbox)
        self.times = times
        self.begun: list[str] = []

    def _mingjian(self, arguments: list[str], folder: Path) -> tuple[int, str]:
        self.begun.append(arguments[0])
        return (-9, "") if len(self.begun) <= self.times else (0, "1 added")


def sent(folder: Path) -> tuple[Inbox, Job]:
    inbox = Inbox(folder)
    return inbox, inbox.accept([("a.txt", "岚州市发布行动方案。".encode())], "lin", _AT)


def test_a_job_whose_program_is_killed_loses_nothing_and_is_begun_again(folder: Path, opened: Workspace) -> None:
    inbox, job = sent(folder)
    beside = Killed(opened, inbox, times=3)
    for kills in (1, 2, 3):
        assert beside._work()
        told = inbox.job(job.id)
        assert (told.state, told.kills, told.ended_at) == ("waiting", kills, None)
        assert (inbox.folder(job.id) / FILES).is_dir()
    assert beside._work()
    assert inbox.job(job.id).state == "done"
    assert beside.begun == ["add"] * 4


def test_a_job_that_kills_its_program_each_time_keeps_no_other_waiting(
    folder: Path, opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_MOST_KILLS", 2)
    inbox, job = sent(folder)
    beside = Killed(opened, inbox, times=9)
    assert [(beside._work(), inbox.job(job.id).state)[1] for _ in range(3)] == ["waiting", "waiting", "failed"]


def test_what_waits_is_begun_at_the_start(folder: Path, opened: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_EVERY", 3_600.0)
    monkeypatch.setattr(background, "_SLOWER", 3_600.0)
    inbox, job = sent(folder)
    looked = threading.Event()
    begun: list[str] = []

    def do(found: Job) -> bool:
        begun.append(found.id)
        looked.set()
        return True

    beside = Killed(opened, inbox, times=0)
    monkeypatch.setattr(beside, "_do", do)
    beside.start()
    try:
        assert looked.wait(60)
        assert begun[0] == job.id
    finally:
        beside.stop()


def test_weighing_that_was_killed_is_done_the_next_time(folder: Path, opened: Workspace) -> None:
    beside = Killed(opened, Inbox(folder), times=1)
    beside._weighs.set()
    assert beside._work()
    assert beside._weighs.is_set()
    assert beside._work()
    assert beside.begun == ["review", "review"]
    assert not beside._weighs.is_set()
