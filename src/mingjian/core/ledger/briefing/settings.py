"""What ``rules/corpus/brief.toml`` says, as typed values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from mingjian.core.rulebook import bundled_rulebook
from mingjian.errors import RuleError

FILE = "corpus/brief"


class ClauseSettings(msgspec.Struct, frozen=True):
    """What of a page's words can stand in a sentence."""

    least: int
    most: int
    short: int
    quote_least: int
    quote_most: int
    holds_date: str
    edges: str
    broken: tuple[str, ...]
    sentence_end: str
    leaning: tuple[str, ...]
    trailing: tuple[str, ...]
    courtesies: tuple[str, ...]
    governed: tuple[str, ...]
    title_behind: tuple[str, ...]
    idle_speakers: tuple[str, ...]


class EventSettings(msgspec.Struct, frozen=True):
    """Which events are told, by type and actuality, and which kinds of things have names."""

    minor: tuple[str, ...]
    told: tuple[str, ...]
    watched: tuple[str, ...]
    named: tuple[str, ...]


class ChartSettings(msgspec.Struct, frozen=True):
    """The words of charts, and how much of an event stands beside its dot."""

    timeline: str
    by_time: str
    by_region: str
    events: str
    elsewhere: str
    label: int


class LayoutSettings(msgspec.Struct, frozen=True):
    """The layout of a Word document: sizes in half points, lengths in twentieths of a point.

    ``outside``: page numbers stand at the outer edge, right on odd pages and left on even ones.
    """

    title_font: str
    heading_font: str
    body_font: str
    note_font: str
    number_font: str
    latin_font: str
    title_size: int
    heading_size: int
    body_size: int
    note_size: int
    page_number_size: int
    line: int
    note_line: int
    top: int
    bottom: int
    left: int
    right: int
    footer: int
    pitch: int
    char_space: int
    outside: bool


class BriefSettings(msgspec.Struct, frozen=True):
    """All of the file, by its tables."""

    brief: Mapping[str, str]
    sections: Mapping[str, str]
    limits: Mapping[str, int]
    clauses: ClauseSettings
    events: EventSettings
    frames: Mapping[str, str]
    relations: Mapping[str, tuple[str, str]]
    labels: Mapping[str, str]
    fields: Mapping[str, str]
    dates: Mapping[str, str]
    charts: ChartSettings
    notes: Mapping[str, str]
    layouts: Mapping[str, LayoutSettings]


@lru_cache(maxsize=1)
def brief_settings() -> BriefSettings:
    """The settings of briefs; ``RuleError`` where the file is wrong."""
    try:
        return msgspec.convert(bundled_rulebook().tables[FILE], BriefSettings)
    except msgspec.ValidationError as error:
        raise RuleError(f"{FILE}.toml", None, str(error), "write the value as it was") from error
