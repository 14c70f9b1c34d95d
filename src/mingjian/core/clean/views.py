"""Several views of where the article stands, and the element on which they agree."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import msgspec

from mingjian.core.clean.containers import Region
from mingjian.core.clean.edges import names_attachment, plain
from mingjian.core.clean.layout import Layout
from mingjian.core.clean.scoring import main_stretch
from mingjian.core.clean.thresholds import ViewThresholds
from mingjian.core.model.span import Pair
from mingjian.core.text.folding import fold

_MOST_CANDIDATES = 40
_HEAVIEST = 30.0
_GENERATIONS = 5
_NAMED = 1.0
_LEAST_ALIKE = 0.2
_LEAST_HELD = 0.05
_NAME_WORTH = 0.1
_OPENING = 12
_LONGER = 30
_DESCRIPTIONS = frozenset({"description", "og:description", "json-ld:description", "twitter:description"})
_BODY = "json-ld:articleBody"
_TITLES = frozenset({"title", "og:title", "h1", "json-ld:headline", "twitter:title"})
_SHORTEST_HEADLINE = 6
_HEADLINE_SHARE = 0.4
_HEAD_KINDS = frozenset({"meta", "credit", "nav", "breadcrumb", "title"})
_NEIGHBOURS = frozenset({"td", "article"})  # elements beside which others like them hold something else
_LISTS = frozenset({"ul", "ol", "dl"})


class View(msgspec.Struct, frozen=True, gc=False):
    """A run of lines that one way of looking proposes, and how much its vote weighs."""

    run: Pair
    weight: float


class Ballot(msgspec.Struct, frozen=True):
    """What decides between runs: the views, the lines that the markup's description tells, and the lines' weights."""

    views: tuple[View, ...]
    told: tuple[int, ...]
    told_weight: float
    mass: Sequence[float]

    def support(self, run: Pair) -> float:
        """How well the run agrees with all views."""
        agreed = sum(view.weight * overlap(self.mass, view.run, run) for view in self.views)
        return agreed + self.told_weight * any(run[0] <= index < run[1] for index in self.told)


def choose_region(regions: Sequence[Region], layout: Layout, scores: Sequence[float], run: Pair) -> Region | None:
    """The element that agrees best with all views, or nothing where the bare run of lines agrees better.

    Where the page has hardly any running text, the names of elements decide alone.
    """
    limits = layout.limits.views
    worth = list(accumulate((max(score, 0.0) for score in scores), initial=0.0))
    if worth[run[1]] - worth[run[0]] < limits.least_worth:
        return _named_region(regions, layout, run)
    held = [worth[region.high] - worth[region.low] for region in regions]
    own = own_prose(regions, layout, scores, limits)
    candidates = _candidates(regions, held, own)
    prose = _first_alike(regions, held, max(range(len(own)), key=lambda index: own[index]))
    ballot = Ballot(
        views=(
            View(run, limits.run),
            View((regions[prose].low, regions[prose].high), limits.prose),
            *_declared_views(layout, limits),
            *_named_views(regions, sorted(candidates, key=lambda index: -own[index]), held, limits.known),
        ),
        told=_told(layout),
        told_weight=limits.told,
        mass=list(accumulate((score if score > 0 else min(-score, _HEAVIEST) for score in scores), initial=0.0)),
    )
    bonus = {index: limits.own * max(regions[index].known, index == prose) for index in candidates}
    supports = {index: ballot.support((regions[index].low, regions[index].high)) + bonus[index] for index in candidates}
    chosen = max(candidates, key=lambda index: (supports[index], index))
    return _continued(regions, chosen, layout) if supports[chosen] >= ballot.support(run) else None


def _continued(regions: Sequence[Region], place: int, layout: Layout) -> Region:
    """The element with those next to it that are named alike, if nothing between begins or ends articles.

    Advertisements part an article into several elements, and so do headings where each has a section of its own.
    """
    chosen = regions[place]
    tag, names = chosen.kind
    if tag in _NEIGHBOURS or not (names or tag == "section"):
        return chosen
    alike = [
        region for region in regions if (region.parent, region.kind) == (chosen.parent, chosen.kind) and region.prose
    ]
    parting = {region.low for region in regions if region.kind[0] == "h1"}
    parting.update(index for index, said in layout.tags.items() if said.effect != "line")
    low, high = chosen.low, chosen.high
    for region in alike:
        if region.low >= high:
            if not parting.isdisjoint(range(high, region.low + 1)):
                break
            high = region.high
    for region in reversed(alike):
        if region.high <= low:
            if not parting.isdisjoint(range(region.high, low + 1)):
                break
            low = region.low
    return msgspec.structs.replace(chosen, low=low, high=high)


def _named_region(regions: Sequence[Region], layout: Layout, run: Pair) -> Region | None:
    """The element whose name speaks most for an article, where it holds more words than the run of lines."""
    words = list(accumulate((_words(layout, index) for index in range(len(layout.lines))), initial=0))
    named = [region for region in regions if region.known >= layout.limits.containers.sure]
    best = max(named, key=lambda region: (words[region.high] - words[region.low], region.low), default=None)
    if best is None or words[best.high] - words[best.low] <= words[run[1]] - words[run[0]]:
        return None
    return best


def _words(layout: Layout, index: int) -> int:
    """How many characters of a line may be an article's: none of links and of what rules name."""
    return 0 if index in layout.tags or _is_link(layout, index) else layout.lines[index].length


def _named_views(
    regions: Sequence[Region], candidates: Sequence[int], held: Sequence[float], weight: float
) -> list[View]:
    """One vote for the best element of every weight that names have."""
    best: dict[float, int] = {}
    for index in candidates:
        if regions[index].known:
            best.setdefault(regions[index].known, _first_alike(regions, held, index))
    return [View((regions[index].low, regions[index].high), weight * known) for known, index in best.items()]


def _first_alike(regions: Sequence[Region], held: Sequence[float], place: int) -> int:
    """The first element of the same name that holds an article too: pages load the next articles behind the first."""
    model = regions[place]
    if model.known < _NAMED:
        return place
    for index, region in enumerate(regions[:place]):
        if region.kind == model.kind and region.high <= model.low and held[index] > _LEAST_ALIKE * held[place]:
            return index
    return place


def _declared_views(layout: Layout, limits: ViewThresholds) -> list[View]:
    """One vote for the lines that the markup declares as the article's text, where most of that stands on the page."""
    views: list[View] = []
    for declaration in layout.page.declarations:
        if declaration.name != _BODY or views:
            continue
        words = plain(fold(declaration.value))
        openings = {words[place : place + _OPENING] for place in range(max(0, len(words) - _OPENING + 1))}
        found = [
            index
            for index, line in enumerate(layout.lines)
            if line.length > _LONGER and plain(layout.words(index))[:_OPENING] in openings
        ]
        if sum(layout.lines[index].length for index in found) > limits.declared_share * len(words):
            views.append(View((found[0], found[-1] + 1), limits.declared))
    return views


def _told(layout: Layout) -> tuple[int, ...]:
    """The lines that begin with the words by which the markup describes the page."""
    openings = {
        fold(words)
        for declaration in layout.page.declarations
        if declaration.name in _DESCRIPTIONS and len(words := declaration.value.strip()[:_OPENING]) == _OPENING
    }
    if not openings:
        return ()
    starts = tuple(openings)
    return tuple(
        index
        for index, line in enumerate(layout.lines)
        if line.length > _LONGER and layout.folded.startswith(starts, line.start, line.end)
    )


def _candidates(regions: Sequence[Region], held: Sequence[float], own: Sequence[float]) -> list[int]:
    """The elements worth asking: those with known names and those with most prose of their own, best first."""
    least = _LEAST_HELD * max(held, default=0.0)
    asked = [index for index in range(len(regions)) if held[index] > least]
    asked.sort(key=lambda index: -max(own[index], _NAME_WORTH * regions[index].known * held[index]))
    return asked[:_MOST_CANDIDATES]


def own_prose(
    regions: Sequence[Region], layout: Layout, scores: Sequence[float], limits: ViewThresholds
) -> list[float]:
    """How much running text every element holds, paragraphs counting less the more elements lie between."""
    gathered = _inherited(regions, _direct(regions, scores, limits), limits)
    lengths = list(accumulate((line.length for line in layout.lines), initial=0))
    linked = list(accumulate((line.length * line.links for line in layout.lines), initial=0.0))
    for place, region in enumerate(regions):
        if gathered[place]:
            share = (linked[region.high] - linked[region.low]) / max(1, lengths[region.high] - lengths[region.low])
            gathered[place] *= 1 - share
    return gathered


def _direct(regions: Sequence[Region], scores: Sequence[float], limits: ViewThresholds) -> list[float]:
    """The worth of the lines of which each element is the innermost."""
    direct = [0.0] * len(regions)
    against = _against(regions, len(scores))
    for index, place in enumerate(innermost(regions, len(scores))):
        if place >= 0 and scores[index] > 0:
            direct[place] += scores[index] * (limits.against if against[index] else 1.0)
    return direct


def _inherited(regions: Sequence[Region], direct: Sequence[float], limits: ViewThresholds) -> list[float]:
    """What every element holds of its own and of the elements in it, by a share for every generation between.

    An element that holds one other and nothing else is no generation.
    """
    held = [[worth, *[0.0] * (_GENERATIONS - 1)] for worth in direct]
    for place in range(len(regions) - 1, -1, -1):
        region = regions[place]
        if region.kind[0] in _LISTS:
            held[place] = [worth * limits.listed for worth in held[place]]
        if region.parent < 0 or not any(held[place]):
            continue
        outer = regions[region.parent]
        alone = (outer.low, outer.high) == (region.low, region.high)
        passed = held[place] if alone else [0.0, *[worth * limits.inherited for worth in held[place][:-1]]]
        held[region.parent] = [old + new for old, new in zip(held[region.parent], passed, strict=True)]
    return [sum(generations) for generations in held]


def _against(regions: Sequence[Region], count: int) -> list[bool]:
    """For every line, whether it stands in an element whose names speak against the article."""
    against = [False] * count
    done = 0
    for region in regions:
        if region.against and region.low >= done:
            against[region.low : region.high] = [True] * (region.high - region.low)
            done = region.high
    return against


def innermost(regions: Sequence[Region], count: int) -> list[int]:
    """The innermost element around every line, -1 where none is."""
    around = [-1] * count
    open_regions: list[int] = []
    place = 0
    for index in range(count):
        while place < len(regions) and regions[place].low <= index:
            open_regions.append(place)
            place += 1
        while open_regions and regions[open_regions[-1]].high <= index:
            open_regions.pop()
        around[index] = open_regions[-1] if open_regions else -1
    return around


def overlap(mass: Sequence[float], first: Pair, second: Pair) -> float:
    """How much two runs have in common, from 0 to 1."""
    low, high = max(first[0], second[0]), min(first[1], second[1])
    common = mass[high] - mass[low] if low < high else 0.0
    both = mass[first[1]] - mass[first[0]] + mass[second[1]] - mass[second[0]]
    return 2 * common / both if both > 0 else 0.0


def declared_headlines(layout: Layout) -> tuple[str, ...]:
    """What the markup calls the page, without marks: titles, site names and all."""
    named = (declaration.value for declaration in layout.page.declarations if declaration.name in _TITLES)
    return tuple({plain(fold(words)) for words in named})


def run_inside(region: Region, layout: Layout, scores: Sequence[float]) -> Pair:
    """The best run of lines inside the element, where short lines cost less than elsewhere."""
    limits = layout.limits.views
    soft = [_softened(layout, scores, index, limits) for index in range(region.low, region.high)]
    low, high = main_stretch(soft)
    low, high = low + region.low, high + region.low
    words = [_words(layout, index) for index in range(region.low, region.high)]
    held = sum(words[low - region.low : high - region.low])
    scanty = (
        region.known >= limits.trusted
        or sum(soft[index] for index in range(len(soft)) if soft[index] > 0) < limits.least_worth
    )
    if scanty and held < limits.least_share * sum(words):
        return region.low, region.high
    return low, high


def _softened(layout: Layout, scores: Sequence[float], index: int, limits: ViewThresholds) -> float:
    score = scores[index]
    if score >= 0:
        return score
    tag = layout.tags.get(index)
    if tag is not None:
        return 0.0 if tag.effect == "line" else limits.barrier
    return score if _is_link(layout, index) else limits.short


def widened(region: Region, layout: Layout, run: Pair, headlines: Sequence[str]) -> Pair:
    """The run with what stands around it inside the element, as far as nothing there begins or ends articles."""
    low, high = run
    while low > region.low and _belongs(layout, low - 1) and not _is_head(layout, low - 1, headlines):
        low -= 1
    while high < region.high and _belongs(layout, high):
        high += 1
    while low < high and low in layout.tags:
        low += 1
    while high > low and high - 1 in layout.tags:
        high -= 1
    return low, high


def _belongs(layout: Layout, index: int) -> bool:
    """Whether an article may go on with the line: nothing begins or ends there, and it is no menu and no link alone."""
    tag = layout.tags.get(index)
    if tag is not None:
        return tag.effect == "line"
    if layout.words(index) in layout.limits.menu:
        return False
    return not _is_link(layout, index) or names_attachment(layout, index)


def _is_head(layout: Layout, index: int, headlines: Sequence[str]) -> bool:
    """Whether the line stands above articles: one of dates and names, or what the markup calls the page."""
    if index in layout.tags:
        return layout.tags[index].kind in _HEAD_KINDS
    line = plain(layout.words(index))
    long = [headline for headline in headlines if len(line) >= _HEADLINE_SHARE * len(headline)]
    return len(line) >= _SHORTEST_HEADLINE and any(line in headline for headline in long)


def _is_link(layout: Layout, index: int) -> bool:
    """Whether the line is mostly linked, and no sentence with links in it."""
    line = layout.lines[index]
    if line.links <= layout.limits.score.linked_share:
        return False
    return (
        line.links > layout.limits.edges.link_line or not line.finished or line.length < layout.limits.score.long_plain
    )
