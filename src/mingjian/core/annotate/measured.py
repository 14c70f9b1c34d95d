"""What every quantity measures: its metric, whose it is, where, and for or by which time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from mingjian.core.model.annotation import Measured, Quantity
from mingjian.core.model.facts import Organisation, Person, Region
from mingjian.core.model.span import Pair
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.measuring.comparing import comparison_of
from mingjian.core.text.measuring.governing import Named, metric_of
from mingjian.core.text.measuring.respective import respectively, with_times_respectively
from mingjian.core.text.measuring.timing import deadline_in, is_granted, starts_a_change, time_of
from mingjian.core.text.measuring.words import MeasuringWords, measuring_words
from mingjian.core.text.mentions import nearest_before
from mingjian.core.text.scenes import Scene, Scenes


def annotate_measured(quantities: Sequence[Quantity], scenes: Scenes, found: GroupFindings) -> tuple[Measured, ...]:
    """One for every quantity, in their order, from the sentences in which they stand and the rules ``measuring``.

    Where no names were found words like 公司 and 全省 say whose the metric is and where.
    """
    words = measuring_words(found)
    measured: dict[int, Measured] = {}
    source, paragraph = None, -1
    for scene, here in scenes:
        if not here:
            continue
        tellers = _tellers(words, scene)
        source = _source(scene, tellers) if tellers else source if scene.paragraph == paragraph else None
        paragraph = scene.paragraph
        for item in _of_sentence(words, scene, here, tellers):
            told = item if item.source or not source or tellers else msgspec.structs.replace(item, source=source)
            measured[item.quantity.start] = told
    return tuple(measured.get(quantity.start) or Measured(quantity) for quantity in quantities)


class _Told(msgspec.Struct, frozen=True):
    """Of a sentence: the clauses that only say who tells what follows, and the words that stand for a place (全省)."""

    tellers: Sequence[Pair]
    places: Sequence[Pair]


def _of_sentence(
    words: MeasuringWords, scene: Scene, quantities: Sequence[Quantity], tellers: Sequence[Pair]
) -> Iterator[Measured]:
    told = _Told(tellers, _places(words, scene))
    named: list[Named] = []
    for quantity in quantities:
        named.append(metric_of(words, scene, quantity, named[-1] if named else None))
    last = None
    read: list[Measured] = []
    for item in respectively(words, scene, named):
        found = _with_comparison(words, scene, item, _with_bearers(words, scene, item, told), last)
        last = _of_same_time(scene, _with_time(scene, found), last)
        read.append(last)
    yield from with_times_respectively(words, scene, read)


def _tellers(words: MeasuringWords, scene: Scene) -> Sequence[Pair]:
    """The clauses that only say who tells what follows; a body named in them is no subject."""
    return [pair for pair in scene.clauses if words.source.search(scene.page.folded, *pair)]


def _source(scene: Scene, tellers: Sequence[Pair]) -> Pair | None:
    """The body that the last of these clauses names as the one that tells, if one is named."""
    for start, end in reversed(tellers):
        bodies = [name for name in scene.bearers if start <= name.start < end and isinstance(name.bearer, Organisation)]
        if bodies:
            return bodies[-1].pair
    return None


def _with_bearers(words: MeasuringWords, scene: Scene, named: Named, told: _Told) -> Measured:
    metric, place = named.metric, named.quantity.start
    offset = min(metric[0], place) if metric else place
    before = [pair for pair in told.tellers if pair[1] <= offset]
    subject = _subject(words, scene, before[-1][1] if before else scene.start, offset)
    subject = subject or _word(told.places, offset) or named.whose
    name = nearest_before(scene.places, place)
    region = name.pair if name else _word(told.places, place)
    source = _source(scene, before)
    return Measured(named.quantity, metric, subject, region, governed=named.governed, source=source)


def _with_comparison(
    words: MeasuringWords, scene: Scene, named: Named, measured: Measured, last: Measured | None
) -> Measured:
    """With the words that say against what the number is a change, if it is one: 同比分别增长20%、15%."""
    comparison = comparison_of(words, scene, named)
    if comparison is None and last is not None and last.compared and _is_listed(words, scene, last, measured):
        comparison = last.compared, last.growth
    if comparison is None:
        return measured
    return msgspec.structs.replace(measured, compared=comparison[0], growth=comparison[1])


def _is_listed(words: MeasuringWords, scene: Scene, first: Measured, second: Measured) -> bool:
    """Whether only the mark of a list stands between the two numbers."""
    return words.joint.fullmatch(scene.page.folded, first.quantity.end, second.quantity.start) is not None


def _with_time(scene: Scene, measured: Measured) -> Measured:
    """With the time, if one governs; it governs from afar where another clause holds it."""
    place = measured.quantity.start
    clause = scene.clause_of(place)
    around = (min(clause[0], place), max(clause[1], measured.quantity.end))
    if is_granted(scene, measured.quantity, around):
        governing = deadline_in(scene, place, around)
    else:
        governing = time_of(scene, (place, measured.quantity.end), around)
    if governing is None:
        return measured
    time, use = governing
    governed = measured.governed or time.end <= clause[0]
    return msgspec.structs.replace(measured, time=(time.start, time.end), use=use, governed=governed)


def _of_same_time(scene: Scene, measured: Measured, last: Measured | None) -> Measured:
    """With the time of the number before, where it is of the same metric and has none in its own clause.

    到2027年…；去年产值1200亿元，同比增长21.5%: the rise too is that of last year.
    """
    if last is None or not measured.governed or measured.metric is None or measured.metric != last.metric:
        return measured
    if starts_a_change(scene, (last.quantity.start, last.quantity.end)) or _is_measured_against(scene, last):
        return measured
    if measured.time is not None and measured.time[0] >= scene.clause_of(measured.quantity.start)[0]:
        return measured
    return msgspec.structs.replace(measured, time=last.time, use=last.use)


def _is_measured_against(scene: Scene, measured: Measured) -> bool:
    """Whether the number is an old one, with which others are compared: 比2017年的18亿元."""
    start = measured.time[0] if measured.time is not None else 0
    return scene.page.compared.search(scene.page.folded, max(0, start - 3), start) is not None


def _subject(words: MeasuringWords, scene: Scene, told: int, offset: int) -> Pair | None:
    """The name that stands nearest before the metric in the sentence, else a word like 公司.

    ``told``: up to where it is only said who tells of it.
    """
    folded = scene.page.folded
    for name in reversed(scene.bearers):
        if name.end <= offset and (name.start >= told or not _tells_of_others(words, name.bearer)):
            return name.pair
    owners = [owner.span() for owner in words.owner.finditer(folded, told, offset + 1) if owner.end() <= offset]
    return owners[-1] if owners else None


def _tells_of_others(words: MeasuringWords, bearer: Organisation | Person | Region) -> bool:
    """Whether an office or a paper speaks; what a company tells is of itself."""
    return not isinstance(bearer, Organisation) or bearer.type in words.told_by


def _places(words: MeasuringWords, scene: Scene) -> Sequence[Pair]:
    """The words of the sentence that stand for a place (全省) and are no part of a name."""
    places = [found.span() for found in words.place.finditer(scene.page.folded, scene.start, scene.end)]
    return [place for place in places if not any(name.start <= place[0] < name.end for name in scene.bearers)]


def _word(places: Sequence[Pair], offset: int) -> Pair | None:
    """The last of the places that ends before."""
    return next((place for place in reversed(places) if place[1] <= offset), None)
