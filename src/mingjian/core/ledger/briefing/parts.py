"""Cited parts from cells, dates and pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from mingjian.core.ledger.briefing.frames import fill
from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.core.model.brief import Part, bare
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.outcome import Cited
from mingjian.core.model.things import PageCard
from mingjian.core.text.calendar import Bounds, bounds_of
from mingjian.core.text.normal import on_one_line

Parts = tuple[Part, ...]
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2})(?:T.*)?)?)?")
_LONGER = 3  # times as long as a name, beyond which words hold more than one


def words_of(cell: Cell[str]) -> Parts:
    """The value where it stands in the words that the cell cites, else those words where they only name it.

    Nothing of a cell without a value, and of one whose words say more than a name does.
    """
    if cell.value is None:
        return ()
    if any(bare(cell.value) in bare(cite.text) for cite in cell.cites):
        return (Part(on_one_line(cell.value), "words", cell.cites),)
    cite = min(cell.cites, key=lambda each: len(each.text))
    names = len(cite.text) <= _LONGER * len(cell.value)
    return (Part(on_one_line(cite.text), "words", (cite,)),) if names else ()


def label_of(cell: Cell[str]) -> Parts:
    """The name of a coded value; nothing where the rule file has none."""
    name = brief_settings().labels.get(cell.value or "")
    return (Part(name, "label", cell.cites, cell.value),) if name and cell.value else ()


def date_of(cell: Cell[str]) -> Parts:
    """The date of a cell as people write it: an ISO day, month or year."""
    if cell.value is None:
        return ()
    start, end = bounds_of_iso(cell.value)
    text = worded_bounds(start, end)
    return (Part(text, "date", cell.cites, f"{start or ''}/{end or ''}"),) if text else ()


def deadline_of(cell: Cell[str]) -> Parts:
    """The last day by which something is due as people write it."""
    if cell.value is None:
        return ()
    end = bounds_of_iso(cell.value)[1]
    return (Part(worded_deadline(end), "date", cell.cites, f"/{end}"),) if end else ()


def coming_of(start: Cell[str], end: Cell[str]) -> Parts:
    """When something is to happen: the day, month or year, else that it is before the last day."""
    first, last = bounds_of_cells(start, end)
    if last is None or whole_period(first, last):
        return interval_of(start, end)
    text = brief_settings().dates["until"].format(end=worded_deadline(last))
    return (Part(text, "date", end.cites or start.cites, f"/{last}"),)


def interval_of(start: Cell[str], end: Cell[str]) -> Parts:
    """The date between two cells of ISO days, months or years, either of which may have none."""
    first, last = bounds_of_cells(start, end)
    cites = tuple(dict.fromkeys((*start.cites, *end.cites)))
    text = worded_bounds(first, last)
    return (Part(text, "date", cites, f"{first or ''}/{last or ''}"),) if text and cites else ()


def bounds_of_cells(start: Cell[str], end: Cell[str]) -> tuple[str | None, str | None]:
    """The ISO days between which something lies, by two cells of days, months or years."""
    first = bounds_of_iso(start.value)[0] if start.value else None
    return first, bounds_of_iso(end.value)[1] if end.value else None


def source_of(page: PageCard | None) -> Parts:
    """Where a page says it comes from, or the site that shows it, in its own words."""
    if page is None:
        return ()
    for outcome in (page.source, page.publisher):
        if isinstance(outcome, Cited):
            span = outcome.evidence
            cite = Cite(page.id, span.start, span.end, span.text, span.layer)
            return words_of(Cell(outcome.value, (cite,)))
    return ()


def page_title_of(page: PageCard) -> Parts:
    """The title of a page between the marks that it does not hold itself, nothing where it has none."""
    if not isinstance(page.title, Cited):
        return ()
    span = page.title.evidence
    title = words_of(Cell(page.title.value, (Cite(page.id, span.start, span.end, span.text, span.layer),)))
    marked = any("《" in part.text for part in title)
    return fill("quoted" if marked else "document", {"title": title}) or ()


def published_of(page: PageCard | None) -> Parts:
    """The day on which a page was published."""
    if page is None or page.published_from is None or not isinstance(page.published, Cited):
        return ()
    spans = (page.published.evidence, *page.published.support)
    cites = tuple(Cite(page.id, span.start, span.end, span.text, span.layer) for span in spans)
    return date_of(Cell(page.published_from, cites))


def count_of(cites: Sequence[Cite]) -> Parts:
    """How many there are of what is cited."""
    return (Part(str(len(cites)), "count", tuple(cites)),) if cites else ()


def bounds_of_iso(value: str) -> tuple[str | None, str | None]:
    """The first and last day of an ISO day, month, year or interval of such; nothing of what is none.

    >>> bounds_of_iso("2025-02"), bounds_of_iso("2025-05-05/2025-06-04"), bounds_of_iso("soon")
    (('2025-02-01', '2025-02-28'), ('2025-05-05', '2025-06-04'), (None, None))
    """
    start, _, end = value.partition("/")
    first, last = _period(start), _period(end or start)
    return (None, None) if first is None or last is None else (str(first[0]), str(last[1]))


def _period(words: str) -> Bounds | None:
    found = _ISO.fullmatch(words)
    return bounds_of(*(int(number) for number in found.groups() if number)) if found else None


def worded_bounds(start: str | None, end: str | None) -> str:
    """Two ISO days as people write what lies between them; empty where neither is there.

    >>> worded_bounds("2025-01-01", "2025-06-30"), worded_bounds("2025-03-05", "2025-03-05"), worded_bounds(None, None)
    ('2025年上半年', '2025年3月5日', '')
    """
    forms = brief_settings().dates
    if start is None or end is None:
        known = start or end
        if known is None:
            return ""
        return forms["after" if end is None else "before"].format(start=worded_day(known), end=worded_day(known))
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    short = "day" if first.year != last.year else "in_year" if first.month != last.month else "in_month"
    behind = forms[short].format(year=last.year, month=last.month, day=last.day)
    return _whole(first, last) or forms["between"].format(start=worded_day(start), end=behind)


def worded_day(day: str) -> str:
    """An ISO day as people write it."""
    read = date.fromisoformat(day)
    return brief_settings().dates["day"].format(year=read.year, month=read.month, day=read.day)


def worded_deadline(day: str) -> str:
    """An ISO day by which something is due: the end of a year or month as such.

    >>> worded_deadline("2027-12-31"), worded_deadline("2026-06-30"), worded_deadline("2026-04-10")
    ('2027年底', '2026年6月底', '2026年4月10日')
    """
    read, forms = date.fromisoformat(day), brief_settings().dates
    if (read.month, read.day) == (12, 31):
        return forms["end_of_year"].format(year=read.year)
    month = bounds_of(read.year, read.month)
    if month is not None and str(month[1]) == day:
        return forms["end_of_month"].format(year=read.year, month=read.month)
    return worded_day(day)


def whole_period(start: str | None, end: str | None) -> str:
    """The name of what lies between two ISO days, a day, month, quarter, half or year; empty where it is none."""
    return _whole(date.fromisoformat(start), date.fromisoformat(end)) if start and end else ""


def _whole(start: date, end: date) -> str:
    """The name of the day, month, quarter, half or year that lies between the two days; empty where none does."""
    forms = brief_settings().dates
    if start == end:
        return worded_day(str(start))
    if start.year != end.year or start.day != 1 or (month := bounds_of(end.year, end.month)) is None:
        return ""
    if str(month[1]) != str(end):
        return ""
    months = end.month - start.month + 1
    if months == 3 and start.month % 3 == 1:
        return forms["quarter"].format(year=start.year, quarter=forms["quarters"][start.month // 3])
    named = {(1, 12): "year", (1, 6): "first_half", (7, 6): "second_half"}.get((start.month, months))
    if months == 1:
        named = "month"
    return forms[named].format(year=start.year, month=start.month) if named else ""
