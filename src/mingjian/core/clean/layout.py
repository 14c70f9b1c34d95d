"""A page laid out: its lines, what the rules say of each, and what the page says of itself where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import compress
from operator import ne

import msgspec

from mingjian.core.clean.lines import Line, has_words, read_lines
from mingjian.core.clean.records import PageRecord, find_record, place_record
from mingjian.core.clean.thresholds import Thresholds, thresholds_of
from mingjian.core.model.article import Kind
from mingjian.core.model.page import Page
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.matching import Match, scanner_for

_AT_START, _AT_END = frozenset({"start", "line"}), frozenset({"end", "line"})
_RANK = {"line": 0, "open": 1, "close": 2, "card": 3}
_STRONG_DATE_MARKS = "-/."
_META_LENGTH = 100
_LINKED = 0.3
_SAMPLE = 300
_TRADITIONAL = 0.05
_CHINESE = 0.2
_HAN = re.compile("[\u4e00-\u9fff]")
_ASIDE = "print/aside"  # the path of what stands on printed pages beside the running text


class Tag(msgspec.Struct, frozen=True, gc=False):
    """What a rule says of a whole line: its kind, and whether articles begin or end there."""

    kind: Kind
    effect: str


class Found(msgspec.Struct, frozen=True):
    """One match of a metadata rule, and the line that it stands in."""

    index: int
    match: Match


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the parts of cleaning look at: made once, never changed."""

    page: Page
    text: str
    folded: str
    lines: tuple[Line, ...]
    tags: Mapping[int, Tag]
    cuts: Mapping[int, tuple[Match, ...]]
    fields: Mapping[str, tuple[Found, ...]]
    limits: Thresholds
    cues: Mapping[str, re.Pattern[str]]
    traditional: bool
    record: PageRecord | None = None

    def words(self, index: int) -> str:
        """The folded words of one line."""
        line = self.lines[index]
        return self.folded[line.start : line.end]

    def chinese(self, low: int) -> bool:
        """Whether the words from this line on are Chinese, by the first few hundred of them."""
        start = self.lines[low].start if low < len(self.lines) else 0
        words = self.folded[start : start + _SAMPLE]
        return len(_HAN.findall(words)) > _CHINESE * len(words)

    def printed(self, start: int, end: int) -> str:
        """The words as a value: as printed, simplified where the page is in traditional script."""
        return (self.folded if self.traditional else self.text)[start:end]


def lay_out(page: Page, folded: str, book: Rulebook) -> Layout:
    """The page's lines with what the boilerplate and metadata rules find in them."""
    limits = thresholds_of(book)
    record = find_record(page.text, folded, limits.record)
    lines = read_lines(page.text, page.stretches, limits.lines, record.cuts() if record else ())
    starts = [line.start for line in lines]
    tags: dict[int, Tag] = {}
    cuts: dict[int, list[Match]] = {}
    fields: dict[str, list[Found]] = {}
    for match in scanner_for(book, "boilerplate", "metadata").scan(folded):
        index = _line_of(lines, starts, match)
        if index is None or lines[index].path == _ASIDE:
            continue
        if match.rule.group == "metadata":
            fields.setdefault(match.rule.fields["field"], []).append(Found(index, match))
        elif match.rule.fields["effect"] in {"head", "tail"}:
            cuts.setdefault(index, []).append(match)
        else:
            _tag(tags, page.text, index, lines[index], match)
    _tag_times(tags, lines, fields.get("published", ()))
    tags |= {index: Tag("other", "close") for index, line in enumerate(lines) if line.path == _ASIDE}
    return Layout(
        page=page,
        text=page.text,
        folded=folded,
        lines=lines,
        tags=tags,
        cuts={index: tuple(found) for index, found in cuts.items()},
        fields={field: tuple(found) for field, found in fields.items()},
        limits=limits,
        cues=_cues_of(book),
        traditional=_is_traditional(page.text, folded),
        record=place_record(record, lines),
    )


@lru_cache(maxsize=4)
def _cues_of(book: Rulebook) -> Mapping[str, re.Pattern[str]]:
    return book.cues("metadata")


def _is_traditional(text: str, folded: str) -> bool:
    """Whether the page is printed in traditional script: a sample of it changes when it is simplified."""
    step = max(1, len(text) // _SAMPLE)
    printed, simple = text[::step], folded[::step]
    if printed == simple:
        return False
    changed = _HAN.findall("".join(compress(printed, map(ne, printed, simple))))
    return bool(changed) and len(changed) > _TRADITIONAL * len(_HAN.findall(printed))


def _line_of(lines: Sequence[Line], starts: Sequence[int], match: Match) -> int | None:
    """The line in which the match begins, or the next if it begins in the gap before that."""
    index = bisect_right(starts, match.start) - 1
    if index < 0 or match.start >= lines[index].end:
        index += 1
    return index if index < len(lines) and lines[index].start < match.end else None


def _tag(tags: dict[int, Tag], text: str, index: int, line: Line, match: Match) -> None:
    fields = match.rule.fields
    if line.end - line.start > fields["longest"] or not _lies(text, line, match, fields["place"]):
        return
    old = tags.get(index)
    if old is None or _RANK[fields["effect"]] > _RANK[old.effect]:
        tags[index] = Tag(fields["kind"], fields["effect"])


def _lies(text: str, line: Line, match: Match, place: str) -> bool:
    """Whether the match stands in the line as the rule asks."""
    if match.start > line.start and place in _AT_START and has_words(text, line.start, match.start):
        return False
    return match.end >= line.end or place not in _AT_END or not has_words(text, match.end, line.end)


def _tag_times(tags: dict[int, Tag], lines: Sequence[Line], times: Sequence[Found]) -> None:
    """Tags the lines of date and source: an article seldom begins before them."""
    for found in times:
        line = lines[found.index]
        if line.length <= _META_LENGTH and line.stops == 0 and line.links < _LINKED and states_time(found.match):
            old = tags.get(found.index)
            if old is None or old.effect != "open":
                tags[found.index] = Tag("meta", "open")


def states_time(match: Match) -> bool:
    """Whether the date is written as publish times are: with the time of day, or in figures alone."""
    if match.group("hour") is not None:
        return True
    return match.rule.id == "metadata.time-day-first" or (
        match.rule.id == "metadata.time" and match.text[4] in _STRONG_DATE_MARKS
    )
