"""What two pages are to one another: decided by their sketches alone, so that no third page changes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

import numpy as np

from mingjian.core.link.reprints.figures import Figures, compare_slots, count_slots, figures_of, lead_shares
from mingjian.core.link.reprints.joining import Pairs, join
from mingjian.core.link.reprints.settings import JudgingSettings, ReprintSettings, reprint_settings
from mingjian.core.link.reprints.sketches import Sketch, place_in_time
from mingjian.core.model.reprints import Published, Relation, RelationKind
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold

Verdict = tuple[RelationKind, str]


def relate(first: Sketch, second: Sketch, settings: ReprintSettings | None = None) -> Relation | None:
    """What the two pages are to one another, ``None`` where that is nothing; the same whichever comes first."""
    settings = settings or reprint_settings()
    figures = figures_of(first, second, settings.judging)
    if not is_candidate(figures, settings):
        return None
    return _relation(first, second, figures, settings.judging)


def is_candidate(figures: Figures, settings: ReprintSettings) -> bool:
    """Whether the pair shares enough to be judged."""
    most = max(figures.first_share, figures.second_share)
    return figures.shared >= settings.judging.part_shared and most >= settings.judging.part_share


def relate_pages(sketches: Sequence[Sketch], settings: ReprintSettings | None = None) -> list[Relation]:
    """The relations of all pages that are candidates for one another, in no special order."""
    settings = settings or reprint_settings()
    sketches = sorted(sketches, key=place_in_time)
    sizes = np.fromiter((sketch.size for sketch in sketches), np.int64, len(sketches))
    hashes = np.frombuffer(b"".join(sketch.hashes for sketch in sketches), "<u4")
    pairs = join(np.repeat(np.arange(len(sketches)), sizes), hashes, settings.join)
    return list(relate_pairs(sketches, pairs, settings))


def relate_pairs(sketches: Sequence[Sketch], pairs: Pairs, settings: ReprintSettings) -> Iterator[Relation]:
    """The relations of the pairs, whose numbers count the sketches; each is what ``relate`` says of the two."""
    sizes = np.fromiter((sketch.size for sketch in sketches), np.int64, len(sketches))
    first_share, second_share = pairs.shared / sizes[pairs.first], pairs.shared / sizes[pairs.second]
    judging = settings.judging
    chosen = np.flatnonzero(
        (pairs.shared >= judging.part_shared) & (np.maximum(first_share, second_share) >= judging.part_share)
    )
    first, second = pairs.first[chosen], pairs.second[chosen]
    agreeing, conflicting = compare_slots(count_slots(sketches), first, second)
    counted = (pairs.shared[chosen], first_share[chosen], second_share[chosen], agreeing, conflicting)
    leads = lead_shares(sketches, first, second, judging)
    columns = (first.tolist(), second.tolist(), *(column.tolist() for column in (*counted, leads)))
    for one, two, *figures in zip(*columns, strict=True):
        relation = _relation(sketches[one], sketches[two], Figures(*figures), judging)
        if relation is not None:
            yield relation


def _relation(first: Sketch, second: Sketch, figures: Figures, settings: JudgingSettings) -> Relation | None:
    verdict = _verdict(first, second, figures, settings)
    if verdict is None:
        return None
    ordered = first.id < second.id
    shares = (figures.first_share, figures.second_share)
    return Relation(
        first=first.id if ordered else second.id,
        second=second.id if ordered else first.id,
        kind=verdict[0],
        reason=verdict[1],
        shared=figures.shared,
        contained=shares if ordered else shares[::-1],
        agreeing=figures.agreeing,
        conflicting=figures.conflicting,
    )


def _verdict(first: Sketch, second: Sketch, figures: Figures, settings: JudgingSettings) -> Verdict | None:
    most, least = sorted((figures.first_share, figures.second_share), reverse=True)
    alike = most >= settings.contained and figures.shared >= settings.least_shared
    days = days_between(first.published, second.published)
    if _is_series(figures, days, settings):
        return ("series", "slots-filled-otherwise") if alike else None
    if not alike:
        return _part(figures, least, settings)
    if days is not None and days >= settings.far_days and not _is_late_copy(first, second, (most, least), settings):
        return "series", "one-form-long-after"
    if most < settings.whole_share and figures.lead < settings.shared_lead:
        return "partial_reuse", "begin-differently"
    if least < settings.roundup_share and (is_roundup(first.title) or is_roundup(second.title)):
        return "partial_reuse", "roundup"
    if least < settings.host_share:
        likeness = title_likeness(first.title, second.title)
        if likeness is not None and likeness < settings.like_title:
            return _part(figures, least, settings)
    return _text(first, second, (most, least), settings)


def _is_series(figures: Figures, days: int | None, settings: JudgingSettings) -> bool:
    """Whether slots of both pages hold other numbers, more than errors of copying would explain.

    One other number on one day may be such an error.
    """
    conflicts = figures.conflicting
    if not conflicts or (conflicts == 1 and days == 0):
        return False
    share = conflicts / (conflicts + figures.agreeing)
    return (
        (conflicts >= settings.conflicts and share >= settings.conflict_share)
        or share >= settings.sure_share
        or (days is not None and days >= settings.far_days and share >= settings.far_conflict_share)
    )


def _is_late_copy(first: Sketch, second: Sketch, shares: tuple[float, float], settings: JudgingSettings) -> bool:
    """Whether pages long after one another are one text: the same, or nearly all of it under the same title."""
    if min(shares) >= settings.same_share:
        return True
    likeness = title_likeness(first.title, second.title)
    return max(shares) >= settings.far_contained and (likeness is None or likeness >= settings.far_title)


def _part(figures: Figures, least: float, settings: JudgingSettings) -> Verdict | None:
    if least >= settings.release_share:
        return "shared_release", "two-titles-one-text"
    return "partial_reuse", "part-under-another-title"


def _text(first: Sketch, second: Sketch, shares: tuple[float, float], settings: JudgingSettings) -> Verdict:
    """Which copy it is: by what was left out on either side."""
    most, least = shares
    if least >= settings.same_share and first.host == second.host and first.title == second.title:
        return "same_page", "same-site-same-text"
    if least >= settings.whole_share:
        return "reprint", "whole-text"
    if most >= settings.whole_share:
        return "reprint", "excerpt" if least < settings.host_share else "cut-or-expanded"
    return "reprint", "rewritten"


def days_between(first: Published | None, second: Published | None) -> int | None:
    """Days from one date to the other, ``None`` where either is unknown."""
    if first is None or second is None:
        return None
    return abs(_day(first.value[:10]) - _day(second.value[:10]))


@lru_cache(maxsize=65536)
def _day(value: str) -> int:
    return date.fromisoformat(value).toordinal()


def title_likeness(first: str, second: str) -> float | None:
    """The share of the shorter title's pairs of characters that the other has, ``None`` where either has none."""
    one, two = _bigrams(first), _bigrams(second)
    if not one or not two:
        return None
    return len(one & two) / min(len(one), len(two))


@lru_cache(maxsize=65536)
def is_roundup(title: str) -> bool:
    """Whether the title is that of a page that strings other articles together."""
    return bundled_rulebook().cues("reprints")["roundup"].search(fold(title)) is not None


@lru_cache(maxsize=65536)
def _bigrams(title: str) -> frozenset[str]:
    plain = "".join(filter(str.isalnum, fold(title))).lower()
    return frozenset(map("".join, pairwise(plain)))
