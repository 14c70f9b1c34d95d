"""The words that tell what the page is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log2

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Industry, Mentioned, Names, Policy, Programme, Technology
from mingjian.core.model.outcome import Cited
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.phrases import Phrase
from mingjian.core.text.places import find_pattern

# A form of writing, not words: a term in quotation marks.
_QUOTED = re.compile(r"[“「]([^“”「」《》，。！？：；、\n]{2,12})[”」]")
_LONGEST_NAME = 40  # characters: how far before a phrase a name that reaches into it may begin
_KINDS: Mapping[type, str] = {Technology: "technology", Industry: "industry", Policy: "policy", Programme: "programme"}


class _Candidate(msgspec.Struct, frozen=True, gc=False):
    """Words with their best place, how often they stand, and what speaks for them whatever their number."""

    words: str
    place: Pair
    count: int
    weight: float


class About(msgspec.Struct, frozen=True):
    """What a page names: facts with their mentions, names, and the phrases of its body."""

    named: Sequence[Mentioned]
    names: Names
    phrases: Sequence[Phrase]


def rank_keywords(article: Article, found: GroupFindings, about: About, title: str) -> tuple[Cited[str], ...]:
    """At most ten keywords, best first: names, quoted terms and phrases by frequency, place, title and length."""
    if not article.body:
        return ()
    settings = found.settings
    candidates: list[_Candidate] = []
    lead_end = article.body[0].start + settings["lead_characters"]
    for weight, count, mentions in (*_things(article, found, about), *_phrases(found, about, title)):
        place = _best_place(article.text, mentions, settings["longest"])
        if place is not None:
            early = settings["lead_weight"] if mentions[0][0] < lead_end else 1.0
            entitled = settings["title_weight"] if article.folded[place[0] : place[1]] in title else 1.0
            weight *= early * entitled * log2(1 + min(place[1] - place[0], 8))
            candidates.append(_Candidate(article.text[place[0] : place[1]], place, count, weight))
    best = sorted(candidates, key=_rank)[: settings["weighed"]]
    chosen = _without_doubles(sorted(_free(best), key=_rank), settings["most"])
    return tuple(Cited(one.words, cite(article.text, *one.place), "keyword.ranked") for one in chosen)


def _rank(candidate: _Candidate) -> tuple[float, Pair]:
    """By the weight times the number of places, of which each further one counts less; then by the first place."""
    return -candidate.weight * (1 + log2(candidate.count)), candidate.place


def _free(candidates: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """The candidates with the number of their places outside of longer candidates; none that only stands in those."""
    together = "\n".join(one.words for one in candidates)
    for one in candidates:
        if together.count(one.words) == 1:
            yield one
            continue
        longer = [other.count for other in candidates if len(other.words) > len(one.words) and one.words in other.words]
        free = one.count - max(longer, default=0)
        if free > 0:
            yield msgspec.structs.replace(one, count=free)


def _best_place(text: str, mentions: Sequence[Pair], longest: int) -> Pair | None:
    """The first mention that is no longer than a keyword may be, without its book marks."""
    for first, last in mentions:
        marked = text[first] == "《" and text[last - 1] == "》"
        start, end = (first + 1, last - 1) if marked else (first, last)
        if 2 <= end - start <= longest and "\n" not in text[start:end]:
            return start, end
    return None


def _things(article: Article, found: GroupFindings, about: About) -> Iterator[tuple[float, int, Sequence[Pair]]]:
    weights, settings = found.settings["weights"], found.settings
    for thing in about.named:
        generic = isinstance(thing, Technology) and thing.tech in settings["umbrella_technologies"]
        yield weights["generic" if generic else _KINDS[type(thing)]], len(thing.mentions), thing.mentions
    for organisation in about.names.organisations:
        quiet = organisation.type in settings["quiet_organisations"]
        yield weights["quiet" if quiet else "organisation"], len(organisation.mentions), organisation.mentions
    for kind, things in (("person", about.names.people), ("region", about.names.regions)):
        for thing in things:
            yield weights[kind], len(thing.mentions), thing.mentions
    quoted: dict[str, list[Pair]] = {}
    for match in find_pattern(article.folded, article.body, _QUOTED):
        quoted.setdefault(match.group(1), []).append(match.span(1))
    no_name = re.compile(settings["quoted_no"])
    for words, places in quoted.items():
        if len(places) >= settings["quoted_least"] and not no_name.search(words):
            yield weights["quoted"], len(places), places


def _phrases(found: GroupFindings, about: About, title: str) -> Iterator[tuple[float, int, Sequence[Pair]]]:
    """The phrases that are worth a place, each with its places and a weight that grows with its rarity."""
    settings = found.settings["phrases"]
    common, rarest = settings["common"], settings["rarest"]
    named = sorted(_mentions(about))
    for phrase in about.phrases:
        once = phrase.count == 1 and phrase.words not in title
        if not _is_cut(named, phrase.place, whole=once):
            share = min(1.0, (phrase.rarity - common + 2) / (rarest - common + 2))
            yield found.settings["weights"]["once" if once else "phrase"] * share, phrase.count, (phrase.place,)


def _is_cut(named: Sequence[Pair], place: Pair, *, whole: bool) -> bool:
    """Whether a name ends inside the phrase, or the phrase lies in one; or, if ``whole``, holds one."""
    for number in range(bisect_left(named, (place[0] - _LONGEST_NAME, 0)), len(named)):
        start, end = named[number]
        if start >= place[1]:
            return False
        inside = place[0] <= start and end <= place[1]
        if end > place[0] and (whole or not inside or (start, end) == place):
            return True
    return False


def _mentions(about: About) -> Iterable[Pair]:
    for things in (about.names.organisations, about.names.people, about.names.regions, about.named):
        for thing in things:
            yield from thing.mentions


def _without_doubles(candidates: Sequence[_Candidate], most: int) -> list[_Candidate]:
    """The best candidates of which none is a part of another."""
    chosen: list[_Candidate] = []
    for one in candidates:
        if len(chosen) == most:
            break
        if not any(one.words in other.words or other.words in one.words for other in chosen):
            chosen.append(one)
    return chosen
