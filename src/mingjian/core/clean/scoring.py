"""Which stretch of lines is the article: every line is worth something, the best run of lines wins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mingjian.core.clean.layout import Layout
from mingjian.core.clean.lines import Line
from mingjian.core.clean.thresholds import ScoreThresholds
from mingjian.core.model.span import Pair

_HEADS = 3
_CLOSE = 3
_REACH = 200
_SHORTEST_HEAD = 6
_LONGEST_HEAD = 40
_LINKED_HEAD = 0.8
_LEAST_CARDS = 4


def is_prose(line: Line, limits: ScoreThresholds) -> bool:
    """Whether the line reads as running text."""
    length = line.end - line.start
    if length < limits.least_prose or line.links > limits.linked_share:
        return False
    if line.stops or line.calls:
        return True
    return line.commas >= 2 or (line.commas == 1 and length >= limits.long_plain)


def score_lines(layout: Layout) -> list[float]:
    """The worth of every line: above zero for running text, far below zero where articles begin or end."""
    limits = layout.limits.score
    scores = [_worth(line, limits) for line in layout.lines]
    for index, tag in layout.tags.items():
        scores[index] = limits.hit if tag.effect == "line" else limits.barrier
    _favour_first(layout, scores)
    for index in teasers(layout.lines, limits):
        scores[index] = min(scores[index], limits.teaser)
    if layout.page.containers:
        for index in cards(layout.lines, limits):
            scores[index] = min(scores[index], 0.0)
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
    least = limits.long_plain
    long = [index for index, line in enumerate(lines) if not line.finished and line.end - line.start >= least]
    broken = [index for index in long if index and _is_teaser(lines[index - 1], lines[index])]
    found: set[int] = set()
    for first, second in pairwise(broken):
        if second - first == 2:
            found.update((first - 1, first, second - 1, second))
    return sorted(found)


def cards(lines: Sequence[Line], limits: ScoreThresholds) -> list[int]:
    """The paragraphs of runs in which every one has a linked headline above it: what they tell stands elsewhere.

    The first and the last of a run may belong to an article that has links above it.
    """
    found: list[int] = []
    held: list[int] = []
    linked = False
    for index, line in enumerate(lines):
        if line.links > limits.linked_share:
            linked = linked or (line.links > _LINKED_HEAD and line.length >= _SHORTEST_HEAD)
        elif is_prose(line, limits):
            if not linked:
                found += held[1:-1] if len(held) >= _LEAST_CARDS else ()
                held = []
            else:
                held.append(index)
            linked = False
    return found + held[1:-1] if len(held) >= _LEAST_CARDS else found


def _is_teaser(head: Line, line: Line) -> bool:
    """Whether a headline stands over a paragraph that has marks but no end."""
    if not line.commas + line.stops + line.calls or head.finished or head.stops:
        return False
    return _SHORTEST_HEAD <= head.end - head.start <= _LONGEST_HEAD


def _worth(line: Line, limits: ScoreThresholds) -> float:
    length = line.end - line.start
    if line.links > limits.linked_share:
        return limits.linked
    if length < limits.least_prose:
        return limits.short
    if is_prose(line, limits):
        worth = min(length, limits.cap) * (1 - line.links)
        if line.stops:
            return worth
        return worth * (limits.no_stop if length >= limits.long_plain else limits.headline_like)
    return 0.0 if length >= limits.long_plain else limits.short


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
