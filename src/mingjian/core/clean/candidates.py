"""The lines that may be the headline: each trimmed of labels, dates and the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from mingjian.core.clean.edges import plain
from mingjian.core.clean.layout import Layout, states_time
from mingjian.core.clean.thresholds import Words
from mingjian.core.clean.windows import Window, runs_of
from mingjian.core.model.span import Pair

_PREFIX = re.compile(
    r"(?:#{1,6}|title:|Title:|(?:原?标)?[ \xa0\u3000]{0,8}题(?:[ \xa0]?[:：]|[ \xa0\t\u3000]{1,8}))[ \t]{0,8}[\"“]?"
)
_TOOL = re.compile(r"[ \xa0]{0,4}[\[【(（](?:复制链接|打印本?页?|关闭窗口|收藏|分享)[\]】)）]$")
_SUFFIX = re.compile(
    r"[ \t\u3000]{0,8}(?:[_|｜丨]{1,8}|[-–—]{1,2}(?=[^-–—]*$)|[ \t]-{1,8}[ \t])[ \t]{0,8}[^_|｜\n]{2,24}$"
)
_SUFFIX_MARK = re.compile(r"[_|｜丨–—-]")
_SUFFIX_REACH = 64
_MOST_SUFFIXES = 3
_LONGEST_COLUMN = 12  # of the name of a column before that of the site, with the mark that parts it
_NEXT_LABEL = re.compile(r"[ \u3000]{1,8}[\u4e00-\u9fff]{2,4}[:：]")
_ROW_LENGTH = 240
_SHORTEST_HEAD = 6
_SAMPLE = 800
_LEAST_SHARED = 0.3
_MOST_PIECES = 4
_SHORTEST_PIECE = 5
_LONGEST_TORN = 45
_LEAST_PIECE = 0.2
_FIRST_LINES = 6
_BESIDE_NAMES = 4
_NEAR_HEAD = 3
_BRACKETS = (("（", "）"), ("(", ")"), ("《", "》"), ("【", "】"))
_HYPHENS = "-–—"
_HYPHENED = re.compile(r"(?<=[A-Za-z0-9])[-–—][A-Za-z0-9]")
_HAN = re.compile("[\u4e00-\u9fff]")
_LEAST_MENU = 3
_MANY_ENTRIES = 5  # words of a line that are a menu with only one known entry, if all are short
_LONGEST_ENTRY = 6
_LATIN = re.compile("[A-Za-z]")
_LEAST_LETTERS = 5
_HEADINGS = ("h1", "h2", "h1/a", "h1/span")
_TOP_HEADINGS = ("h1", "h2")


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A line that may be the headline: where it stands, and its words without marks."""

    index: int
    start: int
    end: int
    words: str
    last: int

    def share(self, pairs: frozenset[int]) -> float:
        """How much of its words stand in the opening."""
        return share_of(self.words, pairs)


def find_candidates(layout: Layout, low: int, high: int, windows: tuple[Window, ...]) -> Iterator[Candidate]:
    """Lines above the article and the first of it that may be the headline, and runs of lines that are a window's."""
    above = layout.limits.title.above
    places = [*range(min(2, max(0, low - above))), *range(max(0, low - above), low)]
    yield from _plain_candidates(layout, places)
    for index in [*places, *range(low, min(low + _FIRST_LINES, high))]:
        for count, end in runs_of(layout, index, min(high, low + _FIRST_LINES), windows) if index else ():
            start = layout.lines[index].start
            yield Candidate(index, start, end, plain(layout.folded[start:end]), index + count - 1)
        yield from _heading_of_window(layout, index, low, windows)
    yield from _first_heading(layout, low, high)


def _heading_of_window(layout: Layout, index: int, low: int, windows: tuple[Window, ...]) -> Iterator[Candidate]:
    """The line that the window is called after, however short, if the markup calls it a heading or it stands near."""
    line = layout.lines[index]
    heading = line.path.endswith(_HEADINGS) or "title" in line.marks.rpartition(" ")[2].lower()
    near = 0 < low - index <= _NEAR_HEAD and index not in layout.tags
    if not heading and not near:
        return
    words = plain(layout.words(index))
    near = near and len(words) < layout.limits.title.shortest
    if (heading and any(window.agrees(words) for window in windows)) or (
        near and any(window.words == words for window in windows)
    ):
        yield Candidate(index, line.start, line.end, words, index)


def _first_heading(layout: Layout, low: int, high: int) -> Iterator[Candidate]:
    """The heading with which the article itself begins, as plain pages have it."""
    if low < high and layout.lines[low].path.endswith(_TOP_HEADINGS) and low not in layout.tags:
        line = layout.lines[low]
        yield Candidate(low, line.start, line.end, plain(layout.words(low)), low)


def _plain_candidates(layout: Layout, places: Iterable[int]) -> Iterator[Candidate]:
    """The lines without labels, dates and names of sites, where what is left may be a headline."""
    limits = layout.limits.title
    for index in places:
        line = layout.lines[index]
        if not limits.shortest <= line.end - line.start <= 2 * limits.longest or not _may_head(layout, index):
            continue
        if names_people(layout, index) or counts(layout, index) or _begins_text(layout, index):
            continue
        start, end = bare_title(layout.folded, line.start, _before_times(layout, index), layout.limits.words)
        words = plain(layout.folded[start:end])
        fits = limits.shortest <= end - start <= limits.longest and not _is_date(layout, index, (start, end))
        if fits and words and not _is_no_headline(layout, start, end):
            yield Candidate(index, start, end, words, index)


def names_people(layout: Layout, index: int) -> bool:
    """Whether the line is that of the reporters."""
    line = layout.lines[index]
    for field in ("byline", "author", "credit", "pen"):
        for found in layout.fields.get(field, ()):
            if found.index == index and found.match.end - found.match.start >= line.length - _BESIDE_NAMES:
                return True
    return False


def counts(layout: Layout, index: int) -> bool:
    """Whether the line only counts readers, comments or words."""
    line = layout.lines[index]
    return layout.cues["counter"].fullmatch(layout.folded, line.start, line.end) is not None


def _begins_text(layout: Layout, index: int) -> bool:
    """Whether the line begins with a dateline."""
    start = layout.lines[index].start
    return any(
        found.index == index and found.match.start - start < _BESIDE_NAMES
        for found in layout.fields.get("dateline", ())
    )


def _may_head(layout: Layout, index: int) -> bool:
    """Whether no rule knows the line for anything else than the label of a headline."""
    tag = layout.tags.get(index)
    if tag is None:
        return True
    labelled = _PREFIX.match(layout.folded, layout.lines[index].start) is not None
    return labelled and tag.kind == "meta" and tag.effect == "open"


def _is_no_headline(layout: Layout, start: int, end: int) -> bool:
    """Whether the words end as sentences do, hold marks of menus, are little but numbers, or name the site."""
    limits, folded = layout.limits, layout.folded
    if folded[end - 1] in limits.title.no_headline_end or limits.words.no_headline.search(folded, start, end):
        return True
    words = plain(folded[start:end])
    if 2 * len(_HAN.findall(words)) + len(_LATIN.findall(words)) < _LEAST_LETTERS or _is_half(folded, start, end):
        return True
    if layout.cues["edition-row"].search(folded, start, end):
        return True
    if _is_menu(layout, folded[start:end]):
        return True
    site = layout.cues["site-title"]
    return site.fullmatch(words) is not None or site.fullmatch(first_part(layout, start, end)) is not None


def _is_menu(layout: Layout, words: str) -> bool:
    """Whether the words parted by spaces are those of a menu, the name of the site before them: known ones, or many."""
    parts = words.split()
    known = sum(part in layout.limits.menu for part in parts)
    if known >= _LEAST_MENU and 2 * known >= len(parts):
        return True
    return known > 0 and len(parts) >= _MANY_ENTRIES and all(len(part) <= _LONGEST_ENTRY for part in parts[1:])


def _before_times(layout: Layout, index: int) -> int:
    """Where the line ends, or the date and its label in it begin."""
    line = layout.lines[index]
    times = (found.match.start for found in layout.fields.get("published", ()) if found.index == index)
    first = min(times, default=line.end)
    if first >= line.end or first - line.start < layout.limits.title.shortest or not _states_time(layout, index):
        return line.end
    label = layout.cues["label-end"].search(layout.folded, max(line.start, first - _SUFFIX_REACH), first)
    return label.start() if label else first


def _is_date(layout: Layout, index: int, pair: Pair) -> bool:
    """Whether the words are no more than a date and its label; a broadcast is called after its day."""
    start, end = pair
    if layout.limits.words.programme_title.match(layout.folded, start, end):
        return False
    for found in layout.fields.get("published", ()):
        if found.index == index and start <= found.match.start and found.match.end <= end:
            rest = plain(layout.folded[start : found.match.start] + layout.folded[found.match.end : end])
            if len(layout.limits.words.date_label.sub("", rest)) < layout.limits.title.shortest:
                return True
    return False


def _states_time(layout: Layout, index: int) -> bool:
    """Whether a date in the line is written as times of publishing are."""
    return any(states_time(found.match) for found in layout.fields.get("published", ()) if found.index == index)


def _is_half(folded: str, start: int, end: int) -> bool:
    """Whether the words close a bracket that they do not open, or break off inside a title: part of something else."""
    if folded.count("《", start, end) > folded.count("》", start, end):
        return True
    return any(folded.count(shut, start, end) > folded.count(opened, start, end) for opened, shut in _BRACKETS)


def first_part(layout: Layout, start: int, end: int) -> str:
    """The words before the first mark that parts names in titles of windows."""
    return plain(_SUFFIX_MARK.split(layout.folded[start:end], maxsplit=1)[0])


def torn_candidates(
    layout: Layout, found: Sequence[Candidate], low: int, opening: frozenset[int]
) -> Iterator[Candidate]:
    """Of a page that lost its lines: candidates with the pieces beside them, which were one headline with spaces."""
    for candidate in found:
        if candidate.share(opening) < _LEAST_SHARED or candidate.last != candidate.index:
            continue
        first, last = candidate.index, candidate.index
        while last + 1 < low and (count := _pieces(layout, last, 1, opening)) and last - first < _MOST_PIECES:
            last += count
        while first > 0 and (count := _pieces(layout, first, -1, opening)) and last - first < _MOST_PIECES:
            first -= count
        start, end = layout.lines[first].start, layout.lines[last].end
        if last > first and end - start <= _LONGEST_TORN:
            yield Candidate(first, start, end, plain(layout.folded[start:end]), last)


def _pieces(layout: Layout, index: int, step: int, opening: frozenset[int]) -> int:
    """How many lines beside this one carry its headline on: one, or a word in Latin letters and the one behind it."""
    if not _is_torn(layout, index, index + step):
        return 0
    words = plain(layout.words(index + step))
    if (
        len(words) >= _SHORTEST_PIECE
        and share_of(words, opening) >= _LEAST_PIECE
        and words != plain(layout.words(index))
    ):
        return 1
    behind = index + 2 * step
    if words.isascii() and any(map(str.isalpha, words)) and _is_torn(layout, index + step, behind):
        return 2 if share_of(plain(layout.words(behind)), opening) >= _LEAST_SHARED else 0
    return 0


def _is_torn(layout: Layout, index: int, beside: int) -> bool:
    """Whether only a space parts the two lines, and neither is known for anything else."""
    first, second = min(index, beside), max(index, beside)
    if first < 0 or second >= len(layout.lines) or beside in layout.tags:
        return False
    if any(found.index == beside for found in layout.fields.get("dateline", ())):
        return False
    gap = layout.text[layout.lines[first].end : layout.lines[second].start]
    return len(gap) == 1 and gap != "\n"


def bare_title(folded: str, start: int, end: int, names: Words) -> Pair:
    """The pair without the marks and the paper's name before a headline and the site's name behind it."""
    paper = names.paper_before.match(folded, start, end)
    if paper and end - paper.end() >= _SHORTEST_HEAD:
        start = paper.end()
    prefix = _PREFIX.match(folded, start, end)
    if prefix:
        start = prefix.end()
        label = _NEXT_LABEL.search(folded, start, min(end, start + _ROW_LENGTH))
        end = label.start() if label else end
        while end > start and folded[end - 1] in '"” ':
            end -= 1
    tool = _TOOL.search(folded, max(start, end - _SUFFIX_REACH), end)
    end = tool.start() if tool and tool.start() > start else end
    return start, _before_sites(folded, start, end, names.site_name)


def _before_sites(folded: str, start: int, end: int, site_name: re.Pattern[str]) -> int:
    """Where the headline ends before the names of columns and of the site, each behind a mark."""
    column = False
    for _ in range(_MOST_SUFFIXES):
        reach = max(start, end - _SUFFIX_REACH)
        suffix = _SUFFIX.search(folded, reach, end) if _SUFFIX_MARK.search(folded, reach, end) else None
        if suffix is None or suffix.start() - start < _SHORTEST_HEAD:
            break
        width = end - suffix.start()
        dash = not any(mark in suffix.group() for mark in ("_", "|", "｜", "--"))
        named = site_name.search(suffix.group()) or (column and width <= _LONGEST_COLUMN)
        if width >= suffix.start() - start or (dash and not named):
            break
        if (
            folded[suffix.start()] in _HYPHENS
            and _HYPHENED.search(folded, suffix.start() - 1, end)
            and _is_latin(folded, start, end)
        ):
            break
        column = suffix.group().startswith(" - ")
        end = suffix.start()
    return end


def _is_latin(folded: str, start: int, end: int) -> bool:
    return folded.isascii() or not _HAN.search(folded, start, end)


def share_of(words: str, pairs: frozenset[int]) -> float:
    """How many of the words' pairs of characters are among those."""
    return sum(map(pairs.__contains__, pairs_of(words))) / max(1, len(words) - 1)


def shared_pairs(lines: Iterable[str], opening: str) -> frozenset[int]:
    """The pairs of characters of any of the lines that stand in the opening too."""
    asked: set[int] = set()
    for words in lines:
        asked.update(pairs_of(words))
    return frozenset(asked.intersection(pairs_of(opening)))


def opening_of(layout: Layout, low: int, high: int) -> str:
    """The first words of the article, without marks."""
    if low >= high:
        return ""
    first = layout.lines[low].start
    return plain(layout.folded[first : min(layout.lines[high - 1].end, first + _SAMPLE)])


def pairs_of(words: str) -> list[int]:
    """Every two neighbouring characters as one number: two units of UTF-16 in four bytes, which costs no loop."""
    units = words.encode("utf-16-le", "surrogatepass")
    even, odd = len(units) // 4 * 4, (len(units) - 2) // 4 * 4
    return [*memoryview(units[:even]).cast("I"), *memoryview(units[2 : 2 + odd]).cast("I")]
