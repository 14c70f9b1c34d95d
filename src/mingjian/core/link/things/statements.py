"""Quotes, measures, scenarios and companies' actions: the same said of the same body, in reprints and other words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import Any, TypeAlias

import msgspec

from mingjian.core.link.things.alone import Telling, keys_unless_alone, settled
from mingjian.core.link.things.figures import significant, told_within
from mingjian.core.link.things.identities import identity_cues, identity_settings
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.link.things.spheres import differ, sphere_of, sphere_of_any
from mingjian.core.link.things.wording import both, clauses, plain
from mingjian.core.model.facts import Fact, Measure, Quote
from mingjian.core.model.record import Record
from mingjian.core.model.resources import CompanyAction, Scenario
from mingjian.core.model.things import FIELDS, OPEN, PageCard, ThingKind, Verdict

_FIRST, _ONE = "首", "第一"


class StatementProfile(Telling, frozen=True, gc=False):
    """Who is spoken of and the parts of the sentence; for a company's action also its kind, object and date.

    For scenarios that are counted also how many, which batch they are, and the day on which the page was published.
    ``person``: it is what a named person says, who is quoted now whole, now in part; ``said`` are the ends of the
    clauses by which such quotes are found.
    """

    called: str
    who: str | None
    parts: tuple[str, ...]
    does: str | None = None
    object: str = ""
    date: str = ""
    count: str = ""
    batch: str | None = None
    told: str | None = None
    person: bool = False
    said: tuple[str, ...] = ()


_Profiles: TypeAlias = Callable[[Sequence[Any], PageCard, Record], Iterable[StatementProfile]]


def statement_linkings() -> tuple[Linking[StatementProfile], ...]:
    """How things that are told in a sentence are identified, one linking a kind."""
    return (
        _linking("quote", _quote_profiles),
        _linking("measure", _each(measure_profile)),
        _linking("scenario", _each(scenario_profile)),
        _linking("company_action", _each(action_profile)),
    )


def _each(profile: Callable[[Any, PageCard], StatementProfile]) -> _Profiles:
    """The profiles of facts that are read one by one."""
    return lambda facts, page, _: (profile(fact, page) for fact in facts)


def _quote_profiles(quotes: Sequence[Quote], page: PageCard, record: Record) -> Iterator[StatementProfile]:
    people = frozenset(person.name for person in record.people)
    return (quote_profile(quote, page, people) for quote in quotes)


def _linking(kind: ThingKind, profiled: _Profiles) -> Linking[StatementProfile]:
    def profiles(page: PageCard, record: Record) -> Iterator[Profiled[StatementProfile]]:
        facts: tuple[Fact, ...] = getattr(record, FIELDS[kind])
        for fact, profile in zip(facts, profiled(facts, page, record), strict=True):
            yield Profiled(fact, settled(profile, page, _judge))

    return Linking(
        kind=kind,
        profile_type=StatementProfile,
        profiles=profiles,
        keys=keys_unless_alone(_keys),
        judge=_judge,
        slots=lambda _: (),
        called=lambda one: one.called,
        named=lambda _: (),
    )


def quote_profile(quote: Quote, page: PageCard, people: Set[str] = frozenset()) -> StatementProfile:
    """What of a quote decides which it is; ``people`` are the names of those whom the page names."""
    speaker = plain(page.called.get(quote.speaker, quote.speaker))
    who = None if identity_cues()["unnamed"].search(speaker) else speaker
    named = quote.title is not None or quote.affiliation is not None or quote.speaker in people
    said = _clause_ends(quote.evidence.text) if who is not None else ()
    return StatementProfile(quote.evidence.text, who, _parts(quote), person=who is not None and named, said=said)


def _clause_ends(words: str) -> tuple[str, ...]:
    """The ends of the clauses of a short quote; of a long one those of what it quotes itself. Sorted."""
    settings, every = identity_settings().statements, clauses(words)
    if len(every) > settings.most:
        every = tuple(
            clause for found in identity_cues()["inner-quote"].finditer(words) for clause in clauses(found[0])
        )
    return tuple(sorted({clause[-settings.end :] for clause in every if len(clause) >= settings.end_least}))


def measure_profile(measure: Measure, page: PageCard) -> StatementProfile:
    """What of a measure decides which it is."""
    return StatementProfile(measure.evidence.text, sphere_of_any(measure.lead, page), _parts(measure))


def scenario_profile(scenario: Scenario, page: PageCard) -> StatementProfile:
    """What of a scenario decides which it is."""
    profile = StatementProfile(scenario.evidence.text, sphere_of(scenario.owner, page), _parts(scenario))
    count = "" if scenario.count is None else f"{scenario.count:f}"
    if significant(count) < identity_settings().figures.specific:
        return profile
    batch = identity_cues()["batch"].search(plain(scenario.evidence.text))
    told = batch["batch"].replace(_FIRST, _ONE) if batch else None
    return msgspec.structs.replace(profile, count=count, batch=told, told=page.published_from)


def action_profile(action: CompanyAction, page: PageCard) -> StatementProfile:
    """What of a company's action decides which it is."""
    return StatementProfile(
        called=action.evidence.text,
        who=plain(page.called.get(action.company, action.company)),
        parts=_parts(action),
        does=action.kind,
        object=plain(action.object or ""),
        date=action.date or "",
    )


def _parts(fact: Fact) -> tuple[str, ...]:
    """The parts of the sentence that are long enough to be compared, longest first."""
    least = identity_settings().statements.clause
    every = dict.fromkeys(clauses(fact.evidence.text))
    long = [part for part in every if len(part) >= least] or ["".join(every)]
    return tuple(sorted(long, key=lambda part: (-len(part), part)))


def _keys(profile: StatementProfile) -> tuple[str, ...]:
    settings = identity_settings().statements
    found = profile.parts[: settings.most]
    named = (profile.object,) if len(profile.object) >= settings.object else ()
    counted = (f"count {profile.count}",) if profile.count else ()
    return (*found, *counted, *(f"{profile.who} {words}" for words in (*named, *profile.said)))


def _judge(first: StatementProfile, second: StatementProfile) -> Verdict:
    if differ(first.who, second.who):
        return OPEN
    if differ(first.batch, second.batch):
        return Verdict("apart", "other-edition", 0, both(first.batch, second.batch))
    shared = [part for part in first.parts if part in second.parts]  # longest first, as both sets of parts are
    said, least = _length(shared), min(_length(first.parts), _length(second.parts))
    settings = identity_settings().statements
    told = first.who is not None and first.who == second.who
    enough = said >= settings.least and said >= settings.share * least
    if enough or (told and (_says_again(first, second) or _says_again(second, first))):
        return Verdict("same", "same-clause", 70 if told else 50, tuple(shared[:1]))
    return _same_count(first, second) if first.count else _same_action(first, second)


def _same_count(first: StatementProfile, second: StatementProfile) -> Verdict:
    """As many of one batch within a year; without a batch, a number of more digits in the news of about one time."""
    settings = identity_settings().figures
    batch = first.batch is not None and first.batch == second.batch
    telling = batch or significant(first.count) >= settings.telling
    if first.count != second.count or not telling:
        return OPEN
    near = told_within(first.told, second.told, settings.year if batch else settings.season)
    return Verdict("same", "same-figure", 50, (first.count,)) if near else OPEN


def _says_again(first: StatementProfile, second: StatementProfile) -> bool:
    """Whether the second holds all that a named person says in the first, or what the first takes up of it in marks."""
    if not first.person and not second.person:
        return False
    cues = identity_cues()
    taken_up = (found["words"] for found in cues["inner-quote"].finditer(first.called))
    again = cues["said-again"].sub("", first.called)
    said, whole = map(plain, (first.called, again, *taken_up)), plain(second.called)
    return any(len(words) >= identity_settings().statements.said_again and words in whole for words in said)


def _same_action(first: StatementProfile, second: StatementProfile) -> Verdict:
    """What one company does to one object on one day, in other words."""
    alike = first.does == second.does is not None and first.object == second.object != ""
    if not alike or first.who is None or first.who != second.who:
        return OPEN
    dated = first.date and second.date and (first.date.startswith(second.date) or second.date.startswith(first.date))
    return Verdict("same", "same-action", 60, (first.object,)) if dated else OPEN


def _length(parts: Iterable[str]) -> int:
    return sum(map(len, parts))
