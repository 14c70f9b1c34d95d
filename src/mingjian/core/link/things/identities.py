"""What ``rules/corpus/identities.toml`` and ``rules/corpus/metrics.toml`` say, as typed values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from mingjian.core.link.things.wording import plain
from mingjian.core.rulebook import bundled_rulebook

_FILE = "corpus/identities"


class PolicySettings(msgspec.Struct, frozen=True):
    """When titles tell enough."""

    short: int
    like: float


class PersonSettings(msgspec.Struct, frozen=True):
    """When names tell enough."""

    long: int
    rare: int
    near: int


class NameSettings(msgspec.Struct, frozen=True):
    """When the names of systems, funds and the like tell enough."""

    proper: int
    words: int
    clause: int
    long: int
    metric: int


class StatementSettings(msgspec.Struct, frozen=True):
    """When two statements are one."""

    clause: int
    short: int
    most: int
    least: int
    share: float
    said_again: int
    object: int


class FigureSettings(msgspec.Struct, frozen=True):
    """When numbers tell enough."""

    specific: int
    telling: int
    metric: int
    clause: int
    alike: float
    described: float
    pair: int
    pair_alone: int
    beside: int
    follows: int
    certain: int
    week: int
    month: int
    season: int
    year: int


class OrganWords(msgspec.Struct, frozen=True):
    """Full names of organs by the short ones (without place and rank), ranks that are one, and levels of places.

    ``levels`` gives the level by the end of a place's name, ``municipalities`` the provinces that are cities.
    """

    names: dict[str, str]
    ranks: dict[str, str]
    levels: dict[str, str]
    municipalities: frozenset[str]


class IdentitySettings(msgspec.Struct, frozen=True):
    """All numbers of identities."""

    policies: PolicySettings
    people: PersonSettings
    names: NameSettings
    statements: StatementSettings
    figures: FigureSettings


@lru_cache(maxsize=1)
def identity_settings() -> IdentitySettings:
    """The numbers that the rule book states."""
    return msgspec.convert(dict(bundled_rulebook().tables[_FILE]), IdentitySettings)


@lru_cache(maxsize=1)
def organ_words() -> OrganWords:
    """The levels and names of organs."""
    table = bundled_rulebook().tables[_FILE]
    names = {plain(name): plain(full) for full, others in table["organs"].items() for name in (full, *others)}
    return OrganWords(names, dict(table["ranks"]), dict(table["levels"]), frozenset(table["municipalities"]))


@lru_cache(maxsize=1)
def identity_cues() -> Mapping[str, re.Pattern[str]]:
    """The patterns asked of names."""
    return bundled_rulebook().cues(_FILE)


class MetricWords(msgspec.Struct, frozen=True):
    """What metrics are called: every name leads to the metric; ``open`` are nouns that are no metric by themselves.

    ``apart`` are pairs of metrics that look alike and are two, ``of_unit`` what a number in a unit measures by itself.
    """

    metric_of: dict[str, str]
    before: tuple[str, ...]
    open: frozenset[str]
    apart: frozenset[frozenset[str]] = frozenset()
    of_unit: dict[str, str] = {}


@lru_cache(maxsize=1)
def metric_words() -> MetricWords:
    """The vocabulary of metrics."""
    table = bundled_rulebook().tables["corpus/metrics"]
    names = {plain(name): metric for metric, others in table["metrics"].items() for name in (metric, *others)}
    return MetricWords(
        metric_of=names,
        before=tuple(table["scope"]["before"]),
        open=frozenset(map(plain, table["open"]["nouns"])),
        of_unit=dict(table["of_unit"]),
        apart=frozenset(frozenset((pair["first"], pair["second"])) for pair in table["apart"]),
    )
