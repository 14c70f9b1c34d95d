"""The desk: the queue of facts that are worth a look, and the desk of one fact, where people say what is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter, URLEncodedBody
from litestar.response import Redirect

from mingjian.brief.wording import field_label
from mingjian.core.access.addresses import safe_next
from mingjian.core.model.outcome import value_of
from mingjian.core.model.review import QueueAsked, Review, Verb
from mingjian.core.review.parts import spans_of_part
from mingjian.corpus.desk.desk import ReviewedFact
from mingjian.errors import MeanwhileError, ReviewError, SearchIndexError
from mingjian.serve.access.asking import asker_of
from mingjian.serve.access.rights import needs
from mingjian.serve.background import Background
from mingjian.serve.desk import QueueQuestion, note_review, queue_asked, say
from mingjian.serve.paging import Number
from mingjian.serve.problems import status_of
from mingjian.serve.web.answering import answer
from mingjian.serve.web.desk.facts import (
    cells_of,
    history,
    parts_shown,
    state_badge,
    text_of_fact,
)
from mingjian.serve.web.desk.forms import changes_of
from mingjian.serve.web.desk.queue import (
    SIZE,
    desk_href,
    facets_of,
    pager_of,
    queue_href,
    whose_shown,
)
from mingjian.serve.web.desk.telling import (
    Preview,
    ToldReview,
    gone_back,
    preview_of,
    preview_refused,
    problem_shown,
    somebody_was_faster,
    title_of,
    told_review,
)
from mingjian.serve.web.desk.walking import around, next_href, queue_lines, reasons_of, top_sources
from mingjian.serve.web.links import page_href
from mingjian.serve.web.parts import Crumb, Message
from mingjian.serve.web.words import word
from mingjian.serve.workspace import Workspace

_FARTHEST = 100_000
_OF_CORRECTION = frozenset({"save", "preview", "more"})
_SOURCES = 15
_MOST_OF_PAGE = 500
_Request = Request[Any, Any, Any]
_Question = NamedDependency[QueueQuestion]
_Place = Annotated[int | None, QueryParameter(ge=0, le=_FARTHEST)]
_Number = Annotated[int | None, QueryParameter(ge=1, le=2**53)]
_Sent = URLEncodedBody[dict[str, str]]


class ReviewController(Controller):
    """The queue, and the desk of a fact."""

    path = "/review"
    opt = needs("review")
    include_in_schema = False
    dependencies = {"question": Provide(queue_asked, sync_to_thread=False)}  # noqa: RUF012 - as Litestar asks for it

    @get("/", sync_to_thread=True)
    def queue(
        self,
        request: _Request,
        workspace: NamedDependency[Workspace],
        question: _Question,
        offset: Annotated[int, QueryParameter(ge=0, le=_FARTHEST)] = 0,
        said: _Number = None,
        met: _Number = None,
    ) -> Response[str]:
        """Show what needs a look most, and why."""
        asked = question.part(asker_of(request).name, SIZE, offset)
        try:
            found = workspace.corpus.desk.queue(asked, follow=False)
        except SearchIndexError:
            return answer(request, "review/unweighed.html.j2", "review", title=str(word("review.title")))
        return answer(
            request,
            "review/queue.html.j2",
            "review",
            title=str(word("review.title")),
            question=question,
            address=queue_href(question, offset=str(offset) if offset else None),
            lines=queue_lines(workspace, question, found.facts, offset),
            total=found.total,
            behind=found.behind,
            pager=pager_of(question, found, offset),
            whose=whose_shown(question),
            facets=facets_of(question, found, top_sources(workspace)),
            said=told_review(request, workspace, said),
            met=told_review(request, workspace, met),
        )

    @post("/weigh", sync_to_thread=True)
    def weigh(self, workspace: NamedDependency[Workspace], background: NamedDependency[Background]) -> Redirect:
        """Let the facts of all pages be weighed, which takes a while the first time."""
        if not background.weigh():
            workspace.corpus.desk.queue(QueueAsked(limit=1))
        workspace.look_again()
        return Redirect("/review", status_code=303)

    @get("/{page:str}/{fact:str}", sync_to_thread=True)
    def fact(  # noqa: PLR0913, PLR0917 - each argument is a parameter of the address
        self,
        request: _Request,
        workspace: NamedDependency[Workspace],
        question: _Question,
        page: FromPath[str],
        fact: FromPath[str],
        at: _Place = None,
        said: _Number = None,
    ) -> Response[str]:
        """Show a fact beside its words, and what can be said of it."""
        held = workspace.corpus.desk.fact(page, fact)
        told = told_review(request, workspace, said)
        return _desk(request, workspace, held, (question, at), told=told)

    @post("/{page:str}/{fact:str}", sync_to_thread=True)
    def say(  # noqa: PLR0913, PLR0917 - each argument is a parameter of the address
        self,
        request: _Request,
        workspace: NamedDependency[Workspace],
        question: _Question,
        page: FromPath[str],
        fact: FromPath[str],
        data: _Sent,
        at: _Place = None,
    ) -> Response[Any]:
        """Keep what is said of the fact, and go on; or show what a correction would make of it."""
        held, place = workspace.corpus.desk.fact(page, fact), (question, at)
        deed = data.get("do", "")
        if deed in {"preview", "more"}:
            return _previewed(request, workspace, held, place, data)
        try:
            review = _kept(request, workspace, held, deed, data)
        except ReviewError as error:
            if isinstance(error, MeanwhileError) and data.get("back"):
                return gone_back(data["back"], met=workspace.corpus.desk.fact(page, fact).seen)
            return _refused(request, workspace, held, place, data, error)
        return _gone_on(request, workspace, held, place, data, review)

    @post("/reviews/{number:int}/undo", sync_to_thread=True)
    def undo(self, request: _Request, workspace: NamedDependency[Workspace], number: Number, data: _Sent) -> Redirect:
        """Take a review back, and go to where it was."""
        review = workspace.corpus.desk.undo(number, who=asker_of(request).name)
        note_review(request, workspace, "undo", review)
        back = safe_next(data.get("back") or "/review")
        return gone_back(back, said=number)


def _gone_on(
    request: _Request,
    workspace: Workspace,
    held: ReviewedFact,
    place: tuple[QueueQuestion, int | None],
    form: Mapping[str, str],
    review: Review,
) -> Redirect:
    """To where the reviewer came from, to the same fact, or to the next."""
    if form.get("back"):
        return gone_back(form["back"], said=review.number)
    if form.get("stay"):
        outcome = workspace.corpus.desk.fact(held.page.kept.id, held.fact.id)
        return gone_back(desk_href(held.page.kept.id, outcome.fact.id, *place), said=review.number)
    address = next_href(workspace, place, asker_of(request).name, review, held)
    return Redirect(address, status_code=303)


def _kept(request: _Request, workspace: Workspace, held: ReviewedFact, deed: str, form: Mapping[str, str]) -> Review:
    """What was said, kept; raises ``ReviewError`` where it cannot be."""
    verbs: dict[str, Verb] = {"accept": "accept", "reject": "reject", "save": "correct"}
    if deed not in verbs:
        raise ReviewError("do", f"{deed[:40]!r} cannot be done with a fact", "use the buttons of the page")
    verb = verbs[deed]
    changes = changes_of(form, held.kind, held.page) if verb == "correct" else ()
    seen = form.get("seen", "")
    return say(
        request,
        workspace,
        held.page.kept.id,
        held.fact.id,
        verb,
        why=form.get("why", ""),
        changes=changes,
        seen=int(seen) if seen.isascii() and seen.isdigit() else held.seen,
    )


def _desk(  # noqa: PLR0913 - a page shows so many things
    request: _Request,
    workspace: Workspace,
    held: ReviewedFact,
    place: tuple[QueueQuestion, int | None],
    *,
    told: ToldReview | None = None,
    form: Mapping[str, str] | None = None,
    preview: Preview | None = None,
    messages: tuple[Message, ...] = (),
    status: int = HTTPStatus.OK,
) -> Response[str]:
    question, at = place
    record, title = held.page.reviewed.record, title_of(held.page)
    near = around(workspace, place, asker_of(request).name)
    shown = answer(
        request,
        "review/fact.html.j2",
        "review",
        title=title,
        crumbs_=(Crumb(str(word("review.title")), queue_href(question)), Crumb(title, page_href(held.page.kept.id))),
        messages_=messages,
        page=held.page.kept,
        held=held,
        kind_label=field_label(held.kind),
        source=value_of(record.source) or value_of(record.publisher) or "",
        published=(value_of(record.published) or "")[:10],
        address=desk_href(held.page.kept.id, held.fact.id, question, at).partition("#")[0],
        rejected=held.state is not None and held.state.fact is None,
        badge=state_badge(held),
        cells=cells_of(held.kind, held.fact),
        parts=parts_shown(held.kind, held.fact),
        pieces=text_of_fact(held.page.text, held.kind, held.fact, record),
        spans=spans_of_part(held.fact, "evidence"),
        reasons=reasons_of(workspace, held),
        history=history(held.kind, held.reviews),
        earlier=near[0],
        later=near[1],
        at=at,
        total=near[2],
        told=told,
        form=defaultdict(str, form or {}),
        preview=preview or Preview(),
        queue=queue_href(question),
    )
    shown.status_code = status
    return shown


def _previewed(
    request: _Request,
    workspace: Workspace,
    held: ReviewedFact,
    place: tuple[QueueQuestion, int | None],
    form: Mapping[str, str],
) -> Response[str]:
    """The desk with what the changes so far make of the fact."""
    try:
        preview, kept = preview_of(workspace, held.page, held.kind, form, held), form
    except ReviewError as error:
        return _refused(request, workspace, held, place, form, error)
    if form.get("do") == "more":
        kept = {"why": form.get("why", "")}
    return _desk(request, workspace, held, place, form=kept, preview=preview)


def _refused(
    request: _Request,
    workspace: Workspace,
    held: ReviewedFact,
    place: tuple[QueueQuestion, int | None],
    form: Mapping[str, str],
    error: ReviewError,
) -> Response[str]:
    """The desk as it was filled in, with what is wrong: nothing that was typed is lost."""
    fresh = workspace.corpus.desk.fact(held.page.kept.id, held.fact.id)
    preview = Preview()
    messages: tuple[Message, ...] = (problem_shown(error),)
    if form.get("do") in _OF_CORRECTION:
        preview, messages = preview_refused(held.page, held.kind, form, error), ()
    if isinstance(error, MeanwhileError):
        messages = (somebody_was_faster(fresh),)
    status = status_of(error)
    return _desk(request, workspace, fresh, place, form=form, preview=preview, messages=messages, status=status)
