"""A fact on the desk: its parts with their words, what a correction would make of it, and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from mingjian.brief.html import Row, Section, Segment, segments_of
from mingjian.brief.wording import cell, coded_label, column_label, fact_columns, group_of_kind, worded
from mingjian.core.model.facts import Fact
from mingjian.core.model.record import Record
from mingjian.core.model.review import PartChange, Review
from mingjian.core.model.span import Pair
from mingjian.core.review.facts import decode_fact
from mingjian.core.review.parts import PartOf, parts_of, spans_of_part
from mingjian.corpus.desk.desk import ReviewedFact
from mingjian.errors import ReviewError
from mingjian.serve.web.parts import Badge
from mingjian.serve.web.reading.beside import badge_of
from mingjian.serve.web.words import english_of, word

_FIGURES = {"targets": "value", "statistics": "value", "funds": "amount"}
_WHOLE = "fact"
_COLUMNS = 5


class ShownPart(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a fact: its key and the spans that it lights up, its value, and how it is told if it is changed."""

    name: str
    label: str
    english: str
    value: str
    key: str
    spans: tuple[Pair, ...]
    telling: str
    choices: tuple[tuple[str, str], ...]
    needed: bool


class Differs(msgspec.Struct, frozen=True):
    """A part before and after a correction."""

    label: str
    before: str
    after: str


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the history: what was said, by whom, when and why, and what it changed."""

    number: int
    badge: Badge
    who: str
    at: str
    why: str
    changed: tuple[Differs, ...]
    undone: bool
    undone_by: str = ""
    undone_at: str = ""


def parts_shown(kind: str, fact: Fact | None) -> tuple[ShownPart, ...]:
    """The parts that a fact of this kind can have, with what this one has."""
    return tuple(_shown(kind, fact, part) for part in parts_of(kind))


def _shown(kind: str, fact: Fact | None, part: PartOf) -> ShownPart:
    return ShownPart(
        name=part.name,
        label=part_label(kind, part.name),
        english=english_of(part.name),
        value="" if fact is None else part_words(kind, fact, part.name),
        key=f"part-{part.name}",
        spans=() if fact is None else spans_of_part(fact, part.name),
        telling=part.telling,
        choices=tuple((choice, _choice_label(part.name, choice)) for choice in part.choices),
        needed=part.needed,
    )


_COLUMNS_OF_CODES = {"tech": "technologies", "sector": "industries"}
"""The columns of ledgers by which codes of parts are named, where they are called otherwise."""


def _choice_label(part: str, choice: str) -> str:
    found = coded_label(_COLUMNS_OF_CODES.get(part, part), choice)
    return worded(choice) if found == choice else found


def part_label(kind: str, part: str) -> str:
    """What people call a part of facts of a kind."""
    return str(word("review.evidence")) if part == "evidence" else column_label(part, kind)


def part_words(kind: str, fact: Fact, part: str) -> str:
    """The value of a part as people read it; empty where there is none."""
    if part == "evidence":
        return fact.evidence.text
    if _FIGURES.get(kind) == part:
        return cell(fact, "figure") if getattr(fact, part) is not None else ""
    return cell(fact, part)


def cells_of(kind: str, fact: Fact) -> tuple[tuple[str, str], ...]:
    """What a fact says in short: the columns in which people read facts of its kind, those that say something."""
    columns = next((columns for name, columns in fact_columns() if name == kind), ())
    found = ((column_label(column, kind), cell(fact, column)) for column in columns)
    return tuple((label, value) for label, value in found if value and value != fact.evidence.text)[:_COLUMNS]


def text_of_fact(text: str, kind: str, fact: Fact | None, record: Record) -> tuple[Segment, ...]:
    """The text in pieces: those that the fact's parts point at are marked with the part's key."""
    group, rows = group_of_kind(kind), []
    if fact is not None:
        evidence = spans_of_part(fact, "evidence")
        rows = [Row(_WHOLE, (), fact.evidence, "", evidence)]
        rows += [Row(part.key, (), None, "", part.spans) for part in parts_shown(kind, fact) if part.spans]
    return tuple(segments_of(text, [Section(kind, "", group, tuple(rows))], record))


def differences(kind: str, before: Fact | None, after: Fact) -> tuple[Differs, ...]:
    """The parts that are otherwise after than before."""
    return tuple(_differ(kind, before, after))


def _differ(kind: str, before: Fact | None, after: Fact) -> Iterator[Differs]:
    for part in parts_of(kind):
        was = "" if before is None else part_words(kind, before, part.name)
        now = part_words(kind, after, part.name)
        if was != now:
            yield Differs(part_label(kind, part.name), was, now)


def history(kind: str, reviews: Iterable[Review]) -> tuple[Said, ...]:
    """What was said of a fact, the last first."""
    return tuple(said_shown(kind, review) for review in sorted(reviews, key=lambda one: -one.number))


_STANDING = {"accept": "accepted", "correct": "corrected", "reject": "rejected", "add": "added"}


def said_badge(review: Review) -> Badge:
    """What a review says, as a badge."""
    return badge_of(_STANDING[review.verb])


def said_shown(kind: str, review: Review) -> Said:
    """An entry of the history as pages show it."""
    by, _, at = (review.undone or "").rpartition(" ")
    return Said(
        number=review.number,
        badge=said_badge(review),
        who=review.who,
        at=review.at,
        why=review.why,
        changed=_changed(kind, review),
        undone=review.undone is not None,
        undone_by=by,
        undone_at=at,
    )


def _changed(kind: str, review: Review) -> tuple[Differs, ...]:
    """What a correction changed; nothing where its words went."""
    try:
        return differences(kind, decode_fact(kind, review.fact), decode_fact(kind, review.outcome))
    except ReviewError:
        return ()


def state_badge(held: ReviewedFact) -> Badge | None:
    """What people made of the fact so far."""
    return None if held.state is None else badge_of(held.state.standing)


def changes_shown(kind: str, text: str, changes: Sequence[PartChange]) -> tuple[tuple[str, str], ...]:
    """The changes that wait to be kept: each part with the words that were selected for it."""
    return tuple(
        (part_label(kind, change.part), " / ".join(text[start:end] for start, end in change.spans))
        for change in changes
        if change.spans or not bytes(change.value) or change.value == b"null"
    )
