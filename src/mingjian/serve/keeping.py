"""What admins do to a workspace: pages out and in again at once, all that takes long as a job that waits its turn."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request

from mingjian.core.model.corpus import KeptPage
from mingjian.corpus.clock import now
from mingjian.corpus.inbox import Inbox, Job, JobKind
from mingjian.corpus.pages import page_called
from mingjian.errors import UnknownError
from mingjian.serve.access.asking import asker_of
from mingjian.serve.deciding import writing
from mingjian.serve.preconditions import must_be_as_seen, tag_of_page
from mingjian.serve.workspace import Workspace

_Request = Request[Any, Any, Any]
_NOBODY = "—"


def remove_page(request: _Request, workspace: Workspace, page: str, why: str) -> KeptPage:
    """Take a page out of all that people see; raises ``BusyError`` while another program writes."""
    with writing(workspace) as corpus:
        must_be_as_seen(request, tag_of_page(corpus.page(page)))
        (kept,) = corpus.remove([page], why)
        kept = corpus.page(kept.id)
    _note(request, "page.remove", kept.id, why)
    _let_follow(request, workspace)
    return kept


def return_page(request: _Request, workspace: Workspace, page: str) -> KeptPage:
    """Bring a page back that was taken out; raises as ``remove_page``, and ``UnknownError`` for one that was erased."""
    with writing(workspace) as corpus:
        must_be_as_seen(request, tag_of_page(corpus.page(page)))
        (kept,) = corpus.bring_back([page])
        kept = corpus.page(kept.id)
    _note(request, "page.return", kept.id, "")
    _let_follow(request, workspace)
    return kept


def erase_page(request: _Request, workspace: Workspace, page: str, why: str) -> Job:
    """Let the words of a page be erased for good; raises ``UnknownError`` for a page that there is not."""
    with workspace.pages() as reader:
        kept = page_called(reader, page, str(workspace.folder))
    must_be_as_seen(request, tag_of_page(kept))
    if kept.erased:
        raise UnknownError(kept.id, "was erased already", "nothing is left to be done")
    return ask_job(request, "erase", page=kept.id, why=why)


def ask_job(request: _Request, kind: JobKind, **asked: Any) -> Job:  # noqa: ANN401 - members of a job
    """Let something be done when its turn comes; raises ``BusyError`` where very much waits already."""
    inbox: Inbox = request.app.state.inbox
    who = asker_of(request).name or _NOBODY
    job = inbox.ask(Job(id="", state="waiting", files=0, who=who, at=now(), kind=kind, **asked))
    told = {name: value for name, value in msgspec.structs.asdict(job).items() if name in asked and value}
    _note(request, f"job.{kind}", job.id, ", ".join(f"{name}={value}" for name, value in told.items()))
    request.app.state.background.look_now()
    return job


def _note(request: _Request, deed: str, subject: str, detail: str) -> None:
    request.app.state.access.note(request, deed, subject=subject, detail=detail)


def _let_follow(request: _Request, workspace: Workspace) -> None:
    workspace.look_again()
    request.app.state.background.look_now()
