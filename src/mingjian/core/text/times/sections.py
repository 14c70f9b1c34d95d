"""The year that the heading of a part of the page sets for all its paragraphs (一、2025年工作完成情况)."""

from __future__ import annotations

import msgspec

from mingjian.core.model.annotation import TimeExpression
from mingjian.core.model.article import HEADING_ROLES, Article
from mingjian.core.model.span import Pair

_NAMED = ("year", "half")  # 2025年, 2025年上半年
_OF_A_LOWER_LEVEL = "(（0123456789"  # what the headings of a part's own parts begin with


class Section(msgspec.Struct, frozen=True):
    """A part of the page whose heading names a year: it, its days, the place of the words, that of the heading."""

    year: int
    days: tuple[str, str]
    pair: Pair
    block: int


def section_from(article: Article, block: int, time: TimeExpression) -> Section | None:
    """The part that begins with a year in a heading, or None where the words are no year or stand elsewhere."""
    if article.body[block].role not in HEADING_ROLES or time.date.precision not in _NAMED:
        return None
    if not (time.date.start and time.date.end):
        return None
    return Section(int(time.date.start[:4]), (time.date.start, time.date.end), (time.start, time.end), block)


def still_in(article: Article, section: Section, block: int) -> bool:
    """Whether a block stands in the part: no heading of its level or above lies between."""
    between = article.body[section.block + 1 : block + 1]
    return all(each.role not in HEADING_ROLES or article.folded[each.start] in _OF_A_LOWER_LEVEL for each in between)
