"""What happens to a document and when: drafted, approved, issued, in force, repealed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import msgspec

from mingjian.core.annotate.policies.context import Context, Named
from mingjian.core.model.annotation import TimeExpression
from mingjian.core.model.facts import PolicyStatus
from mingjian.core.model.span import Pair

STRENGTH: dict[str | None, int] = {None: 0, "draft": 1, "approved": 2, "issued": 3, "in_force": 4, "repealed": 5}
_EXACT = frozenset({"day", "month", "year"})
_ISSUED = frozenset({"heading", "work_report", "report_again", "bare", "quoted"})  # kinds that name issued documents
_NO_DRAFTS = frozenset({"law", "plan"})
_FINE = ("DATE", "TIME")


class Act(msgspec.Struct, frozen=True, gc=False):
    """One act on a document: its verb where it stands, what it makes of the document, and the day it was done."""

    place: Pair
    verb: str
    status: PolicyStatus
    shared: bool
    time: TimeExpression | None = None


def acts_on(places: Sequence[Named], context: Context) -> dict[Pair, tuple[Act, ...]]:
    """By place of a title: the acts on its document, before and after it; documents of one list share them."""
    before: dict[Pair, Act] = {}
    behind: dict[Pair, Act] = {}
    for number, one in enumerate(places):
        act = _before(one, context)
        if act is None and number and in_list(places[number - 1], one, context):
            act = _shared(before.get(places[number - 1].whole))
        if act is not None:
            before[one.whole] = act
    for number in range(len(places) - 1, -1, -1):
        one = places[number]
        act = _after(one, context)
        if act is None and number + 1 < len(places) and in_list(one, places[number + 1], context):
            act = _shared_back(behind.get(places[number + 1].whole), places[number + 1], context)
        if act is not None:
            behind[one.whole] = act
    return {one.whole: _both(before.get(one.whole), behind.get(one.whole), context) for one in places}


def _both(before: Act | None, behind: Act | None, context: Context) -> tuple[Act, ...]:
    """The acts at one place: 签署的《…》生效 tells the day of the second, not of the first."""
    if before is not None and behind is not None and context.words(before.place).endswith(context.settings["of"]):
        before = msgspec.structs.replace(before, time=None)
    return tuple(act for act in (before, behind) if act is not None)


def _shared(act: Act | None) -> Act | None:
    return msgspec.structs.replace(act, shared=True) if act is not None else None


def _shared_back(act: Act | None, other: Named, context: Context) -> Act | None:
    """What happens to the last of a list happens to all, unless brackets behind the last say it."""
    if act is not None and context.cues["in-bracket"].search(context.article.folded, other.whole[1], act.place[0]):
        return None
    return _shared(act)


def in_list(one: Named, other: Named, context: Context) -> bool:
    """Whether two titles follow one another in a list; who issued the second may stand before it."""
    low, high = one.whole[1], other.whole[0]
    if not low <= high <= low + context.settings["heading_gap"]:
        return False
    match = context.cues["list-joint"].match(context.article.folded[low:high])
    if match is None:
        return False
    words = match["words"].strip()
    if not words or not match["joint"]:
        return not words
    first = low + match.start("words")
    index = bisect_left(context.issuers, (first,))
    return any(pair[1] == high for pair in context.issuers[index : index + 4] if pair[0] == first)


def _before(one: Named, context: Context) -> Act | None:
    match = context.acts.get(one.whole[0])
    if match is None:
        return None
    low = context.sentence(one.whole[0])[0]
    verb = match.group("verb") or match.text
    status = _really(match.rule.fields["status"], low, match.start, context)
    if status is None:
        return None
    planned = status != match.rule.fields["status"]
    status = "draft" if verb in context.settings["under_way"] else status
    time = None if planned else _last_day(low, match.start, context)
    return Act((match.start, match.end), verb, status, False, time)


def _after(one: Named, context: Context) -> Act | None:
    match = context.acts_after.get(one.whole[1] - 1)
    verb = match.span("verb") if match is not None else None
    low, end = context.sentence(one.whole[0])[0], one.whole[1]
    if verb is None or context.cues["other-subject"].search(context.article.folded, end, verb[0]):
        return None
    words = context.words(verb)
    said: PolicyStatus = context.settings["status_after"].get(words, "issued")
    status = _really(said, end, verb[0], context)
    if status is None:
        return None
    time = _last_day(end, verb[0], context) or _last_day(low, one.whole[0], context)
    time = time if status == said else None
    if status == "in_force" and _is_to_come(time, context):
        status = "issued"
    return Act(verb, words, status, False, time)


def _really(status: PolicyStatus | None, low: int, high: int, context: Context) -> PolicyStatus | None:
    """The status that the act gives: none where it is denied, a draft where it is still to come."""
    folded = context.article.folded
    low = max(low, high - 20)
    if context.cues["denied"].search(folded, low, high):
        return None
    if status in ("issued", "approved") and context.cues["planned"].search(folded, low, high):
        return "draft"
    return status


def _is_to_come(time: TimeExpression | None, context: Context) -> bool:
    day = context.anchor.day
    return time is not None and day is not None and time.date.start is not None and time.date.start > day


def _last_day(low: int, high: int, context: Context) -> TimeExpression | None:
    """The last exact date of a stretch, unless it is the day of the report."""
    times = context.times
    index = bisect_left(times, high, key=lambda time: time.start) - 1
    while index >= 0 and times[index].start >= low:
        time = times[index]
        exact = time.type in _FINE and time.function in ("at", "since") and _precision(time) in _EXACT
        if exact and time.end <= high and not context.cues["told-on"].match(context.article.folded, time.end, high):
            return time
        index -= 1
    return None


def _precision(time: TimeExpression) -> str:
    """How exact the words are: those that open an interval (自…起) are as exact as their day."""
    if time.date.precision != "after":
        return time.date.precision
    return {4: "year", 7: "month", 10: "day"}.get(len(time.value), "unknown")


def day_of(time: TimeExpression) -> str | None:
    """The day, month or year of a time, as exact as its words."""
    width = {"day": 10, "month": 7, "year": 4}.get(_precision(time), 10)
    return time.date.start[:width] if time.date.start else None


def is_draft(group: Sequence[Named], context: Context) -> bool:
    """Whether a title of the document says that it is a draft."""
    named = (one.words for one in group if one.kind not in _NO_DRAFTS)
    return any(context.cues["draft-title"].search(words) for words in named)


def status_of(
    group: Sequence[Named], acts: Mapping[Pair, Sequence[Act]], presumed: bool, context: Context
) -> PolicyStatus | None:
    """The furthest that any place says the document has come; what others rest on or carry out is issued."""
    found: list[PolicyStatus] = []
    for one in group:
        draft = one.kind not in _NO_DRAFTS and context.cues["draft-title"].search(one.words) is not None
        found += ["draft"] if draft else []
        found += [_unless_draft(act.status, draft) for act in acts.get(one.whole, ())]
    if (presumed and "draft" not in found) or any(_is_issued(one) for one in group):
        found.append("issued")
    return max(found, key=lambda status: STRENGTH[status], default=None)


def _unless_draft(status: PolicyStatus, draft: bool) -> PolicyStatus:
    """A draft that is issued or takes effect is still a draft: it is out for comment."""
    return "draft" if draft and status in ("issued", "in_force") else status


def _is_issued(one: Named) -> bool:
    return one.kind in _ISSUED or one.notice is not None
