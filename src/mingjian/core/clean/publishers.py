"""Which site shows this page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from mingjian.core.clean.candidates import bare_title
from mingjian.core.clean.edges import plain
from mingjian.core.clean.layout import Found, Layout
from mingjian.core.clean.mastheads import find_masthead
from mingjian.core.clean.sources import agency_of_dateline, cite_found, media_of, name_before_time
from mingjian.core.clean.titles import Headline
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.page import Declaration
from mingjian.core.model.span import Pair, cite
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.sentences import trim

_SITE_PART = re.compile(r"[^_|｜丨\s–—-]{2,}")
_HOST = re.compile(r"(?:https?:)?//([^/:?#]+)")
_ADDRESSES = frozenset({"link:canonical", "og:url"})
_HAN = re.compile("[\u4e00-\u9fff]")
# Rules whose words are often a company's or an application's name, and not the site's.
WEAK = frozenset({
    "metadata.site-owner", "metadata.site-owner-behind", "metadata.site-follow", "metadata.site-carries",
    "metadata.site-copyright", "metadata.site-licence",
})  # fmt: skip
# What parts the names of columns and of the site from the headline in a title of the window.
_PARTING = re.compile(r"[ ]{0,2}(?:[_|｜丨]{1,3}|[ ]-{1,3}[ ]|(?<![-–—])[-–—](?![-–—]))[ ]{0,2}")
_SITE = re.compile(r"[一-鿿A-Za-z0-9·& ]{2,16}")
_IN_BOTH = re.compile(r"(?P<name>[一-鿿·]{2,12})[ ][A-Za-z][A-Za-z ]{1,15}")  # in Chinese, then in Latin letters
_LEAST_HEAD = 6
_NEAR = 6
_LONGEST = 10
_LONGEST_LINE = 20  # with a label and the author before the name


def find_publisher(
    layout: Layout, stretch: Pair, book: Rulebook, source: Outcome[str], headline: Headline | None = None
) -> Outcome[str]:
    """The site that shows this page: by breadcrumb, window, footer, line of date, account or address."""
    low, high = stretch
    named = [found for found in layout.fields.get("publisher", ()) if not low <= found.index < high]
    masthead = find_masthead(layout, low if headline is None else min(low, headline.index))
    return (
        _by_mark(layout, low)
        or _behind_headline(layout, headline)
        or (None if layout.page.stretches else masthead)
        or _first(layout, named, weak=False)
        or _by_window(layout, media_of(book))
        or masthead
        or _first(layout, named, weak=True)
        or _by_suffix(layout, low, media_of(book))
        or name_before_time(layout, low)
        or _line_above_time(layout, low)
        or _by_host(layout, book, low)
        or _second_agency(layout, stretch, source)
        or _by_handle(layout)
        or Missing("no-publisher-in-page")
    )


def _first(layout: Layout, named: Iterable[Found], *, weak: bool) -> Cited[str] | None:
    """The first that breadcrumbs and notices name, or, where ``weak``, owners of rights and what is advertised."""
    cited = (_site(layout, found) for found in named if (found.match.rule.id in WEAK) == weak)
    return next((site for site in cited if site is not None), None)


def _by_window(layout: Layout, media: frozenset[str]) -> Cited[str] | None:
    """The site's name behind the last mark of the title that the markup declares."""
    for declaration in layout.page.declarations:
        if declaration.name != "title":
            continue
        parts = [part for part in _SITE_PART.finditer(declaration.evidence.text) if _HAN.search(part.group())]
        for part in reversed(parts[1:]):
            name = fold(part.group())
            if (name in media or layout.limits.words.outlet_line.fullmatch(name)) and not _is_nothing(layout, name):
                start, end = declaration.evidence.start + part.start(), declaration.evidence.start + part.end()
                return Cited(part.group(), cite(layout.page.html, start, end, "html"), "publisher.window")
    return None


def _by_mark(layout: Layout, low: int) -> Cited[str] | None:
    """The words above the article whose element is named after the account that shows the page."""
    last = layout.lines[low].start if low < len(layout.lines) else 0
    for stretch in layout.page.stretches:
        if stretch.start >= last:
            return None
        pair = trim(layout.folded, stretch.start, stretch.end)
        if layout.limits.words.account_mark.search(stretch.marks) and _SITE.fullmatch(layout.folded, *pair):
            span = cite(layout.text, *pair)
            return Cited(span.text, span, "publisher.marked")
    return None


def _behind_headline(layout: Layout, headline: Headline | None) -> Cited[str] | None:
    """The last name behind the headline in a title of the window, or the name of the paper before it."""
    words = plain(layout.folded[headline.start : headline.end]) if headline is not None else ""
    if len(words) < _LEAST_HEAD:
        return None
    for declaration in layout.page.declarations:
        pair = _site_in(layout, fold(declaration.value), words) if declaration.name == "title" else None
        if pair is not None:
            return _cited_window(layout, declaration, declaration.value[slice(*pair)])
    if layout.page.declarations or not layout.lines:
        return None
    first = layout.lines[0]
    pair = _site_in(layout, layout.folded[first.start : first.end], words)
    if pair is None:
        return None
    span = cite(layout.text, first.start + pair[0], first.start + pair[1])
    return Cited(span.text, span, "publisher.suffix")


def _cited_window(layout: Layout, declaration: Declaration, name: str) -> Cited[str]:
    """The name with its place in the declaration; with the whole of it where the markup writes it otherwise."""
    place = declaration.evidence.text.rfind(name)
    if place < 0:
        return Cited(name, declaration.evidence, "publisher.window")
    start = declaration.evidence.start + place
    return Cited(name, cite(layout.page.html, start, start + len(name), "html"), "publisher.window")


def _site_in(layout: Layout, raw: str, words: str) -> Pair | None:
    """Where the title names the site: before the headline as papers do, or last behind it."""
    paper = layout.limits.words.paper_before.match(raw)
    if paper is not None and plain(raw[paper.end() :]).startswith(words[:_LEAST_HEAD]):
        return paper.span("publisher")
    marks = [found.span() for found in _PARTING.finditer(raw)]
    told = [place for place, (start, _) in enumerate(marks) if _is_same(plain(raw[:start]), words)]
    for place in range(len(marks) - 1, told[0] - 1, -1) if told else ():
        end = marks[place + 1][0] if place + 1 < len(marks) else len(raw)
        pair = trim(raw, marks[place][1], end)
        if _names_site(layout, raw[slice(*pair)]):
            both = _IN_BOTH.fullmatch(raw, *pair)
            return both.span("name") if both else pair
    return None


def _is_same(head: str, words: str) -> bool:
    """Whether one holds the other: a window may have the headline alone, a line its kind or its second part too."""
    return len(head) >= _LEAST_HEAD and (head in words or head.startswith(words))


def _names_site(layout: Layout, name: str) -> bool:
    """Whether the words may be the name of a site: no name of all columns, and not that of the software."""
    if _SITE.fullmatch(name) is None or name in layout.limits.menu or _is_nothing(layout, name):
        return False
    return layout.cues["no-site"].search(name) is None


def _is_nothing(layout: Layout, name: str) -> bool:
    return layout.limits.words.no_publisher.search(name) is not None


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
    if not re.search(r"[一-鿿]{2}", value) or layout.limits.words.no_publisher.search(value):
        return None
    return Cited(value, cite(layout.text, start, end), found.match.rule.id)


def _line_above_time(layout: Layout, low: int) -> Cited[str] | None:
    """The account or site whose name stands alone in the line over the line of date."""
    for index in range(max(1, low - _NEAR), low):
        tag = layout.tags.get(index)
        line = layout.lines[index - 1]
        if tag is None or tag.kind != "meta" or line.length > _LONGEST_LINE or index - 1 in layout.tags:
            continue
        own = layout.cues["own-label"].match(layout.folded, line.start, line.end)
        start = max(line.start, layout.folded.rfind(" ", line.start, line.end) + 1) if own else line.start
        words = layout.folded[start : line.end]
        fits = len(words) <= _LONGEST and layout.limits.words.outlet.search(words)
        if fits and not layout.limits.words.no_publisher.search(words):
            return Cited(words, cite(layout.text, start, line.end), "publisher.line")
    return None


def _by_suffix(layout: Layout, low: int, media: frozenset[str]) -> Cited[str] | None:
    """The site's name behind the headline in the first line, as titles of windows have it."""
    if not layout.lines or low == 0:
        return None
    line = layout.lines[0]
    _, end = bare_title(layout.folded, line.start, line.end, layout.limits.words)
    names = list(_SITE_PART.finditer(layout.folded, end, line.end))
    if not names:
        return None
    name = names[-1].group()
    if name not in media and not layout.limits.words.outlet_line.fullmatch(name):
        return None
    return Cited(name, cite(layout.text, *names[-1].span()), "publisher.suffix")


def _by_host(layout: Layout, book: Rulebook, low: int) -> Cited[str] | None:
    """The site of the page's own address, where the page prints it or the reader was given it."""
    hosts = hosts_of(book)
    for found in layout.fields.get("url", ())[:1]:
        pair = found.match.span("host")
        name = site_of(found.match.group("host") or "", hosts)
        if pair is not None and name and found.index < low:
            return Cited(name, cite(layout.text, *pair), "publisher.host")
    for declaration in layout.page.declarations:
        host = _HOST.match(declaration.evidence.text) if declaration.name in _ADDRESSES else None
        name = site_of(host.group(1).lower(), hosts) if host else None
        if host and name:
            first = declaration.evidence.start
            return Cited(
                name, cite(layout.page.html, first + host.start(1), first + host.end(1), "html"), "publisher.host"
            )
    url = layout.page.url
    host = _HOST.match(url or "")
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


def _second_agency(layout: Layout, stretch: Pair, source: Outcome[str]) -> Cited[str] | None:
    """The agency of the dateline, where the text says that it relies on another."""
    agency = agency_of_dateline(layout, *stretch)
    relies = isinstance(source, Cited) and source.by == "metadata.source-according"
    return agency if agency is not None and relies and source != agency else None


def _by_handle(layout: Layout) -> Cited[str] | None:
    for found in layout.fields.get("handle", ()):
        if layout.lines[found.index].length <= 90:
            return cite_found(layout, found, "publisher")
    return None
