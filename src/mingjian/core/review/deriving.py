"""Values of parts, read from the words that a reviewer selected by the project's own grammar.

What a part is tells its type: numbers and money are quantities, days are times, the rest are the words themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from mingjian.core.annotate.times import annotate_times
from mingjian.core.ledger.places import only_code
from mingjian.core.model.annotation import Anchor, DateValue, Quantity, TimeExpression
from mingjian.core.model.facts import Event, Fact, Normalized, Region, Statistic, Target, TimeBound
from mingjian.core.model.resources import Fund
from mingjian.core.model.span import Span, cite
from mingjian.core.pipeline.expressions import expressions
from mingjian.core.review.choosing import not_from_words
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.bare_text import article_of
from mingjian.core.text.profiles import DOCUMENT
from mingjian.errors import ReviewError

_LONGEST = 5_000  # characters of words that a reviewer selects: a long answer, and no whole page
_DAYS = frozenset({"date", "signed", "published", "in_force", "valid_until", "start"})
"""Parts that are strings and hold a day."""
_PLAIN = "="  # how a number is meant where no word says it
_DAY = 10  # characters of an ISO day
_PUBLISHED = "published"  # what relative days count from, as facts name it
_ISO = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_MEND = "select all of it and nothing else, or give the value yourself"


class Selected(msgspec.Struct, frozen=True):
    """The words that a reviewer selected for one part, and the day that relative dates count from."""

    part: str
    spans: tuple[Span, ...]
    published: str | None

    @property
    def words(self) -> str:
        """The first words that were selected."""
        return self.spans[0].text


def part_type(fact: type[Fact], part: str) -> Any:  # noqa: ANN401 - a type form, for which Python has no type yet
    """The type of a part, without ``None``; raises ``ReviewError`` for a part that the fact has not."""
    hints = get_type_hints(fact)
    if part in ("id", "by", "parts", "support", "mentions", "relations", "posts", "sub_event_of") or part not in hints:
        named = ", ".join(name for name in hints if name not in ("id", "by", "parts", "support", "mentions"))
        raise ReviewError(part, "is no part that can be changed", f"give one of {named}")
    options = [kind for kind in get_args(hints[part]) if kind is not type(None)]
    return options[0] if get_origin(hints[part]) in (UnionType, Union) else hints[part]


def is_day(part: str) -> bool:
    """Whether a part that is a string holds a day."""
    return part in _DAYS


def derive(fact: type[Fact], selected: Selected) -> Mapping[str, Any]:
    """The fields that the selected words give, by name: the part, and what goes with it.

    Raises ``ReviewError`` where the words do not tell it.
    """
    kind = part_type(fact, selected.part)
    together = _TOGETHER.get((fact, selected.part))
    if together is not None:
        return together(selected)
    if kind is Span:
        return {selected.part: selected.spans[0]}
    not_from_words(fact, selected.part, kind)
    read = _READ.get(kind)
    return {selected.part: _worded(kind, selected) if read is None else read(selected)}


def _worded(kind: object, selected: Selected) -> object:
    if get_origin(kind) is tuple and get_args(kind)[0] is str:
        return tuple(span.text for span in selected.spans)
    if kind is str:
        return _time(selected).value if selected.part in _DAYS else selected.words
    raise ReviewError(selected.part, "is not read from words", "give its value")


def _figure(selected: Selected) -> Mapping[str, Any]:
    """A number with all that goes with it; the comparator where the words say it."""
    found = _quantity(selected)
    says_how = found.comparator != _PLAIN or found.number != (found.start, found.end)
    return {
        "value": found.value,
        "value_max": found.value_max,
        "unit": found.unit,
        **({"comparator": found.comparator} if says_how else {}),
        "normalized": _normalized(found),
        "value_span": selected.spans[0],
    }


def _sum(selected: Selected) -> Mapping[str, Any]:
    found = _quantity(selected)
    return {"amount": found.normal_value, "unit": found.normal_unit}


def _dated(selected: Selected) -> Mapping[str, Any]:
    return {"date": _time(selected).date, "date_span": selected.spans[0]}


def _place(selected: Selected) -> Mapping[str, Any]:
    return {"name": selected.words, "code": only_code(selected.words)}


def _quantity(selected: Selected) -> Quantity:
    """The only quantity of the words."""
    found = [one.quantity for one in expressions(selected.words, selected.published).quantities]
    if len(found) != 1:
        told = "hold several numbers" if found else "hold no number that can be read"
        key = "several-numbers" if found else "no-number"
        raise ReviewError(selected.part, f"the words {selected.words!r} {told}", _MEND, key)
    return found[0]


def _normalized(found: Quantity) -> Normalized:
    return Normalized(found.normal_value, found.normal_max, found.normal_unit)


def _time(selected: Selected) -> TimeExpression:
    """The only time of the words."""
    day = None if selected.published is None else selected.published[:_DAY]
    found = annotate_times(article_of(selected.words), bundled_rulebook(), Anchor(day, _PUBLISHED), DOCUMENT)
    if len(found) != 1:
        told = "hold several times" if found else "hold no time that can be read"
        key = "several-times" if found else "no-time"
        raise ReviewError(selected.part, f"the words {selected.words!r} {told}", _MEND, key)
    return found[0]


def _bound(selected: Selected) -> TimeBound:
    date = _time(selected).date
    return TimeBound(selected.words, date.end, date.basis)


_TOGETHER: Mapping[tuple[type[Fact], str], Callable[[Selected], Mapping[str, Any]]] = {
    (Target, "value"): _figure,
    (Statistic, "value"): _figure,
    (Fund, "amount"): _sum,
    (Event, "date"): _dated,
    (Region, "name"): _place,
    (Region, "code"): _place,
}
"""Parts that the same words tell together with others."""
_READ: Mapping[Any, Callable[[Selected], Any]] = {
    Normalized: lambda selected: _normalized(_quantity(selected)),
    Decimal: lambda selected: _quantity(selected).normal_value,
    TimeBound: _bound,
    DateValue: lambda selected: _time(selected).date,
}


def must_be_day(part: str, given: object) -> None:
    """Silence for what may be given for a part; raises ``ReviewError`` for a day that is written otherwise than ISO."""
    days = [given] if part in _DAYS and isinstance(given, str) else []
    days += [day for day in (getattr(given, "start", None), getattr(given, "end", None)) if day is not None]
    for day in days:
        if not (isinstance(day, str) and _ISO.fullmatch(day)):
            raise ReviewError(part, f"{day!r} is no day", "give one such as 2025-03-05, 2025-03 or 2025", "no-day")


def selected_words(text: str, part: str, pairs: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """The words between the places of a text layer; raises ``ReviewError`` where nothing stands, or too much."""
    for start, end in pairs:
        if not 0 <= start < end <= len(text):
            problem = f"nothing stands between {start} and {end} of the text, which has {len(text)} characters"
            raise ReviewError(part, problem, "select words of the page; offsets count code points", "not-there")
        if end - start > _LONGEST:
            problem = f"{end - start} characters are selected, more than the words of a fact"
            raise ReviewError(part, problem, f"select at most {_LONGEST}: those that tell it")
        if not text[start:end].strip():
            raise ReviewError(part, f"between {start} and {end} there is only white space", "select words of the page")
    return tuple(cite(text, *pair) for pair in pairs)
