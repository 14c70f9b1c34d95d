"""Sending pages from the browser, and what became of them."""

from __future__ import annotations

from typing import Annotated, Any, get_args

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, URLEncodedBody
from litestar.response import Redirect

from mingjian.brief.wording import minute_of
from mingjian.core.model.failure import Failure
from mingjian.corpus.clock import now
from mingjian.corpus.inbox import Inbox, Job, JobKind, JobState
from mingjian.serve.access.asking import asker_of
from mingjian.serve.access.rights import needs
from mingjian.serve.web.answering import answer, answer_error_as_page
from mingjian.serve.web.parts import Badge, Crumb, Message, Tone
from mingjian.serve.web.words import word

_SHOWN = 100
_FAILURES = 200
_MOST_FILES = 500
_TONES: dict[str, Tone] = {"waiting": "info", "running": "info", "done": "good", "failed": "bad"}
_STATES: dict[tuple[JobKind, JobState], str] = {
    **{(kind, "done"): "upkeep.done" for kind in get_args(JobKind) if kind != "add"},
    **{(kind, "running"): "upkeep.running" for kind in get_args(JobKind) if kind != "add"},
    ("check", "done"): "upkeep.sound",
    ("check", "failed"): "upkeep.unsound",
}
"""What states are called where it is not the adding of pages that ended so."""
_Request = Request[Any, Any, Any]


class ShownJob(msgspec.Struct, frozen=True, kw_only=True):
    """A job with its state as a badge, the first of what gave no page, and the address of a backup that it made."""

    job: Job
    badge: Badge
    failures: tuple[Failure, ...] = ()
    backup: str | None = None

    @property
    def waits(self) -> bool:
        """Whether it is still to be told how it ends."""
        return self.job.state in {"waiting", "running"}


def shown_job(job: Job, inbox: Inbox, most: int = 0) -> ShownJob:
    """The job as it is shown, with so many of its failures."""
    backup = f"/admin/upkeep/{job.id}/backup.db" if inbox.holds_backup(job) else None
    failures = inbox.failures(job.id, most) if most else ()
    return ShownJob(job=job, badge=_badge(job), failures=failures, backup=backup)


class PageForm(msgspec.Struct, frozen=True):
    """A page as it is pasted: its address, and its HTML or text."""

    url: str = ""
    content: str = ""
    form: str = "text"


@get("/jobs", sync_to_thread=True, opt=needs("review"), include_in_schema=False)
def jobs_page(request: _Request, inbox: NamedDependency[Inbox]) -> Response[str]:
    """Show what was sent, the last first, and the forms that send."""
    return _page(request, inbox)


@get("/jobs/{job:str}", sync_to_thread=True, opt=needs("review"), include_in_schema=False)
def job_page(request: _Request, inbox: NamedDependency[Inbox], job: FromPath[str]) -> Response[str]:
    """Show what became of a job, and what of it gave no page."""
    found = inbox.job(job)
    shown = shown_job(found, inbox, _FAILURES)
    return answer(
        request,
        "jobs/job.html.j2",
        "admin",
        title=str(word(f"upkeep.{found.kind}")),
        crumbs_=(Crumb(str(word("jobs.title")), "/jobs"), Crumb(minute_of(found.at))),
        shown=shown,
    )


@post("/jobs/files", sync_to_thread=True, opt=needs("review"), include_in_schema=False)
def send_files_there(
    request: _Request,
    inbox: NamedDependency[Inbox],
    data: Annotated[list[UploadFile], Body(media_type=RequestEncodingType.MULTI_PART)],
) -> Response[Any]:
    """Keep the files that were chosen, and add their pages when nobody else writes."""
    files = [(each.filename, each.file.read()) for each in data if each.filename]
    if not 0 < len(files) <= _MOST_FILES:
        return _page(request, inbox, (Message(str(word("jobs.no_files", most=_MOST_FILES)), "warn"),), 400)
    return _accepted(request, inbox, files)


@post("/jobs/page", sync_to_thread=True, opt=needs("review"), include_in_schema=False)
def send_page_there(request: _Request, inbox: NamedDependency[Inbox], data: URLEncodedBody[PageForm]) -> Response[Any]:
    """Keep a page that was pasted, with its address, which is never looked up."""
    url, content = data.url.strip(), data.content
    if not url or not content.strip():
        return _page(request, inbox, (Message(str(word("jobs.no_page")), "warn"),), 400)
    name = "html" if data.form == "html" else "text"
    line = msgspec.json.encode({"url": url, name: content, "retrieved_at": now()})
    return _accepted(request, inbox, [("pages.jsonl", line + b"\n")])


def _accepted(request: _Request, inbox: Inbox, files: list[tuple[str, bytes]]) -> Response[Any]:
    job = inbox.accept(files, asker_of(request).name, now())
    request.app.state.access.note(request, "job.send", subject=job.id, detail=f"{job.files} files")
    request.app.state.background.look_now()
    return Redirect("/jobs", status_code=303)


def _page(request: _Request, inbox: Inbox, messages: tuple[Message, ...] = (), status: int = 200) -> Response[str]:
    jobs = list(inbox.jobs())
    shown = answer(
        request,
        "jobs/jobs.html.j2",
        "admin",
        title=str(word("jobs.title")),
        messages_=messages,
        jobs=tuple(shown_job(job, inbox) for job in jobs[:_SHOWN]),
        total=len(jobs),
        waits=any(shown_job(job, inbox).waits for job in jobs),
    )
    shown.status_code = status
    return shown


def _badge(job: Job) -> Badge:
    return Badge(str(word(_STATES.get((job.kind, job.state), f"jobs.{job.state}"))), _TONES[job.state])


def job_pages() -> Router:
    """The routes of these pages; what becomes of a job is no part of the workspace's state, so none is kept."""
    return Router(
        path="/",
        route_handlers=[jobs_page, job_page, send_files_there, send_page_there],
        exception_handlers={Exception: answer_error_as_page},
    )
