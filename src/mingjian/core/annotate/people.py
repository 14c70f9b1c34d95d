"""People with title and affiliation as the page prints them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Organisation, Person
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.lexicon_matching import LexiconHit
from mingjian.core.text.matching import Match
from mingjian.core.text.places import Stretches, find_words

_BETWEEN_POSTS = frozenset({"", "、", "兼", "和", "及", "/", "兼任", " ", "，"})
_BEFORE_POSTS = ("原", "前", "时任", "现任")
_NEAR = 14  # characters of a unit between an organisation and a post: 某大学|未来教育研究组|组长
_DOTS = "·•・"
_BEFORE_FOREIGN = frozenset("的和与及由在对据向是为让把被请称说给而者人士长")  # particles, or a post's last character
_GLUE = frozenset(" 　:：")


class _Licensed(msgspec.Struct, frozen=True, gc=False):
    """One place where a name is licensed, with the post that licenses it."""

    name: Pair
    post: Pair | None
    by: str


class _Posts(msgspec.Struct, frozen=True):
    """Posts by the offset at which they end and begin."""

    by_end: Mapping[int, LexiconHit]
    by_start: Mapping[int, LexiconHit]


def annotate_people(
    article: Article,
    matches: Sequence[Match],
    hits: Sequence[LexiconHit],
    organisations: Sequence[Organisation],
    settings: Mapping[str, Any],
) -> tuple[Person, ...]:
    """The people that the body names, in order of first mention."""
    named = Stretches({mention for organisation in organisations for mention in organisation.mentions})
    others = Stretches((hit.start, hit.end) for hit in hits if hit.entry.lexicon in {"regions", "countries"})
    posts = [hit for hit in hits if hit.entry.lexicon == "titles"]
    around = _Posts({hit.end: hit for hit in posts}, {hit.start: hit for hit in posts})
    not_names = frozenset(settings["not_names"])
    licensed: dict[int, _Licensed] = {}
    for match in matches:
        one = _license(match, around, licensed, article.folded)
        if one is None or article.folded[one.name[0] : one.name[1]] in not_names:
            continue
        if not named.touching(*one.name) and not (others.touching(*one.name) and one.by != "person.foreign"):
            licensed.setdefault(one.name[1], one)
    return _people(article, sorted(licensed.values(), key=lambda one: one.name), organisations, named)


def _license(match: Match, posts: _Posts, licensed: Mapping[int, _Licensed], folded: str) -> _Licensed | None:
    name = match.span("name")
    if name is None:
        return None
    licence = match.rule.fields["licence"]
    if licence == "post":
        post = _post_before(name[0], posts, folded)
        return _Licensed(name, post, match.rule.id) if post is not None else None
    if licence == "list":
        first = licensed.get(match.start)
        return _Licensed(name, first.post, match.rule.id) if first is not None else None
    if licence in {"after", "before"}:
        return _Licensed(name, match.span("post"), match.rule.id)
    if licence == "form":
        return _foreign(name, match.rule.id, posts, folded)
    return _Licensed(name, None, match.rule.id)


def _foreign(name: Pair, rule: str, posts: _Posts, folded: str) -> _Licensed | None:
    """A foreign name: a post may end inside what looks like its first part; before it stands an edge or a particle."""
    first_part = next((place for place in range(*name) if folded[place] in _DOTS), name[1])
    start = next((place for place in range(first_part - 1, name[0] - 1, -1) if place in posts.by_end), name[0])
    before = folded[start - 1] if start else ""
    if before.isalpha() and before not in _BEFORE_FOREIGN and start not in posts.by_end:
        return None
    return _Licensed((start, name[1]), _post_before(start, posts, folded), rule)


def _post_before(end: int, posts: _Posts, folded: str) -> Pair | None:
    """The chain of posts that ends at ``end``: 党委书记、主任."""
    while end > 0 and folded[end - 1] in _GLUE:
        end -= 1
    hit = posts.by_end.get(end)
    if hit is None:
        return None
    start = hit.start
    for gap in (1, 0, 2):
        previous = posts.by_end.get(start - gap)
        if previous is not None and folded[start - gap : start] in _BETWEEN_POSTS:
            chain = _post_before(start - gap, posts, folded)
            start = chain[0] if chain else start
            break
    for word in _BEFORE_POSTS:
        if folded.endswith(word, 0, start):
            start -= len(word)
    return start, end


def _people(
    article: Article, licensed: Sequence[_Licensed], organisations: Sequence[Organisation], named: Stretches
) -> tuple[Person, ...]:
    groups: dict[str, list[_Licensed]] = {}
    for one in licensed:
        groups.setdefault(article.folded[one.name[0] : one.name[1]].replace(" ", ""), []).append(one)
    ends = {mention: organisation for organisation in organisations for mention in organisation.mentions}
    places = sorted(ends, key=lambda mention: mention[1])
    return tuple(_person(article, words, group, places, named) for words, group in groups.items())


def _person(
    article: Article, words: str, group: Sequence[_Licensed], places: Sequence[Pair], named: Stretches
) -> Person:
    best = next((one for one in group if one.post), group[0])
    affiliation = _affiliation(article, best, places)
    mentions = {one.name for one in group}
    mentions |= {pair for pair in find_words(article.folded, article.body, words) if not named.touching(*pair)}
    parts: dict[str, tuple[Pair, ...]] = {"name": (best.name,)}
    if best.post:
        parts["title"] = (best.post,)
    if affiliation:
        parts["affiliation"] = (affiliation,)
    start = min(pair[0] for pairs in parts.values() for pair in pairs)
    return Person(
        name=article.text[best.name[0] : best.name[1]],
        title=_words(article, best.post),
        affiliation=_words(article, affiliation),
        evidence=cite(article.text, start, max(pair[1] for pairs in parts.values() for pair in pairs)),
        mentions=tuple(_disjoint(sorted(mentions))),
        parts=parts,
        by=best.by,
    )


def _disjoint(pairs: Sequence[Pair]) -> Iterator[Pair]:
    reached = 0
    for start, end in pairs:
        if start >= reached:
            yield start, end
            reached = end


def _words(article: Article, pair: Pair | None) -> str | None:
    return article.text[pair[0] : pair[1]] if pair else None


def _affiliation(article: Article, one: _Licensed, places: Sequence[Pair]) -> Pair | None:
    """The organisation before the post, with the words of a unit between them."""
    if one.post is None or one.post[0] > one.name[0]:
        return None
    start = one.post[0]
    index = bisect_left(places, start + 1, key=lambda pair: pair[1]) - 1
    if index < 0 or start - places[index][1] > _NEAR:
        return None
    between = article.folded[places[index][1] : start]
    if any(not character.isalnum() for character in between) or "的" in between:
        return None
    return places[index][0], start
