"""Strings that are known to be numbers, as rules catch them: 3.5万亿, 两千四百五, 二〇二五."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from mingjian.core.text.numbers import NumberForms, read_number

_NOISE = re.compile(r"[,，\s]")
_FORMS = NumberForms(sign=False)


@lru_cache(maxsize=8192)
def parse_numeral(words: str) -> Decimal | None:
    """The value of a written number, the least of it where it is a range, or ``None`` where the words are no number.

    >>> parse_numeral("1,200"), parse_numeral("3.5万亿"), parse_numeral("两千四百五"), parse_numeral("二〇二五")
    (Decimal('1200'), Decimal('3500000000000'), Decimal('2450'), Decimal('2025'))
    """
    words = _NOISE.sub("", words).replace("○", "〇")
    number = read_number(words, 0, _FORMS)
    return number.value if number is not None and number.end == len(words) else None


def parse_digits(words: str) -> int:
    """The whole number that the words write, for words known to write one (``二十一`` is 21, ``09`` is 9).

    >>> parse_digits("二十一"), parse_digits("09")
    (21, 9)
    """
    if words.isascii() and words.isdecimal():
        return int(words)
    value = parse_numeral(words)
    return int(value) if value is not None else 0
