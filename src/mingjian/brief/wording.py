"""How values are worded for people, in Chinese, from ``rules/labels.zh.toml``."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from mingjian.core.model.annotation import DateValue
from mingjian.core.model.facts import Normalized, Relation, TimeBound
from mingjian.core.model.outcome import Cited, Missing
from mingjian.core.model.span import Span
from mingjian.core.rulebook import bundled_rulebook

NOTHING = "—"


@cache
def _labels() -> dict[str, Any]:
    return dict(bundled_rulebook().tables["labels.zh"])


@cache
def _values() -> dict[str, str]:
    event_types = bundled_rulebook().lexicon("event_types").entries
    return {**{entry.id: entry.name for entry in event_types}, **_labels()["values"]}


def field_label(name: str) -> str:
    """The Chinese name of a field of the record."""
    return str(_labels()["fields"].get(name, name))


def column_label(name: str) -> str:
    """The Chinese name of a part of a fact."""
    return str(_labels()["columns"].get(name, name))


def fact_columns() -> list[tuple[str, tuple[str, ...]]]:
    """The kinds of facts in the order in which people read them, each with the parts to show."""
    return [(row["kind"], tuple(row["columns"])) for row in _labels()["facts"]]


def missing_label(reason: str) -> str:
    """Why a value is missing, in words."""
    return str(_labels()["missing"].get(reason, reason))


def worded(value: object) -> str:
    """One value as people read it; what is not there is a dash.

    >>> worded(None), worded(Decimal("3E+2")), worded(("甲", "乙"))
    ('—', '300', '甲、乙')
    """
    match value:
        case None | "" | ():
            return NOTHING
        case bool():
            return _values()["true" if value else "false"]
        case str():
            return _values().get(value, value)
        case Decimal():
            return f"{value:,f}"
        case tuple():
            return "、".join(worded(item) for item in value)
        case _:
            return _worded_struct(value)


def _worded_struct(value: object) -> str:
    match value:
        case DateValue():
            return _worded_interval(value.start, value.end) if value.start or value.end else value.text or NOTHING
        case Normalized():
            upper = f"–{worded(value.value_max)}" if value.value_max is not None else ""
            return f"{worded(value.value)}{upper} {value.unit}"
        case Relation():
            return f"{worded(value.type)}《{value.target}》"
        case _:
            return _worded_by_words(value)


def _worded_by_words(value: object) -> str:
    match value:
        case Span():
            return value.text
        case Cited(inner, _):
            return str(inner)
        case Missing(reason):
            return f"（缺：{missing_label(reason)}）"
        case TimeBound():
            return value.end or value.text
        case _:
            return str(value)


def _worded_interval(start: str | None, end: str | None) -> str:
    if start == end:
        return start or NOTHING
    return f"{start or '…'} 至 {end or '…'}"
