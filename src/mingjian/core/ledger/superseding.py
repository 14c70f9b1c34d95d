"""Which later targets take the place of one: by the words of a page, or set by a later document of the same body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mingjian.core.books import Books
from mingjian.core.ledger.answering import counted
from mingjian.core.ledger.bodies import body_called
from mingjian.core.ledger.bounds import figure_of, same_aim
from mingjian.core.ledger.building import Day, cite_span
from mingjian.core.ledger.dating import bounds_of, date_cell
from mingjian.core.ledger.policies import dates_told
from mingjian.core.ledger.resolving import are_told_often, few_bearing, members_by, resolve
from mingjian.core.link.things.answering import first_told
from mingjian.core.link.things.spheres import differ
from mingjian.core.link.things.targets import AIM, DUE, OLD, number_given, target_profile
from mingjian.core.model.facts import Target
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.ledger.rows import Related
from mingjian.core.model.things import Member, Thing
from mingjian.core.text.folding import fold


def superseding(books: Books, thing: Thing, member: Member, deadline: str | None, day: Day) -> Iterator[Related]:
    """The targets that take the place of this one, with the words: those of a page that says so, else by documents."""
    told = list(_by_words(books, thing, member, day))
    if told:
        yield from told
    elif deadline is not None:
        yield from _by_later_document(books, thing, member, deadline, day)


def may_be_superseded(books: Books, thing: Thing, member: Member, deadline: str | None) -> bool:
    """Whether another target may replace this one on any day, whatever is known of the documents that set them."""
    by_words = few_bearing(books, "target", _given_up(member))
    set_by_document = deadline is not None and member.as_fact(Target).policy is not None
    by_document = few_bearing(books, "target", _own_slots(thing)) if set_by_document else []
    if by_words is None or by_document is None or are_told_often(books, (*by_words, *by_document)):
        return True
    if any(_gives_up(told, member) for other in by_words for told in books.members(other.id)):
        return True
    return deadline is not None and any(
        _replaces(told, member, deadline)
        for other in by_document
        if other.id != thing.id
        for told in books.members(other.id)
    )


def _by_words(books: Books, thing: Thing, member: Member, day: Day) -> Iterator[Related]:
    """The targets of which a page says that they replace this number: 目标由500亿元提高到650亿元."""
    for other in _giving_up(books, thing, member):
        for told in members_by(books, other.id, day):
            if _is_told_by(told, day) and _gives_up(told, member):
                words = told.fact.evidence
                yield Related(
                    relation="superseded_by", cell=Cell(words.text, (cite_span(told, words),)), thing=other.id
                )
                break


def _giving_up(books: Books, thing: Thing, member: Member) -> Sequence[Thing]:
    """The other targets of which a page says that they take the place of this number."""
    found = {each.id: each for slot in _given_up(member) for each in books.in_slot("target", slot)}
    found.pop(thing.id, None)
    return sorted(found.values(), key=first_told)


def _given_up(member: Member) -> Sequence[str]:
    number = member.as_fact(Target).normalized
    return () if number is None else (f"{OLD}{number_given(number)}",)


def _is_told_by(member: Member, day: Day) -> bool:
    return member.page.published_on is not None and member.page.published_on <= day.day


def _gives_up(later: Member, earlier: Member) -> bool:
    """Whether the page of the later says that it replaces the number of the earlier, of what both count."""
    one: Target = earlier.as_fact(Target)
    other: Target = later.as_fact(Target)
    if one.normalized is None or other.replaces != one.normalized:
        return False
    new, old = target_profile(other, later.page), target_profile(one, earlier.page)
    if differ(new.sphere, old.sphere) or differ(new.deadline, old.deadline) or new.change != old.change:
        return False
    if new.metric is None or old.metric is None:
        return False
    return new.metric == old.metric or (new.policy is not None and _of_one_document(new.metric, old.metric))


def _of_one_document(first: str, second: str) -> bool:
    """Whether in one document both are names of one metric: the one ends the other."""
    return first.endswith(second) or second.endswith(first)


def _by_later_document(books: Books, thing: Thing, member: Member, deadline: str, day: Day) -> Iterator[Related]:
    """Targets of the same body for the same, in a later document, with another number for that day or another day."""
    if member.as_fact(Target).policy is None:  # asked first: a page may set thousands of targets
        return
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
