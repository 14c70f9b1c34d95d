"""Numbers as Chinese pages write them: Arabic, Chinese, and both mixed (3.5万亿, 两千四百五, 二〇二五)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

# The digits of the script, as formal as 0 to 9.
_DIGITS = {character: value for value, row in enumerate(
    ("零〇○", "一壹", "二两贰俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
) for character in row}  # fmt: skip
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GREAT = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_TOKEN = re.compile(
    r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+|[零〇○一壹二两贰俩三叁仨四肆五伍六陆七柒八捌九玖]+|[十拾百佰千仟万亿兆廿卅卌]"
)
_NOISE = re.compile(r"[,，\s]")


@lru_cache(maxsize=8192)
def parse_numeral(words: str) -> Decimal | None:
    """The value of a written number, or ``None`` where the words are no number.

    >>> parse_numeral("1,200"), parse_numeral("3.5万亿"), parse_numeral("两千四百五"), parse_numeral("二〇二五")
    (Decimal('1200'), Decimal('3500000000000'), Decimal('2450'), Decimal('2025'))
    """
    if words.isascii() and words.isdecimal():
        return Decimal(words)
    words = _NOISE.sub("", words)
    whole, point, fraction = words.partition("点")
    if point:
        return _with_fraction(whole, fraction)
    if not words or _TOKEN.sub("", words):
        return None
    tokens = _TOKEN.findall(words)
    value = _sum_of(tokens) if len(tokens) > 1 or tokens[0] in _GREAT or tokens[0] in _SMALL else _alone(tokens[0])
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def parse_digits(words: str) -> int:
    """The whole number that the words write, for words known to write one (``二十一`` is 21, ``09`` is 9).

    >>> parse_digits("二十一"), parse_digits("09")
    (21, 9)
    """
    if words.isascii() and words.isdecimal():
        return int(words)
    value = parse_numeral(words)
    return int(value) if value is not None else 0


def _with_fraction(whole: str, fraction: str) -> Decimal | None:
    """``三点五``, ``三点五万``: digits after the point, then perhaps a magnitude."""
    digits = fraction.rstrip("".join((*_SMALL, *_GREAT)))
    head = parse_numeral(whole) if whole else Decimal(0)
    if head is None or not digits or any(character not in _DIGITS and not character.isdigit() for character in digits):
        return None
    tail = Decimal("0." + "".join(str(_DIGITS.get(character, character)) for character in digits))
    factor = parse_numeral(fraction[len(digits) :]) if len(digits) < len(fraction) else Decimal(1)
    return None if factor is None else (head + tail) * factor


def _alone(token: str) -> Decimal:
    """The value of figures that no ten, hundred … follows."""
    return Decimal(_TENS[token]) if token in _TENS else _digits_of(token)


def _sum_of(tokens: list[str]) -> Decimal:
    total = section = Decimal(0)
    current: Decimal | None = None
    unit = 1
    for token in tokens:
        if token in _GREAT:
            unit = _GREAT[token]
            below = section + (current or 0)
            total, section = _times_great(total, below, unit), Decimal(0)
            current = None
        elif token in _SMALL:
            unit = _SMALL[token]
            section += (1 if current is None else current) * unit
            current = None
        elif token in _TENS:
            section += _TENS[token]
            unit = 10
        else:
            current = _digits_of(token)
            unit = 1 if token[0] in "零〇○" else unit
    if current is not None and unit >= 100 and tokens[-1] in _DIGITS:
        current *= unit // 10
    return total + section + (current or 0)


def _times_great(total: Decimal, below: Decimal, unit: int) -> Decimal:
    """亿 multiplies all before it (三万五千亿), 万 only what follows the last 亿 (1亿2千万)."""
    if total and (total < unit or not below):
        return (total + below) * unit
    return total + (below or 1) * unit


def _digits_of(token: str) -> Decimal:
    if token[0].isdigit() or token[0] == ".":
        return Decimal(token)
    return Decimal("".join(str(_DIGITS[character]) for character in token))
