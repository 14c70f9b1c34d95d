"""What of a page can be found: the page, its facts and the entities that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

import msgspec

from mingjian.core.model.facts import Fact, Normalized
from mingjian.core.model.outcome import Cited, Missing, Outcome, value_of
from mingjian.core.model.record import Record
from mingjian.core.model.span import Pair
from mingjian.core.search.queries import Filter, Query

FACT_KINDS = {
    "events": "event",
    "targets": "target",
    "statistics": "statistic",
    "measures": "measure",
    "quotes": "quote",
    "policies": "policy",
    "programmes": "programme",
    "company_actions": "company_action",
    "scenarios": "scenario",
    "compute": "compute",
    "datasets": "dataset",
    "funds": "fund",
    "systems": "system",
    "reports": "report",
}
"""The fields of a record whose facts are documents, in the order of the documents, and what their kind is called."""

ENTITY_KINDS = frozenset({"organisation", "person", "region", "technology", "system", "policy"})
"""The kinds of entities. What is both a fact and an entity is looked for among the facts."""

_QUOTES = '“”「」『』"《》'
_CHINA = timezone(timedelta(hours=8))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DROPPED_ROLES = frozenset({"duplicate_heading", "byline"})
_ORGANISATION_FIELDS = (
    "issuer", "source_body", "company", "partner", "owner", "manager", "affiliation", "lead", "assisting", "actors",
    "recipients",
)  # fmt: skip
_SUBJECT_FIELDS = ("subject", "name", "title", "object", "beneficiary", "action", "scenario")
_AMOUNT_FIELDS = ("normalized", "amount", "capacity", "size")


class Version(msgspec.Struct, frozen=True):
    """What the corpus knows of a page beyond its record.

    ``page`` is the number by which the owner of the index knows the page (such as a row of a database); ``group`` that
    of its reprints, None where it has none; ``folded`` whether another page of the group stands for it. ``id`` (in
    hexadecimal digits, of the page's content) decides between pages that rank alike, whatever their numbers.
    """

    page: int
    group: int | None = None
    folded: bool = False
    id: str = ""


class Published(msgspec.Struct, frozen=True):
    """When a page was published: the first and the last minute since 1970 (UTC), None where the page does not say.

    ``first_day`` and ``last_day`` are the ISO days in China between which it lies.
    """

    first_minute: int | None = None
    last_minute: int | None = None
    first_day: str | None = None
    last_day: str | None = None


class EntityName(msgspec.Struct, frozen=True):
    """An entity as a page names it: ``key`` is that of all its names, ``name`` as printed, ``canonical`` if known."""

    key: str
    kind: str
    name: str
    canonical: str | None = None


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """The names by which fields of a query find a document."""

    org: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    policy: tuple[str, ...] = ()
    technology: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    metric: tuple[str, ...] = ()


class PageDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A page to be found: ``types`` are its kinds, ``codes`` those of its places."""

    version: Version
    title: str
    body: str
    published: Published = Published()
    names: Names = Names()
    types: tuple[str, ...] = ("page",)
    codes: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    entities: tuple[EntityName, ...] = ()


class FactDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A fact to be found: ``ordinal`` counts the facts of its page in the order of ``facts_of``, ``id`` names it.

    ``words`` are those of its evidence, which stand at ``place`` of the text layer; ``amounts`` its values in base
    units as ``amount_term`` writes them; ``years`` those that it tells of, ``deadlines`` those by which it is due.
    """

    version: Version
    ordinal: int
    id: str
    kind: str
    words: str
    place: Pair
    published: Published = Published()
    names: Names = Names()
    codes: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    deadlines: tuple[int, ...] = ()
    amounts: tuple[str, ...] = ()


class Documents(msgspec.Struct, frozen=True):
    """All that can be found of one page."""

    page: PageDocument
    facts: tuple[FactDocument, ...] = ()


def documents_of(record: Record, text: str, version: Version) -> Documents:
    """The documents of a page: ``text`` is its text layer, into which the record's spans point."""
    published = published_of(record.published)
    page = PageDocument(
        version=version,
        title=value_of(record.title) or "",
        body=body_of(record, text),
        published=published,
        names=_names_of_page(record),
        types=tuple(dict.fromkeys(("page", record.doc_type, record.page_kind))),
        codes=tuple(dict.fromkeys(code for region in record.regions if (code := region.code))),
        years=_years((published.first_day, published.last_day)),
        entities=tuple(dict.fromkeys(_entities(record))),
    )
    facts = tuple(_fact_document(page, *found) for found in enumerate(facts_of(record)))
    return Documents(page, facts)


def facts_of(record: Record) -> list[tuple[str, Fact]]:
    """The facts of the record that are documents, each with its kind; the ordinal of a document is its place here."""
    return [(kind, fact) for name, kind in FACT_KINDS.items() for fact in getattr(record, name)]


def body_of(record: Record, text: str) -> str:
    """The words of the article, one block a line; of a page that is no article, all its words."""
    blocks = [block for block in record.body if block.role not in _DROPPED_ROLES]
    return "\n".join(text[block.start : block.end] for block in blocks) if blocks else text


def published_of(outcome: Outcome[str]) -> Published:
    """The interval in which the page was published; of a page that does not say, nothing.

    >>> from mingjian.core.model.outcome import Missing
    >>> published_of(Missing("no-date-in-page"))
    Published(first_minute=None, last_minute=None, first_day=None, last_day=None)
    """
    if isinstance(outcome, Cited):
        moment = _moment(outcome.value)
        if moment is None:
            return Published()
        first, last = _minutes(moment), _minutes(moment)
        if len(outcome.value) <= len("2025-01-01"):
            last += 24 * 60 - 1
        day = outcome.value[:10]
        return Published(first, last, day, day)
    interval = outcome.interval if isinstance(outcome, Missing) else None
    first_moment = _moment(interval.start) if interval and interval.start else None
    last_moment = _moment(interval.end) if interval and interval.end else None
    if first_moment is None or last_moment is None:  # open at one end: between which days it lies is not known
        return Published()
    days = first_moment.date().isoformat(), last_moment.date().isoformat()
    return Published(_minutes(first_moment), _minutes(last_moment) + 24 * 60 - 1, *days)


def amount_term(amount: Normalized) -> str:
    """How a value in base units is searched.

    >>> from decimal import Decimal
    >>> amount_term(Normalized(Decimal("3E+11"), None, "CNY"))
    '300000000000 CNY'
    """
    value = amount.value
    written = f"{value.normalize():f}" if value.is_finite() and abs(value.adjusted()) < 64 else str(value)
    return f"{written} {amount.unit}"


def _fact_document(page: PageDocument, ordinal: int, found: tuple[str, Fact]) -> FactDocument:
    kind, fact = found
    own = _days(fact, ("as_of", "date", "start"))
    due = _days(fact, ("deadline",))
    years = _years(own) or _years(due) or page.years
    return FactDocument(
        version=page.version,
        ordinal=ordinal,
        id=fact.id,
        kind=kind,
        words=fact.evidence.text,
        place=fact.evidence.pair,
        published=page.published,
        names=_names_of_fact(kind, fact, page.names),
        codes=_codes(fact, page),
        years=years,
        deadlines=_years(due),
        amounts=tuple(dict.fromkeys(_amounts(fact))),
    )


def _names_of_page(record: Record) -> Names:
    organisations = [name for one in record.organisations for name in (one.name, one.canonical)]
    return Names(
        org=_unique((*organisations, *(name for one in record.policies for name in one.issuer))),
        person=_unique(one.name for one in record.people),
        region=_unique(one.name for one in record.regions),
        source=_unique(map(value_of, (record.publisher, record.source, record.account_name))),
        title=_unique((value_of(record.title),)),
        policy=_unique(name for one in record.policies for name in (one.title, one.doc_no)),
        technology=_unique(one.name for one in record.technologies),
        industry=_unique(name for one in record.industries for name in (one.name, one.canonical)),
        metric=_unique(name for one in (*record.targets, *record.statistics) for name in _texts(one, ("metric",))),
    )


def _names_of_fact(kind: str, fact: Fact, page: Names) -> Names:
    """What the fact itself names, with the source and the title of its page."""
    return Names(
        org=_unique((*_texts(fact, _ORGANISATION_FIELDS), *_texts(fact, ("subject",)))),
        person=_unique(_texts(fact, ("speaker",))),
        region=_unique(_texts(fact, ("region", "place"))),
        source=page.source,
        title=page.title,
        policy=_unique(_texts(fact, ("title", "doc_no", "policy") if kind == "policy" else ("policy",))),
        technology=page.technology if kind in ("system", "report") else (),
        industry=_unique(_texts(fact, ("sectors",))),
        metric=_unique(_texts(fact, ("metric", *_SUBJECT_FIELDS))),
    )


def _entities(record: Record) -> Iterator[EntityName]:
    for one in record.organisations:
        called = one.canonical or one.name
        yield EntityName(f"organisation {one.entity or called}", "organisation", one.name, one.canonical)
    for person in record.people:
        yield EntityName(f"person {person.name}", "person", person.name)
    for region in record.regions:
        yield EntityName(f"region {region.code or region.name}", "region", region.name)
    for technology in record.technologies:
        yield EntityName(f"technology {technology.tech}", "technology", technology.name)
    for system in record.systems:
        called = system.canonical or system.name
        name = system.name.strip(_QUOTES)
        yield EntityName(f"system {system.entity or called.strip(_QUOTES)}", "system", name, system.canonical)
    for policy in record.policies:
        yield EntityName(f"policy {policy.title}", "policy", policy.title)


def _codes(fact: Fact, page: PageDocument) -> tuple[str, ...]:
    """The codes of the page's places, where the fact names one of them; else none."""
    named = frozenset(_texts(fact, ("region", "place")))
    return page.codes if named & frozenset(page.names.region) else ()


def _amounts(fact: Fact) -> Iterator[str]:
    for name in _AMOUNT_FIELDS:
        amount = getattr(fact, name, None)
        if isinstance(amount, Normalized):
            yield amount_term(amount)
            if amount.value_max is not None:
                yield amount_term(Normalized(amount.value_max, None, amount.unit))


def _days(fact: Fact, names: Iterable[str]) -> list[str]:
    """The days, months or years that these fields tell."""
    found: list[str] = []
    for name in names:
        value = getattr(fact, name, None)
        bounds = [value] if isinstance(value, str) else [getattr(value, end, None) for end in ("start", "end")]
        found += [bound for bound in bounds if bound]
    return found


def _years(days: Iterable[str | None]) -> tuple[int, ...]:
    """The years in which the days lie, and those between them."""
    found = sorted(int(day[:4]) for day in days if day and day[:4].isdigit())
    return tuple(range(found[0], min(found[-1], found[0] + 20) + 1)) if found else ()


def _texts(fact: Fact, names: Iterable[str]) -> list[str]:
    """The words that these fields of the fact hold."""
    found: list[str] = []
    for name in names:
        value = getattr(fact, name, None)
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, tuple):
            found += [one for one in value if isinstance(one, str)]
    return found


def _unique(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _moment(words: str) -> datetime | None:
    """The instant that an ISO date or time writes, in China where it names no zone."""
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=_CHINA)


def _minutes(moment: datetime) -> int:
    return int((moment - _EPOCH).total_seconds() // 60)


def kind_asked(query: Query) -> Literal["page", "fact", "entity"] | None:
    """Among which documents the query's type is to be looked for; None where it names none."""
    for term in query.terms:
        if isinstance(term, Filter) and term.field == "type":
            if term.code in FACT_KINDS.values():
                return "fact"
            return "entity" if term.code in ENTITY_KINDS else "page"
    return None
