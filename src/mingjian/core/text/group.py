"""All that one rule file says of a page: what its rules found, the cues to ask, and its other keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from mingjian.core.rulebook import Rulebook
from mingjian.core.text.matching import Match


class GroupFindings(msgspec.Struct, frozen=True):
    """The matches of one rule group in page order, the patterns of its cues, and the other keys of its file."""

    matches: tuple[Match, ...]
    cues: Mapping[str, re.Pattern[str]]
    settings: Mapping[str, Any]


def group_of(book: Rulebook, name: str, matches: Iterable[Match] = ()) -> GroupFindings:
    """These matches together with what else the group's file holds."""
    return GroupFindings(tuple(matches), book.cues(name), book.tables[name])
