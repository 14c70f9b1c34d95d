"""The parts of a fact that a reviewer can change, and how each is told: by words, by a choice, by a number."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

import msgspec

from mingjian.core.model.annotation import DateValue
from mingjian.core.model.facts import Fact, Mentioned, Normalized, TimeBound
from mingjian.core.model.review import PartChange
from mingjian.core.model.span import Pair, Span
from mingjian.core.review.choosing import choices_of, must_be_choice
from mingjian.core.review.deriving import Selected, derive, is_day, part_type
from mingjian.core.review.facts import fact_type
from mingjian.errors import ReviewError

TellingOf: TypeAlias = Literal["place", "number", "time", "words", "list", "choice", "yes"]
"""How a part is told: ``place`` is where words stand, with no value of its own."""

_APART = frozenset({"id", "by", "parts", "support", "mentions", "relations", "posts", "sub_event_of"})
_TOLD_WITH = {"value": ("value_max", "unit", "normalized", "value_span"), "date": ("date_span",), "amount": ("unit",)}
"""Parts that the words of another tell: nobody changes them by themselves."""
_ENCODER = msgspec.json.Encoder(decimal_format="number", order="deterministic")
_TELLINGS: dict[Any, TellingOf] = {
    Span: "place", Decimal: "number", Normalized: "number", TimeBound: "time", DateValue: "time", bool: "yes",
}  # fmt: skip
_BETWEEN = "、"


class PartOf(msgspec.Struct, frozen=True, kw_only=True):
    """A part by the name of its field: how it is told, among which ``choices``, and whether a fact can be without."""

    name: str
    telling: TellingOf
    choices: tuple[str, ...] = ()
    needed: bool = False


@lru_cache(maxsize=64)
def parts_of(kind: str) -> tuple[PartOf, ...]:
    """The parts of the facts of a kind that can be changed, ``evidence`` last; ``ReviewError`` for no kind."""
    fact = fact_type(kind)
    told_with = {other for name, others in _TOLD_WITH.items() if name in _names(fact) for other in others}
    named = [name for name in _names(fact) if name not in _APART | told_with | {"evidence"}]
    found = (_part(fact, name) for name in (*named, "evidence"))
    return tuple(part for part in found if part is not None)


def _names(fact: type[Fact]) -> tuple[str, ...]:
    return fact.__struct_fields__


def _part(fact: type[Fact], name: str) -> PartOf | None:
    kind = part_type(fact, name)
    needed = type(None) not in get_args(get_type_hints(fact)[name]) and get_origin(kind) is not tuple
    choices = choices_of(fact, name, kind)
    telling = "choice" if choices else _telling(name, kind)
    if telling is None:
        return None
    return PartOf(name=name, telling=telling, choices=choices, needed=needed)


def _telling(name: str, kind: Any) -> TellingOf | None:  # noqa: ANN401 - a type form, for which Python has no type yet
    """How a part of this type is told; nothing of one that no words tell."""
    if kind is str:
        return "time" if is_day(name) else "words"
    if get_origin(kind) is tuple:
        return "list" if get_args(kind)[0] is str else None
    return _TELLINGS.get(kind)


def typed_changes(
    kind: str, part: str, typed: str, spans: Sequence[Pair], published: str | None
) -> tuple[PartChange, ...]:
    """The changes by which a part gets the value that a reviewer typed as people write it (``300亿元``, ``2027年``).

    Numbers and times are read by the project's own grammar; ``published`` is the day that relative ones count from.
    Raises ``ReviewError`` where that cannot be read.
    """
    fact, words = fact_type(kind), typed.strip()
    told = _typed(fact, part, words, published)
    given = [(name, value) for name, value in told.items() if not isinstance(value, Span)]
    return tuple(PartChange(name, tuple(spans) if name == part else (), _raw(value)) for name, value in given)


def _raw(value: object) -> msgspec.Raw:
    return msgspec.Raw(_ENCODER.encode(value))


def _typed(fact: type[Fact], part: str, words: str, published: str | None) -> dict[str, object]:
    """The fields that the typed words give, by name."""
    kind = part_type(fact, part)
    must_be_choice(fact, part, kind, words)
    telling = _telling(part, kind)
    if telling in {"number", "time"} and not is_day(part):
        found = derive(fact, Selected(part, (Span(0, len(words), words),), published))
        return {name: value for name, value in found.items() if name in _names(fact)}
    if telling == "list":
        return {part: tuple(filter(None, (each.strip() for each in words.split(_BETWEEN))))}
    if telling == "yes":
        return {part: words == "true"}
    if telling == "place":
        raise ReviewError(part, "is where words stand", "select the words")
    return {part: words}


def place_of_words(text: str, part: str, words: str) -> Pair:
    """Where words that a reviewer typed stand in the text; ``ReviewError`` where that is nowhere, or not alone."""
    wanted = words.strip()
    at = text.find(wanted) if wanted else -1
    if at < 0:
        raise ReviewError(
            part, f"the words {wanted!r} do not stand on the page", "select them, or copy them from it", "not-there"
        )
    if text.find(wanted, at + 1) >= 0:
        raise ReviewError(
            part, f"the words {wanted!r} stand on the page more than once", "select those that are meant", "twice-there"
        )
    return (at, at + len(wanted))


def spans_of_part(fact: Fact, part: str) -> tuple[Pair, ...]:
    """Where the words of a part stand: those that are its own, none where only the evidence as a whole tells it."""
    if part == "evidence":
        return _pairs(fact.evidence)
    span = getattr(fact, part, None) if part.endswith("_span") else getattr(fact, f"{part}_span", None)
    if isinstance(span, Span):
        return _pairs(span)
    own = fact.parts.get(part, ())
    if not own and part in {"name", "title"} and isinstance(fact, Mentioned):
        return fact.mentions[:1]
    return tuple(own)


def _pairs(span: Span) -> tuple[Pair, ...]:
    return (span.pair, *span.also) if span.layer == "text" else ()
