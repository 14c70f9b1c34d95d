"""Damage to a page's words: characters that were lost or have no meaning, and what stands beside them.

Where such a character touches figures nobody can tell what the number was. The folded text shows all of it as U+FFFD,
which no rule matches: so no number, date or name is read from it or beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mingjian.core.model.page import Stretch
from mingjian.core.model.span import Pair

LOST = "\ufffd"
# Forms of writing: signs that print a character which could not be, and marks that some encoder left in its place.
_SQUARES = "□▯〓"
_FIGURES = frozenset("0123456789零〇一二两三四五六七八九十百千万亿兆%‰.,:/~+-年月日号时分")
_LOST = re.compile(
    r"https?://[^\s\u2e80-\uffff]+"
    rf"|\ufffd+|(?<=[0-9零〇一二两三四五六七八九十百千万亿年月])[{_SQUARES}]+|(?<![\s{_SQUARES}])[{_SQUARES}]+(?=[0-9%‰万亿元年月])"
    r"|(?<=[0-9])\?+(?=[0-9%‰万亿元年月日])|(?<=[0-9])\?{2,}|(?<![?？吗呢么吧啊呀])\?{2,}(?=[0-9%‰万亿元年月日])"
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]+")
_ICON = re.compile(r"/i\Z|icon", re.IGNORECASE)


def find_lost(folded: str) -> list[Pair]:
    """Where characters are lost: U+FFFD anywhere; squares and question marks where they stand for digits.

    >>> find_lost("增长1?%，投资??亿元，是2?5家；真的吗？？")
    [(3, 4), (8, 10), (15, 16)]
    >>> find_lost("□是 □否，见 https://a.example/?a=1?2，对吗??2025年")
    []
    """
    return [match.span() for match in _LOST.finditer(folded) if match[0][0] != "h"]


def find_private(text: str, stretches: Iterable[tuple[int, int, Stretch]]) -> tuple[list[Pair], list[Pair]]:
    """Where private-use characters stand, and apart from them the icons: an element of its own that is called one.

    Nobody but the page's font knows what they show, often digits. The stretches come with their places in this text.
    """
    places = [match.span() for match in _PRIVATE.finditer(text)]
    icons = {(start, end) for start, end, one in stretches if _ICON.search(one.path) or _ICON.search(one.marks)}
    return [pair for pair in places if pair not in icons], [pair for pair in places if pair in icons]


def mask(folded: str, places: Sequence[Pair]) -> str:
    """The folded text with U+FFFD for what stands at the places, and for the figures that touch them.

    >>> mask("增长3?亿元，共12项", [(3, 4)])
    '增长���元，共12项'
    """
    parts: list[str] = []
    reached = 0
    for start, end in places:
        low, high = _before(folded, start, reached), _behind(folded, max(end, reached))
        if high > reached:
            parts += (folded[reached:low], LOST * (high - max(low, reached)))
            reached = high
    parts.append(folded[reached:])
    return "".join(parts)


def _before(folded: str, place: int, floor: int) -> int:
    """Where the figures begin that end at the place, a space aside."""
    while place > floor and (
        folded[place - 1] in _FIGURES
        or (folded[place - 1] == " " and place - 1 > floor and folded[place - 2] in _FIGURES)
    ):
        place -= 1
    return max(place, floor)


def _behind(folded: str, place: int) -> int:
    """Where the figures end that begin at the place, a space aside."""
    length = len(folded)
    while place < length and (
        folded[place] in _FIGURES or (folded[place] == " " and place + 1 < length and folded[place + 1] in _FIGURES)
    ):
        place += 1
    return place
