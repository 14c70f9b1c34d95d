"""Values and words of pages as tools give them: each with its page, its place and a link, marked as a quotation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from math import isfinite
from typing import TypeVar

import msgspec

from mingjian.brief.evidence import web_link
from mingjian.core.model import facts as model
from mingjian.core.model.ledger.cells import Cite
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.span import Layer, Pair
from mingjian.core.model.span import Span as Words
from mingjian.serve.mcp.answers import Fact, Plain, Span, Value, Values
from mingjian.serve.mcp.quoting import count_unseen

_QUOTED = 600
_SPANS = 4
_VALUES = 12
_COMMON = frozenset({"evidence", "by", "id", "parts", "support", "mentions"})
_SPAN = "_span"
T = TypeVar("T")


def page_link(page: str) -> str:
    """Where a page is read here."""
    return f"mingjian://page/{page}"


def thing_link(thing: str) -> str:
    """Where a thing is read here."""
    return f"mingjian://thing/{thing}"


def span_of(page: str, pair: Pair, text: str, layer: Layer = "text", most: int = _QUOTED) -> Span:
    """Words of a page as they stand there, cut where they are long."""
    start, end = pair
    return Span(
        untrusted=True,
        quotation=text[:most],
        page=page,
        start=start,
        end=end,
        link=f"{page_link(page)}#{layer}:{start}-{end}",
        layer=layer,
        cut=len(text) > most,
        unseen=count_unseen(text[:most]),
    )


def cited(page: str, words: Words) -> Span:
    """A span of a record, with its page."""
    return span_of(page, words.pair, words.text, words.layer)


def plain(value: object) -> Plain:
    """The value as JSON has it: whole numbers as such, numbers with more digits than every reader keeps as text.

    >>> plain(Decimal("4E+19")), plain(Decimal("0.35")), plain(Decimal("1.00000000000000000001"))
    (40000000000000000000, 0.35, '1.00000000000000000001')
    """
    if isinstance(value, Decimal):
        near = float(value) if value.is_finite() else None
        if near is None or not isfinite(near) or Decimal(repr(near)) != value:
            return f"{value:f}"
        return int(near) if near.is_integer() else near
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def said(value: object, spans: Iterable[Span] = (), missing: str | None = None, basis: str | None = None) -> Value:
    """A value with its words, of which a few are given."""
    every = tuple(dict.fromkeys(spans))
    left = max(0, len(every) - _SPANS)
    return Value(
        untrusted=True, value=plain(value), spans=every[:_SPANS], missing=missing, basis=basis, more_spans=left
    )


def outcome(page: str, held: Outcome[str]) -> Value:
    """A field of a record: its value with its words, or why there is none."""
    if isinstance(held, Cited):
        return said(held.value, (cited(page, held.evidence),))
    return said(None, missing=held.reason if isinstance(held, Missing) else "unknown")


def cite_span(cite: Cite) -> Span:
    """A citation of a ledger."""
    return span_of(cite.page, cite.pair, cite.text, cite.layer)


def web_url(address: str) -> str | None:
    """The address of a page, where it leads into the web."""
    return web_link(address)


def fact_of(page: str, kind: str, fact: model.Fact, text: str) -> Fact:
    """A fact with all of its parts, each with its words: those of its own, else those of the fact."""
    return Fact(
        id=fact.id,
        kind=kind,
        page=page,
        by=fact.by,
        evidence=cited(page, fact.evidence),
        values=_values(page, fact, text),
    )


def _values(page: str, fact: model.Fact, text: str) -> Values:
    found: Values = {}
    for name in fact.__struct_fields__:
        beside = name.endswith(_SPAN) and name.removesuffix(_SPAN) in fact.__struct_fields__
        if name in _COMMON or beside:
            continue
        for path, value in _flat(name, getattr(fact, name)):
            held = said(value, _words(page, fact, (path, name), value, text))
            found[path] = (*found.get(path, ()), held)[:_VALUES]
    return found


def _flat(name: str, held: object) -> Iterator[tuple[str, Plain]]:
    """The plain values within a value, by their paths; spans within it are no values of their own."""
    match held:
        case None | Words():
            return
        case msgspec.Struct():
            for inner in held.__struct_fields__:
                yield from _flat(f"{name}.{inner}", getattr(held, inner))
        case tuple():
            for one in held:
                yield from _flat(name, one)
        case _:
            yield name, plain(held)


def _words(page: str, fact: model.Fact, names: tuple[str, str], value: Plain, text: str) -> list[Span]:
    """The words of a part: the places that the fact names for it, else where its evidence holds it, else all of it."""
    beside = getattr(fact, f"{names[1]}{_SPAN}", None)
    pairs = [pair for name in dict.fromkeys(names) for pair in fact.parts.get(name, ())]
    places = [span_of(page, pair, text[slice(*pair)]) for pair in pairs]
    places += [cited(page, beside)] if isinstance(beside, Words) else []
    if isinstance(value, str):
        places = [one for one in places if value in one.quotation] or places
        at = -1 if places else fact.evidence.text.find(value)
        if at >= 0:
            start = fact.evidence.start + at
            places = [span_of(page, (start, start + len(value)), value, fact.evidence.layer)]
    return places or [cited(page, fact.evidence)]


def fitting(items: Iterable[T], most: int, size: Callable[[T], int]) -> tuple[list[T], bool]:
    """The first of the items that are no larger together, one at least; and whether all are among them."""
    kept: list[T] = []
    room = most
    for item in items:
        room -= size(item)
        if kept and room < 0:
            return kept, False
        kept.append(item)
    return kept, True


def encoded_size(item: object) -> int:
    """How many bytes an answer is in JSON."""
    return len(msgspec.json.encode(item))
