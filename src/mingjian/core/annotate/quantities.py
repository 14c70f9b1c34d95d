"""Quantities of the body: number, unit, comparator, normalised."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
_MORE = ("more", "more_after")
# Forms of writing, not words: what numerals and codes are written with.
_MAGNITUDE = re.compile(r"(?:万亿|[万亿])\Z")
_HAN_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+\Z")
_BARE_MAGNITUDE = re.compile(r"[百千万亿]+\Z")
_NOUN = re.compile(r"[“\"「]?[\u4e00-\u9fffA-Za-z0-9+\-·]{1,16}")
_MONEY = re.compile(r"[A-Z]{3}\Z")


class _Scene(msgspec.Struct, frozen=True):
    """The article with all that its quantities are read by."""

    article: Article
    units: Mapping[str, Entry]
    cues: Mapping[str, re.Pattern[str]]
    settings: Mapping[str, Any]


class _Number(msgspec.Struct, frozen=True):
    """A number as printed (``value``, with the ``magnitude`` that its unit carries) and in full."""

    value: Decimal
    full: Decimal
    magnitude: str


def annotate_quantities(
    article: Article, found: GroupFindings, times: Sequence[TimeExpression], units: Lexicon
) -> tuple[Quantity, ...]:
    """The quantities of the body in page order, none overlapping another nor a time expression nor inside a title."""
    scene = _Scene(article, _by_surface(units), found.cues, found.settings)
    titles = titles_of(article)
    quantities: list[Quantity] = []
    taken = 0
    for match in _outside(found.matches, times):
        if match.start < taken or inside(titles, match.start):
            continue
        quantity = _quantity(scene, match)
        if quantity is not None:
            quantities.append(quantity)
            taken = match.end
    return tuple(quantities)


def _outside(matches: Iterable[Match], times: Sequence[TimeExpression]) -> Iterator[Match]:
    """The matches that share no character with a time expression."""
    ends = [time.end for time in times]
    for match in matches:
        index = bisect_right(ends, match.start)
        if index == len(times) or times[index].start >= match.end:
            yield match


@cache
def _by_surface(units: Lexicon) -> Mapping[str, Entry]:
    return {surface: entry for entry in reversed(units.entries) for surface in reversed(entry.surfaces)}


def _quantity(scene: _Scene, match: Match) -> Quantity | None:
    shape = match.rule.fields["shape"]
    if shape in ("amount", "range"):
        return _measured(scene, match)
    return _unitless(scene, match, shape)


def _measured(scene: _Scene, match: Match) -> Quantity | None:
    """A number, or two, with a unit of the lexicon."""
    surface, place = match.group("unit") or "", match.span("unit") or (match.start, match.end)
    entry = scene.units.get(surface)
    low = _number(match, "number", "scale")
    if (
        entry is None
        or low is None
        or _is_other_word(scene, entry, place[1], match)
        or _is_no_quantity(scene, match, entry, low)
    ):
        return None
    high = _number(match, "number2", "scale2")
    if high is not None:
        low = _on_one_scale(low, high, match)
        if low.full >= high.full or not _is_one_measure(match, entry, scene.units):
            return None
    elif scene.cues["about"].match(match.group("number") or ""):
        low, high = _both_of_two(match)
    factor = Decimal(entry.fields["factor"]) * (-1 if match.group("minus") else 1)
    if match.group("half"):
        low = _Number(low.value + Decimal("0.5"), low.full + (low.full / low.value) / 2, low.magnitude)
    noun = _noun_after(scene, match)
    comparator: Comparator = "range" if high else _comparator(match)
    return Quantity(
        start=match.start,
        end=match.end,
        number=((match.span("number") or place)[0], place[1]),
        value=-low.value if match.group("minus") else low.value,
        value_max=high.value if high else None,
        unit=(high.magnitude if high else low.magnitude) + surface,
        normal_value=_plain(low.full * factor),
        normal_max=_plain(high.full * factor) if high else None,
        normal_unit=entry.fields["normal"],
        comparator=comparator,
        by=match.rule.id,
        noun=noun,
        structural=_is_structural(scene, match, entry, low),
        direction=_direction(scene, match),
    )


def _unitless(scene: _Scene, match: Match, shape: str) -> Quantity | None:
    """百分之六十, 三分之一, 翻一番, ￥1999."""
    low, high = _number(match, "number", "scale"), _number(match, "number2", "scale2")
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
        comparator="range" if high else _comparator(match),
        by=match.rule.id,
        direction=_direction(scene, match),
    )


def _number(match: Match, name: str, scale: str) -> _Number | None:
    words = match.group(name)
    if not words:
        return None
    value = parse_numeral(words)
    if value is None:
        return None
    magnitude = match.group(scale) or ""
    if magnitude:
        return _Number(value, value * (parse_numeral(magnitude) or 1), magnitude)
    tail = _MAGNITUDE.search(words)
    if tail and tail.start():
        head = parse_numeral(words[: tail.start()])
        if head is not None and head * (parse_numeral(tail.group()) or 1) == value:
            return _Number(head, value, tail.group())
    return _Number(value, value, "")


def _is_one_measure(match: Match, entry: Entry, units: Mapping[str, Entry]) -> bool:
    """Whether both numbers measure the same: 增长18%至125亿元 is no range."""
    first = units.get(match.group("unit_first") or "", entry)
    return first.fields["normal"] == entry.fields["normal"]


def _both_of_two(match: Match) -> tuple[_Number, _Number]:
    """二三十家: from twenty to thirty."""
    words = match.group("number") or ""
    factor = parse_numeral(match.group("scale") or "") or Decimal(1)
    low, high = (parse_numeral(digit + words[2:]) or Decimal(0) for digit in words[:2])
    magnitude = match.group("scale") or ""
    return _Number(low, low * factor, magnitude), _Number(high, high * factor, magnitude)


def _on_one_scale(low: _Number, high: _Number, match: Match) -> _Number:
    """1200至1700亿元: the lower number shares the magnitude of the higher."""
    factor = high.full / high.value if high.value else Decimal(1)
    if low.magnitude or factor == 1 or match.group("unit_first") or low.full >= high.value:
        return low
    return _Number(low.value, low.value * factor, high.magnitude)


def _plain(value: Decimal) -> Decimal:
    """The same number without an exponent and without zeros at its end."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _comparator(match: Match) -> Comparator:
    before, after = match.span("number"), match.span("unit")
    if before is None or before[0] > match.start:
        for name, comparator in _BEFORE:
            if match.group(name):
                return comparator
    if after is None or after[1] < match.end:
        for name, comparator in _AFTER:
            if match.group(name):
                return comparator
    if any(match.group(name) for name in _MORE):
        return ">"
    return "~" if match.group("level") else "="


def _is_other_word(scene: _Scene, entry: Entry, end: int, match: Match) -> bool:
    """Whether the unit is the beginning of another word: 3成立, 千米粉."""
    folded = scene.article.folded
    if end >= len(folded) or match.end > end:
        return False
    after = folded[end]
    latin = folded[end - 1].isascii() and folded[end - 1].isalpha()
    return after in entry.fields["unless"] or (latin and after.isascii() and after.isalnum())


def _is_no_quantity(scene: _Scene, match: Match, entry: Entry, low: _Number) -> bool:
    """一个, 一项: an article more than a number; 1080P: a picture format; 0家 is one."""
    words = match.group("number") or ""
    if words.startswith(("00", "零", "〇")) or scene.cues["digits-in-a-row"].match(words):
        return True
    if entry.id == "peta" and low.value in scene.settings["picture_heights"]:
        return True
    return (
        words == "一" and entry.fields["normal"] == "count" and not match.group("number2") and not match.group("scale")
    )


def _is_structural(scene: _Scene, match: Match, entry: Entry, low: _Number) -> bool:
    """Whether the number only says into how many parts the text divides its matter: 三大要素, 两方面, 千家万户."""
    kind = entry.fields["kind"]
    if kind == "structural":
        return True
    after = scene.article.folded[match.end : match.end + 8]
    if kind == "large":
        return not any(word in after for word in match.rule.fields.get("large_counted", ()))
    words = match.group("number") or ""
    if (
        _MONEY.match(entry.fields["normal"])
        or not _HAN_NUMERAL.match(words)
        or match.start != (match.span("number") or (0, 0))[0]
    ):
        return False
    if _BARE_MAGNITUDE.match(words):
        return _comparator(match) == "="
    return low.full <= 3 and entry.fields["normal"] == "count" and entry.name not in match.rule.fields.get("listed", ())


def _noun_after(scene: _Scene, match: Match) -> Pair | None:
    """The words counted: from the unit to the next mark or function word."""
    end = match.end
    found = _NOUN.match(scene.article.folded, end)
    if found is None:
        return None
    stop = scene.cues["noun-end"].search(found.group())
    width = stop.start() if stop else len(found.group())
    return (end, end + width) if width else None


def _direction(scene: _Scene, match: Match) -> Literal["up", "down"] | None:
    """Whether the words just before say that the number is a change."""
    if not match.rule.fields.get("change"):
        return None
    words = scene.article.folded[max(0, match.start - 4) : match.start].rstrip(scene.settings["before_change"])
    if words.endswith(tuple(scene.settings["up"])):
        return "up"
    return "down" if words.endswith(tuple(scene.settings["down"])) else None
