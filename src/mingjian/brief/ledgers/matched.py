"""Hits of a need as rows of a table: what each shares with the need, with its points and the words of pages."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from mingjian.brief.wording import ledger_label, ledger_value_label, phrase
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.matching import Hit, Matching, Reason

_MISSING = "not-shared"


class MatchedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A hit: ``id`` is the thing that it stands for, ``rank`` counts from 1; each column says what is shared.

    ``weak`` are hits that share little of what the need names.
    """

    id: str
    name: str
    rank: int
    ledger: str
    score: Decimal
    weak: bool
    technology: Cell[str]
    industry: Cell[str]
    scenario: Cell[str]
    region: Cell[str]
    asked: Cell[str]
    quantity: Cell[str]
    words: Cell[str]
    status: Cell[str]
    over: Cell[str]
    bodies: tuple[str, ...]
    also: tuple[str, ...]
    sources: int
    first_published: str | None
    last_published: str | None


def matched_rows(matching: Matching) -> list[MatchedRow]:
    """The rows, the best hit first."""
    return [_row(rank, hit) for rank, hit in enumerate(matching.hits, 1)]


def _row(rank: int, hit: Hit) -> MatchedRow:
    over: Cell[str] = Cell(missing="not-over")
    if hit.over is not None and hit.over_cites:
        over = Cell(hit.over, hit.over_cites)
    return MatchedRow(
        id=hit.thing,
        name=hit.name,
        rank=rank,
        ledger=ledger_label(hit.ledger),
        score=Decimal(str(hit.score)),
        weak=hit.weak,
        technology=_cell(hit, "technology"),
        industry=_cell(hit, "industry"),
        scenario=_cell(hit, "scenario"),
        region=_cell(hit, "region"),
        asked=_cell(hit, "asked"),
        quantity=_cell(hit, "quantity"),
        words=_cell(hit, "text"),
        status=_cell(hit, "status"),
        over=over,
        bodies=hit.row.facets.issuers,
        also=tuple(one.name for one in hit.also),
        sources=hit.row.sources,
        first_published=hit.row.first_published,
        last_published=hit.row.last_published,
    )


def _cell(hit: Hit, kind: str) -> Cell[str]:
    """What reasons of a kind say, with the words of pages."""
    reasons = [one for one in hit.reasons if one.kind == kind]
    cites = tuple(dict.fromkeys(cite for one in reasons for cite in one.cites))
    return Cell(phrase("match_between").join(map(reason_words, reasons)), cites) if cites else Cell(missing=_MISSING)


def reason_words(reason: Reason) -> str:
    """A reason in a few words: what is shared, how near it is, and its points."""
    label = ledger_value_label(reason.label) if reason.kind == "status" else reason.label
    near = ledger_value_label(f"match-{reason.relation}")
    return phrase("match_reason", label=label, near=near, points=f"{reason.points:+.1f}")
