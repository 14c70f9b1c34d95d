"""Which things may answer a need: by the books' indexes and by search, a few of each ledger, roughly the best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import islice
from typing import NamedTuple

import msgspec

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.ledgers import LEDGERS, LedgerName
from mingjian.core.link.things.answering import may_answer
from mingjian.core.link.things.spheres import COUNTRY_CODE
from mingjian.core.match.nearby import nearest, wider
from mingjian.core.match.reasons import Wish
from mingjian.core.match.telling import Words
from mingjian.core.model.ledger.cells import Filed
from mingjian.core.model.things import Thing
from mingjian.core.text.folding import fold

_SEARCHED = ("word", "scenario", "industry", "technology", "asked", "region")
_FIRST = 4.0  # what the first hit of search adds to a rough score, the last next to nothing


class Candidate(NamedTuple):
    """A thing that may answer, with the ledger that lists it, and how well it looks at first sight."""

    ledger: LedgerName
    thing: Thing
    filed: Filed
    rough: float


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """Which things count: of these ledgers, known by a day, and also those that no page about AI tells of."""

    ledgers: tuple[LedgerName, ...]
    as_of: str | None = None
    everything: bool = False

    any_page: frozenset[LedgerName] = frozenset()
    narrowed: bool = False

    def asked(self, ledger: LedgerName) -> Asked:
        """All things of a ledger that count."""
        narrow = not self.everything and ledger not in self.any_page
        return Asked(kind=LEDGERS[ledger].kind, as_of=self.as_of, ai=narrow)


def find_candidates(books: Books, words: Words, wish: Wish, bounds: Bounds) -> list[Candidate]:
    """The things that look best, of each ledger some, of all no more than are looked at closely."""
    depth = wish.settings.depth
    searched = _searched(books, words, wish, bounds)
    best: list[Candidate] = []
    others: list[Candidate] = []
    for ledger in bounds.ledgers:
        ranked = _ranked(books, wish, bounds.asked(ledger), ledger, searched)
        best += ranked[: depth.closely]
        others += ranked[depth.closely :]
    room = max(0, depth.all - len(best))
    return best + nlargest(room, others, key=lambda one: (one.rough, one.thing.id))


def _ranked(
    books: Books, wish: Wish, asked: Asked, ledger: LedgerName, searched: Mapping[str, tuple[Thing, float]]
) -> list[Candidate]:
    """The things of a ledger, those that look best first."""
    found = {thing.id: (thing, score) for thing, score in searched.values() if thing.kind == asked.kind}
    for thing in _by_facets(books, wish, asked, ledger):
        found.setdefault(thing.id, (thing, 0.0))
    ranked = []
    for thing, score in found.values():
        filed = books.filed(thing.id)
        if filed is not None and _counts(asked, thing, filed):
            ranked.append(Candidate(ledger, thing, filed, score + _rough(wish, ledger, thing, filed)))
    return sorted(ranked, key=lambda one: (-one.rough, one.thing.id))


def _counts(asked: Asked, thing: Thing, filed: Filed) -> bool:
    """Whether it may answer; of what search found also what itself names a technology on a page not about AI."""
    return may_answer(msgspec.structs.replace(asked, ai=asked.ai and not filed.technologies), thing, filed)


def _by_facets(books: Books, wish: Wish, asked: Asked, ledger: LedgerName) -> Iterator[Thing]:
    """The things that share what the need names: first those that share most, of each question the newest."""
    depth = wish.settings.depth
    seen: dict[str, None] = {}
    for question in _questions(wish, asked, ledger):
        for thing in islice(books.find(question), depth.question):
            if thing.id not in seen:
                seen[thing.id] = None
                yield thing
        if len(seen) >= depth.ledger:
            return


def _questions(wish: Wish, asked: Asked, ledger: LedgerName) -> Iterator[Asked]:
    """What the books are asked, what is narrowest first."""
    about = _about(wish)
    if ledger in wish.settings.umbrella:
        about.append({"technologies": wish.umbrellas})
    if _is_asked(wish, ledger) or not about:
        about.insert(0, {})
    for facets in about:
        for place in _regions(wish):
            yield msgspec.structs.replace(asked, regions=(place,), **facets)
    for facets in about:
        yield msgspec.structs.replace(asked, **facets)


def _is_asked(wish: Wish, ledger: LedgerName) -> bool:
    """Whether the need asks for what the ledger lists; where none lists it, those do of which a row may."""
    asks = (wish.settings.asks[one.value] for one in wish.asked)
    return any(ledger in (ask.ledgers or ask.worded) for ask in asks)


def _about(wish: Wish) -> list[dict[str, tuple[str, ...]]]:
    """What things are about that share something of a taxonomy with the need, what is narrowest first."""
    technologies = tuple(one.value for one in wish.technologies if one.weight == 1)
    near = tuple(dict.fromkeys(near for one in technologies for near in wish.near(one)))
    ways = (("technologies", technologies), ("industries", wish.letters), ("technologies", near))
    about = [{name: values} for name, values in ways if values]
    if technologies and wish.letters:
        about.insert(0, {"technologies": technologies, "industries": wish.letters})
    return about


def _regions(wish: Wish) -> tuple[str, ...]:
    """The places of the need, the narrowest first, each with what it lies in."""
    every = [code for aspect in wish.regions for code in wider(aspect.value)]
    return tuple(sorted(dict.fromkeys(every), key=lambda code: (code == COUNTRY_CODE, code.endswith("0000"), code)))


def _rough(wish: Wish, ledger: LedgerName, thing: Thing, filed: Filed) -> float:
    """About what its reasons will add up to, as far as the books tell without its mentions."""
    settings, points = wish.settings, wish.settings.points
    score = 0.0
    for aspect in wish.technologies:
        if aspect.value in filed.technologies:
            score += points.technology * aspect.weight
        elif any(near in filed.technologies for near in wish.near(aspect.value)):
            score += points.near_technology * aspect.weight
    shared = [letter for letter in wish.letters if letter in filed.industries]
    if shared:
        score += points.section if all(letter in settings.wide for letter in shared) else points.division
    found = nearest((aspect.value for aspect in wish.regions), filed.regions, ledger, settings)
    score += 0.0 if found is None else found[0]
    if _is_asked(wish, ledger):
        score += points.asked
    return score + _in_name(wish, fold(thing.name))


def _in_name(wish: Wish, name: str) -> float:
    """What the name of a thing alone shares with the need."""
    points = wish.settings.points
    weighed = sum(aspect.weight for aspect, alike in wish.words if any(word in name for word in (aspect.value, *alike)))
    score = points.words * weighed / (weighed + points.half)
    return score + sum(points.scenario for _, names in wish.scenarios if any(word in name for word in names))


def _searched(books: Books, words: Words, wish: Wish, bounds: Bounds) -> dict[str, tuple[Thing, float]]:
    """The things of facts that hold the words of the need, with what their rank there adds, by id."""
    kinds = [LEDGERS[ledger].kind for ledger in bounds.ledgers]
    limit = wish.settings.depth.search
    found: dict[str, tuple[Thing, float]] = {}
    for rank, (page, fact) in enumerate(words.facts(" ".join(search_words(wish)), kinds, limit)):
        thing = books.holding(page, fact)
        if thing is not None and thing.id not in found:
            found[thing.id] = (thing, _FIRST * (1 - rank / limit))
    return found


def search_words(wish: Wish) -> Iterable[str]:
    """The words of the need that are searched: those that no taxonomy has first, and what taxonomies call the rest."""
    by_kind: dict[str, list[str]] = {kind: [] for kind in _SEARCHED}
    for aspect in wish.need.aspects:
        for start, end in aspect.places[:1]:
            if (
                aspect.kind in by_kind
                and not aspect.unwanted
                and not (aspect.kind == "region" and aspect.value.isdigit())
            ):
                by_kind[aspect.kind].append(wish.need.text[start:end])
    listed: Sequence[str] = [word for kind in _SEARCHED for word in by_kind[kind]]
    return dict.fromkeys(listed)
