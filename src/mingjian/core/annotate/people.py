"""People with title and affiliation as the page prints them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Organisation, Person
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.lexicon_matching import LexiconHit
from mingjian.core.text.matching import Match
from mingjian.core.text.places import Stretches, find_many, leftmost_longest

# Forms of writing, not words: the dot in a foreign name, what may stand between a post and a name.
_DOTS = "·•・"
_GLUE = frozenset(" 　:：")
_PLACES = frozenset({"regions", "countries"})


class _Licensed(msgspec.Struct, frozen=True, gc=False):
    """One place where a name is licensed, with the post that licenses it, and where what licenses it begins."""

    start: int
    name: Pair
    post: Pair | None
    by: str


class _Around(msgspec.Struct, frozen=True):
    """What a name is read against: posts by the offset at which they end, and the organisations by theirs."""

    article: Article
    posts: Mapping[int, LexiconHit]
    named: Stretches
    places: Sequence[Pair]
    ends: Sequence[int]


def annotate_people(
    article: Article, found: GroupFindings, hits: Sequence[LexiconHit], organisations: Sequence[Organisation]
) -> tuple[Person, ...]:
    """The people that the body names, in order of first mention."""
    around = _around(article, hits, organisations)
    others = Stretches((hit.start, hit.end) for hit in hits if hit.entry.lexicon in _PLACES)
    candidates = [one for end in around.posts if (one := _after_post(found, around, end)) is not None]
    candidates += [one for match in found.matches if (one := _license(found, around, match)) is not None]
    labels = Counter(match.group("name") for match in found.matches if match.rule.fields["licence"] == "label")
    candidates = [one for one in candidates if one.by != "person.label" or labels[article.folded[slice(*one.name)]] > 1]
    licensed: dict[int, _Licensed] = {}
    for candidate in sorted(candidates, key=lambda one: one.start):
        named: _Licensed | None = candidate
        while named is not None and _may_be_name(found, around, others, named):
            licensed.setdefault(named.name[1], named)
            named = _next_in_list(found, around, licensed[named.name[1]])
    return _people(found, around, sorted(licensed.values(), key=lambda one: one.name))


def _around(article: Article, hits: Sequence[LexiconHit], organisations: Sequence[Organisation]) -> _Around:
    mentions = {mention for organisation in organisations for mention in organisation.mentions}
    places = sorted(mentions, key=lambda mention: mention[1])
    posts = {hit.end: hit for hit in hits if hit.entry.lexicon == "titles"}
    return _Around(article, posts, Stretches(mentions), places, [end for _, end in places])


def _after_post(found: GroupFindings, around: _Around, end: int) -> _Licensed | None:
    """The name that stands directly after the post."""
    match = found.cues["after-post"].match(around.article.folded, end)
    return _Licensed(end - 1, match.span("name"), _post_before(found, around, end), "person.titled") if match else None


def _next_in_list(found: GroupFindings, around: _Around, one: _Licensed) -> _Licensed | None:
    """The next name of a list, which the post of the first licenses too."""
    end = one.name[1]
    match = found.cues["after-name"].match(around.article.folded, end)
    return _Licensed(end, match.span("name"), one.post, "person.listed") if match else None


def _may_be_name(found: GroupFindings, around: _Around, others: Stretches, one: _Licensed) -> bool:
    """Whether the words are no part of an organisation's or a place's name, and no common word."""
    if around.named.touching(*one.name) or (one.by != "person.foreign" and others.touching(*one.name)):
        return False
    return around.article.folded[one.name[0] : one.name[1]] not in found.settings["not_names"]


def _license(found: GroupFindings, around: _Around, match: Match) -> _Licensed | None:
    name = match.span("name")
    if name is None:
        return None
    licence = match.rule.fields["licence"]
    if licence == "form":
        return _foreign(found, around, name, match)
    return _Licensed(match.start, name, match.span("post") if licence == "post" else None, match.rule.id)


def _foreign(found: GroupFindings, around: _Around, name: Pair, match: Match) -> _Licensed | None:
    """A foreign name: a post may end inside what looks like its first part; before it stands an edge or a particle."""
    folded = around.article.folded
    first_part = next((place for place in range(*name) if folded[place] in _DOTS), name[1])
    start = next((place for place in range(first_part - 1, name[0] - 1, -1) if place in around.posts), name[0])
    before = folded[start - 1] if start else ""
    if before.isalpha() and before not in found.settings["before_foreign"] and start not in around.posts:
        return None
    return _Licensed(match.start, (start, name[1]), _post_before(found, around, start), match.rule.id)


def _post_before(found: GroupFindings, around: _Around, end: int) -> Pair | None:
    """The chain of posts that ends at ``end``: 党委书记、主任."""
    folded = around.article.folded
    while end > 0 and folded[end - 1] in _GLUE:
        end -= 1
    hit = around.posts.get(end)
    if hit is None:
        return None
    start = hit.start
    for gap in (1, 0, 2):
        if start - gap in around.posts and folded[start - gap : start] in found.settings["between_posts"]:
            chain = _post_before(found, around, start - gap)
            start = chain[0] if chain else start
            break
    for word in found.settings["before_posts"]:
        if folded.endswith(word, 0, start):
            start -= len(word)
    return start, end


def _people(found: GroupFindings, around: _Around, licensed: Iterable[_Licensed]) -> tuple[Person, ...]:
    groups: dict[str, list[_Licensed]] = {}
    for one in licensed:
        groups.setdefault(around.article.folded[one.name[0] : one.name[1]].replace(" ", ""), []).append(one)
    places = find_many(around.article.folded, around.article.body, list(groups))
    return tuple(_person(found, around, places[words], group) for words, group in groups.items())


def _person(found: GroupFindings, around: _Around, places: Iterable[Pair], group: Sequence[_Licensed]) -> Person:
    article = around.article
    best = next((one for one in group if one.post), group[0])
    affiliation = _affiliation(found, around, best)
    mentions = {one.name for one in group}
    mentions |= {pair for pair in places if not around.named.touching(*pair)}
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
        mentions=tuple(leftmost_longest(mentions)),
        parts=parts,
        by=best.by,
    )


def _words(article: Article, pair: Pair | None) -> str | None:
    return article.text[pair[0] : pair[1]] if pair else None


def _affiliation(found: GroupFindings, around: _Around, one: _Licensed) -> Pair | None:
    """The organisation before the post, with the words of a unit between them."""
    if one.post is None or one.post[0] > one.name[0]:
        return None
    start = one.post[0]
    index = bisect_right(around.ends, start) - 1
    if index < 0 or start - around.ends[index] > found.settings["unit_most"]:
        return None
    unit = found.cues["unit"].search(around.article.folded[around.ends[index] : start])
    return (around.places[index][0], start) if unit else None
