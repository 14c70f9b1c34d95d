"""What routes of the desk have in common: which facts are asked for, what is said by whom, and the line about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request
from litestar.params import QueryParameter

from mingjian.core.ledger.places import code_of_place
from mingjian.core.model.review import PartChange, QueueAsked, Review, Verb
from mingjian.core.review.trial import Held
from mingjian.run import Workers, extract_many
from mingjian.serve.access.asking import asker_of
from mingjian.serve.workspace import Workspace

Whose = Literal["nobody", "others", "all"]
_LONGEST = 200
_MOST = 50
_SECONDS_A_PAGE = 20.0
Several = list[str] | None


class QueueQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Which facts a request asks for, as it is typed: ``regions`` are names or codes."""

    kinds: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    page: str = ""
    seen: Whose = "nobody"

    def part(self, who: str, limit: int, offset: int) -> QueueAsked:
        """A part of them, for somebody; raises ``QuestionError`` for a region that is none."""
        return QueueAsked(
            kinds=self.kinds,
            regions=tuple(map(code_of_place, self.regions)),
            sources=self.sources,
            reasons=self.reasons,
            rules=self.rules,
            page=self.page or None,
            seen=self.seen,
            who=who,
            limit=limit,
            offset=offset,
        )


def _filter(description: str) -> QueryParameter:
    return QueryParameter(description=f"{description} May be given several times: any will do.", max_items=_MOST)


def queue_asked(  # noqa: PLR0913, PLR0917 - each argument is a parameter that clients see
    kind: Annotated[Several, _filter("Only facts of this kind, by the name of the list in a record: targets.")] = None,
    region: Annotated[
        Several, _filter("In this place, and all that lies in it: a name such as 广东, or its code.")
    ] = None,
    source: Annotated[Several, _filter("Told by this source, by its full name.")] = None,
    reason: Annotated[Several, _filter("For this reason, by its slug: parts-missing.")] = None,
    rule: Annotated[Several, _filter("Made by this rule.")] = None,
    page: Annotated[str, QueryParameter(max_length=64, description="Only of this page, by its id.")] = "",
    seen: Annotated[
        Whose, QueryParameter(description="Those that nobody looked at, that others may have, or all.")
    ] = "nobody",
) -> QueueQuestion:
    """Which facts a request asks for."""
    return QueueQuestion(
        kinds=tuple(kind or ()),
        regions=tuple(region or ()),
        sources=tuple(source or ()),
        reasons=tuple(reason or ()),
        rules=tuple(rule or ()),
        page=page,
        seen=seen,
    )


def say(  # noqa: PLR0913 - what a person says has so many sides
    request: Request[Any, Any, Any],
    workspace: Workspace,
    page: str,
    of: str,
    verb: Verb,
    *,
    why: str = "",
    changes: Sequence[PartChange] = (),
    seen: int | None = None,
) -> Review:
    """Keep what whoever asks says of a fact by its id, of one that is added by its kind; errors as of ``Desk``."""
    desk, who = workspace.corpus.desk, asker_of(request).name
    if verb == "add":
        review = desk.add(page, of, changes, who=who, why=why)
    else:
        review = desk.review(page, of, verb, who=who, why=why, changes=changes, seen=seen)
    note_review(request, workspace, verb, review)
    return review


def held_claims(workspace: Workspace) -> list[Held]:
    """What the rules of this program make now of each claim that people judged: made once for the same reviews.

    Pages are extracted in a process beside this one, so that it goes on answering.
    """
    desk = workspace.corpus.desk
    beside = partial(extract_many, workers=Workers(seconds_a_page=_SECONDS_A_PAGE))
    return workspace.remembered(("held", desk.position()), lambda: list(desk.held(beside)))


def note_review(request: Request[Any, Any, Any], workspace: Workspace, deed: str, review: Review) -> None:
    """Write down who did it, and let the next answer know."""
    subject = f"{review.page[:12]}/{review.claim}"
    request.app.state.access.note(request, f"review.{deed}", subject=subject, detail=f"{review.number} {review.kind}")
    workspace.look_again()
