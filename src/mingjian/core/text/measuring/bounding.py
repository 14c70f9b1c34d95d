"""Whether a number is a least, a most or an exact one: by the words round it that its own reading does not hold."""

from __future__ import annotations

from typing import cast

from mingjian.core.model.annotation import Comparator, Quantity
from mingjian.core.model.span import Pair
from mingjian.core.text.measuring.timing import is_granted
from mingjian.core.text.scenes import Scene

_REACH = 14  # characters: 最高可获得一次性奖励
_COMPARATORS: dict[str, Comparator] = {"least": ">=", "most": "<=", "over": ">", "under": "<"}


def comparator_of(scene: Scene, quantity: Quantity, clause: Pair) -> Comparator:
    """That of the quantity, unless the words before or behind say more: 至少有11家, 每家最高抵扣20万元, 翻一番以上."""
    page, comparator = scene.page, quantity.comparator
    if comparator == "<" and page.folded.startswith(page.most, quantity.end - len(page.most)):
        return "<="
    if comparator != "=":
        return comparator
    if page.folded.startswith(page.at_least, quantity.end):
        return ">="
    before = page.bound.search(page.folded, max(clause[0], quantity.start - _REACH), quantity.start)
    if before is None or (before.lastgroup == "most" and not is_granted(scene, quantity, clause)):
        return comparator
    return _COMPARATORS[cast("str", before.lastgroup)]


def is_reached(scene: Scene, quantity: Quantity) -> bool:
    """Whether words say that it is to be reached, and so at least so much."""
    return scene.page.reached in scene.page.folded[quantity.start : quantity.number[0]]


def is_forecast(scene: Scene, quantity: Quantity) -> bool:
    """Whether it is only foretold that so much will be reached, by those who do not aim at it: it is no least."""
    page = scene.page
    return page.forecast.search(page.folded, scene.start, quantity.start) is not None
