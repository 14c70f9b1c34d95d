"""Targets, and how they stand on a day: docs/decisions/0030-status-of-targets.md says by which rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mingjian.core.books import Books
from mingjian.core.ledger.agreeing import issuers_told
from mingjian.core.ledger.answering import Answer, answers_of, counted, deciding, possible_answers, precision_cell
from mingjian.core.ledger.bodies import body_called
from mingjian.core.ledger.bounds import figure_of, same_aim
from mingjian.core.ledger.building import TIMELESS, Day, Possible, cite_part, cite_span, head_of
from mingjian.core.ledger.citing import (
    cite_printed,
    most_cell,
    not_told,
    number_cell,
    printed_cell,
    span_cell,
    time_cell,
    together,
)
from mingjian.core.ledger.dating import bounds_of, date_cell
from mingjian.core.ledger.policies import dates_told
from mingjian.core.ledger.resolving import are_told_often, few_bearing, members_by, resolve
from mingjian.core.link.things.answering import first_told
from mingjian.core.link.things.spheres import COUNTRY, COUNTRY_CODE, sphere_of
from mingjian.core.link.things.targets import AIM, DUE, target_profile
from mingjian.core.link.things.titles import title_of
from mingjian.core.model.facts import Target
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.ledger.rows import Related, TargetRow
from mingjian.core.model.things import Member, Thing
from mingjian.core.text.folding import fold

Told = tuple[Member, Target]
_BETWEEN = ";"


def target_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> TargetRow:
    """The row of a target: its number and deadline as the first mention that has both tells them."""
    facts: list[Told] = [(member, member.as_fact(Target)) for member in members]
    member, fact = _fullest(facts)
    issuers = issuers_told(members)
    deadline = time_cell(member, fact.deadline, "deadline")
    status, answers = status_of(books, thing, member, day)
    normalized = fact.normalized
    return TargetRow(
        **head_of(
            thing,
            members,
            regions=[code for each, told in facts for code in _places(each, told)],
            issuers=[cell.value for cell in issuers],
            happened=(deadline.value, deadline.value),
            status=status.value,
        ),
        region=_region(facts),
        issuer=issuers[0] if len(issuers) < 2 and issuers else _joined(issuers),
        policy=printed_cell(((each, told.policy) for each, told in facts), "policy"),
        subject=printed_cell(((each, told.subject) for each, told in facts), "subject"),
        metric=printed_cell(((each, told.metric) for each, told in [(member, fact), *facts]), "metric"),
        comparator=_by_value(member, fact, fact.comparator),
        value=number_cell(member, normalized, fact.value_span),
        value_max=most_cell(member, normalized, fact.value_span),
        unit=_by_value(member, fact, None if normalized is None else normalized.unit),
        printed=_printed(member, fact),
        precision=precision_cell(member),
        deadline=deadline,
        nature=not_told() if fact.nature is None else Cell(fact.nature, cite_part(member, "nature")),
        status=status,
        answers=answers,
    )


def _joined(issuers: Sequence[Cell[str]]) -> Cell[str]:
    if not issuers:
        return not_told()
    return Cell(_BETWEEN.join(cell.value or "" for cell in issuers), together(issuers), basis="normalised")


def _places(member: Member, fact: Target) -> Iterator[str | None]:
    """The codes of the place that it is for: its region, else that of its subject, issuer or document.

    It is for the country where none of these is a place within it.
    """
    names = (fact.region, fact.subject, *fact.issuers)
    spheres = (sphere_of(name, member.page) for name in names)
    yield from (sphere for sphere in spheres if sphere is not None and sphere.isdecimal())
    yield None if fact.policy is None else title_of(fact.policy).place
    yield COUNTRY_CODE if target_profile(fact, member.page).sphere == COUNTRY else None


def _region(facts: Sequence[Told]) -> Cell[str]:
    """The place as printed, or with which the title of the document begins."""
    cell = printed_cell(((member, fact.region) for member, fact in facts), "region")
    if cell.value is not None:
        return cell
    for member, fact in facts:
        (cite, *_) = cite_printed(member, "policy", fact.policy)
        places = [place for place in member.page.regions if fact.policy and cite.text.startswith(place)]
        if places:
            place = max(places, key=len)
            words = Cite(cite.page, cite.start, cite.start + len(place), place, cite.layer)
            return Cell(place, (words,), basis="by-document")
    return cell


def _fullest(facts: Sequence[Told]) -> Told:
    """The first mention with a number and a deadline, else with either."""
    return max(facts, key=lambda told: (told[1].normalized is not None, told[1].deadline is not None))


def _by_value(member: Member, fact: Target, value: str | None) -> Cell[str]:
    if fact.value is None or value is None:
        return not_told("no-number")
    return span_cell(member, value, fact.value_span, "normalised")


def _printed(member: Member, fact: Target) -> Cell[str]:
    if fact.qualitative is not None and fact.value is None:
        return Cell(fact.qualitative, cite_part(member, "qualitative"))
    span = fact.value_span or fact.evidence
    return Cell(span.text, (cite_span(member, span),))


def status_of(books: Books, thing: Thing, member: Member, day: Day) -> tuple[Cell[str], tuple[Related, ...]]:
    """How a target stands on a day, and the statistics or later targets that say so."""
    fact: Target = member.as_fact(Target)
    own = (cite_span(member, fact.evidence),)
    if day == TIMELESS:  # nobody asks: what answers it, and what supersedes it, may be thousands of things
        return Cell("unknown", own, basis="no-day"), ()
    deadline = _deadline(member)
    if deadline is None:
        return Cell("unknown", own, basis="no-deadline"), ()
    later = tuple(_superseding(books, thing, member, deadline, day))
    if later:
        return Cell("superseded", later[0].cell.cites, basis="later-target"), later
    return _answered(books, thing, member, deadline, day) or (_by_date(own, deadline, day), ())


def possible_target(books: Books, thing: Thing, members: Sequence[Member]) -> Possible:
    """What a target may be on any day: by its deadline, by what answers it, and by what may supersede it."""
    coming, over, always = set[str](), set[str](), set[str]()
    deadlines = {_deadline(member) for member in members}
    for member in members:
        deadline = _deadline(member)
        if deadline is None:
            always.add("unknown")
            continue
        coming.add("open")
        over.add("due")
        reached = possible_answers(books, thing, member)
        over |= {"missed"} if "no" in reached else set()
        always |= {"met"} if "yes" in reached else set()
        always |= {"superseded"} if _may_be_superseded(books, thing, member, deadline) else set()
    if len(deadlines) > 1:  # which of them counts depends on what was known
        return Possible(statuses=coming | over | always)
    return Possible(statuses=always, coming=coming, over=over - always)


def _deadline(member: Member) -> str | None:
    fact: Target = member.as_fact(Target)
    return fact.deadline.end if fact.deadline is not None else None


def _may_be_superseded(books: Books, thing: Thing, member: Member, deadline: str) -> bool:
    """Whether another target may replace this one, whatever is known of the documents that set them."""
    bearing = few_bearing(books, "target", _own_slots(thing))
    others = None if bearing is None else [each for each in bearing if each.id != thing.id]
    if others is None or are_told_often(books, others):
        return True
    return any(_replaces(told, member, deadline) for other in others for told in books.members(other.id))


def _answered(
    books: Books, thing: Thing, member: Member, deadline: str, day: Day
) -> tuple[Cell[str], tuple[Related, ...]] | None:
    found = deciding(answers_of(books, thing, member, day), deadline)
    related = tuple(_related(answer) for answer in found)
    said = {answer.reached for answer in found}
    if not said:
        return None
    if len(said) > 1:
        return Cell("due", (cite_span(member, member.fact.evidence),), basis="answers-disagree"), related
    status = "met" if said == {"yes"} else "missed"
    return Cell(status, related[0].cell.cites, basis=_when(found[0].as_of, deadline)), related


def _by_date(own: tuple[Cite, ...], deadline: str, day: Day) -> Cell[str]:
    return Cell("open" if day.day <= deadline else "due", own, basis="by-date")


def _when(as_of: str, deadline: str) -> str:
    if as_of < deadline:
        return "before-deadline"
    return "as-of-deadline" if as_of == deadline else "after-deadline"


def _related(answer: Answer) -> Related:
    relation = "met_by" if answer.reached == "yes" else "missed_by"
    words = answer.fact.evidence
    return Related(relation=relation, cell=Cell(words.text, (cite_span(answer.member, words),)), thing=answer.thing.id)


def _superseding(books: Books, thing: Thing, member: Member, deadline: str, day: Day) -> Iterator[Related]:
    """Targets of the same body for the same, in a later document, with another number for that day or another day."""
    replacing = [
        (other, told)
        for other in _of_one_day_or_number(books, thing)
        for told in members_by(books, other.id, day)
        if _replaces(told, member, deadline)
    ]
    own = _document(books, member, day) if replacing else None
    seen: set[str] = set()
    issued: dict[str, _Document | None] = {}
    for other, told in replacing if own is not None else ():
        policy = None if other.id in seen else _policy(books, told)
        if own is None or policy is None or policy.id == own.thing:
            continue
        if policy.id not in issued:
            issued[policy.id] = _issued(books, policy, day)
        document = issued[policy.id]
        if document is not None and own.last < document.first <= day.day:
            seen.add(other.id)
            words = told.fact.evidence
            cell = Cell(words.text, (cite_span(told, words),))
            yield Related(relation="superseded_by", cell=cell, thing=other.id)


def _of_one_day_or_number(books: Books, thing: Thing) -> Sequence[Thing]:
    """The other targets that count the same for the same day, or want the same number of it."""
    found = {each.id: each for slot in _own_slots(thing) for each in books.in_slot("target", slot)}
    found.pop(thing.id, None)
    return sorted(found.values(), key=first_told)


def _own_slots(thing: Thing) -> Sequence[str]:
    """The slots that tell of a day or a number."""
    return [slot for slot in thing.slots if slot.startswith((DUE, AIM))]


class _Document(NamedTuple):
    """A document that sets a target: the ISO days between which it was issued."""

    thing: str
    first: str
    last: str


def _document(books: Books, member: Member, day: Day) -> _Document | None:
    policy = _policy(books, member)
    return None if policy is None else _issued(books, policy, day)


def _policy(books: Books, member: Member) -> Thing | None:
    """The document that sets a target."""
    fact: Target = member.as_fact(Target)
    return None if fact.policy is None else resolve(books, ("policy",), fact.policy, member.page.id)


def _issued(books: Books, policy: Thing, day: Day) -> _Document | None:
    """The document with its days: issued as told, else on the day of the first page that tells of it."""
    members = members_by(books, policy.id, day)
    dates = dates_told(members)
    told = [dated for name in ("issued", "signed", "published", "approved") for dated in dates[name]]
    days = (each.page.published_on for each in members)
    first, last = bounds_of(date_cell(told).value or min(filter(None, days), default=None))
    return None if first is None or last is None else _Document(policy.id, first, last)


def _replaces(later: Member, earlier: Member, deadline: str) -> bool:
    """Whether the later target is the earlier one with another number, or with another day."""
    one: Target = earlier.as_fact(Target)
    other: Target = later.as_fact(Target)
    figure, new = figure_of(one.normalized, one.comparator), figure_of(other.normalized, other.comparator)
    if figure is None or new is None or figure.unit != new.unit or other.deadline is None:
        return False
    if other.deadline.end != deadline and (other.deadline.end is None or figure != new):
        return False
    if counted(earlier) != counted(later) or _issuers_called(earlier, one) != _issuers_called(later, other):
        return False
    return other.deadline.end != deadline or not same_aim(figure, new)


def _issuers_called(member: Member, fact: Target) -> set[str]:
    return {fold(body_called(member.page, issuer)) for issuer in fact.issuers}
