"""Where the text comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mingjian.core.clean.layout import Found, Layout
from mingjian.core.clean.values import end_of_value
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.span import Pair, cite
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.sentences import trim

_NAME_BY_TIME = re.compile(r"[一-鿿A-Za-z][一-鿿A-Za-z·-]{1,15}")
_NEAR = 10
_SHORTEST = 2
_FAR = 20
_CAPTION = 6
_LONGEST = 16
_PRINTED = frozenset({"short", "line"})
_OPENING = 400
_FARTHEST = 40
_ACCOUNT_LINES = 3
_LONG_LINE = 160
_SHORT_LINE = 60
_REGION = 3
_LABELS = 3
_COMPILED = "综合"


def find_source(layout: Layout, stretch: Pair, media: frozenset[str], title_line: int | None = None) -> Outcome[str]:
    """The outlet that the page names as its source, by a label, the dateline, or whose reporter speaks.

    The lines between the headline, which stands in ``title_line``, and the article are its head, however many.
    """
    low, high = stretch
    top = low - _NEAR
    if title_line is not None and low - _FARTHEST <= title_line < low:
        top = min(top, title_line)
    return (
        _labelled_above(layout, low)
        or _labelled_below(layout, high)
        or _line_of_medium(layout, low, media, top)
        or _credited(layout, low)
        or _according(layout, low, high)
        or agency_of_dateline(layout, low, high)
        or _by_reporter(layout, low, high)
        or _account(layout, low, top)
        or _unnamed(layout, low, high)
        or Missing("no-source-in-page")
    )


def _labelled_above(layout: Layout, low: int) -> Cited[str] | None:
    """What stands behind the label nearest above the article; one beside the date first."""
    told = [found for found in _labels(layout) if found.index <= low]
    near = [found for found in reversed(told[-_LABELS:]) if low - found.index <= _FAR]
    near.sort(key=lambda found: _doubt(layout, found))
    own = [found for found in near if not _crawler_label(layout, found)]
    named = [found for found in near if layout.limits.words.outlet_line.fullmatch(_value_of(layout, found))]
    return cite_found(layout, (own or named)[0], "source") if own or named else None


def _labelled_below(layout: Layout, high: int) -> Cited[str] | None:
    """What stands behind the first label at the end of the article or just below it; what was compiled has no one."""
    near = (found for found in _labels(layout) if high - _LABELS <= found.index <= high + _NEAR)
    told = (found for found in near if not _value_of(layout, found).startswith(_COMPILED))
    return next((cite_found(layout, found, "source") for found in told), None)


def _labels(layout: Layout) -> list[Found]:
    """The labels of source that name one."""
    return [
        found
        for found in layout.fields.get("source", ())
        if layout.lines[found.index].length <= _LONG_LINE and _is_source(layout, _value_of(layout, found))
    ]


def _doubt(layout: Layout, found: Found) -> int:
    """How little a label speaks for the page: one beside the date is its own, one in brackets is a caption's."""
    dated = any(time.index == found.index for time in layout.fields.get("published", ()))
    line = layout.lines[found.index]
    head = layout.folded[line.start : found.match.start].rstrip()
    captioned = head.endswith(("(", "（")) and len(head) > _CAPTION
    return captioned - dated


def _crawler_label(layout: Layout, found: Found) -> bool:
    """Whether the label stands in a copy's own header: emphasised as Markdown does."""
    start = found.match.start
    return layout.text[max(0, start - 2) : start] == "**"


def _value_of(layout: Layout, found: Found) -> str:
    """The folded words behind a label of source, without the next label."""
    pair = found.match.span("source")
    return layout.folded[slice(*end_of_value(layout, pair))] if pair is not None else ""


def _is_source(layout: Layout, value: str) -> bool:
    if value in layout.limits.menu:
        return False
    if layout.limits.words.no_source.search(value):
        return False
    return bool(re.search(r"[一-鿿]{2}|^[A-Za-z]{3,}$", value))


def _line_of_medium(layout: Layout, low: int, media: frozenset[str], top: int) -> Cited[str] | None:
    """A known outlet by its name, alone in a line beside the line of date, or behind the date in that line."""
    for index in range(low, max(-1, top), -1):
        if index >= len(layout.lines):
            continue
        line = layout.lines[index]
        words = layout.folded[line.start : line.end]
        if index in layout.tags and not _is_time(layout, index):
            continue
        near = any(_is_time(layout, place) for place in (index - 2, index - 1, index + 1))
        if near and (words in media or _names_outlet(layout, words)):
            return Cited(layout.text[line.start : line.end], cite(layout.text, line.start, line.end), "source.line")
        after = _name_after_time(layout, index)
        if after is not None:
            return after
    return None


def _is_time(layout: Layout, index: int) -> bool:
    tag = layout.tags.get(index)
    return tag is not None and tag.kind == "meta" and tag.effect == "open"


def _has_clock(layout: Layout, index: int) -> bool:
    """Whether a short line tells the time of day, however many of its words are links."""
    short = layout.lines[index].length <= _SHORT_LINE
    return short and any(found.match.group("hour") is not None for found in _times_of(layout, index))


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
            return Cited(layout.text[slice(*name.span())], cite(layout.text, *name.span()), "source.after-time")
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


def _account(layout: Layout, low: int, top: int) -> Cited[str] | None:
    """The account or outlet that signs the page: what the markup calls so, or a name alone beside the date.

    The notice of a company is its own source, whichever site shows it.
    """
    if low < len(layout.lines):
        first = layout.lines[low].start
        notice = layout.cues["company-notice"].search(layout.folded, max(0, first - _OPENING), first + _OPENING)
        if notice or not layout.chinese(low):
            return None
    for index in range(min(low, len(layout.lines) - 1), max(-1, top), -1):
        if _is_time(layout, index) or _has_clock(layout, index):
            return _marked(layout, index) or _before_time(layout, index) or _after_time(layout, index)
    return None


def _marked(layout: Layout, index: int) -> Cited[str] | None:
    """A run of words beside the date whose element is named after the source."""
    first, last = (
        layout.lines[max(0, index - _ACCOUNT_LINES)].start,
        layout.lines[min(index + _ACCOUNT_LINES, len(layout.lines) - 1)].end,
    )
    for stretch in layout.page.stretches:
        if first <= stretch.start and stretch.end <= last and stretch.end - stretch.start <= _LONGEST:
            own = stretch.marks.rpartition(" ")[2]
            pair = trim(layout.folded, stretch.start, stretch.end)
            words = layout.folded[slice(*pair)]
            if layout.limits.words.source_mark.search(own) and _is_account(layout, words):
                return Cited(layout.text[slice(*pair)], cite(layout.text, *pair), "source.marked")
    return None


def _before_time(layout: Layout, index: int) -> Cited[str] | None:
    """The words before the date in its line, behind a label such as 原创, where they are one name."""
    first = min((found.match.start for found in _times_of(layout, index)), default=0)
    found = layout.cues["own-label"].match(layout.folded, layout.lines[index].start, first)
    start, end = trim(layout.folded, found.end() if found else layout.lines[index].start, first)
    return _name_of_account(layout, start, end, "source.before-time")


def _after_time(layout: Layout, index: int) -> Cited[str] | None:
    """The name that follows the date in its line."""
    line = layout.lines[index]
    last = max((found.match.end for found in _times_of(layout, index)), default=line.end)
    found = layout.cues["account"].match(layout.folded, last, line.end)
    if found and layout.cues["place-alone"].fullmatch(found.group("source")):
        found = None
    named = _name_of_account(layout, *found.span("source"), "source.after-time") if found else None
    return named or _own_element(layout, last, line.end)


def _own_element(layout: Layout, last: int, end: int) -> Cited[str] | None:
    """The words of the element right behind the date, which other elements may follow without a mark.

    Two or three characters that do not end as outlets do are the region that an account was shown from.
    """
    for stretch in layout.page.stretches:
        if last <= stretch.start <= last + _SHORTEST and stretch.end <= end:
            pair = trim(layout.folded, stretch.start, stretch.end)
            if pair[1] - pair[0] > _REGION or _names_outlet(layout, layout.folded[slice(*pair)]):
                return _name_of_account(layout, *pair, "source.after-time")
    return None


def _name_of_account(layout: Layout, start: int, end: int, by: str) -> Cited[str] | None:
    if start < end <= start + _LONGEST and _is_account(layout, layout.folded[start:end]):
        return Cited(layout.text[start:end], cite(layout.text, start, end), by)
    return None


def _is_account(layout: Layout, words: str) -> bool:
    """Whether the words may be the name of an account: one word without marks, no label and nothing of a menu."""
    if len(words) < _SHORTEST or not layout.cues["account-name"].fullmatch(words) or words in layout.limits.menu:
        return False
    patterns = layout.limits.words
    return not patterns.head_label.search(words) and not patterns.no_source.search(words)


def _unnamed(layout: Layout, low: int, high: int) -> Cited[str] | None:
    """What the label says where it names no outlet: that the site's own people wrote it, or others did."""
    for found in layout.fields.get("source", ()):
        value = found.match.group("source") or ""
        if low - _NEAR <= found.index <= low and layout.limits.words.unnamed_source.match(value):
            cited = cite_found(layout, found, "source")
            return Cited(cited.value, cited.evidence, "source.unnamed")
    return None


@lru_cache(maxsize=4)
def media_of(book: Rulebook) -> frozenset[str]:
    """All known names of outlets, folded."""
    media = book.lexicons.get("media")
    rows = media.entries if media is not None else ()
    return frozenset(fold(name) for row in rows for name in row.surfaces)


def cite_found(layout: Layout, found: Found, group: str) -> Cited[str]:
    """The named group of a match as a cited value, without the brackets of a title round it.

    What the head of the page says is given as printed, what its running text says in simplified characters.
    """
    start, end = end_of_value(layout, found.match.span(group) or (found.match.start, found.match.end))
    while start < end and layout.folded[start] in "《 \t":
        start += 1
    while end > start and layout.folded[end - 1] in "》 \t":
        end -= 1
    words = layout.text if found.match.rule.fields["place"] in _PRINTED else layout.folded
    return Cited(words[start:end], cite(layout.text, start, end), found.match.rule.id)
