"""Targets and statistics: quantities that are to be reached or that are so, with what they measure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

from mingjian.core.model.annotation import (
    Comparator,
    Growth,
    Measured,
    Quantity,
    TimeExpression,
)
from mingjian.core.model.facts import (
    Change,
    ChangeKind,
    Normalized,
    Parts,
    Policy,
    Statistic,
    Target,
    TargetNature,
    TimeBound,
)
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.text.governing_times import is_coming
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.measuring.bounding import comparator_of, is_forecast, is_reached
from mingjian.core.text.measuring.crediting import Credit, Documents, credit_of, documents_of
from mingjian.core.text.measuring.goals import MARKS, Goal, goals_of, stands_before
from mingjian.core.text.measuring.judging import counts_parts, is_called_a_goal, is_target, states_nothing, time_at
from mingjian.core.text.measuring.outcomes import outcome_of
from mingjian.core.text.measuring.retelling import due_again, last_day_due, replacements
from mingjian.core.text.measuring.timing import said_to_be
from mingjian.core.text.mentions import Mention, nearest_before
from mingjian.core.text.scenes import Scene, Scenes, nature_of
from mingjian.core.text.titles import inside

_KINDS: dict[Growth, ChangeKind] = {
    "yoy": "year_on_year",
    "sequential": "period_on_period",
    "annual_average": "annual_average",
}

_ALSO_MOST = 100  # other places that one fact names


class Setting(msgspec.Struct, frozen=True):
    """What figures may be of: the documents of the page, and that whose text the page is.

    ``rows`` are the lines of tables, whose numbers are read by their columns.
    """

    policies: Sequence[Policy] = ()
    own: Policy | None = None
    rows: Sequence[Pair] = ()


class _Read(msgspec.Struct, frozen=True):
    """One number in its sentence and clause, with who stands behind it."""

    scene: Scene
    measured: Measured
    clause: Pair
    credit: Credit
    replaced: Quantity | None = None


def annotate_figures(
    found: GroupFindings, measured: Sequence[Measured], scenes: Scenes, setting: Setting
) -> tuple[tuple[Target, ...], tuple[Statistic, ...]]:
    """The targets (obligations and plans, with a number or without) and the statistics of the body, in page order."""
    targets: list[Target] = []
    statistics: list[Statistic] = []
    shown = found.settings["shown_parts"]
    by_start = {item.quantity.start: item for item in measured}
    documents = documents_of(setting.policies, setting.own)
    for scene, quantities in scenes:
        if scene.is_heading:
            continue
        here = [quantity for quantity in quantities if not quantity.structural or quantity.unit in shown]
        goals: list[Target] = []
        replaced = replacements(scene, here)
        given_up = {quantity.start for quantity in replaced.values()}
        for item in (by_start[quantity.start] for quantity in here):
            place = item.quantity.start
            if place in given_up or inside(setting.rows, place) or states_nothing(scene, item.quantity):
                continue
            clause = scene.clause_of(place)
            aimed = place in replaced or is_target(scene, item, clause, of_policy=setting.own is not None)
            credit = credit_of(documents, scene, place, is_target=aimed, is_changed=place in replaced)
            read = _Read(scene, item, clause, credit, replaced.get(place))
            if aimed:
                goals.append(_target(read, goals[-1] if goals else None))
            else:
                statistics.append(_statistic(read))
        goals += [_goal(scene, goal, documents) for goal in goals_of(scene, here)]
        targets += sorted(goals, key=lambda target: target.evidence.start)
    return _once(targets), _once(statistics)


def _target(read: _Read, before: Target | None) -> Target:
    scene, quantity, clause = read.scene, read.measured.quantity, read.clause
    due = _due(read)
    comparator = _least(scene, quantity, comparator_of(scene, quantity, clause), before)
    shared, parts = _shared(read)
    if due:
        parts["deadline"] = ((due.start, due.end),)
    if read.credit.issuer:
        parts["issuer"] = read.credit.issuer_places
    nature = _nature(scene, clause)
    if nature:
        parts["nature"] = (nature[1],)
    if read.replaced:
        parts["replaces"] = ((read.replaced.start, read.replaced.end),)
    bound = _due_bound(due, clause, scene)
    outcome = outcome_of(scene, read.measured, bound.end if bound else None)
    if outcome:
        parts["outcome"] = (outcome[1],)
    return Target(
        **shared, parts=parts, by="figure.target", comparator=comparator, deadline=bound,
        issuer=read.credit.issuer, nature=nature[0] if nature else None,
        replaces=_normalized(read.replaced) if read.replaced else None, outcome=outcome[0] if outcome else None,
    )  # fmt: skip


def _due(read: _Read) -> TimeExpression | None:
    """The day by which it is to be reached, if one is told."""
    scene, measured = read.scene, read.measured
    if read.replaced is not None or is_called_a_goal(scene, measured.quantity):
        return due_again(scene, measured, read.clause)
    return time_at(scene, measured.time) if measured.use == "deadline" or _is_path(read) else None


def _least(scene: Scene, quantity: Quantity, comparator: Comparator, before: Target | None) -> Comparator:
    """What is to be reached is a least, also in a list behind such a one; what is only foretold is none."""
    reached = is_reached(scene, quantity)
    if reached and comparator in ("=", ">=") and is_forecast(scene, quantity):
        return "="
    if comparator == "=" and (reached or _is_listed(scene, quantity, before)):
        return ">="
    return comparator


def _is_listed(scene: Scene, quantity: Quantity, before: Target | None) -> bool:
    """Whether only the mark of a list stands between it and a number that is to be reached: 分别达到50%和80%."""
    if before is None or before.comparator != ">=" or before.value_span is None:
        return False
    words, between = before.value_span, scene.page.folded[before.value_span.end : quantity.start]
    return between in scene.page.joints and not words.text.endswith(scene.page.least)


def _is_path(read: _Read) -> bool:
    """Whether the number, though to be reached, is of a year that runs: the first of a path of years."""
    time = time_at(read.scene, read.measured.time)
    return time is not None and is_coming(read.scene.page, time)


def _nature(scene: Scene, clause: Pair) -> tuple[TargetNature, Pair] | None:
    """Binding or expected, where the clause or the words that lead to it say so, and where."""
    found = scene.between("nature", *clause) or scene.between("nature", scene.start, clause[0])
    if not found and scene.scope.nature is not None:
        return scene.scope.nature
    if not found:
        return None
    return nature_of(found[-1]), (found[-1].start, found[-1].end)


def _statistic(read: _Read) -> Statistic:
    scene, quantity, clause = read.scene, read.measured.quantity, read.clause
    time = None if counts_parts(scene, quantity) else time_at(scene, read.measured.time)
    shared, parts = _shared(read)
    if time:
        parts["as_of"] = ((time.start, time.end),)
    source = read.measured.source
    if source:
        parts["source_body"] = (source,)
    return Statistic(
        **shared, parts=parts, by="figure.statistic", comparator=comparator_of(scene, quantity, clause),
        as_of=_told_bound(scene, time, quantity.start, clause),
        source_body=scene.page.text[slice(*source)] if source else None,
    )  # fmt: skip


def _change(read: _Read) -> tuple[Change, Pair] | None:
    """Against what the number is a change, and where that is said."""
    compared, growth = read.measured.compared, read.measured.growth
    if compared is None:
        return None
    if growth:
        return Change(_KINDS[growth]), compared
    scene = read.scene
    base = next((time for time in scene.times if compared[0] <= time.start and time.end <= compared[1]), None)
    return Change("since_base", scene.page.text[base.start : base.end] if base else None), compared


def _fallen(scene: Scene, quantity: Quantity, start: int) -> dict[str, Any]:
    """A fall is a negative number, and its words say so."""
    normal = Normalized(-quantity.normal_value, _negative(quantity.normal_max), quantity.normal_unit)
    span = cite(scene.page.text, start, quantity.end)
    return {
        "value": -quantity.value,
        "value_max": _negative(quantity.value_max),
        "normalized": normal,
        "value_span": span,
    }


def _negative(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value


def _due_bound(time: TimeExpression | None, clause: Pair, scene: Scene) -> TimeBound | None:
    """The last day of a deadline."""
    bound = _bound(time, clause, scene)
    return bound if time is None or bound is None else TimeBound(bound.text, last_day_due(time), bound.basis)


def _bound(time: TimeExpression | None, clause: Pair, scene: Scene) -> TimeBound | None:
    """The last day of a time; it is shared where it stands in an earlier clause."""
    if time is None:
        return None
    basis = time.date.basis if time.end + 2 >= clause[0] else "shared"
    return TimeBound(scene.page.text[time.start : time.end], time.date.end, basis)


def _told_bound(scene: Scene, time: TimeExpression | None, offset: int, clause: Pair) -> TimeBound | None:
    """The last day of what a statistic covers; only what is set for a year can be later than the page."""
    bound, day = _bound(time, clause, scene), scene.page.anchor.day
    if time is None or bound is None or not bound.end or not day or bound.end <= day:
        return bound
    runs = time.function in ("at", "as_of", "since") and (time.date.start or "") <= day
    is_set = scene.between("plan", scene.start, offset) or _is_of_budget(scene, time, clause)
    return TimeBound(bound.text, day, bound.basis) if runs and not is_set else bound


def _is_of_budget(scene: Scene, time: TimeExpression, clause: Pair) -> bool:
    """Whether between the time and the end of the clause a sum is named that is set for it, and none is spent."""
    return bool(scene.between("budget", time.start, clause[1])) and not said_to_be(scene, clause[0], clause[1])


def _shared(read: _Read) -> tuple[dict[str, Any], Parts]:
    """What targets and statistics have in common, and its places."""
    scene, measured, quantity, metric = read.scene, read.measured, read.measured.quantity, read.measured.metric
    text, start, end = scene.page.text, quantity.start, quantity.end
    clause = (min(read.clause[0], start), max(read.clause[1], end))
    subject, region = _named(scene.bearers, measured.subject), _named(scene.places, measured.region)
    change = _change(read)
    optional = {
        "metric": (metric,) if metric else (),
        "region": (region.pair,) if region else (),
        "policy": read.credit.policy_places,
        "change": (change[1],) if change else (),
    }
    parts: Parts = {name: places for name, places in optional.items() if places}
    whose = subject.bearer.name if subject else None
    if measured.subject and (subject or measured.subject == measured.region):
        whose = whose or text[slice(*measured.subject)]
        parts["subject"] = (measured.subject,)
    return {
        "evidence": cite(text, *clause),
        "subject": whose,
        "metric": text[metric[0] : metric[1]] if metric else None,
        "region": region.bearer.name if region else None,
        "unit": quantity.unit,
        "policy": read.credit.policy,
        "change": change[0] if change else None,
        **_worth(scene, quantity),
    }, parts


def _worth(scene: Scene, quantity: Quantity) -> dict[str, Any]:
    """The value as printed and normalised, with its words: a fall is a negative number."""
    if quantity.normal_unit != "count":
        falls = scene.between("fall", max(0, quantity.start - 4), quantity.start)
        if falls and falls[-1].end == quantity.start:
            return _fallen(scene, quantity, falls[-1].start)
    return {
        "value_span": cite(scene.page.text, quantity.start, quantity.end),
        "value": quantity.value,
        "value_max": quantity.value_max,
        "normalized": _normalized(quantity),
    }


def _normalized(quantity: Quantity) -> Normalized:
    return Normalized(quantity.normal_value, quantity.normal_max, quantity.normal_unit)


def _named(mentions: Sequence[Mention], pair: Pair | None) -> Mention | None:
    """The name that stands there; words like 公司 and 全省 are no names."""
    return next((mention for mention in mentions if mention.pair == pair), None)


def _goal(scene: Scene, goal: Goal, documents: Documents) -> Target:
    text, (pair, due, by) = scene.page.text, goal
    words = due.end if due and pair[0] <= due.start < pair[1] and not stands_before(due, scene) else pair[0]
    while words < pair[1] and text[words] in MARKS:
        words += 1
    if words >= pair[1]:  # nothing stands behind the time: the goal is said before it
        words = pair[0]
    subject = nearest_before(scene.bearers, pair[1])
    credit = credit_of(documents, scene, words, is_target=True)
    optional = {
        "qualitative": ((words, pair[1]),),
        "deadline": ((due.start, due.end),) if due else (),
        "subject": (subject.pair,) if subject else (),
        "issuer": credit.issuer_places,
        "policy": credit.policy_places,
    }
    return Target(
        evidence=cite(text, *pair), by=by, parts={name: places for name, places in optional.items() if places},
        subject=subject.bearer.name if subject else None, metric=None,
        comparator=None, value=None, value_max=None, unit=None, normalized=None, value_span=None,
        deadline=_due_bound(due, scene.clause_of(words), scene), issuer=credit.issuer, policy=credit.policy,
        qualitative=text[words : pair[1]],
    )  # fmt: skip


def _once(facts: Sequence[Any]) -> tuple[Any, ...]:
    """The facts without those that another place of the page states in the same words; it is named in ``also``."""
    kept: dict[tuple[str, str], Any] = {}
    for fact in facts:
        key = (fact.evidence.text, fact.value_span.text if fact.value_span else "")
        first = kept.get(key)
        if first is None:
            kept[key] = fact
        elif first.evidence.pair != fact.evidence.pair:
            also = (*first.evidence.also, fact.evidence.pair)[:_ALSO_MOST]
            evidence = Span(first.evidence.start, first.evidence.end, first.evidence.text, also)
            kept[key] = msgspec.structs.replace(first, evidence=evidence)
        else:
            kept[(*key, str(fact.value_span and fact.value_span.start))] = fact  # type: ignore[index]
    return tuple(kept.values())
