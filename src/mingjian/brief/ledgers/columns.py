"""The columns of a ledger, read off the struct of its rows, and the rows as flat entries of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin

import msgspec

from mingjian.core.model.ledger.cells import Cell, Cite, Facets, Row

Value: TypeAlias = str | Decimal | int | bool | None
Kind: TypeAlias = Literal["text", "date", "number", "count", "flag", "table"]
DATED = frozenset({
    "added", "adopted", "as_of", "date", "deadline", "end", "first_published", "first_seen", "happened_from",
    "happened_to", "in_force", "issued", "last_published", "last_seen", "latest_as_of", "made_public", "published",
    "repealed", "signed", "start", "valid_until",
})  # fmt: skip
"""Fields that hold ISO dates, as exact as told: 2024-02-03T08:30:00+08:00, 2024-02-03, 2024-02 or 2024."""

_FACETS = ("regions", "technologies", "industries", "happened_from", "happened_to", "ai")
_HEADS = ("id", "name")
_KINDS: dict[type, Kind] = {bool: "flag", int: "count", Decimal: "number", str: "text"}


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column: the field that it is, what its values are, whether there may be several, and whether they cite words.

    Of a table within the row (the points of a series) ``inner`` are the columns. ``facet`` columns are what rows are
    filtered by.
    """

    name: str
    kind: Kind
    many: bool = False
    cited: bool = False
    facet: bool = False
    inner: tuple[Column, ...] = ()


class Said(msgspec.Struct, frozen=True):
    """A value and the words that say it; without a value why there is none, where that is told."""

    value: Value
    cites: tuple[Cite, ...] = ()
    missing: str | None = None
    basis: str | None = None


class Entry(msgspec.Struct, frozen=True):
    """What a row has in a column: what is said there, or of a table within the row its own rows."""

    column: Column
    said: tuple[Said, ...] = ()
    rows: tuple[tuple[Entry, ...], ...] = ()

    @property
    def first(self) -> Said:
        """The first that is said; a value that is missing where nothing is."""
        return self.said[0] if self.said else Said(None)


@cache
def columns_of(row_type: type[msgspec.Struct]) -> tuple[Column, ...]:
    """The columns of a ledger: id and name, its own, how often it is told and when, and what it is filtered by."""
    every = _columns(row_type)
    heads = [one for one in every if one.name in _HEADS]
    told = [one for one in every if one.name in Row.__struct_fields__ and one not in heads]
    own = [one for one in every if one.name not in Row.__struct_fields__]
    return (*heads, *own, *told, *(_facets({one.name for one in every}) if issubclass(row_type, Row) else ()))


def _facets(taken: Collection[str]) -> Iterator[Column]:
    """The columns of what rows are filtered by, but those of which the row has one that is called so."""
    for column in _columns(Facets):
        if column.name in _FACETS and column.name not in taken:
            yield msgspec.structs.replace(column, facet=True)


def entries_of(row: msgspec.Struct, columns: Sequence[Column]) -> tuple[Entry, ...]:
    """The row as entries of these columns."""
    return tuple(_entry(getattr(_holder(row, one), one.name), one) for one in columns)


def _holder(row: msgspec.Struct, column: Column) -> msgspec.Struct:
    return row.facets if column.facet and isinstance(row, Row) else row


def _entry(held: Any, column: Column) -> Entry:  # noqa: ANN401 - a field of any row
    if column.kind == "table":
        return Entry(column, rows=tuple(entries_of(one, column.inner) for one in held))
    return Entry(column, tuple(map(_said, held if column.many else (held,))))


def _said(held: Any) -> Said:  # noqa: ANN401 - a field of any row
    if isinstance(held, Cell):
        return Said(held.value, held.cites, held.missing, held.basis)
    return Said(held)


def _columns(kind: type[msgspec.Struct]) -> tuple[Column, ...]:
    fields = msgspec.structs.fields(kind)
    return tuple(_column(field.name, field.type) for field in fields if field.type is not Facets)


def _column(name: str, held: Any) -> Column:  # noqa: ANN401 - a type, or a form of one
    held = _without_none(held)
    many = get_origin(held) is tuple
    held = get_args(held)[0] if many else held
    cited = get_origin(held) is Cell
    inner = get_args(held)[0] if cited else held
    if not cited and isinstance(inner, type) and issubclass(inner, msgspec.Struct):
        return Column(name=name, kind="table", many=True, inner=_columns(inner))
    kind = "date" if name in DATED and inner is str else _KINDS[inner]
    return Column(name=name, kind=kind, many=many, cited=cited)


def _without_none(held: Any) -> Any:  # noqa: ANN401 - a type, or a form of one
    if get_origin(held) in {Union, UnionType}:
        (held,) = (one for one in get_args(held) if one is not NoneType)
    return held
