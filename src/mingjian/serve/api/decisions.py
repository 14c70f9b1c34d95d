"""What people decide of pages and things: that two are one, or that they are not."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter, QueryParameter

from mingjian import __version__
from mingjian.core.ledger.meaning import the_mention
from mingjian.core.model.corpus import Decision
from mingjian.corpus import Corpus
from mingjian.serve.access.asking import asker_of
from mingjian.serve.access.rights import needs
from mingjian.serve.paging import PART, Listed, Part, linked, listed
from mingjian.serve.workspace import Workspace

_WAIT = 3.0
"""Seconds that a decision waits while another program writes, before it is told to come again."""
_LONGEST = 2_000
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Deciding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two pages, or two things or mentions, by their ids (or beginnings of them), and what is decided of them."""

    kind: Literal["merge", "split"]
    of: Literal["pages", "things"]
    first: Id
    second: Id
    why: Annotated[str, msgspec.Meta(max_length=_LONGEST)] = ""


class DecisionsController(Controller):
    """Decisions."""

    path = "/decisions"
    tags = ["decisions"]  # noqa: RUF012 - as Litestar asks for it
    opt = needs("read")

    @get("/", sync_to_thread=True, operation_id="listDecisions", summary="What people decided", dependencies=PART)
    def decisions(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        part: NamedDependency[Part],
        of: Annotated[Literal["pages", "things"] | None, QueryParameter(description="Only of these.")] = None,
    ) -> Response[Listed[Decision]]:
        """List decisions, the oldest first; those that were undone too, with who undid them."""
        with workspace.pages() as reader:
            found = [
                one for one in reader.decisions() if of is None or one.kind.endswith("-things") == (of == "things")
            ]
        shown, more = part.of(found)
        return linked(listed(request, part, shown, more=more, total=len(found)))

    @post(
        "/",
        sync_to_thread=True,
        opt=needs("review"),
        operation_id="decide",
        summary="Decide that two are one, or are not",
    )
    def decide(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        data: JSONBody[Deciding],
    ) -> Decision:
        """Keep a decision, which holds against all rules, now and when pages come; ``503`` while others write."""
        who = _who(request)
        if data.of == "pages":
            with _writing(workspace) as corpus:
                decision = corpus.decisions.of_pages(data.kind, (data.first, data.second), who, data.why)
        else:
            with workspace.books() as books:
                first, second = (the_mention(books, name, str(workspace.folder)) for name in (data.first, data.second))
            with _writing(workspace) as corpus:
                decision = corpus.decisions.of_things(data.kind, (first, second), who, data.why)
        _note(request, workspace, data.kind, decision)
        return decision

    @post(
        "/{number:int}/undo",
        sync_to_thread=True,
        opt=needs("review"),
        operation_id="undoDecision",
        summary="Undo a decision",
    )
    def undo(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        number: Annotated[int, PathParameter(description="The number of the decision.")],
    ) -> Decision:
        """Undo a decision, which stays on the books; ``503`` while others write."""
        with _writing(workspace) as corpus:
            decision = corpus.decisions.undo(number, _who(request))
        _note(request, workspace, "undo", decision)
        return decision


def _writing(workspace: Workspace) -> Corpus:
    """The workspace, open to be written for a moment; raises ``BusyError`` while another program writes."""
    return Corpus.open(workspace.folder, write=True, wait=_WAIT, program=f"mingjian {__version__}")


def _note(request: Request[Any, Any, Any], workspace: Workspace, deed: str, decision: Decision) -> None:
    """Write down who did it, and let links, search and books follow."""
    request.app.state.access.note(request, f"decision.{deed}", subject=str(decision.number), detail=decision.kind)
    workspace.look_again()
    request.app.state.background.look_now()


def _who(request: Request[Any, Any, Any]) -> str:
    return asker_of(request).name or "—"
