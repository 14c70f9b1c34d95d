"""Hits and passages of a need as rows of a table: what each shares with it, with points and the words of pages."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from mingjian.brief.wording import ledger_label, ledger_value_label, phrase
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.matching import Hit, Matching, Passage, Reason
from mingjian.core.model.outcome import value_of

_MISSING = "not-shared"
_NOT_OVER = "not-over"


class MatchedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A hit: ``id`` is the thing that it stands for, ``rank`` counts from 1; each column says what is shared.

    ``weak`` are hits that share little of what the need names. Of a passage, which is no fact, ``sentence`` holds the
    words, ``name`` is the title of its page, and ``ledger`` says that it is one.
    """

    id: str
    name: str
    rank: int
    ledger: str
    score: Decimal
    weak: bool
    sentence: Cell[str]
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
    """The rows as they are read: the hits that answer, the best first, then passages, then the other hits."""
    return [
        _row(rank, one) if isinstance(one, Hit) else _passage_row(rank, one)
        for rank, one in enumerate(in_order(matching), 1)
    ]


def in_order(matching: Matching) -> list[Hit | Passage]:
    """All that was found, in the order in which it is read: weak hits, and those that are over, behind passages."""
    faint = [hit for hit in matching.hits if is_faint(hit)]
    return [*(hit for hit in matching.hits if not is_faint(hit)), *matching.passages, *faint]


def is_faint(hit: Hit) -> bool:
    """Whether a hit is only alike, or over."""
    return hit.weak or hit.over is not None


def _passage_row(rank: int, passage: Passage) -> MatchedRow:
    published = value_of(passage.published)
    return MatchedRow(
        id=passage.id,
        name=value_of(passage.title) or passage.words.text,
        rank=rank,
        ledger=phrase("match_passage"),
        score=Decimal(str(passage.score)),
        weak=False,
        sentence=Cell(passage.words.text, (passage.words,)),
        technology=_cell(passage, "technology"),
        industry=_cell(passage, "industry"),
        scenario=_cell(passage, "scenario"),
        region=_cell(passage, "region"),
        asked=_cell(passage, "asked"),
        quantity=_cell(passage, "quantity"),
        words=_cell(passage, "text"),
        status=_cell(passage, "status"),
        over=Cell(missing=_NOT_OVER),
        bodies=(),
        also=(),
        sources=1,
        first_published=published,
        last_published=published,
    )


def _row(rank: int, hit: Hit) -> MatchedRow:
    over: Cell[str] = Cell(missing=_NOT_OVER)
    if hit.over is not None and hit.over_cites:
        over = Cell(hit.over, hit.over_cites)
    return MatchedRow(
        id=hit.thing,
        name=hit.name,
        rank=rank,
        ledger=ledger_label(hit.ledger),
        score=Decimal(str(hit.score)),
        weak=hit.weak,
        sentence=Cell(missing="not-passage"),
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


def _cell(hit: Hit | Passage, kind: str) -> Cell[str]:
    """What reasons of a kind say, with the words of pages."""
    reasons = [one for one in hit.reasons if one.kind == kind]
    cites = tuple(dict.fromkeys(cite for one in reasons for cite in one.cites))
    return Cell(phrase("match_between").join(map(reason_words, reasons)), cites) if cites else Cell(missing=_MISSING)


def reason_words(reason: Reason) -> str:
    """A reason in a few words: what is shared, how near it is, and its points."""
    label = ledger_value_label(reason.label) if reason.kind == "status" else reason.label
    near = ledger_value_label(f"match-{reason.relation}")
    return phrase("match_reason", label=label, near=near, points=f"{reason.points:+.1f}")
