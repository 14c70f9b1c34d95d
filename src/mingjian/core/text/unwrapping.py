"""Hard-wrapped text: lines that were broken because they were full, as mail, PDF and OCR leave them.

A break was forced where the next word would have gone beyond the page's width. Only a page most of whose words stand
in such lines, with sentences that end inside them, is taken for hard-wrapped: verse, lists, tables, headlines and pages
of one paragraph a line are not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

import msgspec

from mingjian.core.text.offsets import Edit

_FEWEST = 3  # forced breaks
_NARROWEST, _WIDEST = 24, 164  # cells
_LONGER = 0.05  # share of lines that may be longer than the width
_SLACK = 2  # cells
_LONGEST_WORD = 20
_TRIED = 6  # widths
_FORCED = 0.6  # share of the breaks behind lines of more than half the width
_MID_SENTENCE = 0.6  # share of the forced breaks
_WRAPPED = 0.5  # share of the page's words
_LINES_TO_A_STOP, _LINES_TO_A_COMMA = 8, 4
_CUT_BY_CHARACTER, _CUT_BY_COLUMN = 0.8, 0.97  # share of the forced breaks behind lines of one length

# Forms of writing, not words.
_HAN = re.compile("[\u3400-\u9fff]")
_WIDE = re.compile("[\u2014\u2018-\u201d\u2026\u2e80-\uffee]")
_STOP_INSIDE = re.compile(r"[。！？；](?=.)|[a-z0-9)%][.!?]['\")]* (?=[A-Z\"'(])")
_COMMA_INSIDE = re.compile(r"[，、：](?=.)|[,:](?=[ \u3400-\u9fff])")
_CLOSED = tuple("。！？；：…!?;:.”」』")
_CLOSING = "，。、；：！？）》」』”’…,.;:!?)%"
_WORD = re.compile("[\x21-\x7e]+")
_INDENT = re.compile("[ \t\xa0\u2000-\u200a\u3000]*")
_ITEM = re.compile(
    r"[•·●■◆▪※*#>|]|-\s|\d{1,2}[.、)）](?!\d)|[(（][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、"
    r"|第[一二三四五六七八九十\d]{1,3}[章节条]"
)
_BULLET = re.compile(r"[•●■◆▪*#>|]|-\s")
_COLUMNS = re.compile(r"\S(?: {2,}|\t|\|)\s*\S")
_HYPHENATED = re.compile("[A-Za-z]+-[a-z]+")
_HEAD, _TAIL = re.compile(r"[A-Za-z]*[a-z]-\Z"), re.compile("[a-z]+")


class _Line(msgspec.Struct, frozen=True, gc=False):
    """One line without its break and its trailing white space (``end``; ``stop`` with it)."""

    start: int
    end: int
    stop: int
    words: str
    indent: int


class _Wrapping(msgspec.Struct, frozen=True):
    """The forced breaks, each by the number of the line before it; those ``inside`` may cut words and figures."""

    breaks: tuple[int, ...]
    inside: frozenset[int] = frozenset()

    @property
    def weight(self) -> tuple[bool, int]:
        """What the likelier of two wrappings has more of."""
        return bool(self.inside), len(self.breaks)


def find_joins(text: str) -> list[Edit]:
    """The edits that join a hard-wrapped page's lines, in order; none for any other page."""
    if text.count("\n") < _FEWEST:
        return []
    rows = text.split("\n")
    trimmed = [row.rstrip() for row in rows]
    lengths = list(map(len, trimmed))
    likely = sum(length for length in lengths if _NARROWEST <= 2 * length <= 2 * _WIDEST)
    if likely < _WRAPPED / 2 * len(text):
        return []
    han = _HAN.search(text) is not None
    best: _Wrapping | None = None
    lines: list[_Line] = []
    for measure, cells in ((_cells, 1), (len, 2)) if han else ((len, 1),):
        widths = lengths if measure is len else _cells_of(trimmed)
        candidates = _candidates(widths, _NARROWEST // cells, _WIDEST // cells)
        if candidates:
            lines = lines or _lines(rows)
            found = _wrapping(lines, widths, candidates, measure)
            best = found if found is not None and (best is None or found.weight > best.weight) else best
    return [] if best is None else _joins(text, lines, best)


def _candidates(widths: Sequence[int], narrowest: int, widest: int) -> list[int]:
    """The likeliest widths of the page, all but a few lines being shorter; none where lines of that width are rare.

    They must hold a good part of the page, since each last line of a paragraph comes on top of them.
    """
    ranked = sorted(filter(None, widths))
    sums = [0, *accumulate(ranked)]
    candidates: list[int] = []
    for width in dict.fromkeys(ranked[: -int(len(ranked) * _LONGER) - 2 : -1]):
        low, high = bisect_right(ranked, width - _LONGEST_WORD), bisect_right(ranked, width + _SLACK)
        likely = high - low >= _FEWEST and (sums[high] - sums[low]) * 2 >= _WRAPPED * sums[-1]
        if likely and narrowest <= width <= widest and _is_common(widths, width):
            candidates.append(width)
    return candidates[:_TRIED]


def _is_common(widths: Sequence[int], width: int) -> bool:
    """Whether most lines of more than half the width that others follow are nearly as long as the width."""
    followed = [one for one, two in pairwise(widths) if two and 2 * one > width]
    near = sum(width - _LONGEST_WORD < one <= width + _SLACK for one in followed)
    return near >= _FEWEST and near >= _FORCED * len(followed)


def _lines(rows: Sequence[str]) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    for row in rows:
        stop = start + len(row) - row.endswith("\r")
        end = start + len(row.rstrip())
        indent = len(_INDENT.match(row)[0])  # type: ignore[index]  # matches everywhere
        lines.append(_Line(start, end, stop, row.rstrip("\r"), min(indent, end - start)))
        start += len(row) + 1
    return lines


def _cells(words: str) -> int:
    """The columns of a terminal that the words fill."""
    return len(words.encode("gbk", "replace"))


def _cells_of(rows: Sequence[str]) -> list[int]:
    """The same for each of the rows: one encoding of all costs a fraction, and no character but it has its byte."""
    return list(map(len, "\n".join(rows).encode("gbk", "replace").split(b"\n")))


def _wrapping(
    lines: Sequence[_Line], widths: Sequence[int], candidates: Sequence[int], measure: Callable[[str], int]
) -> _Wrapping | None:
    """The wrapping at the width that forces most breaks, if the page passes for wrapped at it."""
    found = [(_forced(lines, widths, width, measure), width) for width in candidates]
    breaks, width = max(found, key=lambda one: len(one[0]))
    if len(breaks) < _FEWEST or not _is_prose(lines, widths, breaks, width):
        return None
    return _sliced(lines, breaks, measure) or _Wrapping(tuple(breaks))


def _sliced(lines: Sequence[_Line], breaks: Sequence[int], measure: Callable[[str], int]) -> _Wrapping | None:
    """The breaks of lines that all have the same length, as a machine cuts them, where most have; words are cut too.

    A shorter line that ends a sentence is then the end of a paragraph. Cut by columns, a line may lack one.
    """
    raw = {index: measure(lines[index].words) for index in breaks}
    usual = Counter(raw.values()).most_common(1)[0][0]
    exact = {index for index, one in raw.items() if abs(one - usual) <= (measure is _cells)}
    if len(exact) < (_CUT_BY_COLUMN if measure is _cells else _CUT_BY_CHARACTER) * len(breaks):
        return None
    if not any(_HAN.search(lines[index].words) for index in breaks):
        return None
    kept = tuple(index for index in breaks if index in exact or raw[index] > usual - _slack(lines[index]))
    longest = max(raw[index] for index in exact)
    return _Wrapping(kept, frozenset(index for index in exact if measure is len or raw[index] == longest))


def _need(line: _Line, measure: Callable[[str], int]) -> int:
    """The room that the first word of the line asks for, with a space before it if it is in Latin letters."""
    words = line.words[line.indent :]
    latin = _WORD.match(words[:_WIDEST])
    if latin is not None:
        return 1 + len(latin[0])
    taken = 1
    while taken < len(words) and words[taken] in _CLOSING:
        taken += 1
    return measure(words[:taken])


def _forced(lines: Sequence[_Line], widths: Sequence[int], width: int, measure: Callable[[str], int]) -> list[int]:
    """The lines behind which the first word of the next had no room."""
    return [
        index
        for index, (one, two) in enumerate(pairwise(widths))
        if width - _LONGEST_WORD < one <= width + _SLACK
        and 0 < two <= width + _SLACK
        and one > width - max(_SLACK, _need(lines[index + 1], measure)) - _slack(lines[index])
        and _goes_on(lines[index], lines[index + 1])
    ]


def _slack(line: _Line) -> int:
    """How much room may be left at the end of a full line; none where a paragraph may end."""
    return 0 if line.words.rstrip().endswith(_CLOSED) else _SLACK


def _goes_on(line: _Line, following: _Line) -> bool:
    """Whether the next line may be the same paragraph: not indented more, no item of a list, no row of a table."""
    if following.indent > line.indent + 1 or (following.indent > line.indent and not following.words.startswith(" ")):
        return False
    words = following.words[following.indent :]
    if _BULLET.match(words) or (_ITEM.match(words) and _ends_there(line)):
        return False
    return _COLUMNS.search(line.words) is None and _COLUMNS.search(following.words) is None


def _ends_there(line: _Line) -> bool:
    """Whether an item of a list may begin behind the line: it ends a sentence, or is an item itself."""
    return line.words.rstrip().endswith(_CLOSED) or _ITEM.match(line.words[line.indent :]) is not None


def _is_prose(lines: Sequence[_Line], widths: Sequence[int], breaks: Sequence[int], width: int) -> bool:
    """Whether the breaks cut running sentences, which end inside or behind the last line, and most of the page does."""
    count = len(breaks)
    rows = sorted({*breaks, *(index + 1 for index in breaks)})
    if sum(not lines[index].words.rstrip().endswith(_CLOSED) for index in breaks) < _MID_SENTENCE * count:
        return False
    tails = set(rows).difference(breaks)
    stops = sum(len(_STOP_INSIDE.findall(lines[index].words)) for index in rows)
    stops += sum(lines[index].words.rstrip().endswith(_CLOSED) for index in tails)
    commas = stops + sum(len(_COMMA_INSIDE.findall(lines[index].words)) for index in rows)
    if stops * _LINES_TO_A_STOP < count or commas * _LINES_TO_A_COMMA < count:
        return False
    long = sum(bool(2 * one > width and two) for one, two in pairwise(widths))
    return count >= _FORCED * long and sum(widths[index] for index in rows) >= _WRAPPED * sum(widths)


def _joins(text: str, lines: Sequence[_Line], wrapping: _Wrapping) -> list[Edit]:
    hyphenated: frozenset[str] | None = None
    edits: list[Edit] = []
    for index in wrapping.breaks:
        line, following = lines[index], lines[index + 1]
        if index in wrapping.inside:
            edits.append(Edit(line.stop, following.start + (following.indent if following.indent > 1 else 0)))
            continue
        start, end = line.end, following.start + following.indent
        if text[start - 1] == "-":
            if hyphenated is None:
                hyphenated = frozenset(_HYPHENATED.findall(text))
            edits.append(Edit(start - _hyphen(text[max(0, start - 40) : start], text[end : end + 40], hyphenated), end))
        else:
            edits.append(Edit(start, end, joint(text[start - 1], text[end])))
    return edits


def _hyphen(before: str, after: str, hyphenated: frozenset[str]) -> int:
    """1 where the hyphen only divides a word at the end of the line, 0 where the word is written with it."""
    head, tail = _HEAD.search(before), _TAIL.match(after)
    return int(head is not None and tail is not None and head[0] + tail[0] not in hyphenated)


def joint(before: str, after: str) -> str:
    """What stands between the last and the first character of joined lines: a space between Latin words and figures.

    Figures that two lines hold are never joined to one number.
    """
    return "" if _WIDE.match(before) or _WIDE.match(after) else " "
