"""The desk: facts that are worth a look, what people say of facts, how far they agree, and that as labelled data."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Literal

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import JSONBody, PathParameter, QueryParameter

from mingjian.core.model.review import Agreement, QueuedFact, RuleReviews
from mingjian.core.review.facts import encode_fact, fact_types
from mingjian.core.review.parts import PartOf, parts_of
from mingjian.core.review.trial import Held
from mingjian.errors import UnknownError, UnmadeError
from mingjian.serve.access.asking import asker_of
from mingjian.serve.access.rights import needs
from mingjian.serve.api.pages import PageId
from mingjian.serve.api.reviewed import FactOutcome, ReviewSent, ReviewTold, plain, told_review
from mingjian.serve.background import Background
from mingjian.serve.desk import QueueQuestion, held_claims, note_review, queue_asked, say
from mingjian.serve.forms import SAFE, attachment
from mingjian.serve.paging import PART, Listed, Number, Part, linked, listed
from mingjian.serve.settings import READS
from mingjian.serve.shown import shown_page, shown_reviews
from mingjian.serve.wire import Wire
from mingjian.serve.workspace import Workspace

_EXPORTS = {
    "jsonl": "application/jsonl",
    "conll": "text/plain",
    "w3c": "application/ld+json",
}


class ReviewsController(Controller):
    """Reviews."""

    tags = ["reviews"]  # noqa: RUF012 - as Litestar asks for it
    opt = needs("read")

    @get("/reviews", sync_to_thread=True, operation_id="listReviews", summary="What people said", dependencies=PART)
    def reviews(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        part: NamedDependency[Part],
        after: Annotated[int, QueryParameter(ge=0, le=2**53, description="Only behind this number of the log.")] = 0,
    ) -> Response[Listed[ReviewTold]]:
        """List reviews in the order of the log, those that were taken back too."""
        every = workspace.corpus.desk.all(after, part.offset + part.limit + 1)
        shown, more = part.of(every)
        told = tuple(map(told_review, shown_reviews(request, workspace, shown)))
        return linked(listed(request, part, told, more=more))

    @get(
        "/reviews/queue",
        sync_to_thread=True,
        operation_id="readQueue",
        summary="Facts that are worth a look",
        dependencies={**PART, "asked": Provide(queue_asked, sync_to_thread=False)},
    )
    def queue(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        part: NamedDependency[Part],
        asked: NamedDependency[QueueQuestion],
        background: NamedDependency[Background],
    ) -> Response[Listed[QueuedFact]]:
        """List facts, what needs a look most first, each with the reasons; ``503`` until they are weighed."""
        wanted = asked.part(asker_of(request).name, part.limit, part.offset)
        try:
            found = workspace.corpus.desk.queue(wanted, follow=False)
        except UnmadeError:
            background.weigh()
            raise
        more = part.offset + len(found.facts) < found.total
        return linked(listed(request, part, found.facts, more=more, total=found.total))

    @post(
        "/reviews",
        sync_to_thread=True,
        opt=needs("review"),
        operation_id="sayReview",
        summary="Accept, correct, reject or add a fact",
    )
    def say(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], data: JSONBody[ReviewSent]
    ) -> Response[ReviewTold]:
        """Keep what is said; who says it is who asks. ``409`` where somebody was faster, ``422`` for what cannot be."""
        changes = tuple(one.change for one in data.changes)
        of = data.kind if data.verb == "add" else data.fact
        review = say(request, workspace, data.page, of, data.verb, why=data.why, changes=changes, seen=data.seen)
        headers = {"Location": f"/api/reviews/{review.number}"}
        return Wire(told_review(review), status_code=HTTPStatus.CREATED, headers=headers)

    @post(
        "/reviews/preview",
        sync_to_thread=True,
        status_code=HTTPStatus.OK,
        opt={**needs("review"), **READS},
        operation_id="previewReview",
        summary="What a correction or an addition would make of a fact",
    )
    def preview(self, workspace: NamedDependency[Workspace], data: JSONBody[ReviewSent]) -> FactOutcome:
        """Give the fact as the words that were selected tell it; nothing is kept."""
        changes = tuple(one.change for one in data.changes)
        adding = data.verb == "add"
        of = data.kind if adding else data.fact
        fact = workspace.corpus.desk.preview(data.page, of, changes, adding=adding)
        return FactOutcome(fact=plain(encode_fact(fact)))

    @get(
        "/reviews/parts/{kind:str}",
        sync_to_thread=True,
        operation_id="listParts",
        summary="The parts of facts of a kind, and what each can be",
    )
    def parts(self, kind: Annotated[str, PathParameter(description="The name of the list: targets.")]) -> list[PartOf]:
        """List the parts that can be changed: how each is told, and the codes of those that are chosen."""
        if kind not in fact_types():
            raise UnknownError("", f"there is no kind of facts {kind!r}", f"give one of {', '.join(fact_types())}")
        return list(parts_of(kind))

    @get("/reviews/agreement", sync_to_thread=True, operation_id="readAgreement", summary="How far reviewers agree")
    def agreement(self, workspace: NamedDependency[Workspace]) -> list[Agreement]:
        """Give Cohen's kappa of each two reviewers, over all kinds and kind by kind."""
        return list(workspace.corpus.desk.agreement())

    @get("/reviews/rules", sync_to_thread=True, operation_id="readRuleReviews", summary="Which rules err")
    def rules(self, workspace: NamedDependency[Workspace]) -> list[RuleReviews]:
        """Tell what people said of what each rule made, the rule that erred most often first."""
        return list(workspace.corpus.desk.rules())

    @get(
        "/reviews/rules/held",
        sync_to_thread=True,
        operation_id="holdRules",
        summary="What the rules make now of what people judged",
        dependencies=PART,
    )
    def held(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        part: NamedDependency[Part],
        rule: Annotated[str | None, QueryParameter(max_length=200, description="Only of this rule.")] = None,
    ) -> Response[Listed[Held]]:
        """Tell of each claim whether the rules have it now as people do, as `mingjian rules test --against-reviews`.

        The pages are extracted again, in a process beside; that is done once for the same reviews, and takes long.
        """
        every = [one for one in held_claims(workspace) if rule in (None, one.rule)]
        shown, more = part.of(every)
        return linked(listed(request, part, shown, more=more, total=len(every)))

    @get(
        "/reviews/export",
        sync_to_thread=True,
        opt=needs("review"),
        operation_id="exportReviews",
        summary="What people said as labelled data",
        media_type="application/jsonl",
    )
    def export(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        to: Annotated[Literal["jsonl", "conll", "w3c"], QueryParameter(description="The form.")] = "jsonl",
    ) -> Response[str]:
        """Give labelled data: JSON lines with spans, CoNLL, or W3C web annotations."""
        content = "".join(f"{line}\n" for line in workspace.corpus.desk.export(to))
        request.app.state.access.note(request, f"export.{to}", subject=request.url.path)
        name = attachment(f"reviews.{'txt' if to == 'conll' else 'json' if to == 'w3c' else to}")
        return Wire(content, media_type=_EXPORTS[to], headers={**SAFE, **name})

    @get("/reviews/{number:int}", sync_to_thread=True, operation_id="readReview", summary="A review by its number")
    def review(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], number: Number
    ) -> ReviewTold:
        """Give what somebody said."""
        (shown,) = shown_reviews(request, workspace, [workspace.corpus.desk.numbered(number)])
        return told_review(shown)

    @post(
        "/reviews/{number:int}/undo",
        sync_to_thread=True,
        status_code=HTTPStatus.OK,
        opt=needs("review"),
        operation_id="undoReview",
        summary="Take a review back",
    )
    def undo(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], number: Number
    ) -> ReviewTold:
        """Take a review back: it stays in the log, with who took it back and when."""
        review = workspace.corpus.desk.undo(number, who=asker_of(request).name)
        note_review(request, workspace, "undo", review)
        (shown,) = shown_reviews(request, workspace, [review])
        return told_review(shown)

    @get(
        "/pages/{page:str}/reviews",
        sync_to_thread=True,
        operation_id="listReviewsOfPage",
        summary="What people said of the facts of a page",
        dependencies=PART,
    )
    def reviews_of_page(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        part: NamedDependency[Part],
        page: PageId,
    ) -> Response[Listed[ReviewTold]]:
        """List what was said of facts of the page and of its other versions."""
        with workspace.pages() as reader:
            kept = shown_page(request, reader, workspace, page)
        every = workspace.corpus.desk.reviews_of(kept.id)
        shown, more = part.of(every)
        told = tuple(map(told_review, shown_reviews(request, workspace, shown)))
        return linked(listed(request, part, told, more=more, total=len(every)))
