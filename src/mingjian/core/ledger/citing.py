"""Cells of what facts say: each value with the words that print it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from mingjian.core.ledger.building import cite_part, cite_span
from mingjian.core.model.facts import Normalized, TimeBound
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.outcome import Cited, Outcome
from mingjian.core.model.span import Span
from mingjian.core.model.things import Member
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold

T = TypeVar("T")
MOST_CITES = 5


def cite_printed(member: Member, name: str, printed: str | None) -> tuple[Cite, ...]:
    """The words of a part that print this, or hold it; where none do, all words of the part."""
    cites = cite_part(member, name)
    exact = [cite for cite in cites if cite.text == printed] or [
        cite for cite in cites if printed and printed in cite.text
    ]
    return tuple(exact[:1]) or cites


def not_told(reason: str = "not-told") -> Cell[T]:
    """A cell without a value."""
    return Cell(missing=reason)


def printed_cell(told: Iterable[tuple[Member, str | None]], name: str) -> Cell[str]:
    """What the first mention that has it prints in a part, and where."""
    for member, printed in told:
        if printed:
            return Cell(printed, cite_printed(member, name, printed))
    return not_told()


def named_cell(member: Member, name: str, printed: str) -> Cell[str]:
    """The body in a part, under the name that the page knows it to have."""
    return _named(member, printed, cite_printed(member, name, printed))


def named_cells(told: Iterable[tuple[Member, Sequence[str]]], name: str) -> tuple[Cell[str], ...]:
    """All bodies in a part, each once: ``told`` are those that a mention prints there, in order."""
    found: dict[str, Cell[str]] = {}
    for member, names in told:
        cites = cite_part(member, name)
        for place, printed in enumerate(names):
            own = cite_printed(member, name, printed)
            cell = _named(
                member, printed, cites[place : place + 1] if own == cites and len(cites) == len(names) else own
            )
            found.setdefault(fold(cell.value or printed), cell)
    return tuple(found.values())


def body_called(member: Member, printed: str) -> str:
    """The name of a body, as the page or the lexicon knows it, without the words that only count others beside it."""
    others = bundled_rulebook().cues("corpus/comparing")["others"].search(fold(printed))
    alone = printed if others is None else printed[: others.start()]
    return member.page.called.get(alone) or _bodies().get(fold(alone), alone)


@lru_cache(maxsize=1)
def _bodies() -> dict[str, str]:
    """The organs of the state by all their names."""
    entries = bundled_rulebook().lexicon("state_bodies").entries
    return {fold(name): entry.name for entry in reversed(entries) for name in entry.surfaces}


def _named(member: Member, printed: str, cites: tuple[Cite, ...]) -> Cell[str]:
    called = body_called(member, printed)
    return Cell(called, cites, basis=None if called == printed else "normalised")


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


def together(cells: Sequence[Cell[T]], most: int = MOST_CITES) -> tuple[Cite, ...]:
    """The words of all these cells, each once, no more than so many."""
    return tuple(dict.fromkeys(cite for cell in cells for cite in cell.cites))[:most]


def cite_outcome(member: Member, outcome: Outcome[str], value: str | None, basis: str) -> Cell[str]:
    """A value that was read from a field of the page itself."""
    if value is None or not isinstance(outcome, Cited):
        return not_told("no-date-in-page")
    return Cell(value, (cite_span(member, outcome.evidence),), basis=basis)
