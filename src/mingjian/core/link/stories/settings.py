"""The numbers and words of ``rules/corpus/stories.toml`` as typed values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from mingjian.core.rulebook import Rulebook, bundled_rulebook

GROUP = "corpus/stories"
_KIND = "kind-"


class ReadingSettings(msgspec.Struct, frozen=True):
    """What of a page is read; the file says what each number means."""

    opening: int
    lead: int
    before: int
    words: int
    rarest: float
    common: float
    title: float
    suffixes: str
    bucket: int
    telling: int


class JudgingSettings(msgspec.Struct, frozen=True):
    """When two pages tell one event; the file says what each number means."""

    apart_days: int
    happened_days: int
    rare_days: int
    undated_days: int
    same_minutes: int
    measure: float
    near: float
    wide: float
    anywhere: float
    bare: float
    undated: float
    guest: float
    figures: int


class MainSettings(msgspec.Struct, frozen=True):
    """What a page is about, and when two are about one thing; the file says what each number means."""

    lead: int
    undated_lead: int
    opening: int
    entitled: float
    labelled: int
    sections: int
    alike: float
    news_days: int
    untold: frozenset[str]
    tallies: frozenset[str]
    weak: frozenset[str]
    guests: int
    apart_days: int
    document_days: int
    made_known: str


class AmountSettings(msgspec.Struct, frozen=True):
    """Which numbers of a page are compared, and how many make two pages one; the file says what each number means."""

    opening: int
    least: int
    digits: int
    share: float
    together: float
    less: dict[str, int]
    least_of: dict[str, int]
    telling: int
    keys: int


class Happening(msgspec.Struct, frozen=True):
    """What a kind of happening is like."""

    rare: bool = False
    felt: bool = False
    mishap: bool = False


class StorySettings(msgspec.Struct, frozen=True):
    """All settings of stories."""

    reading: ReadingSettings
    judging: JudgingSettings
    main: MainSettings
    amounts: AmountSettings
    kinds: dict[str, Happening]


@lru_cache(maxsize=4)
def story_settings(book: Rulebook | None = None) -> StorySettings:
    """The settings that the rule book states; by default, the bundled one."""
    return msgspec.convert(dict((book or bundled_rulebook()).tables[GROUP]), StorySettings)


@lru_cache(maxsize=4)
def story_cues(book: Rulebook | None = None) -> Mapping[str, re.Pattern[str]]:
    """The patterns of the file, by the part of their id behind the first dot."""
    return (book or bundled_rulebook()).cues(GROUP)


@lru_cache(maxsize=4)
def kind_cues(book: Rulebook | None = None) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The kinds of happenings, each with the pattern of its words."""
    return tuple((name[len(_KIND) :], cue) for name, cue in story_cues(book).items() if name.startswith(_KIND))
