"""Pages that are taken out of all that people see, and brought back; what is erased is gone."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, JSONBody

from mingjian.core.model.corpus import KeptPage
from mingjian.corpus.inbox import Job
from mingjian.serve.access.noting import NOTES
from mingjian.serve.access.rights import needs
from mingjian.serve.api.pages import PageId
from mingjian.serve.keeping import erase_page, remove_page, return_page
from mingjian.serve.paging import PART, Listed, Part, linked, listed
from mingjian.serve.preconditions import tag_of_page
from mingjian.serve.wire import Wire
from mingjian.serve.workspace import Workspace

_LONGEST = 2_000
IfMatch = Annotated[
    str | None,
    HeaderParameter(name="If-Match", description="The ETag of the page; 412 where it is not as it was then."),
]


class Removing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a page is taken out, which is kept."""

    why: Annotated[str, msgspec.Meta(min_length=1, max_length=_LONGEST, pattern=r"\S")]


class RemovingController(Controller):
    """Pages out, and in again: for admins."""

    tags = ["pages"]  # noqa: RUF012 - as Litestar asks for it
    opt = {**needs("admin"), **NOTES}  # noqa: RUF012

    @get(
        "/removed",
        sync_to_thread=True,
        operation_id="listRemoved",
        summary="Pages that were taken out",
        dependencies=PART,
    )
    def removed(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], part: NamedDependency[Part]
    ) -> Response[Listed[KeptPage]]:
        """List pages that were taken out, with why, the last added first; erased ones too."""
        with workspace.pages() as reader:
            total = reader.counts()["removed"]
            found = tuple(reader.removed(part.limit, part.offset))
        more = part.offset + len(found) < total
        return linked(listed(request, part, found, more=more, total=total))

    @post(
        "/pages/{page:str}/remove",
        sync_to_thread=True,
        status_code=HTTPStatus.OK,
        operation_id="removePage",
        summary="Take a page out",
    )
    def remove(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        page: PageId,
        data: JSONBody[Removing],
        if_match: IfMatch = None,
    ) -> Response[KeptPage]:
        """Take a page out of all that people see; it stays out when it is added again. ``503`` while others write."""
        return _told(remove_page(request, workspace, page, data.why))

    @post(
        "/pages/{page:str}/return",
        sync_to_thread=True,
        status_code=HTTPStatus.OK,
        operation_id="returnPage",
        summary="Bring a page back",
    )
    def bring_back(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        page: PageId,
        if_match: IfMatch = None,
    ) -> Response[KeptPage]:
        """Undo a removal; ``503`` while others write, ``404`` for a page that was erased."""
        return _told(return_page(request, workspace, page))

    @post(
        "/pages/{page:str}/erase",
        sync_to_thread=True,
        status_code=HTTPStatus.ACCEPTED,
        operation_id="erasePage",
        summary="Erase the words of a page for good",
    )
    def erase(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        page: PageId,
        data: JSONBody[Removing],
        if_match: IfMatch = None,
    ) -> Response[Job]:
        """Take a page out and erase its words, from indexes and reviews too, as a job: only a backup still has them."""
        job = erase_page(request, workspace, page, data.why)
        return Response(job, headers={"Location": f"/api/jobs/{job.id}"})


def _told(kept: KeptPage) -> Response[KeptPage]:
    return Wire(kept, headers={"ETag": tag_of_page(kept)})
