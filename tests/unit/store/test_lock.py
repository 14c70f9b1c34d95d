"""One writer: a second one waits, hears who writes, and gives up; who dies lets go."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from mingjian.errors import BusyError, StoreError
from mingjian.store import open_workspace
from mingjian.store.lock import LOCK, WriterLock, writer_of

_HOLDER = """
import sys, time
from pathlib import Path
from mingjian.store import open_workspace
store = open_workspace(Path(sys.argv[1]), write=True, create=True)
if sys.argv[2:]:
    import os
    if os.fork() == 0:
        time.sleep(60)
print("held", flush=True)
time.sleep(60)
"""


def _holder(folder: Path, *more: str) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(folder), *more], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork and no groups of processes")


def _kill(holder: subprocess.Popen[str]) -> None:
    os.killpg(holder.pid, signal.SIGKILL)
    holder.communicate()


@posix
def test_a_second_writer_hears_who_writes_and_gives_up(tmp_path: Path) -> None:
    holder = _holder(tmp_path)
    told: list[str] = []
    begun = time.monotonic()
    with pytest.raises(BusyError, match=rf"process {holder.pid} on .* has been writing to it since \d{{4}}-"):
        open_workspace(tmp_path, write=True, wait=0.3, told=told.append)
    assert time.monotonic() - begun >= 0.3
    assert len(told) == 1
    assert f"process {holder.pid}" in told[0]
    with open_workspace(tmp_path).reading() as reader:
        assert reader.position() == 0
    _kill(holder)
    open_workspace(tmp_path, write=True).close()


@posix
def test_a_child_that_outlives_the_writer_does_not_hold_its_lock(tmp_path: Path) -> None:
    holder = _holder(tmp_path, "with a child")
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    store = open_workspace(tmp_path, write=True, wait=10)  # the child lets go when it first runs
    assert list(store.check(thoroughly=True)) == []
    store.close()
    _kill(holder)


def test_who_waits_gets_in_when_the_writer_ends(tmp_path: Path) -> None:
    first = WriterLock(tmp_path)
    heard = threading.Event()
    got: list[WriterLock] = []
    waiting = threading.Thread(
        target=lambda: got.append(WriterLock(tmp_path, wait=30, told=lambda _: heard.set())), daemon=True
    )
    waiting.start()
    assert heard.wait(30)
    first.release()
    waiting.join(30)
    assert writer_of(tmp_path) is not None
    got[0].release()
    assert writer_of(tmp_path) is None


@posix
def test_a_lock_that_was_replaced_is_asked_for_again(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    first = WriterLock(folder)
    folder.rename(tmp_path / "b")
    folder.mkdir()
    second = WriterLock(folder)
    with pytest.raises(BusyError):
        WriterLock(folder)
    second.release()
    first.release()


def test_a_lock_that_says_nothing_still_holds(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path)
    (tmp_path / LOCK).write_bytes(b"")
    with pytest.raises(BusyError, match="another program writes to it"):
        WriterLock(tmp_path)
    lock.release()


def test_a_folder_that_is_gone_is_no_place_for_a_lock(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not there any more"):
        WriterLock(tmp_path / "none")
