"""The page's headline: the line above the article that speaks of the same things, or what the markup declares."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from mingjian.core.clean.edges import plain
from mingjian.core.clean.layout import Layout
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.page import Declaration
from mingjian.core.model.span import Pair, cite

_PREFIX = re.compile(r"(?:#{1,6}|title:|Title:|标题[:：]|原标题[:：])[ \t]*[\"“]?")
_SUFFIX = re.compile(r"[ \t\u3000]*(?:[_|｜丨]+|[-–—]{1,2}(?=[^-–—]*$)|[ \t]-+[ \t])[ \t]*[^_|｜\n]{2,24}$")
_DECLARED = ("og:title", "title", "h1", "json-ld:headline", "twitter:title")
_SHORTEST_HEAD = 6
_SAMPLE = 800
_FARTHEST = 1.0
_SAME = 1.5
_SAME_AS_FIRST = 2.0


class Headline(msgspec.Struct, frozen=True, gc=False):
    """Where the headline stands in the text layer, and in which line."""

    start: int
    end: int
    index: int
    score: float


def find_headline(layout: Layout, low: int, high: int) -> Headline | None:
    """The best candidate above the article, or the heading of a policy text inside it."""
    limits = layout.limits.title
    first = layout.lines[low].start if low < len(layout.lines) else 0
    last = layout.lines[high - 1].end if high > low else 0
    body = plain(layout.folded[first : min(last, first + _SAMPLE)])
    pairs = {body[place : place + 2] for place in range(len(body) - 1)}
    best: Headline | None = None
    copies: dict[str, int] = {}
    found = list(_candidates(layout, low))
    top = plain(layout.words(0)) if layout.lines else ""
    for _, start, end in found:
        words = plain(layout.folded[start:end])
        copies[words] = copies.get(words, 0) + 1
    for index, start, end in found:
        score = _score(layout, (index, start, end), low, pairs)
        words = plain(layout.folded[start:end])
        score += _SAME if copies[words] > 1 else 0.0
        score += _SAME_AS_FIRST if index and len(words) >= _SHORTEST_HEAD and top.startswith(words) else 0.0
        if best is None or score > best.score:
            best = Headline(start, end, index, score)
    if best is not None and best.score >= limits.least_score:
        return best
    return _policy_heading(layout, low, high)


def _candidates(layout: Layout, low: int) -> Iterator[tuple[int, int, int]]:
    limits = layout.limits.title
    places = [*range(min(2, max(0, low - limits.above))), *range(max(0, low - limits.above), low)]
    for index in places:
        line = layout.lines[index]
        tag = layout.tags.get(index)
        if (tag is not None and (tag.kind != "meta" or tag.effect != "open")) or line.length > 2 * limits.longest:
            continue
        start, end = bare_title(layout.folded, line.start, line.end, layout.limits.words.site_name)
        if tag is not None and not _PREFIX.match(layout.folded, line.start):
            continue
        unlike = re.search(layout.limits.words.no_headline, layout.folded[start:end])
        if limits.shortest <= end - start <= limits.longest and unlike is None:
            yield index, start, end


def bare_title(folded: str, start: int, end: int, site_name: str) -> Pair:
    """The pair without the marks before a headline and the site's name behind it."""
    prefix = _PREFIX.match(folded, start, end)
    if prefix:
        start = prefix.end()
        while end > start and folded[end - 1] in "\"” ":
            end -= 1
    for _ in range(3):
        suffix = _SUFFIX.search(folded, start, end)
        if suffix is None or suffix.start() - start < _SHORTEST_HEAD:
            break
        width = end - suffix.start()
        dash = not any(mark in suffix.group() for mark in ("_", "|", "｜", "--"))
        if width >= suffix.start() - start or (dash and not re.search(site_name, suffix.group())):
            break
        end = suffix.start()
    return start, end


def _score(layout: Layout, candidate: tuple[int, int, int], low: int, pairs: set[str]) -> float:
    index, start, end = candidate
    line = layout.lines[index]
    words = plain(layout.folded[start:end])
    shared = sum(words[place : place + 2] in pairs for place in range(len(words) - 1)) / max(1, len(words) - 1)
    score = 3.0 * shared + min(len(words), 16) / 16
    below = (layout.tags.get(place) for place in range(index + 1, min(index + 4, low + 1)))
    if any(tag is not None and tag.effect == "open" for tag in below):
        score += 1.0
    if line.path.endswith(("h1", "h1/a", "h1/span")):
        score += 1.5
    if layout.folded.startswith("# ", line.start):
        score += 1.0
    if re.search(layout.limits.title.policy_heading, layout.folded[start:end]):
        score += 0.7
    score -= 0.4 * (line.commas > 0) + 0.5 * (line.stops > 0) + 1.0 * (line.links > 0.5)
    return score - min(_FARTHEST, 0.04 * (low - index))


def _policy_heading(layout: Layout, low: int, high: int) -> Headline | None:
    """The heading of the document itself, where nothing stands above it."""
    if low >= high:
        return None
    opening = layout.folded[layout.lines[low].start : layout.lines[low].start + _SAMPLE]
    if not re.search(layout.limits.words.issued, opening):
        return None
    for index in range(low, min(low + 12, high)):
        line = layout.lines[index]
        if line.stops or (line.finished and layout.folded[line.end - 1] not in ")）》") or not 8 <= line.length <= 90:
            continue
        if re.search(layout.limits.title.policy_heading, layout.words(index)) and line.commas < 2:
            return Headline(line.start, line.end, index, 2.0)
    return None


def cite_title(layout: Layout, headline: Headline | None) -> Outcome[str]:
    """The headline as a cited value: words of the text layer where they stand there, else what the markup declares."""
    declared = _declared(layout)
    if declared is not None:
        value, declaration = declared
        for line in layout.lines:
            start, end = bare_title(layout.folded, line.start, line.end, layout.limits.words.site_name)
            if end - start < 2 * len(value) and plain(layout.text[start:end]) == plain(value):
                return Cited(layout.text[start:end], cite(layout.text, start, end), f"title.{declaration.name}")
        if headline is None:
            return Cited(value, declaration.evidence, f"title.{declaration.name}")
    if headline is None:
        return Missing("no-title-in-page")
    start, end = headline.start, headline.end
    return Cited(layout.text[start:end], cite(layout.text, start, end), "title.headline")


def _declared(layout: Layout) -> tuple[str, Declaration] | None:
    by_name = {declaration.name: declaration for declaration in reversed(layout.page.declarations)}
    for name in _DECLARED:
        if name in by_name:
            value = by_name[name].value.strip()
            start, end = bare_title(value, 0, len(value), layout.limits.words.site_name)
            if end - start >= layout.limits.title.shortest:
                return value[start:end].strip(), by_name[name]
    return None
