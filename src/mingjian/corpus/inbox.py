"""Work that waits until a workspace can be written: pages that were sent, and what admins ask for; each a job.

What is accepted is kept on the disk until it is done, whatever kills the program, and a job that was begun is begun
again: pages that are known change nothing. A job's files stand in folders named by their content, so that a page sent
twice is one page.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Container, Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import msgspec

from mingjian.core.model.failure import Failure
from mingjian.errors import BusyError, UnknownError
from mingjian.store.files import disk_plainly, folder_made_whole, written_whole

FILES = "upload"
"""The folder of a job that holds its files; their names begin with it."""
BACKUP = "backup.db"
"""The file in the folder of a job that made a backup."""

JobState: TypeAlias = Literal["waiting", "running", "done", "failed"]
JobKind: TypeAlias = Literal["add", "reextract", "reindex", "erase", "check", "backup"]
READING: tuple[JobKind, ...] = ("check", "backup")
"""What is done while another program writes, too."""
_JOB, _FAILURES = "job.json", "failures.jsonl"
_KEPT = 500
_MOST_WAITING = 200
_BACKUPS = 2
_LONGEST_NAME = 200  # bytes: a disk takes 255
_ID = re.compile(r"[0-9a-f]{32}")
_UNNAMEABLE = re.compile(r"[^\w.\-]+")


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What waits to be done: who asked for it when (ISO 8601), and what came of it: ``told`` are the words of the run.

    ``files`` were sent to be added. ``whole``: a check that reads all, or a re-extraction of all pages. ``page`` is the
    id of the page to be erased, and ``why`` the reason. A check has ``failed`` where something is wrong. ``kills``
    counts how often the program that did it was killed, and it waited again.
    """

    id: str
    state: JobState
    files: int
    who: str
    at: str
    kind: JobKind = "add"
    whole: bool = False
    page: str = ""
    why: str = ""
    ended_at: str | None = None
    told: str = ""
    kills: int = 0


class Inbox:
    """The jobs of a workspace; one program works on them, any number may ask."""

    def __init__(self, workspace: Path) -> None:
        self._root = workspace / "inbox"

    def accept(self, files: Iterable[tuple[str, bytes]], who: str, at: str) -> Job:
        """A new job that holds these files, each with its name: on the disk when this returns.

        Raises ``StoreError`` where they cannot be written, and nothing of the job is left then; ``BusyError`` where
        very many jobs wait already.
        """
        return self._begun(Job(id=_number(at), state="waiting", files=0, who=who, at=at), files)

    def ask(self, job: Job) -> Job:
        """A new job without files, as it is described but for its id; or one that asks the same and has not begun.

        Raises as ``accept`` does.
        """
        waits = [each for each in self.jobs() if each.state == "waiting"]
        same = (each for each in waits if _asks(each) == _asks(job))
        return next(same, None) or self._begun(msgspec.structs.replace(job, id=_number(job.at)), ())

    def _begun(self, job: Job, files: Iterable[tuple[str, bytes]]) -> Job:
        if sum(each.state in ("waiting", "running") for each in self.jobs()) >= _MOST_WAITING:
            mend = "send more when some of them are done"
            raise BusyError("inbox", f"{_MOST_WAITING} jobs wait already", mend)
        folder = self.folder(job.id)
        with disk_plainly(folder):
            self._root.mkdir(exist_ok=True)
            with folder_made_whole(folder) as part:
                count = sum(1 for name, body in files if _put(part / FILES, name, body))
                job = msgspec.structs.replace(job, files=count)
                (part / _JOB).write_bytes(msgspec.json.encode(job))
        return job

    def sweep(self) -> None:
        """Remove what is left of sendings that were broken off by a kill: for the program that works on the jobs."""
        for part in self._root.glob(".*.part"):
            shutil.rmtree(part, ignore_errors=True)

    def folder(self, job: str) -> Path:
        """Where a job lies."""
        return self._root / job

    def list_of_failures(self, job: str) -> Path:
        """The file that lists what of a job gave no page, a ``Failure`` a line."""
        return self.folder(job) / _FAILURES

    def failures(self, job: str, most: int) -> tuple[Failure, ...]:
        """The first so many of what of a job gave no page, as far as they are told yet."""
        try:
            with self.list_of_failures(job).open("rb") as lines:
                return tuple(msgspec.json.decode(line, type=Failure) for line in islice(lines, most))
        except (OSError, msgspec.DecodeError):
            return ()

    def job(self, job: str) -> Job:
        """The job of this id; raises ``UnknownError`` where there is none."""
        found = self._read(job) if _ID.fullmatch(job) else None
        if found is None:
            raise UnknownError("inbox", f"no job has the id {job!r}", "look up the ids of jobs at /api/jobs")
        return found

    def jobs(self) -> Sequence[Job]:
        """All jobs that are still told of, the latest first."""
        found = (self._read(name) for name in self._names())
        return [job for job in found if job is not None]

    def waiting(self, kinds: Container[JobKind] = get_args(JobKind)) -> Job | None:
        """The first job of these kinds that is not done: also one that was begun, for whoever worked on it is gone."""
        open_jobs = (job for job in reversed(self.jobs()) if job.state in ("waiting", "running"))
        return next((job for job in open_jobs if job.kind in kinds), None)

    def backup(self, job: str) -> Path:
        """The file of a backup that was made; raises ``UnknownError`` where the job made none, or it is gone."""
        made = self.folder(self.job(job).id) / BACKUP
        if self.job(job).state != "done" or not made.is_file():
            mend = f"ask for a new one: the last {_BACKUPS} are kept"
            raise UnknownError("inbox", f"the job {job} holds no backup", mend)
        return made

    def holds_backup(self, job: Job) -> bool:
        """Whether the job has made a backup that is still there."""
        return job.kind == "backup" and job.state == "done" and (self.folder(job.id) / BACKUP).is_file()

    def put(self, job: Job) -> None:
        """Keep what became of a job; of one that has ended the files go."""
        folder = self.folder(job.id)
        with disk_plainly(folder):
            with written_whole(folder / _JOB) as part:
                part.write_bytes(msgspec.json.encode(job))
            if job.state in ("done", "failed"):
                shutil.rmtree(folder / FILES, ignore_errors=True)
                self._forget_old()
                self._forget_backups()

    def _forget_old(self) -> None:
        ended = [job.id for job in self.jobs() if job.state in ("done", "failed")]
        for name in ended[_KEPT:]:
            shutil.rmtree(self.folder(name), ignore_errors=True)

    def _forget_backups(self) -> None:
        """Keep the last few: each is as large as the workspace."""
        held = [job for job in self.jobs() if self.holds_backup(job)]
        for job in held[_BACKUPS:]:
            (self.folder(job.id) / BACKUP).unlink(missing_ok=True)

    def _names(self) -> list[str]:
        if not self._root.is_dir():
            return []
        return sorted((each.name for each in self._root.iterdir() if _ID.fullmatch(each.name)), reverse=True)

    def _read(self, job: str) -> Job | None:
        with suppress(OSError, msgspec.DecodeError):
            return msgspec.json.decode((self.folder(job) / _JOB).read_bytes(), type=Job)
        return None


def _put(folder: Path, name: str, body: bytes) -> bool:
    """Whether the file is new: the same name and content twice are one."""
    place = folder / sha256(body).hexdigest()[:12] / plain_name(name)
    if place.exists():
        return False
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(body)
    return True


def plain_name(name: str) -> str:
    r"""The name without folders, and with nothing that a disk or a terminal could take amiss.

    >>> plain_name("../../etc/通知 (1).html"), plain_name("C:\\a\\.."), plain_name("")
    ('通知_1_.html', 'page', 'page')
    """
    last = re.split(r"[/\\]", name)[-1]
    plain = _UNNAMEABLE.sub("_", last).lstrip(".-")
    stem, dot, ending = plain.rpartition(".")
    if dot:
        plain = f"{_cut(stem, _LONGEST_NAME)}.{ending[:8]}"
    return _cut(plain, _LONGEST_NAME + 40) or "page"


def _cut(name: str, most: int) -> str:
    """The beginning of the name that takes so many bytes at most."""
    return name.encode(errors="ignore")[:most].decode(errors="ignore")


def _asks(job: Job) -> tuple[object, ...]:
    """What is asked for: equal where one answer is enough for both."""
    return job.kind, job.whole, job.page


def _number(at: str) -> str:
    """An id that no other job has, in the order of time."""
    return f"{_digits(at)}{secrets.token_hex(6)}"


def _digits(at: str) -> str:
    """The digits of a time, so that names stand in the order of their times."""
    return "".join(filter(str.isdigit, at))[:14].ljust(20, "0")
