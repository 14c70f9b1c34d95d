"""What the titles of two pages say of them."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise, takewhile

from mingjian.core.link.reprints.settings import JudgingSettings


def title_likeness(first: str, second: str) -> float | None:
    """The share of the shorter title's pairs of characters that the other has, ``None`` where either has none.

    Titles are as ``compared_title`` gives them.
    """
    one, two = _bigrams(first), _bigrams(second)
    if not one or not two:
        return None
    return len(one & two) / min(len(one), len(two))


def are_filled_otherwise(first: str, second: str, settings: JudgingSettings) -> bool:
    """Whether the titles are the same but for one place, at which both have other words."""
    before = _alike_at_first(first, second)
    behind = _alike_at_first(first[before:][::-1], second[before:][::-1])
    shorter, longer = sorted((len(first), len(second)))
    least = settings.filled_least
    return shorter - before - behind >= least and before + behind >= settings.filled_title * longer


def _alike_at_first(first: str, second: str) -> int:
    """How many characters are the same from the beginning on."""
    return sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(first, second, strict=False)))


@lru_cache(maxsize=65536)
def _bigrams(title: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(title)))
