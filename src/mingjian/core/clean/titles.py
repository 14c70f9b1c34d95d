"""The page's headline: the line above the article that speaks of the same things, or what the markup declares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from mingjian.core.clean.edges import plain
from mingjian.core.clean.layout import Layout
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.page import Declaration
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.sentences import trim

_PREFIX = re.compile(r"(?:#{1,6}|title:|Title:|(?:原?标)?[ \u3000]{0,8}题[ ]?[:：])[ \t]{0,8}[\"“]?")
_SUFFIX = re.compile(
    r"[ \t\u3000]{0,8}(?:[_|｜丨]{1,8}|[-–—]{1,2}(?=[^-–—]*$)|[ \t]-{1,8}[ \t])[ \t]{0,8}[^_|｜\n]{2,24}$"
)
_SUFFIX_MARK = re.compile(r"[_|｜丨–—-]")
_SUFFIX_REACH = 64
_NEXT_LABEL = re.compile(r"[ \u3000]{1,8}[\u4e00-\u9fff]{2,4}[:：]")
_ROW_LENGTH = 240
_CRUMBS = re.compile(r"[^>»›]{1,20}(?:[>»›][^>»›\n]{1,20}){0,4}[>»›][ ]{0,2}[^ >»›]{1,8}[ ]")
_LABEL_END = re.compile(r"[ \u3000|｜]*(?:(?:发布|更新)?(?:时间|日期)|来源|作者)?[ :：|｜]*$")
_REMARK = re.compile(r"[（(][^（）()]{1,24}[）)]$")
# The methods that take the headline from what the markup declares, by the names of the declarations, best first.
_DECLARED = {
    "og:title": "title.og:title",
    "title": "title.title",
    "h1": "title.h1",
    "json-ld:headline": "title.json-ld:headline",
    "twitter:title": "title.twitter:title",
}
_SHORTEST_HEAD = 6
_SAMPLE = 800
_FARTHEST = 1.0
_SAME = 1.5
_PROGRAMME = 2.0
_LINES_OF_HEAD = 4
_LEAST_SHARED = 0.3
_SAME_AS_FIRST = 2.0


class Headline(msgspec.Struct, frozen=True, gc=False):
    """Where the headline stands in the text layer, and in which line."""

    start: int
    end: int
    index: int
    score: float
    by: str = "title.headline"


class _Candidate(msgspec.Struct, frozen=True, gc=False):
    """A line that may be the headline: where it stands, and its words without marks."""

    index: int
    start: int
    end: int
    words: str


def find_headline(layout: Layout, low: int, high: int) -> Headline | None:
    """The best candidate above the article, or the heading of a policy text inside it."""
    found = list(_candidates(layout, low))
    if found:
        copies = Counter(candidate.words for candidate in found)
        pairs = _shared(copies, _opening(layout, low, high))
        top = plain(layout.words(0))
        scores = [_score(layout, candidate, low, pairs) for candidate in found]
        for place, (index, words) in enumerate((candidate.index, candidate.words) for candidate in found):
            scores[place] += _SAME if copies[words] > 1 else 0.0
            scores[place] += _SAME_AS_FIRST if index and len(words) >= _SHORTEST_HEAD and top.startswith(words) else 0.0
        score = max(scores)
        if score >= layout.limits.title.least_score:
            best = found[scores.index(score)]
            return Headline(best.start, best.end, best.index, score)
    return _before_date(layout, low, high) or _policy_heading(layout, low, high)


def _before_date(layout: Layout, low: int, high: int) -> Headline | None:
    """The words before the date or the source in the line of both: a headline where the article begins with the same.

    Pages that lost their line feeds have way, headline, date and source in one line.
    """
    found = (*layout.fields.get("published", ()), *layout.fields.get("source", ()))
    firsts: dict[int, int] = {}
    for item in found:
        if low - _LINES_OF_HEAD <= item.index < low:
            firsts[item.index] = min(item.match.start, firsts.get(item.index, item.match.start))
    pairs = frozenset(_pairs(_opening(layout, low, high))) if firsts else frozenset()
    for index, first in sorted(firsts.items(), reverse=True):
        line = layout.lines[index]
        crumbs = _CRUMBS.match(layout.folded, line.start, first)
        start, end = trim(layout.folded, crumbs.end() if crumbs else line.start, first)
        label = _LABEL_END.search(layout.folded, max(start, end - _SUFFIX_REACH), end)
        start, end = bare_title(layout.folded, start, label.start() if label else end, layout.limits.words.site_name)
        shared = _share(plain(layout.folded[start:end]), pairs)
        if layout.limits.title.shortest <= end - start <= layout.limits.title.longest and shared >= _LEAST_SHARED:
            return Headline(start, end, index, shared, "title.one-line")
    return None


def _share(words: str, pairs: frozenset[int]) -> float:
    """How many of the words' pairs of characters are among those."""
    return sum(map(pairs.__contains__, _pairs(words))) / max(1, len(words) - 1)


def _shared(lines: Iterable[str], opening: str) -> frozenset[int]:
    """The pairs of characters of any of the lines that stand in the opening too."""
    asked: set[int] = set()
    for words in lines:
        asked.update(_pairs(words))
    return frozenset(asked.intersection(_pairs(opening)))


def _opening(layout: Layout, low: int, high: int) -> str:
    """The first words of the article, without marks."""
    if low >= high:
        return ""
    first = layout.lines[low].start
    return plain(layout.folded[first : min(layout.lines[high - 1].end, first + _SAMPLE)])


def _pairs(words: str) -> list[int]:
    """Every two neighbouring characters as one number: two units of UTF-16 in four bytes, which costs no loop."""
    units = words.encode("utf-16-le", "surrogatepass")
    even, odd = len(units) // 4 * 4, (len(units) - 2) // 4 * 4
    return [*memoryview(units[:even]).cast("I"), *memoryview(units[2 : 2 + odd]).cast("I")]


def _candidates(layout: Layout, low: int) -> Iterator[_Candidate]:
    limits, no_headline = layout.limits.title, layout.limits.words.no_headline
    places = [*range(min(2, max(0, low - limits.above))), *range(max(0, low - limits.above), low)]
    for index in places:
        line = layout.lines[index]
        if not limits.shortest <= line.end - line.start <= 2 * limits.longest:
            continue
        tag = layout.tags.get(index)
        if tag is not None and (tag.kind != "meta" or tag.effect != "open"):
            continue
        if tag is not None and not _PREFIX.match(layout.folded, line.start):
            continue
        start, end = bare_title(layout.folded, line.start, line.end, layout.limits.words.site_name)
        if not limits.shortest <= end - start <= limits.longest:
            continue
        if layout.folded[end - 1] in limits.no_headline_end or no_headline.search(layout.folded, start, end):
            continue
        words = plain(layout.folded[start:end])
        if words and not (words.isascii() and words.isdigit()):
            yield _Candidate(index, start, end, words)


def bare_title(folded: str, start: int, end: int, site_name: re.Pattern[str]) -> Pair:
    """The pair without the marks before a headline and the site's name behind it."""
    prefix = _PREFIX.match(folded, start, end)
    if prefix:
        start = prefix.end()
        label = _NEXT_LABEL.search(folded, start, min(end, start + _ROW_LENGTH))
        end = label.start() if label else end
        while end > start and folded[end - 1] in '"” ':
            end -= 1
    for _ in range(3):
        reach = max(start, end - _SUFFIX_REACH)
        suffix = _SUFFIX.search(folded, reach, end) if _SUFFIX_MARK.search(folded, reach, end) else None
        if suffix is None or suffix.start() - start < _SHORTEST_HEAD:
            break
        width = end - suffix.start()
        dash = not any(mark in suffix.group() for mark in ("_", "|", "｜", "--"))
        if width >= suffix.start() - start or (dash and not site_name.search(suffix.group())):
            break
        end = suffix.start()
    return start, end


def _score(layout: Layout, candidate: _Candidate, low: int, pairs: frozenset[int]) -> float:
    index, words = candidate.index, candidate.words
    line = layout.lines[index]
    score = 3.0 * _share(words, pairs) + min(len(words), 16) / 16
    below = (layout.tags.get(place) for place in range(index + 1, min(index + 4, low + 1)))
    if any(tag is not None and tag.effect == "open" for tag in below):
        score += 1.0
    if line.path.endswith(("h1", "h1/a", "h1/span")):
        score += 1.5
    if layout.folded.startswith("# ", line.start):
        score += 1.0
    if _ends_as_document(layout, candidate.start, candidate.end):
        score += 0.7
    if layout.limits.words.programme_title.match(layout.folded, candidate.start, candidate.end):
        score += _PROGRAMME
    score -= 0.4 * (line.commas > 0) + 0.5 * (line.stops > 0) + 1.0 * (line.links > 0.5)
    return score - min(_FARTHEST, 0.04 * (low - index))


def _policy_heading(layout: Layout, low: int, high: int) -> Headline | None:
    """The heading of the document itself, where nothing stands above it."""
    if low >= high:
        return None
    opening = layout.folded[layout.lines[low].start : layout.lines[low].start + _SAMPLE]
    if not layout.limits.words.issued.search(opening):
        return None
    for index in range(low, min(low + 12, high)):
        line = layout.lines[index]
        if line.stops or (line.finished and layout.folded[line.end - 1] not in ")）》") or not 8 <= line.length <= 90:
            continue
        if line.commas < 2 and _ends_as_document(layout, line.start, line.end):
            return Headline(line.start, line.end, index, 2.0)
    return None


def _ends_as_document(layout: Layout, start: int, end: int) -> bool:
    """Whether the words end as the heading of a document does, before a remark in brackets or without one."""
    if layout.folded[end - 1] in ")）":
        remark = _REMARK.search(layout.folded, start, end)
        end = remark.start() if remark else end
    return layout.folded.endswith(layout.limits.title.policy_words, start, end)


def cite_title(layout: Layout, headline: Headline | None) -> Outcome[str]:
    """The headline as a cited value: words of the text layer where they stand there, else what the markup declares."""
    declared = _declared(layout)
    if declared is not None:
        value, declaration = declared
        pair = _copy_of(layout, value)
        if pair is not None:
            start, end = pair
            return Cited(layout.text[start:end], cite(layout.text, start, end), _DECLARED[declaration.name])
        if headline is None:
            return Cited(value, declaration.evidence, _DECLARED[declaration.name])
    if headline is None:
        return Missing("no-title-in-page")
    start, end = headline.start, headline.end
    return Cited(layout.text[start:end], cite(layout.text, start, end), headline.by)


def _copy_of(layout: Layout, value: str) -> Pair | None:
    """Where a line of the page gives the declared headline, with or without the site's name behind it."""
    words = plain(value)
    if not words:
        return None
    text, first, least, most = layout.text, words[0], len(words), 2 * len(value) + 2 * _SUFFIX_REACH
    for line in layout.lines:
        if not least <= line.end - line.start <= most or text.find(first, line.start, line.end) < 0:
            continue
        start, end = bare_title(layout.folded, line.start, line.end, layout.limits.words.site_name)
        if end - start < 2 * len(value) and plain(text[start:end]) == words:
            return start, end
    return None


def _declared(layout: Layout) -> tuple[str, Declaration] | None:
    by_name = {declaration.name: declaration for declaration in reversed(layout.page.declarations)}
    for name in _DECLARED:
        if name in by_name:
            value = by_name[name].value.strip()
            start, end = bare_title(value, 0, len(value), layout.limits.words.site_name)
            if end - start >= layout.limits.title.shortest:
                return value[start:end].strip(), by_name[name]
    return None
