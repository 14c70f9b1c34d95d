"""Quantities of the body: number, unit, comparator, normalised."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Literal

import msgspec

from mingjian.core.model.annotation import Comparator, Quantity, TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.span import Pair
from mingjian.core.rulebook import Entry, Lexicon
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.numerals import parse_numeral
from mingjian.core.text.titles import inside, titles_of

_BEFORE: tuple[tuple[str, Comparator], ...] = (
    ("ge", ">="), ("le", "<="), ("gt", ">"), ("lt", "<"), ("near", "~<"), ("about", "~"), ("order", ">"),
)  # fmt: skip
_AFTER: tuple[tuple[str, Comparator], ...] = (
    ("tail_ge", ">="), ("tail_le", "<="), ("tail_lt", "<"), ("tail_about", "~"), ("tail_gt", ">"),
)  # fmt: skip
# Forms of writing, not words: what numerals and codes are written with.
_MAGNITUDE = re.compile(r"(?:万亿|[万亿])\Z")
_HAN_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+\Z")
_BARE_MAGNITUDE = re.compile(r"[百千万亿]+\Z")
_NOUN = re.compile(r"[“\"「]?[\u4e00-\u9fffA-Za-z0-9+\-·]{1,16}")
_MONEY = re.compile(r"[A-Z]{3}\Z")
_ONE = Decimal(1)
_FEW = 3


class _Unit(msgspec.Struct, frozen=True):
    """One unit of the lexicon with its factor as a number."""

    entry: Entry
    factor: Decimal
    normal: str
    unless: str
    kind: str
    is_money: bool


class _Scene(msgspec.Struct, frozen=True):
    """The folded text with all that its quantities are read by."""

    folded: str
    units: Mapping[str, _Unit]
    about: re.Pattern[str]
    digits_in_a_row: re.Pattern[str]
    noun_end: re.Pattern[str]
    up: tuple[str, ...]
    down: tuple[str, ...]
    settings: Mapping[str, Any]


class _Number(msgspec.Struct, frozen=True, gc=False):
    """A number as printed (``value``, with the ``magnitude`` that its unit carries) and in full."""

    value: Decimal
    full: Decimal
    magnitude: str


def annotate_quantities(
    article: Article, found: GroupFindings, times: Sequence[TimeExpression], units: Lexicon
) -> tuple[Quantity, ...]:
    """The quantities of the body in page order, none overlapping another nor a time expression nor inside a title."""
    if not found.matches:
        return ()
    cues, settings = found.cues, found.settings
    scene = _Scene(
        article.folded, _by_surface(units), cues["about"], cues["digits-in-a-row"], cues["noun-end"],
        tuple(settings["up"]), tuple(settings["down"]), settings,
    )  # fmt: skip
    titles = titles_of(article)
    ends = [time.end for time in times]
    quantities: list[Quantity] = []
    taken = 0
    for match in found.matches:
        start = match.start
        if start < taken or (titles and inside(titles, start)):
            continue
        index = bisect_right(ends, start)
        if index < len(ends) and times[index].start < match.end:
            continue
        quantity = _quantity(scene, match)
        if quantity is not None:
            quantities.append(quantity)
            taken = match.end
    return tuple(quantities)


@cache
def _by_surface(units: Lexicon) -> Mapping[str, _Unit]:
    """The units by their words; where two share words, the first of the lexicon."""
    found: dict[str, _Unit] = {}
    for entry in units.entries:
        fields = entry.fields
        is_money = _MONEY.match(fields["normal"]) is not None
        unit = _Unit(entry, Decimal(fields["factor"]), fields["normal"], fields["unless"], fields["kind"], is_money)
        for surface in entry.surfaces:
            found.setdefault(surface, unit)
    return found


def _quantity(scene: _Scene, match: Match) -> Quantity | None:
    shape = match.rule.fields["shape"]
    if shape in ("amount", "range"):
        return _measured(scene, match)
    return _unitless(scene, match, shape)


def _measured(scene: _Scene, match: Match) -> Quantity | None:
    """A number, or two, with a unit of the lexicon."""
    group = match.group
    surface, words, scale = group("unit") or "", group("number") or "", group("scale") or ""
    unit, low = scene.units.get(surface), _number(words, scale)
    if unit is None or low is None:
        return None
    number, place = match.span("number") or (match.start, match.end), match.span("unit") or (match.start, match.end)
    if _is_other_word(scene, unit, place[1], match) or _is_no_quantity(scene, unit, match, low):
        return None
    high = _number(group("number2"), group("scale2"))
    if high is not None:
        low = _on_one_scale(low, high, match)
        if low.full >= high.full or not _is_one_measure(match, unit, scene.units):
            return None
    elif scene.about.match(words):
        low, high = _both_of_two(words, scale)
    if group("half"):
        low = _Number(low.value + Decimal("0.5"), low.full + (low.full / low.value) / 2, low.magnitude)
    factor = -unit.factor if group("minus") else unit.factor
    comparator: Comparator = _comparator(match, number[0], place[1])
    return Quantity(
        start=match.start,
        end=match.end,
        number=(number[0], place[1]),
        value=-low.value if factor < 0 else low.value,
        value_max=high.value if high else None,
        unit=(high or low).magnitude + surface,
        normal_value=_plain(low.full * factor),
        normal_max=_plain(high.full * factor) if high else None,
        normal_unit=unit.normal,
        comparator="range" if high else comparator,
        by=match.rule.id,
        noun=_noun_after(scene, match.end) if unit.normal == "count" else None,
        structural=_is_structural(scene, match, unit, low.full, comparator),
        direction=_direction(scene, match),
    )


def _unitless(scene: _Scene, match: Match, shape: str) -> Quantity | None:
    """百分之六十, 三分之一, 翻一番, ￥1999."""
    low = _number(match.group("number"), match.group("scale"))
    high = _number(match.group("number2"), match.group("scale2"))
    number = low or _Number(Decimal(1), Decimal(1), "")
    value, unit, normal, factor = number.value, "%", "ratio", Decimal("0.01")
    if shape == "bare":
        unit, normal, factor = "", "count", Decimal(1)
    elif shape == "fraction":
        base = parse_numeral(match.group("base") or "") or Decimal(1)
        value, unit, factor = number.value / base, match.rule.fields["unit"], Decimal(1)
        number = _Number(value, value, "")
    elif shape == "doubling":
        unit, normal, factor = match.group("unit") or match.rule.fields["unit"], "times_increase", Decimal(1)
        doubles = unit == match.rule.fields["doubling_unit"]
        grown = Decimal(2) ** min(int(number.value), 20) - 1 if doubles else number.value
        number = _Number(value, grown, "")
    elif shape == "money_sign":
        unit = match.group("sign") or ""
        normal, factor = match.rule.fields["currencies"][unit], Decimal(1)
    before, after = match.span("number") or (-1, -1), match.span("unit") or (-1, -1)
    comparator: Comparator = _comparator(match, before[0], after[1])
    return Quantity(
        start=match.start,
        end=match.end,
        number=(match.start, match.end),
        value=value,
        value_max=high.value if high else None,
        unit=number.magnitude + unit,
        normal_value=_plain(number.full * factor),
        normal_max=_plain(high.full * factor) if high else None,
        normal_unit=normal,
        comparator="range" if high else comparator,
        by=match.rule.id,
        direction=_direction(scene, match),
    )


def _number(words: str | None, magnitude: str | None) -> _Number | None:
    """The number that the words write, with the magnitude behind them or at their own end."""
    value = parse_numeral(words) if words else None
    if not words or value is None:
        return None
    if magnitude:
        return _Number(value, value * (parse_numeral(magnitude) or 1), magnitude)
    tail = _MAGNITUDE.search(words) if words[-1] in "万亿" else None
    if tail and tail.start():
        head = parse_numeral(words[: tail.start()])
        if head is not None and head * (parse_numeral(tail.group()) or 1) == value:
            return _Number(head, value, tail.group())
    return _Number(value, value, "")


def _is_one_measure(match: Match, unit: _Unit, units: Mapping[str, _Unit]) -> bool:
    """Whether both numbers measure the same: 增长18%至125亿元 is no range."""
    return units.get(match.group("unit_first") or "", unit).normal == unit.normal


def _both_of_two(words: str, magnitude: str) -> tuple[_Number, _Number]:
    """二三十家: from twenty to thirty."""
    factor = parse_numeral(magnitude) or Decimal(1)
    low, high = (parse_numeral(digit + words[2:]) or Decimal(0) for digit in words[:2])
    return _Number(low, low * factor, magnitude), _Number(high, high * factor, magnitude)


def _on_one_scale(low: _Number, high: _Number, match: Match) -> _Number:
    """1200至1700亿元: the lower number shares the magnitude of the higher."""
    factor = high.full / high.value if high.value else Decimal(1)
    if low.magnitude or factor == 1 or match.group("unit_first") or low.full >= high.value:
        return low
    return _Number(low.value, low.value * factor, high.magnitude)


def _plain(value: Decimal) -> Decimal:
    """The same number without an exponent and without zeros at its end."""
    whole = value.to_integral_value()
    return whole.quantize(_ONE) if value == whole else value.normalize()


def _comparator(match: Match, number: int, end: int) -> Comparator:
    """What the words before the number's place and behind the unit's end say of it."""
    group = match.group
    if number != match.start:
        for name, comparator in _BEFORE:
            if group(name):
                return comparator
    if end != match.end:
        for name, comparator in _AFTER:
            if group(name):
                return comparator
    if group("more") or group("more_after"):
        return ">"
    return "~" if group("level") else "="


def _is_other_word(scene: _Scene, unit: _Unit, end: int, match: Match) -> bool:
    """Whether the unit is the beginning of another word: 3成立, 千米粉."""
    folded = scene.folded
    if match.end > end or end >= len(folded):
        return False
    after = folded[end]
    if after in unit.unless:
        return True
    return after.isascii() and after.isalnum() and folded[end - 1].isascii() and folded[end - 1].isalpha()


def _is_no_quantity(scene: _Scene, unit: _Unit, match: Match, low: _Number) -> bool:
    """一个, 一项: an article more than a number; 1080P: a picture format; 0家 is one."""
    words = match.group("number") or ""
    if unit.entry.id == "peta" and low.value in scene.settings["picture_heights"]:
        return True
    if words == "一":
        return unit.normal == "count" and not match.group("number2") and not match.group("scale")
    return words.startswith(("00", "零", "〇")) or scene.digits_in_a_row.match(words) is not None


def _is_structural(scene: _Scene, match: Match, unit: _Unit, full: Decimal, comparator: Comparator) -> bool:
    """Whether the number only says into how many parts the text divides its matter: 三大要素, 两方面, 千家万户."""
    if unit.kind == "structural":
        return True
    if unit.kind == "large":
        after = scene.folded[match.end : match.end + 8]
        return not any(word in after for word in match.rule.fields.get("large_counted", ()))
    words = match.group("number") or ""
    if unit.is_money or not _HAN_NUMERAL.match(words) or match.start != (match.span("number") or (0, 0))[0]:
        return False
    if _BARE_MAGNITUDE.match(words):
        return comparator == "="
    return full <= _FEW and unit.normal == "count" and unit.entry.name not in match.rule.fields.get("listed", ())


def _noun_after(scene: _Scene, end: int) -> Pair | None:
    """The words counted: from the unit to the next mark or function word."""
    found = _NOUN.match(scene.folded, end)
    if found is None:
        return None
    stop = scene.noun_end.search(scene.folded, end, found.end())
    last = stop.start() if stop else found.end()
    return (end, last) if last > end else None


def _direction(scene: _Scene, match: Match) -> Literal["up", "down"] | None:
    """Whether the words just before say that the number is a change."""
    if not match.rule.fields.get("change"):
        return None
    words = scene.folded[max(0, match.start - 4) : match.start].rstrip(scene.settings["before_change"])
    if words.endswith(scene.up):
        return "up"
    return "down" if words.endswith(scene.down) else None
