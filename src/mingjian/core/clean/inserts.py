"""What is put in between the paragraphs of an article: links and cards of other articles, advertisements, signs of a stream."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from mingjian.core.clean.layout import Layout, Tag
from mingjian.core.clean.scoring import is_prose
from mingjian.core.model.article import Kind
from mingjian.core.model.span import Pair

_INSERTED: frozenset[Kind] = frozenset({"related", "promo", "ad"})
_PASSED: frozenset[Kind] = _INSERTED | {"toolbar", "share", "caption", "tag"}
_REACH = 8  # lines between two paragraphs of an article
_AHEAD = 8  # lines behind that show whether the article goes on
_HEADLINE = 60
_CLOCK = re.compile(r"[0-2]?\d[:：][0-5]\d(?:[:：][0-5]\d)?")
_CLOCKS = 3  # so many times stand alone in the lines of a report as it happens
_SIGN = 12  # the longest line that every entry of it repeats
_REPEATED = 3
_DIGITS = re.compile(r"\d+")


def inlaid(layout: Layout) -> Layout:
    """The layout in which what stands between two paragraphs no longer ends the article."""
    tags = _with_cards(layout)
    for index in [index for index, tag in tags.items() if tag.effect == "close" and tag.kind in _INSERTED]:
        between = _between(layout, tags, index)
        if between is not None:
            tags |= _dropped(tags, index, between)
    return msgspec.structs.replace(layout, tags=tags)


def _with_cards(layout: Layout) -> dict[int, Tag]:
    """The tags, with one for the headline above the line of outlet and age on a card."""
    tags = dict(layout.tags)
    for index, tag in layout.tags.items():
        if tag.effect != "card":
            continue
        tags[index] = Tag(tag.kind, "close")
        above = layout.lines[index - 1] if index else None
        if above is not None and index - 1 not in tags and above.length <= _HEADLINE and not above.stops:
            tags[index - 1] = Tag(tag.kind, "line")
    return tags


def _between(layout: Layout, tags: Mapping[int, Tag], index: int) -> Pair | None:
    """The lines around ``index`` from one paragraph to the next, if the article goes on in paragraphs behind them."""
    low, high = index, index + 1
    while low > 0 and not _is_paragraph(layout, tags, low - 1):
        low -= 1
        if index - low > _REACH or not _may_pass(layout, tags, low):
            return None
    while high < len(layout.lines) and not _is_paragraph(layout, tags, high):
        if high - index > _REACH or not _may_pass(layout, tags, high):
            return None
        high += 1
    if low == 0 or high == len(layout.lines):
        return None
    paragraphs = sum(_ahead(layout, tags, high))
    return (low, high) if 2 * paragraphs > len(list(_ahead(layout, tags, high))) else None


def _ahead(layout: Layout, tags: Mapping[int, Tag], high: int) -> Iterator[bool]:
    """Whether each of the next lines that no rule names is a paragraph, up to one that ends articles."""
    for index in range(high, min(high + _AHEAD, len(layout.lines))):
        tag = tags.get(index)
        if tag is None:
            yield _is_paragraph(layout, tags, index)
        elif tag.effect != "line":
            return


def _is_paragraph(layout: Layout, tags: Mapping[int, Tag], index: int) -> bool:
    line = layout.lines[index]
    return index not in tags and line.stops > 0 and line.finished and is_prose(line, layout.limits.score)


def _may_pass(layout: Layout, tags: Mapping[int, Tag], index: int) -> bool:
    """Whether the line may stand between two paragraphs: nothing of another article, and none of readers' comments."""
    tag = tags.get(index)
    return tag.kind in _PASSED if tag is not None else layout.lines[index].length <= _HEADLINE


def _dropped(tags: Mapping[int, Tag], index: int, between: Pair) -> dict[int, Tag]:
    """What was put in there: the lines that rules name, and behind a heading of links all but a last heading."""
    low, high = between
    kind = tags[index].kind
    found = {place: Tag(tags[place].kind, "line") for place in range(low, high) if place in tags}
    named = [place for place in range(index + 1, high) if place not in tags]
    if kind == "related":
        found |= {place: Tag(kind, "line") for place in (named[:-1] if len(named) > 1 else named)}
    return found


def find_signs(layout: Layout, stretch: Pair) -> dict[int, Kind]:
    """The lines that every entry of a report as it happens repeats: who posted it, and buttons."""
    places = range(*stretch)
    clocks = sum(_CLOCK.fullmatch(layout.words(index)) is not None for index in places if _is_short(layout, index))
    if clocks < _CLOCKS:
        return {}
    seen: dict[str, list[int]] = {}
    for index in places:
        words = _DIGITS.sub("", layout.words(index)) if _is_short(layout, index) else ""
        if any(letter.isalpha() for letter in words):
            seen.setdefault(words, []).append(index)
    return {index: "toolbar" for found in seen.values() if len(found) >= _REPEATED for index in found}


def _is_short(layout: Layout, index: int) -> bool:
    line = layout.lines[index]
    return line.length <= _SIGN and not line.stops and index not in layout.tags
