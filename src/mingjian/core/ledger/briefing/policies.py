"""New documents, what they build on, and drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mingjian.core.ledger.briefing.frames import Slots, fill, filled_relation, listed, sentence_of
from mingjian.core.ledger.briefing.material import Desk, Told, ranked
from mingjian.core.ledger.briefing.parts import Parts, bounds_of_iso, date_of, label_of, words_of
from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.core.model.brief import Sentence, bare
from mingjian.core.model.ledger.rows import PolicyRow, Related

_ISSUED = ("issued", "made_public", "signed")
_DATES = (*_ISSUED, "adopted", "in_force")


def new_policies(desk: Desk, rows: Iterable[Told[PolicyRow]]) -> list[Told[PolicyRow]]:
    """The documents that were signed, adopted, published or came into force in the time asked about."""
    fresh = [told for told in rows if any(desk.surely_within(*_bounds(told.row, name)) for name in _DATES)]
    return ranked(fresh, latest_day)


def latest_day(row: PolicyRow) -> str | None:
    """The first day of the last thing that is told of it."""
    return max((day for name in _DATES if (day := _bounds(row, name)[0])), default=None)


def tell_policies(desk: Desk, rows: Iterable[Told[PolicyRow]]) -> Iterator[Sentence]:
    """Of each document who issued it and when, and in a second sentence what it builds on."""
    for told in rows:
        row = told.row
        slots = _slots(row)
        sentence = sentence_of("policy" if slots["issuers"] else "policy_unissued", row.id, slots)
        if sentence is not None:
            yield sentence
        relations = listed(_relations(desk, row.lineage[: _most("relations")]), "clause")
        lineage = sentence_of("lineage", row.id, {"title": words_of(row.title), "relations": relations})
        if lineage is not None:
            yield lineage


def watch_drafts(desk: Desk, rows: Iterable[Told[PolicyRow]]) -> Iterator[Sentence]:
    """Documents that are drafted or out for comment, by what was published in the time asked about."""
    drafts = (told for told in rows if told.row.status.value == "draft" and desk.was_told(told))
    for told in ranked(drafts, latest_day):
        row = told.row
        sentence = sentence_of("draft", row.id, {"title": words_of(row.title), "issuers": _issuers(row)})
        if sentence is not None:
            yield sentence


def _slots(row: PolicyRow) -> Slots:
    dates = {name: date_of(getattr(row, name)) for name in (*_DATES, "valid_until")}
    told = next((name for name in _ISSUED if dates[name]), None)
    dates.update({name: () for name in (*_ISSUED, "adopted") if told is not None and name != told})
    telling = row.status if row.status.value in ("repealed", "draft", "expired") else None
    return {
        "title": words_of(row.title),
        "number": words_of(row.document_number),
        "issuers": _issuers(row),
        "status": label_of(telling) if telling is not None else (),
        **dates,
    }


def _issuers(row: PolicyRow) -> Parts:
    return listed([words_of(cell) for cell in row.issuers if cell.value][: _most("issuers")])


def _relations(desk: Desk, lineage: Iterable[Related]) -> list[Parts]:
    """What the document is to others, those to which it is the same named together."""
    found: dict[tuple[str, bool], list[Parts]] = {}
    for related in lineage:
        target = _named(desk, related)
        if target:
            found.setdefault((related.relation, related.backward), []).append(target)
    told = (filled_relation(name, backward=back, target=listed(each)) for (name, back), each in found.items())
    return [parts for parts in told if parts]


def _named(desk: Desk, related: Related) -> Parts:
    """Another document, as its words name it: in marks of titles or without."""
    title = words_of(related.cell)
    if not title:
        return ()
    other = desk.books.thing(related.thing) if related.thing else None
    inside = any(f"《{bare(title[0].text)}" in bare(cite.text) for cite in related.cell.cites)
    form = "document" if inside or (other is not None and other.kind == "policy") else "programme"
    return fill(form, {"title": title}) or ()


def _bounds(row: PolicyRow, name: str) -> tuple[str | None, str | None]:
    value: str | None = getattr(row, name).value
    return (None, None) if value is None else bounds_of_iso(value)


def _most(name: str) -> int:
    return brief_settings().limits[name]
