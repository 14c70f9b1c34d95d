"""The cues by which what is measured is read, and the surroundings of a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from mingjian.core.model.annotation import TimeExpression
from mingjian.core.model.span import Pair
from mingjian.core.rulebook import patterns
from mingjian.core.rulebook.pattern_reading import read_pattern
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.mentions import Mention


class MeasuringWords(msgspec.Struct, frozen=True):
    """The cues of ``measuring.toml``, each by its name there, and the units that need a whole or a rise to be of.

    ``lead_ends`` are the characters with which ``lead`` can end: where none stands it need not be asked.
    """

    lead: re.Pattern[str]
    against: re.Pattern[str]
    base: re.Pattern[str]
    stop: re.Pattern[str]
    verb: re.Pattern[str]
    soft_verb: re.Pattern[str]
    opening: re.Pattern[str]
    owner: re.Pattern[str]
    place: re.Pattern[str]
    attribute: re.Pattern[str]
    attribute_within: re.Pattern[str]
    bearer: re.Pattern[str]
    behind: re.Pattern[str]
    behind_end: re.Pattern[str]
    quality: re.Pattern[str]
    respectively: re.Pattern[str]
    joint: re.Pattern[str]
    share: re.Pattern[str]
    shared: re.Pattern[str]
    source: re.Pattern[str]
    word: re.Pattern[str]
    growth: re.Pattern[str]
    done_to: re.Pattern[str]
    doer: re.Pattern[str]
    compared: re.Pattern[str]
    relative_units: tuple[str, ...]
    doubling: str
    reaching: str
    told_by: tuple[str, ...]
    lead_ends: frozenset[str] | None


class Surroundings(msgspec.Struct, frozen=True):
    """Where a number stands: its clause, how far back its words may reach, and the times and names of its sentence."""

    folded: str
    clause: Pair
    low: int
    times: Sequence[TimeExpression]
    names: Sequence[Mention]


def measuring_words(found: GroupFindings) -> MeasuringWords:
    """The patterns and settings of the rule file."""
    cues = {name.replace("-", "_"): pattern for name, pattern in found.cues.items()}
    settings = found.settings
    return MeasuringWords(
        **cues,
        relative_units=tuple(settings["relative_units"]),
        doubling=settings["doubling"],
        reaching=settings["reaching"],
        told_by=tuple(settings["told_by"]),
        lead_ends=_ends_of(cues["lead"].pattern),
    )


@lru_cache(maxsize=8)
def _ends_of(source: str) -> frozenset[str] | None:
    """The characters with which a match of the pattern can end, if they are few."""
    ends, may_be_empty = patterns.edge_of(patterns.Sequence(read_pattern(source)), last=True)
    return ends.members if ends.few and not may_be_empty else None
