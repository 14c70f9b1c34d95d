"""Targets, and how they stand on a day: docs/decisions/0030-status-of-targets.md says by which rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.answering import Answer, answers_of, counted, deciding, precision_cell
from mingjian.core.ledger.bounds import figure_of, same_aim
from mingjian.core.ledger.building import Day, cite_part, cite_span, head_of
from mingjian.core.ledger.citing import (
    body_called,
    cite_printed,
    code_of,
    most_cell,
    named_cells,
    not_told,
    number_cell,
    printed_cell,
    span_cell,
    time_cell,
    together,
)
from mingjian.core.ledger.dating import bounds_of, date_cell
from mingjian.core.ledger.policies import dates_told
from mingjian.core.ledger.resolving import members_by, resolve
from mingjian.core.link.things.spheres import sphere_of
from mingjian.core.link.things.titles import title_of
from mingjian.core.model.facts import Target
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.ledger.rows import Related, TargetRow
from mingjian.core.model.things import Member, Thing
from mingjian.core.text.folding import fold

Told = tuple[Member, Target]
_BETWEEN = ";"
_SETTLED = ("met", "missed", "superseded")


def target_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> TargetRow:
    """The row of a target: its number and deadline as the first mention that has both tells them."""
    facts: list[Told] = [(member, member.as_fact(Target)) for member in members]
    member, fact = _fullest(facts)
    issuers = _issuers(facts)
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


def _issuers(facts: Sequence[Told]) -> tuple[Cell[str], ...]:
    """The bodies that set it; a mere place (广东提出…) only where no page names a body."""
    every = [(member, fact.issuer.split(_BETWEEN)) for member, fact in facts if fact.issuer]
    bodies = [(member, names) for member, names in every if any(code_of(member, name) is None for name in names)]
    return named_cells(bodies or every, "issuer")


def _joined(issuers: Sequence[Cell[str]]) -> Cell[str]:
    if not issuers:
        return not_told()
    return Cell(_BETWEEN.join(cell.value or "" for cell in issuers), together(issuers), basis="normalised")


def _places(member: Member, fact: Target) -> Iterator[str | None]:
    """The codes of the place that it is for: its region, else that of its subject, issuer or document."""
    names = (fact.region, fact.subject, *(fact.issuer or "").split(_BETWEEN))
    spheres = (sphere_of(name, member.page) for name in names)
    yield from (sphere for sphere in spheres if sphere is not None and sphere.isdecimal())
    yield None if fact.policy is None else title_of(fact.policy).place


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
    deadline = fact.deadline.end if fact.deadline is not None else None
    if deadline is None:
        return Cell("unknown", own, basis="no-deadline"), ()
    later = tuple(_superseding(books, thing, member, deadline, day))
    if later:
        return Cell("superseded", later[0].cell.cites, basis="later-target"), later
    return _answered(books, thing, member, deadline, day) or (_by_date(fact, own, deadline, day), ())


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


def _by_date(fact: Target, own: tuple[Cite, ...], deadline: str, day: Day) -> Cell[str]:
    if day.day <= deadline:
        return Cell("open", own, basis="by-date")
    if fact.normalized is None:
        return Cell("unknown", own, basis="no-number")
    return Cell("due", own, basis="by-date")


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
        for other in {each.id: each for slot in thing.slots for each in books.in_slot("target", slot)}.values()
        if other.id != thing.id
        for told in members_by(books, other.id, day)
        if _replaces(told, member, deadline)
    ]
    own = _document(books, member) if replacing else None
    since = None if own is None else _issued(books, own, day)
    seen: set[str] = set()
    issued: dict[str, str | None] = {}
    for other, told in replacing if own is not None and since is not None else ():
        document = None if other.id in seen else _document(books, told)
        if document is None or document == own:
            continue
        if document.id not in issued:
            issued[document.id] = _issued(books, document, day)
        if since < (issued[document.id] or "") <= day.day:
            seen.add(other.id)
            words = told.fact.evidence
            cell = Cell(words.text, (cite_span(told, words),))
            yield Related(relation="superseded_by", cell=cell, thing=other.id)


def _document(books: Books, member: Member) -> Thing | None:
    """The document that sets a target."""
    fact: Target = member.as_fact(Target)
    return None if fact.policy is None else resolve(books, ("policy",), fact.policy, member.page.id)


def _issued(books: Books, document: Thing, day: Day) -> str | None:
    """The day on which a document was issued: as told, else when the first page told of it."""
    dates = dates_told(members_by(books, document.id, day))
    told = [dated for name in ("issued", "signed", "published", "approved") for dated in dates[name]]
    issued = date_cell(told).value
    return bounds_of(issued)[0] if issued else document.first_published


def _replaces(later: Member, earlier: Member, deadline: str) -> bool:
    """Whether the later target is the earlier one with another number, or with another day."""
    one: Target = earlier.as_fact(Target)
    other: Target = later.as_fact(Target)
    figure, new = figure_of(one.normalized, one.comparator), figure_of(other.normalized, other.comparator)
    if figure is None or new is None or figure.unit != new.unit or other.deadline is None:
        return False
    if other.deadline.end != deadline and (other.deadline.end is None or figure != new):
        return False
    if counted(earlier) != counted(later) or _issuer(earlier, one) != _issuer(later, other):
        return False
    return other.deadline.end != deadline or not same_aim(figure, new)


def _issuer(member: Member, fact: Target) -> str | None:
    return None if fact.issuer is None else fold(body_called(member, fact.issuer))


def may_become(timeless: str | None, status: str) -> bool:
    """Whether a target that bears this status behind all time may bear another on some day: for an index to ask.

    What settles it may not be known yet, and any deadline is ahead of some day.
    """
    if timeless in _SETTLED:
        return True
    return status == timeless or status in (("open", "met", "missed") if timeless == "due" else ("open",))
