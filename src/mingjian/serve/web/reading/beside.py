"""A page's text beside its facts: which rows, which words each lights up, and what people said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from mingjian.brief.html import Row, Section, Segment, sections_of, segments_of
from mingjian.brief.wording import fact_columns, field_label, group_label, layer_label, minute_of, phrase
from mingjian.core.model.facts import Fact
from mingjian.core.model.record import Record
from mingjian.core.model.review import Review, Reviewed, ReviewState
from mingjian.core.model.span import Pair
from mingjian.core.model.things import FIELDS
from mingjian.serve.web.parts import Badge, Tone
from mingjian.serve.web.words import word

MOST_ROWS = 200
"""So many rows of one kind are shown at first."""
MOST_SPANS = 300
"""So many places does a row light up."""

_GROUPS = ("figures", "policies", "events", "quotes", "actions", "record", "names")
_OF_THINGS = frozenset(FIELDS.values())
_TONES: Mapping[str, Tone] = {
    "accepted": "good", "corrected": "info", "added": "info", "rejected": "bad", "returned": "warn",
}  # fmt: skip


class ShownFact(msgspec.Struct, frozen=True, kw_only=True):
    """A row beside the text: ``spans`` are what it lights up; ``why``, ``thing`` and ``review`` are addresses.

    ``layer`` names where its words stand that are not in the text (the markup); ``badge`` tells what people said of it.
    """

    key: str
    group: str
    cells: tuple[tuple[str, str], ...]
    spans: tuple[Pair, ...]
    quote: str = ""
    place: str = ""
    layer: str = ""
    why: str = ""
    thing: str = ""
    review: str = ""
    badge: Badge | None = None


class ShownSection(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one kind: ``count`` of them there are, of which not all may be shown."""

    kind: str
    label: str
    group: str
    count: int
    facts: tuple[ShownFact, ...]


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that people rejected, or that came back to them: its words, who said so, when and why."""

    words: str
    kind: str
    badge: Badge
    who: str
    at: str
    why: str


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of it: pieces of the text, sections of rows, the groups that colour words, and what was dropped."""

    pieces: tuple[Segment, ...]
    sections: tuple[ShownSection, ...]
    groups: tuple[tuple[str, str], ...]
    has_dropped: bool
    judged: tuple[Judged, ...]


def text_beside_facts(page: str, text: str, reviewed: Reviewed, reviews: Sequence[Review], whole: str) -> Beside:
    """The page of this id; of kinds with many rows the first alone, but of the kind ``whole`` all."""
    record, counts = _shorter(reviewed.record, whole)
    shown = [_with_fewer_spans(section) for section in sections_of(record, {}) if section.rows]
    facts = _by_key(record)
    states = {state.fact: state for state in reviewed.states if state.fact is not None}
    groups = {section.group for section in shown if any(row.pairs for row in section.rows)}
    return Beside(
        pieces=tuple(segments_of(text, shown, record)),
        sections=tuple(
            ShownSection(
                kind=section.kind,
                label=section.label,
                group=section.group,
                count=counts.get(section.kind, len(section.rows)),
                facts=tuple(_shown(page, section, row, facts.get(row.key), states) for row in section.rows),
            )
            for section in shown
        ),
        groups=tuple((name, group_label(name)) for name in _GROUPS if name in groups),
        has_dropped=bool(record.boilerplate),
        judged=tuple(_judged(reviewed.states, reviews)),
    )


def _shorter(record: Record, whole: str) -> tuple[Record, dict[str, int]]:
    """The record with the first facts of each kind alone, but of ``whole`` all; and how many there are of each."""
    kinds = [kind for kind, _ in fact_columns()]
    counts = {kind: len(getattr(record, kind)) for kind in kinds}
    cut = {kind: getattr(record, kind)[:MOST_ROWS] for kind in kinds if kind != whole and counts[kind] > MOST_ROWS}
    return (msgspec.structs.replace(record, **cut) if cut else record), counts


def _with_fewer_spans(section: Section) -> Section:
    """The section without what a row lights up beyond the first so many places: a name may stand in thousands."""
    if all(len(row.pairs) <= MOST_SPANS for row in section.rows):
        return section
    rows = tuple(msgspec.structs.replace(row, pairs=row.pairs[:MOST_SPANS]) for row in section.rows)
    return msgspec.structs.replace(section, rows=rows)


def _by_key(record: Record) -> dict[str, tuple[str, Fact]]:
    """The facts by the keys that rows have."""
    return {
        f"{kind}-{index}": (kind, fact)
        for kind, _ in fact_columns()
        for index, fact in enumerate(getattr(record, kind))
    }


def _evidence_first(row: Row) -> tuple[Pair, ...]:
    """What the row lights up, its evidence before the words elsewhere that support it: the text is shown from there."""
    return tuple(
        sorted(row.pairs, key=lambda pair: row.evidence is None or pair != (row.evidence.start, row.evidence.end))
    )


def _shown(
    page: str, section: Section, row: Row, held: tuple[str, Fact] | None, states: Mapping[str, ReviewState]
) -> ShownFact:
    words = row.evidence
    state = None if held is None else states.get(held[1].id)
    says_it = words is not None and len(row.cells) == 1 and row.cells[0][1] == words.text
    return ShownFact(
        key=row.key,
        group=section.group,
        cells=row.cells,
        spans=_evidence_first(row),
        quote="" if words is None or says_it else words.text,
        place="" if words is None else _place(row),
        layer="" if words is None else layer_label(words.layer),
        why=f"/pages/{page}/why/{held[1].id}" if held else "",
        review=f"/review/{page}/{held[1].id}" if held else "",
        thing=f"/things/{held[1].id}" if held and held[0] in _OF_THINGS else "",
        badge=None if state is None else badge_of(state.standing),
    )


def _place(row: Row) -> str:
    """Where the words stand, and by which rule they were found."""
    words = row.evidence
    if words is None:
        return ""
    paper = phrase("printed_page", page=words.place.page) if words.place else ""
    return " · ".join(filter(None, (paper, f"{words.start}–{words.end}", row.by)))


def badge_of(standing: str) -> Badge:
    """What people made of a fact, as a badge."""
    return Badge(str(word(f"reading.{standing}")), _TONES.get(standing, "plain"))


def _judged(states: Sequence[ReviewState], reviews: Sequence[Review]) -> Iterator[Judged]:
    """The claims of which no fact stands in the record any more."""
    by_number = {review.number: review for review in reviews}
    for state in states:
        review = by_number.get(state.review)
        if state.fact is None and review is not None:
            yield Judged(
                words=review.anchor.exact,
                kind=field_label(state.kind),
                badge=badge_of(state.standing),
                who=review.who,
                at=minute_of(review.at),
                why=review.why,
            )
