"""Why a fact of a page is worth a look: what of that the page itself tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from mingjian.core.model.annotation import DateValue
from mingjian.core.model.facts import Fact, Normalized, Target
from mingjian.core.model.record import Record
from mingjian.core.model.review import Reason
from mingjian.core.pipeline.recognition import engine_of
from mingjian.core.review.facts import facts_of
from mingjian.core.review.settings import ReasonSettings, review_settings
from mingjian.core.text.folding import fold

_AMOUNTS = ("normalized", "amount", "capacity", "size")


class WorthALook(NamedTuple):
    """A fact with its kind, and why it is worth a look: no reason where the page tells of none."""

    kind: str
    fact: Fact
    reasons: tuple[Reason, ...]


def looked_through(record: Record, *, copied: bool = False) -> Iterator[WorthALook]:
    """The facts of the kinds that are looked through, kind by kind, each with its reasons, the heaviest first.

    ``copied``: the page is a reprint of another, whose facts are looked at first.
    """
    settings = review_settings()
    aside = (1.0 if record.ai_relevant else settings.aside) * (settings.copied if copied else 1.0)
    for kind, counts in settings.kinds.items():
        facts = facts_of(record, kind)
        beside = _disagreeing(kind, facts, settings.reason["page-disagrees"])
        for fact in facts:
            found = [*_alone(kind, fact), *beside.get(fact.id, ())]
            weighed = [Reason(one.slug, round(one.weight * counts * aside, 3), one.about) for one in found]
            yield WorthALook(kind, fact, in_order(weighed))


def in_order(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Reasons, the heaviest first."""
    return tuple(sorted(reasons, key=lambda one: (-one.weight, one.slug, one.about)))


def _alone(kind: str, fact: Fact) -> Iterator[Reason]:
    for slug, reason in _OF_ONE.items():
        yield from reason(kind, fact, review_settings().reason[slug])


def _parts_missing(kind: str, fact: Fact, settings: ReasonSettings) -> Iterator[Reason]:
    parts = settings.parts.get(kind, {})
    if getattr(fact, "qualitative", None) is not None:  # it says in words what others say in numbers
        parts = {part: weight for part, weight in parts.items() if part != "metric"}
    lacking = {part: weight for part, weight in parts.items() if _is_missing(getattr(fact, part))}
    if lacking:
        yield Reason("parts-missing", sum(lacking.values()), " ".join(lacking))


def _is_missing(value: object) -> bool:
    return value in (None, ()) or (isinstance(value, DateValue) and value.start is None and value.end is None)


def _high_stakes(kind: str, fact: Fact, settings: ReasonSettings) -> Iterator[Reason]:
    outcome = getattr(fact, "outcome", None)
    if outcome is not None:
        yield Reason("high-stakes", settings.outcome, outcome)
    amount, unit = _amount(fact) if kind in settings.kinds else (None, "")
    least = settings.thresholds.get(unit)
    if amount is not None and least is not None and amount >= least:
        yield Reason("high-stakes", settings.weight, f"{amount:f} {unit}")


def _amount(fact: Fact) -> tuple[Decimal | None, str]:
    for name in _AMOUNTS:
        value: Any = getattr(fact, name, None)
        if isinstance(value, Normalized):
            return value.value, value.unit
        if isinstance(value, Decimal):
            return value, getattr(fact, "unit", None) or ""
    return None, ""


def _unsure_words(kind: str, fact: Fact, settings: ReasonSettings) -> Iterator[Reason]:
    del kind
    place = fact.evidence.place
    if place is not None and place.confidence is not None and place.confidence < settings.below:
        yield Reason("unsure-words", settings.weight, f"{place.confidence:.2f}")


def _by_engine(kind: str, fact: Fact, settings: ReasonSettings) -> Iterator[Reason]:
    del kind
    engine = engine_of(fact.by)
    if engine is not None:
        yield Reason("by-engine", settings.weight, engine)


_OF_ONE: Mapping[str, Callable[[str, Fact, ReasonSettings], Iterator[Reason]]] = {
    "parts-missing": _parts_missing,
    "high-stakes": _high_stakes,
    "unsure-words": _unsure_words,
    "by-engine": _by_engine,
}


def _disagreeing(kind: str, facts: Sequence[Fact], settings: ReasonSettings) -> Mapping[str, list[Reason]]:
    """By fact, the other values that the page tells of the same."""
    alike: dict[tuple[object, ...], list[Any]] = {}
    for fact in facts if kind in settings.kinds else ():
        key = _same_of(fact)
        if key is not None:
            alike.setdefault(key, []).append(fact)
    found: dict[str, list[Reason]] = {}
    for told in alike.values():
        words = {_value_of(one): one.value_span.text for one in told if one.value_span is not None}
        for one in told if len(words) > 1 else ():
            others = [text for value, text in words.items() if value != _value_of(one)]
            found[one.id] = [Reason("page-disagrees", settings.weight, "、".join(others))]
    return found


def _same_of(fact: Any) -> tuple[object, ...] | None:  # noqa: ANN401 - a target or a statistic
    """Of what a number is told, of which only one can hold; nothing where that is not told."""
    bound = fact.deadline if isinstance(fact, Target) else fact.as_of
    if not fact.metric or fact.normalized is None or bound is None or not bound.end:
        return None
    noun = fact.unit if fact.normalized.unit == "count" else fact.normalized.unit
    return (fold(fact.metric), fold(fact.subject or ""), bound.end, noun, fact.change)


def _value_of(fact: Any) -> tuple[Decimal, Decimal | None]:  # noqa: ANN401 - a target or a statistic
    return fact.normalized.value, fact.normalized.value_max
