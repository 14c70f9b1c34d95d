"""What an event is called where the clause that tells it says too little: words of its page, joined, or its headline.

Nothing is added that the page does not say: who acts and what it is about are put to the clause as they are printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mingjian.core.link.things.settings import thing_settings
from mingjian.core.model.facts import Event
from mingjian.core.model.outcome import Cited, Outcome
from mingjian.core.text.normal import on_one_line

_NAMED = 2  # of those who act
_BETWEEN, _APART = "、", "："
_SHORT = 4  # characters of a trigger that says no more than that something was done


class Titled(NamedTuple):
    """What an event is called, and which parts beside its evidence the words are from: ``headline`` is the page's."""

    words: str
    parts: tuple[str, ...] = ()
    headline: bool = False


def event_title(event: Event, headline: Outcome[str]) -> Titled:
    """The clause, with who acts before it and what it is about behind it where those stand apart from it.

    Where the page says neither, or only that something was announced, it is the headline of the page.
    """
    if says_little(event) and isinstance(headline, Cited) and headline.value.strip():
        return Titled(on_one_line(headline.value), headline=True)
    words, parts = event.title, list[str]()
    if event.actors and not any(_stands_in(event, "actors", name) for name in event.actors):
        words, parts = f"{_BETWEEN.join(event.actors[:_NAMED])}{_APART}{words}", ["actors"]
    if event.object and not _stands_in(event, "object", event.object):
        words, parts = f"{words}{_APART}{event.object}", [*parts, "object"]
    return Titled(words, tuple(parts))


def says_little(event: Event) -> bool:
    """Whether the clause says hardly anything beside its date and who acts, and no part says it."""
    settings = thing_settings().events
    if event.object is not None or event.recipients:
        return False
    if event.actors and event.type not in settings.reporting:
        return False
    said = sum(1 for sign in _rest(event) if sign.isalnum())
    return said + max(0, len(event.trigger_span.text) - _SHORT) < settings.saying


def _stands_in(event: Event, part: str, name: str) -> bool:
    """Whether the clause says it: by this name, or by the words that the part was read from."""
    extents = (event.evidence.pair, *event.evidence.also)
    pairs = event.parts.get(part, ())
    return name in event.title or any(low <= start < end <= high for start, end in pairs for low, high in extents)


def _rest(event: Event) -> str:
    """The clause without its trigger, its date and who acts."""
    rest = event.title
    for words in sorted(_named(event), key=len, reverse=True):
        rest = rest.replace(words, "")
    return rest


def _named(event: Event) -> Iterator[str]:
    yield from filter(None, (event.trigger_span.text, *event.actors))
    if event.date_span is not None:
        yield event.date_span.text
