"""Pages that are sent to be added, and what became of them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, JSONBody

from mingjian.core.model.failure import Failure
from mingjian.corpus.clock import now
from mingjian.corpus.inbox import Inbox, Job
from mingjian.errors import ReadError
from mingjian.serve.access.asking import asker_of
from mingjian.serve.access.rights import needs
from mingjian.serve.paging import refuse_unknown

_MOST_FILES = 500
_MOST_FAILURES = 200


class SentPage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page as a crawler has it: its address and either its HTML or its text; when it was fetched (ISO 8601)."""

    url: str
    html: str | None = None
    text: str | None = None
    id: str | None = None
    retrieved_at: str | None = None


class JobReport(msgspec.Struct, frozen=True, kw_only=True):
    """A job, and the first of what of it gave no page."""

    job: Job
    failures: tuple[Failure, ...]


class JobsController(Controller):
    """Sendings of pages."""

    path = "/jobs"
    opt = needs("review")
    # Never 304: what becomes of a job is no part of the state of the workspace.
    before_request = refuse_unknown  # type: ignore[assignment]  # Litestar takes it from the class, unbound
    tags = ["adding"]  # noqa: RUF012 - as Litestar asks for it

    @post("/files", sync_to_thread=True, status_code=HTTPStatus.ACCEPTED, summary="Send files to be added")
    def send_files(
        self,
        request: Request[Any, Any, Any],
        inbox: NamedDependency[Inbox],
        data: Annotated[list[UploadFile], Body(media_type=RequestEncodingType.MULTI_PART)],
    ) -> Response[Job]:
        """Keep the files, in whatever form pages come, and add their pages when nobody else writes."""
        if not 0 < len(data) <= _MOST_FILES:
            raise ReadError("request", f"it brings {len(data)} files", f"send between 1 and {_MOST_FILES}")
        return _accepted(request, inbox, [(each.filename, each.file.read()) for each in data])

    @post("/pages", sync_to_thread=True, status_code=HTTPStatus.ACCEPTED, summary="Send pages to be added")
    def send_pages(
        self, request: Request[Any, Any, Any], inbox: NamedDependency[Inbox], data: JSONBody[list[SentPage]]
    ) -> Response[Job]:
        """Keep pages with their addresses, and add them when nobody else writes."""
        if not data:
            raise ReadError("request", "it brings no page", "send one or more")
        lines = b"".join(msgspec.json.encode(page) + b"\n" for page in data)
        return _accepted(request, inbox, [("pages.jsonl", lines)])

    @get("/", sync_to_thread=True, summary="All jobs, the latest first")
    def jobs(self, inbox: NamedDependency[Inbox]) -> list[Job]:
        """List the jobs that are still told of."""
        return list(inbox.jobs())

    @get("/{job:str}", sync_to_thread=True, summary="What became of a job")
    def job(self, inbox: NamedDependency[Inbox], job: FromPath[str]) -> JobReport:
        """Tell how far a job is, and what of it gave no page."""
        return JobReport(job=inbox.job(job), failures=inbox.failures(job, _MOST_FAILURES))


def _accepted(request: Request[Any, Any, Any], inbox: Inbox, files: list[tuple[str, bytes]]) -> Response[Job]:
    job = inbox.accept(files, asker_of(request).name, now())
    request.app.state.background.look_now()
    return Response(job, headers={"Location": f"/api/jobs/{job.id}"})
