"""Things side by side: that two are one, or that mentions of one are of two; what was decided, and undoing it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, cast

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter, URLEncodedBody
from litestar.response import Redirect

from mingjian.errors import BusyError, MeanwhileError, MingjianError, QuestionError
from mingjian.serve.access.rights import needs
from mingjian.serve.deciding import Kind, decide_things, undo_decision
from mingjian.serve.paging import Number
from mingjian.serve.problems import headers_of, problem_of, status_of
from mingjian.serve.web.answering import answer
from mingjian.serve.web.desk.joining import decisions_shown, meant_by, side_of
from mingjian.serve.web.links import href
from mingjian.serve.web.parts import Crumb, Message
from mingjian.serve.web.words import word
from mingjian.serve.workspace import Workspace

_KINDS = ("merge", "split")
_LONGEST = 2_000
_DECISIONS = 30
_FIGURES = 15  # of the number of a decision
_Request = Request[Any, Any, Any]
_Name = Annotated[str, QueryParameter(max_length=300)]
_Done = Annotated[Literal["merge", "split", "undo"] | None, QueryParameter()]


class ReviewThingsController(Controller):
    """Things side by side."""

    path = "/review/things"
    opt = needs("review")
    include_in_schema = False

    @get("/", sync_to_thread=True)
    def things(
        self,
        request: _Request,
        workspace: NamedDependency[Workspace],
        first: _Name = "",
        second: _Name = "",
        done: _Done = None,
    ) -> Response[str]:
        """Show the things that are named, with their mentions, and what was decided so far."""
        told = () if done is None else (Message(str(word(f"joining.done_{done}")), "good"),)
        return _page(request, workspace, (first, second), told)

    @post("/", sync_to_thread=True)
    def decide(
        self, request: _Request, workspace: NamedDependency[Workspace], data: URLEncodedBody[dict[str, str]]
    ) -> Response[Any]:
        """Keep a decision; while another program writes nothing is lost, and it says when to try again."""
        kind, names = data.get("kind", ""), (data.get("one", ""), data.get("other", ""))
        shown, why = (data.get("first", ""), data.get("second", "")), data.get("why", "")[:_LONGEST]
        try:
            if kind not in _KINDS or not all(names):
                raise QuestionError(kind, "decides nothing", "choose two mentions, and merge or split them")
            seen = data.get("seen", "")
            said = (why, int(seen) if seen.isascii() and seen.isdecimal() and len(seen) <= _FIGURES else None)
            decide_things(request, workspace, cast("Kind", kind), names, said)
        except MingjianError as error:
            return _refused(request, workspace, shown, error, why)
        return Redirect(href("/review/things", first=names[0], second=names[1], done=kind), status_code=303)

    @post("/decisions/{number:int}/undo", sync_to_thread=True)
    def undo(self, request: _Request, workspace: NamedDependency[Workspace], number: Number) -> Response[Any]:
        """Undo a decision, which stays on the books."""
        try:
            undo_decision(request, workspace, number)
        except BusyError as error:
            return _refused(request, workspace, ("", ""), error, "")
        return Redirect(href("/review/things", done="undo"), status_code=303)


def _refused(
    request: _Request, workspace: Workspace, names: tuple[str, str], error: MingjianError, why: str
) -> Response[str]:
    """The page as it was, with what is in the way."""
    problem = problem_of(error)
    if isinstance(error, BusyError):
        told = Message(str(word("joining.busy")), "warn", word("joining.busy").en)
    elif isinstance(error, MeanwhileError):
        told = Message(str(word("joining.meanwhile")), "warn", word("joining.meanwhile").en)
    else:
        told = Message(str(word("joining.refused")), "bad", f"{problem.detail}; {problem.mend}")
    shown = _page(request, workspace, names, (told,), why)
    shown.status_code = status_of(error)
    shown.headers.update(headers_of(error, problem))
    return shown


def _page(
    request: _Request, workspace: Workspace, names: tuple[str, str], messages: tuple[Message, ...], why: str = ""
) -> Response[str]:
    first, second = names
    with workspace.books() as books:
        one, ones = meant_by(books, first, "first", second) if first.strip() else (None, ())
        other, others = meant_by(books, second, "second", first) if second.strip() else (None, ())
        sides = tuple(None if thing is None else side_of(books, thing) for thing in (one, other))
    with workspace.pages() as reader:
        every = reader.decisions()
        decided = [each for each in every if each.kind.endswith("-things")][-_DECISIONS:]
    unknown = tuple(
        Message(str(word("joining.unknown", name=name[:60])), "warn")
        for name, thing, offered in ((first, one, ones), (second, other, others))
        if name.strip() and thing is None and not offered
    )
    return answer(
        request,
        "review/things.html.j2",
        "review",
        title=str(word("review.things")),
        crumbs_=(Crumb(str(word("review.title")), "/review"), Crumb(str(word("review.things")))),
        messages_=(*messages, *unknown),
        names=names,
        sides=sides,
        same=one is not None and other is not None and one.id == other.id,
        offered=(*ones, *others),
        decisions=decisions_shown(decided),
        seen=max((each.number for each in every), default=0),
        why=why,
    )
