"""The words that tell what the page is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from math import log2
from typing import Any, TypeAlias

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Industry, Mentioned, Names, Organisation, Person, Policy, Programme, Technology
from mingjian.core.model.outcome import Cited
from mingjian.core.model.resources import System
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.folding import fold
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.phrases import Phrase
from mingjian.core.text.places import find_pattern

# A form of writing, not words: a term in quotation marks.
_QUOTED = re.compile(r"[“「]([^“”「」《》，。！？：；、\n]{2,12})[”」]")
_LONGEST_NAME = 40  # characters: how far before a phrase a name that reaches into it may begin
_KINDS: Mapping[type, str] = {Technology: "technology", Industry: "industry", Policy: "policy", Programme: "programme"}

_Found: TypeAlias = tuple[str, float, int, Sequence[Pair]]
"""What can be a keyword: its kind, what speaks for it, how often it stands, and where."""


class _Candidate(msgspec.Struct, frozen=True, gc=False):
    """Words with their best place, how often they stand, and what speaks for them whatever their number."""

    kind: str
    words: str
    place: Pair
    count: int
    weight: float


class About(msgspec.Struct, frozen=True):
    """What a page names: facts with their mentions, names, the phrases of its body, and systems."""

    named: Sequence[Mentioned]
    names: Names
    phrases: Sequence[Phrase]
    systems: Sequence[System] = ()


def rank_keywords(article: Article, found: GroupFindings, about: About, title: str) -> tuple[Cited[str], ...]:
    """At most ten keywords, best first: what the page is about, then who acts, by frequency, place, title and length.

    Of bodies, people, places and documents only a few count, and only those that the page is about: those that its
    title names, and those that it names again and again.
    """
    if not article.body:
        return ()
    settings = found.settings
    candidates: list[_Candidate] = []
    lead_end = article.body[0].start + settings["lead_characters"]
    matters = _Matters(article.folded, title, lead_end, settings)
    bodies = {
        article.folded[start:end].strip("“”") for thing in about.names.organisations for start, end in thing.mentions
    }
    for kind, weight, count, mentions in (
        *_things(matters, about, bodies),
        *_quoted(article, matters, bodies),
        *_phrases(matters, about),
    ):
        place = _best_place(article.text, mentions, settings["longest"])
        if place is not None:
            early = settings["lead_weight"] if mentions[0][0] < lead_end else 1.0
            entitled = settings["title_weight"] if article.folded[place[0] : place[1]] in title else 1.0
            weight *= early * entitled * log2(1 + min(place[1] - place[0], 8))
            candidates.append(_Candidate(kind, article.text[place[0] : place[1]], place, count, weight))
    best = sorted(candidates, key=_rank)[: settings["weighed"]]
    chosen = _without_doubles(sorted(_free(best), key=_rank), settings["most"], settings["limits"])
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


class _Matters(msgspec.Struct, frozen=True):
    """What decides whether the page is about a thing that it names."""

    folded: str
    title: str
    lead_end: int
    settings: Mapping[str, Any]

    def is_entitled(self, mentions: Iterable[Pair]) -> bool:
        """Whether the title holds one of the mentions."""
        return any(self.folded[start:end].strip("《》") in self.title for start, end in mentions)

    def share(self, thing: Mentioned) -> float:
        """How much the page is about it: in full if the title names it; nothing if it is only named in passing."""
        if self.is_entitled(thing.mentions):
            return 1.0
        number, early = len(thing.mentions), thing.mentions[0][0] < self.lead_end
        if isinstance(thing, Organisation | Policy):
            about = number > 1 and early
            if not about and isinstance(thing, Organisation):
                return float(self.settings["rest_share"])
        else:
            about = isinstance(thing, Person) and number >= self.settings["role_least"]
        return self.settings["aside_share"] if about else 0.0

    def weight_of(self, technology: Technology) -> float:
        """What speaks for a technology: umbrella words say little."""
        weights = self.settings["weights"]
        if technology.tech in self.settings["umbrella_technologies"]:
            return float(weights["umbrella"])
        return float(weights["general" if technology.tech in self.settings["general_technologies"] else "technology"])


def _things(matters: _Matters, about: About, bodies: Collection[str]) -> Iterator[_Found]:
    """Facts, and the names that the page is about; no topic that only the name of a document holds."""
    weights = matters.settings["weights"]
    documents = _Documents(pair for thing in about.named if isinstance(thing, Policy) for pair in thing.mentions)
    for thing in about.named:
        if isinstance(thing, Policy):
            yield from _document(matters, thing)
        elif mentions := _outside(matters, thing, documents):
            weight = matters.weight_of(thing) if isinstance(thing, Technology) else weights[_KINDS[type(thing)]]
            yield _KINDS[type(thing)], weight, len(mentions), mentions
    yield from _systems(matters, about, bodies)
    yield from _names(matters, about)


def _names(matters: _Matters, about: About) -> Iterator[_Found]:
    """Bodies and people that the page is about, and the places of its title."""
    weights, quiet = matters.settings["weights"], matters.settings["quiet_organisations"]
    for kind, things in (("organisation", about.names.organisations), ("person", about.names.people)):
        for named in things:
            if share := matters.share(named):
                named_kind = "quiet" if isinstance(named, Organisation) and named.type in quiet else kind
                yield named_kind, weights[named_kind] * share, len(named.mentions), named.mentions
    for region in about.names.regions:
        if matters.is_entitled(region.mentions):
            yield "region", weights["region"], 1, region.mentions


class _Documents:
    """The places that name documents, which may overlap."""

    def __init__(self, places: Iterable[Pair]) -> None:
        ordered = sorted(places)
        self._starts = [start for start, _ in ordered]
        self._reached = list(accumulate((end for _, end in ordered), max))

    def hold(self, place: Pair) -> bool:
        """Whether one of them holds all of the place."""
        number = bisect_right(self._starts, place[0]) - 1
        return number >= 0 and place[1] <= self._reached[number]


def _outside(matters: _Matters, thing: Mentioned, documents: _Documents) -> Sequence[Pair]:
    """The mentions that stand in no name of a document; all, if the title holds one."""
    outside = [one for one in thing.mentions if not documents.hold(one)]
    return outside if outside or not matters.is_entitled(thing.mentions) else thing.mentions


def _document(matters: _Matters, policy: Policy) -> Iterator[_Found]:
    """A document that the page is about, by a name that says its subject."""
    bare = re.compile(matters.settings["bare_document"])
    mentions = [pair for pair in policy.mentions if not bare.match(matters.folded[pair[0] : pair[1]].strip("《》"))]
    share = matters.share(policy) if mentions and policy.status in matters.settings["own_statuses"] else 0.0
    if share:
        yield "policy", matters.settings["weights"]["policy"] * share, len(policy.mentions), mentions


def _bare(name: str) -> str:
    """The name without quotation marks that enclose all of it."""
    return name[1:-1] if name[:1] + name[-1:] == "“”" and "”" not in name[:-1] else name


def _systems(matters: _Matters, about: About, bodies: Collection[str]) -> Iterator[_Found]:
    for system in about.systems:
        name = _bare(fold(system.name))
        place = matters.folded.find(name, system.evidence.start)
        if place >= 0 and name not in bodies:
            count = matters.folded.count(name)
            once = count == 1 and name not in matters.title
            weight = matters.settings["weights"]["system"] * (matters.settings["aside_share"] if once else 1.0)
            yield "system", weight, count, ((place, place + len(name)),)


def _quoted(article: Article, matters: _Matters, bodies: Collection[str]) -> Iterator[_Found]:
    """Terms in quotation marks that the title names, or that the body repeats."""
    quoted: dict[str, list[Pair]] = {}
    for match in find_pattern(article.folded, article.body, _QUOTED):
        quoted.setdefault(match.group(1), []).append(match.span(1))
    no_name, least = re.compile(matters.settings["quoted_no"]), matters.settings["quoted_least"]
    for words, places in quoted.items():
        if (len(places) >= least or words in matters.title) and not no_name.search(words) and words not in bodies:
            yield "quoted", matters.settings["weights"]["quoted"], len(places), places


def _phrases(matters: _Matters, about: About) -> Iterator[_Found]:
    """The phrases that are worth a place, each with its places and a weight that grows with its rarity."""
    settings = matters.settings["phrases"]
    common, rarest = settings["common"], settings["rarest"]
    named = sorted(_mentions(about))
    for phrase in about.phrases:
        entitled = phrase.words in matters.title
        once = phrase.count == 1 and not entitled and not phrase.headed
        if not _is_cut(named, phrase.place, whole=once and not phrase.topical):
            share = max(0.0, min(1.0, (phrase.rarity - common + 2) / (rarest - common + 2)))
            share *= matters.settings["topical_weight"] if phrase.topical else 1.0
            share *= matters.settings["heading_weight"] if phrase.headed else 1.0
            share *= matters.settings["local_weight"] if phrase.local and not entitled else 1.0
            weight = matters.settings["weights"]["once" if once else "phrase"] * share
            yield "phrase", weight, phrase.count, (phrase.place,)


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


def _without_doubles(candidates: Sequence[_Candidate], most: int, limits: Mapping[str, int]) -> list[_Candidate]:
    """The best candidates of which none is a part of another, no more of a kind than its limit."""
    chosen: list[_Candidate] = []
    kinds: Counter[str] = Counter()
    for one in candidates:
        if len(chosen) == most:
            break
        full = kinds[one.kind] >= limits.get(one.kind, most)
        if not full and not any(one.words in other.words or other.words in one.words for other in chosen):
            chosen.append(one)
            kinds[one.kind] += 1
    return chosen
