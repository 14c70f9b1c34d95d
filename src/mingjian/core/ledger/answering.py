"""Which statistics answer a target, and what they say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from mingjian.core.books import Books
from mingjian.core.ledger.bounds import Figure, Reached, comparing_settings, figure_of, reaches
from mingjian.core.ledger.building import TIMELESS, Day, cite_span
from mingjian.core.ledger.citing import not_told
from mingjian.core.ledger.resolving import are_told_often, few_bearing, members_by
from mingjian.core.link.things.metrics import metric_of, slot_of
from mingjian.core.link.things.spheres import COUNTRY, sphere_of
from mingjian.core.link.things.statistics import StatisticProfile, statistic_profile
from mingjian.core.link.things.targets import TargetProfile, target_profile
from mingjian.core.model.facts import Change, Statistic, Target
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.things import Member, Thing
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold

_AT_LEAST = (">", ">=", "min")


class Answer(msgspec.Struct, frozen=True):
    """A statistic that speaks of what a target wants: as of when (ISO day), and whether that is reached."""

    thing: Thing
    member: Member
    fact: Statistic
    as_of: str
    reached: Reached


class Counted(msgspec.Struct, frozen=True):
    """What a number counts beyond its slot: whose, where that is no place, how exactly, and against what."""

    subject: str | None
    precision: str | None
    change: Change | None


class _Aim(msgspec.Struct, frozen=True):
    """What a target wants, and in which slots that counts; ``lower``: less is what is wanted.

    ``until`` is the day to which it must hold: no number of before says that it does.
    """

    figure: Figure
    counted: Counted
    slots: frozenset[str]
    lower: bool
    until: str | None


def counted(member: Member) -> Counted:
    """What the number of a target or statistic counts: what one says and the other does not is no proof."""
    fact = member.fact
    if not isinstance(fact, (Target, Statistic)):
        raise TypeError(f"{member.ref.fact} is a {type(fact).__name__}, no target or statistic")
    sphere = sphere_of(fact.subject, member.page)
    is_place = sphere is None or sphere.isdecimal() or sphere == COUNTRY
    return Counted(None if is_place else sphere, precision_of(member), fact.change)


def slot_told(member: Member) -> str | None:
    """The slot of a number by its own words; none where they do not tell what is counted, where, in which unit.

    Series may hold numbers whose words alone are alike: those of nobody in particular say nothing of one another.
    """
    metric = metric_of(getattr(member.fact, "metric", None))
    return None if metric is None or (metric.open and not metric.known) else _slot(member)


def _slot_answering(member: Member) -> str | None:
    """The slot of a number, also where what it counts has only a long name of a kind of many: 智能算力平均利用率."""
    metric = metric_of(getattr(member.fact, "metric", None))
    is_long = metric is not None and len(metric.name) >= comparing_settings().long_name
    return _slot(member) if is_long else slot_told(member)


def _slot(member: Member) -> str | None:
    fact = member.fact
    profile: TargetProfile | StatisticProfile
    if isinstance(fact, Target):
        profile = target_profile(fact, member.page)
    elif isinstance(fact, Statistic):
        profile = statistic_profile(fact, member.page)
    else:
        return None
    return next(iter(slot_of(profile.metric, profile.sphere, profile.unit)), None)


def precision_of(member: Member) -> str | None:
    """The words for how exactly computing power is counted, where those of the fact have any."""
    return _precision_in(member.fact.evidence.text)


@lru_cache(maxsize=65536)
def _precision_in(words: str) -> str | None:
    found = bundled_rulebook().cues("corpus/comparing")["precision"].search(fold(words))
    return None if found is None else found.group()


def precision_cell(member: Member) -> Cell[str]:
    """How exactly computing power is counted, as a cell."""
    found = precision_of(member)
    if found is None:
        return not_told()
    return Cell(found, (cite_span(member, member.fact.evidence),), basis="normalised")


def wants_less(member: Member) -> bool:
    """Whether the words of a target say that less is what is wanted: 控制在93%以上 wants more."""
    fact: Target = member.as_fact(Target)
    at_least = fact.comparator in _AT_LEAST and fact.value is not None and fact.value > 0
    return _says(member, "lower") and not (at_least and fact.change is None)


def is_goal(member: Member) -> bool:
    """Whether the number is told as a goal that is set or changed, and not as what has come about."""
    return _says(member, "goal")


def tells_what_is(member: Member) -> bool:
    """Whether the words of a statistic tell what is so, and not what is set, demanded, thought or still to come.

    What is told of a year that still ran may be its plan, unless words say that it is so far.
    """
    if is_goal(member) or _says(member, "unsure") or _says(member, "demanded"):
        return False
    fact: Statistic = member.as_fact(Statistic)
    end, published = fact.as_of.end if fact.as_of is not None else None, member.page.published_to
    if fact.as_of is None or end is None or published is None or end < published:
        return True
    runs = bundled_rulebook().cues("corpus/comparing")["year"].search(fold(fact.as_of.text)) is not None
    return end == published and (not runs or _says(member, "so-far"))


def _has_come_about(member: Member) -> bool:
    """Whether a statistic tells of a day that was over, or says that it came about; else it may be a goal retold."""
    fact: Statistic = member.as_fact(Statistic)
    published = member.page.published_to
    over = is_dated(fact) and published is not None and (as_of_day(member) or published) < published
    return over or _says(member, "attained")


def _says(member: Member, cue: str) -> bool:
    return bundled_rulebook().cues("corpus/comparing")[cue].search(fold(member.fact.evidence.text)) is not None


def answers_of(books: Books, thing: Thing, member: Member, day: Day) -> Sequence[Answer]:
    """All statistics with a day that count what this target wants, in order of that day.

    A thing of either kind bears the slots of what it counts; what the words of the statistic say is one of them, and
    that of the target, where its own words say one.
    """
    aim = _aim_of(thing, member)
    if aim is None:
        return []
    found = [
        answer
        for each in _series(books, thing)
        for told in members_by(books, each.id, day)
        for answer in _answer(each, told, aim, day)
    ]
    return sorted(found, key=lambda answer: (answer.as_of, answer.member.ref))


def possible_answers(books: Books, thing: Thing, member: Member) -> set[Reached]:
    """What statistics may ever say of a target; where many tell of them, all that statistics can say."""
    series = few_bearing(books, "statistic", thing.slots)
    if series is None or are_told_often(books, series):
        return {"yes", "no"}
    return {answer.reached for answer in answers_of(books, thing, member, TIMELESS)} if series else set()


def _series(books: Books, thing: Thing) -> Sequence[Thing]:
    """The series of statistics that count what a target wants."""
    return list({each.id: each for slot in thing.slots for each in books.in_slot("statistic", slot)}.values())


def _aim_of(thing: Thing, member: Member) -> _Aim | None:
    wanted: Target = member.as_fact(Target)
    figure, own = figure_of(wanted.normalized, wanted.comparator), _slot_answering(member)
    if figure is None or _says(member, "unsure"):
        return None
    lasting = wanted.change is not None or _says(member, "lasting")
    until = wanted.deadline.end if lasting and wanted.deadline is not None else None
    return _Aim(figure, counted(member), frozenset(thing.slots if own is None else (own,)), wants_less(member), until)


def _answer(thing: Thing, told: Member, aim: _Aim, day: Day) -> Iterator[Answer]:
    fact: Statistic = told.as_fact(Statistic)
    statistic, as_of = figure_of(fact.normalized, fact.comparator), as_of_day(told)
    if statistic is None or as_of is None or as_of > day.day or statistic.unit != aim.figure.unit:
        return
    if (aim.until is not None and as_of < aim.until) or not tells_what_is(told):
        return
    if statistic.value == aim.figure.value and not _has_come_about(told):
        return
    reached = reaches(statistic, aim.figure, lower=aim.lower)
    proves = is_dated(fact) or reached == "yes"  # a number without a day may be an old one: it proves no miss
    if proves and counted(told) == aim.counted and _slot_answering(told) in aim.slots:
        yield Answer(thing, told, fact, as_of, reached)


def as_of_day(member: Member) -> str | None:
    """The day as of which a statistic holds: told, or by default that on which its page was."""
    fact: Statistic = member.as_fact(Statistic)
    return fact.as_of.end if fact.as_of is not None and is_dated(fact) else member.page.published_on


def is_dated(fact: Statistic) -> bool:
    """Whether words tell as of when it holds."""
    return fact.as_of is not None and fact.as_of.end is not None


def deciding(answers: Sequence[Answer], deadline: str) -> Sequence[Answer]:
    """The answers that decide: those as of the deadline or of the first day behind it, else the first that reach it.

    What is told long after the deadline says nothing of it.
    """
    latest = _ordinal(deadline) + comparing_settings().later_days
    behind = [each for each in answers if each.as_of >= deadline and _ordinal(each.as_of) <= latest]
    first = min((each.as_of for each in behind if each.reached != "open"), default=None)
    if first is not None:
        return [each for each in behind if each.as_of == first and each.reached != "open"]
    early = [each for each in answers if each.as_of < deadline and each.reached == "yes"]
    return [each for each in early if each.as_of == early[0].as_of]


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
