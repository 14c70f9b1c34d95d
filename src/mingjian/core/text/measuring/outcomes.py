"""What a page says has become of a goal: reached (超额完成…的目标), or not by its day (没有完成…的目标)."""

from __future__ import annotations

import re

from mingjian.core.model.annotation import Measured, Quantity
from mingjian.core.model.facts import TargetOutcome
from mingjian.core.model.span import Pair
from mingjian.core.text.measuring.judging import is_called_a_goal
from mingjian.core.text.scenes import Scene

_SHARES = "ratio"
_WHOLE = 100  # percent


def outcome_of(scene: Scene, measured: Measured, due: str | None) -> tuple[TargetOutcome, Pair] | None:
    """What has become of a goal that the page tells of again, and the words that say so; ``due`` is its last day."""
    if not is_called_a_goal(scene, measured.quantity):
        return None
    share = _behind(scene, measured.quantity, scene.page.outcomes.outcome_share)
    if share is not None:
        return _by_share(scene, measured.quantity, share, due)
    met = _fulfilled(scene, measured)
    if met is not None:
        return None if _is_unreal(scene, met) else ("met", met)
    missed = _failed(scene, measured.quantity, due)
    return None if missed is None or _is_unreal(scene, missed) else ("missed", missed)


def _fulfilled(scene: Scene, measured: Measured) -> Pair | None:
    cues, quantity = scene.page.outcomes, measured.quantity
    place = _round(scene, quantity, cues.fulfilled, cues.fulfilled_behind)
    if place is not None or quantity.normal_unit == _SHARES or _less_is_better(scene, measured.metric):
        return place
    found = cues.surpassed.search(scene.page.folded, _low(scene, quantity), quantity.start)
    if found is None:
        return None
    if found["than"]:
        more = _behind(scene, quantity, cues.surpassed_behind)
        return None if more is None else (found.start(), more[1])
    return found.span()


def _by_share(scene: Scene, quantity: Quantity, place: Pair, due: str | None) -> tuple[TargetOutcome, Pair] | None:
    """By how much of the goal was reached: all of it or more, or less on its last day, when nothing tells of before."""
    cues, folded = scene.page.outcomes, scene.page.folded
    before = cues.reached_share.search(folded, _low(scene, quantity), quantity.start)
    share = cues.outcome_share.match(folded, *place)
    if before is None or share is None or not (share["percent"] or share["tenths"]):
        return None
    if cues.outcome_unreal.search(folded, scene.start, before.start()) is not None:
        return None
    words = (before.start(), place[1])
    if share["percent"] and float(share["percent"]) >= _WHOLE:
        return "met", words
    days = [time.date.end for time in scene.times if time.start < quantity.start and time.date.end]
    return ("missed", words) if _is_over(scene, due) and all(day >= (due or "") for day in days) else None


def _failed(scene: Scene, quantity: Quantity, due: str | None) -> Pair | None:
    """Of a goal whose day was over when the page was published."""
    if not _is_over(scene, due):
        return None
    cues = scene.page.outcomes
    return _round(scene, quantity, cues.failed, cues.failed_behind)


def _is_over(scene: Scene, due: str | None) -> bool:
    day = scene.page.anchor.day or scene.page.anchor.earliest
    return due is not None and day is not None and day >= due


def _round(scene: Scene, quantity: Quantity, before: re.Pattern[str], behind: re.Pattern[str]) -> Pair | None:
    """Where the words stand that end before the number, or begin behind it."""
    found = before.search(scene.page.folded, _low(scene, quantity), quantity.start)
    return _behind(scene, quantity, behind) if found is None else found.span()


def _behind(scene: Scene, quantity: Quantity, pattern: re.Pattern[str]) -> Pair | None:
    ends = (quantity.end, quantity.noun[1]) if quantity.noun is not None else (quantity.end,)
    matches = (pattern.match(scene.page.folded, end, scene.end) for end in ends)
    return next((found.span() for found in matches if found is not None), None)


def _low(scene: Scene, quantity: Quantity) -> int:
    return min(scene.clause_of(quantity.start)[0], quantity.start)


def _less_is_better(scene: Scene, metric: Pair | None) -> bool:
    return metric is not None and scene.page.outcomes.less_is_better.search(scene.page.folded, *metric) is not None


def _is_unreal(scene: Scene, place: Pair) -> bool:
    """Whether the words are only wished, asked or supposed: from the beginning of the sentence to their end."""
    return scene.page.outcomes.outcome_unreal.search(scene.page.folded, scene.start, place[1]) is not None
