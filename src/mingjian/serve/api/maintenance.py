"""What admins let be done to a workspace beside requests: each is a job, as the sending of pages is."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import File

from mingjian.corpus.inbox import Inbox, Job, JobKind
from mingjian.serve.access.rights import needs
from mingjian.serve.forms import SAFE
from mingjian.serve.keeping import ask_job
from mingjian.serve.paging import refuse_unknown

BACKUP_TYPE = "application/vnd.sqlite3"


class Extent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much is looked at: ``whole``, or what is needed."""

    whole: bool = False


class MaintenanceController(Controller):
    """Jobs of admins."""

    path = "/jobs"
    opt = needs("admin")
    before_request = refuse_unknown  # type: ignore[assignment]  # Litestar takes it from the class, unbound
    tags = ["operations"]  # noqa: RUF012 - as Litestar asks for it

    @post(
        "/reextract",
        sync_to_thread=True,
        status_code=HTTPStatus.ACCEPTED,
        operation_id="reextract",
        summary="Extract kept pages again",
    )
    def reextract(self, request: Request[Any, Any, Any], data: JSONBody[Extent]) -> Response[Job]:
        """Extract pages again whose record other rules made, or all (``whole``); /api/changes tells what changed."""
        return _asked(request, "reextract", whole=data.whole)

    @post(
        "/reindex",
        sync_to_thread=True,
        status_code=HTTPStatus.ACCEPTED,
        operation_id="reindex",
        summary="Make links, search and books anew",
    )
    def reindex(self, request: Request[Any, Any, Any]) -> Response[Job]:
        """Make the indexes anew from the pages: what mends damaged ones. Search answers ``503`` meanwhile."""
        return _asked(request, "reindex")

    @post(
        "/check",
        sync_to_thread=True,
        status_code=HTTPStatus.ACCEPTED,
        operation_id="check",
        summary="Look whether the workspace is sound",
    )
    def check(self, request: Request[Any, Any, Any], data: JSONBody[Extent]) -> Response[Job]:
        """Check pages, records, reviews and users; ``whole``: every byte. The job has failed where something is wrong.

        Its ``told`` says what, and what to do.
        """
        return _asked(request, "check", whole=data.whole)

    @post(
        "/backup",
        sync_to_thread=True,
        status_code=HTTPStatus.ACCEPTED,
        operation_id="backup",
        summary="Make a backup",
    )
    def backup(self, request: Request[Any, Any, Any]) -> Response[Job]:
        """Write pages, records, decisions and reviews into one file, checked; users are not in it.

        It is fetched from /api/jobs/{job}/backup.db when the job is done; the last two are kept.
        """
        return _asked(request, "backup")

    @get(
        "/{job:str}/backup.db",
        sync_to_thread=True,
        operation_id="fetchBackup",
        summary="The file of a backup",
        media_type=BACKUP_TYPE,
    )
    def file(self, inbox: NamedDependency[Inbox], job: FromPath[str]) -> File:
        """Give the file that a job made, which `mingjian restore` takes."""
        return backup_file(inbox, job)


def backup_file(inbox: Inbox, job: str) -> File:
    """The file of a backup, sent piece by piece; raises ``UnknownError`` where there is none."""
    path = inbox.backup(job)
    name = f"mingjian-{job[:8]}-{job[8:14]}.db"
    return File(path, filename=name, media_type=BACKUP_TYPE, headers=dict(SAFE), content_disposition_type="attachment")


def _asked(request: Request[Any, Any, Any], kind: JobKind, **asked: Any) -> Response[Job]:  # noqa: ANN401 - of a job
    job = ask_job(request, kind, **asked)
    return Response(job, headers={"Location": f"/api/jobs/{job.id}"})
