"""Where the text comes from, and which site shows this page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mingjian.core.clean.layout import Found, Layout
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.span import Pair, cite
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.folding import fold

_NOT_SOURCES = re.compile(r"^(?:原创|本站|本站原创|网络|互联网|未知|佚名|综合|转载|本网|作者|编辑|网友|责任编辑)$|\d{4}")
_OWN = re.compile(r"^(?:本报|本网|本刊|本台|我们|他们|有|全|多家|该|此|一|某|这)")
_NAME_BY_TIME = re.compile(r"[一-鿿A-Za-z][一-鿿A-Za-z·-]{1,15}")
_MEDIUM = re.compile(r"(?:社|网|报|台|新闻|财经|日报|在线|周刊|客户端|频道|发布)$")
_PLAIN_MEDIUM = re.compile(r"[一-鿿A-Za-z·]{2,9}(?:社|网|报|台|新闻|财经|在线|周刊|客户端)")
_LABELS = re.compile(r"发布|时间|日期|来源|作者|编辑|阅读|浏览|星期|周|字号|点击|评论|上午|下午|更新|本篇|看完|次数|原创|稿源|人气|记者|文章")
_NEAR = 10


def find_source(layout: Layout, stretch: Pair, media: frozenset[str]) -> Outcome[str]:
    """The outlet that the page names as its source, by a label, the dateline, or whose reporter speaks."""
    low, high = stretch
    order = (
        _labelled(layout, low, high),
        _line_of_medium(layout, low, media),
        _according(layout, low, high),
        _by_dateline(layout, low, high),
        _by_reporter(layout, low, high),
    )
    return next((found for found in order if found is not None), Missing("no-source-in-page"))


def _labelled(layout: Layout, low: int, high: int) -> Cited[str] | None:
    """What stands behind the label nearest above the article, else nearest below."""
    above: list[Found] = []
    below: list[Found] = []
    for found in layout.fields.get("source", ()):
        if layout.lines[found.index].length > 160 or not _is_source(found.match.group("source") or ""):
            continue
        if found.index <= low:
            above.append(found)
        elif high - 3 <= found.index <= high + _NEAR:
            below.append(found)
    for item in (*reversed(above[-3:]), *below):
        if low - item.index <= 20 and not _crawler_label(layout, item):
            return _cite(layout, item, "source")
    return None


def _crawler_label(layout: Layout, found: Found) -> bool:
    """Whether the label stands in a copy's own header: emphasised as Markdown does."""
    start = found.match.start
    return layout.text[max(0, start - 2) : start] == "**"


def _is_source(value: str) -> bool:
    if _NOT_SOURCES.search(value):
        return False
    return bool(re.search(r"[一-鿿]{2}|^[A-Za-z]{3,}$", value))


def _line_of_medium(layout: Layout, low: int, media: frozenset[str]) -> Cited[str] | None:
    """A known outlet by its name, alone in a line beside the line of date, or behind the date in that line."""
    for index in range(low, max(-1, low - _NEAR), -1):
        if index >= len(layout.lines):
            continue
        line = layout.lines[index]
        words = layout.folded[line.start : line.end]
        if index in layout.tags and not _is_time(layout, index):
            continue
        near = any(_is_time(layout, place) for place in (index - 2, index - 1, index + 1))
        if near and (words in media or (line.length <= 10 and _PLAIN_MEDIUM.fullmatch(words))) and not _LABELS.search(words):
            return Cited(words, cite(layout.text, line.start, line.end), "source.line")
        after = _name_after_time(layout, index)
        if after is not None:
            return after
    return None


def _is_time(layout: Layout, index: int) -> bool:
    tag = layout.tags.get(index)
    return tag is not None and tag.kind == "meta" and tag.effect == "open"


def _times_of(layout: Layout, index: int) -> Iterator[Found]:
    return (found for found in layout.fields.get("published", ()) if found.index == index)


def _name_after_time(layout: Layout, index: int) -> Cited[str] | None:
    line = layout.lines[index]
    for found in _times_of(layout, index):
        if not _is_time(layout, index):
            continue
        name = _NAME_BY_TIME.search(layout.folded, found.match.end, line.end)
        if name and _MEDIUM.search(name.group()) and not _LABELS.search(name.group()):
            return Cited(name.group(), cite(layout.text, *name.span()), "source.after-time")
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
            if not _LABELS.search(name.group())
        ]
        if len(names) == 1 and names[0].start() == line.start:
            return Cited(names[0].group(), cite(layout.text, *names[0].span()), "publisher.before-time")
    return None


def _according(layout: Layout, low: int, high: int) -> Cited[str] | None:
    """The outlet that the first paragraph relies on (据某社报道), or that broadcast items begin with (某网消息)."""
    for found in layout.fields.get("according", ()):
        value = found.match.group("source") or ""
        if low <= found.index <= min(high, low + 2) and not _OWN.match(value) and _is_source(value):
            return _cite(layout, found, "source")
    return None


def _by_dateline(layout: Layout, low: int, high: int) -> Cited[str] | None:
    for found in layout.fields.get("dateline", ()):
        agency = found.match.group("agency") or ""
        if low - 1 <= found.index <= min(high, low + 4) and not _OWN.match(agency):
            return _cite(layout, found, "agency")
    return None


def _by_reporter(layout: Layout, low: int, high: int) -> Cited[str] | None:
    """The outlet whose reporter the article speaks of: the one named most often, the byline's first."""
    counts: dict[str, list[Found]] = {}
    for found in layout.fields.get("byline", ()):
        outlet = (found.match.group("outlet") or "").strip("《》")
        if found.match.end - found.match.start < layout.lines[found.index].length - 8:
            continue
        if low - 3 <= found.index <= high + 3 and len(outlet) >= 3 and not _OWN.match(outlet):
            if _MEDIUM.search(outlet):
                return _cite(layout, found, "outlet")
    for found in layout.fields.get("reporter", ()):
        value = found.match.group("source") or ""
        if low <= found.index < high and not _OWN.match(value):
            counts.setdefault(value, []).append(found)
    if not counts:
        return None
    best = max(counts.values(), key=lambda items: (len(items), -items[0].index))
    return _cite(layout, best[0], "source")


def find_publisher(layout: Layout, stretch: Pair, book: Rulebook, source: Outcome[str]) -> Outcome[str]:
    """The site that shows this page: by breadcrumb, footer, line of date, account or address."""
    low, _ = stretch
    for found in layout.fields.get("publisher", ()):
        cited = _site(layout, found)
        if cited is not None:
            return cited
    order = (name_before_time(layout, low), _by_host(layout, book), _second_agency(layout, stretch, source), _by_handle(layout))
    return next((found for found in order if found is not None), Missing("no-publisher-in-page"))


def _site(layout: Layout, found: Found) -> Cited[str] | None:
    pair = found.match.span("publisher")
    if pair is None:
        return None
    if found.match.rule.fields["place"] == "short" and layout.lines[found.index].length > 300:
        return None
    start, end = pair
    words = layout.folded[start:end]
    tail = len(words) - len(words.rstrip("所"))
    if tail and found.match.rule.id == "metadata.site-carries":
        end -= tail
    value = layout.folded[start:end]
    if not re.search(r"[一-鿿]{2}", value) or re.search(r"^(?:本网|本站|我们|返回|网站|公司|未经)|作者|转载|所有|^\d", value):
        return None
    return Cited(value, cite(layout.text, start, end), found.match.rule.id)


def _by_host(layout: Layout, book: Rulebook) -> Cited[str] | None:
    """The site of the page's own address, where the page prints it or the reader was given it."""
    hosts = hosts_of(book)
    for found in layout.fields.get("url", ())[:1]:
        pair = found.match.span("host")
        name = site_of(found.match.group("host") or "", hosts)
        if pair is not None and name and found.index < 40:
            return Cited(name, cite(layout.text, *pair), "publisher.host")
    url = layout.page.url
    host = re.match(r"https?://([^/:?#]+)", url or "")
    if url and host:
        name = site_of(host.group(1).lower(), hosts)
        if name:
            return Cited(name, cite(url, *host.span(1), layer="url"), "publisher.host")
    return None


def site_of(host: str, hosts: dict[str, str]) -> str | None:
    """The site that the host belongs to: the longest registered ending of it.

    >>> site_of("www.example.com", {"example.com": "某网"})
    '某网'
    """
    parts = host.split(".")
    return next((hosts[ending] for ending in (".".join(parts[i:]) for i in range(len(parts))) if ending in hosts), None)


@lru_cache(maxsize=4)
def hosts_of(book: Rulebook) -> dict[str, str]:
    """Registered hosts and the sites they belong to."""
    media = book.lexicons.get("media")
    rows = media.entries if media is not None else ()
    return {host: row.name for row in rows for host in row.fields.get("hosts", "").split("|") if host}


@lru_cache(maxsize=4)
def media_of(book: Rulebook) -> frozenset[str]:
    """All known names of outlets, folded."""
    media = book.lexicons.get("media")
    rows = media.entries if media is not None else ()
    return frozenset(fold(name) for row in rows for name in row.surfaces)


def _second_agency(layout: Layout, stretch: Pair, source: Outcome[str]) -> Cited[str] | None:
    """The agency of the dateline, where the text says that it relies on another."""
    agency = _by_dateline(layout, *stretch)
    if agency is not None and isinstance(source, Cited) and source.value != agency.value:
        if source.by.startswith("metadata.source-according"):
            return agency
    return None


def _by_handle(layout: Layout) -> Cited[str] | None:
    for found in layout.fields.get("handle", ()):
        if layout.lines[found.index].length <= 90:
            return _cite(layout, found, "publisher")
    return None


def _cite(layout: Layout, found: Found, group: str) -> Cited[str]:
    start, end = found.match.span(group) or (found.match.start, found.match.end)
    while start < end and layout.folded[start] in "《 \t":
        start += 1
    while end > start and layout.folded[end - 1] in "》 \t":
        end -= 1
    return Cited(layout.folded[start:end], cite(layout.text, start, end), found.match.rule.id)
