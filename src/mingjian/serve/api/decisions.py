"""What people decide of pages and things: that two are one, or that they are not."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter

from mingjian.core.model.corpus import Decision
from mingjian.serve.access.rights import needs
from mingjian.serve.deciding import decide_pages, decide_things, undo_decision
from mingjian.serve.paging import PART, Listed, Number, Part, linked, listed
from mingjian.serve.workspace import Workspace

_LONGEST = 2_000
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Deciding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two pages, or two things or mentions, by their ids (or beginnings of them), and what is decided of them.

    ``seen`` is the number of the last decision that is known to whoever decides (0: none): where somebody decided of
    the same two since then, nothing is kept and the answer is ``409``.
    """

    kind: Literal["merge", "split"]
    of: Literal["pages", "things"]
    first: Id
    second: Id
    why: Annotated[str, msgspec.Meta(max_length=_LONGEST)] = ""
    seen: Annotated[int, msgspec.Meta(ge=0)] | None = None


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
        decide = decide_pages if data.of == "pages" else decide_things
        return decide(request, workspace, data.kind, (data.first, data.second), (data.why, data.seen))

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
        number: Number,
    ) -> Decision:
        """Undo a decision, which stays on the books; ``503`` while others write."""
        return undo_decision(request, workspace, number)
