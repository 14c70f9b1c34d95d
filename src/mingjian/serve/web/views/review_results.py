"""What comes of what people say: the log, how far they agree, which rules err, and labelled data; a missed fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter, URLEncodedBody

from mingjian.brief.wording import field_label
from mingjian.core.review.parts import parts_of
from mingjian.core.review.settings import review_settings
from mingjian.corpus.desk.desk import ReviewedPage
from mingjian.errors import ReviewError
from mingjian.serve.access.rights import needs
from mingjian.serve.desk import say
from mingjian.serve.problems import status_of
from mingjian.serve.shown import shown_reviews
from mingjian.serve.web.answering import answer
from mingjian.serve.web.desk.facts import parts_shown, text_of_fact
from mingjian.serve.web.desk.forms import changes_of, waiting_changes
from mingjian.serve.web.desk.results import agreements_shown, lines_of_log, rules_shown
from mingjian.serve.web.desk.telling import (
    Preview,
    fact_of,
    gone_back,
    preview_of,
    preview_refused,
    problem_shown,
    title_of,
)
from mingjian.serve.web.links import href, page_href
from mingjian.serve.web.parts import Crumb, Download, Pager
from mingjian.serve.web.words import word
from mingjian.serve.wire import encode
from mingjian.serve.workspace import Workspace

_SIZE = 50
_FARTHEST = 1_000_000
_FIRST_KIND = "targets"
_Request = Request[Any, Any, Any]
_Offset = Annotated[int, QueryParameter(ge=0, le=_FARTHEST)]


class ReviewResultsController(Controller):
    """The log, agreement, rules; and facts that were missed."""

    path = "/review"
    opt = needs("review")
    include_in_schema = False

    @get("/log", sync_to_thread=True)
    def log(self, request: _Request, workspace: NamedDependency[Workspace], offset: _Offset = 0) -> Response[str]:
        """Show who said what, when and why, the last first, with the files of labelled data."""
        every = list(reversed(workspace.corpus.desk.all()))
        shown = every[offset : offset + _SIZE]
        more = offset + len(shown)
        pager = Pager(
            first=offset + 1,
            last=more,
            total=len(every),
            earlier=href("/review/log", offset=max(0, offset - _SIZE) or None) if offset else None,
            later=href("/review/log", offset=more) if more < len(every) else None,
        )
        return answer(
            request,
            "review/log.html.j2",
            "review",
            title=str(word("review.log")),
            lines=lines_of_log(shown_reviews(request, workspace, shown)),
            pager=pager if shown else None,
            downloads=tuple(Download(name, href("/api/reviews/export", to=to)) for name, to in _FILES),
        )

    @get("/agreement", sync_to_thread=True)
    def agreement(self, request: _Request, workspace: NamedDependency[Workspace]) -> Response[str]:
        """Show how far each two reviewers agree."""
        found = agreements_shown(workspace.corpus.desk.agreement())
        title = str(word("review.agreement"))
        return answer(request, "review/agreement.html.j2", "review", title=title, pairs=found)

    @get("/rules", sync_to_thread=True)
    def rules(self, request: _Request, workspace: NamedDependency[Workspace]) -> Response[str]:
        """Show which rules err, with reviews that show it."""
        desk = workspace.corpus.desk
        found = desk.rules()
        numbers = {number for rule in found for number in rule.examples}
        examples = shown_reviews(request, workspace, map(desk.numbered, sorted(numbers)))
        said = {one.number: one for one in examples if fact_of(one)}
        title = str(word("review.rules"))
        return answer(request, "review/rules.html.j2", "review", title=title, rules=rules_shown(found, said))

    @get("/{page:str}/add", sync_to_thread=True)
    def missed(
        self,
        request: _Request,
        workspace: NamedDependency[Workspace],
        page: FromPath[str],
        kind: Annotated[str, QueryParameter(max_length=40)] = _FIRST_KIND,
    ) -> Response[str]:
        """Show the page's text, and what is to be told of a fact that was missed."""
        return _adding(request, workspace.corpus.desk.page(page), {"kind": kind})

    @post("/{page:str}/add", sync_to_thread=True)
    def add(
        self,
        request: _Request,
        workspace: NamedDependency[Workspace],
        page: FromPath[str],
        data: URLEncodedBody[dict[str, str]],
    ) -> Response[Any]:
        """Keep a fact that was missed; or show what it would be."""
        told, kind = workspace.corpus.desk.page(page), data.get("kind", "")
        try:
            parts_of(kind)  # which says what kinds there are
        except ReviewError as error:
            return _adding(request, told, {}, Preview(problem=problem_shown(error)), status_of(error))
        try:
            if data.get("do") != "save":
                return _previewed(request, workspace, told, data)
            changes = changes_of(data, kind, told)
            review = say(request, workspace, told.kept.id, kind, "add", why=data.get("why", ""), changes=changes)
        except ReviewError as error:
            return _adding(request, told, data, preview_refused(told, kind, data, error), status_of(error))
        return gone_back(f"/review/{told.kept.id}/{fact_of(review)}", said=review.number)


def _previewed(request: _Request, workspace: Workspace, told: ReviewedPage, form: Mapping[str, str]) -> Response[str]:
    """The page with what the fact would be; while it lacks parts, with what was chosen so far and what it lacks."""
    kind = form["kind"]
    changes = changes_of(form, kind, told)
    kept = {"kind": kind, "why": form.get("why", "")} if form.get("do") == "more" else form
    try:
        preview = preview_of(workspace, told, kind, form, None)
    except ReviewError as error:
        waiting = changes if form.get("do") == "more" else waiting_changes(form)
        preview = preview_refused(told, kind, {**form, "changes": encode(waiting).decode()}, error)
    return _adding(request, told, kept, preview)


def _adding(
    request: _Request,
    told: ReviewedPage,
    form: Mapping[str, str],
    preview: Preview | None = None,
    status: int = HTTPStatus.OK,
) -> Response[str]:
    kinds = tuple(review_settings().kinds)
    kind = form.get("kind", _FIRST_KIND)
    kind = kind if kind in kinds else _FIRST_KIND
    title = title_of(told)
    shown = answer(
        request,
        "review/add.html.j2",
        "review",
        title=str(word("review.add")),
        crumbs_=(
            Crumb(str(word("review.title")), "/review"),
            Crumb(title, page_href(told.kept.id)),
            Crumb(str(word("review.add"))),
        ),
        page=told.kept,
        page_title=title,
        kind=kind,
        kinds=tuple((name, field_label(name)) for name in kinds),
        parts=parts_shown(kind, None)[::-1],
        pieces=text_of_fact(told.text, kind, None, told.reviewed.record),
        form=defaultdict(str, form),
        preview=preview or Preview(),
    )
    shown.status_code = status
    return shown


_FILES = (("JSON Lines", "jsonl"), ("CoNLL", "conll"), ("W3C Annotations", "w3c"))
