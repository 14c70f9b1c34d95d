"""Numbers by themselves: ranks, dozens, and bounds of numbers."""

from __future__ import annotations

import msgspec

from mingjian.core.model.annotation import Comparator
from mingjian.core.text.framing import Found
from mingjian.core.text.numbers import Number, without_exponent
from mingjian.core.text.quantities.amounts import Amount, RangeEnds, SpokenQuantity
from mingjian.core.text.quantities.reading import Page, numbered
from mingjian.core.text.tokens import Token

_BOTH = 2


def _kind(found: Found) -> str:
    return str(found.frame.fields["kind"])


def _whole(page: Page, found: Found, token: Token) -> Amount:
    """The number as an amount that takes up all that was found; a share is a number too."""
    place = (found.tokens[0].start, found.tokens[-1].end)
    return msgspec.structs.replace(numbered(page, token.value), place=place, share=0)


def number(page: Page, found: Found) -> SpokenQuantity | None:
    """A number, or a rank."""
    token = found.one("number")
    return None if token is None else SpokenQuantity((_whole(page, found, token),), kind=_kind(found))


def figured_number(page: Page, found: Found) -> SpokenQuantity | None:
    """A number with a figure in it: 百三, but no 百万."""
    spoken = number(page, found)
    return None if spoken is None or spoken.amounts[0].bare else spoken


def numerator(page: Page, found: Found) -> SpokenQuantity | None:
    """五十五 in 百分之五十五."""
    token = found.one("number")
    mark: str = page.settings["share_mark"]
    words = page.said(token) if token is not None else ""
    if token is None or not words.startswith(mark, 1) or words[0] not in page.settings["percent_figures"]:
        return None
    start = token.start + 1 + len(mark)
    value = without_exponent(token.value.value * token.value.denominator)
    return SpokenQuantity((Amount((start, token.end), (start, token.end), value, value),), kind=_kind(found))


def multiplied(page: Page, found: Found) -> SpokenQuantity | None:
    """五打."""
    token, word = found.one("number"), found.one("multiple")
    if token is None or word is None:
        return None
    whole, times = _whole(page, found, token), int(word.value["times"])
    return SpokenQuantity(
        (msgspec.structs.replace(whole, value=whole.value * times, low=whole.low * times),), kind=_kind(found)
    )


def counted(page: Page, found: Found) -> SpokenQuantity | None:
    """1个."""
    unit = found.one("unit")
    known = unit is not None and unit.value.unit.id == page.settings["plain_counter"]
    return number(page, found) if known else None


def abbreviated(page: Page, found: Found) -> bool | None:
    """一折, 五美元: what a suite does not take for a number with a unit; 五元 is one."""
    unit = found.one("unit")
    if unit is None:
        return None
    money = unit.value.unit.is_money and len(unit.value.written) > 1
    return True if money or unit.value.unit.id == page.settings["discount"] else None


def bounded(page: Page, found: Found) -> SpokenQuantity | None:
    """大于二十的同时小于等于三十五, 三十以上, 一千到一千五百."""
    numbers = [token for token in found.tokens if isinstance(token.value, Number)]
    said: list[Comparator] = [word.value["is"] for word in found.tokens if word.by in _BOUNDS and "is" in word.value]
    if len(numbers) < _BOTH:
        whole = _whole(page, found, numbers[0])
        return SpokenQuantity((whole,), said[0], kind=_kind(found))
    low, high, bounds = numbers[0].value.value, numbers[1].value.value, _bounds_of(said)
    if bounds is None:
        return None
    if said and said[0].startswith("<"):
        low, high = high, low
    if low >= high:
        return None
    whole = msgspec.structs.replace(_whole(page, found, numbers[0]), value=low, low=low, most=high, high=high)
    return SpokenQuantity((whole,), "range", kind=_kind(found), bounds=bounds)


_BOUNDS = ("bound", "bound-after", "comparing")


def _bounds_of(said: list[Comparator]) -> RangeEnds | None:
    """Which ends belong to the range; without words the first alone."""
    if not said:
        return "[)"
    lower = [word for word in said if word.startswith(">")]
    upper = [word for word in said if word.startswith("<")]
    if len(lower) != 1 or len(upper) != 1:
        return None
    if lower[0] == ">=":
        return "[]" if upper[0] == "<=" else "[)"
    return "(]" if upper[0] == "<=" else "()"


def vague(page: Page, found: Found) -> SpokenQuantity | None:
    """十几万: more than ten of them."""
    token = found.tokens[0]
    if not found.has("more") and not token.value.more:
        return None
    return SpokenQuantity(
        (msgspec.structs.replace(_whole(page, found, token), most=None, high=None),), ">", kind=_kind(found)
    )
