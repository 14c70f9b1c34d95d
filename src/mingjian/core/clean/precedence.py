"""Which of the lines that tell what the article tells is its headline: beside a second one, or below the date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingjian.core.clean.candidates import Candidate, pairs_of, share_of
from mingjian.core.clean.edges import plain
from mingjian.core.clean.layout import Layout
from mingjian.core.model.span import Pair
from mingjian.core.text.sentences import trim

_TOLD = 0.3  # the share of its pairs of characters that the article has, from which on a line tells the same
_LEAST_TOLD = 0.1
_SHORTEST = 8
_SHORTER = 0.75  # of two lines of a headline the main one is no longer than so much of the other
_GAP = re.compile(r"(?<=[一-鿿”0-9])[ \u3000]{1,3}(?=[一-鿿“0-9])")
_STEP = re.compile(r"[>»›]{1,2}")
_SHORTEST_STEP = 8
_ON = "关于"  # begins what a document is on, behind its issuer
_LONGEST_ISSUER = 60
_BETWEEN = 2  # lines between that of the date and a headline below it
_BELOW = 2.2


def main_line(layout: Layout, best: Candidate, found: Sequence[Candidate], pairs: frozenset[int]) -> Candidate:
    """The best, or the line beside it where that is the main one of the two: papers print two or three.

    The main line is the shorter one, and the others say in two parts what happened.
    """
    if layout.page.stretches or layout.folded.startswith(_ON, best.start):
        return best
    beside = [other for other in found if other.last + 1 == best.index or other.index == best.last + 1]
    for other in beside:
        if not _is_whole(layout, other):
            continue
        told = len(other.words) >= _SHORTEST and other.share(pairs) >= _TOLD and best.share(pairs) >= _TOLD
        same = other.words in best.words or best.words in other.words
        if told and not same and not {best.index, other.index} & layout.tags.keys() and _leads(layout, other, best):
            return other
    return best


def _is_whole(layout: Layout, candidate: Candidate) -> bool:
    """Whether the line holds nothing else: behind a title of the window the names of columns and of the site stand."""
    line = layout.lines[candidate.index]
    return line.start == candidate.start and candidate.end >= line.end - 1


def _leads(layout: Layout, line: Candidate, other: Candidate) -> bool:
    parted, other_parted = (_GAP.search(layout.folded, one.start, one.end) is not None for one in (line, other))
    if parted != other_parted:
        return other_parted and len(line.words) <= len(other.words)
    return len(line.words) <= _SHORTER * len(other.words)


def issuer_above(layout: Layout, best: Candidate) -> int | None:
    """Where the line above begins, if it names who issued the document whose headline goes on in this line."""
    index = best.index - 1
    if index < 0 or index in layout.tags or not layout.folded.startswith(_ON, best.start):
        return None
    line = layout.lines[index]
    issued = line.length <= _LONGEST_ISSUER and layout.cues["authority"].search(layout.words(index))
    return line.start if issued and not line.stops and _ON not in layout.words(index) else None


def below_date(layout: Layout, candidate: Candidate, found: Sequence[Candidate], pairs: frozenset[int]) -> float:
    """What speaks for a line right below that of the date, where no line above that tells what the article tells."""
    above = range(max(0, candidate.index - _BETWEEN), candidate.index)
    dates = [index for index in above if index in layout.tags and layout.tags[index].effect == "open"]
    dates = [index for index in dates if layout.tags[index].kind == "meta"]
    if layout.page.stretches or not dates or candidate.share(pairs) < _LEAST_TOLD:
        return 0.0
    rival = any(other.index < dates[0] and other.share(pairs) >= _LEAST_TOLD for other in found)
    return 0.0 if rival else _BELOW


def last_step(layout: Layout, low: int, opening: str) -> Pair | None:
    """Where the way to the page ends in its headline: the last step, if the article tells the same."""
    for index in range(low - 1, -1, -1):
        tag = layout.tags.get(index)
        if tag is None or tag.kind != "breadcrumb":
            continue
        line = layout.lines[index]
        steps = list(_STEP.finditer(layout.folded, line.start, line.end))
        pair = trim(layout.folded, steps[-1].end(), line.end) if steps else (0, 0)
        words = plain(layout.folded[slice(*pair)])
        if len(words) >= _SHORTEST_STEP and share_of(words, frozenset(pairs_of(opening))) >= _TOLD:
            return pair
    return None
