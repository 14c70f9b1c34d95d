"""Targets, and how they stand on a day: docs/decisions/0030-status-of-targets.md says by which rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from mingjian.core.books import Books
from mingjian.core.ledger.agreeing import issuers_told
from mingjian.core.ledger.answering import Answer, answers_of, deciding, possible_answers, precision_cell
from mingjian.core.ledger.beside import answers_beside, looks_back
from mingjian.core.ledger.building import TIMELESS, Day, Possible, cite_part, cite_span, head_of
from mingjian.core.ledger.citing import (
    cite_printed,
    metric_cell,
    most_cell,
    not_told,
    number_cell,
    printed_cell,
    span_cell,
    time_cell,
    together,
)
from mingjian.core.ledger.superseding import may_be_superseded, superseding
from mingjian.core.link.things.answering import lies_in
from mingjian.core.link.things.spheres import COUNTRY, COUNTRY_CODE, sphere_of
from mingjian.core.link.things.targets import sphere_of_target
from mingjian.core.link.things.titles import title_of
from mingjian.core.model.facts import Target
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.ledger.rows import Related, TargetRow
from mingjian.core.model.things import Member, Thing

Told = tuple[Member, Target]
Standing = tuple[Cell[str], tuple[Related, ...]]
_BETWEEN = ";"


def target_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> TargetRow:
    """The row of a target: its number and deadline as the first mention that has both tells them."""
    facts: list[Told] = [(member, member.as_fact(Target)) for member in members]
    member, fact = _fullest(facts)
    issuers = issuers_told(members)
    deadline = time_cell(member, fact.deadline, "deadline")
    status, answers = status_of(books, thing, members, member, day)
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
        metric=metric_cell((each, told.metric) for each, told in [(member, fact), *facts]),
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
    yield COUNTRY_CODE if sphere_of_target(fact, member.page) == COUNTRY else None


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


def status_of(books: Books, thing: Thing, members: Sequence[Member], member: Member, day: Day) -> Standing:
    """How a target stands on a day, by the mention with its number, and what pages, statistics or targets say so."""
    fact: Target = member.as_fact(Target)
    own = (cite_span(member, fact.evidence),)
    if day == TIMELESS:  # nobody asks: what answers it, and what supersedes it, may be thousands of things
        return Cell("unknown", own, basis="no-day"), ()
    told = tuple(outcomes_told(members, day))
    deadline = _deadline(member)
    later = () if told else tuple(superseding(books, thing, member, deadline, day))
    if later:
        return Cell("superseded", later[0].cell.cites, basis="later-target"), later
    answered = _answered(books, thing, (member, *members), deadline, day) if deadline is not None else None
    if told or answered is not None:
        return _agreed(member, told, answered)
    if deadline is None:
        return Cell("unknown", own, basis="no-deadline"), ()
    return _by_date(own, deadline, day), ()


def possible_target(books: Books, thing: Thing, members: Sequence[Member]) -> Possible:
    """What a target may be on any day: by its deadline, by what pages and statistics say, and by what supersedes it."""
    told = {fact.outcome for member in members if (fact := member.as_fact(Target)).outcome is not None}
    always: set[str] = {*told, "due"} if told else set()  # what pages say may disagree
    coming, over = set[str](), {"met", "missed"} if any(map(looks_back, members)) else set[str]()
    deadlines = {_deadline(member) for member in members}
    for member in members:
        deadline = _deadline(member)
        always |= {"superseded"} if may_be_superseded(books, thing, member, deadline) else set()
        if deadline is None:
            always.add("unknown")
            continue
        coming.add("open")
        over.add("due")
        reached = possible_answers(books, thing, member)
        over |= {"missed"} if "no" in reached else set()
        always |= {"met"} if "yes" in reached else set()
    if len(deadlines) > 1:  # which of them counts depends on what was known
        return Possible(statuses=coming | over | always)
    return Possible(statuses=always, coming=coming, over=over - always)


def _deadline(member: Member) -> str | None:
    fact: Target = member.as_fact(Target)
    return fact.deadline.end if fact.deadline is not None else None


def outcomes_told(members: Sequence[Member], day: Day) -> Iterator[Related]:
    """The mentions that say what has become of the target, of pages published by the day."""
    telling = [member for member in members if _tells_outcome(member, day)]
    spheres = {sphere for member in members if (sphere := _sphere(member)) is not None} if telling else set()
    for member in telling:
        fact: Target = member.as_fact(Target)
        if not _tells_of(member, spheres):
            continue
        words = fact.evidence
        relation = "met_by" if fact.outcome == "met" else "missed_by"
        told = cite_part(member, "outcome")
        beside = [cite for cite in told if cite.end > words.end or cite.start < words.start]
        yield Related(relation=relation, cell=Cell(words.text, (cite_span(member, words), *beside)))


def _tells_outcome(member: Member, day: Day) -> bool:
    """Whether a mention of a page published by the day says what has become of the target."""
    published = member.page.published_on
    return member.as_fact(Target).outcome is not None and published is not None and published <= day.day


def _sphere(member: Member) -> str | None:
    return sphere_of_target(member.as_fact(Target), member.page)


def _tells_of(member: Member, spheres: Set[str]) -> bool:
    """Whether a mention that does not say whose the target is may tell of that of the others: of no other place."""
    if not spheres or _sphere(member) is not None or spheres & {*member.page.homes.values()}:
        return True
    codes = set(member.page.regions.values())
    return not codes or any(_is_within(code, sphere) for code in codes for sphere in spheres)


def _is_within(code: str, sphere: str) -> bool:
    """Whether of two places the one lies in the other; bodies and unlisted places lie in none."""
    return sphere.isdecimal() and (lies_in(code, sphere) or lies_in(sphere, code))


def _agreed(member: Member, told: tuple[Related, ...], answered: Standing | None) -> Standing:
    """What pages say of it in words, and what statistics do: where not all agree it is due, and all are shown."""
    related = told if answered is None else (*told, *answered[1])
    if not told and answered is not None:
        return answered
    if len({one.relation for one in related}) > 1:
        return Cell("due", (cite_span(member, member.fact.evidence),), basis="answers-disagree"), related
    return Cell("met" if told[0].relation == "met_by" else "missed", told[0].cell.cites, basis="told"), related


def _answered(books: Books, thing: Thing, members: Sequence[Member], deadline: str, day: Day) -> Standing | None:
    """What statistics say of it: of any page, or of the page of a mention right behind that."""
    member, *every = members
    answers = {answer.member.ref: answer for answer in answers_beside(books, every, day)}
    answers |= {answer.member.ref: answer for answer in answers_of(books, thing, member, day)}
    ordered = sorted(answers.values(), key=lambda answer: (answer.as_of, answer.member.ref))
    found = deciding(ordered, deadline)
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
