"""The record: everything that was read from one page, each value with its words."""

from __future__ import annotations

import msgspec

from mingjian.core.model.article import BodyBlock, CarriedField, DocumentHeader, DroppedBlock, PageKind
from mingjian.core.model.facts import (
    Event,
    Industry,
    Measure,
    Organisation,
    Person,
    Policy,
    Programme,
    Quote,
    Region,
    Statistic,
    Target,
    Technology,
)
from mingjian.core.model.outcome import Cited, Outcome
from mingjian.core.model.relevance import Relevance
from mingjian.core.model.resources import CompanyAction, Compute, Dataset, Fund, Report, Scenario, System
from mingjian.core.model.span import Pair, Span

SCHEMA = "mingjian/record/1"


class PageReference(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which page a record stands on; ``text`` is the whole text layer where it was asked for."""

    media_type: str
    encoding: str
    sha256: str
    text_sha256: str
    n_chars: int
    path: str | None = None
    url: str | None = None
    retrieved_at: str | None = None
    text: str | None = None


class Damage(msgspec.Struct, frozen=True):
    """One kind of damage to the page's text: how often it occurs, and the first places where it does.

    Kinds: ``lost`` (characters that no encoding gives back), ``mojibake``, ``entity`` (escaped twice), ``reading``
    (inserted pinyin), ``private`` (private-use characters), ``invisible`` (zero-width characters, soft hyphens),
    ``wrapped`` (line breaks inside sentences), ``recognised`` (read from a picture).
    """

    kind: str
    count: int
    spans: tuple[Pair, ...] = ()


class DigestSentence(msgspec.Struct, frozen=True):
    """One sentence of the digest and the words that it was built from."""

    text: str
    support: tuple[Span, ...]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One page, read: the wire format ``mingjian/record/1``."""

    schema: str = SCHEMA
    id: str
    page: PageReference
    title: Outcome[str]
    url: Outcome[str]
    publisher: Outcome[str]
    source: Outcome[str]
    published: Outcome[str]
    authors: tuple[Cited[str], ...]
    editors: tuple[Cited[str], ...]
    account_name: Outcome[str]
    page_kind: PageKind
    document: DocumentHeader | None
    carried: tuple[CarriedField, ...]
    damage: tuple[Damage, ...]
    body: tuple[BodyBlock, ...]
    boilerplate: tuple[DroppedBlock, ...]
    language: str
    doc_type: str
    ai_relevant: bool
    relevance: Relevance
    summary: tuple[Span, ...]
    digest: tuple[DigestSentence, ...]
    keywords: tuple[Cited[str], ...]
    technologies: tuple[Technology, ...]
    industries: tuple[Industry, ...]
    regions: tuple[Region, ...]
    organisations: tuple[Organisation, ...]
    people: tuple[Person, ...]
    policies: tuple[Policy, ...]
    programmes: tuple[Programme, ...]
    events: tuple[Event, ...]
    targets: tuple[Target, ...]
    statistics: tuple[Statistic, ...]
    measures: tuple[Measure, ...]
    quotes: tuple[Quote, ...]
    company_actions: tuple[CompanyAction, ...]
    scenarios: tuple[Scenario, ...]
    compute: tuple[Compute, ...]
    datasets: tuple[Dataset, ...]
    funds: tuple[Fund, ...]
    systems: tuple[System, ...]
    reports: tuple[Report, ...]
