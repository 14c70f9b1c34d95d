"""Targets and statistics: a quantity with its metric, subject, place and time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from mingjian.core.model.annotation import Anchor, Comparator, Quantity, TimeExpression
from mingjian.core.model.article import HEADING_ROLES, Article, Sentence
from mingjian.core.model.facts import Names, Normalized, Parts, Statistic, Target, TimeBound
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.text.clauses import clauses_between
from mingjian.core.text.cues import Cues
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_between, mentions_of
from mingjian.core.text.sentences import trim
from mingjian.core.text.titles import inside, titles_of

# Marks and spaces, no words.
_MARKS = ",，;；:：。！？!?、 \t\n\u3000”’"
_LONGEST_METRIC = 12
_SHORTEST_GOAL = 6


class _Scene(msgspec.Struct, frozen=True):
    """One sentence with all that figures of it are read from.

    ``governor`` is a deadline of an earlier part, which holds on after a semicolon.
    """

    article: Article
    sentence: Sentence
    clauses: tuple[Pair, ...]
    times: tuple[TimeExpression, ...]
    governor: TimeExpression | None
    cues: dict[str, Cues]
    found: GroupFindings
    places: tuple[Mention, ...]
    bearers: tuple[Mention, ...]
    anchor: Anchor

    def clause_of(self, offset: int) -> Pair:
        """The clause that holds the place."""
        index = bisect_right(self.clauses, (offset, len(self.article.text))) - 1
        return self.clauses[max(index, 0)] if self.clauses else (self.sentence.start, self.sentence.end)


def annotate_figures(
    article: Article,
    found: GroupFindings,
    quantities: Sequence[Quantity],
    times: Sequence[TimeExpression],
    names: Names,
    anchor: Anchor,
) -> tuple[tuple[Target, ...], tuple[Statistic, ...]]:
    """The targets (obligations and plans, with a number or without) and the statistics of the body, in page order."""
    targets: list[Target] = []
    statistics: list[Statistic] = []
    for scene, here in _scenes(article, found, quantities, times, names, anchor):
        goals: list[Target] = []
        for quantity in here:
            if _is_target(scene, quantity):
                goals.append(_target(scene, quantity))
            else:
                statistics.append(_statistic(scene, quantity))
        targets += sorted((*goals, *_qualitative(scene, here)), key=lambda target: target.evidence.start)
    return _once(targets), _once(statistics)


def _scenes(
    article: Article,
    found: GroupFindings,
    quantities: Sequence[Quantity],
    times: Sequence[TimeExpression],
    names: Names,
    anchor: Anchor,
) -> Iterator[tuple[_Scene, tuple[Quantity, ...]]]:
    """The sentences that hold a quantity, a deadline or an ambition, with their quantities."""
    cues = _by_type(article, found.matches)
    places, bearers = mentions_of(names.regions), mentions_of((*names.organisations, *names.regions))
    quantity_starts = [quantity.start for quantity in quantities]
    time_starts = [time.start for time in times]
    governor: TimeExpression | None = None
    goes_on = False
    for sentence in article.sentences:
        if not goes_on:
            governor = None
        goes_on = article.folded[sentence.end - 1] in ";；"
        if article.body[sentence.block].role in HEADING_ROLES:
            continue
        here = times[bisect_left(time_starts, sentence.start) : bisect_left(time_starts, sentence.end)]
        first, last = bisect_left(quantity_starts, sentence.start), bisect_left(quantity_starts, sentence.end)
        counted = tuple(quantity for quantity in quantities[first:last] if not quantity.structural)
        due = governor or next((time for time in here if time.function == "deadline"), None)
        if counted or due or cues["ambition"].between(sentence.start, sentence.end):
            clauses = clauses_between(article.folded, sentence.start, sentence.end)
            yield (
                _Scene(article, sentence, clauses, tuple(here), governor, cues, found, places, bearers, anchor),
                counted,
            )
        governor = next((time for time in reversed(here) if time.function == "deadline"), governor)


def _by_type(article: Article, matches: Sequence[Match]) -> dict[str, Cues]:
    titles = titles_of(article)
    sorted_out: dict[str, list[Match]] = {
        kind: [] for kind in ("goal", "plan", "order", "ask", "state", "metric", "ambition", "parts", "fall")
    }
    for match in matches:
        if not inside(titles, match.start):
            sorted_out[match.rule.fields["type"]].append(match)
    return {kind: Cues(tuple(match.start for match in found), tuple(found)) for kind, found in sorted_out.items()}


def _is_target(scene: _Scene, quantity: Quantity) -> bool:
    """Whether the number is to be reached: a deadline, an aim or a plan governs it, and nothing says it is so."""
    start, cues = scene.sentence.start, scene.cues
    clause = scene.clause_of(quantity.start)
    if _counts_parts(scene, quantity):
        return False
    due = _deadline(scene, quantity.start)
    if due is not None:
        after = max(due.end, start)
        return not _said_to_be(scene, after, quantity.start) or due.end > clause[0]
    if cues["goal"].between(start, quantity.start):
        return True
    plans = cues["plan"].between(start, quantity.start)
    states = cues["state"].between(start, clause[1])
    if plans and not any(state.start > plans[-1].start for state in states):
        return True
    return _is_ordered(scene, quantity, clause) and not states and not _past(scene, quantity.start)


def _is_ordered(scene: _Scene, quantity: Quantity, clause: Pair) -> bool:
    """Whether the sentence begins as an order, or a document asks for the clause, or promises its money."""
    start = scene.sentence.start
    orders = scene.cues["order"].between(start - 1, quantity.end + 8)
    if not orders:
        return False
    if orders[0].start <= start + 1:
        return True
    near = [match for match in orders if match.start >= clause[0] - 1]
    asked = bool(scene.cues["ask"].between(start, quantity.start))
    return any(asked or match.rule.id == "figure.subsidy" for match in near)


def _counts_parts(scene: _Scene, quantity: Quantity) -> bool:
    """Whether the number counts the tasks of a document: 部署16项重点任务 states, whatever verb stands before it."""
    parts = scene.cues["parts"].between(quantity.end, quantity.end + 8)
    return bool(parts) and quantity.unit in parts[0].rule.fields["counted_by"]


def _said_to_be(scene: _Scene, start: int, end: int) -> bool:
    return any(match.group("firm") for match in scene.cues["state"].between(start, end))


def _past(scene: _Scene, offset: int) -> bool:
    """Whether a day that is over stands before the place in the sentence."""
    latest = scene.anchor.day or scene.anchor.latest
    asks = scene.cues["ask"].between(scene.sentence.start, offset)
    low = asks[-1].start if asks else scene.sentence.start
    return any(
        low <= time.start < offset and time.type == "DATE" and (time.function == "as_of" or _is_over(time, latest))
        for time in scene.times
    )


def _is_over(time: TimeExpression, day: str | None) -> bool:
    return bool(day and time.date.end and time.date.end <= day and time.value != "PRESENT_REF")


def _deadline(scene: _Scene, offset: int) -> TimeExpression | None:
    """The last deadline before the place in the sentence, or the one that holds on from an earlier part of it."""
    for time in reversed(scene.times):
        if time.start < offset and time.function == "deadline":
            return time
        if time.start < offset and time.function == "as_of":
            return None
    return scene.governor


def _target(scene: _Scene, quantity: Quantity) -> Target:
    due = _deadline(scene, quantity.start) or _coming(scene, quantity.start)
    comparator: Comparator = quantity.comparator
    if (
        comparator == "="
        and scene.found.settings["reached"] in scene.article.folded[quantity.start : quantity.number[0]]
    ):
        comparator = ">="
    shared = _shared(scene, quantity)
    parts = shared.pop("parts") | ({"deadline": ((due.start, due.end),)} if due else {})
    return Target(
        **shared, parts=parts, by="figure.target", comparator=comparator, deadline=_bound(scene, due, quantity.start)
    )


def _coming(scene: _Scene, offset: int) -> TimeExpression | None:
    """A time after the publication that stands before the place, as in 预计2026年将达."""
    latest = scene.anchor.day or scene.anchor.latest
    for time in reversed(scene.times):
        if time.start < offset and time.date.end and latest and time.date.end > latest and time.function != "since":
            return time
    return None


def _statistic(scene: _Scene, quantity: Quantity) -> Statistic:
    time = _as_of(scene, quantity.start)
    shared = _shared(scene, quantity)
    parts = shared.pop("parts") | ({"as_of": ((time.start, time.end),)} if time else {})
    falls = scene.cues["fall"].between(max(0, quantity.start - 4), quantity.start)
    if falls and falls[-1].end == quantity.start and shared["normalized"].unit != "count":
        shared |= _fallen(scene, quantity, falls[-1].start)
    bound = _bound(scene, time, quantity.start)
    return Statistic(**shared, parts=parts, by="figure.statistic", comparator=quantity.comparator, as_of=bound)


def _fallen(scene: _Scene, quantity: Quantity, start: int) -> dict[str, Any]:
    """A fall is a negative number, and its words say so."""
    normal = Normalized(-quantity.normal_value, _negative(quantity.normal_max), quantity.normal_unit)
    span = cite(scene.article.text, start, quantity.end)
    return {
        "value": -quantity.value,
        "value_max": _negative(quantity.value_max),
        "normalized": normal,
        "value_span": span,
    }


def _negative(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value


def _as_of(scene: _Scene, offset: int) -> TimeExpression | None:
    """The day for which the number holds: the last day or stretch before it that is no comparison (比去年)."""
    folded = scene.article.folded
    for time in reversed(scene.times):
        if (
            time.start >= offset
            or time.date.end is None
            or time.value in ("PAST_REF", "FUTURE_REF")
            or time.by == "time.plan"
        ):
            continue
        before = scene.found.cues["compared"].search(folded, max(0, time.start - 3), time.start)
        compared = before or folded.startswith(tuple(scene.found.settings["compared_after"]), time.end)
        if not compared and time.type != "SET":
            return time
    return None


def _bound(scene: _Scene, time: TimeExpression | None, offset: int) -> TimeBound | None:
    """The last day of a deadline or of what a statistic covers; later than the publication no statistic can be."""
    if time is None:
        return None
    clause = scene.clause_of(offset)
    basis = time.date.basis if time.start >= clause[0] or time.end + 2 >= clause[0] else "shared"
    end = time.date.end
    day = scene.anchor.day
    if day and end and end > day and time.function in ("at", "as_of", "since") and (time.date.start or "") <= day:
        end = day if not scene.cues["plan"].between(scene.sentence.start, offset) else end
    return TimeBound(scene.article.text[time.start : time.end], end, basis)


def _shared(scene: _Scene, quantity: Quantity) -> dict[str, Any]:
    """What targets and statistics have in common."""
    text, clause = scene.article.text, scene.clause_of(quantity.start)
    clause = (min(clause[0], quantity.start), max(clause[1], quantity.end))
    metric = _metric(scene, clause, quantity)
    subject = _bearer(
        scene.bearers, scene.sentence.start, metric[0] if metric and metric[0] < quantity.start else quantity.start
    )
    region = _bearer(scene.places, scene.sentence.start, quantity.start)
    places = {"metric": metric, "subject": (subject.start, subject.end) if subject else None,
              "region": (region.start, region.end) if region else None}  # fmt: skip
    parts: Parts = {name: (pair,) for name, pair in places.items() if pair}
    return {
        "evidence": cite(text, *clause),
        "value_span": cite(text, quantity.start, quantity.end),
        "subject": subject.bearer.name if subject else None,
        "metric": text[metric[0] : metric[1]] if metric else None,
        "region": region.bearer.name if region else None,
        "value": quantity.value,
        "value_max": quantity.value_max,
        "unit": quantity.unit,
        "normalized": Normalized(quantity.normal_value, quantity.normal_max, quantity.normal_unit),
        "parts": parts,
    }


def _metric(scene: _Scene, clause: Pair, quantity: Quantity) -> Pair | None:
    """What is measured: the metric word before the number with the words that lead to it, else the noun counted."""
    if quantity.noun and quantity.normal_unit == "count":
        return quantity.noun
    before, after = (
        scene.cues["metric"].between(*pair) for pair in ((clause[0], quantity.start), (quantity.end, clause[1]))
    )
    found = before or after
    if not found:
        return _noun_before(scene, clause, quantity) if quantity.normal_unit == "count" else None
    floor = max([time.end for time in scene.times if time.end <= found[-1].start], default=0)
    low = max(clause[0] if before else quantity.end, found[-1].end - _LONGEST_METRIC, floor)
    words = scene.article.folded[low : found[-1].start]
    stops = [stop.end() for stop in scene.found.cues["metric-start"].finditer(words)]
    return low + (stops[-1] if stops else 0), found[-1].end


def _noun_before(scene: _Scene, clause: Pair, quantity: Quantity) -> Pair | None:
    """The words that lead to the number, where what is counted stands before it: 企业超过500家."""
    low = max(
        [clause[0], quantity.start - _LONGEST_METRIC, *(time.end for time in scene.times if time.end <= quantity.start)]
    )
    stops = [
        stop.end() for stop in scene.found.cues["metric-start"].finditer(scene.article.folded, low, quantity.start)
    ]
    start = stops[-1] if stops else low
    return (start, quantity.start) if quantity.start - start >= 2 else None


def _bearer(mentions: Sequence[Mention], start: int, end: int) -> Mention | None:
    """The name that stands nearest before the place in the sentence."""
    found = mentions_between(mentions, start, end)
    return found[-1] if found else None


def _qualitative(scene: _Scene, quantities: Sequence[Quantity]) -> Iterator[Target]:
    """Goals without a number: the clauses that a deadline governs, and ambitions."""
    taken: set[Pair] = set()
    for pair, due in _goal_clauses(scene):
        held = any(pair[0] <= quantity.start < pair[1] for quantity in quantities)
        if pair not in taken and not held:
            taken.add(pair)
            yield _goal(scene, pair, due, "figure.goal-with-deadline")
    for match in scene.cues["ambition"].between(scene.sentence.start, scene.sentence.end):
        clause = scene.clause_of(match.start)
        overlapping = any(pair[0] < clause[1] and clause[0] < pair[1] for pair in taken)
        if not overlapping and not any(clause[0] <= quantity.start < clause[1] for quantity in quantities):
            taken.add(clause)
            yield _goal(scene, clause, None, match.rule.id)


def _goal_clauses(scene: _Scene) -> Iterator[tuple[Pair, TimeExpression]]:
    """Every clause that a deadline governs, the first with the words of the deadline."""
    due, lead = scene.governor, None
    deadlines = [time for time in scene.times if time.function == "deadline" and time.type != "SET"]
    for clause in scene.clauses:
        inner = next((time for time in deadlines if clause[0] <= time.start < clause[1]), None)
        if inner is not None:
            due, lead = inner, clause[0] if _is_before(inner, scene) else inner.start
            if not scene.article.folded[inner.end : clause[1]].strip(_MARKS):
                continue
        if due is None or _said_to_be(scene, clause[0], clause[1]):
            continue
        low, high = trim(scene.article.text, clause[0] if lead is None else lead, clause[1])
        lead = None
        if high - low >= _SHORTEST_GOAL:
            yield (low, high), due


def _is_before(time: TimeExpression, scene: _Scene) -> bool:
    return scene.article.folded[time.start : time.end].endswith(tuple(scene.found.settings["due_ends"]))


def _goal(scene: _Scene, pair: Pair, due: TimeExpression | None, by: str) -> Target:
    text = scene.article.text
    words = due.end if due and pair[0] <= due.start < pair[1] and not _is_before(due, scene) else pair[0]
    while words < pair[1] and text[words] in _MARKS:
        words += 1
    subject = _bearer(scene.bearers, scene.sentence.start, pair[1])
    parts: Parts = {"qualitative": ((words, pair[1]),)}
    parts |= {"deadline": ((due.start, due.end),)} if due else {}
    parts |= {"subject": ((subject.start, subject.end),)} if subject else {}
    return Target(
        evidence=cite(text, *pair), by=by, parts=parts, subject=subject.bearer.name if subject else None, metric=None,
        comparator=None, value=None, value_max=None, unit=None, normalized=None, value_span=None,
        deadline=_bound(scene, due, words), qualitative=text[words : pair[1]],
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
