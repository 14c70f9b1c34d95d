"""Whether a number is to be reached, or is so, or is no fact at all: a condition, a supposition, a doubt."""

from __future__ import annotations

from mingjian.core.model.annotation import Measured, Quantity, TimeExpression
from mingjian.core.model.span import Pair
from mingjian.core.text.governing_times import REACH_OF_CUES, is_ahead, is_base, is_compared, is_due
from mingjian.core.text.measuring.bounding import comparator_of
from mingjian.core.text.measuring.timing import deadline_of, is_granted, said_to_be, starts_a_change
from mingjian.core.text.scenes import Scene

_LIMITS = (">=", "<=")
_LABEL = 12  # characters of the words that name what follows, with their number
_MANY, _ROUND = 100, 10


def states_nothing(scene: Scene, quantity: Quantity) -> bool:
    """Whether the number belongs to a condition, a supposition, a question, a denial, a penalty or an advertisement."""
    if quantity.kind in scene.page.unstated or _names_a_class(scene, quantity) or is_no_statement(scene):
        return True
    if scene.between("condition", scene.start, quantity.start + 1):
        return True
    if any(quantity.start < match.end and match.start < quantity.end for match in scene.cues.get("eligible", ())):
        return True
    denials = scene.between("denial", scene.start, quantity.end)
    if not any(quantity.start <= match.end for match in denials):
        return False
    return quantity.kind not in scene.page.ordered or not _is_dated_goal(scene, quantity)


def _is_dated_goal(scene: Scene, quantity: Quantity) -> bool:
    """Whether it is called a goal, and a day is told before it: it was one, though it was not reached."""
    is_dated = scene.told is not None or any(
        time.start < quantity.start and time.type == "DATE" for time in scene.times
    )
    return is_dated and is_called_a_goal(scene, quantity)


def _names_a_class(scene: Scene, quantity: Quantity) -> bool:
    """Whether an amount without a number only says of which class things are: 亿元以上项目, 千亿级集群."""
    if quantity.order and quantity.kind == "number":
        return True
    return quantity.kind == "money" and scene.page.folded.startswith(scene.page.bare, quantity.number[0])


def is_no_statement(scene: Scene) -> bool:
    """Whether the whole sentence asks, doubts or only names conditions of an earlier part."""
    return scene.scope.asks or bool(scene.between("doubt", *scene.pair))


def is_target(scene: Scene, measured: Measured, clause: Pair, *, of_policy: bool = False) -> bool:
    """Whether the number is to be reached: a deadline, an aim or a plan governs it, and nothing says it is so.

    ``of_policy``: the page is the text of a policy, which orders more often than it tells.
    """
    quantity = measured.quantity
    start, place = scene.start, quantity.number[0]
    if counts_parts(scene, quantity) or _is_of_another(scene, quantity):
        return False
    if is_granted(scene, quantity, clause):
        return not _past(scene, clause[0], place)
    due = deadline_of(scene, quantity.start)
    if due is not None:
        return due.end > clause[0] or not said_to_be(scene, max(due.end, start), clause[1])
    planned = (*scene.between("goal", start, place), *scene.between("plan", start, place))
    aimed = planned and not _is_so(scene, max(match.start for match in planned), quantity, clause)
    if aimed or is_called_a_goal(scene, quantity):
        return True
    if scene.between("state", start, clause[1]) or _past(scene, _asked_from(scene, place), place):
        return False
    return scene.scope.aims or _is_demanded(scene, measured, clause, of_policy=of_policy)


def is_called_a_goal(scene: Scene, quantity: Quantity) -> bool:
    """Whether the words at the number call it a goal, whatever has become of it: 没有完成达到8EFLOPS的目标."""
    page = scene.page
    ends = (quantity.end, quantity.noun[1]) if quantity.noun is not None else (quantity.end,)
    if any(page.goal_behind.match(page.folded, end, scene.end) is not None for end in ends):
        return True
    if page.goal_before.search(page.folded, max(scene.start, quantity.start - _LABEL), quantity.start) is not None:
        return not _is_surplus(scene, quantity)
    return _is_promised(scene, quantity)


def _is_of_another(scene: Scene, quantity: Quantity) -> bool:
    """Whether a change only starts from it, or it is the distance from a goal."""
    return starts_a_change(scene, (quantity.start, quantity.end)) or _is_surplus(scene, quantity)


def _is_surplus(scene: Scene, quantity: Quantity) -> bool:
    """Whether it is by how much a goal was surpassed or missed: 超过规划目标2.6万个."""
    low = scene.clause_of(quantity.start)[0]
    return scene.page.surplus.search(scene.page.folded, low, quantity.start) is not None


def _is_promised(scene: Scene, quantity: Quantity) -> bool:
    """Whether it is what somebody once meant to reach by a day: 当地曾提出今年年中达到5EFLOPS.

    What a document asks for, or what is promised in an earlier clause, is so only up to a day: 规划提出，到2020年….
    """
    page, low = scene.page, scene.clause_of(quantity.start)[0]
    days = [time for time in scene.times if time.end <= quantity.start and time.type == "DATE"]
    if not days or said_to_be(scene, days[-1].end, quantity.start):
        return False
    day = days[-1]
    told = page.promised.search(page.folded, low, quantity.start)
    if told is not None and told.end() <= day.start:
        return True
    if not page.until.match(page.folded, day.start, day.end):
        return False
    asked = page.promised.search(page.folded, scene.start, day.start)
    return (asked or page.document_asks.search(page.folded, scene.start, day.start)) is not None


def _is_so(scene: Scene, planned: int, quantity: Quantity, clause: Pair) -> bool:
    """Whether behind the plan something is said to be so, up to the end of the number's clause, or is of a day past."""
    states = scene.between("state", planned, clause[1])
    return any(not match.group("soft") for match in states) or _past(scene, planned, quantity.number[0])


def _is_demanded(scene: Scene, measured: Measured, clause: Pair, *, of_policy: bool) -> bool:
    """Whether a year to come, a limit or an order makes it one."""
    quantity, time = measured.quantity, time_at(scene, measured.time)
    if time is not None and is_ahead(scene.page, time):
        return True
    if time is not None and measured.use == "deadline" and (is_due(scene.page, time) or time.start >= quantity.end):
        return True
    if scene.between("ask", scene.start, clause[0]) and comparator_of(scene, quantity, clause) in _LIMITS:
        return True
    if time is not None and _is_to_be_reached_then(scene, time, quantity):
        return True
    if _leads_a_path(scene, measured) or _is_normed(scene, quantity, of_policy=of_policy):
        return True
    return _is_ordered(scene, quantity, clause, of_policy=of_policy)


def _is_normed(scene: Scene, quantity: Quantity, *, of_policy: bool) -> bool:
    """Whether a limit stands in the words of the number: 不低于80%; of counts only a policy sets one, of money none."""
    is_open = quantity.kind != "money" and (of_policy or quantity.kind != "count")
    return is_open and bool(scene.between("norm", quantity.start - 2, quantity.number[0] + 1))


def _leads_a_path(scene: Scene, measured: Measured) -> bool:
    """Whether it is of the running year and a later year is told of next: 2025年达到300亿元、2026年达到400亿元."""
    time = time_at(scene, measured.time)
    if time is None or measured.use != "as_of" or time.date.precision != "year":
        return False
    end, day = time.date.end, scene.page.anchor.day
    if not end or not day or end <= day or scene.page.reached not in _reaching_words(scene, measured.quantity):
        return False
    return any(later.start > measured.quantity.start and is_ahead(scene.page, later) for later in scene.times)


def _is_to_be_reached_then(scene: Scene, time: TimeExpression, quantity: Quantity) -> bool:
    """Whether it is reached on a day that is still to come: 年底算力规模达到10EFLOPS."""
    day, start = scene.page.anchor.day or scene.page.anchor.latest, time.date.start
    return bool(day and start and start > day) and scene.page.reached in _reaching_words(scene, quantity)


def _reaching_words(scene: Scene, quantity: Quantity) -> str:
    return scene.page.folded[max(scene.start, quantity.start - 2) : quantity.number[0]]


def time_at(scene: Scene, pair: Pair | None) -> TimeExpression | None:
    """The time that stands there, of the sentence or held on from an earlier part."""
    earlier = [time for time in (scene.governor, scene.told, scene.scope.year) if time]
    return next((time for time in (*scene.times, *earlier) if (time.start, time.end) == pair), None)


def _is_ordered(scene: Scene, quantity: Quantity, clause: Pair, *, of_policy: bool) -> bool:
    """Whether the sentence begins as an order, or a document asks for the clause, or promises its money.

    In the text of a policy an order holds for the rest of its sentence.
    """
    if quantity.kind not in scene.page.ordered or scene.scope.states:
        return False
    orders = scene.between("order", scene.start - 1, quantity.end + REACH_OF_CUES)
    if of_policy and orders and (orders[0].start <= scene.start + 1 or orders[-1].start >= clause[0] - 1):
        return True
    here = [match for match in orders if match.start >= clause[0] - 1]
    if not here:
        return False
    if orders[0].start <= scene.start + 1 or _is_labelled(scene, clause):
        return _is_round(quantity)
    return bool(scene.between("ask", scene.start, quantity.start))


def _is_labelled(scene: Scene, clause: Pair) -> bool:
    """Whether only a label stands before the clause: 建设内容：."""
    is_second = len(scene.clauses) > 1 and clause == scene.clauses[1]
    return is_second and clause[0] - scene.start <= _LABEL and scene.page.folded[clause[0] - 1] in ":："


def _is_round(quantity: Quantity) -> bool:
    """Whether the number may be one that was set: what was counted is seldom round."""
    value = quantity.value
    return quantity.comparator != "=" or value < _MANY or value != int(value) or int(value) % _ROUND == 0


def counts_parts(scene: Scene, quantity: Quantity) -> bool:
    """Whether the number counts the tasks of a document: 部署16项重点任务 states, whatever verb stands before it."""
    parts = scene.between("parts", quantity.number[0], min(quantity.end + REACH_OF_CUES, scene.end))
    return bool(parts) and quantity.unit.startswith(tuple(parts[0].rule.fields["counted_by"]))


def _asked_from(scene: Scene, offset: int) -> int:
    """Behind the words by which a document asks: the day before them is that of the document."""
    asks = scene.between("ask", scene.start, offset)
    return asks[-1].start if asks else scene.start


def _past(scene: Scene, low: int, offset: int) -> bool:
    """Whether a day that is over, or 目前, stands between."""
    latest = scene.page.anchor.day or scene.page.anchor.latest
    return any(
        low <= time.start < offset
        and time.type in ("DATE", "TIME")
        and (time.function == "as_of" or _is_over(time, latest))
        and not is_compared(scene.page, time)
        and not is_base(scene.page, time)
        for time in scene.times
    )


def _is_over(time: TimeExpression, day: str | None) -> bool:
    return bool(day and time.date.end and time.date.end <= day and time.value != "PRESENT_REF")
