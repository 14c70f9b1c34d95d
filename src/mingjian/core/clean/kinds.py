"""What a page is: an article, a list of links to others, or an error page, a wall or an empty frame.

An article is what is left: a page is called something else only where it has hardly any running text, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

import msgspec

from mingjian.core.clean.layout import Layout
from mingjian.core.clean.lines import Line
from mingjian.core.model.article import Kind, Metadata, PageKind
from mingjian.core.model.outcome import Missing
from mingjian.core.model.span import Pair
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.matching import scanner_for

_BROKEN_OFF = re.compile(r"(?:…|\.\.)\s?[\[【(（>]?(?:(?:查看|阅读|点击)?(?:详细|详情|全文|更多))?[\]】)）>»]{0,3}$")
_TAIL = 12
_OTHERS: frozenset[Kind] = frozenset({"related", "hot_search", "comment"})
_REASON = "not-an-article"
_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_BELOW_DATE = 3
_HEADLINES = 4  # lines among which the heading of a document is looked for


class Limits(msgspec.Struct, frozen=True):
    """The thresholds of ``rules/kinds.toml``."""

    reach: int
    running: int
    left_sure: int
    left_first: int
    left_weak: int
    whole: int
    whole_share: float
    first_lines: int
    empty: int
    least_prose: int
    largest_prose: int
    least_told: int
    least_card: int
    bare_date: int
    dated: int
    heads: int
    shortest_head: int
    longest_head: int
    longest_card: int
    portal_heads: int
    portal_menu: int
    menu_word: int
    linked: int
    linked_share: float
    unlinked_run: int


def find_page_kind(layout: Layout, stretch: Pair, title: str, book: Rulebook, own: bool = False) -> PageKind:
    """What the page is, by the running text that it has and by its words; ``own`` text under its title is no list."""
    limits = _limits_of(book)
    if layout.record is not None:
        return "article"
    channel = _is_channel(layout, limits) and not _is_document(layout, title, book)
    if not own and (channel or _is_stream(layout, limits)):
        return "list"
    told = _running(layout, stretch, limits) >= limits.running
    likely = told and _length(layout, stretch, _first_other(layout, 0)) >= limits.left_first
    words = {} if likely or _hangs_together(layout, stretch, limits) else _words_found(layout, limits, book)
    if _is_error(layout, stretch, words, limits) or _is_wall(layout, stretch, title, words, limits):
        return "error"
    if told or own:
        return "article"
    if _is_list(layout, stretch, words, limits) and not _is_document(layout, title, book):
        return "list"
    return "article" if any(_is_content(layout, index, limits) for index in range(len(layout.lines))) else "error"


def without_article(metadata: Metadata, kind: PageKind) -> Metadata:
    """The metadata of a page that is no article: its title and who publishes it remain, and nothing that it tells."""
    missing = Missing(_REASON)
    return msgspec.structs.replace(
        metadata,
        source=missing,
        published=missing,
        account_name=missing,
        authors=(),
        editors=(),
        document=None,
        page_kind=kind,
    )


def kinds_of_lines(layout: Layout, kind: PageKind, book: Rulebook) -> dict[int, Kind]:
    """What the lines are that no rule names, on a page that is no article."""
    if kind == "error":
        return {index: "other" for index in range(len(layout.lines)) if index not in layout.tags}
    shortest = _limits_of(book).shortest_head
    found: dict[int, Kind] = {}
    for index, line in enumerate(layout.lines):
        tag = layout.tags.get(index)
        if tag is None or (tag.kind == "meta" and line.length > shortest):
            found[index] = "related" if line.length >= shortest else "nav"
    return found


@lru_cache(maxsize=4)
def _limits_of(book: Rulebook) -> Limits:
    return msgspec.convert(dict(book.tables["kinds"]["limits"]), Limits)


@lru_cache(maxsize=4)
def _patterns_of(book: Rulebook) -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(source) for name, source in book.tables["kinds"]["words"].items()}


def _running(layout: Layout, stretch: Pair, limits: Limits) -> int:
    """How many characters of the article that was found read as running text."""
    return sum(
        layout.lines[index].length
        for index in range(*stretch)
        if index not in layout.tags and _reads(layout, layout.lines[index], limits.least_prose)
    )


def _reads(layout: Layout, line: Line, least: int) -> bool:
    """Whether the line is a whole sentence or more, and not linked."""
    if line.length < least or line.links > layout.limits.score.linked_share or not (line.stops or line.calls):
        return False
    return _BROKEN_OFF.search(layout.text, max(line.start, line.end - _TAIL), line.end) is None


def _words_found(layout: Layout, limits: Limits, book: Rulebook) -> dict[int, set[str]]:
    """For each line with words of these pages: what they say, as kind and weight."""
    found: dict[int, set[str]] = {}
    index, lines = 0, layout.lines
    for match in scanner_for(book, "kinds").scan(layout.folded[: limits.reach]):
        while index + 1 < len(lines) and lines[index + 1].start <= match.start:
            index += 1
        if index == len(lines) or lines[index].length > match.rule.fields["longest"]:
            continue
        if not _DAY.search(layout.folded, lines[index].start, lines[index].end):
            found.setdefault(index, set()).add(f"{match.rule.fields['kind']}.{match.rule.fields['weight']}")
    return found


def _is_error(layout: Layout, stretch: Pair, words: Mapping[int, set[str]], limits: Limits) -> bool:
    errors = {index: said for index, said in words.items() if any(word.startswith("error") for word in said)}
    sure = [index for index, said in errors.items() if "error.sure" in said]
    weak = [index for index, said in errors.items() if "error.weak" in said]
    end = _first_other(layout, min(sure or weak or errors, default=0))
    headed = any(tag.kind == "meta" and tag.effect == "open" and index < end for index, tag in layout.tags.items())
    left = _length(layout, stretch, end, () if headed else errors)
    if headed and sure:
        return left < limits.left_sure
    if sure:
        first = any(index < limits.first_lines for index in sure)
        return left < (limits.left_first if first else limits.left_sure)
    return bool(weak) and left < limits.left_weak


def _hangs_together(layout: Layout, stretch: Pair, limits: Limits) -> bool:
    """Whether a text was found that is long and hardly anything else than running text: no teasers and headlines."""
    running = _running(layout, stretch, limits)
    held = sum(layout.lines[index].length for index in range(*stretch) if index not in layout.tags)
    return running >= max(limits.whole, limits.whole_share * held)


def _is_wall(layout: Layout, stretch: Pair, title: str, words: Mapping[int, set[str]], limits: Limits) -> bool:
    """Whether the heading and another line ask readers to log in or to prove something, and little else is there."""
    weak = [index for index, said in words.items() if "error.weak" in said]
    if len(weak) < 2 or not any(index == 0 or layout.words(index) == title for index in weak):
        return False
    return _length(layout, stretch, len(layout.lines), words) < limits.left_sure


def _first_other(layout: Layout, low: int) -> int:
    """The first line behind ``low`` that heads other articles or comments, or the number of lines."""
    closed = ((index, tag.kind) for index, tag in layout.tags.items() if tag.effect == "close")
    return min((index for index, kind in closed if index > low and kind in _OTHERS), default=len(layout.lines))


def _length(layout: Layout, stretch: Pair, end: int, left_out: Container[int] = ()) -> int:
    """How many characters of text stand above the line ``end``."""
    return sum(line.length for index, line in _texts(layout, stretch) if index < end and index not in left_out)


def _is_stream(layout: Layout, limits: Limits) -> bool:
    """Whether the page is cards of other articles: every one a headline, one paragraph and a date."""
    dates = _dates(layout, limits)
    if len(dates) < limits.dated or len(set(dates.values())) < 2:
        return False
    cards = 0
    for low, high in pairwise([-1, *dates, len(layout.lines)]):
        prose = [index for index in range(low + 1, high) if _reads(layout, layout.lines[index], limits.least_card)]
        if len(prose) > 1:
            return False
        cards += bool(prose) and _is_head(layout, prose[0] - 1, limits)
    return cards >= limits.dated


def _is_channel(layout: Layout, limits: Limits) -> bool:
    """Whether the page is headlines, every one with its date, some of them with a short paragraph, and names no source.

    An article stands above the headlines of others with more than one short paragraph, or has its title once more.
    """
    dates = _dates(layout, limits)
    if len(dates) < 2 * limits.dated or len(set(dates.values())) < limits.dated:
        return False
    if layout.fields.get("source") or layout.fields.get("dateline"):
        return False
    if any(tag.kind == "comment" for tag in layout.tags.values()):
        return False
    paragraphs = 0
    for low, high in pairwise([-1, *dates]):
        inside = range(low + 1, high)
        prose = [index for index in inside if _reads(layout, layout.lines[index], limits.least_told)]
        if len(prose) > 1 or any(layout.lines[index].length > limits.longest_card for index in prose):
            return False
        paragraphs += len(prose)
    return paragraphs >= limits.dated


def _is_head(layout: Layout, index: int, limits: Limits) -> bool:
    line = layout.lines[index]
    return index not in layout.tags and limits.shortest_head <= line.length <= limits.longest_head and not line.stops


def _is_content(layout: Layout, index: int, limits: Limits) -> bool:
    """Whether the line is more than a word of a menu or a footer."""
    tag, length = layout.tags.get(index), layout.lines[index].length
    if tag is not None:
        return tag.kind == "meta" and length > limits.bare_date
    return length >= limits.empty and layout.words(index) not in layout.limits.menu


def _texts(layout: Layout, stretch: Pair) -> Iterator[tuple[int, Line]]:
    """The lines that may be text of an article: with marks of a sentence, or inside of the article that was found."""
    low, high = stretch
    for index, line in enumerate(layout.lines[: max(high, len(layout.lines))]):
        if index not in layout.tags and (low <= index < high or line.stops > 0):
            yield index, line


def _is_list(layout: Layout, stretch: Pair, words: Mapping[int, set[str]], limits: Limits) -> bool:
    untagged = [line for index, line in enumerate(layout.lines) if index not in layout.tags]
    if sum(line.length for line in untagged if _reads(layout, line, limits.least_prose)) >= limits.largest_prose:
        return False
    if _is_told(layout, stretch, limits):
        return False
    heads = [
        line for line in layout.lines if limits.shortest_head <= line.length <= limits.longest_head and not line.stops
    ]
    if len(heads) >= limits.heads and any("list.sure" in said for said in words.values()):
        return True
    return _is_dated(layout, limits) or _is_linked(layout, heads, limits) or _is_portal(layout, heads, limits)


def _is_told(layout: Layout, stretch: Pair, limits: Limits) -> bool:
    """Whether a sentence stands behind a dateline or right below the line of date: a short piece of news."""
    low, high = stretch
    if any(low <= found.index < high for found in layout.fields.get("dateline", ())):
        return True
    for index in range(low, high):
        above = range(max(0, index - _BELOW_DATE), index)
        if _reads(layout, layout.lines[index], limits.least_told) and any(
            place in layout.tags and layout.tags[place].kind == "meta" for place in above
        ):
            return True
    return False


def _is_document(layout: Layout, title: str, book: Rulebook) -> bool:
    """Whether the heading is that of a document which is a list itself, of a poem, or of a round-up."""
    patterns = _patterns_of(book)
    headings = [title, *(layout.words(index) for index in range(min(_HEADLINES, len(layout.lines))))]
    return any(patterns["document"].search(words) and not patterns["channel"].search(words) for words in headings)


def _is_dated(layout: Layout, limits: Limits) -> bool:
    """Whether many lines carry a date and a headline, newest first."""
    dates = _dates(layout, limits)
    if len(dates) < limits.dated or len(set(dates.values())) < 2:
        return False
    ordered = list(dates.values())
    falling = sum(later <= earlier for earlier, later in pairwise(ordered))
    return falling >= len(ordered) - 2


def _dates(layout: Layout, limits: Limits) -> dict[int, str]:
    """The days in short lines, by line."""
    dates: dict[int, str] = {}
    for found in layout.fields.get("published", ()):
        year, month, day = (found.match.group(name) for name in ("year", "month", "day"))
        short = layout.lines[found.index].length <= 2 * limits.longest_head
        if short and year and month and day and (year + month + day).isdecimal():
            dates.setdefault(found.index, f"{int(year):04d}{int(month):02d}{int(day):02d}")
    return dict(sorted(dates.items()))


def _is_portal(layout: Layout, heads: list[Line], limits: Limits) -> bool:
    """Whether the page is a menu and a great many headlines, and nowhere says when or by whom it was published."""
    if len(heads) < limits.portal_heads or any(layout.fields.get(field) for field in ("source", "byline", "dateline")):
        return False
    if any(found.match.group("hour") is not None for found in layout.fields.get("published", ())):
        return False
    menu = sum(line.length <= limits.menu_word for line in layout.lines)
    return menu >= limits.portal_menu


def _is_linked(layout: Layout, heads: list[Line], limits: Limits) -> bool:
    """Whether most of the page is linked headlines, and nothing of any length stands between them."""
    if not layout.page.stretches:
        return False
    share = layout.limits.score.linked_share
    if sum(line.links > share for line in heads) < limits.linked:
        return False
    total = sum(line.length for line in layout.lines)
    if sum(line.length * line.links for line in layout.lines) < limits.linked_share * total:
        return False
    run = longest = 0
    for index, line in enumerate(layout.lines):
        run = 0 if line.links > share or index in layout.tags else run + line.length
        longest = max(longest, run)
    return longest <= limits.unlinked_run
