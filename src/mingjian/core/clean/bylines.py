"""Who wrote and who edited the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mingjian.core.clean.layout import Found, Layout
from mingjian.core.clean.names import names_in, names_plain, surnames_of
from mingjian.core.model.outcome import Cited
from mingjian.core.model.span import Pair, cite
from mingjian.core.rulebook import Rulebook

_ABOVE = 15
_BELOW = 12
_SHORT = 80
_LABEL = 5


def find_authors(layout: Layout, stretch: Pair, book: Rulebook) -> tuple[Cited[str], ...]:
    """The reporters: named in datelines, bylines and behind labels near the article."""
    found: list[Found] = []
    for field in ("byline", "dateline", "credit", "author"):
        found += _near(layout, layout.fields.get(field, ()), stretch)
    return _cited(layout, (item for item in found if _lies(layout, item)), surnames_of(book))


def find_editors(layout: Layout, stretch: Pair, book: Rulebook) -> tuple[Cited[str], ...]:
    """The editors that the lines round the article name."""
    return _cited(layout, _near(layout, layout.fields.get("editor", ()), stretch), surnames_of(book))


def _near(layout: Layout, found: Iterable[Found], stretch: Pair) -> Iterator[Found]:
    low, high = stretch
    return (item for item in found if low - _ABOVE <= item.index < high + _BELOW)


def _lies(layout: Layout, found: Found) -> bool:
    """Whether the words stand as a byline does: alone in a line, at its head, at its end or in brackets."""
    line = layout.lines[found.index]
    match = found.match
    place = match.rule.fields["place"]
    if place == "line":
        return match.start - line.start <= _LABEL and line.length <= _SHORT
    if place == "head":
        return match.start - line.start <= _SHORT
    if place == "short":
        return line.length <= _SHORT
    return match.start - line.start <= _SHORT or line.end - match.end <= 4


def _cited(layout: Layout, found: Iterable[Found], surnames: frozenset[str]) -> tuple[Cited[str], ...]:
    people: dict[str, Cited[str]] = {}
    for item in found:
        pair = item.match.span("names")
        if pair is None:
            continue
        for name, (start, end) in names_in(layout.folded, pair, surnames, layout.limits.words.no_name):
            printed = name if layout.traditional else names_plain(layout.text[start:end])
            people.setdefault(name, Cited(printed, cite(layout.text, start, end), item.match.rule.id))
    return tuple(people.values())
