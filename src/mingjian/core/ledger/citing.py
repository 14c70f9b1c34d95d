"""Cells of what facts say: each value with the words that print it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

from mingjian.core.ledger.building import cite_part, cite_span
from mingjian.core.link.things.metrics import says_something
from mingjian.core.model.facts import Normalized, TimeBound
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.outcome import Cited, Outcome
from mingjian.core.model.span import Span
from mingjian.core.model.things import Member

T = TypeVar("T")
MOST_CITED = 5
"""A cell cites the first words that say its value, not all of a thousand pages."""


def cite_printed(member: Member, part: str, printed: str | None, among: Sequence[str] = ()) -> tuple[Cite, ...]:
    """The words of a part that print this, mean it, or stand in its place ``among`` others; else those that hold it.

    Where nothing tells which words print it, all of the part.
    """
    cites, called = cite_part(member, part), member.page.called
    exact = [cite for cite in cites if printed and printed in {cite.text, called.get(cite.text)}]
    if not exact and printed in among and len(cites) == len(among):
        exact = [cites[among.index(printed)]]
    exact = exact or [cite for cite in cites if printed and printed in cite.text]
    return tuple(exact[:1]) or tuple(cite for cite in cites if printed and cite.text in printed) or cites


def not_told(reason: str = "not-told") -> Cell[T]:
    """A cell without a value."""
    return Cell(missing=reason)


def canonical(value: object, words: tuple[Cite, ...]) -> str | None:
    """The basis of a name: told where no cited words print it as it is, but another name of the same."""
    if not isinstance(value, str) or value.isascii():
        return None
    name = "".join(value.split())  # lines of a page break names
    return None if any(name in "".join(cite.text.split()) for cite in words) else "canonical"


def printed_cell(told: Iterable[tuple[Member, str | None]], name: str) -> Cell[str]:
    """What the first mention that has it prints in a part, and where."""
    for member, printed in told:
        if printed:
            cites = cite_printed(member, name, printed)
            return Cell(printed, cites, basis=canonical(printed, cites))
    return not_told()


def metric_cell(told: Iterable[tuple[Member, str | None]]) -> Cell[str]:
    """What is measured, as the first mention prints it whose words say so by themselves: 国家, 行业 and 全长 do not."""
    every = [(member, metric) for member, metric in told if metric]
    cell: Cell[str] = printed_cell(((member, metric) for member, metric in every if says_something(metric)), "metric")
    return not_told("metric-vague") if every and cell.value is None else cell


def code_of(member: Member, place: str | None) -> str | None:
    """The code of a place that the page names."""
    return None if place is None else member.page.regions.get(place)


def span_cell(member: Member, value: T, span: Span | None, basis: str | None = None) -> Cell[T]:
    """A value that these words state; without words of its own, the evidence of the fact states it."""
    return Cell(value, (cite_span(member, span or member.fact.evidence),), basis=basis)


def time_cell(member: Member, bound: TimeBound | None, name: str) -> Cell[str]:
    """The ISO day of a bound, and the words that it was read from."""
    if bound is None or bound.end is None:
        return not_told()
    return Cell(bound.end, cite_printed(member, name, bound.text), basis="normalised")


def number_cell(member: Member, number: Normalized | None, span: Span | None) -> Cell[Decimal]:
    """A number in base units."""
    return not_told("no-number") if number is None else span_cell(member, number.value, span, "normalised")


def most_cell(member: Member, number: Normalized | None, span: Span | None) -> Cell[Decimal]:
    """The upper end of a range in base units."""
    if number is None or number.value_max is None:
        return not_told("no-range")
    return span_cell(member, number.value_max, span, "normalised")


def together(cells: Sequence[Cell[T]], most: int = MOST_CITED) -> tuple[Cite, ...]:
    """The words of all these cells, each once, no more than so many."""
    return tuple(dict.fromkeys(cite for cell in cells for cite in cell.cites))[:most]


def cite_outcome(member: Member, outcome: Outcome[str], value: str | None, basis: str) -> Cell[str]:
    """A value that was read from a field of the page itself."""
    if value is None or not isinstance(outcome, Cited):
        return not_told("no-date-in-page")
    return Cell(value, (cite_span(member, outcome.evidence),), basis=basis)
