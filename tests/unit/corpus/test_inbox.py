"""What is sent to a workspace stays there until it is added."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from mingjian.corpus.inbox import FILES, Inbox, plain_name
from mingjian.errors import BusyError, UnknownError

AT = "2026-03-12T09:00:00+08:00"


def test_jobs_wait_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    assert inbox.waiting() is None
    first = inbox.accept([("甲.html", b"<p>1"), ("甲.html", b"<p>2"), ("甲.html", b"<p>1")], "lin", AT)
    second = inbox.accept([("b.txt", b"2")], "lin", "2026-03-12T09:00:01+08:00")
    assert (first.files, second.files) == (2, 1)
    held = sorted(path.read_bytes() for path in (inbox.folder(first.id) / FILES).rglob("*.html"))
    assert held == [b"<p>1", b"<p>2"]
    assert [job.id for job in inbox.jobs()] == [second.id, first.id]
    assert inbox.waiting() == first
    begun = msgspec.structs.replace(first, state="running")
    inbox.put(begun)
    assert Inbox(tmp_path).waiting() == begun  # whoever worked on it was killed
    inbox.put(msgspec.structs.replace(first, state="done", ended_at=AT))
    assert not (inbox.folder(first.id) / FILES).exists()
    assert inbox.waiting() == second
    assert inbox.job(first.id).state == "done"


@pytest.mark.parametrize("wrong", ["../../etc", "0" * 32, "", "x" * 32, "\x00"])
def test_a_job_that_is_none_is_told_plainly(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(UnknownError, match="no job has the id"):
        Inbox(tmp_path).job(wrong)


def test_names_of_files_hold_nothing_that_leads_elsewhere() -> None:
    told = {"../../etc/passwd": "passwd", "C:\\a\\..": "page", "": "page", ".htaccess": "htaccess", "a/b": "b"}
    assert {name: plain_name(name) for name in told} == told
    assert plain_name("\x1b[31m通知\n.html") == "_31m通知_.html"
    long = plain_name("长" * 300 + ".html")
    assert long.endswith(".html")
    assert len(long.encode()) < 255
    wide = plain_name("\U00020bb7" * 100 + ".\U00020bb7\U00020bb7")
    assert len(wide.encode()) < 255
    assert wide.startswith("\U00020bb7" * 50)


def test_old_jobs_are_forgotten_but_none_that_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingjian.corpus.inbox._KEPT", 1)
    inbox = Inbox(tmp_path)
    jobs = [inbox.accept([("a.txt", b"1")], "lin", f"2026-03-12T09:00:0{second}+08:00") for second in range(4)]
    inbox.put(msgspec.structs.replace(jobs[1], state="done"))
    inbox.put(msgspec.structs.replace(jobs[2], state="failed"))
    assert [job.id for job in inbox.jobs()] == [jobs[3].id, jobs[2].id, jobs[0].id]
    assert inbox.waiting() == jobs[0]
    assert (inbox.folder(jobs[0].id) / FILES).exists()


def test_no_more_is_taken_than_can_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingjian.corpus.inbox._MOST_WAITING", 1)
    inbox = Inbox(tmp_path)
    first = inbox.accept([("a.txt", b"1")], "lin", AT)
    with pytest.raises(BusyError, match="1 jobs wait already"):
        inbox.accept([("b.txt", b"2")], "lin", AT)
    assert inbox.jobs() == [first]
    inbox.put(msgspec.structs.replace(first, state="done"))
    assert inbox.accept([("b.txt", b"2")], "lin", AT).state == "waiting"


def test_what_a_kill_broke_off_is_swept_away(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    job = inbox.accept([("a.txt", b"1")], "lin", AT)
    part = inbox.folder(job.id).with_name(f".{'0' * 32}.77.part")
    (part / FILES).mkdir(parents=True)
    inbox.sweep()
    assert not part.exists()
    assert inbox.jobs() == [job]
