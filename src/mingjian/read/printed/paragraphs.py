"""From the lines of printed pages to paragraphs: what was broken because a line or a page was full is joined again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from mingjian.read.printed.sheets import Line, joint

# In widths or heights of a letter.
_INDENT = 1.2
_DEEPEST_INDENT = 3.0
_SHORT = 2.2
_WIDE_GAP = 0.75
_CENTRED = 2.0
_SAME_SIZE = 0.06
_HEADING, _TITLE = 1.1, 1.2  # times the size of the running text
_RED = 90
_RAGGED = 0.2  # of the width of a column, by which a line may end early in the middle of a sentence
_SAME_EDGE, _WIDE_BLOCK = 0.4, 15
_FEWEST = 4  # lines that tell the margins of a column
_LONGEST_WORD = 14
_CLOSED = tuple("。！？；：!?;:.”」』）)…")
_STOPPED = tuple("。！？!?.”」』")
_ITEM = re.compile(
    r"[•·●■◆▪※]|-\s|\d{1,2}[.、)）．](?!\d)|[(（][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条]"
)
_BULLET = re.compile(r"[•·●■◆▪※]")
_LEADER = re.compile(r"(?:[.·]{4,}|…{2,}|(?:\. ){4,})\s?\d{1,4}\Z")
_LETTERHEAD = re.compile(r"(?:文件|公报|简报|专报|通讯|政府|委员会|办公室|[局厅部院])\Z")
_HYPHEN_HEAD, _HYPHEN_TAIL = re.compile(r"[A-Za-z]*[a-z]-\Z"), re.compile("[a-z]+")
_HYPHENATED = re.compile("[A-Za-z]+-[a-z]+")
_FIRST_WORD = re.compile(r"[\x21-\x7e]+")


class Margins(msgspec.Struct, frozen=True, gc=False):
    """Where the lines of a column begin and end."""

    left: float
    right: float


class Paragraph(msgspec.Struct, frozen=True):
    """Lines that are one paragraph, and the element of HTML that it would be."""

    lines: tuple[Line, ...]
    path: str


def paragraphs(lines: Sequence[Line], size: float) -> tuple[Paragraph, ...]:
    """The paragraphs of the running text in order; ``size`` is that of its letters."""
    margins = _margins(lines, size)
    indented = _is_indented(lines, margins, size)
    found: list[list[Line]] = []
    for line in lines:
        if found and _goes_on(found[-1], line, margins, indented, size):
            found[-1].append(line)
        else:
            found.append([line])
    paths = _paths(found, size)
    return tuple(Paragraph(tuple(group), path) for group, path in zip(found, paths, strict=True))


def _margins(lines: Sequence[Line], size: float) -> Mapping[tuple[int, int], Margins]:
    """The margins of each column of each page; pages with few lines have those of the others."""
    columns: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        columns.setdefault((line.page, line.column), []).append(line)
    known: dict[tuple[int, int], Margins] = {}
    by_column: dict[int, list[Margins]] = {}
    for key, stack in columns.items():
        body = [line for line in stack if _alike(line.size, size) and len(line.pieces) == 1]
        if len(body) >= _FEWEST:
            known[key] = Margins(min(line.left for line in body), max(line.right for line in body))
            by_column.setdefault(key[1], []).append(known[key])
    for key, stack in columns.items():
        if key not in known:
            others = by_column.get(key[1], ())
            own = Margins(min(line.left for line in stack), max(line.right for line in stack))
            known[key] = Margins(
                min([one.left for one in others] or [own.left]), max([one.right for one in others] or [own.right])
            )
    return known


def _is_indented(lines: Sequence[Line], margins: Mapping[tuple[int, int], Margins], size: float) -> bool:
    """Whether paragraphs begin with an indentation."""
    starts = Counter(_is_set_in(line, margins) for line in lines if _alike(line.size, size) and len(line.pieces) == 1)
    return starts[True] >= 2 and starts[True] * 40 >= starts[False]


def _alike(one: float, two: float) -> bool:
    return abs(one - two) <= _SAME_SIZE * max(one, two)


def _goes_on(
    group: Sequence[Line], line: Line, margins: Mapping[tuple[int, int], Margins], indented: bool, size: float
) -> bool:
    """Whether the line belongs to the paragraph before it."""
    last = group[-1]
    if not _is_of_a_kind(last, line):
        return False
    here, there = margins[line.page, line.column], margins[last.page, last.column]
    same_place = (last.page, last.column) == (line.page, line.column)
    if same_place and not _is_next(last, line):
        return False
    if line.size > _HEADING * size:
        return same_place and _is_centred(last, there) and _is_centred(line, here) and not _is_numbered(line)
    inset, before = (line.left - here.left) / line.size, (last.left - there.left) / line.size
    indented = indented or _is_set_in(group[0], margins)
    cut_off = indented and inset < _INDENT / 2 and not last.text.endswith(_CLOSED)
    missing = there.right - last.right - (_RAGGED * (there.right - there.left) if cut_off else 0.0)
    if missing > _room(line) * line.size and not (same_place and _is_block(last, line)):
        return False
    return _hangs(group, line, inset) or (
        not _begins_anew(last, line, indented) and inset < _furthest(before, indented, len(group))
    )


def _furthest(before: float, indented: bool, count: int) -> float:
    """How far the next line of a paragraph may be set in, by the inset of the last of so many lines of it."""
    if count == 1 and not indented:
        return before + _INDENT
    return max(_INDENT, (before if count > 1 else 0.0) + _INDENT / 2)


def _is_set_in(line: Line, margins: Mapping[tuple[int, int], Margins]) -> bool:
    return _INDENT < (line.left - margins[line.page, line.column].left) / line.size < _DEEPEST_INDENT


def _is_of_a_kind(last: Line, line: Line) -> bool:
    """Whether both are running lines of one size, and neither the red head of a document where the other is none."""
    if len(last.pieces) > 1 or len(line.pieces) > 1:
        return False
    return _alike(last.size, line.size) and _is_red(last) == _is_red(line)


def _hangs(group: Sequence[Line], line: Line, inset: float) -> bool:
    """Whether the line goes on with an item of a list whose lines are set in from its number."""
    item = group[0]
    if inset > _DEEPEST_INDENT or not _is_numbered(item) or item.text.endswith(_CLOSED) or _is_numbered(line):
        return False
    return len(group) == 1 or abs(group[-1].left - line.left) < line.size


def _is_next(last: Line, line: Line) -> bool:
    """Whether the line is the next one below, with no more white between than inside a paragraph."""
    gap = line.top - last.bottom
    return -0.6 * line.size < gap < _WIDE_GAP * line.size + line.size and line.top > last.top


def _room(line: Line) -> float:
    """How many letters may be missing at the end of a full line: more where the next word is a long one."""
    word = _FIRST_WORD.match(line.text)
    longest = min(len(word[0]), _LONGEST_WORD) * 0.6 if word else 0.0
    return _SHORT + longest


def _is_block(last: Line, line: Line) -> bool:
    """Whether the lines are of a block that is narrower than its column and filled on both sides."""
    room = _SAME_EDGE * line.size
    if abs(last.left - line.left) > room or abs(last.right - line.right) > room or last.text.endswith(_CLOSED):
        return False
    return last.right - last.left > _WIDE_BLOCK * line.size


def _begins_anew(last: Line, line: Line, indented: bool) -> bool:
    """Whether the words say that something ends and an item or a paragraph begins."""
    if _BULLET.match(line.text) or _LEADER.search(last.text):
        return True
    if last.text.endswith(_CLOSED) and _is_numbered(line):
        return True
    return not indented and last.text.endswith(_STOPPED)


def _is_red(line: Line) -> bool:
    return min(piece.red for piece in line.pieces) > _RED


def _is_numbered(line: Line) -> bool:
    return _ITEM.match(line.text) is not None


def _is_centred(line: Line, margins: Margins) -> bool:
    before, after = line.left - margins.left, margins.right - line.right
    return abs(before - after) < _CENTRED * line.size


def _paths(groups: Sequence[Sequence[Line]], size: float) -> list[str]:
    """What each paragraph is: rows of tables, headings by their size, the largest on the first page being the title.

    What is larger still and only names an institution or a gazette is the letterhead.
    """
    first = [group for group in groups if group[0].page == groups[0][0].page and _size(group) > _TITLE * size]
    titles = [group for group in first if _may_be_title(group)]
    named = [group for group in titles if not _LETTERHEAD.search(group[-1].text)] or titles
    largest = max((_size(group) for group in named), default=0.0)
    heads = [group for group in first if _is_red(group[0]) or _size(group) > largest > 0]
    tops = [group for group in named if _alike(_size(group), largest)]
    return [_path(group, size, heads, tops) for group in groups]


def _path(group: Sequence[Line], size: float, heads: Sequence[Sequence[Line]], tops: Sequence[Sequence[Line]]) -> str:
    if len(group[0].pieces) > 1:
        return "print/table/tr"
    if any(group is head for head in heads):
        return "print/letterhead"
    if any(group is top for top in tops):
        return "print/h1"
    return "print/h2" if _size(group) > _HEADING * size else "print/p"


def _size(group: Sequence[Line]) -> float:
    return max(group, key=lambda line: len(line.text)).size


def _may_be_title(group: Sequence[Line]) -> bool:
    return not _is_red(group[0]) and sum(len(line.text) for line in group) >= 4 and len(group[0].pieces) == 1


def hyphenated_words(lines: Iterable[Line]) -> frozenset[str]:
    """The words that are written with a hyphen inside a line."""
    return frozenset(word for line in lines for word in _HYPHENATED.findall(line.text))


def joined(lines: Sequence[Line], hyphenated: frozenset[str]) -> list[str]:
    """The words of each line with what joins them to the next; a hyphen that only divides a word is dropped."""
    texts = [line.text for line in lines]
    parts: list[str] = []
    for text, following in pairwise(texts):
        head, tail = _HYPHEN_HEAD.search(text), _HYPHEN_TAIL.match(following)
        if head is not None and tail is not None:
            parts.append(text if head[0] + tail[0] in hyphenated else text[:-1])
        else:
            parts.append(text + joint(text, following))
    return [*parts, texts[-1]]
