"""Quotes, measures, scenarios and companies' actions: the same said of the same body, in reprints and other words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from mingjian.core.link.things.actions import Act, act_of, keys_of_act, same_act
from mingjian.core.link.things.alone import Telling, keys_unless_alone, settled
from mingjian.core.link.things.figures import significant, told_within
from mingjian.core.link.things.identities import identity_cues, identity_settings
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.link.things.resources import batch_in
from mingjian.core.link.things.spheres import differ, sphere_of, sphere_of_any
from mingjian.core.link.things.wording import both, clauses, plain
from mingjian.core.model.facts import Fact, Measure, Quote
from mingjian.core.model.record import Record
from mingjian.core.model.resources import CompanyAction, Scenario
from mingjian.core.model.things import FIELDS, OPEN, PageCard, ThingKind, Verdict


class StatementProfile(Telling, frozen=True, gc=False):
    """Who is spoken of and the parts of the sentence; for a company's action also what else tells which it is.

    For scenarios that are counted also how many, which batch they are, and the day on which the page was published.
    ``person``: it is what a named person says, who is quoted now whole, now in part.
    """

    called: str
    who: str | None
    parts: tuple[str, ...]
    act: Act | None = None
    count: str = ""
    batch: str | None = None
    told: str | None = None
    person: bool = False


def statement_linkings() -> tuple[Linking[StatementProfile], ...]:
    """How things that are told in a sentence are identified, one linking a kind."""
    return (
        _linking("quote", quote_profile),
        _linking("measure", measure_profile),
        _linking("scenario", scenario_profile),
        _linking("company_action", action_profile),
    )


def _linking(kind: ThingKind, profile: Callable[[Any, PageCard], StatementProfile]) -> Linking[StatementProfile]:
    def profiles(page: PageCard, record: Record) -> Iterator[Profiled[StatementProfile]]:
        facts: tuple[Fact, ...] = getattr(record, FIELDS[kind])
        for fact in facts:
            yield Profiled(fact, settled(profile(fact, page), page, _judge))

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


def quote_profile(quote: Quote, page: PageCard) -> StatementProfile:
    """What of a quote decides which it is."""
    speaker = plain(page.called.get(quote.speaker, quote.speaker))
    who = None if identity_cues()["unnamed"].search(speaker) else speaker
    named = quote.title is not None or quote.affiliation is not None
    return StatementProfile(quote.evidence.text, who, _parts(quote), person=who is not None and named)


def measure_profile(measure: Measure, page: PageCard) -> StatementProfile:
    """What of a measure decides which it is."""
    return StatementProfile(measure.evidence.text, sphere_of_any(measure.lead, page), _parts(measure))


def scenario_profile(scenario: Scenario, page: PageCard) -> StatementProfile:
    """What of a scenario decides which it is."""
    profile = StatementProfile(scenario.evidence.text, sphere_of(scenario.owner, page), _parts(scenario))
    count = "" if scenario.count is None else f"{scenario.count:f}"
    if significant(count) < identity_settings().figures.specific:
        return profile
    batch = batch_in(scenario.evidence.text)
    return msgspec.structs.replace(profile, count=count, batch=batch, told=page.published_from)


def action_profile(action: CompanyAction, page: PageCard) -> StatementProfile:
    """What of a company's action decides which it is."""
    return StatementProfile(
        called=action.evidence.text,
        who=plain(page.called.get(action.company, action.company)),
        parts=_parts(action),
        act=act_of(action, page.published_from),
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
    counted = (f"count {profile.count}",) if profile.count else ()
    said = clauses(profile.called)[: settings.most] if profile.person else ()
    short = (f"{profile.who} {part}" for part in said if settings.short <= len(part) < settings.clause)
    return (*found, *counted, *short, *(keys_of_act(profile.who, profile.act) if profile.act else ()))


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
    taken_up = (found["words"] for found in identity_cues()["inner-quote"].finditer(first.called))
    said, whole = map(plain, (first.called, *taken_up)), plain(second.called)
    return any(len(words) >= identity_settings().statements.said_again and words in whole for words in said)


def _same_action(first: StatementProfile, second: StatementProfile) -> Verdict:
    """What one company does, in other words."""
    if first.act is None or second.act is None or first.who is None or first.who != second.who:
        return OPEN
    return same_act(first.act, second.act)


def _length(parts: Iterable[str]) -> int:
    return sum(map(len, parts))
