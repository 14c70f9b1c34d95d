"""One event told more than once on a page: which earlier telling a new one repeats, and what both say together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from mingjian.core.annotate.events.neighbours import LOOKED_AT
from mingjian.core.model.annotation import DateValue
from mingjian.core.model.facts import Event
from mingjian.core.text.folding import fold

_LATEST = 12  # events of a type among which a telling is looked for again
_TELLING = 4  # characters from which an object says what it is
_CERTAIN = 6  # … and from which it does so whoever acts
_TWICE = 2
_SOFT = ("not-stated", "inferred")


class Told:
    """The events told so far, in page order, each with all the places that tell it."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self.events: list[Event] = []
        self._by_type: dict[str, list[int]] = {}

    def add(self, event: Event, sentence: int, *, again: bool) -> None:
        """Take in a telling: as a new event, or as one more mention of the one that it repeats.

        ``again`` says that the words themselves point back (此次会议); ``sentence`` is where theirs begins.
        """
        if self._belongs_to_last(event, sentence):
            self.events[-1] = _together(self.events[-1], event)
            return
        numbers = self._by_type.setdefault(event.type, [])
        for number in reversed(numbers[-_LATEST:]):
            if _repeats(event, self.events[number], again=again):
                self.events[number] = _together(self.events[number], event)
                return
        same = self._in_the_same_words(event, numbers[-LOOKED_AT:])
        if same is not None:
            self.events[same] = _together(self.events[same], event)
            return
        numbers.append(len(self.events))
        self.events.append(event)

    def _belongs_to_last(self, event: Event, sentence: int) -> bool:
        """Whether the event before it in the sentence is the same act told on, or the meeting whose work it is."""
        if not self.events or self.events[-1].evidence.start < sentence:
            return False
        last = self.events[-1]
        if event.type in self._settings["works"]:
            return last.type in self._settings["gatherings"] and last.actuality == "realised"
        one = self._settings["one_a_sentence"]
        if event.type != last.type or event.actuality != last.actuality or not (event.type in one or event.by in one):
            return False
        dated = event.date_span is not None and event.date_span.start < event.trigger_span.start
        return event.actuality != "realised" or not dated  # what happened on a day of its own is another

    def _in_the_same_words(self, event: Event, numbers: Sequence[int]) -> int | None:
        """The first of the events that is told in words that hold those of this one, on a day that may be its own."""
        told = ((number, self.events[number]) for number in numbers)
        found = (number for number, one in told if event.title in one.title and _dates_agree(event.date, one.date))
        return next(found, None)


def _repeats(event: Event, other: Event, *, again: bool) -> bool:
    """Whether two tellings of one type mean one event."""
    if _share_place(event, other):
        return True
    if event.actuality != other.actuality or not _dates_agree(event.date, other.date):
        return False
    return again or _same_object(event, other)


def _same_object(event: Event, other: Event) -> bool:
    if event.object is None or other.object is None:
        return False
    short, long = sorted((fold(event.object), fold(other.object)), key=len)
    if len(short) < _TELLING or short not in long:
        return False
    shared = bool(set(event.actors) & set(other.actors))
    return shared or (len(short) >= _CERTAIN and not (event.actors and other.actors)) or _is_titled(event, other)


def _is_titled(event: Event, other: Event) -> bool:
    """Whether both name their document in full: then it is the same, whoever is said to have issued it."""
    return all(f"《{one.object}" in one.evidence.text for one in (event, other)) and event.object == other.object


def _dates_agree(one: DateValue, other: DateValue) -> bool:
    """Whether both may be one time: no bound rules it out. Soft dates (not stated, inferred) rule out nothing."""
    if one.basis.startswith(_SOFT) or other.basis.startswith(_SOFT):
        return True
    begins_late = one.start is not None and other.end is not None and one.start > other.end
    ends_early = one.end is not None and other.start is not None and one.end < other.start
    return not (begins_late or ends_early)


def _share_place(event: Event, other: Event) -> bool:
    shared = min(event.evidence.end, other.evidence.end) - max(event.evidence.start, other.evidence.start)
    return _TWICE * shared > min(len(event.evidence.text), len(other.evidence.text))


def _together(first: Event, again: Event) -> Event:
    """The first telling with the place of the second, and with its date where the first gives none."""
    place = again.evidence.pair
    mentions = first.mentions if place in first.mentions else (*first.mentions, place)
    if not first.date.basis.startswith(_SOFT) or again.date.basis.startswith(_SOFT):
        return msgspec.structs.replace(first, mentions=mentions)
    words = (again.date_span,) if again.date_span is not None else ()
    support = tuple(dict.fromkeys((*again.support, *words)))
    return msgspec.structs.replace(first, mentions=mentions, date=again.date, support=support)
