"""What is put in between the paragraphs of an article: links and cards of others, advertisements, signs of a stream."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from mingjian.core.clean.layout import Layout, Tag
from mingjian.core.clean.scoring import is_prose, tells
from mingjian.core.model.article import Kind
from mingjian.core.model.span import Pair

_INSERTED: frozenset[Kind] = frozenset({"related", "promo", "ad"})
_PASSED: frozenset[Kind] = _INSERTED | {"toolbar", "share", "caption", "tag"}
_REACH = 8  # lines between two paragraphs of an article
_FEW = 4  # of more lines more than half are paragraphs, lest headlines and teasers alternate
_AHEAD = 8  # lines behind that show whether the article goes on
_HEADLINE = 60
_WORDS = 6  # a shorter line is neither a headline nor a paragraph
_ABOUT = "关于"
_ABOUT_LENGTH = 20
CLOCK = re.compile(r"[0-2]?\d[:：][0-5]\d(?:[:：][0-5]\d)?")
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
            tags |= _dropped(layout, tags, index, between)
    tags |= _presentations(layout, tags)
    return msgspec.structs.replace(layout, tags=tags)


def _presentations(layout: Layout, tags: Mapping[int, Tag]) -> dict[int, Tag]:
    """The headings under which a company says who it is, below what it has to tell: "about" and its name, once more."""
    found: dict[int, Tag] = {}
    for index in range(len(layout.lines) - 1):
        line = layout.lines[index]
        if index in tags or line.length > _ABOUT_LENGTH or not layout.folded.startswith(_ABOUT, line.start, line.end):
            continue
        name = layout.folded[line.start + len(_ABOUT) : line.end]
        if len(name) > 1 and layout.words(index + 1).startswith(name) and _is_paragraph(layout, tags, index + 1):
            found[index] = Tag("promo", "close")
    return found


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
    if any(tells(layout, place, high) for place in range(max(low, index - 1), high) if place != index):
        return None
    return (low, high) if _goes_on(_ahead(layout, tags, high)) else None


def _goes_on(ahead: Iterator[bool]) -> bool:
    """Whether paragraphs prevail among the next lines, up to the first two other lines behind several paragraphs."""
    seen: list[bool] = []
    for is_paragraph in ahead:
        if not is_paragraph and sum(seen) > 1 and not seen[-1]:
            break
        seen.append(is_paragraph)
    while sum(seen) > 1 and not seen[-1]:
        seen.pop()
    return 2 * sum(seen) > len(seen) + (len(seen) > _FEW)


def _ahead(layout: Layout, tags: Mapping[int, Tag], high: int) -> Iterator[bool]:
    """Whether each of the next lines is a paragraph, up to one that ends articles; captions and buttons say nothing."""
    for index in range(high, min(high + _AHEAD, len(layout.lines))):
        tag = tags.get(index)
        if tag is not None and tag.effect != "line":
            return
        if layout.lines[index].length >= _WORDS and (tag is None or tag.kind == "related"):
            yield _is_paragraph(layout, tags, index)


def _is_paragraph(layout: Layout, tags: Mapping[int, Tag], index: int) -> bool:
    line = layout.lines[index]
    return index not in tags and line.stops > 0 and line.finished and is_prose(line, layout.limits.score)


def _may_pass(layout: Layout, tags: Mapping[int, Tag], index: int) -> bool:
    """Whether the line may stand between two paragraphs: nothing of another article, and none of readers' comments."""
    tag = tags.get(index)
    return tag.kind in _PASSED if tag is not None else layout.lines[index].length <= _HEADLINE


def _dropped(layout: Layout, tags: Mapping[int, Tag], index: int, between: Pair) -> dict[int, Tag]:
    """What was put in there: the lines that rules name, and below a heading of links all but a last heading."""
    low, high = between
    kind = tags[index].kind
    found = {place: Tag(tags[place].kind, "line") for place in range(low, high) if place in tags}
    named = [place for place in range(index + 1, high) if place not in tags]
    if kind == "related" and layout.tags[index].effect != "card":
        found |= {place: Tag(kind, "line") for place in (named[:-1] if len(named) > 1 else named)}
    return found


def find_signs(layout: Layout, stretch: Pair) -> dict[int, Kind]:
    """The lines that every entry of a report as it happens repeats: who posted it, and buttons."""
    places = range(*stretch)
    clocks = sum(CLOCK.fullmatch(layout.words(index)) is not None for index in places if _is_short(layout, index))
    if clocks < _CLOCKS:
        return {}
    seen: dict[str, list[int]] = {}
    for index in places:
        words = _DIGITS.sub("", layout.words(index)) if _is_short(layout, index) else ":"
        if not words or any(letter.isalpha() for letter in words):
            seen.setdefault(words, []).append(index)
    return {index: "toolbar" for found in seen.values() if len(found) >= _REPEATED for index in found}


def _is_short(layout: Layout, index: int) -> bool:
    line = layout.lines[index]
    return line.length <= _SIGN and not line.stops and index not in layout.tags
