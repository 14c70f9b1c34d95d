"""The words that name what a number measures: before it, or right behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from mingjian.core.model.annotation import Quantity, TimeExpression
from mingjian.core.model.span import Pair
from mingjian.core.text.characters import found_before
from mingjian.core.text.measuring.words import MeasuringWords, Surroundings

_MONEY = re.compile("[A-Z]{3}")
_LONGEST = 16
_SHORTEST = 2
_LEAD = 14
_BASE = 28
# Marks, no words: those that may end the words before a number.
_CLOSING = "”’」》）)%"


class Phrase(msgspec.Struct, frozen=True):
    """What stands before a number: its metric, if any; whether that is a word for what can be measured.

    ``bare``: nothing stands there but words that lead to a number, so that the metric must have been named before;
    ``change`` are those of a rise or a fall by the number (新增 counts what is new, it is none);
    ``whole`` says what a share is of (占应收面积).
    """

    metric: Pair | None
    attribute: bool = False
    bare: bool = False
    change: Pair | None = None
    whole: Pair | None = None


class _Lead(msgspec.Struct, frozen=True):
    """Where the words that lead to the number begin, and the rise or fall that they begin with."""

    start: int
    change: Pair | None
    whole: Pair | None


def phrase_before(words: MeasuringWords, around: Surroundings, quantity: Quantity) -> Phrase:
    """What stands between the beginning of the clause, or the number before, and the number."""
    lead = _lead_of(words, around, quantity)
    if lead.start <= around.low:
        return Phrase(None, bare=True, change=lead.change, whole=lead.whole)
    is_counted = quantity.normal_unit == "count"
    phrase = phrase_ending(words, around, lead.start, is_counted=is_counted)
    return msgspec.structs.replace(phrase, change=lead.change)


def with_change(quantity: Quantity, phrase: Phrase) -> Pair | None:
    """The metric with the rise or fall that the number is of, where its words follow at once: 产值同比增长."""
    metric, change = phrase.metric, phrase.change
    if (
        metric
        and change
        and quantity.normal_unit != "count"
        and change[0] == metric[1]
        and change[1] - change[0] >= _SHORTEST
    ):
        return (metric[0], change[1])
    return metric


def change_alone(phrase: Phrase) -> Pair | None:
    """The words of the rise or fall or of the share, where nothing names what it is of."""
    change = phrase.change or phrase.whole
    return change if change and change[1] - change[0] >= _SHORTEST else None


def phrase_ending(words: MeasuringWords, around: Surroundings, high: int, *, is_counted: bool = False) -> Phrase:
    """The noun phrase that ends at ``high``."""
    folded = around.folded
    share = found_before(words.share, folded, around.low, high)
    if share:
        return Phrase((_share_start(words, around, share.start()), high), attribute=True)
    low = _behind_times(around.times, around.low, high)
    if low >= high:
        return Phrase(None, bare=True)
    low = _behind_verbs(words, folded, low, high)
    if low == high:
        return Phrase(None)
    is_attribute = words.attribute.search(folded, low, high) is not None
    low = _without_opening(words, around, (low, high), with_verbs=is_counted and not is_attribute)
    if words.opening.fullmatch(folded, low, high):
        return Phrase(None, bare=True)
    low = _shortened(words, folded, low, high) if high - low > _LONGEST else low
    if _is_no_noun(words, around, (low, high), is_attribute):
        return Phrase(None)
    return Phrase((low, high), is_attribute)


def _share_start(words: MeasuringWords, around: Surroundings, start: int) -> int:
    """Where what the share is of begins, if it stands right before it: 研发投入占地区生产总值比重."""
    whose = phrase_ending(words, around, start).metric if start > around.low else None
    return whose[0] if whose and whose[1] == start else start


def _behind_verbs(words: MeasuringWords, folded: str, low: int, high: int) -> int:
    """Behind marks, function words and verbs; ``high`` where a verb is the end."""
    for stop in words.stop.finditer(folded, low, high):
        low = stop.end() if stop.end() < high else low
    for verb in words.verb.finditer(folded, low, high):
        if verb.end() == high:
            return high
        low = verb.end() if high - verb.end() >= _SHORTEST else low
    return low


def phrase_within(words: MeasuringWords, around: Surroundings) -> Pair | None:
    """The last word of the clause for what can be measured, with what belongs to it: 产业规模持续壮大."""
    last = None
    for last in words.attribute_within.finditer(around.folded, around.low, around.clause[1]):  # noqa: B007
        pass
    return phrase_ending(words, around, last.end()).metric if last else None


def phrase_behind(words: MeasuringWords, around: Surroundings, quantity: Quantity) -> Pair | None:
    """What the number counts where it stands right behind it: 3亿元的补贴, 8亿元B轮融资."""
    found = words.behind.match(around.folded, quantity.end, around.clause[1])
    if found is None:
        return None
    start = found.start(found.lastgroup or 0)
    return _cut(words, around.folded, (start, found.end()))


def phrase_counted(words: MeasuringWords, around: Surroundings, quantity: Quantity) -> Pair | None:
    """The counted noun without a verb behind it, nor the words that say of which kind: 20个高水平的创新平台."""
    folded, noun = around.folded, quantity.noun
    if noun is None or any(verb.fullmatch(folded, *noun) for verb in (words.lead, words.verb, words.soft_verb)):
        return None
    if folded.startswith("的", noun[1]) and words.quality.search(folded, *noun):
        return _cut(words, folded, (noun[1] + 1, min(noun[1] + 1 + _LONGEST, around.clause[1])))
    found = _cut(words, folded, noun) or (
        noun if folded[noun[0] : noun[1]].isalpha() and noun[1] - noun[0] == 1 else None
    )
    return found and _in_quotes(folded, found)


def _in_quotes(folded: str, pair: Pair) -> Pair:
    """With the mark that closes a quotation at its end, or without the one that opens it."""
    start, end = pair
    if folded[start] in "“「" and not any(mark in folded[start:end] for mark in "”」"):
        return (start, end + 1) if folded[end : end + 1] in ("”", "」") else (start + 1, end)
    return pair


def phrase_done_to(words: MeasuringWords, around: Surroundings, quantity: Quantity) -> Pair | None:
    """What a bare count is of that has its verb behind it: 智能工厂建成23家; who does it is not what is counted."""
    folded, low = around.folded, _behind_times(around.times, around.low, quantity.start)
    done = _at_end(words.done_to, folded, max(low, quantity.start - _LEAD), quantity.start)
    if quantity.normal_unit != "count" or quantity.noun is not None or done is None:
        return None
    metric = phrase_ending(words, around, done.start(), is_counted=True).metric
    if metric is None or metric[1] - metric[0] <= _SHORTEST or words.doer.search(folded, *metric):
        return None
    return None if any(name.start < metric[1] and metric[0] < name.end for name in around.names) else metric


def phrase_shared(words: MeasuringWords, around: Surroundings, quantity: Quantity) -> Pair | None:
    """What a share or an amount is of, where that stands right behind it: 60%以上新增算力, 3万亩秋粮."""
    start, limit = quantity.end, around.clause[1]
    if quantity.normal_unit == "count" or _MONEY.fullmatch(quantity.normal_unit):
        return None
    if any(pattern.match(around.folded, start, limit) for pattern in (words.behind_end, words.base)):
        return None
    found = words.shared.match(around.folded, start, limit)
    pair = _cut(words, around.folded, found.span()) if found else None
    verbs = (words.verb, words.soft_verb)
    is_verb = pair and any((verb := pattern.match(around.folded, *pair)) and len(verb.group()) > 1 for pattern in verbs)
    return None if is_verb else pair


def _cut(words: MeasuringWords, folded: str, pair: Pair) -> Pair | None:
    end = words.behind_end.search(folded, pair[0], min(pair[1] + 1, len(folded)))
    high = min(end.start(), pair[1]) if end else pair[1]
    return (pair[0], high) if high - pair[0] >= _SHORTEST else None


def _lead_of(words: MeasuringWords, around: Surroundings, quantity: Quantity) -> _Lead:
    """Takes off, from the number backwards: marks, times, verbs of reaching and of change, and what is compared."""
    folded, low, high = around.folded, around.low, quantity.start
    is_relative = quantity.normal_unit in words.relative_units
    change: Pair | None = None
    whole: Pair | None = None
    is_changed = is_relative
    place = -1
    while place != high and high > low:
        place = high
        high = _before_time(around.times, low, _unmarked(folded, low, high))
        base = _at_end(words.base, folded, max(low, high - _BASE), high) if is_relative else None
        if base:
            high, whole = base.start(), base.span("whole") if base.group("whole") else None
            continue
        lead = _lead_at_end(words, folded, low, high)
        if lead:
            high = lead.start()
            is_changed = is_changed or lead.lastgroup is not None
            change = change or _change(words, lead)
        elif is_changed:
            against = _at_end(words.against, folded, max(low, high - _BASE), high)
            high = against.start() if against else high
    return _Lead(high, change, whole)


def _lead_at_end(words: MeasuringWords, folded: str, low: int, high: int) -> re.Match[str] | None:
    if high <= low or (words.lead_ends is not None and folded[high - 1] not in words.lead_ends):
        return None
    return _at_end(words.lead, folded, max(low, high - _LEAD), high)


def _at_end(pattern: re.Pattern[str], folded: str, low: int, high: int) -> re.Match[str] | None:
    found = found_before(pattern, folded, low, high)
    return found if found and found.end() > found.start() else None


def _change(words: MeasuringWords, lead: re.Match[str]) -> Pair | None:
    """The words of a rise or a fall by the number: 同比增长, but not 增长至."""
    start, end = lead.start(), lead.end("change")
    is_by = lead.group("change") is not None and lead.end() - end <= 1 and lead.group()[-1] not in words.reaching
    return (start, end) if is_by else None


def _unmarked(folded: str, low: int, high: int) -> int:
    while high > low and not folded[high - 1].isalnum() and folded[high - 1] not in _CLOSING:
        high -= 1
    return high


def _before_time(times: Sequence[TimeExpression], low: int, high: int) -> int:
    """Before the time that ends here."""
    for time in times:
        if low <= time.start < high <= time.end:
            return time.start
    return high


def _behind_times(times: Sequence[TimeExpression], low: int, high: int) -> int:
    for time in times:
        if time.start < high and low < time.end:
            low = time.end
    return low


def _without_opening(words: MeasuringWords, around: Surroundings, pair: Pair, *, with_verbs: bool) -> int:
    """Behind names, adverbs, places and verbs at the beginning, as long as a noun is left."""
    low, high = pair
    patterns = (words.opening, words.owner, words.place, words.verb, *((words.soft_verb,) if with_verbs else ()))
    place = -1
    while place != low:
        place = low
        ends = [name.end for name in around.names if name.start <= low < name.end]
        ends += [found.end() for pattern in patterns if (found := pattern.match(around.folded, low, high))]
        low = max((end for end in ends if high - end >= _SHORTEST), default=low)
    return low


def _is_no_noun(words: MeasuringWords, around: Surroundings, pair: Pair, is_attribute: bool) -> bool:
    """Whether too little is left, or only a verb or a name."""
    if pair[1] - pair[0] < _SHORTEST or words.word.search(around.folded[pair[0] : pair[1]]) is None:
        return True
    if any(name.start <= pair[0] and pair[1] <= name.end for name in around.names):
        return True
    if is_attribute:
        return False
    verb = words.soft_verb.fullmatch(around.folded, *pair)
    if verb:
        return verb.group("noun") is None
    return any(pattern.fullmatch(around.folded, *pair) for pattern in (words.verb, words.owner))


def _shortened(words: MeasuringWords, folded: str, low: int, high: int) -> int:
    """Behind the last noun of those that have it, where enough is left."""
    for bearer in words.bearer.finditer(folded, low, high):
        if _SHORTEST <= high - bearer.end() <= _LONGEST:
            return bearer.end()
    return (
        high - _LONGEST // 2
        if words.attribute.search(folded, low, high) is None
        else _attribute_start(words, folded, high)
    )


def _attribute_start(words: MeasuringWords, folded: str, high: int) -> int:
    found = words.attribute.search(folded, high - _LONGEST // 2, high)
    return found.start() if found else high - _LONGEST // 2
