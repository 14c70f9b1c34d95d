"""Which stretch of lines is the article: every line is worth something, the best run of lines wins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from mingjian.core.clean.layout import Layout
from mingjian.core.clean.lines import Line
from mingjian.core.clean.thresholds import ScoreThresholds
from mingjian.core.model.span import Pair

_BUTTONS = frozenset({"toolbar", "share", "ad"})
_BUTTON = 12  # a line of buttons that is no longer costs no more than another short line
_FIGURE = re.compile(r"[-+]?\d[\d,]{0,11}(?:\.\d{1,6})?[%％]?")
_CELL = 20  # the longest cell of a table of figures
_LEAST_FIGURES = 8
_FIGURES = 0.3  # the share of its cells that are figures
_COUNTED = 0.3  # and of the figures that are one more than the figure before: ranks and days are
_HEADS = 3
_CLOSE = 3
_REACH = 200
_SHORTEST_HEAD = 6
_LONGEST_HEAD = 40
_LINKED_HEAD = 0.8
_LEAST_CARDS = 4
_OPENING = 100
_TOLD = 0.5  # a paragraph that tells its headline holds so many of its pairs of characters
_LEAST_TOLD = 6  # lines of headlines and paragraphs that tell the same


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
        if tag.effect == "line":
            button = tag.kind in _BUTTONS and layout.lines[index].length <= _BUTTON
            scores[index] = limits.short if button else limits.hit
        else:
            scores[index] = limits.barrier
    _favour_first(layout, scores)
    for index in (*teasers(layout.lines, limits), *told_twice(layout)):
        scores[index] = min(scores[index], limits.teaser)
    if layout.page.containers:
        for index in cards(layout.lines, limits):
            scores[index] = min(scores[index], 0.0)
    for index in cells(layout):
        scores[index] = 0.0
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


def tells(layout: Layout, headline: int, paragraph: int) -> bool:
    """Whether the paragraph tells what the headline says: it is the beginning of another article."""
    words = layout.words(headline)
    told = layout.words(paragraph)[:_OPENING]
    pairs = {words[place : place + 2] for place in range(len(words) - 1)}
    return len(pairs) >= _SHORTEST_HEAD and sum(pair in told for pair in pairs) >= _TOLD * len(pairs)


def told_twice(layout: Layout) -> list[int]:
    """The lines of runs of headlines with a short paragraph below each that tells the same."""
    found: list[int] = []
    run: list[int] = []
    for index in range(1, len(layout.lines)):
        line, head = layout.lines[index], layout.lines[index - 1]
        if head.stops or not line.stops or head.length > _LONGEST_HEAD or line.length > _OPENING:
            continue
        if tells(layout, index - 1, index):
            if run and index - run[-1] > _CLOSE + 1:
                found += run if len(run) >= _LEAST_TOLD else ()
                run = []
            run += (index - 1, index)
    return found + run if len(run) >= _LEAST_TOLD else found


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


def cells(layout: Layout) -> list[int]:
    """The lines that are cells of tables of figures, from the first figure of a run of short lines to the last."""
    found: list[int] = []
    run: list[int] = []
    figures: list[int] = []
    for index, line in enumerate(layout.lines):
        if index in layout.tags or line.length > _CELL:
            found += _table(layout, run, figures)
            run, figures = [], []
            continue
        run.append(index)
        if _FIGURE.fullmatch(layout.text, line.start, line.end):
            figures.append(index)
    return [*found, *_table(layout, run, figures)]


def _table(layout: Layout, run: Sequence[int], figures: Sequence[int]) -> Sequence[int]:
    """The run from one line above its first figure, if it has many figures, and they do not only count its lines."""
    if len(figures) < _LEAST_FIGURES or len(figures) < _FIGURES * (figures[-1] - figures[0] + 1):
        return ()
    ranks = [int(words) for words in map(layout.words, figures) if words.isdecimal()]
    counted = sum(second == first + 1 for first, second in pairwise(ranks))
    if counted > _COUNTED * len(figures):
        return ()
    return range(max(run[0], figures[0] - 1), figures[-1] + 1)


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
