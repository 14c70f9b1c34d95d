"""The facts of a record: one flat struct a kind, each with its evidence, its rule and the spans of its parts.

A field named in ``parts`` (or a span field of its own) was read from those words; ``support`` holds whatever else a
fact was computed from, and the words of parts that stand outside of its evidence. ``id`` is the hash of content and
place, filled in once by the pipeline.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from mingjian.core.model.annotation import Comparator, DateValue
from mingjian.core.model.span import Pair, Span

Parts: TypeAlias = dict[str, tuple[Pair, ...]]
Actuality: TypeAlias = Literal["realised", "planned", "directed", "ongoing", "denied", "cancelled"]
PostStatus: TypeAlias = Literal["current", "former", "acting", "appointed", "proposed", "removed"]
PostRole: TypeAlias = Literal["official", "executive", "academic", "analyst", "press", "professional"]
PolicyStatus: TypeAlias = Literal["draft", "approved", "issued", "in_force", "repealed"]
RelationType: TypeAlias = Literal[
    "implements", "follows", "successor_of", "basis", "amends", "repeals", "interprets", "local_version_of",
]  # fmt: skip


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """What every fact has."""

    evidence: Span
    by: str
    id: str = ""
    parts: Parts = {}
    support: tuple[Span, ...] = ()


class Mentioned(Fact, frozen=True, kw_only=True):
    """A fact about a thing that the body names: ``mentions`` are all places that name it."""

    mentions: tuple[Pair, ...] = ()


class Technology(Mentioned, frozen=True, kw_only=True):
    """A technology of the taxonomy: ``tech`` is its id."""

    tech: str
    name: str


class Industry(Mentioned, frozen=True, kw_only=True):
    """An industry: ``name`` as first printed (in simplified characters), ``canonical`` as the lexicon calls it.

    ``gbt4754`` are section letters of GB/T 4754-2017, ``division`` the two-digit division (``C39``) where the industry
    lies in one, ``emerging`` the class among the strategic emerging industries (2018); ``None`` where none is clear.
    """

    name: str
    gbt4754: str | None
    canonical: str | None = None
    division: str | None = None
    emerging: str | None = None


class Region(Mentioned, frozen=True, kw_only=True):
    """A place: ``code`` of GB/T 2260 (three digits for a country).

    ``code`` is ``None`` for areas without one and where the page does not say which of several places of one name is
    meant. A place that has been abolished or renamed keeps the code that it bore.
    """

    name: str
    code: str | None


class Organisation(Mentioned, frozen=True, kw_only=True):
    """An organisation: ``name`` as printed, ``canonical`` where a lexicon or the page itself gives it.

    ``entity`` is the row of a lexicon (``state_bodies:miit``), ``None`` for a body that none lists. ``code`` is the
    stock code, as the page prints it or as the lexicon had it on ``code_as_of``; ``region`` the GB/T 2260 code of the
    place whose organ this is; ``parent`` the group that the lexicon counts a firm to.
    """

    name: str
    canonical: str | None
    type: str
    entity: str | None = None
    code: str | None = None
    code_as_of: str | None = None
    region: str | None = None
    parent: str | None = None


class Post(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One post that the page gives a person, each part with its words; without ``title`` where only a body is told.

    ``status`` is there only where a word tells it; ``role`` is the kind of work that the lexicon of titles knows.
    """

    title: str | None = None
    title_span: Span | None = None
    affiliation: str | None = None
    affiliation_span: Span | None = None
    status: PostStatus | None = None
    status_span: Span | None = None
    date: str | None = None
    date_span: Span | None = None
    role: PostRole | None = None


class Person(Mentioned, frozen=True, kw_only=True):
    """A person as this page prints it: ``title`` and ``affiliation`` of the first post that has both, ``posts`` all."""

    name: str
    title: str | None
    affiliation: str | None
    posts: tuple[Post, ...] = ()


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """Who and where: the names that other annotators attach facts to."""

    organisations: tuple[Organisation, ...]
    people: tuple[Person, ...]
    regions: tuple[Region, ...]


class Relation(msgspec.Struct, frozen=True, gc=False):
    """A relation from one policy to another: ``target`` as printed there, ``policy`` the title of that of this record.

    ``policy`` is ``None`` where the target is no document of the record, such as a programme that one follows.
    """

    type: RelationType
    target: str
    policy: str | None = None


class Policy(Mentioned, frozen=True, kw_only=True):
    """A policy document that the page names.

    ``date`` is the day of what happened to it last told; ``signed``, ``published`` (made public), ``in_force`` and
    ``valid_until`` (the last day) are told apart where the words do. All are as exact as their words: a day, a month or
    a year. ``notice`` is the title of the notice that issues the document.
    """

    title: str
    issuer: tuple[str, ...] = ()
    doc_no: str | None = None
    date: str | None = None
    status: PolicyStatus | None = None
    relations: tuple[Relation, ...] = ()
    notice: str | None = None
    signed: str | None = None
    published: str | None = None
    in_force: str | None = None
    valid_until: str | None = None


class Programme(Mentioned, frozen=True, kw_only=True):
    """A named campaign or project.

    ``owner`` leads it; ``start`` is when it was or is to be launched, as exact as its words; ``actuality`` whether it
    runs, is planned or asked for, where the words say so.
    """

    name: str
    owner: str | None = None
    start: str | None = None
    actuality: Actuality | None = None


class Event(Mentioned, frozen=True, kw_only=True):
    """Something that happened, happens or is to happen, with the word that says so.

    ``actors`` do it, in the ``role`` that goes with the type (issuer, host, party, founder …), ``recipients`` have it
    done to them; ``object`` is the document, product, fund, facility or meeting that it is about, as printed.
    ``sub_event_of`` is the id of the event of which this one is part: the meeting at which it happened, the document
    that plans it. ``mentions`` are all clauses of the page that tell it.
    """

    type: str
    title: str
    role: str | None = None
    actors: tuple[str, ...]
    recipients: tuple[str, ...] = ()
    object: str | None = None
    place: str | None
    date: DateValue
    actuality: Actuality
    sub_event_of: str | None = None
    trigger_span: Span
    date_span: Span | None


class Normalized(msgspec.Struct, frozen=True, gc=False):
    """A number in base units: see ``Quantity``."""

    value: Decimal
    value_max: Decimal | None
    unit: str


class TimeBound(msgspec.Struct, frozen=True, gc=False):
    """The day by which a target is due, or as of which a statistic holds."""

    text: str
    end: str | None
    basis: str


ChangeKind: TypeAlias = Literal["year_on_year", "period_on_period", "annual_average", "since_base"]
TargetNature: TypeAlias = Literal["binding", "expected"]
TargetOutcome: TypeAlias = Literal["met", "missed"]


class Change(msgspec.Struct, frozen=True, gc=False):
    """Against what a number is a change: the year before, the period before, on average of years, or a ``base``.

    ``base`` are the words of the time that it is measured against, where they name one (较2023年).
    """

    kind: ChangeKind
    base: str | None = None


class Target(Fact, frozen=True, kw_only=True):
    """A future obligation or plan; without a number, ``qualitative`` holds its words.

    ``nature`` is told by 约束性 or 预期性; ``change`` is there where the number is by how much something is to change.
    ``replaces`` is the number that the page says was the goal before (由500亿元提高到650亿元), ``outcome`` what it says
    has become of the goal: 超额完成…的目标.
    """

    subject: str | None
    metric: str | None
    comparator: Comparator | None
    value: Decimal | None
    value_max: Decimal | None
    unit: str | None
    normalized: Normalized | None
    value_span: Span | None
    deadline: TimeBound | None
    region: str | None = None
    issuer: str | None = None
    policy: str | None = None
    qualitative: str | None = None
    nature: TargetNature | None = None
    change: Change | None = None
    replaces: Normalized | None = None
    outcome: TargetOutcome | None = None

    @property
    def issuers(self) -> tuple[str, ...]:
        """The bodies that set it, one by one."""
        return tuple(filter(None, (self.issuer or "").split(";")))


class Statistic(Fact, frozen=True, kw_only=True):
    """A state of things in numbers; ``change`` is there where the number is by how much something changed."""

    subject: str | None
    metric: str | None
    comparator: Comparator | None
    value: Decimal | None
    value_max: Decimal | None
    unit: str | None
    normalized: Normalized | None
    value_span: Span | None
    as_of: TimeBound | None
    region: str | None = None
    source_body: str | None = None
    policy: str | None = None
    change: Change | None = None


class Measure(Fact, frozen=True, kw_only=True):
    """What a policy does or asks: who leads, for whom, with how much, by when.

    ``assisting`` are those who help the one that leads (配合单位, …配合).
    """

    action: str
    instrument: str
    lead: tuple[str, ...] = ()
    assisting: tuple[str, ...] = ()
    beneficiary: str | None = None
    amount: Normalized | None = None
    deadline: TimeBound | None = None


class Quote(Fact, frozen=True, kw_only=True):
    """What somebody said: the evidence is the content alone, ``cue_span`` the words that introduce it."""

    speaker: str
    title: str | None
    affiliation: str | None
    mode: Literal["direct", "indirect"]
    cue_span: Span
