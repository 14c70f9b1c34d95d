"""The numbers and words of ``rules/corpus/things.toml`` as typed values: one struct a section."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from mingjian.core.rulebook import bundled_rulebook

GROUP = "corpus/things"


class EventSettings(msgspec.Struct, frozen=True):
    """When mentions of events are one; the file says what each number means."""

    documents: frozenset[str]
    gatherings: frozenset[str]
    programmes: frozenset[str]
    sites: frozenset[str]
    posts: frozenset[str]
    unnamed: frozenset[str]
    done_to: frozenset[str]
    generic: int
    telling: int
    certain: int
    full_name: int
    suffix: int
    prefixed: int
    alike: float
    alike_on_day: float
    nearly_equal: float
    filled: int
    unlike: float
    unlike_certain: float
    least_words: int
    enough_words: int
    soft_days: int
    exact_days: int
    one_of_its_kind: int
    news_days: int
    clocks: int
    reporting: frozenset[str]
    saying: int
    others: str
    by_issuer: frozenset[str]
    between_held: frozenset[str]
    families: dict[str, str]
    steps: dict[str, str]
    slack: dict[str, int]


class AsideSettings(msgspec.Struct, frozen=True):
    """When only a passage of a page is about AI, and which words tell where."""

    share: float
    weight: float


class Reason(msgspec.Struct, frozen=True):
    """How a reason is worded for people."""

    text: str


class ThingSettings(msgspec.Struct, frozen=True):
    """All settings of things."""

    events: EventSettings
    asides: AsideSettings
    reason: dict[str, Reason]


@lru_cache(maxsize=1)
def thing_settings() -> ThingSettings:
    """The settings that the rule book states."""
    return msgspec.convert(dict(bundled_rulebook().tables[GROUP]), ThingSettings)


@lru_cache(maxsize=1)
def thing_cues() -> Mapping[str, re.Pattern[str]]:
    """The patterns of the file, by the part of their id behind the first dot."""
    return bundled_rulebook().cues(GROUP)
