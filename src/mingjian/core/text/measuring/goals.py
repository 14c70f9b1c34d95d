"""Goals without a number: the clauses that a deadline or a planned day governs, and ambitions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingjian.core.model.annotation import Quantity, TimeExpression
from mingjian.core.model.span import Pair
from mingjian.core.text.governing_times import is_ahead, is_coming, is_due
from mingjian.core.text.measuring.judging import is_no_statement
from mingjian.core.text.measuring.timing import coming_in, said_to_be
from mingjian.core.text.scenes import Scene
from mingjian.core.text.sentences import trim

Goal = tuple[Pair, TimeExpression | None, str]

MARKS = ",，;；:：。！？!?、 \t\n\u3000”’"  # marks and spaces, no words
_SHORTEST = 6
_FINE = ("day", "hour", "minute", "second")


def goals_of(scene: Scene, quantities: Sequence[Quantity]) -> Iterator[Goal]:
    """The clauses that state a goal and hold no number, each with its deadline and the rule that found it."""
    if not _may_aim(scene) or is_no_statement(scene):
        return
    taken: set[Pair] = set()
    for pair, due in _governed(scene):
        held = any(pair[0] <= quantity.start < pair[1] for quantity in quantities)
        if pair not in taken and not held:
            taken.add(pair)
            yield pair, due, "figure.goal-with-deadline"
    for match in scene.between("ambition", *scene.pair):
        clause = scene.clause_of(match.start)
        overlapping = any(pair[0] < clause[1] and clause[0] < pair[1] for pair in taken)
        if not overlapping and not any(clause[0] <= quantity.start < clause[1] for quantity in quantities):
            taken.add(clause)
            yield clause, None, match.rule.id


def stands_before(time: TimeExpression, scene: Scene) -> bool:
    """Whether the goal of the deadline stands round it, not behind it: 2027年前建成."""
    return scene.page.folded.endswith(scene.page.due_ends, time.start, time.end)


def _may_aim(scene: Scene) -> bool:
    """Whether the sentence can hold a goal without a number."""
    if scene.governor or "ambition" in scene.cues:
        return True
    planned = "plan" in scene.cues or "goal" in scene.cues
    return any(planned or is_due(scene.page, time) or is_ahead(scene.page, time) for time in scene.times)


def _governed(scene: Scene) -> Iterator[tuple[Pair, TimeExpression]]:
    """Every clause that a deadline or a planned day governs and that names a result, the first with its words.

    Of a sentence that an earlier one governs only the first such clause.
    """
    due, lead = scene.governor, None
    page = scene.page
    deadlines = [time for time in scene.times if is_due(page, time) or _opens(scene, time)]
    for clause in scene.clauses:
        inner = next((time for time in deadlines if clause[0] <= time.start < clause[1]), None)
        if inner is not None:
            due, lead = inner, clause[0] if stands_before(inner, scene) else inner.start
            if not page.folded[inner.end : clause[1]].strip(MARKS):
                continue
        own = coming_in(scene, clause) if inner is None and due is not None else None
        planned = own or due or _planned(scene, clause)
        if planned is None or said_to_be(scene, *clause) or not _is_result(scene, clause):
            continue
        low, high = trim(page.text, clause[0] if lead is None else lead, clause[1])
        lead = None
        if high - low - (inner.end - inner.start if inner else 0) >= _SHORTEST:
            yield (low, high), planned
        if planned is scene.governor and not scene.scope.near:
            return


def _opens(scene: Scene, time: TimeExpression) -> bool:
    """Whether the sentence opens with a year to come, and a result follows at once: 2027年，基本形成…."""
    page = scene.page
    if not is_ahead(page, time):
        return False
    if page.folded[scene.start : time.start].strip(MARKS) and not scene.between("ask", scene.start, time.start):
        return False
    return page.opens_goal.match(page.folded, time.end, scene.end) is not None


def _is_result(scene: Scene, clause: Pair) -> bool:
    """Whether the clause names what will have been reached, and denies nothing."""
    page = scene.page
    return page.result.search(page.folded, *clause) is not None and page.no_goal.search(page.folded, *clause) is None


def _planned(scene: Scene, clause: Pair) -> TimeExpression | None:
    """The coming day for which the clause plans something: 一期计划2027年3月投产."""
    if not scene.between("plan", *clause) and not scene.between("goal", *clause):
        return None
    for time in scene.times:
        is_near = time.type != "DATE" or time.date.precision in _FINE
        if clause[0] <= time.start < clause[1] and not is_near and is_coming(scene.page, time):
            return time
    return None
