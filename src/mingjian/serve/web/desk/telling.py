"""What the desk tells of what was just said, and what a correction would make of a fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request
from litestar.response import Redirect

from mingjian.brief.wording import field_label, title_or_place
from mingjian.core.access.addresses import safe_next
from mingjian.core.model.outcome import value_of
from mingjian.core.model.review import NOTHING, Review
from mingjian.corpus.desk.desk import ReviewedFact, ReviewedPage
from mingjian.errors import ReviewError
from mingjian.serve.problems import problem_of
from mingjian.serve.shown import shown_reviews
from mingjian.serve.web.desk.facts import Differs, changes_shown, differences, said_badge
from mingjian.serve.web.desk.forms import changes_of, waiting_changes
from mingjian.serve.web.details import detail_of
from mingjian.serve.web.parts import Badge, Message
from mingjian.serve.web.words import word
from mingjian.serve.wire import encode
from mingjian.serve.workspace import Workspace


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What changes would make of a fact: ``changes`` are those that wait (JSON), ``waiting`` the same in words."""

    changes: str = ""
    waiting: tuple[tuple[str, str], ...] = ()
    differs: tuple[Differs, ...] = ()
    is_asked: bool = False
    problem: Message | None = None


def preview_of(
    workspace: Workspace, told: ReviewedPage, kind: str, form: Mapping[str, str], held: ReviewedFact | None
) -> Preview:
    """What the changes of a form make of a fact, or of nothing where one is added; ``ReviewError`` as ``Desk``."""
    changes = changes_of(form, kind, told)
    waiting = changes if form.get("do") == "more" else waiting_changes(form)
    if not changes:
        return Preview()
    of = kind if held is None else held.fact.id
    after = workspace.corpus.desk.preview(told.kept.id, of, changes, adding=held is None)
    before = None if held is None else held.fact
    return Preview(
        changes=encode(waiting).decode() if waiting else "",
        waiting=changes_shown(kind, told.text, waiting),
        differs=differences(kind, before, after),
        is_asked=True,
    )


def preview_refused(told: ReviewedPage, kind: str, form: Mapping[str, str], error: ReviewError) -> Preview:
    """The changes that wait still, and why the last cannot be kept."""
    problem = problem_shown(error)
    try:
        waiting = changes_shown(kind, told.text, waiting_changes(form))
    except ReviewError:
        return Preview(problem=problem)
    return Preview(changes=form.get("changes", ""), waiting=waiting, problem=problem)


def problem_shown(error: ReviewError) -> Message:
    """Why something cannot be kept, by the name of the part."""
    told = detail_of(error, problem_of(error))
    return Message(told.zh, "bad", f"{error.problem}; {error.mend}")


def somebody_was_faster(held: ReviewedFact) -> Message:
    """Who said what of the fact meanwhile."""
    last = held.reviews[-1]
    told = word("review.faster", who=last.who, said=said_badge(last).text)
    return Message(str(told), "warn", last.why or told.en)


class ToldReview(msgspec.Struct, frozen=True, kw_only=True):
    """What was just said or taken back, to be told where the reviewer goes on."""

    number: int
    who: str
    why: str
    undone: bool
    badge: Badge
    words: str
    kind: str
    href: str


def told_review(request: Request[Any, Any, Any], workspace: Workspace, number: int | None) -> ToldReview | None:
    """The review of this number as it is told; nothing of none."""
    if number is None:
        return None
    try:
        (review,) = shown_reviews(request, workspace, [workspace.corpus.desk.numbered(number)])
    except ReviewError:
        return None
    return ToldReview(
        number=review.number,
        who=review.who,
        why=review.why,
        undone=review.undone is not None,
        badge=said_badge(review),
        words=review.anchor.exact,
        kind=field_label(review.kind),
        href=f"/review/{review.page}/{fact_of(review)}",
    )


def fact_of(review: Review) -> str:
    """The id of the fact that was looked at, or added; empty where the page was erased."""
    raw = review.fact if review.fact != NOTHING else review.outcome
    return "" if raw == NOTHING else str(msgspec.json.decode(bytes(raw))["id"])


def gone_back(address: str, **told: int) -> Redirect:
    """Back to an address of ours, with the number of what was said."""
    path, _, asked = safe_next(address).partition("#")[0].partition("?")
    kept = [one for one in asked.split("&") if one and not one.startswith(("said=", "met="))]
    kept += [f"{name}={number}" for name, number in told.items()]
    return Redirect(f"{path}?{'&'.join(kept)}", status_code=303)


def title_of(told: ReviewedPage) -> str:
    """What the page is called, by its title where it has one."""
    return title_or_place(value_of(told.reviewed.record.title), told.kept.doc_id)
