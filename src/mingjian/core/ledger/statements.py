"""What was said and written: quotes, reports, standards and filings."""

from __future__ import annotations

from collections.abc import Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.about import regions_of
from mingjian.core.ledger.agreeing import Said, agreed, all_of, cell_of, names_said, said
from mingjian.core.ledger.bodies import body_called
from mingjian.core.ledger.building import Day, cite_part, cite_span, head_of
from mingjian.core.ledger.dating import bounds_of, date_cell
from mingjian.core.ledger.event_dates import dated
from mingjian.core.ledger.events import types_said
from mingjian.core.ledger.origins import first_source
from mingjian.core.model.facts import Event, Quote
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.ledger.rows import QuoteRow, ReportRow, StandardRow
from mingjian.core.model.resources import Report
from mingjian.core.model.things import Member, Thing

STANDARD, FILED, FILING = "standard", "filing_approval", "filing"
"""What mentions call a standard, and an event that tells of a filing; the status of filings."""


def quote_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> QuoteRow:
    """The row of a quote: words, title and body as the first page has them; it stands at the day of that page."""
    first = members[0]
    fact = first.as_fact(Quote)
    return QuoteRow(
        **head_of(
            thing,
            members,
            regions=regions_of(members, "affiliation"),
            issuers=[name and body_called(first.page, name) for name in (fact.speaker, fact.affiliation)],
            happened=(first.page.published_from, first.page.published_to),
            status=fact.mode,
        ),
        speaker=cell_of([Said(fact.speaker, first, cite_part(first, "speaker"))], fact.speaker),
        title=_as_printed(first, "title", fact.title),
        affiliation=_as_printed(first, "affiliation", fact.affiliation),
        mode=Cell(fact.mode, (cite_span(first, fact.cue_span),)),
        words=cell_of([_words(member) for member in members], fact.evidence.text),
        first_source=first_source(books, members, day),
    )


def _words(member: Member) -> Said[str]:
    evidence = member.fact.evidence
    return Said(evidence.text, member, (cite_span(member, evidence),))


def _as_printed(member: Member, field: str, value: str | None) -> Cell[str]:
    if value is None:
        return Cell(missing=f"{field}-untold")
    return Cell(value, cite_part(member, field))


def report_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> ReportRow | None:
    """The row of a report or collection of cases; nothing for a standard, which another ledger lists."""
    del books, day
    if _is_standard(members):
        return None
    date, issuer = date_cell(said(members, "date")), agreed(names_said(members, "issuer"), "issuer-untold")
    return ReportRow(
        **head_of(
            thing,
            members,
            regions=regions_of(members, "issuer"),
            issuers=(issuer.value,),
            happened=bounds_of(date.value),
        ),
        title=agreed(said(members, "name"), "not-told"),
        kind=agreed(said(members, "kind", "name"), "not-told"),
        issuer=issuer,
        date=date,
    )


def standard_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> StandardRow | None:
    """The row of a standard; nothing for any other report."""
    del books, day
    if not _is_standard(members):
        return None
    date, issuers = date_cell(said(members, "date")), all_of(names_said(members, "issuer"))
    kind = agreed(said(members, "kind", "name"), "not-told")
    return StandardRow(
        **head_of(
            thing,
            members,
            regions=regions_of(members, "issuer"),
            issuers=[issuer.value for issuer in issuers],
            happened=bounds_of(date.value),
            status=kind.value,
        ),
        title=agreed(said(members, "name"), "not-told"),
        kind=kind,
        number=agreed(said(members, "number"), "number-untold"),
        issuers=issuers,
        date=date,
    )


def _is_standard(members: Sequence[Member]) -> bool:
    return any(member.as_fact(Report).kind == STANDARD for member in members)


def filing_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> StandardRow | None:
    """The row of a filing that was approved; nothing for any other event."""
    types = types_said(members)
    if not any(one.value == FILED for one in types):
        return None
    bounds, start, _ = dated(books, thing, members, day)
    issuers = all_of(names_said(members, "actors"))
    return StandardRow(
        **head_of(
            thing,
            members,
            regions=regions_of(members, "place", "actors"),
            issuers=[issuer.value for issuer in issuers],
            happened=bounds,
            status=FILING,
        ),
        title=_filed(members),
        kind=Cell(FILING, next(one.cites for one in types if one.value == FILED)),
        number=Cell(missing="number-untold"),
        issuers=issuers,
        date=start,
    )


def _filed(members: Sequence[Member]) -> Cell[str]:
    """What was filed; where no words name it, the clause that tells of the filing."""
    named = agreed(said(members, "object"), "not-told")
    if named.value is not None:
        return named
    first = members[0]
    return Cell(first.as_fact(Event).title, (cite_span(first, first.fact.evidence),))
