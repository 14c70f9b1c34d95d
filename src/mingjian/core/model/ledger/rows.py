"""The rows of ledgers: one struct a ledger, every field behind those of ``Row`` a column."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from mingjian.core.model.ledger.cells import Cell, Row


class Related(msgspec.Struct, frozen=True, kw_only=True):
    """Another thing to which a row stands in a ``relation``, as the words of ``cell`` call it; ``thing`` is its id.

    ``thing`` is ``None`` where no page tells of it but by that name. ``backward``: the relation leads from it to here.
    """

    relation: str
    cell: Cell[str]
    thing: str | None = None
    backward: bool = False


class PolicyRow(Row, frozen=True, kw_only=True):
    """A policy document: dates as exact as their words; ``made_public`` is when it was published.

    ``status`` is draft, approved, issued, in_force, expired or repealed: the furthest that is known on the day.
    ``versions`` are what it was called at each of these stages.
    """

    title: Cell[str]
    document_number: Cell[str]
    issuers: tuple[Cell[str], ...]
    status: Cell[str]
    adopted: Cell[str]
    issued: Cell[str]
    signed: Cell[str]
    made_public: Cell[str]
    in_force: Cell[str]
    valid_until: Cell[str]
    repealed: Cell[str]
    versions: tuple[Related, ...]
    lineage: tuple[Related, ...]


class TargetRow(Row, frozen=True, kw_only=True):
    """What is to be reached by when; ``value`` and ``unit`` normalised, ``printed`` as the page has them.

    ``status``: open, due, met, missed, superseded or unknown; ``answers`` are the statistics, or the later targets,
    that say so, or none (docs/decisions/0030). ``precision`` is how computing power is counted, where words say so.
    """

    region: Cell[str]
    issuer: Cell[str]
    policy: Cell[str]
    subject: Cell[str]
    metric: Cell[str]
    comparator: Cell[str]
    value: Cell[Decimal]
    value_max: Cell[Decimal]
    unit: Cell[str]
    printed: Cell[str]
    precision: Cell[str]
    deadline: Cell[str]
    nature: Cell[str]
    status: Cell[str]
    answers: tuple[Related, ...]


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One statistic of a series, and when it holds; ``published`` is the day of the first page that tells it.

    ``disputed``: another point of the same day cannot be the same number.
    """

    as_of: Cell[str]
    comparator: Cell[str]
    value: Cell[Decimal]
    value_max: Cell[Decimal]
    printed: Cell[str]
    precision: Cell[str]
    source_body: Cell[str]
    published: str | None
    disputed: bool = False


class StatisticRow(Row, frozen=True, kw_only=True):
    """A series: one metric of one subject in one region, its points in order of time, and the last of them.

    ``printed`` are the words of the last: whether it is more, less or about as much, its number alone does not say.
    """

    region: Cell[str]
    subject: Cell[str]
    metric: Cell[str]
    unit: Cell[str]
    change: Cell[str]
    latest: Cell[Decimal]
    printed: Cell[str]
    latest_as_of: Cell[str]
    points: tuple[Point, ...]


class EventRow(Row, frozen=True, kw_only=True):
    """An event: ``start`` and ``end`` ISO days as all that tell of it say together, ``first_source`` told it first."""

    type: Cell[str]
    title: Cell[str]
    start: Cell[str]
    end: Cell[str]
    actors: tuple[Cell[str], ...]
    recipients: tuple[Cell[str], ...]
    object: Cell[str]
    place: Cell[str]
    actuality: Cell[str]
    first_source: Cell[str]
    part_of: tuple[Related, ...]


class StoryRow(Row, frozen=True, kw_only=True):
    """A happening as pages tell it: who told it first, who prints it, and the events of which its pages tell."""

    title: Cell[str]
    first_source: Cell[str]
    outlets: tuple[Cell[str], ...]
    tells: tuple[Related, ...]


class ProgrammeRow(Row, frozen=True, kw_only=True):
    """A campaign or project under all its names, what it is in, and the documents and events that concern it."""

    names: tuple[Cell[str], ...]
    owner: Cell[str]
    start: Cell[str]
    state: Cell[str]
    related: tuple[Related, ...]


class ComputeRow(Row, frozen=True, kw_only=True):
    """Compute: ``capacity`` in FLOPS; ``precision`` is missing where no page says how it is counted."""

    names: tuple[Cell[str], ...]
    region: Cell[str]
    owner: Cell[str]
    capacity: Cell[Decimal]
    unit: Cell[str]
    printed: Cell[str]
    precision: Cell[str]
    state: Cell[str]
    kind: Cell[str]
    accelerators: Cell[Decimal]
    racks: Cell[Decimal]
    renewable: Cell[Decimal]
    pue: Cell[Decimal]


class DatasetRow(Row, frozen=True, kw_only=True):
    """A data set or several."""

    names: tuple[Cell[str], ...]
    owner: Cell[str]
    count: Cell[Decimal]
    size: Cell[Decimal]
    unit: Cell[str]
    modality: Cell[str]
    labelled: Cell[bool]
    state: Cell[str]


class ScenarioRow(Row, frozen=True, kw_only=True):
    """Application scenarios that are opened, built or listed."""

    scenario: Cell[str]
    action: Cell[str]
    owner: Cell[str]
    sector: Cell[str]
    count: Cell[Decimal]
    stage: Cell[str]
    state: Cell[str]


class FundRow(Row, frozen=True, kw_only=True):
    """A fund."""

    names: tuple[Cell[str], ...]
    amount: Cell[Decimal]
    unit: Cell[str]
    printed: Cell[str]
    region: Cell[str]
    manager: Cell[str]
    kind: Cell[str]
    stage: Cell[str]
    sectors: Cell[str]


class MeasureRow(Row, frozen=True, kw_only=True):
    """A task: who leads what, by which instrument, by when, of which document."""

    action: Cell[str]
    instrument: Cell[str]
    lead: tuple[Cell[str], ...]
    assisting: tuple[Cell[str], ...]
    beneficiary: Cell[str]
    amount: Cell[Decimal]
    unit: Cell[str]
    deadline: Cell[str]
    policy: Cell[str]


class StandardRow(Row, frozen=True, kw_only=True):
    """A standard, or a filing that was approved (``kind``)."""

    title: Cell[str]
    kind: Cell[str]
    number: Cell[str]
    issuers: tuple[Cell[str], ...]
    date: Cell[str]


class ActionRow(Row, frozen=True, kw_only=True):
    """What a company did, does or plans."""

    company: Cell[str]
    kind: Cell[str]
    action: Cell[str]
    object: Cell[str]
    partner: Cell[str]
    amount: Cell[Decimal]
    unit: Cell[str]
    date: Cell[str]
    actuality: Cell[str]


class HeldPost(msgspec.Struct, frozen=True, kw_only=True):
    """A post of a person: ``first_seen`` and ``last_seen`` are the days of the first and last page that tell of it."""

    affiliation: Cell[str]
    title: Cell[str]
    status: Cell[str]
    first_seen: str | None
    last_seen: str | None


class PersonRow(Row, frozen=True, kw_only=True):
    """A person and the posts that pages give, in order of time."""

    posts: tuple[HeldPost, ...]


class QuoteRow(Row, frozen=True, kw_only=True):
    """What somebody said, in the words of the first page that has them, and who printed it first."""

    speaker: Cell[str]
    title: Cell[str]
    affiliation: Cell[str]
    mode: Cell[str]
    words: Cell[str]
    first_source: Cell[str]


class ReportRow(Row, frozen=True, kw_only=True):
    """A report or collection of cases."""

    title: Cell[str]
    kind: Cell[str]
    issuer: Cell[str]
    date: Cell[str]


class SystemRow(Row, frozen=True, kw_only=True):
    """A model, platform, network or product under all its names."""

    names: tuple[Cell[str], ...]
    kind: Cell[str]
    version: Cell[str]
    owner: Cell[str]
    base: Cell[str]
    parameters: Cell[Decimal]


class OrganisationRow(Row, frozen=True, kw_only=True):
    """A body: the names that pages give it, and its type."""

    names: tuple[Cell[str], ...]
    type: Cell[str]


class SourceRow(Row, frozen=True, kw_only=True):
    """A publisher: of its pages how many came first, how many copy whom, and in how many conflicts it stands alone.

    Counts cite the words in which the pages name the source.
    """

    source: Cell[str]
    first: Cell[int]
    copies: Cell[int]
    copied_from: tuple[Related, ...]
    contradicted: Cell[int]


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the values that disagree: who says so, when first, and whether that is nearer to where it comes from.

    ``nearer``: the page is the document itself, or that of the body that issued it.
    """

    value: Cell[str]
    sources: tuple[str, ...]
    published: str | None
    nearer: bool
    later: bool


class ConflictRow(Row, frozen=True, kw_only=True):
    """Values of one field of one thing (``about``) that disagree: all are kept."""

    about: str
    kind: str
    field: str
    sides: tuple[Side, ...]
