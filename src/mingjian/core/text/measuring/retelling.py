"""Goals that are told of again: given up for others (由500亿元提高到650亿元), or only called the goal of something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from mingjian.core.model.annotation import Measured, Quantity, TimeExpression
from mingjian.core.model.span import Pair
from mingjian.core.text.calendar import bounds_of
from mingjian.core.text.measuring.judging import is_called_a_goal, time_at
from mingjian.core.text.scenes import Scene

_WITH_MONTH = 2  # parts of a day: 2025-06
_REACH = 24  # characters before the number that is given up: 目标由年初确定的


def replacements(scene: Scene, quantities: Sequence[Quantity]) -> Mapping[int, Quantity]:
    """The numbers that the sentence says are given up as goals, by where the number begins that replaces each."""
    return {new.start: old for old, new in pairwise(quantities) if _replaces(scene, old, new)}


def _replaces(scene: Scene, old: Quantity, new: Quantity) -> bool:
    page, clause = scene.page, scene.clause_of(old.start)
    if old.normal_unit != new.normal_unit or new.start >= max(clause[1], old.end):
        return False
    led = page.goal_to.match(page.folded, old.end, new.start)
    if led is None:
        return False
    from_words = page.goal_from.search(page.folded, max(clause[0], old.start - _REACH), old.start)
    if from_words is None:
        return bool(led["named"])
    return not from_words["told"] or any(clause[0] <= time.start < old.start for time in scene.times)


def due_again(scene: Scene, item: Measured, clause: Pair) -> TimeExpression | None:
    """The day of a goal that is told of again: the last before it in its clause, else the deadline or year of before.

    The time at which it was set (年初确定的) is none.
    """
    here = [time for time in scene.times if clause[0] <= time.start and time.end <= item.quantity.start]
    own = [time for time in here if time.type == "DATE" and time.date.end and not _is_of_setting(scene, time, item)]
    if own:
        return own[-1]
    time = time_at(scene, item.time)
    is_near = time is not None and (time.start >= scene.start or scene.scope.near)
    is_year = time is not None and is_near and time.date.precision == "year"
    if time is not None and time not in here and (item.use == "deadline" or is_year):
        return time
    before = [time for time in scene.times if time.end <= clause[0] and time.date.precision == "year"]
    return before[-1] if before and here else None


def last_day_due(time: TimeExpression) -> str | None:
    """The last day by which it is due: of 去年底前 the last of that year, though the words are of a time past."""
    day = time.value.split("-")
    if time.date.precision != "before" or len(day) > _WITH_MONTH or not all(part.isdecimal() for part in day):
        return time.date.end
    bounds = bounds_of(*map(int, day))
    return bounds[1].isoformat() if bounds is not None else None


def _is_of_setting(scene: Scene, time: TimeExpression, item: Measured) -> bool:
    return scene.page.set_then.search(scene.page.folded, time.end, item.quantity.start) is not None


def with_what_was_aimed_at(scene: Scene, read: Sequence[Measured]) -> list[Measured]:
    """The numbers, those that are only called a goal with what the number before them counts, and whose that is.

    截至2025年底，全市产值12亿元，没有完成15亿元的目标: the goal too is of the city's output.
    """
    replaced = replacements(scene, [item.quantity for item in read])
    found: list[Measured] = []
    for item in read:
        aims = item.quantity.start in replaced or is_called_a_goal(scene, item.quantity)
        if not aims or _is_told(scene, item):
            found.append(item)
            continue
        told = _counted_before(found, item)
        found.append(msgspec.structs.replace(item, metric=None) if told is None else _of_the_same(item, told))
    return found


def _is_told(scene: Scene, item: Measured) -> bool:
    """Whether words say what it counts, and not only that it is a goal."""
    return item.metric is not None and scene.page.goal_name.fullmatch(scene.page.folded, *item.metric) is None


def _counted_before(read: Sequence[Measured], item: Measured) -> Measured | None:
    """The last number before in the same unit, where words say what it counts and it is no rise or fall."""
    unit = _unit(item.quantity)
    fitting = (told for told in reversed(read) if _unit(told.quantity) == unit and told.compared is None)
    return next((told for told in fitting if told.metric is not None), None)


def _unit(quantity: Quantity) -> tuple[str, str]:
    return quantity.normal_unit, quantity.unit if quantity.normal_unit == "count" else ""


def _of_the_same(item: Measured, told: Measured) -> Measured:
    return msgspec.structs.replace(
        item,
        metric=told.metric,
        subject=told.subject or item.subject,
        region=item.region or told.region,
        governed=True,
    )
