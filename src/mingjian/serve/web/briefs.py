"""A brief as parts of its page: sentences with footnotes that lead to the words, and charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from mingjian.brief.briefs.wording import heading_number, reference_words
from mingjian.core.model.brief import Bars, Brief, Item, Reference, Timeline
from mingjian.serve.web.links import page_href

_DOTS = 24


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence and what it cites: the words of each page with the address of the page at them."""

    number: int
    text: str
    notes: tuple[tuple[str, str], ...]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The sentences of one kind; ``left_out`` more would have fitted."""

    name: str
    heading: str
    told: tuple[Told, ...]
    left_out: int


def parts_of(brief: Brief) -> tuple[Part, ...]:
    """The sections of a brief as its page shows them."""
    return tuple(
        Part(
            name=section.name,
            heading=f"{heading_number(number)}{section.heading}",
            told=tuple(map(_told, section.items)),
            left_out=section.left_out,
        )
        for number, section in enumerate(brief.sections, 1)
    )


def charts_of(brief: Brief) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Each chart: its id, kind, title and what it draws."""
    if brief.timeline is not None and brief.timeline.dots:
        yield "brief-timeline", "timeline", brief.timeline.title, _timeline(brief.timeline)
    for number, bars in enumerate(brief.charts):
        yield f"brief-bars-{number}", "bars", bars.title, _bars(bars)


def _told(item: Item) -> Told:
    return Told(
        number=item.note.number,
        text=item.sentence.text,
        notes=tuple((reference_words(each), _address(each)) for each in item.note.references),
    )


def _address(reference: Reference) -> str:
    return page_href(reference.page, [cite.pair for cite in reference.cites if cite.layer == "text"])


def _timeline(told: Timeline) -> dict[str, Any]:
    dots = told.dots[:_DOTS]
    return {
        "lanes": [f"{dot.number} {dot.label}" for dot in dots],
        "items": [
            {"lane": lane, "start": dot.start, "end": dot.end, "label": dot.label} for lane, dot in enumerate(dots)
        ],
    }


def _bars(bars: Bars) -> dict[str, Any]:
    """A bar for each category and series that has any."""
    several = len(bars.series) > 1
    told = [
        (f"{category} {series.name}" if several else category, series.values[number])
        for number, category in enumerate(bars.categories)
        for series in bars.series
        if series.values[number]
    ]
    return {"labels": [label for label, _ in told], "values": [value for _, value in told], "unit": ""}
