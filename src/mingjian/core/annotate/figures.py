"""Targets and statistics: a quantity with its metric, subject, place and time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from mingjian.core.model.annotation import Anchor, Comparator, Quantity, TimeExpression
from mingjian.core.model.article import HEADING_ROLES, Article
from mingjian.core.model.facts import Names, Normalized, Parts, Statistic, Target, TimeBound
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.text.clauses import clauses_between
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_of
from mingjian.core.text.sentences import trim
from mingjian.core.text.titles import inside, titles_of

# Marks and spaces, no words.
_MARKS = ",，;；:：。！？!?、 \t\n\u3000”’"
_LONGEST_METRIC = 12
_SHORTEST_GOAL = 6
_REACH_OF_CUES = 8


class _Page(msgspec.Struct, frozen=True):
    """What all sentences of the page share: text, places of names, patterns and settings, the day of publication."""

    text: str
    folded: str
    compared: re.Pattern[str]
    metric_start: re.Pattern[str]
    compared_after: tuple[str, ...]
    due_ends: tuple[str, ...]
    reached: str
    anchor: Anchor


class _Scene(msgspec.Struct, frozen=True):
    """One sentence with all that figures of it are read from: its clauses, and the times, cues and names in it.

    ``governor`` is a deadline of an earlier part, which holds on after a semicolon.
    """

    page: _Page
    start: int
    end: int
    clauses: tuple[Pair, ...]
    times: Sequence[TimeExpression]
    governor: TimeExpression | None
    cues: Mapping[str, Sequence[Match]]
    places: Sequence[Mention]
    bearers: Sequence[Mention]

    def clause_of(self, offset: int) -> Pair:
        """The clause that holds the place."""
        index = bisect_right(self.clauses, (offset, len(self.page.text))) - 1
        return self.clauses[max(index, 0)] if self.clauses else (self.start, self.end)

    def between(self, kind: str, start: int, end: int) -> Sequence[Match]:
        """The cues of the kind that begin in ``start..end``."""
        found = self.cues.get(kind)
        return [match for match in found if start <= match.start < end] if found else ()


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
    counted = [quantity for quantity in quantities if not quantity.structural]
    for scene, here in _scenes(article, found, counted, times, names, anchor):
        goals: list[Target] = []
        for quantity in here:
            clause = scene.clause_of(quantity.start)
            if _is_target(scene, quantity, clause):
                goals.append(_target(scene, quantity, clause))
            else:
                statistics.append(_statistic(scene, quantity, clause))
        if scene.governor or "ambition" in scene.cues or any(time.function == "deadline" for time in scene.times):
            goals = sorted((*goals, *_qualitative(scene, here)), key=lambda target: target.evidence.start)
        targets += goals
    return _once(targets), _once(statistics)


def _scenes(
    article: Article,
    found: GroupFindings,
    quantities: Sequence[Quantity],
    times: Sequence[TimeExpression],
    names: Names,
    anchor: Anchor,
) -> Iterator[tuple[_Scene, Sequence[Quantity]]]:
    """The sentences that hold a quantity, a deadline or an ambition, with their quantities."""
    page, cues, cue_starts = _page(article, found, anchor), *_outside_titles(article, found.matches)
    places, bearers = _placed(mentions_of(names.regions)), _placed(mentions_of((*names.organisations, *names.regions)))
    starts = [sentence.start for sentence in article.sentences]
    numbers, days = _by_sentence(quantities, article, starts), _by_sentence(times, article, starts)
    ambitions = _by_sentence([match for match in cues if match.rule.fields["type"] == "ambition"], article, starts)
    governor: TimeExpression | None = None
    goes_on = False
    for number, sentence in enumerate(article.sentences):
        if governor is not None and not goes_on:
            governor = None
        here, dated = numbers.get(number, ()), days.get(number, ())
        if governor is None and not here and not dated and number not in ambitions:
            continue
        start, end = sentence.start, sentence.end
        goes_on = article.folded[end - 1] in ";；"
        if article.body[sentence.block].role in HEADING_ROLES:
            continue
        due = [time for time in dated if time.function == "deadline"]
        if here or governor or due or number in ambitions:
            near = cues[bisect_left(cue_starts, start - 1) : bisect_left(cue_starts, end + _REACH_OF_CUES)]
            yield (
                _Scene(page, start, end, clauses_between(article.folded, start, end), dated, governor, _by_type(near),
                       _inside(places, start, end), _inside(bearers, start, end)),
                here,
            )  # fmt: skip
        governor = due[-1] if due else governor


def _page(article: Article, found: GroupFindings, anchor: Anchor) -> _Page:
    settings = found.settings
    return _Page(
        article.text, article.folded, found.cues["compared"], found.cues["metric-start"],
        tuple(settings["compared_after"]), tuple(settings["due_ends"]), settings["reached"], anchor,
    )  # fmt: skip


def _outside_titles(article: Article, matches: Sequence[Match]) -> tuple[Sequence[Match], list[int]]:
    """The cues that stand in no title, and where they begin."""
    titles = titles_of(article)
    kept = [match for match in matches if not inside(titles, match.start)] if titles else matches
    return kept, [match.start for match in kept]


def _by_sentence(things: Iterable[Any], article: Article, starts: Sequence[int]) -> dict[int, list[Any]]:
    """The things by the number of the sentence in which they begin."""
    found: dict[int, list[Any]] = {}
    for thing in things:
        number = bisect_right(starts, thing.start) - 1
        if number >= 0 and thing.start < article.sentences[number].end:
            found.setdefault(number, []).append(thing)
    return found


def _placed(mentions: Sequence[Mention]) -> tuple[Sequence[Mention], list[int]]:
    return mentions, [mention.start for mention in mentions]


def _inside(placed: tuple[Sequence[Mention], list[int]], start: int, end: int) -> Sequence[Mention]:
    mentions, starts = placed
    return mentions[bisect_left(starts, start) : bisect_left(starts, end)]


def _by_type(matches: Iterable[Match]) -> dict[str, list[Match]]:
    found: dict[str, list[Match]] = {}
    for match in matches:
        found.setdefault(match.rule.fields["type"], []).append(match)
    return found


def _is_target(scene: _Scene, quantity: Quantity, clause: Pair) -> bool:
    """Whether the number is to be reached: a deadline, an aim or a plan governs it, and nothing says it is so."""
    start, place = scene.start, quantity.start
    if _counts_parts(scene, quantity):
        return False
    due = _deadline(scene, place)
    if due is not None:
        return due.end > clause[0] or not _said_to_be(scene, max(due.end, start), place)
    if scene.between("goal", start, place):
        return True
    plans = scene.between("plan", start, place)
    states = scene.between("state", start, clause[1])
    if plans and not (states and states[-1].start > plans[-1].start):
        return True
    return not states and _is_ordered(scene, quantity, clause) and not _past(scene, place)


def _is_ordered(scene: _Scene, quantity: Quantity, clause: Pair) -> bool:
    """Whether the sentence begins as an order, or a document asks for the clause, or promises its money."""
    orders = scene.between("order", scene.start - 1, quantity.end + _REACH_OF_CUES)
    if not orders:
        return False
    if orders[0].start <= scene.start + 1:
        return True
    asked = bool(scene.between("ask", scene.start, quantity.start))
    return any(
        match.start >= clause[0] - 1 and (asked or match.rule.id == "figure.subsidy") for match in orders
    )


def _counts_parts(scene: _Scene, quantity: Quantity) -> bool:
    """Whether the number counts the tasks of a document: 部署16项重点任务 states, whatever verb stands before it."""
    parts = scene.between("parts", quantity.end, quantity.end + _REACH_OF_CUES)
    return bool(parts) and quantity.unit in parts[0].rule.fields["counted_by"]


def _said_to_be(scene: _Scene, start: int, end: int) -> bool:
    return any(match.group("firm") for match in scene.between("state", start, end))


def _past(scene: _Scene, offset: int) -> bool:
    """Whether a day that is over stands before the place in the sentence."""
    latest = scene.page.anchor.day or scene.page.anchor.latest
    asks = scene.between("ask", scene.start, offset)
    low = asks[-1].start if asks else scene.start
    return any(
        low <= time.start < offset and time.type == "DATE" and (time.function == "as_of" or _is_over(time, latest))
        for time in scene.times
    )


def _is_over(time: TimeExpression, day: str | None) -> bool:
    return bool(day and time.date.end and time.date.end <= day and time.value != "PRESENT_REF")


def _deadline(scene: _Scene, offset: int) -> TimeExpression | None:
    """The last deadline before the place in the sentence, or the one that holds on from an earlier part of it."""
    for time in reversed(scene.times):
        if time.start < offset:
            if time.function == "deadline":
                return time
            if time.function == "as_of":
                return None
    return scene.governor


def _target(scene: _Scene, quantity: Quantity, clause: Pair) -> Target:
    due = _deadline(scene, quantity.start) or _coming(scene, quantity.start)
    comparator: Comparator = quantity.comparator
    if comparator == "=" and scene.page.reached in scene.page.folded[quantity.start : quantity.number[0]]:
        comparator = ">="
    shared, parts = _shared(scene, quantity, clause)
    if due:
        parts["deadline"] = ((due.start, due.end),)
    bound = _bound(scene, due, quantity.start, clause)
    return Target(**shared, parts=parts, by="figure.target", comparator=comparator, deadline=bound)


def _coming(scene: _Scene, offset: int) -> TimeExpression | None:
    """A time after the publication that stands before the place, as in 预计2026年将达."""
    latest = scene.page.anchor.day or scene.page.anchor.latest
    for time in reversed(scene.times):
        if time.start < offset and time.date.end and latest and time.date.end > latest and time.function != "since":
            return time
    return None


def _statistic(scene: _Scene, quantity: Quantity, clause: Pair) -> Statistic:
    time = _as_of(scene, quantity.start)
    shared, parts = _shared(scene, quantity, clause)
    if time:
        parts["as_of"] = ((time.start, time.end),)
    if quantity.normal_unit != "count":
        falls = scene.between("fall", max(0, quantity.start - 4), quantity.start)
        if falls and falls[-1].end == quantity.start:
            shared |= _fallen(scene, quantity, falls[-1].start)
    bound = _bound(scene, time, quantity.start, clause)
    return Statistic(**shared, parts=parts, by="figure.statistic", comparator=quantity.comparator, as_of=bound)


def _fallen(scene: _Scene, quantity: Quantity, start: int) -> dict[str, Any]:
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


def _as_of(scene: _Scene, offset: int) -> TimeExpression | None:
    """The day for which the number holds: the last day or stretch before it that is no comparison (比去年)."""
    page = scene.page
    for time in reversed(scene.times):
        if time.start >= offset or time.date.end is None or time.type == "SET" or time.by == "time.plan":
            continue
        if time.value in ("PAST_REF", "FUTURE_REF") or page.folded.startswith(page.compared_after, time.end):
            continue
        if not page.compared.search(page.folded, max(0, time.start - 3), time.start):
            return time
    return None


def _bound(scene: _Scene, time: TimeExpression | None, offset: int, clause: Pair) -> TimeBound | None:
    """The last day of a deadline or of what a statistic covers; later than the publication no statistic can be."""
    if time is None:
        return None
    basis = time.date.basis if time.end + 2 >= clause[0] else "shared"
    end, day = time.date.end, scene.page.anchor.day
    if day and end and end > day and time.function in ("at", "as_of", "since") and (time.date.start or "") <= day:
        end = day if not scene.between("plan", scene.start, offset) else end
    return TimeBound(scene.page.text[time.start : time.end], end, basis)


def _shared(scene: _Scene, quantity: Quantity, clause: Pair) -> tuple[dict[str, Any], Parts]:
    """What targets and statistics have in common, and its places."""
    text, start, end = scene.page.text, quantity.start, quantity.end
    clause = (min(clause[0], start), max(clause[1], end))
    metric = _metric(scene, clause, quantity)
    subject = _bearer(scene.bearers, metric[0] if metric and metric[0] < start else start)
    region = _bearer(scene.places, start)
    parts: Parts = {}
    if metric:
        parts["metric"] = (metric,)
    if subject:
        parts["subject"] = (subject.pair,)
    if region:
        parts["region"] = (region.pair,)
    return {
        "evidence": cite(text, *clause),
        "value_span": cite(text, start, end),
        "subject": subject.bearer.name if subject else None,
        "metric": text[metric[0] : metric[1]] if metric else None,
        "region": region.bearer.name if region else None,
        "value": quantity.value,
        "value_max": quantity.value_max,
        "unit": quantity.unit,
        "normalized": Normalized(quantity.normal_value, quantity.normal_max, quantity.normal_unit),
    }, parts


def _metric(scene: _Scene, clause: Pair, quantity: Quantity) -> Pair | None:
    """What is measured: the metric word before the number with the words that lead to it, else the noun counted."""
    if quantity.noun and quantity.normal_unit == "count":
        return quantity.noun
    before = scene.between("metric", clause[0], quantity.start)
    found = before or scene.between("metric", quantity.end, clause[1])
    if not found:
        return _noun_before(scene, clause, quantity) if quantity.normal_unit == "count" else None
    start, end = found[-1].start, found[-1].end
    low = _behind_times(scene, max(clause[0] if before else quantity.end, end - _LONGEST_METRIC), start)
    return _behind_stops(scene, low, start), end


def _noun_before(scene: _Scene, clause: Pair, quantity: Quantity) -> Pair | None:
    """The words that lead to the number, where what is counted stands before it: 企业超过500家."""
    low = _behind_times(scene, max(clause[0], quantity.start - _LONGEST_METRIC), quantity.start)
    start = _behind_stops(scene, low, quantity.start)
    return (start, quantity.start) if quantity.start - start >= 2 else None


def _behind_times(scene: _Scene, low: int, end: int) -> int:
    """The place behind the last time that ends before ``end``, or ``low`` if that is later."""
    for time in scene.times:
        if low < time.end <= end:
            low = time.end
    return low


def _behind_stops(scene: _Scene, low: int, end: int) -> int:
    """The place behind the last mark or particle before ``end``, or ``low`` where there is none."""
    for stop in scene.page.metric_start.finditer(scene.page.folded, low, end):
        low = stop.end()
    return low


def _bearer(mentions: Sequence[Mention], end: int) -> Mention | None:
    """The name that stands nearest before the place in the sentence."""
    for mention in reversed(mentions):
        if mention.end <= end:
            return mention
    return None


def _qualitative(scene: _Scene, quantities: Sequence[Quantity]) -> Iterator[Target]:
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


def _goal_clauses(scene: _Scene) -> Iterator[tuple[Pair, TimeExpression]]:
    """Every clause that a deadline governs, the first with the words of the deadline."""
    due, lead = scene.governor, None
    deadlines = [time for time in scene.times if time.function == "deadline" and time.type != "SET"]
    for clause in scene.clauses:
        inner = next((time for time in deadlines if clause[0] <= time.start < clause[1]), None)
        if inner is not None:
            due, lead = inner, clause[0] if _is_before(inner, scene) else inner.start
            if not scene.page.folded[inner.end : clause[1]].strip(_MARKS):
                continue
        if due is None or _said_to_be(scene, clause[0], clause[1]):
            continue
        low, high = trim(scene.page.text, clause[0] if lead is None else lead, clause[1])
        lead = None
        if high - low >= _SHORTEST_GOAL:
            yield (low, high), due


def _is_before(time: TimeExpression, scene: _Scene) -> bool:
    return scene.page.folded.endswith(scene.page.due_ends, time.start, time.end)


def _goal(scene: _Scene, pair: Pair, due: TimeExpression | None, by: str) -> Target:
    text = scene.page.text
    words = due.end if due and pair[0] <= due.start < pair[1] and not _is_before(due, scene) else pair[0]
    while words < pair[1] and text[words] in _MARKS:
        words += 1
    subject = _bearer(scene.bearers, pair[1])
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
