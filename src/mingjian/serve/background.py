"""What the service does beside answering: the jobs that wait, and bring links, search and books up to date.

Both are done by programs of their own, one at a time: they take no time from requests, and one that dies harms nothing.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from pathlib import Path

import msgspec

from mingjian.corpus.clock import now
from mingjian.corpus.inbox import BACKUP, FILES, READING, Inbox, Job
from mingjian.errors import BusyError
from mingjian.serve.workspace import Workspace
from mingjian.store.lock import WriterLock

_log = logging.getLogger("mingjian.serve")
_EVERY = 2.0
_SLOWER = 30.0
_TOLD = 4_000
_SECONDS_A_PAGE = 60.0  # so that no page that is sent keeps the others waiting
_WAIT = 7 * 86_400.0  # for a program that began to write just before: a job does not fail for that, nor its files go
_MOST_KILLS = 20  # of the program that does a job, after which it is taken for the fault of the job
_GOOD = (0, 1)  # with 1 some pages failed, and the others are kept


class Background:
    """A thread that looks at the start and every two seconds whether something is to be done, and nobody writes."""

    def __init__(self, workspace: Workspace, inbox: Inbox) -> None:
        self._workspace = workspace
        self._inbox = inbox
        self._ends = threading.Event()
        self._called = threading.Event()
        self._weighs = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="background", daemon=True)

    def start(self) -> None:
        """Begin looking."""
        self._weighs.set()
        self._inbox.sweep()
        self._called.set()  # what waits is begun at once: the life of a service may be short
        self._thread.start()

    def look_now(self) -> None:
        """Look at once: something was just written."""
        self._workspace.look_again()
        self._called.set()

    def weigh(self) -> bool:
        """Let the facts of all pages be weighed for the queue of the desk; whether that will be done."""
        if not self._thread.is_alive():
            return False
        self._weighs.set()
        self.look_now()
        return True

    def stop(self) -> None:
        """End, and end the program that was started: what it has done is kept, and the rest is done next time."""
        self._ends.set()
        self._called.set()
        child = self._child
        if child is not None and child.poll() is None:
            child.terminate()
        if self._thread.is_alive():
            self._thread.join(timeout=_SLOWER)

    def _run(self) -> None:
        wait = _EVERY
        while not self._ends.is_set():
            self._called.wait(wait)
            self._called.clear()
            if self._ends.is_set():
                return
            wait = _EVERY if self._work() else _SLOWER

    def _work(self) -> bool:
        """Whether all went well, be it that there was nothing to do."""
        try:
            job, behind = self._inbox.waiting(), self._workspace.corpus.behind()
            if job is None and not behind:
                return self._weigh()
            if is_written(self._workspace.folder):
                job = self._inbox.waiting(READING)
                return job is None or self._do(job)
            return self._follow() if job is None else self._do(job)
        except Exception:  # noqa: BLE001 - whatever it was, the service goes on, and the next look may do better
            _log.exception("work beside requests failed")
            return False

    def _follow(self) -> bool:
        return _is_well(self._mingjian(["follow"], self._workspace.folder)[0])

    def _weigh(self) -> bool:
        """Weigh the facts where that was asked for, as at the start, until it is done; later pages as they come."""
        if not self._weighs.is_set():
            return True
        status, _ = self._mingjian(["review", "queue", "--limit", "1"], self._workspace.folder)
        if status == 0:
            self._weighs.clear()
        return _is_well(status)

    def _do(self, job: Job) -> bool:
        """Do what a job asks for; told is what the program said of it."""
        self._inbox.put(msgspec.structs.replace(job, state="running"))
        folder = self._inbox.folder(job.id)
        (folder / BACKUP).unlink(missing_ok=True)  # of one that was broken off
        status, said = self._mingjian(arguments_of(job, self._inbox.list_of_failures(job.id).resolve()), folder)
        if self._ends.is_set():
            return True
        if status < 0 and job.kills < _MOST_KILLS:
            self._inbox.put(msgspec.structs.replace(job, state="waiting", kills=job.kills + 1))
        else:
            state = "done" if status in (_GOOD if job.kind == "add" else (0,)) else "failed"
            told = said.replace(str(self._workspace.folder.resolve()), self._workspace.folder.name)[-_TOLD:]
            self._inbox.put(msgspec.structs.replace(job, state=state, ended_at=now(), told=told))
            if job.kind == "erase":
                self._weighs.set()  # the queue went with the words of the page
            self._called.set()
        return True

    def _mingjian(self, arguments: list[str], folder: Path) -> tuple[int, str]:
        """Run a command of our own in a folder: its status, and what it said."""
        command = [sys.executable, "-m", "mingjian", *arguments, "--workspace", str(self._workspace.folder.resolve())]
        self._child = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder
        )
        said = self._child.communicate()[0].decode(errors="replace")
        self._workspace.look_again()
        if self._child.returncode not in _GOOD and not self._ends.is_set():
            _log.warning("a command failed", extra={"command": arguments[0], "said": said[-_TOLD:]})
        return self._child.returncode, said


def arguments_of(job: Job, failures: Path) -> list[str]:
    """The command that does what a job asks for, to be run in the folder of the job; none holds a path from outside."""
    seconds, wait = ["--seconds-a-page", str(_SECONDS_A_PAGE)], ["--wait", str(_WAIT)]
    match job.kind:
        case "add":
            return ["add", FILES, "--failures", str(failures), *seconds, *wait]
        case "reextract":
            return ["reextract", *seconds, *wait, *(["--all"] if job.whole else [])]
        case "reindex":
            return ["reindex", *wait]
        case "erase":
            return ["remove", job.page, "--erase", f"--why={job.why}", *wait]
        case "check":
            return ["check", *(["--thoroughly"] if job.whole else [])]
        case "backup":
            return ["backup", BACKUP]


def _is_well(status: int) -> bool:
    """Whether a program went well, or was killed by somebody, which is no reason to wait longer than else."""
    return status <= 0


def is_written(folder: Path) -> bool:
    """Whether another program writes just now: it will bring all up to date itself."""
    try:
        WriterLock(folder).release()
    except BusyError:
        return True
    return False
