"""Policy documents: what they are called, who issued them, how far they have come, and what they build on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

import msgspec

from mingjian.core.books import Books
from mingjian.core.ledger.agreeing import Said, issuers_told
from mingjian.core.ledger.building import TIMELESS, Dated, Day, Possible, cite_part, cite_span, head_of
from mingjian.core.ledger.citing import cite_printed, code_of, not_told, printed_cell
from mingjian.core.ledger.dating import bounds_of, date_cell, iso_of
from mingjian.core.ledger.lineage import REPEALS, lineage_of, may_be_repealed
from mingjian.core.ledger.resolving import members_by, referring, resolve
from mingjian.core.link.things.answering import known_from
from mingjian.core.link.things.events.profiles import family_of
from mingjian.core.link.things.policies import policy_profile
from mingjian.core.link.things.spheres import COUNTRY, COUNTRY_CODE
from mingjian.core.model.facts import Event, Policy, PolicyStatus
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.ledger.rows import PolicyRow, Related
from mingjian.core.model.things import Member, Thing
from mingjian.core.text.folding import fold

Told = tuple[Member, Policy]
STAGES: tuple[str, ...] = (*get_args(PolicyStatus)[:-1], "expired", "repealed")
"""How far a document may have come, in order."""
_EVENTS = {"policy_draft": "draft", "policy_adopt": "approved", "policy_issue": "issued"}
_BY_DAY = {"in_force": "in_force", "valid_until": "expired"}
_REPEALED = "repealed"
_VALIDITY = ("in_force", "repealed")  # stages that are families of events of their own
_OWN = ("signed", "published", "in_force", "valid_until")


class Staged(msgspec.Struct, frozen=True):
    """A stage of which words tell."""

    stage: str
    cites: tuple[Cite, ...]


def policy_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> PolicyRow:
    """The row of a policy document."""
    facts: list[Told] = [(member, member.as_fact(Policy)) for member in members]
    dates, stages = _dates(facts), list[Staged]()
    for stage, dated, cites in _of_events(books, thing, members, day):
        stages.append(Staged(stage, cites))
        if dated is not None:
            dates[stage].append(dated)
    stages.extend(_stages(facts))  # behind the events, whose words tell the stage: a title alone does not
    lineage = () if day == TIMELESS else lineage_of(books, thing, members, day)
    status = _status(dates, stages, lineage, day)
    issuers = issuers_told(members)
    seats = [member.page.seats.get(cell.value or "") for member, _ in facts for cell in issuers]
    issued = _first(dates, *_ISSUING)
    return PolicyRow(
        **head_of(
            thing,
            members,
            regions=[*_places(facts), *seats],
            issuers=[cell.value for cell in issuers],
            happened=bounds_of(issued),
            status=status.value,
        ),
        title=_title(facts),
        document_number=printed_cell(((member, fact.doc_no) for member, fact in facts), "doc_no"),
        issuers=issuers,
        status=status,
        adopted=date_cell(dates["approved"]),
        issued=date_cell(dates["issued"]),
        signed=date_cell(dates["signed"]),
        made_public=date_cell(dates["published"]),
        in_force=date_cell(dates["in_force"]),
        valid_until=date_cell(dates["valid_until"]),
        repealed=date_cell(dates["repealed"]),
        versions=tuple(_versions(facts)),
        lineage=lineage,
    )


def dates_told(members: Sequence[Member]) -> dict[str, list[Said[str]]]:
    """The dates that mentions of a policy themselves tell, by stage and by field."""
    return _dates([(member, member.as_fact(Policy)) for member in members])


_ISSUING = ("issued", "signed", "published", "approved", "draft")
"""The stages by whose day a document stands in lists: the first of them that is dated."""


def possible_policy(books: Books, thing: Thing, members: Sequence[Member]) -> Possible:
    """What a document may be on any day: as its mentions, events about it and documents that may repeal it tell."""
    facts: list[Told] = [(member, member.as_fact(Policy)) for member in members]
    dates, statuses = _dates(facts), {staged.stage for staged in _stages(facts)}
    for stage, dated, _ in _of_events(books, thing, members, TIMELESS):
        statuses.add(stage)
        dates[stage].extend([] if dated is None else [dated])
    statuses |= {stage for name, stage in _BY_DAY.items() if dates[name]}
    statuses |= {_REPEALED} if may_be_repealed(books, thing, members) else set()
    told = (each for name in _ISSUING for each in dates[name])
    days = [Dated(known_from(each.member.page), bounds_of(each.value)[1] or "") for each in told]
    return Possible(statuses=statuses, days=days)


def _title(facts: Sequence[Told]) -> Cell[str]:
    final = [told for told in facts if told[1].status != "draft"] or list(facts)
    member, fact = max(final, key=lambda told: (len("".join(told[1].title.split())), -len(told[1].title)))
    return Cell(fact.title, cite_printed(member, "title", fact.title))


def _places(facts: Sequence[Told]) -> Iterator[str | None]:
    """The codes of places that issue it, or with which its title begins; of the country where all that issue it do."""
    for member, fact in facts:
        for name in fact.issuer:
            yield code_of(member, name)
        leading = [place for place in member.page.regions if fact.title.startswith(place)]
        yield code_of(member, max(leading, key=len, default=None))
        yield COUNTRY_CODE if policy_profile(fact, member.page).place == COUNTRY else None


def _dates(facts: Sequence[Told]) -> dict[str, list[Said[str]]]:
    dates: dict[str, list[Said[str]]] = {name: [] for name in (*STAGES, *_OWN)}
    for member, fact in facts:
        if fact.date and fact.status:
            dates[fact.status].append(Said(fact.date, member, cite_part(member, "date")))
        for name in _OWN:
            value = getattr(fact, name)
            if value:
                dates[name].append(Said(value, member, cite_part(member, name)))
    return dates


def _stages(facts: Iterable[Told]) -> Iterator[Staged]:
    for member, fact in facts:
        if fact.status:
            yield Staged(fact.status, cite_part(member, "status"))


def _of_events(
    books: Books, thing: Thing, members: Sequence[Member], day: Day
) -> Iterator[tuple[str, Said[str] | None, tuple[Cite, ...]]]:
    """The stages of which events about the document tell, each with its date."""
    for event in referring(books, thing, members, ("event",)):
        for member in members_by(books, event.id, day):
            fact: Event = member.as_fact(Event)
            stage = _stage_of(fact)
            if stage is not None and fact.actuality == "realised" and _is_about(books, thing, member, fact):
                words = (cite_span(member, fact.date_span or fact.evidence),)
                value = iso_of(fact.date.start, fact.date.end)
                yield stage, None if value is None else Said(value, member, words), (cite_span(member, fact.evidence),)


def _stage_of(fact: Event) -> str | None:
    """The stage that a document has reached once the event has happened; none for events of other kinds."""
    stage, family = _EVENTS.get(fact.type), family_of(fact)
    return family if stage is not None and family in _VALIDITY else stage


def _is_about(books: Books, thing: Thing, member: Member, fact: Event) -> bool:
    meant = resolve(books, ("policy",), fact.object or "", member.page.id)
    return meant is not None and meant.id == thing.id


def _status(
    dates: dict[str, list[Said[str]]], stages: Iterable[Staged], lineage: Sequence[Related], day: Day
) -> Cell[str]:
    """The furthest stage: as words tell it, as days that are past imply it, or as another document repeals it."""
    reached: dict[str, Cell[str]] = {}
    for staged in stages:
        reached.setdefault(staged.stage, Cell(staged.stage, staged.cites))
    for name, stage in _BY_DAY.items():
        cell = date_cell(dates[name])
        if cell.value is not None and _is_past(cell.value, day, over=name == "valid_until"):
            reached.setdefault(stage, Cell(stage, cell.cites, basis="by-date"))
    for related in lineage:
        if related.relation == REPEALS and related.backward:
            reached.setdefault(_REPEALED, Cell(_REPEALED, related.cell.cites, basis="by-relation"))
    furthest = max(reached, key=STAGES.index, default=None)
    return not_told("no-status-told") if furthest is None else reached[furthest]


def _is_past(value: str, day: Day, *, over: bool) -> bool:
    last = bounds_of(value)[1]
    return last is not None and (last < day.day if over else last <= day.day)


def _versions(facts: Iterable[Told]) -> Iterator[Related]:
    """What it was called at each stage, in the order in which pages told so."""
    seen: set[tuple[str, str]] = set()
    for member, fact in facts:
        if fact.status and (fact.status, fold(fact.title)) not in seen:
            seen.add((fact.status, fold(fact.title)))
            yield Related(relation=fact.status, cell=Cell(fact.title, cite_printed(member, "title", fact.title)))


def _first(dates: dict[str, list[Said[str]]], *names: str) -> str | None:
    return next((value for name in names if (value := date_cell(dates[name]).value)), None)
