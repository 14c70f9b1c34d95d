"""All that one rule file says of a page: what its rules found, the cues to ask, its other keys, and the lexicons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from mingjian.core.rulebook import Rulebook
from mingjian.core.rulebook.nouns import Lexicon
from mingjian.core.text.matching import Match


class GroupFindings(msgspec.Struct, frozen=True):
    """The matches of one group in page order, the patterns of its cues, the other keys of its file, all lexicons."""

    matches: tuple[Match, ...]
    cues: Mapping[str, re.Pattern[str]]
    settings: Mapping[str, Any]
    lexicons: Mapping[str, Lexicon] = {}


def group_of(book: Rulebook, name: str, matches: Iterable[Match] = ()) -> GroupFindings:
    """These matches together with what else the group's file holds."""
    return GroupFindings(tuple(matches), book.cues(name), book.tables[name], book.lexicons)
