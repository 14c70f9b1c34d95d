"""Who wrote and who edited the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mingjian.core.clean.layout import Found, Layout
from mingjian.core.clean.names import names_in
from mingjian.core.model.outcome import Cited
from mingjian.core.model.span import Pair, cite

_ABOVE = 15
_BELOW = 12
_SHORT = 80


def find_authors(layout: Layout, stretch: Pair) -> tuple[Cited[str], ...]:
    """The reporters: named in datelines, bylines and behind labels near the article."""
    found: list[Found] = []
    for field in ("byline", "dateline", "author"):
        found += _near(layout, layout.fields.get(field, ()), stretch)
    return _cited(layout, (item for item in found if _lies(layout, item)))


def find_editors(layout: Layout, stretch: Pair) -> tuple[Cited[str], ...]:
    """The editors that the lines round the article name."""
    return _cited(layout, _near(layout, layout.fields.get("editor", ()), stretch))


def _near(layout: Layout, found: Iterable[Found], stretch: Pair) -> Iterator[Found]:
    low, high = stretch
    return (item for item in found if low - _ABOVE <= item.index < high + _BELOW)


def _lies(layout: Layout, found: Found) -> bool:
    """Whether the words stand as a byline does: alone in a line, at its head, at its end or in brackets."""
    line = layout.lines[found.index]
    match = found.match
    place = match.rule.fields["place"]
    if place == "line":
        return match.end - match.start >= line.length - 2
    if place == "head":
        return match.start - line.start <= _SHORT
    if place == "short":
        return line.length <= _SHORT
    return match.start - line.start <= _SHORT or line.end - match.end <= 4


def _cited(layout: Layout, found: Iterable[Found]) -> tuple[Cited[str], ...]:
    people: dict[str, Cited[str]] = {}
    for item in found:
        pair = item.match.span("names")
        if pair is None:
            continue
        for name, (start, end) in names_in(layout.folded, *pair):
            people.setdefault(name, Cited(name, cite(layout.text, start, end), item.match.rule.id))
    return tuple(people.values())
