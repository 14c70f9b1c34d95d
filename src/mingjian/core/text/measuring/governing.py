"""The metric of a number: named beside it, or in an earlier clause that governs it."""

from __future__ import annotations

import msgspec

from mingjian.core.model.annotation import Quantity
from mingjian.core.model.span import Pair
from mingjian.core.text.measuring.phrases import (
    change_alone,
    phrase_before,
    phrase_behind,
    phrase_counted,
    phrase_done_to,
    phrase_ending,
    phrase_shared,
    phrase_within,
    with_change,
)
from mingjian.core.text.measuring.words import MeasuringWords, Surroundings
from mingjian.core.text.scenes import Scene


class Named(msgspec.Struct, frozen=True):
    """A number of a sentence with its metric.

    ``plain`` is the metric without a rise or fall, ``whose`` are the words before it that say whose it is;
    ``is_change``: the number is that of a rise or fall.
    """

    quantity: Quantity
    metric: Pair | None
    plain: Pair | None
    governed: bool = False
    whose: Pair | None = None
    is_change: bool = False


def metric_of(words: MeasuringWords, scene: Scene, quantity: Quantity, before: Named | None) -> Named:
    """The metric with the words before it that say whose it is: 电厂的电价."""
    named = _named(words, scene, quantity, before)
    metric = named.metric
    if metric is None or metric[0] >= quantity.start:
        return named
    if named.governed and before is not None and before.plain == metric:
        return msgspec.structs.replace(named, whose=before.whose)
    clause = scene.clause_of(metric[0])
    if metric[0] - 1 <= clause[0] or scene.page.folded[metric[0] - 1] != "的":
        return named
    around = Surroundings(scene.page.folded, clause, clause[0], scene.times, scene.bearers)
    return msgspec.structs.replace(named, whose=phrase_ending(words, around, metric[0] - 1).metric)


def _named(words: MeasuringWords, scene: Scene, quantity: Quantity, before: Named | None) -> Named:
    """The metric: the counted noun, the words before the number, those behind it, else what an earlier clause names."""
    around = _around(scene, quantity, before)
    noun = phrase_counted(words, around, quantity) if quantity.normal_unit == "count" else None
    if noun:
        return Named(quantity, noun, noun)
    phrase = phrase_before(words, around, quantity)
    is_change = phrase.change is not None or quantity.normal_unit == words.doubling
    if phrase.attribute:
        return Named(quantity, with_change(quantity, phrase), phrase.metric, is_change=is_change)
    behind = _counted_behind(words, scene, around, quantity) or (
        None if is_change else phrase_shared(words, around, quantity)
    )
    if not behind and phrase.metric is None and (done := phrase_done_to(words, around, quantity)):
        return Named(quantity, done, done)
    if behind or not phrase.bare:
        return Named(quantity, behind or with_change(quantity, phrase), behind or phrase.metric, is_change=is_change)
    named = Named(quantity, None, None, is_change=is_change)
    metric = _from_before(words, scene, named, before)
    return msgspec.structs.replace(
        named, metric=metric or change_alone(phrase), plain=metric, governed=metric is not None
    )


def _counted_behind(words: MeasuringWords, scene: Scene, around: Surroundings, quantity: Quantity) -> Pair | None:
    """What stands behind the number and is counted; that it is a goal (的目标任务) says nothing of it."""
    behind = phrase_behind(words, around, quantity)
    is_goal = behind is not None and scene.page.goal_name.fullmatch(scene.page.folded, *behind) is not None
    return None if is_goal else behind


def _around(scene: Scene, quantity: Quantity, before: Named | None) -> Surroundings:
    clause = scene.clause_of(quantity.start)
    low = min(clause[0], quantity.start)
    if before is not None:
        low = max(low, _end_of(before.quantity, quantity))
    return Surroundings(scene.page.folded, (clause[0], max(clause[1], quantity.end)), low, scene.times, scene.bearers)


def _end_of(last: Quantity, quantity: Quantity) -> int:
    """Where the number before ends with its noun; a noun between two counts may be that of the second."""
    if last.noun is None or last.noun[1] > quantity.start:
        return last.end
    is_shared = last.noun[1] == quantity.start and quantity.normal_unit == "count" and quantity.noun is None
    return last.end if is_shared else last.noun[1]


def _from_before(words: MeasuringWords, scene: Scene, named: Named, before: Named | None) -> Pair | None:
    """Before a colon; the metric of the number before, if both are of one kind; else a word of the clause before."""
    index = scene.clauses.index(scene.clause_of(named.quantity.start)) if scene.clauses else 0
    earlier = scene.clauses[index - 1] if index else None
    around = Surroundings(scene.page.folded, earlier, earlier[0], scene.times, scene.bearers) if earlier else None
    has_number = before is not None and earlier is not None and before.quantity.end > earlier[0]
    if around and not has_number and scene.page.folded[around.clause[1] : around.clause[1] + 1] in (":", "："):
        return phrase_ending(words, around, around.clause[1]).metric
    if before is not None and before.plain and _of_one_kind(words, before, named):
        return before.plain
    return phrase_within(words, around) if around and not has_number else None


def _of_one_kind(words: MeasuringWords, before: Named, named: Named) -> bool:
    """Whether the second can be of the metric of the first: its change, share or level, or as much."""
    first, second = before.quantity, named.quantity
    if second.normal_unit in words.relative_units or named.is_change or before.is_change:
        return True
    if first.normal_unit != second.normal_unit:
        return False
    return second.normal_unit != "count" or first.unit[-1:] == second.unit[-1:] or "" in (first.unit, second.unit)
