"""Targets that were due or newly set, with their state; deadlines that come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from mingjian.core.ledger.briefing.clauses import Clause, best_clause, is_governed
from mingjian.core.ledger.briefing.frames import Slots, fill, sentence_of
from mingjian.core.ledger.briefing.material import Desk, Told, ranked
from mingjian.core.ledger.briefing.parts import Parts, bounds_of_iso, deadline_of, label_of, page_title_of, words_of
from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.core.ledger.building import cite_span
from mingjian.core.model.brief import Sentence, bare
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.ledger.rows import MeasureRow, TargetRow
from mingjian.core.text.folding import fold


def targets_told(desk: Desk, rows: Iterable[Told[TargetRow]]) -> list[Told[TargetRow]]:
    """The targets that fall due in the time asked about, then those that were set in it."""
    due, new = [], []
    for told in rows:
        end = last_day(told.row.deadline)
        if end is not None and desk.within(end, end):
            due.append(told)
        elif desk.was_told(told) and told.row.value.value is not None and (end or told.row.policy.value):
            new.append(told)
    return ranked(due, lambda row: row.deadline.value) + ranked(new, lambda row: row.deadline.value)


def tell_targets(desk: Desk, rows: Iterable[Told[TargetRow]]) -> Iterator[Sentence]:
    """What is to be reached by when, and whether it is."""
    for told in rows:
        slots = _slots(desk, told)
        if slots:
            answers = [words_of(related.cell) for related in told.row.answers]
            status = label_of(told.row.status)
            slots = {**slots, "status": status, "answer": answers[0] if answers and status else ()}
            sentence = sentence_of("target", told.row.id, slots)
            if sentence is not None:
                yield sentence


def watch_deadlines(desk: Desk, rows: Iterable[Told[TargetRow]], said: Collection[str]) -> Iterator[Sentence]:
    """The targets whose deadline comes, the next first; not those of which something was said."""
    coming = [told for told in rows if desk.is_coming(last_day(told.row.deadline)) and told.row.id not in said]
    for told in sorted(ranked(coming, lambda row: None), key=lambda each: last_day(each.row.deadline) or ""):
        slots = _slots(desk, told)
        sentence = sentence_of("due", told.row.id, slots) if slots else None
        if sentence is not None:
            yield sentence


def watch_tasks(desk: Desk, rows: Iterable[Told[MeasureRow]]) -> Iterator[Sentence]:
    """The tasks whose deadline comes, the next first."""
    coming = [told for told in rows if desk.is_coming(last_day(told.row.deadline))]
    for told in sorted(ranked(coming, lambda row: None), key=lambda each: last_day(each.row.deadline) or ""):
        clause = best_clause(told.members)
        if clause is None:
            continue
        slots = {
            "page": page_title_of(clause.member.page),
            "words": clause.parts,
            "deadline": _unless_said(deadline_of(told.row.deadline), clause),
        }
        sentence = sentence_of("task", told.row.id, slots)
        if sentence is not None:
            yield sentence


def last_day(cell: Cell[str]) -> str | None:
    """The last day that the cell gives."""
    return None if cell.value is None else bounds_of_iso(cell.value)[1]


def _slots(desk: Desk, told: Told[TargetRow]) -> Slots:
    """The document, or else the body, that sets the target, its words, and the deadline where these do not say it."""
    row = told.row
    policy = fill("document", {"title": _document(desk, told)}) or ()
    issuer = () if policy else words_of(row.issuer)
    clause = best_clause(told.members, governed=bool(policy or issuer or row.region.value))
    if clause is None or (clause.leaning and not is_governed(clause)):
        return {}
    region = words_of(row.region)
    needed = clause.leaning and not policy and not issuer
    if needed and (not region or bare(region[0].text) in bare(clause.text)):
        return {}
    return {
        "policy": policy,
        "issuer": issuer,
        "place": region if needed else (),
        "page": () if policy or issuer else page_title_of(clause.member.page),
        "words": clause.parts,
        "deadline": _unless_said(deadline_of(row.deadline), clause),
    }


def _document(desk: Desk, told: Told[TargetRow]) -> Parts:
    """The title of the document that sets the target.

    One that the page calls by a short name is the only document of that page whose title holds it, or is not named.
    """
    printed = words_of(told.row.policy)
    if not printed or len(printed[0].text) > brief_settings().clauses.short:
        return printed
    page, name = printed[0].cites[0].page, printed[0].text
    meant = [one for one in desk.books.of_page(page) if one.kind == "policy" and name in one.name and name != one.name]
    here = [each for one in meant for each in desk.books.members(one.id) if each.page.id == page]
    if len(meant) != 1 or not here:
        return ()
    return words_of(Cell(meant[0].name, (cite_span(here[0], here[0].fact.evidence),)))


def _unless_said(deadline: Parts, clause: Clause) -> Parts:
    """The deadline, nothing where the words of the clause give its year themselves."""
    year = (deadline[0].value or "").removeprefix("/")[:4] if deadline else ""
    said = any(year in cite.text and cite.text in clause.text for part in deadline for cite in part.cites)
    return () if said or fold(clause.text).startswith(year) else deadline
