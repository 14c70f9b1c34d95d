"""The names that engines found, brought to the conventions of names and put behind those of rules and lexicons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from mingjian.core.model.annotation import Named
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Names, Organisation, Person, Region
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.lexicon_matching import LexiconHit
from mingjian.core.text.places import Stretches, find_pattern

_TITLED = re.compile(r"《[^《》\n]{1,90}》")  # a form of writing: the title of a document or a work
_NEAR = 4  # characters before a name that are asked what it is
_Fact = TypeVar("_Fact", Organisation, Person, Region)


def titled_stretches(article: Article) -> Stretches:
    """The titles of documents and works, in which names are not meant."""
    if "《" not in article.folded:
        return Stretches()
    return Stretches(match.span() for match in find_pattern(article.folded, article.body, _TITLED))


def settle(article: Article, found: GroupFindings, names: Names, recognised: Iterable[Named]) -> list[Named]:
    """The names of engines that stand beside those of the rules: tidied, joined, none cutting through a rule's name.

    The rules' name stands where an engine gives another to the same words. A body's name may hold those of other
    bodies and of places, a place's name those of larger ones.
    """
    tidied = [one for given in recognised if (one := tidy(article.folded, found, given)) is not None]
    places = Stretches(mention for region in names.regions for mention in region.mentions)
    bodies = Stretches(mention for organisation in names.organisations for mention in organisation.mentions)
    people = Stretches(mention for person in names.people for mention in person.mentions)
    titles = titled_stretches(article)
    joined = _joined(article.folded, found, tidied, places)
    return [
        one
        for one in joined
        if not people.touching(*one.pair)
        and titles.holding(*one.pair) is None
        and _agrees(one, bodies, may_hold=one.label == "ORG")
        and _agrees(one, places, may_hold=one.label != "PER")
    ]


def _agrees(one: Named, known: Stretches, *, may_hold: bool) -> bool:
    """Whether a name touches none of the known ones, or holds them whole and more, where it may."""
    if not known.touching(*one.pair):
        return True
    if not may_hold or _is_made_of(one, known):
        return False
    first, last = known.holding(one.start, one.start + 1), known.holding(one.end - 1, one.end)
    return (first is None or first[0] == one.start) and (last is None or last[1] == one.end)


def _is_made_of(one: Named, known: Stretches) -> bool:
    """Whether the name is one of the known ones, a part of one, or some of them in a row: 云岭省|岚州市."""
    reached = one.start
    while reached < one.end and (held := known.holding(reached, reached + 1)) is not None:
        reached = held[1]
    return reached >= one.end


def tidy(folded: str, found: GroupFindings, one: Named) -> Named | None:
    """The name without words that are drawn into it, or ``None`` where it is no name; a team is a body."""
    one = _as_body(folded, found, one)
    kind = one.label.lower()
    start, end = one.pair
    if (lead := found.cues[f"{kind}-lead"].match(folded, start, end)) is not None:
        start = lead.end()
    if (tail := found.cues[f"{kind}-tail"].search(folded, start, end)) is not None:
        end = tail.start()
    if start >= end or found.cues[f"{kind}-none"].match(folded, start, end):
        return None
    if one.label == "LOC" and found.cues["loc-not-before"].match(folded, end):
        return None
    return msgspec.structs.replace(one, start=start, end=end)


def _as_body(folded: str, found: GroupFindings, one: Named) -> Named:
    """The name as that of a body where the words round it say so."""
    if one.label == "ORG":
        return one
    if one.label == "LOC" and (body := found.cues["body-of-place"].match(folded, one.end)) is not None:
        return msgspec.structs.replace(one, end=body.end(), label="ORG")
    behind, before = found.cues["behind-team"], found.cues["before-team"]
    if behind.match(folded, one.end) or before.search(folded, max(0, one.start - _NEAR), one.start):
        return msgspec.structs.replace(one, label="ORG")
    return one


def _joined(folded: str, found: GroupFindings, names: Sequence[Named], places: Stretches) -> list[Named]:
    """The names, those made one that stand together as one: a place and a body, the parts of a foreign name."""
    joined: list[Named] = []
    for one in names:
        start = one.start
        if one.label == "ORG":
            while (place := places.holding(start - 1, start)) is not None and place[1] == start:
                start = place[0]
        before = joined[-1] if joined else None
        if before is not None and before.end > start:
            start = one.start
        if before is not None and _belongs(folded, found, before, one, start):
            joined[-1] = msgspec.structs.replace(one, start=before.start)
        else:
            joined.append(msgspec.structs.replace(one, start=start))
    return joined


def _belongs(folded: str, found: GroupFindings, before: Named, one: Named, start: int) -> bool:
    """Whether the name goes on the one before it."""
    between = folded[before.end : start]
    pair = f"{before.label} {one.label}"
    return between in found.settings["joins"].get(pair, ())


def with_organisations(
    article: Article, found: GroupFindings, known: Sequence[Organisation], settled: Iterable[Named]
) -> tuple[Organisation, ...]:
    """The organisations, with those that engines found."""
    groups, merged = _grouped(article, known, (one for one in settled if one.label == "ORG"))
    return (*merged, *(_organisation(article, found, group) for group in groups.values()))


def _organisation(article: Article, found: GroupFindings, group: Sequence[Named]) -> Organisation:
    first = group[0]
    name = article.text[first.start : first.end]
    kinds = (kind for kind, ends in found.settings["types"].items() if name.endswith(tuple(ends)))
    return Organisation(
        name=name,
        canonical=None,
        type=next(kinds, found.settings["type"]),
        evidence=cite(article.text, *first.pair),
        mentions=tuple(one.pair for one in group),
        parts={"name": (first.pair,)},
        by=first.by,
    )


def with_people(
    article: Article, hits: Sequence[LexiconHit], known: Sequence[Person], settled: Iterable[Named]
) -> tuple[Person, ...]:
    """The people, with those that engines found; of these the title is a post that stands beside the name."""
    groups, merged = _grouped(article, known, (one for one in settled if one.label == "PER"))
    posts = [hit for hit in hits if hit.entry.lexicon == "titles"] if groups else []
    ends, starts = {hit.end: hit for hit in posts}, {hit.start: hit for hit in reversed(posts)}
    return (*merged, *(_person(article, group, ends, starts) for group in groups.values()))


def _person(
    article: Article, group: Sequence[Named], ends: Mapping[int, LexiconHit], starts: Mapping[int, LexiconHit]
) -> Person:
    first = group[0]
    post = next((hit for one in group if (hit := ends.get(one.start) or starts.get(one.end)) is not None), None)
    if post is not None:
        first = next(one for one in group if post.end == one.start or post.start == one.end)
    parts: dict[str, tuple[Pair, ...]] = {"name": (first.pair,)}
    if post is not None:
        parts["title"] = ((post.start, post.end),)
    start, end = min(pair[0][0] for pair in parts.values()), max(pair[0][1] for pair in parts.values())
    return Person(
        name=article.text[first.start : first.end],
        title=article.text[post.start : post.end] if post is not None else None,
        affiliation=None,
        evidence=cite(article.text, start, end),
        mentions=tuple(one.pair for one in group),
        parts=parts,
        by=first.by,
    )


def with_regions(article: Article, known: Sequence[Region], settled: Iterable[Named]) -> tuple[Region, ...]:
    """The regions, with the places that engines found, which have no code."""
    groups, merged = _grouped(article, known, (one for one in settled if one.label == "LOC"))
    return (*merged, *(_region(article, group) for group in groups.values()))


def _region(article: Article, group: Sequence[Named]) -> Region:
    first = group[0]
    return Region(
        name=article.text[first.start : first.end],
        code=None,
        evidence=cite(article.text, *first.pair),
        mentions=tuple(one.pair for one in group),
        parts={"name": (first.pair,)},
        by=first.by,
    )


def _grouped(
    article: Article, known: Iterable[_Fact], names: Iterable[Named]
) -> tuple[dict[str, list[Named]], list[_Fact]]:
    """The names that no known fact has, by their words; and the facts, with the mentions of those that they have."""
    bearers = {article.folded[start:end]: fact.mentions[0] for fact in known for start, end in fact.mentions}
    groups: dict[str, list[Named]] = {}
    further: dict[Pair, list[Pair]] = {}
    for one in names:
        words = article.folded[one.start : one.end]
        if words in bearers:
            further.setdefault(bearers[words], []).append(one.pair)
        else:
            groups.setdefault(words, []).append(one)
    return groups, [_mentioned(fact, further.get(fact.mentions[0], ())) for fact in known if fact.mentions]


def _mentioned(fact: _Fact, further: Iterable[Pair]) -> _Fact:
    return msgspec.structs.replace(fact, mentions=tuple(sorted({*fact.mentions, *further})))
