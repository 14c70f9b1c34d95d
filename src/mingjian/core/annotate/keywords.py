"""The words that tell what the page is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import log2

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Industry, Mentioned, Names, Policy, Programme, Technology
from mingjian.core.model.outcome import Cited
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.places import find_pattern

# A form of writing, not words: a term in quotation marks.
_QUOTED = re.compile(r"[“「]([^“”「」《》，。！？：；、\n]{2,12})[”」]")
_KINDS: Mapping[type, str] = {Technology: "technology", Industry: "industry", Policy: "policy", Programme: "programme"}


class _Candidate(msgspec.Struct, frozen=True, gc=False):
    """Words with their best place and what speaks for them."""

    words: str
    place: Pair
    score: float


def rank_keywords(
    article: Article, found: GroupFindings, named: Sequence[Mentioned], names: Names
) -> tuple[Cited[str], ...]:
    """At most ten keywords, best first: names and quoted terms by frequency, place and length."""
    if not article.body:
        return ()
    settings = found.settings
    candidates: list[_Candidate] = []
    lead_end = article.body[0].start + settings["lead_characters"]
    weights, longest = settings["weights"], settings["longest"]
    for kind, mentions in _things(article, found, named, names):
        place = _best_place(article.text, mentions, longest)
        if place is not None:
            length = place[1] - place[0]
            weight = weights[kind] * (settings["lead_weight"] if mentions[0][0] < lead_end else 1.0)
            score = weight * (1 + log2(len(mentions))) * log2(1 + min(length, 8))
            candidates.append(_Candidate(article.text[place[0] : place[1]], place, score))
    chosen = _without_doubles(sorted(candidates, key=lambda one: (-one.score, one.place)), settings["most"])
    return tuple(Cited(one.words, cite(article.text, *one.place), "keyword.ranked") for one in chosen)


def _best_place(text: str, mentions: Sequence[Pair], longest: int) -> Pair | None:
    """The first mention that is no longer than a keyword may be, without its book marks."""
    for first, last in mentions:
        marked = text[first] == "《" and text[last - 1] == "》"
        start, end = (first + 1, last - 1) if marked else (first, last)
        if 2 <= end - start <= longest and "\n" not in text[start:end]:
            return start, end
    return None


def _things(
    article: Article, found: GroupFindings, named: Sequence[Mentioned], names: Names
) -> Iterator[tuple[str, Sequence[Pair]]]:
    umbrellas = found.settings["umbrella_technologies"]
    for thing in named:
        generic = isinstance(thing, Technology) and thing.tech in umbrellas
        yield "generic" if generic else _KINDS[type(thing)], thing.mentions
    for kind, things in (("organisation", names.organisations), ("person", names.people), ("region", names.regions)):
        for thing in things:
            yield kind, thing.mentions
    quoted: dict[str, list[Pair]] = {}
    for match in find_pattern(article.folded, article.body, _QUOTED):
        quoted.setdefault(match.group(1), []).append(match.span(1))
    for places in quoted.values():
        if len(places) >= found.settings["quoted_least"]:
            yield "quoted", places


def _without_doubles(candidates: Sequence[_Candidate], most: int) -> list[_Candidate]:
    """The best candidates of which none is a part of another."""
    chosen: list[_Candidate] = []
    for one in candidates:
        if len(chosen) == most:
            break
        if not any(one.words in other.words or other.words in one.words for other in chosen):
            chosen.append(one)
    return chosen
