"""Targets of one document for one day that pages retell with different numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.answering import counted
from mingjian.core.ledger.bounds import figure_of
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.disagreeing import Claim, Disputed, aims_exclude, figure_claim, is_of
from mingjian.core.ledger.resolving import members_by, resolve
from mingjian.core.link.things.answering import first_told
from mingjian.core.link.things.kinds import slots_of_name
from mingjian.core.link.things.metrics import metric_of
from mingjian.core.link.things.spheres import differ
from mingjian.core.link.things.targets import target_profile
from mingjian.core.model.facts import Target
from mingjian.core.model.things import Member, Thing


def retold_claimed(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> Iterator[Disputed]:
    """The numbers of a target as its mentions, and those of other targets of the same document and day, tell them.

    Of several such targets the one told first has the row.
    """
    origin = _origin(books, members[0])
    others = _others(books, thing, members[0], origin, day)
    if any(first_told(other) < first_told(thing) for other, _ in others):
        return
    told = [*members, *(member for _, retelling in others for member in retelling)]
    claims = [claim for member in told for claim in _claims(member)]
    fact: Target = members[0].as_fact(Target)
    end = fact.deadline.end if fact.deadline is not None else None
    yield Disputed("value", claims, aims_exclude, (end, end))


def retold_alone(members: Sequence[Member]) -> Disputed:
    """The numbers of a target as its own mentions tell them."""
    return Disputed("value", [claim for member in members for claim in _claims(member)], aims_exclude)


def may_be_retold(members: Sequence[Member]) -> bool:
    """Whether the first mention says of which document and for which day it is: only then others may be the same."""
    fact: Target = members[0].as_fact(Target)
    metric = metric_of(fact.metric)
    dated = fact.deadline is not None and fact.deadline.end is not None
    return bool(fact.policy) and dated and metric is not None and not metric.open


def _claims(member: Member) -> Iterator[Claim]:
    fact: Target = member.as_fact(Target)
    figure = figure_of(fact.normalized, fact.comparator)
    if figure is not None:
        nearer = member.page.is_document or is_of(member, fact.issuer)
        yield figure_claim(member, figure, fact.value_span, nearer=nearer)


def _origin(books: Books, member: Member) -> str | None:
    """The document that sets the target; without one, nothing says that two numbers are meant to be the same."""
    fact: Target = member.as_fact(Target)
    if fact.policy is None or fact.deadline is None or fact.deadline.end is None:
        return None
    policy = resolve(books, ("policy",), fact.policy, member.page.id)
    return fact.policy if policy is None else policy.id


def _others(
    books: Books, thing: Thing, member: Member, origin: str | None, day: Day
) -> list[tuple[Thing, list[Member]]]:
    """The other things that are mentions of the same target, with another number."""
    fact: Target = member.as_fact(Target)
    metric = metric_of(fact.metric)
    if origin is None or fact.policy is None or metric is None or metric.open:
        return []
    found = []
    for other in books.referring("policy", slots_of_name("policy", fact.policy)):
        if other.kind == "target" and other.id != thing.id:
            told = [each for each in members_by(books, other.id, day) if _is_same(books, each, member, origin)]
            if told:
                found.append((other, told))
    return found


def _is_same(books: Books, member: Member, first: Member, origin: str) -> bool:
    """Whether both count the same for the same day in the same document, as far as either says."""
    one: Target = member.as_fact(Target)
    other: Target = first.as_fact(Target)
    if _figures(one) != _figures(other):  # most differ here already
        return False
    new, old = target_profile(one, member.page), target_profile(other, first.page)
    return (
        new.metric == old.metric
        and not differ(new.sphere, old.sphere)
        and counted(member) == counted(first)
        and _origin(books, member) == origin
    )


def _figures(fact: Target) -> tuple[str | None, ...]:
    """The unit, the kind of change, the day and the nature of a target."""
    return (
        fact.normalized.unit if fact.normalized else None,
        fact.change.kind if fact.change else None,
        fact.deadline.end if fact.deadline else None,
        fact.nature,
    )
