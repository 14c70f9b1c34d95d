"""Against what a number is a change: the year before (同比), the period before (环比), or on average of some years."""

from __future__ import annotations

from typing import TypeAlias, cast

from mingjian.core.model.annotation import Growth
from mingjian.core.model.span import Pair
from mingjian.core.text.measuring.governing import Named
from mingjian.core.text.measuring.words import MeasuringWords
from mingjian.core.text.scenes import Scene

Comparison: TypeAlias = tuple[Pair, Growth | None]


def comparison_of(words: MeasuringWords, scene: Scene, named: Named) -> Comparison | None:
    """The last words of comparison before a change in its clause, with what they mean; None for all but changes."""
    folded, start = scene.page.folded, named.quantity.start
    if not (named.is_change or (named.metric and words.growth.search(folded, *named.metric))):
        return None
    last = None
    for last in words.compared.finditer(folded, scene.clause_of(start)[0], start):  # noqa: B007
        pass
    if last is None:
        return None
    return last.span(), cast("Growth | None", last.lastgroup)
