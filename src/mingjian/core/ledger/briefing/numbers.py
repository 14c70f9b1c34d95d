"""Numbers that changed from one time to the next, and values on which sources disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mingjian.core.ledger.briefing.clauses import holding
from mingjian.core.ledger.briefing.frames import fill, listed, sentence_of
from mingjian.core.ledger.briefing.material import Desk, Told, ranked
from mingjian.core.ledger.briefing.parts import Parts, date_of, source_of, words_of
from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.core.ledger.building import cite_span
from mingjian.core.model.brief import Part, Sentence
from mingjian.core.model.ledger.rows import ConflictRow, Point, Side, StatisticRow
from mingjian.core.model.things import Member


def tell_changes(desk: Desk, rows: Iterable[Told[StatisticRow]]) -> Iterator[Sentence]:
    """The series whose last number was told in the time asked about and is not the one before it."""
    for told in ranked(rows, lambda row: row.latest_as_of.value):
        pair = _last_two(told.row.points, desk.scope.until)
        if pair is None or not _is_fresh(desk, pair[1]):
            continue
        before, latest = pair
        clause = holding(told.members, latest.printed.cites[0])
        if clause is None or clause.leaning:
            continue
        slots = {
            "words": clause.parts,
            "as_of": date_of(latest.as_of),
            "printed": words_of(before.printed),
            "before": date_of(before.as_of),
        }
        sentence = sentence_of(_frame(clause.text, slots["printed"]), told.row.id, slots)
        if sentence is not None:
            yield sentence


def _frame(words: str, printed: Parts) -> str:
    """The words alone where they give the number before too; a number without words before it needs one."""
    before = "".join(part.text for part in printed)
    if before in words:
        return "changed"
    return "change" if before[:1].isdigit() else "change_worded"


def tell_conflicts(desk: Desk, rows: Iterable[Told[ConflictRow]]) -> Iterator[Sentence]:
    """The values that disagree, each with who says so."""
    for told in ranked(rows, lambda row: row.last_published):
        row = told.row
        sides = [parts for side in row.sides if (parts := _side(desk, side, told.members))]
        slug = row.field.partition("@")[0].partition(".")[0]
        name = brief_settings().fields.get(slug)
        if len(sides) < 2 or name is None:
            continue
        cites = tuple(cite for side in row.sides for cite in side.value.cites[:1])
        slots = {
            "subject": _subject(row, told.members),
            "field": (Part(name, "label", cites, slug),),
            "sides": listed(sides, "semicolon"),
        }
        sentence = sentence_of("conflict", row.id, slots)
        if sentence is not None:
            yield sentence


def _subject(row: ConflictRow, members: Sequence[Member]) -> Parts:
    """What the values are of, in the words of a mention: for things that have names."""
    if row.kind not in brief_settings().events.named:
        return ()
    for member in members:
        if row.name in member.fact.evidence.text:
            return (Part(row.name, "words", (cite_span(member, member.fact.evidence),)),)
    return ()


def _side(desk: Desk, side: Side, members: Sequence[Member]) -> Parts:
    if side.value.value is None:
        return ()
    cite = side.value.cites[0]
    clause = holding(members, cite)
    slug = "nearer" if side.nearer else "later" if side.later else None
    labels = brief_settings().labels
    standing = (Part(labels[slug], "label", (cite,), slug),) if slug else ()
    words = clause.parts if clause is not None else words_of(side.value)
    slots = {"source": source_of(desk.books.page(cite.page)), "words": words, "standing": standing}
    return fill("side", slots) or ()


def _last_two(points: Sequence[Point], until: str) -> tuple[Point, Point] | None:
    """The last point that was told by a day, and the last one before it that says otherwise."""
    told = (point for point in points if point.value.value is not None and (point.published or "9999") <= until)
    dated = [point for point in told if point.as_of.value and point.printed.value]
    if len(dated) < 2:
        return None
    latest = dated[-1]
    others = [point for point in dated[:-1] if point.as_of.value != latest.as_of.value]
    return (others[-1], latest) if others and others[-1].value.value != latest.value.value else None


def _is_fresh(desk: Desk, point: Point) -> bool:
    return point.published is not None and desk.scope.since <= point.published <= desk.scope.until
