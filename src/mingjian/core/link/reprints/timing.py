"""Which of two pages came later, as far as they tell."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from mingjian.core.link.reprints.sketches import Sketch
from mingjian.core.model.reprints import Published


def day_of(published: Published | None) -> float:
    """The number of the day, no number where it is unknown."""
    return float("nan") if published is None else _ordinal(published.value[:10])


@lru_cache(maxsize=65536)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def is_later(one: Published | None, other: Published | None) -> bool:
    """Whether the one is later for sure: by days, or by minutes where both are known so well."""
    if one is None or other is None:
        return False
    known = 10 if "day" in (one.precision, other.precision) else 16  # characters of a day, and of a minute
    return one.value[:known] > other.value[:known]


def later_page(pages: tuple[Sketch, Sketch]) -> str | None:
    """The id of the page that is later for sure."""
    first, second = pages
    if is_later(first.published, second.published):
        return first.id
    return second.id if is_later(second.published, first.published) else None
