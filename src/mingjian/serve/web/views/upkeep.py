"""The page on which admins look after a workspace: checks, backups, extraction again, and pages that were taken out."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, PathParameter, URLEncodedBody
from litestar.response import File, Redirect

from mingjian.core.model.corpus import KeptPage
from mingjian.corpus.inbox import Inbox
from mingjian.errors import QuestionError
from mingjian.serve.access.noting import NOTES
from mingjian.serve.access.rights import needs
from mingjian.serve.api.maintenance import backup_file
from mingjian.serve.keeping import ask_job, erase_page, remove_page, return_page
from mingjian.serve.web.answering import answer, answer_error_as_page
from mingjian.serve.web.links import page_href
from mingjian.serve.web.views.jobs import shown_job
from mingjian.serve.web.words import word
from mingjian.serve.workspace import Workspace

_Request = Request[Any, Any, Any]
_HERE = "/admin/upkeep"
_JOBS, _REMOVED = 20, 50
_LONGEST = 2_000
_Page = Annotated[str, PathParameter(max_length=64)]


class ExtentForm(msgspec.Struct, frozen=True):
    """How much is looked at: all, where ``whole`` says anything."""

    whole: str = ""


class ReasonForm(msgspec.Struct, frozen=True):
    """Why a page is taken out."""

    why: str = ""


@get(_HERE, sync_to_thread=True, include_in_schema=False)
def upkeep_page(
    request: _Request, inbox: NamedDependency[Inbox], workspace: NamedDependency[Workspace]
) -> Response[str]:
    """Show what can be done, what was done lately, and which pages were taken out."""
    jobs = [shown_job(job, inbox) for job in inbox.jobs() if job.kind != "add"]
    with workspace.pages() as reader:
        removed: list[KeptPage] = list(reader.removed(_REMOVED))
        count = reader.counts()["removed"]
    return answer(
        request,
        "upkeep.html.j2",
        "admin",
        title=word("upkeep.title").zh,
        jobs=jobs[:_JOBS],
        waits=any(each.waits for each in jobs),
        status=workspace.corpus.status(),
        removed=removed,
        removed_count=count,
    )


@post("/admin/upkeep/{kind:str}", sync_to_thread=True, include_in_schema=False)
def ask_there(request: _Request, kind: FromPath[str], data: URLEncodedBody[ExtentForm]) -> Redirect:
    """Let something be done when its turn comes."""
    match kind:
        case "check" | "reextract":
            ask_job(request, kind, whole=bool(data.whole))
        case "backup" | "reindex":
            ask_job(request, kind)
        case _:
            raise NotFoundException("there is no such thing to be done")
    return Redirect(_HERE, status_code=303)


@get("/admin/upkeep/{job:str}/backup.db", sync_to_thread=True, include_in_schema=False)
def fetch_there(inbox: NamedDependency[Inbox], job: FromPath[str]) -> File:
    """Give the file of a backup."""
    return backup_file(inbox, job)


@post("/pages/{page:str}/remove", sync_to_thread=True, include_in_schema=False)
def remove_there(
    request: _Request, workspace: NamedDependency[Workspace], page: _Page, data: URLEncodedBody[ReasonForm]
) -> Redirect:
    """Take a page out."""
    return Redirect(page_href(remove_page(request, workspace, page, _reason(data)).id), status_code=303)


@post("/pages/{page:str}/return", sync_to_thread=True, include_in_schema=False)
def return_there(request: _Request, workspace: NamedDependency[Workspace], page: _Page) -> Redirect:
    """Bring a page back."""
    return Redirect(page_href(return_page(request, workspace, page).id), status_code=303)


@post("/pages/{page:str}/erase", sync_to_thread=True, include_in_schema=False)
def erase_there(
    request: _Request, workspace: NamedDependency[Workspace], page: _Page, data: URLEncodedBody[ReasonForm]
) -> Redirect:
    """Let the words of a page be erased."""
    erase_page(request, workspace, page, _reason(data))
    return Redirect(_HERE, status_code=303)


def _reason(form: ReasonForm) -> str:
    why = form.why.strip()
    if not 0 < len(why) <= _LONGEST:
        raise QuestionError("why", f"is empty, or longer than {_LONGEST} characters", "say why in a sentence")
    return why


def upkeep_pages() -> Router:
    """The routes of these pages; nobody on the way keeps anything of them."""
    return Router(
        path="/",
        route_handlers=[upkeep_page, ask_there, fetch_there, remove_there, return_there, erase_there],
        response_headers={"Cache-Control": "no-store"},
        exception_handlers={Exception: answer_error_as_page},
        opt={**needs("admin"), **NOTES},
    )
