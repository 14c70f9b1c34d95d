"""Where the text comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mingjian.core.clean.layout import Found, Layout
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.span import Pair, cite
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.folding import fold

_NAME_BY_TIME = re.compile(r"[一-鿿A-Za-z][一-鿿A-Za-z·-]{1,15}")
_NEAR = 10
_SHORTEST = 2
_FAR = 20


def find_source(layout: Layout, stretch: Pair, media: frozenset[str]) -> Outcome[str]:
    """The outlet that the page names as its source, by a label, the dateline, or whose reporter speaks."""
    low, high = stretch
    return (
        _labelled(layout, low, high)
        or _line_of_medium(layout, low, media)
        or _medium_before_time(layout, low, media)
        or _credited(layout, low)
        or _according(layout, low, high)
        or agency_of_dateline(layout, low, high)
        or _by_reporter(layout, low, high)
        or Missing("no-source-in-page")
    )


def _labelled(layout: Layout, low: int, high: int) -> Cited[str] | None:
    """What stands behind the label nearest above the article, else nearest below."""
    above: list[Found] = []
    below: list[Found] = []
    for found in layout.fields.get("source", ()):
        if layout.lines[found.index].length > 160 or not _is_source(layout, found.match.group("source") or ""):
            continue
        if found.index <= low:
            above.append(found)
        elif high - 3 <= found.index <= high + _NEAR:
            below.append(found)
    near = [item for item in (*reversed(above[-3:]), *below) if low - item.index <= _FAR]
    own = [item for item in near if not _crawler_label(layout, item)]
    named = [item for item in near if layout.limits.words.outlet_line.fullmatch(item.match.group("source") or "")]
    return cite_found(layout, (own or named)[0], "source") if own or named else None


def _crawler_label(layout: Layout, found: Found) -> bool:
    """Whether the label stands in a copy's own header: emphasised as Markdown does."""
    start = found.match.start
    return layout.text[max(0, start - 2) : start] == "**"


def _is_source(layout: Layout, value: str) -> bool:
    if layout.limits.words.no_source.search(value):
        return False
    return bool(re.search(r"[一-鿿]{2}|^[A-Za-z]{3,}$", value))


def _line_of_medium(layout: Layout, low: int, media: frozenset[str]) -> Cited[str] | None:
    """A known outlet by its name, alone in a line beside the line of date, or behind the date in that line."""
    for index in range(low, max(-1, low - _NEAR), -1):
        if index >= len(layout.lines):
            continue
        line = layout.lines[index]
        words = layout.folded[line.start : line.end]
        if index in layout.tags and not _is_time(layout, index):
            continue
        near = any(_is_time(layout, place) for place in (index - 2, index - 1, index + 1))
        if near and (words in media or _names_outlet(layout, words)):
            return Cited(words, cite(layout.text, line.start, line.end), "source.line")
        after = _name_after_time(layout, index)
        if after is not None:
            return after
    return None


def _is_time(layout: Layout, index: int) -> bool:
    tag = layout.tags.get(index)
    return tag is not None and tag.kind == "meta" and tag.effect == "open"


def _times_of(layout: Layout, index: int) -> Iterator[Found]:
    return (found for found in layout.fields.get("published", ()) if found.index == index)


def _names_outlet(layout: Layout, words: str) -> bool:
    """Whether the words look like the name of an outlet and like nothing else of a line of date."""
    patterns = layout.limits.words
    return bool(patterns.outlet_line.fullmatch(words)) and not patterns.head_label.search(words)


def _is_own(layout: Layout, name: str) -> bool:
    """Whether the text so speaks of the outlet that it stands in, or of none."""
    return len(name) < _SHORTEST or layout.limits.words.own_outlet.match(name) is not None


def _name_after_time(layout: Layout, index: int) -> Cited[str] | None:
    line = layout.lines[index]
    for found in _times_of(layout, index):
        if not _is_time(layout, index):
            continue
        name = _NAME_BY_TIME.search(layout.folded, found.match.end, line.end)
        if name and _names_outlet(layout, name.group()):
            return Cited(name.group(), cite(layout.text, *name.span()), "source.after-time")
    return None


def name_before_time(layout: Layout, low: int) -> Cited[str] | None:
    """The name that stands before the date in the line of date: the site or the account that shows the page."""
    for found in reversed(layout.fields.get("published", ())):
        if found.index >= low or low - found.index > _NEAR or not _is_time(layout, found.index):
            continue
        line = layout.lines[found.index]
        names = [
            name
            for name in _NAME_BY_TIME.finditer(layout.folded, line.start, found.match.start)
            if not layout.limits.words.head_label.search(name.group())
        ]
        if len(names) == 1 and names[0].start() == line.start and not names[0].group().isascii():
            return Cited(names[0].group(), cite(layout.text, *names[0].span()), "publisher.before-time")
    return None


def _medium_before_time(layout: Layout, low: int, media: frozenset[str]) -> Cited[str] | None:
    """A known outlet that stands before the date in the line of date."""
    name = name_before_time(layout, low)
    return name if name is not None and name.value in media else None


def _credited(layout: Layout, low: int) -> Cited[str] | None:
    """The outlet in a line of author and outlet just above the article."""
    for found in layout.fields.get("credit", ()):
        line = layout.lines[found.index]
        if low - _NEAR <= found.index <= low and found.match.end - found.match.start >= line.length - 1:
            return cite_found(layout, found, "source")
    return None


def _according(layout: Layout, low: int, high: int) -> Cited[str] | None:
    """The outlet that the first paragraph relies on (据某社报道), or that broadcast items begin with (某网消息)."""
    for found in layout.fields.get("according", ()):
        value = found.match.group("source") or ""
        if low <= found.index <= min(high, low + 2) and not _is_own(layout, value) and _is_source(layout, value):
            return cite_found(layout, found, "source")
    return None


def agency_of_dateline(layout: Layout, low: int, high: int) -> Cited[str] | None:
    """The agency that the dateline of the first paragraphs names."""
    for found in layout.fields.get("dateline", ()):
        agency = found.match.group("agency") or ""
        if low - 1 <= found.index <= min(high, low + 4) and not _is_own(layout, agency):
            return cite_found(layout, found, "agency")
    return None


def _by_reporter(layout: Layout, low: int, high: int) -> Cited[str] | None:
    """The outlet whose reporter the article speaks of: the one named most often, the byline's first."""
    counts: dict[str, list[Found]] = {}
    for found in layout.fields.get("byline", ()):
        outlet = (found.match.group("outlet") or "").strip("《》")
        if _is_own(layout, outlet) or not layout.limits.words.outlet.search(outlet):
            continue
        alone = found.match.end - found.match.start >= layout.lines[found.index].length - 8
        if alone and low - 3 <= found.index <= high + 3:
            return cite_found(layout, found, "outlet")
    for found in layout.fields.get("reporter", ()):
        value = found.match.group("source") or ""
        if low <= found.index < high and not _is_own(layout, value):
            counts.setdefault(value, []).append(found)
    if not counts:
        return None
    best = max(counts.values(), key=lambda items: (len(items), -items[0].index))
    return cite_found(layout, best[0], "source")


@lru_cache(maxsize=4)
def media_of(book: Rulebook) -> frozenset[str]:
    """All known names of outlets, folded."""
    media = book.lexicons.get("media")
    rows = media.entries if media is not None else ()
    return frozenset(fold(name) for row in rows for name in row.surfaces)


def cite_found(layout: Layout, found: Found, group: str) -> Cited[str]:
    """The named group of a match as a cited value, without the brackets of a title round it."""
    start, end = found.match.span(group) or (found.match.start, found.match.end)
    while start < end and layout.folded[start] in "《 \t":
        start += 1
    while end > start and layout.folded[end - 1] in "》 \t":
        end -= 1
    return Cited(layout.folded[start:end], cite(layout.text, start, end), found.match.rule.id)
