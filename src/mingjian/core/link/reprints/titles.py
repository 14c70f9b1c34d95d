"""What the titles of two pages say of them."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby, pairwise, takewhile

from mingjian.core.link.reprints.settings import JudgingSettings
from mingjian.core.rulebook import Rulebook, bundled_rulebook


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


def are_of_one_form(first: str, second: str, settings: JudgingSettings) -> bool:
    """Whether the titles say of themselves that they are one form: with other numbers, or notices of other matters."""
    (frame, numbers), (other, others) = _numbered(first), _numbered(second)
    if frame == other:
        return numbers != others and len(frame) >= settings.filled_title * max(len(first), len(second))
    inside = first[:1] == second[:1] and first[-1:] == second[-1:]
    return inside and is_notice(first) and is_notice(second) and are_filled_otherwise(first, second, settings)


@lru_cache(maxsize=65536)
def is_notice(title: str, book: Rulebook | None = None) -> bool:
    """Whether the title is an official one, which nobody words otherwise."""
    return (book or bundled_rulebook()).cues("corpus/reprints")["notice"].search(title) is not None


@lru_cache(maxsize=65536)
def _numbered(title: str) -> tuple[str, tuple[str, ...]]:
    """The title with a mark for each number in it, one for figures and one for words, and the numbers."""
    parts = [(kind, "".join(held)) for kind, held in groupby(title, _number_mark)]
    return "".join(kind or held for kind, held in parts), tuple(held for kind, held in parts if kind)


def _number_mark(sign: str) -> str:
    return "0" if sign.isdecimal() else "1" if sign.isnumeric() else ""


def _alike_at_first(first: str, second: str) -> int:
    """How many characters are the same from the beginning on."""
    return sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(first, second, strict=False)))


@lru_cache(maxsize=65536)
def _bigrams(title: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(title)))
