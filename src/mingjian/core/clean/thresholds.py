"""The numbers of ``rules/cleaning.toml`` as typed values."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, TypeAlias

import msgspec

from mingjian.core.model.article import Kind
from mingjian.core.rulebook import Rulebook

Pattern: TypeAlias = re.Pattern[str]


class LineThresholds(msgspec.Struct, frozen=True):
    """When a long line is taken apart."""

    long_line: int
    whole_page_line: int
    whole_page_share: float
    short_page: int


class ScoreThresholds(msgspec.Struct, frozen=True):
    """What lines are worth when the main stretch is chosen."""

    cap: int
    least_prose: int
    no_stop: float
    headline_like: float
    short: float
    long_plain: int
    linked: float
    linked_share: float
    hit: float
    barrier: float
    teaser: float
    after_head: float


class EdgeThresholds(msgspec.Struct, frozen=True):
    """How far the main stretch is cut and grown at its ends."""

    head_share: float
    tail_share: float
    grow_up: int
    grow_least: int
    grow_down: int
    link_line: float
    head_lines: int


class TitleThresholds(msgspec.Struct, frozen=True):
    """Which lines may be a headline."""

    shortest: int
    longest: int
    above: int
    least_score: float
    policy_words: tuple[str, ...]
    no_headline_end: str


class DateThresholds(msgspec.Struct, frozen=True):
    """How dates of the head and of the dateline are weighed."""

    head_lines: int
    dateline_days: int
    recent_days: int


class RecordLabels(msgspec.Struct, frozen=True):
    """The labels of the fields of a page that is a record itself; no sentence holds those that are ``sure``."""

    title: tuple[str, ...]
    url: tuple[str, ...]
    body: tuple[str, ...]
    source: tuple[str, ...]
    published: tuple[str, ...]
    authors: tuple[str, ...]
    other: tuple[str, ...]
    lists: tuple[str, ...]
    lexicons: tuple[str, ...]
    sure: tuple[str, ...]
    least_fields: int


class Words(msgspec.Struct, frozen=True):
    """Patterns over folded text that decide what a piece of a line is."""

    column_label: Pattern
    signature: Pattern
    site_name: Pattern
    masthead: Pattern
    masthead_tail: Pattern
    paper_before: Pattern
    no_headline: Pattern
    programme_title: Pattern
    no_source: Pattern
    own_outlet: Pattern
    outlet: Pattern
    outlet_line: Pattern
    head_label: Pattern
    no_publisher: Pattern
    date_label: Pattern
    publish_label: Pattern
    other_day_label: Pattern
    no_name: Pattern
    author_mark: Pattern
    account_mark: Pattern
    source_mark: Pattern
    unnamed_source: Pattern
    carries_on: Pattern
    further: Pattern
    attachment: Pattern
    issued: Pattern


class KnownRule(msgspec.Struct, frozen=True):
    """Names of elements that hold articles, and how much they say."""

    id: str
    marks: Pattern
    weight: float


class UnwantedRule(msgspec.Struct, frozen=True):
    """Names of elements that hold something else: what it is, and how much of the running text it may hold."""

    id: str
    kind: Kind
    effect: str
    marks: Pattern
    share: float
    tags: frozenset[str] = frozenset()


class ContainerRules(msgspec.Struct, frozen=True):
    """What names of elements say of the article."""

    sure: float
    most_unwanted: float
    most_unread: float
    least_read: int
    least_story: int
    story_share: float
    elements: dict[str, float]
    framed: Pattern
    known: tuple[KnownRule, ...]
    unwanted: tuple[UnwantedRule, ...]


class ViewThresholds(msgspec.Struct, frozen=True):
    """How the views of a page are weighed against each other."""

    run: float
    prose: float
    known: float
    own: float
    told: float
    declared: float
    declared_share: float
    inherited: float
    against: float
    listed: float
    short: float
    barrier: float
    trusted: float
    least_share: float
    least_worth: float


class OwnThresholds(msgspec.Struct, frozen=True):
    """When the text below the page's title is its article, though another run of lines is longer."""

    reach: int
    shortest: int
    above: int
    below: int
    first: int
    prose: int
    least_held: int
    gap: int
    opening: int
    least_told: float
    ahead: float


class Thresholds(msgspec.Struct, frozen=True):
    """All thresholds of cleaning."""

    lines: LineThresholds
    score: ScoreThresholds
    edges: EdgeThresholds
    title: TitleThresholds
    dates: DateThresholds
    record: RecordLabels
    words: Words
    containers: ContainerRules
    views: ViewThresholds
    own: OwnThresholds
    menu: frozenset[str]


@lru_cache(maxsize=4)
def thresholds_of(book: Rulebook) -> Thresholds:
    """The thresholds that the rule book states."""
    return msgspec.convert(dict(book.tables["cleaning"]), Thresholds, dec_hook=_compiled)


def _compiled(kind: type, source: str) -> Any:  # noqa: ANN401 (msgspec asks for it)
    return re.compile(source) if kind == Pattern else source
