"""What is measured: metrics under one name, and the slot by which targets and statistics of one find each other."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from mingjian.core.link.things.identities import identity_cues, identity_settings, metric_words
from mingjian.core.link.things.spheres import place_before
from mingjian.core.link.things.wording import plain, shorter_of
from mingjian.core.text.folding import fold


class Metric(msgspec.Struct, frozen=True, gc=False):
    """A metric: ``known`` where the vocabulary has it, ``open`` where it is a noun that is counted in any text."""

    name: str
    known: bool = False
    open: bool = False


@lru_cache(maxsize=65536)
def metric_of(words: str | None) -> Metric | None:
    """The metric that these words name.

    >>> metric_of("全省算力总规模"), metric_of("算力规模").name == metric_of("智能算力规模").name
    (Metric(name='算力规模', known=True, open=False), False)
    """
    known = metric_words()
    whole = plain(words or "")
    if whole not in known.metric_of:
        whole = identity_cues()["goal-words"].sub("", whole)
    if not whole:
        return None
    for name in _shorter(whole):
        if name in known.metric_of:
            return Metric(known.metric_of[name], known=True)
    bare = _shorter(whole)[-1]
    return Metric(bare, open=_is_open(bare))


def metric_in(words: str | None, unit: str | None) -> Metric | None:
    """The metric that these words name of a number in this unit: 总量 of 30EFLOPS is computing power."""
    named = metric_of(words)
    if named is None or not named.open or named.known:
        return named
    meant = metric_words().of_unit.get(unit or "")
    return named if meant is None else Metric(meant, known=True)


def _is_open(name: str) -> bool:
    """Whether a name does not say of what it is the metric."""
    short = len(name) < identity_settings().names.metric
    return short or name in metric_words().open or identity_cues()["open-metric"].search(name) is not None


def _shorter(whole: str) -> list[str]:
    """The words as they are, then without whose it is."""
    found = [whole]
    _, rest = place_before(whole)
    if rest and rest != whole:
        found.append(rest)
    for before in metric_words().before:
        rest = found[-1].removeprefix(before)
        if rest and rest != found[-1]:
            found.append(rest)
    return found


def agree(first: str | None, second: str | None) -> bool:
    """Whether two names of metrics may be of one: the shorter ends the longer, and says by itself what is measured.

    >>> agree("省级智能工厂", "智能工厂"), agree("智能算力规模", "算力规模"), agree("产业规模", "人工智能产业规模")
    (True, False, False)
    """
    if first is None or second is None:
        return False
    ending = identity_cues()["kind-of-count"]
    first, second = ending.sub("", first), ending.sub("", second)
    shorter = shorter_of(first, second)
    metric = Metric(shorter, known=shorter in metric_words().metric_of)
    if not metric.known and (_is_open(shorter) or len(shorter) < identity_settings().figures.metric):
        return False
    if frozenset((first, second)) in metric_words().apart:
        return False
    return first.endswith(shorter) and second.endswith(shorter)


def fit(first: str | None, second: str | None) -> bool:
    """Whether two names of metrics may be of one where place, number and day agree: one says no more than the other.

    >>> fit("冶金产业规模", "产业规模"), fit(None, "产业规模"), fit("智能工厂", "智能算力规模")
    (True, True, False)
    """
    if first is None or second is None:
        return True
    ending = identity_cues()["kind-of-count"]
    first, second = ending.sub("", first), ending.sub("", second)
    if frozenset((first, second)) in metric_words().apart:
        return False
    shorter = shorter_of(first, second)
    return first.endswith(shorter) and second.endswith(shorter)


def says_what(metric: str | None) -> bool:
    """Whether the name of a metric says by itself what is counted."""
    return agree(metric, metric)


def is_noun(metric: str) -> bool:
    """Whether the name is a noun that says of what so many are: 产线, and not 项目, which anybody has."""
    return len(metric) > 1 and metric not in metric_words().open and not identity_cues()["open-metric"].search(metric)


def says_something(metric: str) -> bool:
    """Whether the words for what is measured are more than a noun that anything may be counted by.

    >>> says_something("国家"), says_something("全长"), says_something("算力设施覆盖率"), says_something("重点行业")
    (False, False, True, True)
    """
    return len(metric) > 1 and identity_cues()["open-metric"].fullmatch(fold(metric)) is None


def slot_of(metric: str | None, sphere: str | None, unit: str | None) -> tuple[str, ...]:
    """The slot of a metric of a place in a unit; none where one of them is not told."""
    return (f"{metric}|{sphere}|{unit}",) if metric and sphere and unit else ()
