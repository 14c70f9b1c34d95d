"""The filters that several routes share, as parameters of requests."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec
from litestar.params import QueryParameter

from mingjian.core.books import Asked
from mingjian.core.ledger.asking import Question, asked_of
from mingjian.core.ledger.ledgers import LEDGERS
from mingjian.core.ledger.pages import PagesAsked
from mingjian.core.model.things import ThingKind

_LONGEST = 200
_MOST = 50


def _filter(description: str) -> QueryParameter:
    return QueryParameter(description=f"{description} May be given several times: any will do.", max_items=_MOST)


def _day(description: str) -> QueryParameter:
    return QueryParameter(
        description=f"{description} A day, month or year: 2026-03-05, 2026-03, 2026.", max_length=_LONGEST
    )


Several: TypeAlias = list[str] | None
Regions = Annotated[Several, _filter("In this place, and all that lies in it: a name such as 广东, or its code.")]
Technologies = Annotated[Several, _filter("About this technology: a name or an id of the taxonomy.")]
Industries = Annotated[Several, _filter("About this industry: a name, or a section letter of GB/T 4754.")]
Sources = Annotated[Several, _filter("Told by this source, by its full name.")]
Issuers = Annotated[Several, _filter("By this body, by its full name.")]
Statuses = Annotated[Several, _filter("With this status: a slug such as due, or its label.")]
Words = Annotated[
    Several, QueryParameter(description="With these words in its name. Given several times: all.", max_items=_MOST)
]
Since = Annotated[str | None, _day("Happened, or due, on this day or later.")]
Until = Annotated[str | None, _day("Happened, or due, by this day.")]
AsOf = Annotated[str | None, _day("What was published by this day, read as on it.")]
AddedBy = Annotated[str | None, _day("What had come into the workspace by this day.")]
Everything = Annotated[bool, QueryParameter(name="all", description="Also what no page about AI tells of.")]


def asked_question(  # noqa: PLR0913, PLR0917 - each argument is a parameter that clients see
    region: Regions = None,
    issuer: Issuers = None,
    source: Sources = None,
    technology: Technologies = None,
    industry: Industries = None,
    status: Statuses = None,
    words: Words = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    added_by: AddedBy = None,
    everything: Everything = False,
) -> Question:
    """Which rows of a ledger a request asks for."""
    return Question(
        regions=tuple(region or ()),
        issuers=tuple(issuer or ()),
        sources=tuple(source or ()),
        technologies=tuple(technology or ()),
        industries=tuple(industry or ()),
        statuses=tuple(status or ()),
        words=tuple(words or ()),
        since=since or None,
        until=until or None,
        as_of=as_of or None,
        added_by=added_by or None,
        everything=everything,
    )


def asked_pages(  # noqa: PLR0913, PLR0917 - each argument is a parameter that clients see
    region: Regions = None,
    source: Sources = None,
    technology: Technologies = None,
    industry: Industries = None,
    doc_type: Annotated[Several, _filter("Of this kind: news, policy_text …")] = None,
    words: Annotated[Several, QueryParameter(description="With these words in its title.", max_items=_MOST)] = None,
    since: Annotated[str | None, _day("Published on this day or later.")] = None,
    until: Annotated[str | None, _day("Published by this day.")] = None,
    added_by: AddedBy = None,
    ai: Annotated[bool | None, QueryParameter(description="Only those about AI, or only the others.")] = None,
) -> PagesAsked:
    """Which pages a request asks for."""
    question = Question(
        regions=tuple(region or ()),
        sources=tuple(source or ()),
        technologies=tuple(technology or ()),
        industries=tuple(industry or ()),
        words=tuple(words or ()),
        since=since or None,
        until=until or None,
        added_by=added_by or None,
    )
    return PagesAsked(question=question, types=tuple(doc_type or ()), ai=ai)


def asked_things(  # noqa: PLR0913, PLR0917 - each argument is a parameter that clients see
    kind: Annotated[ThingKind, QueryParameter(description="What they are: event, policy, target, organisation …")],
    region: Regions = None,
    issuer: Issuers = None,
    source: Sources = None,
    technology: Technologies = None,
    industry: Industries = None,
    words: Words = None,
    since: Since = None,
    until: Until = None,
    everything: Everything = False,
) -> Asked:
    """Which things a request asks for; raises ``QuestionError`` for what is no place, day or technology."""
    question = asked_question(
        region, issuer, source, technology, industry, None, words, since, until, everything=everything
    )
    ledger = next(ledger for ledger in LEDGERS.values() if ledger.of)
    return msgspec.structs.replace(asked_of(ledger, question), kind=kind)
