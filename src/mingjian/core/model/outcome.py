"""What a field may be: a value with its words, or missing with a reason."""

from __future__ import annotations

from typing import Any, Generic, TypeVar, get_args

import msgspec

from mingjian.core.model.span import Span

T = TypeVar("T")


class Outcome(Generic[T]):
    """Either ``Cited[T]`` or ``Missing``; nothing else may be made of it.

    A plain class and no union, because msgspec decodes unions of structs only by a tag, and the wire format has none.
    """

    __slots__ = ()


class Cited(msgspec.Struct, Outcome[T], Generic[T], frozen=True, omit_defaults=True):
    """A value with the words that state it, what else it was computed from, and the rule that made it."""

    __match_args__ = ("value", "evidence")

    value: T
    evidence: Span
    by: str
    support: tuple[Span, ...] = ()
    precision: str | None = None


class Interval(msgspec.Struct, frozen=True, gc=False):
    """ISO day bounds, both inclusive, either open (``None``), and how they were found."""

    start: str | None
    end: str | None
    basis: str


class Missing(msgspec.Struct, Outcome[Any], frozen=True, omit_defaults=True):
    """A value that the page does not give, and why; for dates, the interval in which it must lie."""

    __match_args__ = ("reason",)

    reason: str = msgspec.field(name="missing")
    value: None = None
    interval: Interval | None = None
    support: tuple[Span, ...] = ()


def value_of(outcome: Outcome[T]) -> T | None:
    """The cited value, ``None`` where it is missing."""
    return outcome.value if isinstance(outcome, Cited) else None


def decode_outcome(kind: type, raw: dict[str, object]) -> object:
    """The ``Cited`` or ``Missing`` that ``raw`` (a decoded JSON object) states: msgspec's hook for ``Outcome``."""
    target = Missing if "missing" in raw else Cited[get_args(kind)[0]]  # type: ignore[misc]
    outcome: object = msgspec.convert(raw, target)
    return outcome
