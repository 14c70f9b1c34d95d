"""The page's headline: the line above the article that speaks of the same things, or what the markup declares."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from mingjian.core.clean.candidates import (
    Candidate,
    bare_title,
    counts,
    find_candidates,
    names_people,
    opening_of,
    pairs_of,
    share_of,
    shared_pairs,
    torn_candidates,
)
from mingjian.core.clean.edges import plain
from mingjian.core.clean.layout import Layout
from mingjian.core.clean.precedence import below_date, issuer_above, last_step, main_line
from mingjian.core.clean.windows import Window, windows_of
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.page import Declaration
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.folding import fold
from mingjian.core.text.sentences import trim

# The methods that take the headline from what the markup declares, by the names of the declarations, best first.
_SUFFIX_MARK = re.compile(r"[_|｜丨–—-]")
_SUFFIX_REACH = 64
_CRUMBS = re.compile(r"[^>»›]{1,20}(?:[>»›][^>»›\n]{1,20}){0,4}[>»›][ ]{0,2}[^ >»›]{1,8}[ ]")
_REMARK = re.compile(r"[（(][^（）()]{1,24}[）)]$")
_THREAD_TYPE = re.compile(r"\[[^\[\]\n]{1,12}\][ ]{0,2}")
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
_PROGRAMME = 2.0
_LINES_OF_HEAD = 4
_LEAST_SHARED = 0.3
_LEAST_TOLD = 0.1
_SAME_AS_WINDOW = 3.0
_BEGINS_WINDOW = 2.0
_FIRST = 1.0
_ENOUGH = 0.7
_TELLING = 10
_BESIDE = 0.7
_FIRST_HEADING = 1.5
_LINES_BELOW = 6
_NEAR_BELOW = 3
_AT_ONCE = 1.3
_FAR_BELOW = 0.6
_SHORTEST_PIECE = 5
_LONGEST_TORN = 45
_ROUND_BREAK = 2
_HAN = re.compile("[\u4e00-\u9fff]")
_ABOUT = 0.15
_MARKED = 0.5
_MASTHEAD = 2.0
_ALIKE = 0.25
_DASHES = ("——", "--", "—")
_HEADINGS = ("h1", "h2", "h1/a", "h1/span")
_SITES = ("og:site_name", "sitename", "application-name", "columnname")
_WRAPPED = re.compile(r"[ \t\r]{0,40}\n\s{0,40}(?![A-Za-z0-9])|(?<![A-Za-z0-9])[ \t\r]{0,40}\n\s{0,40}")


class Headline(msgspec.Struct, frozen=True, gc=False):
    """Where the headline stands in the text layer, and in which line."""

    start: int
    end: int
    index: int
    score: float
    by: str = "title.headline"
    opening: str = ""


def find_headline(layout: Layout, low: int, high: int) -> Headline | None:
    """The best candidate above the article, or the heading of a policy text inside it."""
    windows = windows_of(layout)
    found = list(find_candidates(layout, low, high, windows))
    if found:
        opening = opening_of(layout, low, high)
        found += list(torn_candidates(layout, found, low, frozenset(pairs_of(opening))))
        pairs = shared_pairs({candidate.words for candidate in found}, opening)
        scores = [_score(layout, candidate, low, pairs) for candidate in found]
        rival = any(_is_heading(layout, other) and other.share(pairs) >= _LEAST_SHARED for other in found)
        for place, candidate in enumerate(found):
            told = candidate.share(pairs) >= _LEAST_TOLD
            scores[place] += _agreement(candidate, windows, told) * (not _is_sites(layout, candidate, told, rival))
            scores[place] -= _MASTHEAD * _is_masthead(layout, candidate, found, pairs)
            scores[place] += below_date(layout, candidate, found, pairs)
        score = max(scores)
        if score >= layout.limits.title.least_score:
            best = _widest(found, scores)
            if best.index == 0 or not any(window.agrees(best.words) for window in windows):
                best = main_line(layout, best, found, pairs)
            return msgspec.structs.replace(_joined(layout, best, score, opening), opening=opening)
    return _before_date(layout, low, high) or _last_step(layout, low, high) or _policy_heading(layout, low, high)


def _last_step(layout: Layout, low: int, high: int) -> Headline | None:
    """The headline at the end of the way to the page."""
    opening = opening_of(layout, low, high)
    found = last_step(layout, low, opening) if opening else None
    if found is None:
        return None
    index = next(index for index, line in enumerate(layout.lines) if line.end >= found[1])
    return Headline(*found, index, 0.0, "title.breadcrumb", opening)


def _widest(found: Sequence[Candidate], scores: Sequence[float]) -> Candidate:
    """The best candidate, or one about as good that holds it and more of the headline."""
    score = max(scores)
    best = found[scores.index(score)]
    wider = (
        candidate
        for candidate, reached in zip(found, scores, strict=True)
        if reached >= score - _ABOUT and candidate.start <= best.start and candidate.end >= best.end
    )
    return max(wider, key=lambda candidate: candidate.end - candidate.start)


def _agreement(candidate: Candidate, windows: Sequence[Window], told: bool) -> float:
    """How much the title of the window speaks for the line; the line that is itself that title tells little."""
    itself = candidate.index == 0 and not any(window.declared for window in windows)
    if itself and (not told or len(candidate.words) < _SHORTEST_HEAD):
        return 0.0
    if any(window.agrees(candidate.words) for window in windows):
        return _FIRST if itself else _SAME_AS_WINDOW
    begun = any(window.begins(candidate.words) for window in windows) and len(candidate.words) >= _SHORTEST_HEAD
    return _BEGINS_WINDOW if begun and not itself else 0.0


def _is_heading(layout: Layout, candidate: Candidate) -> bool:
    return layout.lines[candidate.index].path.endswith(_HEADINGS)


def _is_sites(layout: Layout, candidate: Candidate, told: bool, rival: bool) -> bool:
    """Whether the line is the name that all pages of the site have for a title, and a heading tells more."""
    named = "logo" in layout.lines[candidate.index].marks.rpartition(" ")[2].lower()
    return not told and rival and (named or _is_heading(layout, candidate))


def _is_masthead(layout: Layout, candidate: Candidate, found: Sequence[Candidate], pairs: frozenset[int]) -> bool:
    """Whether the first line of the page is the name of its site: it ends so, and another line tells more."""
    if candidate.index or not layout.limits.words.masthead.search(layout.folded, candidate.start, candidate.end):
        return False
    others = (other for other in found if not other.words.startswith(candidate.words))
    return any(other.share(pairs) >= max(candidate.share(pairs), _LEAST_SHARED) for other in others)


def _joined(layout: Layout, best: Candidate, score: float, opening: str) -> Headline:
    """The headline with the line that continues it behind a dash, or that it was wrapped into."""
    start, end, last = best.start, best.end, best.last
    issuer = issuer_above(layout, best)
    if issuer is not None:
        return Headline(issuer, end, best.index - 1, score)
    if last + 1 < len(layout.lines) and last + 1 not in layout.tags:
        line = layout.lines[last + 1]
        if layout.folded.startswith(_DASHES, line.start) and line.length <= layout.limits.title.longest:
            return Headline(start, line.end, best.index, score)
    if best.index > 0 and best.index - 1 not in layout.tags and layout.folded.startswith(_DASHES, start):
        line = layout.lines[best.index - 1]
        if layout.limits.title.shortest <= line.length <= layout.limits.title.longest:
            return Headline(line.start, end, best.index - 1, score)
    return Headline(*_unbroken(layout, best, opening), best.index, score)


def _unbroken(layout: Layout, best: Candidate, opening: str) -> Pair:
    """The headline with the line above or below it, where the article has the words across their break as one."""
    start, end = best.start, best.end
    if best.last + 1 < len(layout.lines) and _is_across(layout, best.last, opening):
        end = layout.lines[best.last + 1].end
    elif best.index > 0 and _is_across(layout, best.index - 1, opening):
        start = layout.lines[best.index - 1].start
    return start, end


def _is_across(layout: Layout, index: int, opening: str) -> bool:
    """Whether the words round the break behind this line stand together in the opening of the article."""
    if {index, index + 1} & layout.tags.keys():
        return False
    first, second = plain(layout.words(index)), plain(layout.words(index + 1))
    if (
        first in second
        or second in first
        or min(len(first), len(second)) < _SHORTEST_PIECE
        or len(first) + len(second) > _LONGEST_TORN
    ):
        return False
    return first[-_ROUND_BREAK:] + second[:_ROUND_BREAK] in opening


def _before_date(layout: Layout, low: int, high: int) -> Headline | None:
    """The words before the date or the source in the line of both: a headline where the article begins with the same.

    Pages that lost their line feeds have way, headline, date and source in one line.
    """
    found = (*layout.fields.get("published", ()), *layout.fields.get("source", ()))
    firsts: dict[int, int] = {}
    for item in found:
        if low - _LINES_OF_HEAD <= item.index < low:
            firsts[item.index] = min(item.match.start, firsts.get(item.index, item.match.start))
    pairs = frozenset(pairs_of(opening_of(layout, low, high))) if firsts else frozenset()
    for index, first in sorted(firsts.items(), reverse=True):
        line = layout.lines[index]
        crumbs = _CRUMBS.match(layout.folded, line.start, first)
        start, end = trim(layout.folded, crumbs.end() if crumbs else line.start, first)
        label = layout.cues["label-end"].search(layout.folded, max(start, end - _SUFFIX_REACH), end)
        start, end = bare_title(layout.folded, start, label.start() if label else end, layout.limits.words)
        shared = share_of(plain(layout.folded[start:end]), pairs)
        if layout.limits.title.shortest <= end - start <= layout.limits.title.longest and shared >= _LEAST_SHARED:
            return Headline(start, end, index, shared, "title.one-line")
    return None


def _score(layout: Layout, candidate: Candidate, low: int, pairs: frozenset[int]) -> float:
    line, words = layout.lines[candidate.index], candidate.words
    score = 3.0 * min(_ENOUGH, share_of(words, pairs)) * _weight(words) + min(len(words), 16) / 16
    score += _placed(layout, candidate, low)
    score += _MARKED * ("title" in line.marks.rpartition(" ")[2].lower())
    score += _FIRST_HEADING * line.path.endswith(("h1", "h1/a", "h1/span"))
    score += 1.0 * layout.folded.startswith("# ", line.start)
    score += 0.7 * _ends_as_document(layout, candidate.start, candidate.end)
    if layout.limits.words.programme_title.match(layout.folded, candidate.start, candidate.end):
        score += _PROGRAMME
    score -= 0.4 * (line.commas > 0) + 0.5 * (line.stops > 0) + 1.0 * (line.links > 0.5)
    return score - min(_FARTHEST, 0.04 * (low - candidate.index))


def _placed(layout: Layout, candidate: Candidate, low: int) -> float:
    """What the lines beside it say: a headline stands below the way to the page and above the line of date."""
    index, next_one = candidate.index, candidate.last + 1
    score = 0.0
    below = _lines_to_head(layout, next_one, low)
    if below is not None:
        score += _FAR_BELOW if below >= _NEAR_BELOW else 1.0 if below else _AT_ONCE
    elif any(_is_tagged(layout, place, "open") for place in range(max(0, index - _LINES_OF_HEAD), index)):
        score -= _BESIDE
    above = layout.tags.get(index - 1)
    if above is not None and above.kind == "breadcrumb":
        score += _BESIDE + _MARKED * (next_one >= low)
    return score


def _lines_to_head(layout: Layout, first: int, low: int) -> int | None:
    """How many lines from this one on stand above that of date or author, if few; counters of readers do not count."""
    lines = (place for place in range(first, low + 1) if place < len(layout.lines) and not counts(layout, place))
    return next(
        (many for many, place in zip(range(_LINES_BELOW), lines, strict=False) if _is_head(layout, place)), None
    )


def _is_head(layout: Layout, index: int) -> bool:
    """Whether the line tells the date, how long ago it was, or who wrote: a headline stands above such."""
    if _is_tagged(layout, index, "open") or names_people(layout, index):
        return True
    if any(found.index == index for found in layout.fields.get("yearless", ())):
        return True
    return layout.cues["time-ago"].fullmatch(layout.words(index)) is not None


def _weight(words: str) -> float:
    """How much can be told from words so short: two or three may stand anywhere."""
    return min(1.0, len(words) / _TELLING)


def _is_tagged(layout: Layout, index: int, effect: str) -> bool:
    tag = layout.tags.get(index)
    return tag is not None and tag.effect == effect


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
    if declared is not None and not (headline is not None and _is_told_better(layout, headline, declared[0])):
        value, declaration = declared
        pair = _copy_of(layout, value)
        if pair is not None:
            start, end = pair
            return Cited(layout.text[start:end], cite(layout.text, start, end), _DECLARED[declaration.name])
        if headline is None or _is_other(layout, headline, value):
            return Cited(value, declaration.evidence, _DECLARED[declaration.name])
    if headline is None:
        return Missing("no-title-in-page")
    start, end = headline.start, headline.end
    return Cited(_unwrapped(layout.text[start:end]), cite(layout.text, start, end), headline.by)


def _is_told_better(layout: Layout, headline: Headline, declared: str) -> bool:
    """Whether the window is called as the headline says, or the article speaks of the headline's things only.

    Careless templates give all pages of a site or a column one title.
    """
    words, other = plain(layout.folded[headline.start : headline.end]), plain(fold(declared))
    if any(window.agrees(words) for window in windows_of(layout)):
        return True
    if _HAN.search(words) and not _HAN.search(other):
        return True
    pairs = frozenset(pairs_of(headline.opening))
    return other not in words and share_of(words, pairs) > share_of(other, pairs)


def _is_other(layout: Layout, headline: Headline, declared: str) -> bool:
    """Whether the line says something else than the markup does, and no heading of the markup: some other line."""
    line = layout.lines[headline.index]
    if line.path.endswith(_HEADINGS):
        return False
    return (
        share_of(plain(layout.folded[headline.start : headline.end]), frozenset(pairs_of(plain(fold(declared)))))
        < _ALIKE
    )


def _unwrapped(words: str) -> str:
    """The words without the line feeds that a headline was wrapped with; between words of letters a space stays."""
    return _WRAPPED.sub("", words).replace("\n", " ")


def _copy_of(layout: Layout, value: str) -> Pair | None:
    """Where a line of the page gives the declared headline, with or without the site's name behind it."""
    words = plain(value)
    if not words:
        return None
    text, first, least, most = layout.text, words[0], len(words), 2 * len(value) + 2 * _SUFFIX_REACH
    for line in layout.lines:
        if not least <= line.end - line.start <= most or text.find(first, line.start, line.end) < 0:
            continue
        start, end = bare_title(layout.folded, line.start, line.end, layout.limits.words)
        if end - start < 2 * len(value) and plain(text[start:end]) == words:
            return start, end
        kind = _THREAD_TYPE.match(layout.folded, start, end)
        if kind is not None and plain(text[kind.end() : end]) == words:
            return kind.end(), end
    return None


def _declared(layout: Layout) -> tuple[str, Declaration] | None:
    by_name = {declaration.name: declaration for declaration in reversed(layout.page.declarations)}
    for name in _DECLARED:
        if name in by_name:
            value = by_name[name].value.strip()
            start, end = bare_title(value, 0, len(value), layout.limits.words)
            words = value[start:end].strip()
            if end - start >= layout.limits.title.shortest and not _names_site(layout, words, by_name):
                return words, by_name[name]
    return None


def _names_site(layout: Layout, words: str, by_name: Mapping[str, Declaration]) -> bool:
    """Whether the words are only the name of the site or of a column, as careless templates have it."""
    first = plain(_SUFFIX_MARK.split(fold(words), maxsplit=1)[0])
    sites = {plain(fold(by_name[name].value)) for name in _SITES if name in by_name}
    for name in _DECLARED.keys() & by_name.keys():
        sites.update(map(plain, _SUFFIX_MARK.split(fold(by_name[name].value))[1:]))
    return first in sites or layout.cues["site-title"].fullmatch(first) is not None
