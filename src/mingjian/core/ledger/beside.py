"""Statistics that a page sets beside a goal as what came of it: 提出投放1000台，…，实际投放612台."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.answering import Answer, as_of_day, is_dated, tells_what_is, wants_less
from mingjian.core.ledger.bounds import comparing_settings, figure_of, reaches
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.resolving import members_by
from mingjian.core.link.things.metrics import agree, metric_of
from mingjian.core.model.facts import Statistic, Target
from mingjian.core.model.things import Member, Thing, ThingKind
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold

Told = tuple[Thing, Member]
_CLAUSE = 2  # characters between clauses: a comma, and a space


def answers_beside(books: Books, members: Sequence[Member], day: Day) -> Iterator[Answer]:
    """What the pages of these mentions say right behind them, one answer for each mention at most.

    Only pages of the last day or later can tell it: the others, which are most, are not looked into.
    """
    for member in filter(looks_back, members):
        behind = [told for told in _on_page(books, member, "statistic", day) if _is_told_of(told[1], member)]
        nearest = min(behind, key=lambda told: told[1].ref, default=None)
        if nearest is None or _stands_between(books, member, nearest[1], day):
            continue
        answer = _answer(nearest, member, day)
        if answer is not None:
            yield answer


def looks_back(member: Member) -> bool:
    """Whether the page of a goal is of its last day or later, so that it can tell what came of it."""
    deadline, published = member.as_fact(Target).deadline, member.page.published_on
    return bool(deadline and deadline.end and published and published >= deadline.end)


def _on_page(books: Books, member: Member, kind: ThingKind, day: Day) -> Iterator[Told]:
    for thing in books.of_page(member.page.id, kind):
        for told in members_by(books, thing.id, day):
            if told.page.id == member.page.id:
                yield thing, told


def _is_told_of(told: Member, member: Member) -> bool:
    """Whether the number is of the same, in the same unit, and stands right before the goal or behind it."""
    fact, wanted = told.as_fact(Statistic), member.as_fact(Target)
    if fact.normalized is None or wanted.normalized is None or fact.change != wanted.change:
        return False
    if fact.normalized.unit != wanted.normalized.unit:
        return False
    if fact.normalized.unit == "count" and fact.unit != wanted.unit:
        return False
    return _stands_before(fact, wanted) or _came_about(fact, wanted)


def _stands_before(fact: Statistic, wanted: Target) -> bool:
    """Whether the goal has its metric of the number right before it: 新增企业48家，完成年度目标（60家）的80%."""
    gap = wanted.evidence.start - fact.evidence.end
    metric = fact.parts.get("metric")
    return 0 <= gap <= _CLAUSE and metric is not None and metric == wanted.parts.get("metric")


def _came_about(fact: Statistic, wanted: Target) -> bool:
    """Whether it follows at once with a word for what came about: 实际投放612台."""
    gap = fact.evidence.start - wanted.evidence.end
    if not 0 <= gap <= comparing_settings().beside:
        return False
    actual = bundled_rulebook().cues("corpus/comparing")["actual"]
    return actual.search(fold(fact.evidence.text)) is not None and _counts_the_same(fact, wanted)


def _counts_the_same(fact: Statistic, wanted: Target) -> bool:
    if fact.metric is None or fold(fact.metric) in fold(wanted.evidence.text):
        return True
    told, goal = metric_of(fact.metric), metric_of(wanted.metric)
    return told is not None and goal is not None and agree(told.name, goal.name)


def _stands_between(books: Books, member: Member, told: Member, day: Day) -> bool:
    """Whether another goal in that unit stands between the two."""
    unit, low, high = member.as_fact(Target).unit, member.fact.evidence.end, told.fact.evidence.start
    goals = (other for _, other in _on_page(books, member, "target", day))
    return any(low <= goal.fact.evidence.start < high and goal.as_fact(Target).unit == unit for goal in goals)


def _answer(nearest: Told, member: Member, day: Day) -> Answer | None:
    thing, told = nearest
    fact, wanted = told.as_fact(Statistic), member.as_fact(Target)
    statistic = figure_of(fact.normalized, fact.comparator)
    aim = figure_of(wanted.normalized, wanted.comparator)
    as_of = as_of_day(told)
    if statistic is None or aim is None or as_of is None or as_of > day.day or not tells_what_is(told):
        return None
    reached = reaches(statistic, aim, lower=wants_less(member))
    return Answer(thing, told, fact, as_of, reached) if is_dated(fact) or reached == "yes" else None
