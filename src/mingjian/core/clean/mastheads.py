"""The name of the site in the first lines of a page, as flattened pages keep it from the top of the window.

A name there is taken where the foot of the page, its line of date or an invitation gives it again, or where it ends as
names of sites do and a menu or the way to the page stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingjian.core.clean.layout import Layout
from mingjian.core.clean.lines import Line
from mingjian.core.model.article import Kind
from mingjian.core.model.outcome import Cited
from mingjian.core.model.span import Pair, cite

_TOP = 3  # lines
_NAME = re.compile(r"(?P<name>[一-鿿A-Za-z0-9·]{2,20})(?P<mark>[ \u3000\xa0\t]{0,8}(?:[>»›|_·/-]{0,2}|$))")
_COUNTRY = "中国·"  # before the second name of a place in the first line of a government's site
_PARTS = re.compile(r"[ \u3000\xa0\t|丨·/>»›]+")
_LATIN = re.compile(r"[A-Za-z .,&'-]*")
_HAN_PAIR = re.compile(r"[一-鿿]{2}")
_STEPS = frozenset(">»›")
_LEAST_MENU = 3
_LONGEST_ITEM = 8
_SHORT_NAME = 3
_TAILS = "网社报版"
_OTHERS = frozenset({"related", "breadcrumb", "nav", "caption", "comment"})  # they may name anybody
_LONGEST = 400  # of a line that gives the name again


def find_masthead(layout: Layout, first: int) -> Cited[str] | None:
    """The site's name at the top of the page, above the line that is the headline or else the article's first."""
    for index in range(min(first, _TOP)):
        for start, end in _names(layout, index):
            if _is_given_again(layout, (start, end)) or _heads_page(layout, index, (start, end)):
                name = layout.printed(start, end)
                return Cited(name, cite(layout.text, start, end), "publisher.masthead")
    return None


def _names(layout: Layout, index: int) -> Iterator[Pair]:
    """The first words of the line as a name without what it bears; the second, where the first is a portal's."""
    line = layout.lines[index]
    found = _NAME.match(layout.folded, line.start, line.end)
    if found is not None and found.group("name").startswith(_COUNTRY):
        found = _NAME.match(layout.folded, found.end(), line.end)
    if found is None:
        return
    start, end = found.span("name")
    tail = layout.limits.words.masthead_tail.search(layout.folded, start, end)
    if tail is not None and tail.start() >= start + 2:
        end = tail.start()
    words = layout.folded[start:end]
    if _HAN_PAIR.search(words) and words not in layout.limits.menu and not _is_no_name(layout, words):
        yield start, end


def _is_no_name(layout: Layout, words: str) -> bool:
    patterns = layout.limits.words
    return patterns.no_publisher.search(words) is not None or patterns.head_label.search(words) is not None


def _is_given_again(layout: Layout, name: Pair) -> bool:
    """Whether a line below that is known for something else than the article's gives the name as a word of its own."""
    words = layout.folded[name[0] : name[1]]
    for index, tag in layout.tags.items():
        line = layout.lines[index]
        if tag.kind in _OTHERS or line.start <= name[0] or line.length > _LONGEST:
            continue
        place = layout.folded.find(words, line.start, line.end)
        if place >= 0 and _is_word(layout, (place, place + len(words)), line, tag.kind):
            return True
    return False


def _is_word(layout: Layout, name: Pair, line: Line, kind: Kind) -> bool:
    """Whether no word runs into the name, as 关注 does in invitations; behind a long name one may follow."""
    (start, end), short = name, name[1] - name[0] <= _SHORT_NAME
    if start > line.start and layout.folded[start - 1].isalnum() and (short or kind != "promo"):
        return False
    return not short or end == line.end or not layout.folded[end].isalnum() or layout.folded[end] in _TAILS


def _heads_page(layout: Layout, index: int, name: Pair) -> bool:
    """Whether it ends as names of sites do, and a menu follows it or the way to the page."""
    words, line = layout.folded[name[0] : name[1]], layout.lines[index]
    if layout.page.stretches or not layout.limits.words.masthead.search(words):
        return False
    rest = layout.folded[name[1] : line.end]
    if rest.strip()[:1] in _STEPS and rest.strip():
        return layout.limits.words.outlet_line.fullmatch(words) is not None
    if _is_menu(rest) or layout.limits.words.masthead_tail.fullmatch(rest.strip()):
        return True
    below = range(index + 1, min(index + _TOP, len(layout.lines)))
    return _LATIN.fullmatch(rest) is not None and any(_leads(layout, place) for place in below)


def _leads(layout: Layout, index: int) -> bool:
    """Whether the line is a menu or the way to the page."""
    tag = layout.tags.get(index)
    return (tag is not None and tag.kind == "breadcrumb") or _is_menu(layout.words(index))


def _is_menu(words: str) -> bool:
    parts = [part for part in _PARTS.split(words) if part]
    return len(parts) >= _LEAST_MENU and all(len(part) <= _LONGEST_ITEM for part in parts)
