"""Further places that mean a document of the page: 该办法, 文件明确, 东江的方案, 去年4月出台的方案, its number.

Only what can mean one document of the page is taken: where two fit the words, none is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec

from mingjian.core.annotate.policies.acts import day_of
from mingjian.core.model.annotation import TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Names, Policy
from mingjian.core.model.span import Pair
from mingjian.core.text.folding import fold
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.places import Stretches, find_many, find_words
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
    """What the places are read against, and which documents words were found to fit."""

    article: Article
    cues: Mapping[str, re.Pattern[str]]
    settings: Mapping[str, Any]
    documents: Sequence[_Document]
    own: Policy | None
    places: Mapping[int, str]
    days: Mapping[int, str | None]
    drafts: int
    titles: Stretches
    fitting: dict[tuple[str, str, str], Sequence[int]]


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
    days = {time.end: day_of(time) for time in reversed(times)}
    page = _Page(article, found.cues, found.settings, documents, own, places, days, len(drafts), titles, {})
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
    yield from ((pair, number, False) for pair, number in _numbers_again(page))
    for number, one in enumerate(page.documents):
        yield from ((pair, number, False) for pair in _shortened(number, one, page))


def _group(name: str, match: re.Match[str]) -> str:
    """The group of that name, or that of the pattern's second way to say it."""
    second = f"{name}_"
    return second if second in match.re.groupindex and match[second] is not None else name


def _number(cue: str, match: re.Match[str], page: _Page) -> int | None:
    """The number of the only document named before that the words can mean."""
    what, start = match[_group("what", match)], match.start(_group("whole", match))
    told = ""
    if cue == _PLACED:
        told = page.places.get(match.start("of"), "")
    elif cue == _DATED:
        verb = match.start("verb")
        told = page.days.get(verb) or page.days.get(verb - 1) or ""
    if not told and cue in (_PLACED, _DATED):
        return None
    asked = (cue, what, told)
    if asked not in page.fitting:
        found = (n for n, one in enumerate(page.documents) if _is_meant(asked, one, page))
        page.fitting[asked] = sorted(found, key=lambda n: page.documents[n].first)
    fitting = page.fitting[asked]
    if cue == _OWN and page.own is not None:
        return fitting[0] if fitting else None
    alone = fitting and (len(fitting) == 1 or page.documents[fitting[1]].first >= start)
    return fitting[0] if alone and page.documents[fitting[0]].first < start else None


def _is_meant(asked: tuple[str, str, str], one: _Document, page: _Page) -> bool:
    """Whether the words of a cue, with the place or the day that they tell, fit a document."""
    cue, what, told = asked
    if cue == _DRAFT:
        return one.draft and page.drafts == 1
    if cue == _REPORT:
        return one.base.endswith(page.settings["report"])
    if not _fits(what, one, page):
        return False
    if cue == _OWN and page.own is not None:
        return one.policy is page.own
    if cue == _PLACED:
        return one.base.startswith(told)
    return cue != _DATED or _may_be_of(told, one.policy)


def _fits(what: str, one: _Document, page: _Page) -> bool:
    """Whether a document may be called so: its title ends so, or the word is for any document but a law."""
    if what in page.settings["any_again"]:
        return page.cues["law-title"].search(one.base) is None and not one.base.endswith(page.settings["report"])
    return one.free or one.base.endswith(what.removeprefix(page.settings["three_years"]))


def _may_be_of(day: str, policy: Policy) -> bool:
    """Whether the day before the word of issue is not another than the document's own."""
    known = [told for told in (policy.date, policy.published, policy.signed, policy.in_force) if told]
    return not known or any(told.startswith(day) or day.startswith(told) for told in known)


def _numbers_again(page: _Page) -> Iterator[tuple[Pair, int]]:
    """Where the numbers of documents stand beyond the places that tell them; of one number the first document's."""
    bearers: dict[str, list[int]] = {}
    for number, one in enumerate(page.documents):
        if one.policy.doc_no:
            bearers.setdefault(fold(one.policy.doc_no), []).append(number)
    for words, places in find_many(page.article.folded, page.article.body, list(bearers)).items():
        for pair in places:
            beyond = (n for n in bearers[words] if pair not in page.documents[n].policy.parts.get("doc_no", ()))
            yield from ((pair, number) for number in islice(beyond, 1))


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
