"""The charts of a brief: events in order of time, how many there were, and targets by region and state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from mingjian.core.ledger.briefing.material import Told
from mingjian.core.ledger.briefing.parts import bounds_of_cells
from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.core.model.brief import Bars, Dot, Item, Section, Series, Timeline
from mingjian.core.model.ledger.rows import EventRow, TargetRow


def timeline_of(section: Section | None, rows: Mapping[str, EventRow]) -> Timeline | None:
    """The events that are told and dated, the first first; nothing of fewer than two."""
    dots = [dot for item in (section.items if section else ()) if (dot := _dot(item, rows))]
    if len(dots) < 2:
        return None
    return Timeline(brief_settings().charts.timeline, tuple(sorted(dots, key=lambda dot: (dot.start, dot.number))))


def _dot(item: Item, rows: Mapping[str, EventRow]) -> Dot | None:
    row = rows.get(item.sentence.thing)
    first, last = (None, None) if row is None else bounds_of_cells(row.start, row.end)
    if first is None or last is None:
        return None
    words = item.sentence.said
    most = brief_settings().charts.label
    label = words if len(words) <= most else words[:most] + brief_settings().brief["cut"][:1]
    return Dot(first, last, item.note.number, label)


def events_by_time(line: Timeline | None) -> Bars | None:
    """How many of the events there were by day, or by month where they span more days."""
    if line is None:
        return None
    settings = brief_settings()
    days = [date.fromisoformat(dot.end) for dot in line.dots]
    by_day = (max(days) - min(days)).days <= settings.limits["days"]
    counts = Counter(str(day) if by_day else str(day)[:7] for day in days)
    ordered = sorted(counts)
    series = Series(settings.charts.events, tuple(counts[each] for each in ordered))
    return Bars(settings.charts.by_time, "events", tuple(ordered), (series,))


def targets_by_region(rows: Sequence[Told[TargetRow]]) -> Bars | None:
    """How many of the targets each region has, by state; nothing where no target names a region."""
    settings = brief_settings()
    if not any(told.row.region.value for told in rows):
        return None
    places = [told.row.region.value or settings.charts.elsewhere for told in rows]
    counted = Counter((place, told.row.status.value or "unknown") for place, told in zip(places, rows, strict=True))
    regions = sorted(set(places), key=lambda place: (place == settings.charts.elsewhere, -_all(counted, place), place))
    states = [state for state in (*settings.labels, "unknown") if any(counted[place, state] for place in regions)]
    series = (
        Series(settings.labels.get(state, settings.brief["unknown"]), tuple(counted[place, state] for place in regions))
        for state in dict.fromkeys(states)
    )
    return Bars(settings.charts.by_region, "targets", tuple(regions), tuple(series))


def _all(counted: Mapping[tuple[str, str], int], place: str) -> int:
    return sum(count for (other, _), count in counted.items() if other == place)
