"""From when and until when documents are in force, with the words that say so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec

from mingjian.core.annotate.policies.acts import day_of
from mingjian.core.annotate.policies.context import Context, Named
from mingjian.core.annotate.policies.own import Own
from mingjian.core.model.annotation import TimeExpression
from mingjian.core.model.span import Pair
from mingjian.core.text.calendar import shift_months
from mingjian.core.text.matching import Match
from mingjian.core.text.places import Stretches

_DURATION = re.compile(r"P(?P<count>\d{1,3})(?P<unit>[YMD])")
_BEFORE = 30
_DAY, _MONTH = 10, 7
_MONTHS = {"Y": 12, "M": 1}


class Validity(msgspec.Struct, frozen=True, gc=False):
    """The first and last day of a document, each with all words that it was computed from."""

    in_force: str | None = None
    in_force_words: tuple[Pair, ...] = ()
    valid_until: str | None = None
    until_words: tuple[Pair, ...] = ()


def validities(
    resolved: Sequence[tuple[Named, str]],
    issued: Mapping[str, tuple[str, tuple[Pair, ...]]],
    own: Own | None,
    context: Context,
) -> dict[str, Validity]:
    """By key of a document: when it is in force. ``issued`` are the days from which 自印发之日起 counts."""
    found: dict[str, Validity] = {}
    places = [one.whole[0] for one, _ in resolved]
    counted = Stretches()
    for match in context.by_kind.get("from-issue", ()):
        counted.add(match.start, match.end)
        key = _subject(match.start, resolved, places, own, context)
        if key is not None and key in issued and key not in found:
            day, words = issued[key]
            first = _later(day, match)
            if first is not None:
                found[key] = Validity(first, (*words, (match.start, match.end)))
    for time in context.times:
        told = _tells(time, context) and not counted.touching(time.start, time.end)
        key = _subject(time.start, resolved, places, own, context) if told else None
        if key is not None:
            found[key] = _with_time(found.get(key, Validity()), time, context)
    return {key: validity for key, validity in found.items() if validity != Validity()}


def _later(day: str, match: Match) -> str | None:
    """So many days or months after the day of issue; the day itself where no number stands."""
    if match.group("days") is None:
        return day
    if len(day) != _DAY:
        return None
    first, count = date.fromisoformat(day), int(match.group("days") or 0)
    unit = match.group("unit")
    later = shift_months(first, count) if unit == "月" else first + timedelta(days=count)
    return later.isoformat() if unit != "工作日" else None


def _subject(
    place: int, resolved: Sequence[tuple[Named, str]], places: Sequence[int], own: Own | None, context: Context
) -> str | None:
    """Whose day it is: the document named last in the sentence; else the page's own, or the last of the block."""
    index = bisect_right(places, place) - 1
    low, high = context.sentence(place)
    if index >= 0 and places[index] >= low:
        return resolved[index][1]
    if own is not None:
        return own.key
    return resolved[index][1] if index >= 0 and "\n" not in context.article.folded[places[index] : high] else None


def _tells(time: TimeExpression, context: Context) -> bool:
    """Whether the words round a time say that something is in force from or until then."""
    folded, cues = context.article.folded, context.cues
    if time.type == "DURATION":
        return cues["running-for"].search(folded, max(0, time.start - _BEFORE), time.start) is not None
    if time.type != "DATE":
        return False
    return _takes_effect(time, context) or _runs_until(time, context)


def _takes_effect(time: TimeExpression, context: Context) -> bool:
    if time.function not in ("since", "at"):
        return False
    return context.cues["takes-effect"].match(context.article.folded, time.end) is not None


def _runs_until(time: TimeExpression, context: Context) -> bool:
    folded, cues = context.article.folded, context.cues
    before = cues["running-until"].search(folded, max(0, time.start - _BEFORE), time.start)
    if before is None or time.date.end is None:
        return False
    return time.function == "deadline" or "/" in time.value


def _with_time(validity: Validity, time: TimeExpression, context: Context) -> Validity:
    change = msgspec.structs.replace
    words = ((time.start, time.end), *time.support)
    if time.type == "DURATION":
        until = _run(validity.in_force, time.value)
        return (
            change(validity, valid_until=until, until_words=(*validity.in_force_words, *words)) if until else validity
        )
    if _takes_effect(time, context):
        return change(validity, in_force=day_of(time), in_force_words=words) if not validity.in_force else validity
    first = time.value.split("/")[0] if "/" in time.value and validity.in_force is None else None
    if first is not None:
        validity = change(validity, in_force=first, in_force_words=words)
    return change(validity, valid_until=time.date.end, until_words=words)


def _run(first: str | None, duration: str) -> str | None:
    """The last day or month of a length of time from the first: two years from 2025-01-01 end on 2026-12-31.

    >>> _run("2025-01-01", "P2Y"), _run("2025-03", "P2Y"), _run("2025", "P2Y")
    ('2026-12-31', '2027-02', None)
    """
    match = _DURATION.fullmatch(duration)
    if first is None or match is None or len(first) < _MONTH:
        return None
    begin, count = date.fromisoformat(first if len(first) == _DAY else f"{first}-01"), int(match["count"])
    if match["unit"] == "D":
        return (begin + timedelta(days=count - 1)).isoformat() if len(first) == _DAY else None
    last = shift_months(begin, count * _MONTHS[match["unit"]]) - timedelta(days=1)
    return last.isoformat()[: len(first)]
