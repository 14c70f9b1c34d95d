"""What the parts of a frame say together: a moment, a length of time, or a stretch between two moments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

import msgspec

from mingjian.core.text.almanac import reign_year
from mingjian.core.text.framing import Found
from mingjian.core.text.numbers import Number
from mingjian.core.text.times.moments import Length, LengthUnit, Moment, merged
from mingjian.core.text.times.spoken import Stretch
from mingjian.core.text.tokens import Token

Part = Moment | Length | Stretch

_HALF = Decimal("0.5")
_MINUTES_OF_A_QUARTER = 15
_FIGURES_OF_A_MINUTE = 2
_LAST_CENTURY = 30
_UNITS = ("Y", "Q", "M", "W", "B", "D", "N", "TH", "TM", "TS")
_FIRST_LONG_YEAR = 100  # years below are written with two figures
_MOST_FIVES = 10  # 三点十 is ten past
_COUNTED_INSIDE = ("D", "W", "M", "Y")  # what may be counted inside a year or month, or from today
_LIKE_A_YEAR = (1900, 3000)  # so many years are a year
# How many of which unit a word of a length is, where it is more than one of it.
_COMPOSITE: Mapping[str, tuple[LengthUnit, Decimal]] = {
    "Y/2": ("Y", _HALF),
    "TK": ("TM", Decimal(15)),
    "T5": ("TM", Decimal(5)),
}


def make_part(found: Found) -> Part | None:
    """What the parts of a frame say; None where they contradict one another."""
    return _MADE.get(found.frame.fields.get("make", found.frame.gives), _moment)(found)


def _moment(found: Found) -> Moment | None:
    """All parts of the frame as one moment."""
    moment = merged_parts(found, _is_common)
    if moment is not None and moment.holiday is not None and moment.day_shift is not None and not moment.chain:
        return None
    return moment


def _is_common(name: str) -> bool:
    return name.partition(".")[0] not in ("first", "last", "mark", "now")


def merged_parts(found: Found, wanted: Callable[[str], bool]) -> Moment | None:
    """The parts whose names are wanted, as one moment; None where they contradict one another."""
    moments: list[Moment] = []
    for name, token in found.parts():
        if wanted(name):
            moments += _says(name.rpartition(".")[2], token)
    return merged(*moments)


def _says(name: str, token: Token) -> Iterable[Moment]:
    """What one part says of a moment; a word that only marks a number says nothing."""
    value = token.value
    if isinstance(value, Moment):
        return (value,)
    if not isinstance(value, Number):
        return _MARKS.get(name, ())
    number = int(value.value)
    return (_numbered(name, number),)


_MARKS: Mapping[str, Iterable[Moment]] = {
    "半": (Moment(minute=30),), "闰": (Moment(leap=True),), "农历": (Moment(lunar=True),),
    "sunday": (Moment(weekday=6),), "底": (Moment(weekend=True),),
}  # fmt: skip


@lru_cache(maxsize=4096)
def _numbered(name: str, number: int) -> Moment:
    name = name.removesuffix("-number")
    if name == "year-short":
        return Moment(year=number, short_year=True)
    if name == "weekday":
        return Moment(weekday=number - 1)
    return msgspec.convert({name: number}, Moment)


def _stretch(found: Found) -> Stretch | None:
    """From the parts named first to those named last; what has neither name belongs to the first."""
    now = found.one("now")
    if now is not None:
        to = found.one("last")
        return Stretch(None, to.value) if to is not None and now.value.ref == "PRESENT_REF" else None
    common = merged_parts(found, _is_common)
    first = merged_parts(found, lambda name: name.partition(".")[0] == "first")
    inner = next((token.value for _, token in found.parts() if isinstance(token.value, Stretch)), None)
    if common is None or first is None:
        return None
    if inner is not None:
        whole = None if inner.first is None else merged(common, inner.first)
        return None if whole is None else Stretch(whole, inner.last)
    whole = merged(common, first)
    if whole is None:
        return None
    if found.has("vague") or found.has("至今"):
        return Stretch(whole, None)
    last = merged_parts(found, lambda name: name.partition(".")[0] == "last")
    return None if last is None else Stretch(whole, last)


def _length(found: Found) -> Length | None:
    """Numbers and units in turn; half a unit more, or more of it, where the words say so."""
    parts: list[tuple[LengthUnit, Decimal]] = []
    count: Number | None = None
    low: Number | None = None
    more = vague = False
    most: Decimal | None = None
    for token in found.tokens:
        value = token.value
        if isinstance(value, Number):
            low, count = count, value
            most, more = value.value_max, more or (value.more and value.value_max is None)
            vague = vague or (value.value_max is not None and value.end - value.start == 1)
        elif isinstance(value, Moment):
            low = count = None
        elif isinstance(value, Mapping):
            if "unit" in value:
                parts.append(_counted(value["unit"], low or count))
                most = count.value if low is not None and count is not None else most
                low = count = None
            if "half_unit" in value and parts:
                parts[-1] = (parts[-1][0], parts[-1][1] + _HALF)
            more, vague = more or "more" in value, vague or "some" in value
    order = [_UNITS.index(unit) for unit, _ in parts]
    if (
        not parts
        or order != sorted(set(order))
        or (parts[0][0] == "Y" and _LIKE_A_YEAR[0] <= parts[0][1] < _LIKE_A_YEAR[1])
    ):
        return None
    return Length(tuple(parts), most, more, vague)


def _counted(unit: str, count: Number | None) -> tuple[LengthUnit, Decimal]:
    number = Decimal(1) if count is None else count.value
    known, factor = _COMPOSITE.get(unit, (unit, Decimal(1)))
    return known, number * factor  # type: ignore[return-value]


def _clock(found: Found) -> Moment | None:
    hour, quarter, fives = found.one("hour-number"), found.one("quarter-number"), found.one("fives")
    if hour is None or (quarter is None and fives is None):
        return _moment(found)
    if quarter is not None:
        return Moment(hour=int(hour.value.value), minute=_MINUTES_OF_A_QUARTER * int(quarter.value.value))
    return None if fives is None else _fives(int(hour.value.value), fives)


def _fives(hour: int, fives: Token) -> Moment | None:
    """三点三: so many times five minutes past; 三点零五 and 三点十五 tell the minutes themselves."""
    number = int(fives.value.value)
    if fives.end - fives.start > 1 or not 0 < number < _MOST_FIVES:
        return None
    return Moment(hour=hour, minute=5 * number)


def _decade(found: Found) -> Moment | None:
    decade = found.one("decade")
    number = int(decade.value.value) if decade is not None else 0
    century = found.one("century")
    if (
        number % 10
        or 100 <= number < 1000
        or number > 2990
        or (century is not None and not 1 <= century.value.value <= _LAST_CENTURY)
    ):
        return None
    moment = _moment(found)
    if moment is None or number < 1000:
        return moment
    return msgspec.structs.replace(moment, century=number // 100 + 1, decade=number % 100)


def _nth(found: Found) -> Moment | None:
    """第三周, 第二个星期日, 最后五天: of what the other parts name."""
    number, unit, side = found.one("n"), found.one("unit"), found.one("side")
    whole = merged_parts(found, lambda name: name.partition(".")[0] not in ("n", "unit", "side", "mark"))
    said = unit.value if unit is not None and isinstance(unit.value, Mapping) else {}
    name = "M" if unit is not None and unit.by == "月" else said.get("unit", "D")
    count = Decimal(1)
    if number is not None and isinstance(number.value, Length):
        name, count = number.value.first
        name, count = ("M", 3 * count) if name == "Q" else (name, count)
    elif number is not None:
        count = number.value.value
    if whole is None or count != int(count) or name not in _COUNTED_INSIDE:
        return None
    back = side is not None and side.by not in ("前", "首")
    several = side is not None and number is not None
    return merged(whole, Moment(nth=-int(count) if back else int(count), nth_unit=name, several=several))


def _day(found: Found) -> Moment | None:
    """A day by its number; of the lunar calendar, where the frame says so of Han numbers or of 初."""
    moment = _moment(found)
    number = found.one("day-number")
    lunar = found.frame.fields.get("lunar")
    if moment is None or number is None or not lunar:
        return moment
    return msgspec.structs.replace(moment, lunar=lunar == "always" or number.value.form == "han")


def _exact_minute(found: Found) -> Moment | None:
    """八点零五, 8点30: a minute without 分 has two figures; 零点一 and 三点一四 are decimals."""
    minute = found.one("minute-number")
    if minute is None or minute.end - minute.start != _FIGURES_OF_A_MINUTE:
        return None
    figure_by_figure = minute.value.form == "positional" and minute.value.value >= 10
    return None if figure_by_figure else _moment(found)


def _first_n(found: Found) -> Moment | None:
    number = found.one("count")
    if number is None or number.value.value_max is not None:
        return None
    unit = "M" if found.has("个月") or found.has("月") else "Q"
    return Moment(nth=int(number.value.value), nth_unit=unit, several=True)


def _year(found: Found) -> Moment | None:
    """A year by its number, or by that of a reign; 九八年 is one, 98年 is a length."""
    reign, figures = found.one("reign"), found.one("figures.year-short")
    if reign is None:
        return _moment(found) if figures is None or figures.value.form == "positional" else None
    count = found.one("reign-year")
    number = Decimal(1) if count is None else count.value.value
    year = reign_year(reign.value["reign"], int(number)) if number == int(number) else None
    return None if year is None else Moment(year=year)


def _nth_part(found: Found) -> Moment | None:
    """A part of a year or month by its number: its second week, its first ten days, its last Friday."""
    base = merged_parts(found, lambda name: name in ("year", "month", "农历", "weekday"))
    length, count, unit = found.one("length"), found.one("count"), found.one("unit")
    sign = -1 if found.has("back") else 1
    number, name, several = Decimal(1), "W", False
    if length is not None:
        (name, number), several = length.value.first, True
        if len(length.value.parts) > 1:
            return None
    elif count is not None:
        number, name = count.value.value, unit.value["unit"] if unit is not None else name
    if base is None or number != int(number) or number < 1:
        return None
    return msgspec.structs.replace(base, nth=sign * int(number), nth_unit=name, several=several)


def written_moment(token_value: Mapping[str, str | None]) -> Moment:
    """A date or a time in figures, by the names of its pattern's groups."""
    fields: dict[str, int | bool] = {
        name.rstrip("0123456789"): int(words) for name, words in token_value.items() if words
    }
    if fields.get("year", _FIRST_LONG_YEAR) < _FIRST_LONG_YEAR:
        fields["short_year"] = True
    return msgspec.convert(fields, Moment)


def _great_half(found: Found) -> Length | None:
    word = found.one("length-word")
    if word is None:
        return None
    count = word.value.get("count")
    return Length(((word.value["unit"], Decimal(count or _HALF)),), more=count is None)


def _short_year(found: Found) -> Moment | None:
    """Written out, thirty-three years are a length: 三十三年; 98年 and 〇八年 are years."""
    number = found.one("year-short")
    if number is None or number.end - number.start != 2 or number.value.form == "han":
        return None
    return _moment(found)


_MADE: Mapping[str, Callable[[Found], Part | None]] = {
    "length": _length, "clock-length": _length, "year": _year, "nth-part": _nth_part,
    "range": _stretch, "clock-range": _stretch, "clock": _clock, "decade": _decade, "first-n": _first_n,
    "nth": _nth, "day": _day, "exact-minute": _exact_minute, "short-year": _short_year, "great-half": _great_half,
}  # fmt: skip
