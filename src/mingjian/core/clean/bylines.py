"""Who wrote and who edited the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from mingjian.core.clean.layout import Found, Layout
from mingjian.core.clean.names import names_in, names_plain, surnames_of
from mingjian.core.clean.values import end_of_value
from mingjian.core.model.outcome import Cited
from mingjian.core.model.span import Pair, cite
from mingjian.core.rulebook import Rulebook

_ABOVE = 15
_BELOW = 12
_NEAR_END = 4
_OPENING = 4
_SHORT = 80
_LABEL = 5
_TAIL = 4
_SIGNATURES = 3
_REACH = 80
_DATE_LINES = 8
_SHORTEST_PEN = 2
_SENTENCE_ENDS = "。！？!?”」』…"

_People = dict[str, Cited[str]]


class _Told(msgspec.Struct, frozen=True):
    """By which rule a list of names is told, whether a label calls them names, and whether a name may go on behind."""

    by: str
    free: bool = False
    more: bool = True


def find_authors(layout: Layout, stretch: Pair, book: Rulebook) -> tuple[Cited[str], ...]:
    """The authors: named in datelines, bylines, behind labels, in brackets at the end, or beside the date.

    Pen names and English bylines are asked only where no other author is named.
    """
    surnames = surnames_of(book)
    people: _People = {}
    _add_labelled(layout, stretch, surnames, people, below=False)
    _add_signature(layout, stretch, surnames, people)
    if not people:
        _add_labelled(layout, stretch, surnames, people, below=True)
    if not people:
        _add_beside_date(layout, stretch, surnames, people)
    if not people:
        _add_marked(layout, stretch, surnames, people)
    return tuple(people.values()) or _by_pen(layout, stretch) or _by_english(layout, stretch)


def find_editors(layout: Layout, stretch: Pair, book: Rulebook) -> tuple[Cited[str], ...]:
    """The editors that the lines round the article name."""
    low, high = stretch
    people: _People = {}
    for item in layout.fields.get("editor", ()):
        if low - _ABOVE <= item.index < high + _BELOW:
            _add_names(layout, item, surnames_of(book), people, free=True)
    return tuple(people.values())


def _add_labelled(layout: Layout, stretch: Pair, surnames: frozenset[str], people: _People, *, below: bool) -> None:
    """The names of datelines and bylines and behind labels: those of the article and above it, or those below."""
    for field in ("byline", "dateline", "credit", "author"):
        for item in layout.fields.get(field, ()):
            if (item.index >= stretch[1]) == below and _is_near(item, stretch, field) and _lies(layout, item, stretch):
                _add_names(layout, item, surnames, people, free=_is_free(layout, item, stretch))


def _is_near(found: Found, stretch: Pair, field: str) -> bool:
    low, high = stretch
    if field == "dateline":
        return low - 1 <= found.index <= min(high, low + _OPENING)
    return low - _ABOVE <= found.index < high + (_BELOW if field == "author" else _NEAR_END)


def _lies(layout: Layout, found: Found, stretch: Pair) -> bool:
    """Whether the words stand as a byline does: alone in a line, at its head, at its end or in brackets."""
    line = layout.lines[found.index]
    match = found.match
    place = match.rule.fields["place"]
    if place == "line":
        return match.start - line.start <= _LABEL and line.length <= _SHORT
    if place == "head":
        return match.start - line.start <= _SHORT
    if place == "short":
        inside = stretch[0] <= found.index < stretch[1]
        return line.length <= _SHORT and (not inside or _ends_a_part(layout, found))
    return match.start - line.start <= _SHORT or line.end - match.end <= _TAIL


def _ends_a_part(layout: Layout, found: Found) -> bool:
    """Whether the line, or a part of it, ends behind the names: an interview's questions go on."""
    after = layout.folded[found.match.end : layout.lines[found.index].end]
    return len(after) < _SHORTEST_PEN or after[0] in " \t\u3000\xa0|丨/)）】]"


def _is_free(layout: Layout, found: Found, stretch: Pair) -> bool:
    """Whether a label says that the words are names, so that none needs a known surname."""
    match = found.match
    if match.rule.fields["field"] == "byline":
        return match.end - match.start >= layout.lines[found.index].length - _SHORTEST_PEN
    inside = stretch[0] <= found.index < stretch[1]
    return match.rule.fields["field"] == "dateline" or not (inside and match.text.startswith("记者"))


def _add_names(layout: Layout, found: Found, surnames: frozenset[str], people: _People, *, free: bool) -> None:
    pair = found.match.span("names")
    if pair is not None:
        whole, pair = pair, end_of_value(layout, pair)
        more = found.match.end == pair[1] and pair == whole
        _add_pair(layout, pair, surnames, people, _Told(found.match.rule.id, free, more))


def _add_pair(layout: Layout, pair: Pair, surnames: frozenset[str], people: _People, told: _Told) -> None:
    for name, (start, end) in names_in(
        layout.folded, pair, surnames, layout.limits.words.no_name, free=told.free, more=told.more
    ):
        if name in layout.limits.menu or layout.cues["no-author"].search(name):
            continue
        latin = layout.cues["latin-name"].match(layout.folded, end)
        if latin:
            end = latin.end()
        printed = layout.text[start:end] if latin else names_plain(layout.text[start:end])
        people.setdefault(name, Cited(printed, cite(layout.text, start, end), told.by))


def _add_signature(layout: Layout, stretch: Pair, surnames: frozenset[str], people: _People) -> None:
    """The name in brackets with which one of the last paragraphs closes."""
    low, high = stretch
    for index in range(max(low, high - _SIGNATURES), min(high + 1, len(layout.lines))):
        line = layout.lines[index]
        found = layout.cues["signature"].search(layout.folded, max(line.start, line.end - _REACH), line.end)
        if found is None or layout.cues["no-signature"].search(found["names"]):
            continue
        if found.start() > line.start and layout.folded[found.start() - 1] not in _SENTENCE_ENDS:
            continue
        _add_pair(layout, found.span("names"), surnames, people, _Told("metadata.signature"))


def _date_lines(layout: Layout, low: int) -> Iterator[int]:
    """The lines of date above the article, the nearest first."""
    indexes = {found.index for found in layout.fields.get("published", ())}
    return (index for index in range(low, max(-1, low - _DATE_LINES), -1) if index in indexes and index in layout.tags)


def _add_beside_date(layout: Layout, stretch: Pair, surnames: frozenset[str], people: _People) -> None:
    """The name that stands for itself behind the date in the line of date and source."""
    for index in _date_lines(layout, stretch[0]):
        line = layout.lines[index]
        times = [found.match.end for found in layout.fields["published"] if found.index == index]
        for found in layout.cues["name-alone"].finditer(layout.folded, min(times), line.end):
            words = names_plain(found["names"])
            if words in layout.limits.menu or layout.limits.words.head_label.search(words):
                continue
            _add_pair(layout, found.span("names"), surnames, people, _Told("metadata.name-alone"))


def _add_marked(layout: Layout, stretch: Pair, surnames: frozenset[str], people: _People) -> None:
    """A short line near the head which the markup calls the author's, where it is nothing but names."""
    low = stretch[0]
    for index in range(max(0, low - _DATE_LINES), min(low + 2, len(layout.lines))):
        line = layout.lines[index]
        own = line.marks.rpartition(" ")[2]
        if line.length <= _REACH // 4 and layout.limits.words.author_mark.search(own):
            _add_pair(layout, (line.start, line.end), surnames, people, _Told("author.marked"))


def _by_pen(layout: Layout, stretch: Pair) -> tuple[Cited[str], ...]:
    low, high = stretch
    for found in layout.fields.get("pen", ()):
        pair = found.match.span("names")
        if pair is None or not low - _ABOVE <= found.index < high + _NEAR_END:
            continue
        pair = end_of_value(layout, pair)
        words = layout.folded[slice(*pair)]
        short = layout.lines[found.index].length <= _SHORT
        nobody = layout.cues["no-author"].search(words) or layout.cues["office"].search(words)
        if short and any(map(str.isalpha, words)) and not nobody:
            return (Cited(layout.text[slice(*pair)], cite(layout.text, *pair), found.match.rule.id),)
    return ()


def _by_english(layout: Layout, stretch: Pair) -> tuple[Cited[str], ...]:
    low, high = stretch
    items = (item for item in layout.fields.get("by", ()) if low - _ABOVE <= item.index < high + _NEAR_END)
    for found in (item for item in items if _lies(layout, item, stretch)):
        pair = found.match.span("names")
        if pair is not None:
            return tuple(_english_people(layout, pair, found.match.rule.id))
    return ()


def _english_people(layout: Layout, pair: Pair, by: str) -> Iterator[Cited[str]]:
    for start, end in _parts(layout, pair):
        if not layout.cues["no-person"].search(layout.folded, start, end):
            yield Cited(layout.text[start:end], cite(layout.text, start, end), by)


def _parts(layout: Layout, pair: Pair) -> Iterable[Pair]:
    place, last = pair
    for found in layout.cues["by-separator"].finditer(layout.folded, *pair):
        yield place, found.start()
        place = found.end()
    yield place, last
