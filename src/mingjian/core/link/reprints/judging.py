"""What two pages are to one another: decided by their sketches alone, so that no third page changes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from os.path import commonprefix
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.figures import Figures, compare_slots, count_slots, figures_of, share_figures
from mingjian.core.link.reprints.joining import Numbers, Pairs, join
from mingjian.core.link.reprints.runs import Run, find_runs
from mingjian.core.link.reprints.settings import JudgingSettings, ReprintSettings, reprint_settings
from mingjian.core.link.reprints.sketches import Sketch, place_in_time
from mingjian.core.model.reprints import Published, Relation, RelationKind

Runs = tuple[Run, Run]
_NEAR = 2  # fingerprints between the words that announce a quotation and its beginning


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What a pair is, why, and which page took text from the other, if it says so."""

    kind: RelationKind
    reason: str
    reuser: str | None = None


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
    judging = settings.judging
    first, second, *shares = _nearest(sketches, [*_judged(sketches, pairs, judging)], settings.join.most_earlier)
    columns = [*shares, *compare_slots(count_slots(sketches), first, second)]
    kept = np.flatnonzero(~_are_series(sketches, (first, second), columns, judging))
    first, second, *columns = (column[kept] for column in (first, second, *columns))
    figures = [Figures(*values) for values in zip(*(column.tolist() for column in columns), strict=True)]
    both = [(sketches[one], sketches[two]) for one, two in zip(first.tolist(), second.tolist(), strict=True)]
    needed = [place for place, found in enumerate(figures) if _needs_runs(*both[place], found, judging)]
    runs = dict(zip(needed, find_runs(sketches, first[needed], second[needed], judging), strict=True))
    verdicts = (_verdict(*both[place], found, runs.get(place), judging) for place, found in enumerate(figures))
    return [
        _relation(*pages, found, verdict)
        for pages, found, verdict in zip(both, figures, verdicts, strict=True)
        if verdict is not None and verdict.kind != "series"
    ]


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
        part = _part((first, second), figures, runs, settings)
    if part is not None or not figures.alike:
        return part
    far = abs(_day(first.published) - _day(second.published)) >= settings.far_days
    if far and not _is_late_copy(first, second, figures, settings):
        return Verdict("series", "one-form-long-after")
    if figures.conflicting and _is_filled_otherwise(first.title, second.title, settings):
        return Verdict("series", "other-title-and-number")
    sure = figures.agreeing >= settings.agreements and not figures.conflicting
    if figures.most < settings.whole_share and not sure and _name_others(first, second, settings):
        return Verdict("series", "other-names")
    return _text(first, second, figures, settings)


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
    day = np.array([_day(sketch.published) for sketch in sketches])
    days = np.abs(day[pages[0]] - day[pages[1]])  # no number where either is unknown: no comparison holds then
    share = conflicting / np.maximum(1, agreeing + conflicting)
    whole = most >= settings.whole_share
    least = np.where(whole, settings.conflict_share, settings.rewritten_conflict_share)
    many = (conflicting >= settings.conflicts) & (share >= least)
    one = (conflicting > 0) & (share >= settings.sure_share) & ~whole & (days != 0)
    found: NDArray[np.bool_] = many | one | ((days >= settings.far_days) & (share >= settings.far_conflict_share))
    return found


def _is_late_copy(first: Sketch, second: Sketch, figures: Figures, settings: JudgingSettings) -> bool:
    """Whether pages long after one another are one text: the same, or nearly all of it under the same title."""
    if figures.least >= settings.same_share:
        return True
    likeness = title_likeness(first.title, second.title)
    return figures.most >= settings.far_contained and (likeness is None or likeness >= settings.far_title)


def _part(
    pages: tuple[Sketch, Sketch], figures: Figures, runs: Runs | None, settings: JudgingSettings
) -> Verdict | None:
    """Whether the pages have only some of their text in common, and which of them took it from the other."""
    most, least, alike = figures.most, figures.least, figures.alike
    roundups = [page.id for page in pages if page.roundup]
    if roundups and least < settings.roundup_share:
        reuser = roundups[0] if len(roundups) == 1 else None
        return Verdict("partial_reuse", "roundup", reuser) if alike or _is_passage(runs, settings) else None
    if alike and _is_one_matter(pages, figures, settings):
        if _is_rewritten(figures, runs, settings) or _is_cut(pages, figures, runs, settings):
            return None
    likeness = title_likeness(pages[0].title, pages[1].title)
    if alike and most < settings.whole_share and _stand_apart(runs, likeness, settings):
        return _of_passages(pages, figures, runs, settings)
    other_title = not alike if likeness is None else likeness < settings.like_title
    if least >= settings.host_share or (alike and not other_title):
        return None
    reuser = _taking_page(pages, runs, settings)
    if reuser is not None:
        return Verdict("partial_reuse", "beginning-further-on", reuser)
    if not other_title or not (alike or figures.shared >= settings.part_shared):
        return None
    return _under_another_title(pages, figures, runs, settings)


def _is_one_matter(pages: tuple[Sketch, Sketch], figures: Figures, settings: JudgingSettings) -> bool:
    """Whether both pages give the same numbers, and no others, within some days."""
    days = abs(_day(pages[0].published) - _day(pages[1].published))
    return days <= settings.near_days and figures.agreeing >= settings.agreements and not figures.conflicting


def _is_rewritten(figures: Figures, runs: Runs | None, settings: JudgingSettings) -> bool:
    """Whether much of both pages is the same, in bits: somebody changed the words throughout."""
    if runs is None or not settings.rewritten_share <= figures.least or figures.most >= settings.whole_share:
        return False
    return min(run.piece for run in runs) <= settings.rewritten_piece


def _is_cut(
    pages: tuple[Sketch, Sketch], figures: Figures, runs: Runs | None, settings: JudgingSettings
) -> bool:
    """Whether nearly all of the shorter page stands in the longer one, and it was not the other way round.

    It is later, or both begin with the same words; what is quoted as others' text was not cut out.
    """
    if runs is None or figures.most < settings.cut_share or any(page.quoting for page in pages):
        return False
    shorter, longer = pages if figures.first_share >= figures.second_share else pages[::-1]
    if min(run.lead for run in runs) >= settings.cut_lead:
        return _day(shorter.published) >= _day(longer.published)
    return _is_later(shorter.published, longer.published)


def _taking_page(pages: tuple[Sketch, Sketch], runs: Runs | None, settings: JudgingSettings) -> str | None:
    """The id of the page that holds, behind words of its own, how an article of some days before begins."""
    if runs is None or abs(_day(pages[0].published) - _day(pages[1].published)) > settings.near_days:
        return None
    for page, other, run, held in ((*pages, *runs), (*pages[::-1], *runs[::-1])):
        begins = held.lead >= settings.cut_lead and run.begin >= settings.block_margin
        if begins and _is_dense(runs, settings) and _is_later(page.published, other.published):
            return page.id
    return None


def _is_later(one: Published | None, other: Published | None) -> bool:
    """Whether the one is later for sure: by days, or by minutes where both are known so well."""
    if one is None or other is None:
        return False
    exact = "day" not in (one.precision, other.precision)
    return one.value > other.value if exact else one.value[:10] > other.value[:10]


def _stand_apart(runs: Runs | None, likeness: float | None, settings: JudgingSettings) -> bool:
    """Whether the pages have some passages in common: neither begins with them, or each has its own words around."""
    if runs is None:
        return False
    if max(run.lead for run in runs) < settings.shared_lead:
        return True
    if likeness is None or likeness >= settings.block_title:
        return False
    inside = all(run.is_inside(settings.block_margin) for run in runs)
    return inside and min(run.piece for run in runs) >= settings.block_piece


def _of_passages(
    pages: tuple[Sketch, Sketch], figures: Figures, runs: Runs | None, settings: JudgingSettings
) -> Verdict:
    """What pages are with passages in common: of one press text if these are several and much of both pages."""
    reuser = _quoting_page(pages, runs, settings)
    if reuser is None and figures.least >= settings.release_share and _is_one_matter(pages, figures, settings):
        if runs is not None and min(run.pieces for run in runs) > 1:
            return Verdict("shared_release", "own-words-around")
    return Verdict("partial_reuse", "begin-differently", reuser)


def _under_another_title(
    pages: tuple[Sketch, Sketch], figures: Figures, runs: Runs | None, settings: JudgingSettings
) -> Verdict | None:
    """What pages are that do not say the same in their titles: of one press text, or one quotes the other."""
    reuser = _quoting_page(pages, runs, settings)
    if reuser is not None:
        return Verdict("partial_reuse", "quotation", reuser)
    if figures.least >= settings.release_share and _is_dense(runs, settings):
        return Verdict("shared_release", "two-titles-one-text")
    if figures.alike or (figures.shared >= settings.passage_shared and _is_passage(runs, settings)):
        return Verdict("partial_reuse", "passage")
    return None


def _is_passage(runs: Runs | None, settings: JudgingSettings) -> bool:
    """Whether what is shared stands together in both pages, and is not just how both of them end."""
    return runs is not None and _is_dense(runs, settings) and not all(run.is_tail for run in runs)


def _is_dense(runs: Runs | None, settings: JudgingSettings) -> bool:
    """Whether what is shared stands together in both pages, and not here and there as the words of a form do."""
    return runs is not None and min(run.density for run in runs) >= settings.passage_density


def _quoting_page(pages: tuple[Sketch, Sketch], runs: Runs | None, settings: JudgingSettings) -> str | None:
    """The id of the page that announces the shared text as that of others, ``None`` where both or neither do.

    The words stand together there; in the other page they may not.
    """
    if runs is None:
        return None
    quoting = [
        page.id
        for page, run in zip(pages, runs, strict=True)
        if run.density >= settings.passage_density and any(abs(run.begin - place) <= _NEAR for place in page.quoting)
    ]
    if all(run.is_tail for run in runs) and runs[0].shared < settings.passage_shared:
        return None  # what both end with is more likely what their site adds
    return quoting[0] if len(quoting) == 1 else None


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


def _day(published: Published | None) -> float:
    """The number of the day, no number where it is unknown."""
    return float("nan") if published is None else _ordinal(published.value[:10])


@lru_cache(maxsize=65536)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def title_likeness(first: str, second: str) -> float | None:
    """The share of the shorter title's pairs of characters that the other has, ``None`` where either has none.

    Titles are as ``compared_title`` gives them.
    """
    one, two = _bigrams(first), _bigrams(second)
    if not one or not two:
        return None
    return len(one & two) / min(len(one), len(two))


def _is_filled_otherwise(first: str, second: str, settings: JudgingSettings) -> bool:
    """Whether the titles are the same but for one place, at which both have other words."""
    before = len(commonprefix((first, second)))
    behind = len(commonprefix((first[before:][::-1], second[before:][::-1])))
    shorter, longer = sorted((len(first), len(second)))
    least = settings.filled_least
    return shorter - before - behind >= least and before + behind >= settings.filled_title * longer


@lru_cache(maxsize=65536)
def _bigrams(title: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(title)))
