"""Rows made by hand of the facts of pages: each fact a thing of its own, unless facts are given together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from mingjian.core.ledger.briefing.gathering import Found, desk_of
from mingjian.core.ledger.briefing.material import Desk, Told
from mingjian.core.ledger.briefing.writing import brief_of
from mingjian.core.ledger.building import Head, cite_part, cite_span, head_of
from mingjian.core.ledger.ledgers import facets_of
from mingjian.core.link.things.about import about_of
from mingjian.core.link.things.nodes import thing_id
from mingjian.core.link.things.shelf import Shelf, Shelved
from mingjian.core.model.brief import Brief, Scope
from mingjian.core.model.facts import Event, Fact, Measure, Policy, Quote, Statistic, Target
from mingjian.core.model.ledger.cells import Cell, Cite, Row
from mingjian.core.model.ledger.rows import (
    EventRow,
    MeasureRow,
    Point,
    PolicyRow,
    QuoteRow,
    Related,
    StatisticRow,
    TargetRow,
)
from mingjian.core.model.things import FIELDS, Member, MentionRef, Thing, ThingKind

NONE: Cell[str] = Cell(missing="not-stated")
NO_NUMBER: Cell[Decimal] = Cell(missing="not-stated")
YEAR = Scope(day="2026-03-31", since="2026-01-01", until="2026-03-31")
R = TypeVar("R", bound=Row)


def members_of(pages: Iterable[Shelved], kind: ThingKind) -> list[Member]:
    """All facts of a kind with their pages."""
    return [
        Member(MentionRef(page.card.id, kind, *fact.evidence.pair, fact.id), fact, page.card, about_of(fact, page.card))
        for page in pages
        for fact in facts_of_kind(page, kind)
    ]


def facts_of_kind(page: Shelved, kind: ThingKind) -> tuple[Fact, ...]:
    facts: tuple[Fact, ...] = getattr(page.record, FIELDS[kind])
    return facts


def head(members: Sequence[Member], name: str) -> Head:
    first = members[0]
    thing = Thing(id=thing_id(first.ref), kind=first.ref.kind, name=name, mentions=1, pages=1, sources=1)
    return head_of(thing, members)


def cell(member: Member, value: str | None, part: str) -> Cell[str]:
    return Cell(value, cited(member, value, part)) if value else NONE


def cited(member: Member, value: str, part: str) -> tuple[Cite, ...]:
    """The words of a part, which may stand outside of the evidence of its fact."""
    pairs = member.fact.parts.get(part, ())
    return tuple(Cite(member.page.id, *pair, value) for pair in pairs if pair[1] - pair[0] == len(value)) or cite_part(
        member, part
    )


def told(row: R, members: Sequence[Member]) -> Told[R]:
    return Told(row, tuple(members), 3)


def event(*members: Member) -> Told[EventRow]:
    first = members[0]
    fact = first.as_fact(Event)
    spans = (*([fact.date_span] if fact.date_span else []), *fact.support, fact.evidence)
    cites = tuple(cite_span(first, span) for span in spans)
    row = EventRow(
        **head(members, fact.title),
        type=Cell(fact.type, (cite_span(first, fact.evidence),)),
        title=Cell(fact.title, (cite_span(first, fact.evidence),)),
        start=Cell(fact.date.start, cites) if fact.date.start else NONE,
        end=Cell(fact.date.end, cites) if fact.date.end else NONE,
        actors=tuple(cell(first, one, "actors") for one in fact.actors),
        recipients=(),
        object=cell(first, fact.object, "object"),
        place=cell(first, fact.place, "place"),
        actuality=Cell(fact.actuality, (cite_span(first, fact.evidence),)),
        first_source=NONE,
        part_of=(),
    )
    return told(row, members)


def policy(*members: Member) -> Told[PolicyRow]:
    first = members[0]
    fact = first.as_fact(Policy)
    lineage = tuple(
        Related(relation=one.type, cell=Cell(one.target, cited(first, one.target, "relations")))
        for one in fact.relations
    )
    row = PolicyRow(
        **head(members, fact.title),
        title=Cell(fact.title, (cite_span(first, fact.evidence),)),
        document_number=cell(first, fact.doc_no, "doc_no"),
        issuers=tuple(cell(first, one, "issuer") for one in fact.issuer),
        status=Cell(fact.status, (cite_span(first, fact.evidence),)) if fact.status else NONE,
        adopted=NONE,
        issued=NONE,
        versions=(),
        signed=cell(first, fact.signed, "signed"),
        made_public=cell(first, fact.published or fact.date, "published"),
        in_force=cell(first, fact.in_force, "in_force"),
        valid_until=cell(first, fact.valid_until, "valid_until"),
        repealed=NONE,
        lineage=lineage,
    )
    return told(row, members)


def _deadline(member: Member, fact: Target | Measure) -> Cell[str]:
    return cell(member, fact.deadline.end if fact.deadline else None, "deadline")


def target(*members: Member, status: str = "open", answers: Sequence[Cite] = ()) -> Told[TargetRow]:
    first = members[0]
    fact = first.as_fact(Target)
    value = fact.normalized.value if fact.normalized else None
    row = TargetRow(
        **head(members, fact.evidence.text),
        region=cell(first, fact.region, "region"),
        issuer=cell(first, fact.issuer, "issuer"),
        policy=cell(first, fact.policy, "policy"),
        subject=NONE,
        metric=cell(first, fact.metric, "metric"),
        comparator=NONE,
        value=Cell(value, cite_part(first, "value")) if value is not None else NO_NUMBER,
        value_max=NO_NUMBER,
        unit=NONE,
        printed=NONE,
        precision=NONE,
        deadline=_deadline(first, fact),
        nature=NONE,
        status=Cell(status, (cite_span(first, fact.evidence),)),
        answers=tuple(Related(relation="met", cell=Cell(one.text, (one,))) for one in answers),
    )
    return told(row, members)


def statistic(*members: Member) -> Told[StatisticRow]:
    facts = [(member, member.as_fact(Statistic)) for member in members]
    points = tuple(
        Point(
            as_of=cell(member, fact.as_of.end if fact.as_of else None, "as_of"),
            comparator=NONE,
            value=Cell(fact.normalized.value, cite_part(member, "value")) if fact.normalized else NO_NUMBER,
            value_max=NO_NUMBER,
            printed=Cell(fact.value_span.text, (cite_span(member, fact.value_span),)) if fact.value_span else NONE,
            precision=NONE,
            source_body=NONE,
            published=member.page.published_from,
        )
        for member, fact in facts
    )
    row = StatisticRow(
        **head(members, facts[0][1].metric or ""),
        region=NONE,
        subject=NONE,
        metric=cell(facts[0][0], facts[0][1].metric, "metric"),
        unit=NONE,
        change=NONE,
        latest=points[-1].value,
        printed=points[-1].printed,
        latest_as_of=points[-1].as_of,
        points=points,
    )
    return told(row, members)


def quote(*members: Member) -> Told[QuoteRow]:
    first = members[0]
    fact = first.as_fact(Quote)
    row = QuoteRow(
        **head(members, fact.speaker),
        speaker=cell(first, fact.speaker, "speaker"),
        title=cell(first, fact.title, "title"),
        affiliation=cell(first, fact.affiliation, "affiliation"),
        mode=Cell(fact.mode, (cite_span(first, fact.evidence),)),
        words=Cell(fact.evidence.text, (cite_span(first, fact.evidence),)),
        first_source=NONE,
    )
    return told(row, members)


def measure(*members: Member) -> Told[MeasureRow]:
    first = members[0]
    fact = first.as_fact(Measure)
    row = MeasureRow(
        **head(members, fact.action),
        action=cell(first, fact.action, "action"),
        instrument=NONE,
        lead=tuple(cell(first, one, "lead") for one in fact.lead),
        assisting=(),
        beneficiary=NONE,
        amount=NO_NUMBER,
        unit=NONE,
        deadline=_deadline(first, fact),
        policy=NONE,
    )
    return told(row, members)


def found_in(pages: Sequence[Shelved]) -> Found:
    """A row for every fact."""
    return Found(
        events=[event(one) for one in members_of(pages, "event")],
        policies=[policy(one) for one in members_of(pages, "policy")],
        targets=[target(one) for one in members_of(pages, "target")],
        statistics=[statistic(one) for one in members_of(pages, "statistic")],
        quotes=[quote(one) for one in members_of(pages, "quote")],
        measures=[measure(one) for one in members_of(pages, "measure")],
    )


def desk(pages: Sequence[Shelved], scope: Scope = YEAR) -> Desk:
    return desk_of(Shelf(pages, facets_of), scope)


def brief(pages: Sequence[Shelved], scope: Scope = YEAR, found: Found | None = None) -> Brief:
    return brief_of(desk(pages, scope), found or found_in(pages))


def texts_of(written: Brief) -> Mapping[str, list[str]]:
    """The sentences by section."""
    return {section.name: [item.sentence.text for item in section.items] for section in written.sections}
