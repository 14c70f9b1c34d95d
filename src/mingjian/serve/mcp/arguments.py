"""What tools may be asked: the structs from which their input schemas are made, with every bound."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from mingjian.core.ledger.asking import Question
from mingjian.core.ledger.ledgers import LEDGERS
from mingjian.core.search.documents import FACT_KINDS

_LONGEST = 200
Words: TypeAlias = Annotated[str, Meta(max_length=_LONGEST)]
Id: TypeAlias = Annotated[
    str, Meta(min_length=4, max_length=_LONGEST, description="An id, or its first characters (four or more).")
]
Day: TypeAlias = Annotated[str, Meta(max_length=30, description="A day, month or year: 2025-03-05, 2025-03, 2025.")]
Several: TypeAlias = Annotated[tuple[Words, ...], Meta(max_length=20)]
Limit: TypeAlias = Annotated[int, Meta(ge=1, le=50, description="How many at most.")]
Offset: TypeAlias = Annotated[int, Meta(ge=0, le=10_000, description="How many to pass over.")]
Query: TypeAlias = Annotated[
    str,
    Meta(
        max_length=2_000,
        description='Words; "exact phrase"; -excluded; a | b; fields such as org:国资委 region:广东 type:target '
        "year:2025 deadline:2027 date:2025-03..2025-06 source: title: person: policy: tech: industry: metric:.",
    ),
]
Regions: TypeAlias = Annotated[Several, Meta(description="Places by name or code of GB/T 2260: 广东, 深圳, 440000.")]
KINDS_OF_FACTS = (*FACT_KINDS.values(), "organisation", "person", "technology", "industry", "region")
"""The kinds of facts of a record; those behind the kinds that are searched are asked of a page alone."""

FactKind: TypeAlias = Annotated[str, Meta(extra_json_schema={"enum": list(KINDS_OF_FACTS)})]


class Arguments(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every tool is asked: nothing beside its own fields."""


class SearchArguments(Arguments, frozen=True, kw_only=True):
    """A search over the workspace."""

    query: Query
    find: Annotated[
        Literal["auto", "pages", "facts", "names"],
        Meta(description="auto: facts or names where the query has a type: of them, else pages."),
    ] = "auto"
    order: Literal["best", "newest"] = "best"
    reprints: Annotated[bool, Meta(description="Also every reprint of a page, instead of their number.")] = False
    limit: Limit = 10
    offset: Offset = 0


class PageArguments(Arguments, frozen=True, kw_only=True):
    """A page and which stretch of its text."""

    id: Id
    start: Annotated[
        Annotated[int, Meta(ge=0)] | None,
        Meta(description="From this code point on; by default from the start of the article."),
    ] = None
    length: Annotated[int, Meta(ge=0, le=8_000, description="So many code points at most.")] = 3_000


class FactsArguments(Arguments, frozen=True, kw_only=True):
    """Facts of one page, or of all pages that answer."""

    page: Annotated[Id | None, Meta(description="Only of this page; then no other filter but kinds is taken.")] = None
    kinds: Annotated[tuple[FactKind, ...], Meta(max_length=20, description="Kinds of facts; none: all.")] = ()
    query: Annotated[Query | None, Meta(description="What they must hold, in the language of `search`.")] = None
    regions: Regions = ()
    organisations: Several = ()
    since: Annotated[Day | None, Meta(description="Of pages published on this day or later.")] = None
    until: Annotated[Day | None, Meta(description="Of pages published by this day.")] = None
    limit: Limit = 10
    offset: Offset = 0


class LedgerArguments(Arguments, frozen=True, kw_only=True):
    """A ledger, which of its rows, and which columns."""

    ledger: Annotated[Words, Meta(description=f"One of {', '.join(LEDGERS)}; or its Chinese name.")]
    regions: Regions = ()
    issuers: Several = ()
    sources: Several = ()
    technologies: Annotated[Several, Meta(description="Names or ids of technologies.")] = ()
    industries: Annotated[Several, Meta(description="Names, or section letters of GB/T 4754.")] = ()
    statuses: Annotated[Several, Meta(description="Such as due, met, in_force.")] = ()
    words: Annotated[Several, Meta(description="All must stand in the name of the row.")] = ()
    since: Annotated[Day | None, Meta(description="Happened, or due, on this day or later.")] = None
    until: Annotated[Day | None, Meta(description="Happened, or due, by this day.")] = None
    as_of: Annotated[Day | None, Meta(description="Only what was published by this day, read as on it.")] = None
    added_by: Annotated[Day | None, Meta(description="Only what had come into the workspace by this day.")] = None
    everything: Annotated[bool, Meta(description="Also rows that no page about AI tells of.")] = False
    columns: Annotated[Several, Meta(description="Only these columns; none: all.")] = ()
    limit: Limit = 10
    offset: Offset = 0

    @property
    def question(self) -> Question:
        """The filters, as ledgers take them."""
        return Question(**{name: getattr(self, name) for name in Question.__struct_fields__})


class CompareArguments(Arguments, frozen=True, kw_only=True):
    """One metric of several regions."""

    metric: Annotated[Words, Meta(min_length=1, description="What is measured, such as 算力规模.")]
    regions: Annotated[tuple[Words, ...], Meta(min_length=1, max_length=40, description="Places by name or code.")]
    as_of: Annotated[Day | None, Meta(description="Only what was published by this day, read as on it.")] = None
    limit: Limit = 30
    offset: Offset = 0


class ExplainArguments(Arguments, frozen=True, kw_only=True):
    """A fact or a thing."""

    id: Annotated[
        str, Meta(min_length=1, max_length=_LONGEST, description="The id of a fact or thing, or a thing's full name.")
    ]
    what: Annotated[
        Literal["auto", "fact", "thing"], Meta(description="Which of them the id names; auto: a thing, else a fact.")
    ] = "auto"
    page: Annotated[Id | None, Meta(description="The page of the fact, where several hold it.")] = None


class BriefArguments(Arguments, frozen=True, kw_only=True):
    """What a brief is to tell."""

    topics: Annotated[Several, Meta(description="Words or technologies, any of which will do.")] = ()
    regions: Regions = ()
    since: Annotated[Day | None, Meta(description="By default 30 days before the end.")] = None
    until: Annotated[Day | None, Meta(description="By default the day of the brief.")] = None
    as_of: Annotated[Day | None, Meta(description="Written on this day of what was published by then.")] = None
    everything: Annotated[bool, Meta(description="Also what no page about AI tells of.")] = False
    most: Annotated[int, Meta(ge=1, le=60, description="So many sentences at most.")] = 30


class MatchArguments(Arguments, frozen=True, kw_only=True):
    """A need, and what may answer it."""

    need: Annotated[str, Meta(max_length=2_000, description="What is needed, in a sentence or two.")] = ""
    scenario: Annotated[Id | None, Meta(description="Instead: the need of this row of the ledger scenarios.")] = None
    regions: Annotated[Several, Meta(description="Where it is needed, beside what the words say.")] = ()
    ledgers: Annotated[Several, Meta(description="Only rows of these, such as systems, compute, policies.")] = ()
    as_of: Annotated[Day | None, Meta(description="Only what was published by this day, read as on it.")] = None
    everything: Annotated[bool, Meta(description="Also rows that no page about AI tells of.")] = False
    limit: Limit = 10
    offset: Annotated[int, Meta(ge=0, le=150)] = 0
