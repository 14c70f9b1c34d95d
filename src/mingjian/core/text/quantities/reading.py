"""Amounts of the tokens that a frame found."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from mingjian.core.text.exactness import quotient
from mingjian.core.text.framing import Found
from mingjian.core.text.numbers import Number, without_exponent
from mingjian.core.text.numerals import parse_numeral
from mingjian.core.text.quantities.amounts import Amount, UnitWord
from mingjian.core.text.quantities.conventions import QuantityConventions
from mingjian.core.text.tokens import Token
from mingjian.core.text.units import Unit, UnitTable, amount_of, bare_part, next_unit

_MAGNITUDES = "百千万亿兆"
_FEW = "几数好"
_SOME = "几数"
_HUNDRED = 100
_TEN = 10
_GROUP = 3
_HALF = Decimal("0.5")
_STEPS = {"百": 100, "千": 1000}


class Page(msgspec.Struct, frozen=True, eq=False):
    """The text that is read, and what it is read by."""

    folded: str
    units: UnitTable
    conventions: QuantityConventions
    settings: Any

    def said(self, token: Token) -> str:
        """The words of a token."""
        return self.folded[token.start : token.end]


def joined_number(page: Page, found: Found) -> Number | None:
    """``1 200``: a blank parts groups of three figures."""
    first, last = found.tokens[0].value, found.tokens[1].value
    if not isinstance(first, Number) or not isinstance(last, Number):
        return None
    if first.end == last.start and page.folded[last.start] in _SOME:
        return _and_some(page, first, last)
    figures = page.folded[last.start : last.end]
    close = last.start == first.end + 1 and first.end - first.start <= _GROUP
    grouped = len(figures) >= _GROUP and figures[:_GROUP].isdecimal() and not figures[_GROUP : _GROUP + 1].isdecimal()
    if not close or not grouped or first.form != "integer" or first.value <= 0:
        return None
    factor = last.value / last.head if last.head else Decimal(1)
    head = first.value * 1000 + last.head
    return msgspec.structs.replace(last, start=first.start, value=head * factor, head=head)


def _and_some(page: Page, first: Number, last: Number) -> Number | None:
    """``20几万``: twenty and some."""
    magnitude = page.folded[last.start + 1 : last.end]
    factor = parse_numeral(magnitude) if magnitude and not magnitude.strip(_MAGNITUDES) else None
    if factor is None or first.magnitude or first.form != "integer" or first.value % _TEN:
        return None
    value = first.value * factor
    return msgspec.structs.replace(
        last, start=first.start, value=value, value_max=value + _TEN * factor, more=True, magnitude=magnitude,
        head=first.value,
    )  # fmt: skip


def interposed(page: Page, found: Found) -> Number | None:
    """``3个多亿``: a classifier and a word for more between a number and its magnitude."""
    first, last, unit = found.tokens[0].value, found.tokens[-1].value, found.one("unit")
    if not isinstance(first, Number) or not isinstance(last, Number):
        return None
    magnitude = page.said(found.tokens[-1])
    counter = unit is not None and unit.value.unit.id == page.settings["plain_counter"]
    if not counter or magnitude.strip(_MAGNITUDES) or first.value_max is not None or first.magnitude:
        return None
    value = first.value * last.value
    return msgspec.structs.replace(
        last, start=first.start, value=value, head=first.value, magnitude=magnitude, more=True
    )


def amount(page: Page, found: Found) -> Amount | None:
    """A number with a unit behind or before it."""
    token, unit, before = found.one("number"), found.one("unit"), found.one("prefix")
    if token is None:
        return None
    word: UnitWord | None = unit.value if unit is not None else before.value if before is not None else None
    if unit is not None and before is not None and not _agree(before.value, unit.value):
        return None
    plain = numbered(page, token.value)
    plain = _negative(plain) if found.has("below") else plain
    more = plain.more or found.has("more")
    place = (found.tokens[0].start, found.tokens[-1].end)
    written = page.folded[unit.start : unit.end] if unit is not None else word.written if word else ""
    whole = msgspec.structs.replace(plain, place=place, unit=word.unit if word else None, written=written, more=more)
    whole = up_to_next(whole) if more and page.conventions.few == "range" else whole
    return with_half(whole) if found.has("half") else _as_discount(page, whole)


def _negative(plain: Amount) -> Amount:
    """零下20."""
    return msgspec.structs.replace(plain, value=-plain.value, low=-plain.low)


def up_to_next(whole: Amount) -> Amount:
    """100多元 is less than 200, 三千余 less than 4000: up to the next round number of the same kind."""
    if whole.high is not None or whole.low <= 0 or whole.low % 1:
        return whole
    step = Decimal(1).scaleb(len(str(int(whole.low))) - len(str(int(whole.low)).rstrip("0")))
    factor = whole.low / whole.value
    return msgspec.structs.replace(whole, high=whole.low + step, most=(whole.low + step) / factor)


def _agree(before: UnitWord, behind: UnitWord) -> bool:
    return before.unit.normal == behind.unit.normal


def with_half(whole: Amount) -> Amount | None:
    """三斤半."""
    if whole.most is not None or not whole.value:
        return None
    scale = whole.low / whole.value
    return msgspec.structs.replace(whole, value=whole.value + _HALF, low=whole.low + _HALF * scale)


def numbered(page: Page, number: Number) -> Amount:
    """The number alone as an amount."""
    words = page.folded[number.start : number.end]
    value, low = (number.head, number.value) if number.magnitude else (number.value, number.value)
    few = words[0] in _FEW and number.more
    high = number.value_max
    factor = low / value if value else Decimal(1)
    if few and page.conventions.few == "order":
        value, low, high = value / 2, low / 2, None
    elif few:
        value, low = value / 2, low / 2
    elif number.more and page.conventions.few == "order":
        high = None
    return Amount(
        words=(number.start, number.end),
        place=(number.start, number.end),
        value=value,
        low=low,
        magnitude=number.magnitude,
        most=high / factor if high is not None else None,
        high=high,
        more=number.more and not few,
        few=few,
        bare=not words.strip(_MAGNITUDES),
        share=number.denominator or 0,
    )


def share(page: Page, found: Found) -> Amount | None:
    """三分之一, 百分之六十; with a unit of measure so much of it: 四分之一公升."""
    token, unit = found.one("fraction"), found.one("unit")
    if token is None:
        return None
    plain = msgspec.structs.replace(numbered(page, token.value), place=(token.start, found.tokens[-1].end))
    plain = msgspec.structs.replace(plain, more=plain.more or found.has("more"))
    if unit is not None:
        return msgspec.structs.replace(plain, unit=unit.value.unit, written=unit.value.written, share=0)
    if plain.share != _HUNDRED:
        words = page.settings["share_mark"]
        spoken = words in page.said(token)
        return msgspec.structs.replace(plain, written=words) if spoken else None
    return _percent(page, plain)


def _percent(page: Page, plain: Amount) -> Amount:
    """百分之六十 is 60 %."""
    unit = page.units.by_id["percent"]
    low, high = _hundredfold(plain.low), _hundredfold(plain.high) if plain.high is not None else None
    return msgspec.structs.replace(plain, value=low, low=low, most=high, high=high, unit=unit, written=unit.name)


def _hundredfold(value: Decimal) -> Decimal:
    return without_exponent(value * _HUNDRED)


def compound(page: Page, found: Found) -> Amount | None:
    """五元六角三分, 3斤5两, 五块六, 一米七五: the sum in the first unit."""
    bare = found.one("part")
    numbers = [token for token in found.tokens if isinstance(token.value, Number) and token is not bare]
    units = [token for token in found.tokens if isinstance(token.value, UnitWord) and not token.value.ahead]
    if any(token.value.value_max is not None or token.value.more for token in numbers):
        return None
    first: UnitWord = units[0].value
    parts = [(token.value.value, unit.value.unit) for token, unit in zip(numbers, units, strict=True)]
    total = amount_of(parts)
    if total is None or (bare is None and len(parts) == 1):
        return None
    if bare is not None:
        last = _bare(page, bare, parts[-1][1])
        if last is None:
            return None
        total += last
    if found.has("half"):
        total += parts[-1][1].factor / 2
    value = quotient(total, first.unit.factor)
    place = (found.tokens[0].start, found.tokens[-1].end)
    words = (numbers[0].start, numbers[0].end)
    return Amount(words, place, value, value, unit=first.unit, written=first.written)


def _bare(page: Page, token: Token, unit: Unit) -> Decimal | None:
    """What bare figures behind a unit add, in the normal unit."""
    return bare_part(page.said(token), unit, page.units) if next_unit(unit, page.units) is not None else None


def stretch(page: Page, found: Found) -> Amount | None:
    """From one amount to another of the same measure: 2—3个, 1200至1700亿元, 10%至20%."""
    first, last = _amount_of(page, found.one("low")), _amount_of(page, found.one("high"))
    if first is None or last is None:
        return None
    if last.unit is None and first.unit is not None:
        if not first.share or last.written:
            return None
        last = msgspec.structs.replace(last, unit=first.unit, written=first.written)
    if first.unit is not None and last.unit is not None and first.unit.normal != last.unit.normal:
        return None
    if first.unit is None:
        first = on_one_scale(page, first, last)
    return _from_to(first, last, (found.tokens[0].start, found.tokens[-1].end))


def _amount_of(page: Page, token: Token | None) -> Amount | None:
    if token is None:
        return None
    value = token.value
    return value if isinstance(value, Amount) else numbered(page, value)


def _from_to(first: Amount, last: Amount, place: tuple[int, int]) -> Amount | None:
    units = (first.unit, last.unit) if first.unit is not None and last.unit is not None else None
    ratio = quotient(units[0].factor, units[1].factor) if units else Decimal(1)
    low, high = first.low * ratio, last.high if last.high is not None else last.low
    if low >= high or first.high is not None:
        return None
    value = first.value if ratio == 1 and first.magnitude == last.magnitude else _in_magnitude_of(last, low)
    return msgspec.structs.replace(
        last, words=first.words, place=place, value=value, most=last.most or last.value, low=low, high=high, bare=False
    )


def _in_magnitude_of(last: Amount, low: Decimal) -> Decimal:
    """The lower number as it were written with the magnitude of the higher: 9000万至1.2亿 is from 0.9 to 1.2 亿."""
    return without_exponent(quotient(low * last.value, last.low)) if last.low else low


def on_one_scale(page: Page, first: Amount, last: Amount) -> Amount:
    """1200至1700亿元, 两到三百个: the lower number shares the magnitude of the higher."""
    factor, head = last.low / last.value if last.value else Decimal(1), last.value
    if factor == 1:
        factor = Decimal(_STEPS.get(page.folded[last.words[1] - 1], 1))
        head = last.low / factor
    if factor == 1 or first.magnitude or first.low >= head:
        return first
    return msgspec.structs.replace(first, low=first.low * factor, magnitude=last.magnitude)


def neighbours(page: Page, found: Found) -> Amount | None:
    """两、三个: two figures side by side mean from the one to the other."""
    first, last = found.one("low"), _amount_of(page, found.one("high"))
    if first is None or last is None:
        return None
    low = numbered(page, first.value)
    scaled = on_one_scale(page, low, last)
    return _from_to(scaled, last, (found.tokens[0].start, found.tokens[-1].end)) if low.low + 1 == last.value else None


def listed(page: Page, found: Found) -> tuple[Amount, ...] | None:
    """3、5和8个: every number of the list has the unit of the last."""
    last = _amount_of(page, found.one("last"))
    if last is None or last.unit is None or last.high is not None:
        return None
    amounts = []
    for token in found.tokens:
        if not isinstance(token.value, Number):
            continue
        plain = numbered(page, token.value)
        amounts.append(msgspec.structs.replace(plain, unit=last.unit, written=last.written))
    return (*amounts, last)


def power_of_two(page: Page, found: Found) -> Amount | None:
    """翻一番, 翻两倍, 翻番: what it grows by."""
    count, mark = found.one("number"), found.one("mark")
    if mark is None:
        return None
    plain = numbered(page, count.value) if count is not None else None
    number = plain.value if plain is not None else Decimal(1)
    place = (found.tokens[0].start, found.tokens[-1].end)
    words = plain.words if plain is not None else place
    multiple = isinstance(mark.value, UnitWord)
    doubles = not multiple and bool(mark.value.get("doubles"))
    if plain is not None and (plain.high is not None or number <= 0 or (doubles and number != int(number))):
        return None
    grown = Decimal(2) ** min(int(number), 20) - 1 if doubles else number
    unit = page.units.by_id["times"]
    return Amount(
        words, place, number, grown, unit=unit, written=mark.value.written if multiple else mark.value["unit"]
    )


def figures(page: Page, found: Found) -> Amount | None:
    """两位数: a growth of ten per cent at least."""
    token = found.one("number")
    if token is None or token.value.value_max is not None or not 1 <= token.value.value <= 4:
        return None
    value = Decimal(10) ** (int(token.value.value) - 1)
    unit, place = page.units.by_id["percent"], (found.tokens[0].start, found.tokens[-1].end)
    return Amount((token.start, token.end), place, value, value, unit=unit, written=unit.name, bare=True)


def with_unit(page: Page, whole: Amount) -> Amount:
    """The amount in the unit that the whole text is about."""
    whole = up_to_next(whole) if whole.more and page.conventions.few == "range" else whole
    unit = page.units.by_id.get(page.conventions.unit)
    return whole if unit is None else msgspec.structs.replace(whole, unit=unit, written=unit.name)


def percentage(page: Page, found: Found) -> Amount | None:
    """千分之一 as 0.1 %, 半折 as 50 %."""
    token, unit = found.one("fraction"), found.one("unit")
    if token is None:
        return None
    whole = msgspec.structs.replace(numbered(page, token.value), place=(token.start, found.tokens[-1].end))
    if unit is not None:
        half = whole if unit.value.unit.id == page.settings["discount"] else None
        return _percent(page, half) if half is not None else share(page, found)
    spoken = "".join(page.said(token).split()).partition(page.settings["share_mark"])
    return _percent(page, whole) if spoken[1] and spoken[0] in tuple(page.settings["percent_figures"]) else None


def discount(page: Page, found: Found) -> Amount | None:
    """7 2 折 is 72 %."""
    first, last, unit = found.one("first"), found.one("last"), found.one("unit")
    if first is None or last is None or unit is None or unit.value.unit.id != page.settings["discount"]:
        return None
    value = first.value.value + last.value.value / 10
    place = (first.start, unit.end)
    return Amount((first.start, last.end), place, value, value, unit=unit.value.unit, written=unit.value.written)


def _as_discount(page: Page, whole: Amount) -> Amount | None:
    """75折: two figures are hundredths; ten tenths are no discount."""
    if whole.unit is None or whole.unit.id != page.settings["discount"] or whole.low < _TEN:
        return whole
    if whole.low == _TEN or whole.low >= _HUNDRED:
        return None
    return msgspec.structs.replace(whole, value=whole.value / 10, low=whole.low / 10)
