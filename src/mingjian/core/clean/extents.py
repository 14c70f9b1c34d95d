"""From where to where the article goes: by lines alone, or inside the element of the markup that the views agree on."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mingjian.core.clean.containers import Region
from mingjian.core.clean.edges import grow_stretch, plain, trim_stretch
from mingjian.core.clean.layout import Layout
from mingjian.core.clean.openings import find_contents
from mingjian.core.clean.records import PageRecord
from mingjian.core.clean.scoring import main_stretch, score_lines
from mingjian.core.clean.titles import Headline, find_headline
from mingjian.core.clean.views import choose_region, declared_headlines, run_inside, widened
from mingjian.core.model.span import Pair


class Extent(msgspec.Struct, frozen=True):
    """Which lines are the article, its headline, and the lines of a box that is set into the article."""

    stretch: Pair
    headline: Headline | None
    box: tuple[int, ...] = ()


def find_extent(layout: Layout, record: PageRecord | None, regions: Sequence[Region]) -> Extent:
    """The lines of the article: those of the body's field where the page is a record, else the best that is found."""
    if record is not None:
        return Extent(record.body, None)
    scores = score_lines(layout)
    run = main_stretch(scores)
    region = choose_region(regions, layout, scores, run) if regions else None
    return _of_run(layout, scores, run) if region is None else _inside(layout, scores, region)


def _of_run(layout: Layout, scores: Sequence[float], run: Pair) -> Extent:
    low, high = trim_stretch(layout, scores, run)
    low = find_contents(layout, low, high)
    headline = find_headline(layout, low, high)
    above = headline is not None and headline.index < low
    low, high = grow_stretch(layout, (low, high), _copies(layout, headline) if headline and above else frozenset())
    return Extent((low, high), headline)


def _copies(layout: Layout, headline: Headline) -> frozenset[str]:
    """The headline without marks, and each of its lines where it has several."""
    words = layout.folded[headline.start : headline.end]
    return frozenset(map(plain, (words, *words.split("\n"))))


def _inside(layout: Layout, scores: Sequence[float], region: Region) -> Extent:
    low, high = trim_stretch(layout, scores, run_inside(region, layout, scores))
    low = find_contents(layout, low, high)
    headline = find_headline(layout, low, high)
    low, high = widened(region, layout, (low, high), declared_headlines(layout))
    if headline is not None and low <= headline.index < high:
        headline = find_headline(layout, low, high)
    return Extent((low, high), headline)
