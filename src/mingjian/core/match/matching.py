"""Matches a need: things are found, looked at, put in order, and those of one body folded; what lacks is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from mingjian.core.books import Books
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS
from mingjian.core.ledger.remembering import remembering
from mingjian.core.ledger.resolving import known_by
from mingjian.core.match.candidates import Bounds, Candidate, find_candidates
from mingjian.core.match.ending import over_of
from mingjian.core.match.folding import Sentence, folded, folding_key
from mingjian.core.match.gaps import find_gaps
from mingjian.core.match.needs import kinds_of
from mingjian.core.match.passages import find_passages
from mingjian.core.match.reasons import Wish, reasons_of
from mingjian.core.match.settings import MatchingSettings, matching_settings
from mingjian.core.match.strength import is_weak
from mingjian.core.match.telling import Words, telling_of
from mingjian.core.model.ledger.cells import Cell, Row
from mingjian.core.model.matching import Hit, Matching, Need, Reason
from mingjian.core.model.resources import Scenario
from mingjian.core.model.things import Member
from mingjian.core.rulebook import bundled_rulebook

_THERE = ("same", "within", "above")
_STATES = ("state", "stage", "actuality")
_AMOUNTS = (("FLOPS", "capacity"), ("CNY", "amount"))


class Looked(msgspec.Struct, frozen=True):
    """A candidate with its reasons, what they add up to, and whether that is little of what the need names."""

    candidate: Candidate
    reasons: tuple[Reason, ...]
    score: float
    weak: bool
    sentences: frozenset[Sentence] = frozenset()


def match_need(books: Books, words: Words, need: Need, bounds: Bounds, day: Day, limit: int) -> Matching:
    """The rows that answer best, as many as are wanted, and what of the need nothing answers."""
    books, settings = remembering(books), matching_settings()
    wish = Wish(need, settings, bundled_rulebook())
    found = find_candidates(books, words, wish, bounds)
    looked = sorted(_looked(books, words, wish, found, day), key=_place)
    sentences = {one.candidate.thing.id: one.sentences for one in looked}
    hits = folded(_enough(_hits(books, wish, looked, day), settings, limit), settings, sentences)
    over = {hit.thing for hit in hits if hit.over is not None}
    gaps = find_gaps(books, wish, bounds, [one for one in looked if one.candidate.thing.id not in over])
    passages = () if bounds.narrowed else find_passages(books, words, wish, bounds, _told(books, found, hits, day))
    shown = passages[: settings.passages.most]
    return Matching(need=need, day=day.day, hits=tuple(hits[:limit]), gaps=gaps, passages=shown)


def _told(books: Books, found: Sequence[Candidate], hits: Sequence[Hit], day: Day) -> Iterator[Member]:
    """The mentions of what was looked at, and all of what is a hit."""
    for one in found:
        yield from books.members(one.thing.id, known_by(day), matching_settings().depth.mentions)
    for hit in hits:
        for thing in (hit.thing, *(one.thing for one in hit.also)):
            yield from books.members(thing, known_by(day))


def _place(one: Looked) -> tuple[object, ...]:
    """Where it stands: of what scores alike that of which the newest page tells."""
    thing = one.candidate.thing
    return (one.weak, -one.score, tuple(-ord(sign) for sign in thing.last_published or ""), thing.id)


def _enough(hits: Iterator[Hit], settings: MatchingSettings, limit: int) -> Iterator[Hit]:
    """The hits until as many as are wanted stand apart and are not over: rows cost most of all."""
    apart: set[object] = set()
    for hit in hits if limit else ():
        yield hit
        if hit.over is None:
            apart.add(folding_key(hit, settings.folds))
        if len(apart) >= limit:
            return


def _looked(books: Books, words: Words, wish: Wish, found: Sequence[Candidate], day: Day) -> list[Looked]:
    """The candidates that share anything with the need that speaks for them, the best of them read more widely."""
    depth, held = wish.settings.depth, dict[str, Sequence[Member]]()
    for one in found:
        members = books.members(one.thing.id, known_by(day), depth.mentions)
        if members and one.thing.id != wish.need.thing and not _is_wanted(members, wish.settings):
            held[one.thing.id] = members
    first = (_look(wish, one, held[one.thing.id], words) for one in found if one.thing.id in held)
    ordered = sorted(first, key=lambda one: (-one.score, -one.candidate.rough, one.candidate.thing.id))
    best = (one.candidate for one in ordered[: depth.around])
    again = [_look(wish, one, held[one.thing.id], words, around=depth.read) for one in best]
    least = wish.settings.points.least
    kept = (*again, *ordered[depth.around :])
    return [one for one in kept if one.score >= least and _tells(one.reasons, wish.settings)]


def _look(wish: Wish, one: Candidate, members: Sequence[Member], words: Words, around: int = 0) -> Looked:
    named = one.thing.kind == "policy" and not any(member.page.is_document for member in members)
    telling = telling_of(members, words, named=named, around=around)
    reasons = reasons_of(wish, one.ledger, one.filed, telling)
    return Looked(one, reasons, _sum(reasons), is_weak(wish, reasons), telling.sentences() if around else frozenset())


def _is_wanted(members: Sequence[Member], settings: MatchingSettings) -> bool:
    """Whether it is a need itself: scenarios that are sought, opened to whoever has an answer, or only a goal."""
    facts = [member.fact for member in members]
    return all(isinstance(fact, Scenario) and {fact.stage, fact.status} & settings.wanted for fact in facts)


def _tells(reasons: Sequence[Reason], settings: MatchingSettings) -> bool:
    """Whether so much is shared that it is worth a look: a place alone is not, nor is any policy where one is asked."""
    if any(one.points > 0 and one.kind not in {"region", "asked"} for one in reasons):
        return True
    is_there = any(one.kind == "region" and one.relation in _THERE for one in reasons)
    enough = {settings.asks[one.value].enough for one in reasons if one.kind == "asked" and one.relation == "same"}
    enough |= {settings.asks[one.value].enough for one in reasons if one.kind == "asked" and is_there}
    return "alone" in enough or (is_there and "placed" in enough)


def _hits(books: Books, wish: Wish, looked: Sequence[Looked], day: Day) -> Iterator[Hit]:
    """The rows of the things, each with what only a row tells: whether it is over, and how much there is."""
    for one in looked:
        ledger, thing = LEDGERS[one.candidate.ledger], one.candidate.thing
        row = ledger.of[thing.kind](books, thing, books.members(thing.id, known_by(day)), day)
        if row is None:
            continue
        reasons = (*one.reasons, *_amounts(wish, row), *_coming(row, wish.settings))
        over = over_of(books, ledger.name, row, day, wish.settings)
        yield Hit(
            ledger=ledger.name,
            thing=thing.id,
            name=thing.name,
            score=_sum(reasons),
            reasons=reasons,
            row=row,
            over=None if over is None else over.reason,
            over_cites=() if over is None else over.cites,
            weak=one.weak,
        )


def _coming(row: Row, settings: MatchingSettings) -> Iterator[Reason]:
    """That something is not there yet."""
    for name in _STATES:
        cell: Cell[str] | None = getattr(row, name, None)
        points = settings.coming.get(cell.value or "") if cell is not None else None
        if cell is not None and points is not None:
            status = cell.value or ""
            yield Reason(
                kind="status", relation="coming", value=status, label=status, points=points, need=(), cites=cell.cites
            )
            return


def _sum(reasons: Sequence[Reason]) -> float:
    return round(sum(reason.points for reason in reasons), 2)


def _amounts(wish: Wish, row: Row) -> Iterator[Reason]:
    """Amounts of the need that the row reaches, or does not."""
    for aspect in kinds_of(wish.need, "quantity"):
        for unit, column in _AMOUNTS:
            cell: Cell[Decimal] | None = getattr(row, column, None)
            counted = getattr(row, "unit", None)
            if aspect.value != unit or cell is None or cell.value is None or aspect.amount is None:
                continue
            if counted is not None and counted.value == unit:
                enough = cell.value >= Decimal(aspect.amount)
                yield Reason(
                    kind="quantity",
                    relation="enough" if enough else "less",
                    value=f"{cell.value:f}",
                    label=aspect.label,
                    points=_quantity_points(wish.settings, enough=enough),
                    need=wish.spans(aspect.places),
                    cites=cell.cites,
                )


def _quantity_points(settings: MatchingSettings, *, enough: bool) -> float:
    return settings.points.quantity if enough else 0.0
