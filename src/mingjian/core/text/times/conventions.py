"""How a profile reads what different readers read differently."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec

from mingjian.core.rulebook import Rulebook
from mingjian.core.text.numbers import NumberForms
from mingjian.core.text.profiles import DOCUMENT, converted, lineage_of

_OF_OTHERS = ("like", "quantities", "quantity_models")  # keys of a profile that say nothing of times


class Conventions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a profile says; ``profiles.toml`` explains every key."""

    years: Literal["nearest", "same", "past", "next", "following"]
    weekdays: Literal["nearest", "same", "past", "next"]
    year_parts: Mapping[str, tuple[int, int]]
    month_parts: Mapping[str, tuple[int, int]]
    decade_parts: Mapping[str, tuple[int, int]]
    century_parts: Mapping[str, tuple[int, int]]
    seasons: Mapping[str, tuple[int, int]]
    day_parts: Mapping[str, tuple[int, int]]
    day_part_values: Mapping[str, str]
    mods: Mapping[str, Literal["START", "MID", "END"]]
    days_ahead: int
    days_past: int
    fresh_days: int
    early_months: int
    event_days: int
    afternoon: Mapping[str, tuple[int, int]]
    weekday_decides: bool
    weeks_of_month: Literal["thursday", "first-day", "monday"]
    set_value: Literal["period", "moment"]
    range_end: Literal["through", "start", "hour-start"]
    bare_clock: bool
    bare_day_part: bool
    day_parts_bound: bool
    moment_of_day: Literal["event", "today", "next"]
    midnight: Mapping[str, int]
    bare_hour: Literal["said", "next"]
    named_weekdays: Literal["week", "counted"]
    weekend: tuple[int, int]
    spans: Literal["exact", "units"]
    present: Literal["day", "second"]
    hours_end: Literal["instant", "minute"]
    holiday_offsets: Mapping[str, int]
    closing: tuple[str, ...]
    bare_days: Literal["nearest", "same", "next", "following"]
    season_terms: bool
    lengths: Literal["calendar", "units"]
    partial_anchors: Literal["bounds", "first"]
    ends: Literal["open", "now"]
    numbers: NumberForms
    before_ends: Literal["through", "start"]
    since_ends: Literal["now", "open"]
    offset_means: Literal["unit", "day"]
    span_begins: Literal["now", "tomorrow"]
    lunar: Literal["moons", "months"]
    seasons_bound: bool
    day_part_alone: Literal["name", "hours"]
    half_day: Literal["first", "second"]
    outside: tuple[str, ...]
    without: tuple[str, ...]


@cache
def conventions_of(book: Rulebook, profile: str = DOCUMENT) -> Conventions:
    """The conventions of the profile: its own, over those it is like, over those of the document profile.

    Raises ``RuleError`` for a profile that there is not, and for keys that are none.
    """
    keys = {name: value for table in lineage_of(book, profile) for name, value in table.items()}
    return converted({name: keys[name] for name in keys if name not in _OF_OTHERS}, Conventions, profile)
