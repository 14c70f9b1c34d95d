"""What two pages are to one another: decided by their sketches alone, so that no third page changes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.figures import Figures, compare_slots, count_slots, figures_of, share_figures
from mingjian.core.link.reprints.joining import Numbers, Pairs, join
from mingjian.core.link.reprints.passages import Runs, Verdict, find_part, is_retold
from mingjian.core.link.reprints.runs import find_runs
from mingjian.core.link.reprints.settings import JudgingSettings, ReprintSettings, reprint_settings
from mingjian.core.link.reprints.sketches import Sketch, place_in_time
from mingjian.core.link.reprints.slots import number_value
from mingjian.core.link.reprints.timing import day_of
from mingjian.core.link.reprints.titles import are_filled_otherwise, are_of_one_form, title_likeness
from mingjian.core.model.reprints import Relation

_YEAR = 365.25  # days


def relate(first: Sketch, second: Sketch, settings: ReprintSettings | None = None) -> Relation | None:
    """What the two pages are to one another, ``None`` where that is nothing; the same whichever comes first."""
    judging = (settings or reprint_settings()).judging
    figures = figures_of(first, second, judging)
    if not _is_judged(first, second, figures, judging):
        return None
    pages = (first, second)
    one, two = np.array([0]), np.array([1])
    columns = [np.array([value]) for value in msgspec.structs.astuple(figures)]
    if _are_series(pages, (one, two), columns, judging)[0]:
        return _relation(first, second, figures, Verdict("series", "slots-filled-otherwise")) if figures.alike else None
    runs = None
    if _needs_runs(first, second, figures, judging):
        runs = find_runs(pages, one, two, judging)[0]
    verdict = _verdict(first, second, figures, runs, judging)
    return None if verdict is None else _relation(first, second, figures, verdict)


def _is_judged(first: Sketch, second: Sketch, figures: Figures, settings: JudgingSettings) -> bool:
    """Whether one page may hold most of the other, or some of it that matters."""
    if figures.alike or ((first.roundup or second.roundup) and figures.shared >= settings.item_shared):
        return True
    told = first.roundup or second.roundup or bool(first.quoting or second.quoting)
    enough = figures.shared >= (settings.part_shared if told else settings.passage_shared)
    return enough and figures.most >= settings.part_share


def relate_back(page: Sketch, others: Iterable[Sketch], settings: ReprintSettings | None = None) -> list[Relation]:
    """The relations of one page to earlier ones among others, of which it shares most with so many at most.

    The relations of a set of pages are those of each of them to the others.
    """
    own = place_in_time(page)
    earlier = [other for other in others if place_in_time(other) < own]
    sizes = np.fromiter((other.size for other in earlier), np.int64, len(earlier))
    hashes = np.frombuffer(b"".join(other.hashes for other in earlier), "<u4")
    owner = np.repeat(np.arange(len(earlier)), sizes)
    shared = np.bincount(owner[np.isin(hashes, page.fingerprints)], minlength=len(earlier))
    pairs = Pairs(np.zeros(len(earlier), np.int64), np.arange(1, len(earlier) + 1), shared)
    return relate_pairs((page, *earlier), pairs, settings or reprint_settings())


def relate_pages(sketches: Sequence[Sketch], settings: ReprintSettings | None = None) -> list[Relation]:
    """The relations of all pages: those of each page back to the earlier ones that it shares most with.

    Series are left out: one form has as many pairs as pages, squared, and ``group_pages`` finds those that matter.
    """
    settings = settings or reprint_settings()
    sizes = np.fromiter((sketch.size for sketch in sketches), np.int64, len(sketches))
    hashes = np.frombuffer(b"".join(sketch.hashes for sketch in sketches), "<u4")
    pairs = join(np.repeat(np.arange(len(sketches)), sizes), hashes, settings.join)
    return relate_pairs(sketches, pairs, settings)


def relate_pairs(sketches: Sequence[Sketch], pairs: Pairs, settings: ReprintSettings) -> list[Relation]:
    """The relations of the pairs, whose numbers count the sketches: what ``relate`` says of the two, without series."""
    return [link for link in judge_pairs(sketches, pairs, settings)[1] if link is not None]


def judge_pairs(
    sketches: Sequence[Sketch], pairs: Pairs, settings: ReprintSettings
) -> tuple[Pairs, list[Relation | None]]:
    """The pairs of each page with those earlier ones that it shares most with, and what the two pages of each are.

    That is nothing where they are a series.
    """
    judging = settings.judging
    columns = _nearest(sketches, [*_judged(sketches, pairs, judging)], settings.join.most_earlier)
    near = Pairs(*columns[:3])
    used = np.unique(np.concatenate(columns[:2]))
    sketches = [sketches[number] for number in used.tolist()]
    first, second = (np.searchsorted(used, column) for column in columns[:2])
    columns = [first, second, *columns[2:], *compare_slots(count_slots(sketches), first, second)]
    kept = np.flatnonzero(~_are_series(sketches, (first, second), columns[2:], judging))
    relations: list[Relation | None] = [None] * len(first)
    for place, link in zip(
        kept.tolist(), _relate(sketches, [column[kept] for column in columns], judging), strict=True
    ):
        relations[place] = link
    return near, relations


def candidates(sketches: Sequence[Sketch], pairs: Pairs, settings: ReprintSettings) -> Pairs:
    """Those of the pairs that share so much that they are judged, if no page shares more with too many others."""
    first, second, shared, *_ = _judged(sketches, pairs, settings.judging)
    return Pairs(first, second, shared)


def _relate(
    sketches: Sequence[Sketch], columns: Sequence[NDArray[Any]], judging: JudgingSettings
) -> Iterator[Relation | None]:
    """What the pairs are that are no series for their slots alone."""
    first, second, *counted = columns
    figures = [Figures(*values) for values in zip(*(column.tolist() for column in counted), strict=True)]
    both = [(sketches[one], sketches[two]) for one, two in zip(first.tolist(), second.tolist(), strict=True)]
    needed = [place for place, found in enumerate(figures) if _needs_runs(*both[place], found, judging)]
    runs = dict(zip(needed, find_runs(sketches, first[needed], second[needed], judging), strict=True))
    verdicts = (_verdict(*both[place], found, runs.get(place), judging) for place, found in enumerate(figures))
    for pages, found, verdict in zip(both, figures, verdicts, strict=True):
        if verdict is None or verdict.kind == "series":
            yield None
        else:
            yield _relation(*pages, found, verdict)


def _judged(sketches: Sequence[Sketch], pairs: Pairs, settings: JudgingSettings) -> Iterator[NDArray[Any]]:
    """First page, second page and shares of the pairs for which ``_is_judged`` holds."""
    count = len(sketches)
    sizes = np.fromiter((sketch.size for sketch in sketches), np.int64, count)
    roundup = np.fromiter((sketch.roundup for sketch in sketches), np.bool_, count)
    tells = np.fromiter((bool(sketch.quoting) for sketch in sketches), np.bool_, count) | roundup
    roundup, told = (flags[pairs.first] | flags[pairs.second] for flags in (roundup, tells))
    columns = share_figures(pairs.shared, sizes[pairs.first], sizes[pairs.second], settings)
    shared, _, _, most, _, alike = columns
    enough = shared >= np.where(told, settings.part_shared, settings.passage_shared)
    item = roundup & (shared >= settings.item_shared)
    chosen = np.flatnonzero(alike | item | (enough & (most >= settings.part_share)))
    return (column[chosen] for column in (pairs.first, pairs.second, *columns))


def _nearest(sketches: Sequence[Sketch], columns: list[NDArray[Any]], most: int) -> list[NDArray[Any]]:
    """The pairs of pages without those of a page with earlier ones when it shares more with ``most`` other such."""
    first, second, shared = columns[:3]
    if len(first) <= most:
        return columns
    rank = np.empty(len(sketches), np.int64)
    rank[sorted(range(len(sketches)), key=lambda number: place_in_time(sketches[number]))] = np.arange(len(sketches))
    later, earlier = np.maximum(rank[first], rank[second]), np.minimum(rank[first], rank[second])
    if np.bincount(later).max() <= most:
        return columns
    order = np.lexsort((earlier, -shared, later))
    place = np.arange(len(order)) - np.searchsorted(later[order], later[order])
    kept = np.sort(order[place < most])
    return [column[kept] for column in columns]


def _relation(first: Sketch, second: Sketch, figures: Figures, verdict: Verdict) -> Relation:
    ordered = first.id < second.id
    shares = (figures.first_share, figures.second_share)
    return Relation(
        first=first.id if ordered else second.id,
        second=second.id if ordered else first.id,
        kind=verdict.kind,
        reason=verdict.reason,
        shared=figures.shared,
        contained=shares if ordered else shares[::-1],
        agreeing=figures.agreeing,
        conflicting=figures.conflicting,
        reuser=verdict.reuser,
    )


def _verdict(
    first: Sketch, second: Sketch, figures: Figures, runs: Runs | None, settings: JudgingSettings
) -> Verdict | None:
    part = None
    if figures.most < settings.whole_share or figures.least < settings.roundup_share:
        part = find_part((first, second), figures, runs, settings)
    partly = part is not None or not figures.alike
    if partly and (runs is None or not is_retold((first, second), figures, runs, settings)):
        return part
    if figures.shared < settings.sure_shared and not _are_one_short_page(first, second, figures, settings):
        return None
    far = abs(day_of(first.published) - day_of(second.published)) >= settings.far_days
    if far and not _is_late_copy(first, second, figures, settings):
        return Verdict("series", "one-form-long-after")
    if reason := _form(first, second, figures, settings):
        return Verdict("series", reason)
    return _text(first, second, figures, settings)


def _are_one_short_page(first: Sketch, second: Sketch, figures: Figures, settings: JudgingSettings) -> bool:
    """Whether pages with hardly any words, of which most are the same, bear one title and no other numbers."""
    return not figures.conflicting and (title_likeness(first.title, second.title) or 0) >= settings.far_title


def _form(first: Sketch, second: Sketch, figures: Figures, settings: JudgingSettings) -> str | None:
    """What says that the pages are one form about other things, ``None`` where nothing does."""
    sure = figures.agreeing >= settings.agreements and not figures.conflicting
    same = first.title == second.title or (sure and figures.most >= settings.same_share)
    if not same and are_of_one_form(first.title, second.title, settings):
        return "other-title"
    if figures.most >= settings.whole_share:
        return None
    if figures.conflicting and are_filled_otherwise(first.title, second.title, settings):
        return "other-title-and-number"
    return "other-names" if not sure and _name_others(first, second, settings) else None


def _name_others(first: Sketch, second: Sketch, settings: JudgingSettings) -> bool:
    """Whether hardly anything that the one page repeats is repeated in the other: they are about other names."""
    one, two = (set(memoryview(page.salient).cast("I")) for page in (first, second))
    fewer = min(len(one), len(two))
    return fewer >= settings.least_salient and len(one & two) < settings.salient_share * fewer


def _needs_runs(first: Sketch, second: Sketch, figures: Figures, settings: JudgingSettings) -> bool:
    """Whether it matters where the shared text stands: the pages may have only some of their text in common."""
    if not figures.alike or figures.most < settings.whole_share:
        return True
    return figures.least < settings.host_share


def _are_series(
    sketches: Sequence[Sketch],
    pages: tuple[Numbers, Numbers],
    figures: Sequence[NDArray[Any]],
    settings: JudgingSettings,
) -> NDArray[np.bool_]:
    """For every pair whether slots of both pages hold other numbers, more than errors of copying would explain.

    One other number may be such an error, on one day or in an article of which nearly all stands in the other.
    """
    most, agreeing, conflicting = figures[3], figures[-2], figures[-1]
    day = np.array([day_of(sketch.published) for sketch in sketches])
    days = np.abs(day[pages[0]] - day[pages[1]])  # no number where either is unknown: no comparison holds then
    share = conflicting / np.maximum(1, agreeing + conflicting)
    whole = most >= settings.whole_share
    least = np.where(whole, settings.conflict_share, settings.rewritten_conflict_share)
    many = (conflicting >= settings.conflicts) & (share >= least)
    one = (conflicting > 0) & (share >= settings.sure_share) & ~whole & (days != 0)
    found: NDArray[np.bool_] = many | one | ((days >= settings.far_days) & (share >= settings.far_conflict_share))
    return found


def _is_late_copy(first: Sketch, second: Sketch, figures: Figures, settings: JudgingSettings) -> bool:
    """Whether pages long after one another are one text: the same, or nearly all of it under the same title.

    The same words about the same day of another year are next year's notice, unless they name a year.
    """
    if _is_anniversary(first, second, settings) and not _names_a_year(first, second):
        return False
    if figures.least >= settings.same_share:
        return True
    likeness = title_likeness(first.title, second.title)
    return figures.most >= settings.far_contained and (likeness is None or likeness >= settings.far_title)


def _is_anniversary(first: Sketch, second: Sketch, settings: JudgingSettings) -> bool:
    """Whether the one was published on about the same day of the year as the other."""
    off = abs(day_of(first.published) - day_of(second.published)) % _YEAR
    return min(off, _YEAR - off) <= settings.near_days


def _names_a_year(first: Sketch, second: Sketch) -> bool:
    """Whether both texts hold the number of a year from before the earlier one to after the later one."""
    years = [int(page.published.value[:4]) for page in (first, second) if page.published is not None]
    named = {number_value(str(year)) for year in range(min(years) - 1, max(years) + 2)}
    return not named.isdisjoint(set(first.slots[1].tolist()) & set(second.slots[1].tolist()))


def _text(first: Sketch, second: Sketch, figures: Figures, settings: JudgingSettings) -> Verdict:
    """Which copy it is: by what was left out on either side."""
    most, least = figures.most, figures.least
    if least >= settings.same_share and first.site and first.site == second.site and first.title == second.title:
        return Verdict("same_page", "same-site-same-text")
    if least >= settings.whole_share:
        return Verdict("reprint", "whole-text")
    if most >= settings.whole_share:
        return Verdict("reprint", "excerpt" if least < settings.host_share else "cut-or-expanded")
    return Verdict("reprint", "rewritten")
