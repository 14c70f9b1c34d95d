"""The numbers and words of ``rules/corpus/reviewing.toml`` as typed values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from mingjian.core.rulebook import bundled_rulebook

FILE = "corpus/reviewing"


class ReasonSettings(msgspec.Struct, frozen=True, kw_only=True):
    """One reason: how it is said, its weight, and what else it needs; ``example`` are texts that show it."""

    words: str
    note: str
    weight: float = 1.0
    kinds: tuple[str, ...] = ()
    parts: Mapping[str, Mapping[str, float]] = {}
    thresholds: Mapping[str, Decimal] = {}
    outcome: float = 0.0
    below: float = 0.0
    least: int = 0
    share: float = 0.0
    enough: int = 0
    example: tuple[Mapping[str, Any], ...] = ()


class Codes(msgspec.Struct, frozen=True, kw_only=True):
    """The codes that a part can hold: these, and the ids or the names of the rows of a lexicon."""

    codes: tuple[str, ...] = ()
    ids: str = ""
    names: str = ""


class ReviewSettings(msgspec.Struct, frozen=True):
    """What is worth a look: kinds with what their weights count, and reasons by their slugs.

    ``aside`` is what weights count on pages that are not about AI, ``copied`` on reprints; ``least`` is the sum from
    which on a fact is worth a look for its own sake. ``choices``: by kind and part, the codes that people choose from.
    """

    aside: float
    copied: float
    least: float
    kinds: Mapping[str, float]
    reason: Mapping[str, ReasonSettings]
    choices: Mapping[str, Mapping[str, Codes]]


@lru_cache(maxsize=1)
def review_settings() -> ReviewSettings:
    """The settings of the bundled rules."""
    return msgspec.convert(dict(bundled_rulebook().tables[FILE]), ReviewSettings)


def reason_words(slug: str) -> str:
    """What people are shown for a reason; the slug where the rules have no words for it."""
    found = review_settings().reason.get(slug)
    return slug if found is None else found.words
