"""What ``rules/corpus/identities.toml``, ``metrics.toml`` and ``things.toml`` say, as typed values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from mingjian.core.link.things.wording import plain
from mingjian.core.model.things import ThingKind, Verdict
from mingjian.core.rulebook import Rulebook, bundled_rulebook

_FILE = "corpus/identities"
_TOLD_AS: dict[ThingKind, str] = {
    "scenario": "statement", "measure": "statement", "quote": "statement", "company_action": "statement",
    "compute": "named", "dataset": "named", "fund": "named", "system": "named", "report": "named",
}  # fmt: skip


class PolicySettings(msgspec.Struct, frozen=True):
    """When titles tell enough."""

    short: int
    like: float


class PersonSettings(msgspec.Struct, frozen=True):
    """When names tell enough."""

    long: int


class NameSettings(msgspec.Struct, frozen=True):
    """When the names of systems, funds and the like tell enough."""

    proper: int
    words: int


class StatementSettings(msgspec.Struct, frozen=True):
    """When two statements are one."""

    clause: int
    most: int
    least: int
    share: float
    object: int


class IdentitySettings(msgspec.Struct, frozen=True):
    """All numbers of identities."""

    policies: PolicySettings
    people: PersonSettings
    names: NameSettings
    statements: StatementSettings


@lru_cache(maxsize=1)
def identity_settings(book: Rulebook | None = None) -> IdentitySettings:
    """The numbers that the rule book states; by default, the bundled one."""
    return msgspec.convert(dict((book or bundled_rulebook()).tables[_FILE]), IdentitySettings)


@lru_cache(maxsize=1)
def identity_cues(book: Rulebook | None = None) -> Mapping[str, re.Pattern[str]]:
    """The patterns asked of names."""
    return (book or bundled_rulebook()).cues(_FILE)


class MetricWords(msgspec.Struct, frozen=True):
    """What metrics are called: every name leads to the metric; ``open`` are nouns that are no metric by themselves."""

    metric_of: dict[str, str]
    before: tuple[str, ...]
    open: frozenset[str]


@lru_cache(maxsize=1)
def metric_words(book: Rulebook | None = None) -> MetricWords:
    """The vocabulary of metrics."""
    table = (book or bundled_rulebook()).tables["corpus/metrics"]
    names = {plain(name): metric for metric, others in table["metrics"].items() for name in (metric, *others)}
    return MetricWords(names, tuple(table["scope"]["before"]), frozenset(map(plain, table["open"]["nouns"])))


@lru_cache(maxsize=1024)
def reason_text(kind: ThingKind, slug: str) -> str | None:
    """What is said of a reason to a person, ``{}`` for the words it rests on; nothing for an unknown slug."""
    reasons = bundled_rulebook().tables["corpus/things"]["reasons"]
    for section in (kind, _TOLD_AS.get(kind, kind), "common"):
        if slug in reasons.get(section, {}):
            return str(reasons[section][slug])
    return None


def told_of(kind: ThingKind, verdict: Verdict) -> str:
    """Why two mentions are one or apart, in the words for people; the slug where nothing words it."""
    text = reason_text(kind, verdict.reason) or verdict.reason
    return text.replace("{}", "、".join(one for one in verdict.on if one))
