"""Numbers told respectively: 营收12亿元、利润1亿元，分别增长20%、15%; 进口和出口分别下降2%和3%."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import msgspec

from mingjian.core.model.annotation import Measured, TimeExpression
from mingjian.core.model.span import Pair
from mingjian.core.text.measuring.governing import Named
from mingjian.core.text.measuring.phrases import phrase_ending
from mingjian.core.text.measuring.words import MeasuringWords, Surroundings
from mingjian.core.text.scenes import Scene

_TWO = 2


def respectively(words: MeasuringWords, scene: Scene, named: Sequence[Named]) -> list[Named]:
    """The numbers of a sentence; those of a clause that tells them respectively each with a metric of its own."""
    found: list[Named] = []
    for clause, group in groupby(named, key=lambda item: scene.clause_of(item.quantity.start)):
        here = list(group)
        metrics = _metrics(words, scene, found, here, clause) if len(here) > 1 else None
        found += (
            [msgspec.structs.replace(item, metric=pair, plain=pair) for item, pair in zip(here, metrics, strict=True)]
            if metrics
            else here
        )
    return found


def with_times_respectively(words: MeasuringWords, scene: Scene, measured: Sequence[Measured]) -> list[Measured]:
    """The numbers of a sentence; as many as times were listed before them each with its own: 2023年、2024年分别为…."""
    listed = _listed_times(words, scene)
    if len(listed) < _TWO:
        return list(measured)
    found: list[Measured] = []
    for clause, group in groupby(measured, key=lambda item: scene.clause_of(item.quantity.start)):
        here = list(group)
        cue = words.respectively.search(scene.page.folded, clause[0], here[0].quantity.number[0])
        if cue and len(here) == len(listed) and listed[-1].end <= here[0].quantity.start:
            pairs = zip(here, listed, strict=True)
            here = [msgspec.structs.replace(item, time=(time.start, time.end)) for item, time in pairs]
        found += here
    return found


def _listed_times(words: MeasuringWords, scene: Scene) -> Sequence[TimeExpression]:
    """The first times of the sentence that only the mark of a list keeps apart."""
    listed: list[TimeExpression] = []
    for time in scene.times:
        if time.type not in ("DATE", "TIME"):
            continue
        if listed and words.joint.fullmatch(scene.page.folded, listed[-1].end, time.start) is None:
            break
        listed.append(time)
    return listed


def _metrics(
    words: MeasuringWords, scene: Scene, earlier: Sequence[Named], here: Sequence[Named], clause: Pair
) -> list[Pair] | None:
    """As many metrics as there are numbers: those of the numbers before, else what is listed before the word."""
    first = here[0]
    cue = words.respectively.search(scene.page.folded, clause[0], first.quantity.start)
    if cue is None or first.plain is None:
        return None
    if first.governed:
        before = [item.plain for item in earlier[-len(here) :] if item.plain and not item.is_change]
        return before if len(set(before)) == len(here) else None
    return _listed(words, scene, clause, first.plain[1], len(here))


def _listed(words: MeasuringWords, scene: Scene, clause: Pair, end: int, count: int) -> list[Pair] | None:
    folded = scene.page.folded
    joints = [joint.span() for joint in words.joint.finditer(folded, clause[0], end)]
    if len(joints) != count - 1:
        return None
    starts, ends = [clause[0], *(joint[1] for joint in joints)], [*(joint[0] for joint in joints), end]
    phrases = [
        phrase_ending(words, Surroundings(folded, clause, start, scene.times, scene.bearers), high)
        for start, high in zip(starts, ends, strict=True)
    ]
    found = [phrase.metric for phrase in phrases if phrase.metric]
    alike = phrases[-1].attribute or all(phrase.attribute for phrase in phrases)  # the last may name it for all
    return found if alike and len(found) == count else None
