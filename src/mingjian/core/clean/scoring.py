"""Which stretch of lines is the article: every line is worth something, the best run of lines wins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mingjian.core.clean.layout import Layout
from mingjian.core.clean.lines import Line
from mingjian.core.clean.thresholds import ScoreThresholds
from mingjian.core.model.span import Pair

_HEADS = 3
_CLOSE = 3
_REACH = 200


def is_prose(line: Line, limits: ScoreThresholds) -> bool:
    """Whether the line reads as running text."""
    if line.length < limits.least_prose or line.links > limits.linked_share:
        return False
    if line.stops or line.calls:
        return True
    return line.commas >= 2 or (line.commas == 1 and line.length >= limits.long_plain)


def score_lines(layout: Layout) -> list[float]:
    """The worth of every line: above zero for running text, far below zero where articles begin or end."""
    limits = layout.limits.score
    scores = [_worth(line, limits) for line in layout.lines]
    for index, tag in layout.tags.items():
        scores[index] = limits.hit if tag.effect == "line" else limits.barrier
    _favour_first(layout, scores)
    for index in teasers(layout.lines, limits):
        scores[index] = min(scores[index], limits.teaser)
    if layout.page.stretches:
        _weigh_marks(layout, scores)
    return scores


def main_stretch(scores: Sequence[float]) -> Pair:
    """The run of lines with the greatest sum, as indexes; empty (0, 0) where no line is worth anything."""
    best, best_pair = 0.0, (0, 0)
    total, start = 0.0, 0
    for index, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, index
        total += score
        if total > best:
            best, best_pair = total, (start, index + 1)
    return best_pair


def teasers(lines: Sequence[Line], limits: ScoreThresholds) -> list[int]:
    """The lines of runs in which a headline and a paragraph broken off in mid-sentence alternate."""
    found: list[int] = []
    run: list[int] = []
    index = 1
    while index < len(lines):
        if _is_teaser(lines[index - 1], lines[index], limits):
            run += (index - 1, index)
            index += 2
            continue
        found += run if len(run) >= 4 else ()
        run = []
        index += 1
    return found + (run if len(run) >= 4 else [])


def _is_teaser(head: Line, line: Line, limits: ScoreThresholds) -> bool:
    if line.finished or line.length < limits.long_plain or not line.commas + line.stops + line.calls:
        return False
    return head.length <= limits.long_plain and not head.finished and not head.stops and head.length >= 6


def _worth(line: Line, limits: ScoreThresholds) -> float:
    if line.links > limits.linked_share:
        return limits.linked
    if is_prose(line, limits):
        worth = min(line.length, limits.cap) * (1 - line.links)
        if line.stops:
            return worth
        return worth * (limits.no_stop if line.length >= limits.long_plain else limits.headline_like)
    return 0.0 if line.length >= limits.long_plain else limits.short


def _favour_first(layout: Layout, scores: list[float]) -> None:
    """Raises the prose behind the first line of date and source, which in a list of articles stands close to others."""
    heads = sorted(index for index, tag in layout.tags.items() if tag.effect == "open" and tag.kind == "meta")
    for place, index in enumerate(heads[:_HEADS]):
        if place + 1 < len(heads) and heads[place + 1] - index <= _CLOSE:
            continue
        for below in range(index + 1, min(index + _REACH, len(scores))):
            tag = layout.tags.get(below)
            if tag is not None and tag.kind != "credit" and tag.effect != "line" and below > index + _CLOSE:
                break
            if scores[below] > 0:
                scores[below] *= layout.limits.score.after_head
        return


def _weigh_marks(layout: Layout, scores: list[float]) -> None:
    """Moves the scores by what class and id words of the markup say."""
    limits = layout.limits
    for index, line in enumerate(layout.lines):
        if scores[index] > 0 and line.marks:
            scores[index] *= _mark_weight(line.marks, limits.bad_marks, limits.score.bad_mark)


@lru_cache(maxsize=4096)
def _mark_weight(marks: str, bad: str, weight: float) -> float:
    return weight if re.search(bad, " ".join(marks.split()[-6:])) else 1.0
