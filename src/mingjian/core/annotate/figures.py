"""Targets and statistics: quantities that are to be reached or that are so, with what they measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from mingjian.core.model.annotation import Anchor, Comparator, Measured, Quantity, TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Names, Normalized, Parts, Statistic, Target, TimeBound
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.measuring.timing import deadline_of, said_to_be
from mingjian.core.text.mentions import Mention, nearest_before
from mingjian.core.text.scenes import REACH_OF_CUES, Scene, is_coming, is_due, scenes_of
from mingjian.core.text.sentences import trim

# Marks and spaces, no words.
_MARKS = ",，;；:：。！？!?、 \t\n\u3000”’"
_SHORTEST_GOAL = 6


def annotate_figures(
    article: Article,
    found: GroupFindings,
    measured: Sequence[Measured],
    times: Sequence[TimeExpression],
    names: Names,
    anchor: Anchor,
) -> tuple[tuple[Target, ...], tuple[Statistic, ...]]:
    """The targets (obligations and plans, with a number or without) and the statistics of the body, in page order."""
    targets: list[Target] = []
    statistics: list[Statistic] = []
    counted = [item.quantity for item in measured if not item.quantity.structural]
    by_start = {item.quantity.start: item for item in measured}
    for scene, here in scenes_of(article, found, counted, times, names, anchor):
        goals: list[Target] = []
        for quantity in here:
            clause = scene.clause_of(quantity.start)
            if _is_target(scene, quantity, clause):
                goals.append(_target(scene, by_start[quantity.start], clause))
            else:
                statistics.append(_statistic(scene, by_start[quantity.start], clause))
        if _may_aim(scene):
            goals = sorted((*goals, *_qualitative(scene, here)), key=lambda target: target.evidence.start)
        targets += goals
    return _once(targets), _once(statistics)


def _may_aim(scene: Scene) -> bool:
    """Whether the sentence can hold a goal without a number."""
    if scene.governor or "ambition" in scene.cues:
        return True
    return bool(scene.times) and (
        "plan" in scene.cues or "goal" in scene.cues or any(is_due(scene.page, time) for time in scene.times)
    )


def _is_target(scene: Scene, quantity: Quantity, clause: Pair) -> bool:
    """Whether the number is to be reached: a deadline, an aim or a plan governs it, and nothing says it is so."""
    start, place = scene.start, quantity.start
    if _counts_parts(scene, quantity) or _is_granted(scene, quantity, clause):
        return False
    due = deadline_of(scene, place)
    if due is not None:
        return due.end > clause[0] or not said_to_be(scene, max(due.end, start), clause[1])
    if scene.between("goal", start, place):
        return True
    plans = scene.between("plan", start, place)
    states = scene.between("state", start, clause[1])
    if plans and not (states and states[-1].start > plans[-1].start):
        return True
    return not states and _is_ordered(scene, quantity, clause) and not _past(scene, place)


def _is_ordered(scene: Scene, quantity: Quantity, clause: Pair) -> bool:
    """Whether the sentence begins as an order, or a document asks for the clause, or promises its money."""
    orders = scene.between("order", scene.start - 1, quantity.end + REACH_OF_CUES)
    if not orders:
        return False
    if orders[0].start <= scene.start + 1:
        return True
    asked = bool(scene.between("ask", scene.start, quantity.start))
    return asked and any(match.start >= clause[0] - 1 for match in orders)


def _is_granted(scene: Scene, quantity: Quantity, clause: Pair) -> bool:
    """Whether the number is the money, or the share of costs, that a measure promises to each: 给予最高300万元补助."""
    return quantity.normal_unit != "count" and bool(scene.between("grant", *clause))


def _counts_parts(scene: Scene, quantity: Quantity) -> bool:
    """Whether the number counts the tasks of a document: 部署16项重点任务 states, whatever verb stands before it."""
    parts = scene.between("parts", quantity.end, quantity.end + REACH_OF_CUES)
    return bool(parts) and quantity.unit in parts[0].rule.fields["counted_by"]


def _past(scene: Scene, offset: int) -> bool:
    """Whether a day that is over stands before the place in the sentence."""
    latest = scene.page.anchor.day or scene.page.anchor.latest
    asks = scene.between("ask", scene.start, offset)
    low = asks[-1].start if asks else scene.start
    return any(
        low <= time.start < offset
        and time.type in ("DATE", "TIME")
        and (time.function == "as_of" or _is_over(time, latest))
        for time in scene.times
    )


def _is_over(time: TimeExpression, day: str | None) -> bool:
    return bool(day and time.date.end and time.date.end <= day and time.value != "PRESENT_REF")


def _target(scene: Scene, measured: Measured, clause: Pair) -> Target:
    quantity = measured.quantity
    due = _time(scene, measured) if measured.use == "deadline" else None
    comparator: Comparator = quantity.comparator
    if comparator == "=" and scene.page.reached in scene.page.folded[quantity.start : quantity.number[0]]:
        comparator = ">="
    shared, parts = _shared(scene, measured, clause)
    if due:
        parts["deadline"] = ((due.start, due.end),)
    bound = _bound(scene, due, quantity.start, clause)
    return Target(**shared, parts=parts, by="figure.target", comparator=comparator, deadline=bound)


def _time(scene: Scene, measured: Measured) -> TimeExpression | None:
    """The expression that governs the number: of its sentence, or the one that holds on from an earlier part."""
    earlier = [time for time in (scene.governor, scene.told) if time]
    return next((time for time in (*scene.times, *earlier) if (time.start, time.end) == measured.time), None)


def _statistic(scene: Scene, measured: Measured, clause: Pair) -> Statistic:
    quantity, time = measured.quantity, _time(scene, measured)
    shared, parts = _shared(scene, measured, clause)
    if time:
        parts["as_of"] = ((time.start, time.end),)
    if quantity.normal_unit != "count":
        falls = scene.between("fall", max(0, quantity.start - 4), quantity.start)
        if falls and falls[-1].end == quantity.start:
            shared |= _fallen(scene, quantity, falls[-1].start)
    bound = _bound(scene, time, quantity.start, clause)
    return Statistic(**shared, parts=parts, by="figure.statistic", comparator=quantity.comparator, as_of=bound)


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


def _bound(scene: Scene, time: TimeExpression | None, offset: int, clause: Pair) -> TimeBound | None:
    """The last day of a deadline or of what a statistic covers; later than the publication no statistic can be."""
    if time is None:
        return None
    basis = time.date.basis if time.end + 2 >= clause[0] else "shared"
    end, day = time.date.end, scene.page.anchor.day
    if day and end and end > day and time.function in ("at", "as_of", "since") and (time.date.start or "") <= day:
        end = day if not scene.between("plan", scene.start, offset) else end
    return TimeBound(scene.page.text[time.start : time.end], end, basis)


def _shared(scene: Scene, measured: Measured, clause: Pair) -> tuple[dict[str, Any], Parts]:
    """What targets and statistics have in common, and its places."""
    quantity, metric = measured.quantity, measured.metric
    text, start, end = scene.page.text, quantity.start, quantity.end
    clause = (min(clause[0], start), max(clause[1], end))
    subject, region = _named(scene.bearers, measured.subject), _named(scene.places, measured.region)
    parts: Parts = {}
    if metric:
        parts["metric"] = (metric,)
    whose = subject.bearer.name if subject else None
    if measured.subject and (subject or measured.subject == measured.region):
        whose = whose or text[slice(*measured.subject)]
        parts["subject"] = (measured.subject,)
    if region:
        parts["region"] = (region.pair,)
    return {
        "evidence": cite(text, *clause),
        "value_span": cite(text, start, end),
        "subject": whose,
        "metric": text[metric[0] : metric[1]] if metric else None,
        "region": region.bearer.name if region else None,
        "value": quantity.value,
        "value_max": quantity.value_max,
        "unit": quantity.unit,
        "normalized": Normalized(quantity.normal_value, quantity.normal_max, quantity.normal_unit),
    }, parts


def _named(mentions: Sequence[Mention], pair: Pair | None) -> Mention | None:
    """The name that stands there; words like 公司 and 全省 are no names."""
    return next((mention for mention in mentions if mention.pair == pair), None)


def _qualitative(scene: Scene, quantities: Sequence[Quantity]) -> Iterator[Target]:
    """Goals without a number: the clauses that a deadline governs, and ambitions."""
    taken: set[Pair] = set()
    for pair, due in _goal_clauses(scene):
        held = any(pair[0] <= quantity.start < pair[1] for quantity in quantities)
        if pair not in taken and not held:
            taken.add(pair)
            yield _goal(scene, pair, due, "figure.goal-with-deadline")
    for match in scene.between("ambition", scene.start, scene.end):
        clause = scene.clause_of(match.start)
        overlapping = any(pair[0] < clause[1] and clause[0] < pair[1] for pair in taken)
        if not overlapping and not any(clause[0] <= quantity.start < clause[1] for quantity in quantities):
            taken.add(clause)
            yield _goal(scene, clause, None, match.rule.id)


def _goal_clauses(scene: Scene) -> Iterator[tuple[Pair, TimeExpression]]:
    """Every clause that a deadline or a planned day governs and that names a result, the first with its words."""
    due, lead = scene.governor, None
    page = scene.page
    deadlines = [time for time in scene.times if is_due(page, time)]
    for clause in scene.clauses:
        inner = next((time for time in deadlines if clause[0] <= time.start < clause[1]), None)
        if inner is not None:
            due, lead = inner, clause[0] if _is_before(inner, scene) else inner.start
            if not page.folded[inner.end : clause[1]].strip(_MARKS):
                continue
        planned = due or _planned(scene, clause)
        if planned is None or said_to_be(scene, *clause) or not _is_result(scene, clause):
            continue
        low, high = trim(page.text, clause[0] if lead is None else lead, clause[1])
        lead = None
        if high - low >= _SHORTEST_GOAL:
            yield (low, high), planned


def _is_result(scene: Scene, clause: Pair) -> bool:
    """Whether the clause names what will have been reached, and denies nothing."""
    page = scene.page
    return page.result.search(page.folded, *clause) is not None and page.no_goal.search(page.folded, *clause) is None


def _planned(scene: Scene, clause: Pair) -> TimeExpression | None:
    """The coming day for which the clause plans something: 一期计划2027年3月投产."""
    if not scene.between("plan", *clause) and not scene.between("goal", *clause):
        return None
    for time in scene.times:
        if clause[0] <= time.start < clause[1] and time.type in ("DATE", "TIME") and is_coming(scene.page, time):
            return time
    return None


def _is_before(time: TimeExpression, scene: Scene) -> bool:
    return scene.page.folded.endswith(scene.page.due_ends, time.start, time.end)


def _goal(scene: Scene, pair: Pair, due: TimeExpression | None, by: str) -> Target:
    text = scene.page.text
    words = due.end if due and pair[0] <= due.start < pair[1] and not _is_before(due, scene) else pair[0]
    while words < pair[1] and text[words] in _MARKS:
        words += 1
    if words >= pair[1]:  # nothing stands behind the time: the goal is said before it
        words = pair[0]
    subject = nearest_before(scene.bearers, pair[1])
    parts: Parts = {"qualitative": ((words, pair[1]),)}
    parts |= {"deadline": ((due.start, due.end),)} if due else {}
    parts |= {"subject": ((subject.start, subject.end),)} if subject else {}
    return Target(
        evidence=cite(text, *pair), by=by, parts=parts, subject=subject.bearer.name if subject else None, metric=None,
        comparator=None, value=None, value_max=None, unit=None, normalized=None, value_span=None,
        deadline=_bound(scene, due, words, scene.clause_of(words)), qualitative=text[words : pair[1]],
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
            also = (*first.evidence.also, fact.evidence.pair)
            evidence = Span(first.evidence.start, first.evidence.end, first.evidence.text, also)
            kept[key] = msgspec.structs.replace(first, evidence=evidence)
        else:
            kept[(*key, str(fact.value_span and fact.value_span.start))] = fact  # type: ignore[index]
    return tuple(kept.values())
