"""The time for which a number holds: the day by which it is to be reached, or the day that it is told of."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from mingjian.core.model.annotation import Quantity, TimeExpression
from mingjian.core.model.span import Pair
from mingjian.core.text.governing_times import (
    is_ahead,
    is_base,
    is_coming,
    is_compared,
    is_due,
    is_of_a_day,
    is_told,
    is_wide,
)
from mingjian.core.text.scenes import Scene

_NUMBER = re.compile(r"[0-9]")
_SOON = 5  # characters: 计划于, 将于
_BEHIND = 12  # characters: 个数据集预计于
_REACH_OF_BASE = 10  # characters: 由2020年底的

Use: TypeAlias = Literal["as_of", "deadline"]
Timed: TypeAlias = tuple[TimeExpression, Use]


def time_of(scene: Scene, place: Pair, clause: Pair) -> Timed | None:
    """The time that governs the number at the place, and how: a deadline holds on until something is said to be so."""
    offset = place[0]
    told = _right_before(scene, offset)
    if told is not None or starts_a_change(scene, place) or _is_of_its_own(scene, offset):
        return told
    due, own = deadline_of(scene, offset), _own(scene, offset, clause)
    if due is not None and due.end <= scene.start:
        due = _coming(scene, offset) or due
    behind = _due_behind(scene, place[1], clause)
    if behind is not None and (due is None or due.end <= clause[0]):
        return behind, "deadline"
    if due is not None and own is not None and due.end <= own.start:
        return (own, "as_of") if own.date.end else None
    coming = coming_in(scene, clause) if due is not None and due.end <= clause[0] else None
    if coming is not None and _is_aimed(scene, coming, offset):
        return coming, "deadline"
    if due is not None and (due.end > clause[0] or not said_to_be(scene, max(due.end, scene.start), clause[1])):
        return due, "deadline"
    return _undue(scene, offset, clause)


def is_granted(scene: Scene, quantity: Quantity, clause: Pair) -> bool:
    """Whether the number is the money, or the share of costs, that a measure promises to each: 给予最高300万元补助."""
    is_promised = quantity.normal_unit != "count" and bool(scene.between("grant", *clause))
    return is_promised and not scene.between("state", *clause)


def deadline_in(scene: Scene, offset: int, clause: Pair) -> Timed | None:
    """The deadline in the clause before the place: to what a measure promises no other applies."""
    before = (time for time in reversed(scene.times) if clause[0] <= time.start < offset)
    return next(((time, "deadline") for time in before if is_due(scene.page, time)), None)


def _undue(scene: Scene, offset: int, clause: Pair) -> Timed | None:
    """The time of a number that no deadline governs."""
    told, coming = _as_of(scene, offset, clause), _coming(scene, offset)
    if coming is not None and not _is_planned(scene, offset) and not _reaches(scene, coming, clause):
        coming = None
    if coming is not None and (told is None or coming.start >= told.start):
        return coming, "deadline" if _is_aimed(scene, coming, offset) else "as_of"
    if told is not None:
        return told, "as_of"
    closing = _closing(scene, clause)
    return (closing, "deadline") if closing else None


def _closing(scene: Scene, clause: Pair) -> TimeExpression | None:
    """The deadline with which a clause says when it is to be done: the last (2026年内完成设立), or that behind it."""
    later = [other for other in scene.clauses if other[0] >= clause[1]]
    for other in (*later[-1:], *later[:1]):
        time = next((time for time in scene.times if time.start == other[0]), None)
        if time is None or not (is_due(scene.page, time) or is_ahead(scene.page, time)):
            continue
        if scene.page.done.match(scene.page.folded, time.end, other[1]):
            return time
    return None


def starts_a_change(scene: Scene, place: Pair) -> bool:
    """Whether a rise or a fall starts from the number: 由目前的4%提升到15%."""
    page = scene.page
    if page.starts_from.search(page.folded, max(scene.start, place[0] - _REACH_OF_BASE), place[0]) is None:
        return False
    return page.leads_to.match(page.folded, place[1], scene.end) is not None


def _right_before(scene: Scene, offset: int) -> Timed | None:
    """The time whose number it is: 2028年的15%; a number that only is a multiple of its own is not."""
    page = scene.page
    if not page.folded.startswith(page.of, offset - 1):
        return None
    time = next((time for time in scene.times if time.end == offset - 1), None)
    if time is None or not is_of_a_day(page, time) or page.multiple.match(page.folded, time.end):
        return None
    return time, "deadline" if is_coming(page, time) and not said_to_be(scene, scene.start, offset) else "as_of"


def _is_of_its_own(scene: Scene, offset: int) -> bool:
    """Whether words between the last time and the number count from something that is still to be: 达产后, 首年."""
    page = scene.page
    clause = scene.clause_of(offset)
    later = page.later.search(page.folded, clause[0], offset)
    return later is not None and not any(later.end() <= time.start < offset for time in scene.times)


def _due_behind(scene: Scene, end: int, clause: Pair) -> TimeExpression | None:
    """The deadline that stands soon behind the number in its clause: 二期1200P计划于2027年底前建成."""
    limit, apart = min(clause[1], end + _SOON), not scene.page.folded.startswith(scene.page.of, end)
    for time in scene.times:
        if end <= time.start < limit and is_due(scene.page, time):
            return time
        if apart and end <= time.start < min(clause[1], end + _BEHIND) and _is_planned_for(scene, end, time):
            return time
    return None


def _is_planned_for(scene: Scene, start: int, time: TimeExpression) -> bool:
    """Whether it is planned for the time: 首批300台将于7月交付."""
    return is_coming(scene.page, time) and bool(scene.between("plan", start, time.start + 1))


def _own(scene: Scene, offset: int, clause: Pair) -> TimeExpression | None:
    """The last time before the place in its clause that has passed, or of which that is unknown: 去年产值30亿元."""
    for time in reversed(scene.times):
        if clause[0] <= time.start < offset and not is_base(scene.page, time) and not _is_of_its_year(scene, time):
            unknown = time.date.end is None and time.date.basis.startswith("relative:") and time.type == "DATE"
            if unknown and not is_compared(scene.page, time):
                return time
            return time if is_told(scene.page, time) and not is_coming(scene.page, time) else None
    return None


def _is_of_its_year(scene: Scene, time: TimeExpression) -> bool:
    """Whether it only says 全年 where aims or accounts of a year are told of: then it is that year."""
    if scene.page.folded[time.start : time.end] not in scene.page.whole_years:
        return False
    if scene.told is not None and scene.told.date.precision == "year":
        return True
    return scene.scope.aims and (scene.governor is not None or scene.scope.year is not None)


def _is_aimed(scene: Scene, time: TimeExpression, offset: int) -> bool:
    """Whether the time has not begun, or a plan, an aim or an order is told of: 本月 alone is as it is today."""
    start, day = time.date.start, scene.page.anchor.day or scene.page.anchor.latest
    if start and day and start > day:
        return True
    if said_to_be(scene, scene.start, offset):
        return False
    return any(scene.between(kind, scene.start - 1, offset) for kind in ("goal", "plan", "order"))


def deadline_of(scene: Scene, offset: int) -> TimeExpression | None:
    """The last deadline before the place in the sentence, or the one that holds on from an earlier part of it."""
    for time in reversed(scene.times):
        if time.start < offset and not is_base(scene.page, time):
            if is_due(scene.page, time):
                return time
            if time.function == "as_of":
                return None
    if scene.scope.year is not None and any(goal.group("named") for goal in scene.between("goal", scene.start, offset)):
        return scene.scope.year
    return scene.scope.year if _is_of_whole_year(scene, offset) else scene.governor


def _is_of_whole_year(scene: Scene, offset: int) -> bool:
    """Whether 全年 stands before the place, under a heading that says of which year."""
    if scene.scope.year is None:
        return False
    return any(time.start < offset and _is_of_its_year(scene, time) for time in scene.times)


def said_to_be(scene: Scene, start: int, end: int) -> bool:
    """Whether the words say that something is so already."""
    return any(match.group("firm") for match in scene.between("state", start, end))


def _coming(scene: Scene, offset: int) -> TimeExpression | None:
    """A time after the publication that stands before the place, as in 预计2026年将达."""
    for time in reversed(scene.times):
        if time.start < offset and is_coming(scene.page, time) and not is_compared(scene.page, time):
            return None if _is_of_its_year(scene, time) else time
    return None


def coming_in(scene: Scene, clause: Pair) -> TimeExpression | None:
    """The last time to come that the clause itself names: no deadline of another clause holds there."""
    for time in reversed(scene.times):
        if clause[0] <= time.start < clause[1] and is_coming(scene.page, time) and is_told(scene.page, time):
            return None if is_base(scene.page, time) or _is_of_its_year(scene, time) else time
    return None


def _is_planned(scene: Scene, offset: int) -> bool:
    """Whether a plan or an aim is told of before the place."""
    return any(scene.between(kind, scene.start, offset) for kind in ("plan", "goal"))


def _as_of(scene: Scene, offset: int, clause: Pair) -> TimeExpression | None:
    """The day for which the number holds: the last before it that it can be told of, here or in the part before."""
    for time in reversed(scene.times):
        if _is_of_its_year(scene, time):
            continue
        if time.start < offset and is_told(scene.page, time) and _reaches(scene, time, clause):
            return time
    return scene.told


def _reaches(scene: Scene, time: TimeExpression, clause: Pair) -> bool:
    """Whether what is told of the time goes on to the clause: the day of an event does so only from the beginning."""
    page = scene.page
    if is_base(page, time):
        return False
    if time.start >= clause[0] or is_wide(page, time):
        return True
    return _NUMBER.search(page.folded, time.end, scene.clause_of(time.start)[1]) is not None
