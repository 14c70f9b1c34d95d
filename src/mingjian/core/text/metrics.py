"""What a number measures: the noun phrase that leads to it, without the verbs, names and places before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from mingjian.core.model.annotation import Quantity, TimeExpression
from mingjian.core.model.span import Pair
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention

_LONGEST = 16
_SHORTEST = 2
_NEAR = 12


class MetricWords(msgspec.Struct, frozen=True):
    """The cues that tell where a metric begins and ends.

    ``stop`` ends the words before it, ``opening`` are words at its beginning that are no part of it, ``bearer`` are
    nouns of those that have it (企业), ``change`` is a rise or a fall right before the number.
    """

    stop: re.Pattern[str]
    opening: re.Pattern[str]
    bearer: re.Pattern[str]
    change: re.Pattern[str]


class Surroundings(msgspec.Struct, frozen=True):
    """The clause of a number: its ends, the metric words in it, and the times and names of its sentence."""

    folded: str
    clause: Pair
    nouns: Sequence[Match]
    times: Sequence[TimeExpression]
    names: Sequence[Mention]


def metric_words(cues: Mapping[str, re.Pattern[str]]) -> MetricWords:
    """The patterns of the figures' rule file."""
    return MetricWords(cues["metric-start"], cues["metric-opening"], cues["metric-bearer"], cues["change"])


def metric_of(words: MetricWords, around: Surroundings, quantity: Quantity) -> Pair | None:
    """Where the metric stands: before the number, with the rise or fall that it is of, else the noun counted."""
    if quantity.noun and quantity.normal_unit == "count":
        return quantity.noun
    clause, start = around.clause, quantity.start
    change = None
    if quantity.direction is not None:
        change = words.change.search(around.folded, max(clause[0], start - _NEAR), quantity.number[0])
    before = [noun for noun in around.nouns if noun.start < start]
    found = before[-1:] or [noun for noun in around.nouns if noun.start >= quantity.end][:1]
    if not found:
        if change:
            return _led_to(words, around, change.span(), change.end(), clause[0])
        return _led_to(words, around, (start, start), start, clause[0]) if quantity.normal_unit == "count" else None
    noun, low = found[0], clause[0] if before else quantity.end
    end = noun.end
    if change and before and noun.end <= change.start() <= noun.end + _NEAR:
        end = change.end()
    return _led_to(words, around, (noun.start, noun.end), end, low)


def _led_to(words: MetricWords, around: Surroundings, noun: Pair, end: int, low: int) -> Pair | None:
    """From the first word that belongs to the noun to ``end``."""
    place, noun_end = noun
    for time in around.times:
        if low < time.end <= place:
            low = time.end
    for stop in words.stop.finditer(around.folded, low, place):
        low = stop.end()
    for name in around.names:
        if name.start <= low < name.end <= place:
            low = name.end
    low = _without_opening(words, around.folded, low, noun_end)
    if noun_end - low > _LONGEST:
        low = _shortened(words, around.folded, low, place, noun_end)
    return (low, end) if end - low >= _SHORTEST else None


def _without_opening(words: MetricWords, folded: str, low: int, end: int) -> int:
    opening = words.opening.match(folded, low, end)
    while opening is not None and opening.end() > low:
        low = opening.end()
        opening = words.opening.match(folded, low, end)
    return low


def _shortened(words: MetricWords, folded: str, low: int, place: int, end: int) -> int:
    """Behind the last noun of those that have it, where enough is left; else the metric word alone."""
    for bearer in words.bearer.finditer(folded, low, place):
        if bearer.end() < place and end - bearer.end() <= _LONGEST:
            return bearer.end()
    return place
