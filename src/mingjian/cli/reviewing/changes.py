"""What a reviewer types, as changes of parts: words are looked for in the clause first, then on the whole page."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from mingjian.core.model.review import NOTHING, PartChange
from mingjian.errors import ReviewError

if TYPE_CHECKING:
    from mingjian.core.model.span import Pair
    from mingjian.corpus.desk.desk import ReviewedPage

_PLACE = re.compile(r"([0-9]+)[-–:]([0-9]+)")


class Typed(msgspec.Struct, frozen=True):
    """What was typed: ``PART=WORDS``, ``PART=VALUE`` and parts to take away."""

    words: Sequence[str] = ()
    give: Sequence[str] = ()
    drop: Sequence[str] = ()


def fact_beginning(told: ReviewedPage, beginning: str) -> tuple[str, Pair | None]:
    """The id of the one fact of the page whose id begins so, and the places of its evidence.

    A fact that is told no more is named by its whole id; ``ReviewError`` for a beginning of several.
    """
    from mingjian.core.pipeline.identity import fact_kinds  # here, because a start must not cost it

    facts = [fact for facts in fact_kinds(told.reviewed.record).values() for fact in facts]
    found = [fact for fact in facts if fact.id.startswith(beginning)]
    if len(found) > 1:
        listed = ", ".join(fact.id for fact in found)
        raise ReviewError(beginning, f"begins the ids of several facts: {listed}", "give more of the one meant")
    return (found[0].id, found[0].evidence.pair) if found else (beginning, None)


def part_changes(told: ReviewedPage, within: Pair | None, typed: Typed) -> tuple[PartChange, ...]:
    """The changes; raises ``ReviewError`` for what is none, or words that are not where they should be."""
    spans: dict[str, list[Pair]] = {}
    for part, words in map(_halves, typed.words):
        spans.setdefault(part, []).append(_place_of(told.text, part, words, within))
    values = {part: _value(words) for part, words in map(_halves, typed.give)}
    parts = dict.fromkeys([*spans, *values, *typed.drop])
    return tuple(PartChange(part, tuple(spans.get(part, ())), values.get(part, NOTHING)) for part in parts)


def _halves(typed: str) -> tuple[str, str]:
    part, equals, words = typed.partition("=")
    if not equals or not part or not words:
        raise ReviewError(typed, "names no part and its words", "give such as value=300亿元")
    return part, words


def _value(words: str) -> msgspec.Raw:
    """What was given, as JSON where it is that, else as text."""
    try:
        json.loads(words)
    except ValueError:
        return msgspec.Raw(msgspec.json.encode(words))
    return msgspec.Raw(words.encode())


def _place_of(text: str, part: str, words: str, within: Pair | None) -> Pair:
    place = _PLACE.fullmatch(words)
    if place is not None:
        return int(place[1]), int(place[2])
    start, end = within or (0, len(text))
    found = text.find(words, start, end)
    if found < 0:
        found = text.find(words)
        if found >= 0 and text.find(words, found + 1) >= 0:
            mend = f"name the place: {part}={found}-{found + len(words)}"
            raise ReviewError(part, f"the words {words!r} stand on the page more than once", mend)
    if found < 0:
        raise ReviewError(part, f"the words {words!r} do not stand on the page", "give them as the page prints them")
    return found, found + len(words)
