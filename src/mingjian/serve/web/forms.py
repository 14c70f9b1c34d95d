"""Forms that ask a list: fields with what is given, and what else the address asks as hidden ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from mingjian.brief.ledgers.columns import Column, columns_of
from mingjian.brief.wording import ledger_column_label, ledger_value_label
from mingjian.core.ledger.ledgers import Ledger
from mingjian.serve.web.queries import Query
from mingjian.serve.web.words import Word, word


class Option(msgspec.Struct, frozen=True):
    """A value that can be chosen."""

    value: str
    label: str
    chosen: bool = False


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A field: ``word`` is its label; options are suggestions of a text, the values of a select or boxes to tick.

    ``free``: of a select none need be chosen; ``long``: a text for which there is more room.
    """

    name: str
    word: Word
    kind: Literal["text", "number", "select", "check", "boxes"] = "text"
    value: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    free: bool = True
    long: bool = False


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """A form that asks by address: ``folded`` fields stand below the others, opened where one of them is given."""

    action: str
    fields: tuple[Field, ...]
    folded: tuple[Field, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    unfolded: bool = False
    clear: str | None = None


_DAYS = ("since", "until", "as_of", "added_by")


def ledger_form(query: Query, ledger: Ledger, columns: Sequence[Column], statuses: Iterable[str]) -> Form:
    """The form of a ledger's filters: all parts of a question, and the columns to show."""
    shown = {column.name for column in columns}
    fields = (*(text_field(query, name) for name in ("words", "since", "until")), check_field(query, "all"))
    names = ("region", "technology", "industry", "issuer", "source", "as_of", "added_by")
    folded = [*(text_field(query, name) for name in names), *status_field(query, statuses)]
    folded += [
        Field(
            name="column",
            word=word("lists.columns"),
            kind="boxes",
            options=tuple(
                Option(name, ledger_column_label(name, ledger.name), name in shown) for name in all_columns(ledger)
            ),
        ),
    ]
    return form_of(query, fields, folded)


def form_of(query: Query, fields: Sequence[Field], folded: Sequence[Field] = ()) -> Form:
    """A form of these fields; what else the address asks is kept, but from which row on."""
    names = dict.fromkeys((*(each.name for each in (*fields, *folded)), "offset"))
    held = {name for name, _ in query.given}
    hidden = [pair for pair in query.given if pair[0] not in names]
    for name in names:  # a text field holds the first of several values: the others are kept
        kinds = {each.kind for each in (*fields, *folded) if each.name == name}
        if kinds == {"text"}:
            hidden += [(name, value) for value in query.all(name)[1:]]
    return Form(
        action=query.path,
        fields=tuple(fields),
        folded=tuple(folded),
        hidden=tuple(hidden),
        unfolded=any(each.name in held for each in folded),
        clear=query.path if held - {"offset"} else None,
    )


def text_field(query: Query, name: str, options: Iterable[Option] = ()) -> Field:
    """A field of a text, with what is given first."""
    hint = str(word("asking-hint.day")) if name in _DAYS else _hint(name)
    return Field(name=name, word=word(f"asking.{name}"), value=query.one(name), hint=hint, options=tuple(options))


def check_field(query: Query, name: str) -> Field:
    """A field that is ticked or not."""
    return Field(name=name, word=word(f"asking.{name}"), kind="check", value="1" if query.flag(name) else "")


def select_field(query: Query, name: str, options: Iterable[tuple[str, str]]) -> Field:
    """A field of which one value is chosen, or none."""
    held = query.one(name)
    given = tuple(Option(value, label, value == held) for value, label in options)
    return Field(name=name, word=word(f"asking.{name}"), kind="select", value=held, options=given)


def status_field(query: Query, statuses: Iterable[str]) -> list[Field]:
    """The field of the status, where rows have any."""
    every = list(statuses)
    return [select_field(query, "status", [(slug, ledger_value_label(slug)) for slug in every])] if every else []


def all_columns(ledger: Ledger) -> list[str]:
    """The columns of a ledger that a page may show: the address of the row tells its id already."""
    return [column.name for column in columns_of(ledger.row_type) if column.name != "id"]


def _hint(name: str) -> str:
    try:
        return str(word(f"asking-hint.{name}"))
    except KeyError:
        return ""
