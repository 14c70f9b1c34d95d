"""Every stretch of the page as a block: body with its role, everything else with its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from mingjian.core.clean.edges import plain
from mingjian.core.clean.layout import Layout
from mingjian.core.clean.lines import Line, has_words
from mingjian.core.model.article import BodyBlock, DroppedBlock, Kind, Role
from mingjian.core.model.span import Pair
from mingjian.core.text.matching import Match
from mingjian.core.text.sentences import trim

_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十百]{1,4}[章节条篇]|\d{1,2}[.、．])"
)
_ITEM = re.compile(r"[-*•·●■◆▲]\s")
_SENTENCE_ENDS = "。；;，,"
_HEADING_MARK = re.compile(r"#{1,6}\s+")
_HEADING_LENGTH = 60
_SHORTEST_HALF = 4
_COMMA_LENGTH = 20
_CUT_LINES = 4
_TITLE_REACH = 3
_REMARK = 12  # characters that a copy of the headline has beside it, where it ends as a sentence does
_MENU_LENGTH = 8
_SHORTEST_CAPTION = 4
_NAV_LENGTH = 20


class Outline(msgspec.Struct, frozen=True):
    """What is decided when blocks are made: the lines of the article, its headline, and extra cuts at line heads."""

    stretch: Pair
    headline: str
    headline_at: Pair | None
    label_ends: Mapping[int, int]
    dropped: Mapping[int, Kind]


def make_blocks(layout: Layout, outline: Outline) -> tuple[tuple[BodyBlock, ...], tuple[DroppedBlock, ...]]:
    """The body and the dropped blocks: together they cover every non-space character of the page once."""
    low, high = outline.stretch
    lines = layout.lines
    above = zip(range(low), lines, strict=False)
    dropped = [DroppedBlock(line.start, line.end, _kind_above(layout, outline, index)) for index, line in above]
    body = _article_blocks(layout, outline, dropped)
    default: Kind = "other" if low >= high else "related"
    tags, known = layout.tags, outline.dropped
    for index in range(high, len(lines)):
        line = lines[index]
        if index in known:
            kind = known[index]
        elif index < low + _TITLE_REACH and _repeats(layout, outline, line):
            kind = "title"
        else:
            kind = tags[index].kind if index in tags else default
        dropped.append(DroppedBlock(line.start, line.end, kind))
    dropped.sort(key=_start)
    return tuple(_joined(layout, body)), tuple(dropped)


def _start(block: DroppedBlock) -> int:
    return block.start


def _article_blocks(layout: Layout, outline: Outline, dropped: list[DroppedBlock]) -> list[BodyBlock]:
    """The blocks of the lines between which the article stands; what is none of it goes to ``dropped``."""
    body: list[BodyBlock] = []
    low, high = outline.stretch
    bylines = _bylines(layout)
    opened = low
    for index in range(low, high):
        line = layout.lines[index]
        kind = _kind_inside(layout, outline, index)
        if kind is not None:
            dropped.append(DroppedBlock(line.start, line.end, kind))
            opened += index == opened
            continue
        start, end, cut = _cut(layout, outline, index, index - opened < _CUT_LINES)
        dropped += cut
        if start < end:
            if bylines and (start, end) in bylines:
                body.append(BodyBlock(start, end, "byline"))
            else:
                _add_blocks(layout, start, end, line, body)
    return body


def _kind_above(layout: Layout, outline: Outline, index: int) -> Kind:
    """What a line before the article is."""
    if index in outline.dropped:
        return outline.dropped[index]
    line, place = layout.lines[index], outline.headline_at
    if _repeats(layout, outline, line) or (place is not None and place[0] <= line.start < place[1]):
        return "title"
    tag = layout.tags.get(index)
    if tag is not None:
        return tag.kind
    low, high = outline.stretch
    return "nav" if low < high and line.end - line.start < _NAV_LENGTH else "other"


def _kind_inside(layout: Layout, outline: Outline, index: int) -> Kind | None:
    """Why a line between the ends of the article is no body, or ``None`` where it is."""
    if index in outline.dropped:
        return outline.dropped[index]
    line = layout.lines[index]
    if index < outline.stretch[0] + _TITLE_REACH and _repeats_title(layout, outline, line):
        return "title"
    tag = layout.tags.get(index)
    if tag is not None:
        return tag.kind
    if line.links > layout.limits.edges.link_line:
        return "related"
    return "toolbar" if line.length <= _MENU_LENGTH and layout.words(index) in layout.limits.menu else None


def _repeats_title(layout: Layout, outline: Outline, line: Line) -> bool:
    """Whether the line is a copy of the headline, and not the heading of a document that is its own headline."""
    if not _repeats(layout, outline, line):
        return False
    return outline.headline_at is None or line.start > outline.headline_at[1]


def _repeats(layout: Layout, outline: Outline, line: Line) -> bool:
    words = outline.headline
    if not words or not len(words) <= line.end - line.start <= 2 * len(words) + 30:
        return False
    if line.stops and line.end - line.start > len(words) + _REMARK:
        return False  # a sentence that names the document
    if layout.folded.find(words[0], line.start, line.end) < 0:
        return False
    return words in plain(layout.folded[line.start : line.end])


def _bylines(layout: Layout) -> frozenset[Pair]:
    """The lines' parts that name reporters: a match may run on into the line below."""
    found = ((layout.lines[found.index], found.match) for found in layout.fields.get("byline", ()))
    return frozenset(trim(layout.text, match.start, min(match.end, line.end)) for line, match in found)


def _cut(layout: Layout, outline: Outline, index: int, opening: bool) -> tuple[int, int, list[DroppedBlock]]:
    """What is left of a body line when dateline, caption, promotion and credits are cut off, and what was cut."""
    line = layout.lines[index]
    start, end = line.start, line.end
    cut: list[DroppedBlock] = []
    if not opening and index not in layout.cuts and index not in outline.label_ends and layout.text[start] != "#":
        return *trim(layout.text, start, end), cut
    label_end = outline.label_ends.get(index, start)
    if label_end > start:
        _drop(layout, cut, start, label_end, "record_field")
        start = label_end
    heading = _HEADING_MARK.match(layout.text, start, end)
    if heading:
        _drop(layout, cut, start, heading.end(), "other")
        start = heading.end()
    if opening:
        start = _cut_head(layout, index, start, cut)
    for match in reversed(layout.cuts.get(index, ())):
        if match.rule.fields["effect"] != "tail" or not start < match.start < end:
            continue
        if not has_words(layout.text, match.end, end):
            _drop(layout, cut, match.start, end, match.rule.fields["kind"])
            end = match.start
    start, end = trim(layout.text, start, max(start, end))
    return start, end, cut


def _cut_head(layout: Layout, index: int, start: int, cut: list[DroppedBlock]) -> int:
    """Cuts date, caption and dateline off the head of a paragraph, in whatever order they stand."""
    line = layout.lines[index]
    heads = [match for match in layout.cuts.get(index, ()) if match.rule.fields["effect"] == "head"]
    heads += [found.match for found in layout.fields.get("dateline", ()) if found.index == index]
    heads.sort(key=lambda match: match.start)
    for match in heads:
        if match.end <= start or (match.end >= line.end and not _is_dateline(layout, match, line)):
            continue
        if match.start > start and has_words(layout.text, start, match.start) and not _captions(layout, start, match):
            continue
        start, end = min(match.end, line.end), start
        _drop(layout, cut, end, start, match.rule.fields.get("kind", "dateline"))
    return start


def _is_dateline(layout: Layout, match: Match, line: Line) -> bool:
    """Whether the line is the dateline and nothing else, on a page that has lines."""
    alone = match.rule.fields.get("field") == "dateline" and not has_words(layout.text, line.start, match.start)
    return alone and layout.text.startswith("\n", line.end)


def _captions(layout: Layout, start: int, match: Match) -> bool:
    """Whether what stands before the match is the caption to which it gives the credit."""
    back: int = match.rule.fields.get("back", 0)
    if not _SHORTEST_CAPTION <= match.start - start <= back:
        return False
    return not any(mark in layout.folded[start : match.start] for mark in "！？\n")


def _drop(layout: Layout, cut: list[DroppedBlock], start: int, end: int, kind: Kind) -> None:
    start, end = trim(layout.text, start, end)
    if start < end:
        cut.append(DroppedBlock(start, end, kind))


def _add_blocks(layout: Layout, start: int, end: int, line: Line, body: list[BodyBlock]) -> None:
    """Puts the block of ``start..end`` behind the others, or two of them where it is a heading printed twice."""
    half = _half(layout.text, start, end) if end - start <= 2 * _HEADING_LENGTH else None
    if half is None:
        body.append(BodyBlock(start, end, _role(layout, start, end, line)))
        return
    first, second = half
    body.append(BodyBlock(*first, "heading"))
    body.append(BodyBlock(*second, "duplicate_heading"))


def _half(text: str, start: int, end: int) -> tuple[Pair, Pair] | None:
    """The two halves of a heading that is printed twice."""
    if end - start < 2 * _SHORTEST_HALF or text.find(text[start : start + _SHORTEST_HALF], start + 1, end) < 0:
        return None
    middle = (end - start) // 2
    first = trim(text, start, start + middle)
    second = trim(text, end - middle, end)
    if text[first[1] : second[0]].strip():
        return None  # what stands between them would be in neither
    if text[first[0] : first[1]] == text[second[0] : second[1]] and first[1] - first[0] >= _SHORTEST_HALF:
        return ((first[0], first[1]), second) if second[0] >= first[1] else None
    return None


def _role(layout: Layout, start: int, end: int, line: Line) -> Role:
    text = layout.text
    if _ITEM.match(text, start, end):
        return "item"
    length = end - start
    if length > _HEADING_LENGTH or line.stops > 1 or text[end - 1] in _SENTENCE_ENDS:
        return "paragraph"
    if _HEADING_MARK.match(text, line.start, start + 1) or (_NUMBERED.match(text, start, end) and not line.stops):
        return "heading"
    if line.stops or line.commas > 1 or (line.commas and length >= _COMMA_LENGTH):
        return "paragraph"
    if layout.limits.words.signature.search(layout.folded[start:end]):
        return "paragraph"
    return "heading"


def _joined(layout: Layout, body: list[BodyBlock]) -> Iterator[BodyBlock]:
    """The blocks with pieces of one paragraph joined again, where a page in one line was taken apart at every gap."""
    held: BodyBlock | None = None
    for block in body:
        if held is not None and _goes_on(layout, held, block):
            held = BodyBlock(held.start, block.end, "paragraph")
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _goes_on(layout: Layout, held: BodyBlock, block: BodyBlock) -> bool:
    if "duplicate_heading" in (held.role, block.role):
        return False
    if block.start == held.end:
        return True
    gap = layout.text[held.end]
    if block.start - held.end != 1 or gap == "\n" or not gap.isspace():
        return False
    return layout.text[held.end - 1] not in "。！？”…）)："
