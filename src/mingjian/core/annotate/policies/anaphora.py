"""Further places that mean a document of the page: 该办法, 文件明确, 东江的方案, 去年4月出台的方案, its number.

Only what can mean one document of the page is taken: where two fit the words, none is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from mingjian.core.annotate.policies.acts import day_of
from mingjian.core.model.annotation import TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Names, Policy
from mingjian.core.model.span import Pair
from mingjian.core.text.folding import fold
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.places import Stretches, find_words
from mingjian.core.text.titles import titles_of

_MARKED, _OWN, _DRAFT, _REPORT, _PLACED, _DATED = (
    "short-title", "points-to-own", "draft-again", "report-says", "of-place", "issued-then",
)  # fmt: skip
_ANYWHERE = ("points-back", "says-so", "rests-on")
_SHORTENED_MOST = 24  # characters of a title without marks that leaves words out
_SHORTENED_LEAST = 4  # … and of what it keeps before the kind of document


class _Document(msgspec.Struct, frozen=True):
    """A document of the page: its title without brackets, the kind that ends it, and where it is first named."""

    policy: Policy
    base: str
    kind: str
    first: int
    free: bool
    draft: bool


class _Page(msgspec.Struct, frozen=True):
    """What the places are read against."""

    article: Article
    cues: Mapping[str, re.Pattern[str]]
    settings: Mapping[str, Any]
    documents: Sequence[_Document]
    own: Policy | None
    places: Mapping[int, str]
    times: Sequence[TimeExpression]
    drafts: int
    titles: Stretches


def with_anaphora(
    policies: Sequence[Policy],
    own: Policy | None,
    article: Article,
    found: GroupFindings,
    names: Names,
    times: Sequence[TimeExpression],
) -> tuple[Policy, ...]:
    """The documents with all places that mean them; ``own`` is that whose text the page is."""
    if not policies:
        return ()
    documents = [_document(policy, found) for policy in policies]
    places = {end: article.folded[start:end] for one in names.regions for start, end in one.mentions}
    drafts = {match["before"] or match["inside"] for match in found.cues["drafted"].finditer(article.folded)}
    titles = Stretches(titles_of(article))
    page = _Page(article, found.cues, found.settings, documents, own, places, times, len(drafts), titles)
    named = [pair for policy in policies for pair in (*policy.mentions, *policy.parts.get("title", ()))]
    taken = Stretches(named)
    further: dict[int, set[Pair]] = {}
    for pair, number, marked in sorted(set(_meant(page))):
        if not taken.touching(*pair) and (marked or not titles.touching(*pair)):
            taken.add(*pair)
            further.setdefault(number, set()).add(pair)
    return tuple(
        msgspec.structs.replace(policy, mentions=tuple(sorted({*policy.mentions, *further.get(number, ())})))
        for number, policy in enumerate(policies)
    )


def _document(policy: Policy, found: GroupFindings) -> _Document:
    cues, settings = found.cues, found.settings
    words = fold(policy.title)
    base = cues["edition"].sub("", cues["bracket"].sub("", words.strip()))
    kind = next((each for each in settings["kinds_again"] if base.endswith(each)), "")
    first = min((start for start, _ in (*policy.parts.get("title", ()), *policy.mentions)), default=0)
    free = policy.title == policy.doc_no
    draft = policy.status == "draft" or cues["draft-title"].search(words) is not None
    return _Document(policy, base, kind, first, free, draft)


def _meant(page: _Page) -> Iterator[tuple[Pair, int, bool]]:
    """Every place with the number of the document that it means, and whether it stands in book marks."""
    for block in page.article.body:
        for cue in (*_ANYWHERE, _MARKED, _OWN, _DRAFT, _REPORT, _PLACED, _DATED):
            for match in page.cues[cue].finditer(page.article.folded, block.start, block.end):
                number = _number(cue, match, page)
                if number is not None:
                    yield match.span(_group("whole", match)), number, cue == _MARKED
    for number, one in enumerate(page.documents):
        yield from ((pair, number, False) for pair in _numbers_again(one, page))
        yield from ((pair, number, False) for pair in _shortened(number, one, page))


def _group(name: str, match: re.Match[str]) -> str:
    """The group of that name, or that of the pattern's second way to say it."""
    second = f"{name}_"
    return second if second in match.re.groupindex and match[second] is not None else name


def _number(cue: str, match: re.Match[str], page: _Page) -> int | None:
    """The number of the only document named before that the words can mean."""
    what, start = match[_group("what", match)], match.start(_group("whole", match))
    if cue == _OWN and page.own is not None:
        return next(
            (n for n, one in enumerate(page.documents) if one.policy is page.own and _fits(what, one, page)), None
        )
    fitting = [n for n, one in enumerate(page.documents) if _fits(what, one, page)]
    if cue == _DRAFT:
        fitting = [n for n, one in enumerate(page.documents) if one.draft] if page.drafts == 1 else []
    if cue == _REPORT:
        fitting = [n for n, one in enumerate(page.documents) if one.base.endswith(page.settings["report"])]
    if cue == _PLACED:
        place = page.places.get(match.start("of"))
        fitting = [n for n in fitting if place and page.documents[n].base.startswith(place)]
    if cue == _DATED:
        fitting = [n for n in fitting if _may_be_of(match.start("verb"), page.documents[n].policy, page)]
    before = [n for n in fitting if page.documents[n].first < start]
    return before[0] if len(before) == 1 else None


def _fits(what: str, one: _Document, page: _Page) -> bool:
    """Whether a document may be called so: its title ends so, or the word is for any document but a law."""
    if what in page.settings["any_again"]:
        return page.cues["law-title"].search(one.base) is None and not one.base.endswith(page.settings["report"])
    return one.free or one.base.endswith(what.removeprefix(page.settings["three_years"]))


def _may_be_of(verb: int, policy: Policy, page: _Page) -> bool:
    """Whether the time before the word of issue is not another than the document's own."""
    time = next((each for each in page.times if each.end == verb or each.end == verb - 1), None)
    day = day_of(time) if time is not None else None
    if day is None:
        return False
    known = [told for told in (policy.date, policy.published, policy.signed, policy.in_force) if told]
    return not known or any(told.startswith(day) or day.startswith(told) for told in known)


def _numbers_again(one: _Document, page: _Page) -> Iterable[Pair]:
    """Where the document's number stands beyond the place that tells it."""
    number, known = one.policy.doc_no, one.policy.parts.get("doc_no", ())
    places = find_words(page.article.folded, page.article.body, fold(number)) if number else ()
    return (pair for pair in places if pair not in known)


def _shortened(number: int, one: _Document, page: _Page) -> Iterator[Pair]:
    """Where the title stands without marks and without some of its words, and no other title of the page fits."""
    if not one.kind or len(page.documents) > page.settings["looked_back"]:
        return
    for start, end in find_words(page.article.folded, page.article.body, one.kind):
        if page.titles.touching(start, end):
            continue
        low = _reach(start, one, page)
        part = page.cues["of-longer-name"].match(page.article.folded, end)
        if start - low < _SHORTENED_LEAST or low <= one.first < end or part is not None:
            continue
        others = (other for n, other in enumerate(page.documents) if n != number and other.base.endswith(one.kind))
        if not any(_reach(start, other, page) <= low for other in others) and not _of_other_place(low, one, page):
            yield low, end


def _reach(kind: int, one: _Document, page: _Page) -> int:
    """How far before the kind of document the words go on that are those of the title in its order."""
    folded, low = page.article.folded, kind
    title = one.base[: len(one.base) - len(one.kind)]
    place = len(title)
    while low > 0 and kind - low < _SHORTENED_MOST:
        place = title.rfind(folded[low - 1], 0, place)
        if place < 0:
            break
        low -= 1
    return low


def _of_other_place(low: int, one: _Document, page: _Page) -> bool:
    """Whether a place stands right before that is none of the title's."""
    place = page.places.get(low)
    return place is not None and place not in one.base
