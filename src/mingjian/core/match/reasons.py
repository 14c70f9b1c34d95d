"""Why a thing answers a need: each reason with its points, the words of the need, and words of pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

import msgspec

from mingjian.core.ledger.places import name_of_place
from mingjian.core.match.nearby import nearest
from mingjian.core.match.needs import kinds_of, parts_of_word
from mingjian.core.match.settings import MatchingSettings
from mingjian.core.match.telling import Telling, Told, Where
from mingjian.core.match.trades import Nearness, Trade, names_of_trade, nearness, trade_of
from mingjian.core.model.ledger.cells import Cite, Filed
from mingjian.core.model.matching import Aspect, Need, Reason
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.folding import fold

_ORDER: Sequence[Nearness] = ("same", "division", "section")
_GIVES = "gives-"
PASSAGES = "passages"
"""Stands where a ledger does, for sentences of which no ledger has a row."""
_MOST_CITES = 6
_OWN: Sequence[Where] = ("own", "around")


class Wish:
    """A need with what its aspects stand for: made once, asked of every thing."""

    def __init__(self, need: Need, settings: MatchingSettings, book: Rulebook) -> None:
        self.need = need
        self.settings = settings
        self.book = book
        self.technologies = kinds_of(need, "technology")
        self.industries = [(aspect, trade_of(aspect.value)) for aspect in kinds_of(need, "industry")]
        self.scenarios = [(aspect, self._names("scenarios", aspect.value)) for aspect in kinds_of(need, "scenario")]
        self.regions = [aspect for aspect in kinds_of(need, "region") if aspect.value.isdigit()]
        self.unlisted = [aspect for aspect in kinds_of(need, "region") if not aspect.value.isdigit()]
        self.asked = kinds_of(need, "asked")
        self.words = [(aspect, self._alike(aspect.value)) for aspect in kinds_of(need, "word")]

    def near(self, technology: str) -> tuple[str, ...]:
        """The technologies that do about the same work."""
        groups = (group for group in self.settings.near if technology in group)
        own = {aspect.value for aspect in self.technologies}
        return tuple(dict.fromkeys(one for group in groups for one in group if one not in own))

    def breadth(self, technology: str) -> float:
        """How much a technology tells of what names it."""
        return self.settings.points.broad if technology in self.settings.broad else 1.0

    @cached_property
    def umbrellas(self) -> tuple[str, ...]:
        """The technologies that stand for AI as a whole."""
        return tuple(entry.id for entry in self.book.lexicon("technologies").entries if entry.fields["generic"])

    @cached_property
    def technology_names(self) -> dict[str, str]:
        """What the taxonomy calls technologies, by their ids."""
        return {entry.id: entry.name for entry in self.book.lexicon("technologies").entries}

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The letters of the sections of the industries."""
        return tuple(dict.fromkeys(letter for _, trade in self.industries for letter in trade.letters))

    @cached_property
    def all_words(self) -> float:
        """What all words of the need weigh together."""
        return sum(aspect.weight for aspect, _ in self.words)

    @cached_property
    def naming(self) -> re.Pattern[str] | None:
        """Finds whatever names something of the need by its words; nothing where only taxonomies do."""
        names = {name for aspect, alike in self.words for name in (aspect.value, *alike)}
        names |= {name for _, each in self.scenarios for name in each}
        for _, trade in self.industries:
            names |= {*self.settings.trades.get(trade.id, ()), *names_of_trade(trade)}
        listed = sorted(filter(None, names), key=lambda name: (-len(name), name))
        return re.compile("|".join(map(re.escape, listed))) if listed else None

    @cached_property
    def tagged(self) -> tuple[str, ...]:
        """What pages call what the need names: ids of technologies, those near them too, and letters of industries."""
        own = tuple(aspect.value for aspect in self.technologies)
        return tuple(dict.fromkeys((*own, *(near for one in own for near in self.near(one)), *self.letters)))

    def names_of(self, aspect: Aspect) -> tuple[str, ...]:
        """The words for what an aspect means, folded."""
        if aspect.kind == "scenario":
            return self._names("scenarios", aspect.value)
        if aspect.kind == "industry":
            return names_of_trade(trade_of(aspect.value))
        return (fold(aspect.label),) if aspect.kind == "word" else ()

    def spans(self, places: Sequence[Pair]) -> tuple[Span, ...]:
        """The words of the need at these places."""
        return tuple(cite(self.need.text, *pair) for pair in places)

    def _names(self, lexicon: str, entry: str) -> tuple[str, ...]:
        found = next((one for one in self.book.lexicon(lexicon).entries if one.id == entry), None)
        return tuple(map(fold, found.surfaces)) if found is not None else ()

    def _alike(self, word: str) -> tuple[str, ...]:
        groups = (group for group in self.settings.alike if word in group)
        alike = (one for group in groups for one in group if one != word)
        return tuple(dict.fromkeys((*alike, *parts_of_word(word, self.settings, self.book))))


def reasons_of(wish: Wish, ledger: str, filed: Filed, telling: Telling) -> tuple[Reason, ...]:
    """All that the need and the thing share, what says most first."""
    found = [
        *_technologies(wish, filed, telling),
        *_umbrella(wish, ledger, telling),
        *_industries(wish, filed, telling),
        *_scenarios(wish, telling),
        *_asked(wish, ledger, telling),
        *_regions(wish, ledger, filed, telling),
        *_words(wish, telling),
        *_unwanted(wish, telling),
    ]
    about = any(one.kind not in {"asked", "region"} and one.points >= wish.settings.points.division for one in found)
    kept = [one for one in found if one.points and (about or not _is_of_no_use_alone(wish, one))]
    return tuple(sorted(kept, key=lambda one: -one.points))


def _is_of_no_use_alone(wish: Wish, reason: Reason) -> bool:
    """Whether it says nothing of a thing that is about something else: that it is a system, where one is asked for."""
    return reason.kind == "asked" and wish.settings.asks[reason.value].enough == "never"


def _share(wish: Wish, where: Where) -> float:
    points = wish.settings.points
    return {"own": 1.0, "around": points.around, "title": points.title, "page": points.page}[where]


def _technologies(wish: Wish, filed: Filed, telling: Telling) -> Iterator[Reason]:
    """The technologies of the need; of one that is not named, the first near one."""
    points = wish.settings.points
    for aspect in wish.technologies:
        ways = [(aspect.value, "same", points.technology)]
        ways += [(near, "near", points.near_technology * wish.breadth(near)) for near in wish.near(aspect.value)]
        best: Reason | None = None
        for technology, relation, full in ways:
            told = telling.naming(technology, anywhere=technology in filed.technologies)
            if told is not None:
                worth = full * aspect.weight * _share(wish, told.where)
                one = _reason(wish, aspect, (relation, worth), technology, told)
                one = _called(one, wish.technology_names.get(technology, technology))
                best = one if best is None or one.points > best.points else best
        if best is not None:
            yield best


def _umbrella(wish: Wish, ledger: str, telling: Telling) -> Iterator[Reason]:
    """That what a body sets holds for AI as a whole, where the need names a technology or a scenario of it alone."""
    own = [*(one for one in wish.technologies if one.value not in wish.umbrellas), *(one for one, _ in wish.scenarios)]
    if not own or any(one.value in wish.umbrellas for one in wish.technologies) or ledger not in wish.settings.umbrella:
        return
    for umbrella in wish.umbrellas:
        told = telling.naming(umbrella, anywhere=False)
        if told is not None and told.where == "own":
            reason = _reason(wish, own[0], ("umbrella", wish.settings.points.umbrella), umbrella, told)
            yield msgspec.structs.replace(_called(reason, wish.technology_names[umbrella]), kind="technology")
            return


def _industries(wish: Wish, filed: Filed, telling: Telling) -> Iterator[Reason]:
    """The industry of the need that is nearest: a need seldom has two that both count."""
    found: list[Reason] = []
    for aspect, trade in wish.industries:
        for letter in trade.letters:
            told = telling.naming(letter, anywhere=letter in filed.industries)
            if told is not None:
                how, told = _nearest_trade(trade, told)
                worth = _worth_of_trade(wish, how, trade, letter) * _share(wish, told.where)
                found.append(_reason(wish, aspect, (how, worth), letter, told))
        told = telling.holding((*wish.settings.trades.get(trade.id, ()), *names_of_trade(trade)))
        if told is not None:
            points = wish.settings.points
            worth = points.industry * points.trade_word * _share(wish, told.where)
            found.append(_reason(wish, aspect, ("same", worth), trade.id, told))
    if found:
        yield max(found, key=lambda one: one.points)


def _worth_of_trade(wish: Wish, how: Nearness, trade: Trade, letter: str) -> float:
    """What an industry adds: to share a section in which little lies is as much as to share a division."""
    points = wish.settings.points
    if how == "same" and trade.id not in wish.settings.wide_trades:
        return points.industry
    narrow = letter not in wish.settings.wide
    return points.division if how == "division" or narrow else points.section


def _nearest_trade(trade: Trade, told: Told) -> tuple[Nearness, Told]:
    """How near the industries named there come, and the words of those that come nearest."""
    by_nearness: dict[Nearness, list[Cite]] = {}
    for one in told.cites:
        by_nearness.setdefault(nearness(trade, one.text), []).append(one)
    how = next(each for each in _ORDER if each in by_nearness)
    return how, Told(told.where, tuple(by_nearness[how]))


def _scenarios(wish: Wish, telling: Telling) -> Iterator[Reason]:
    for aspect, names in wish.scenarios:
        told = telling.holding(names)
        if told is not None:
            worth = wish.settings.points.scenario * _share(wish, told.where)
            yield _reason(wish, aspect, ("same", worth), aspect.value, told)


def _asked(wish: Wish, ledger: str, telling: Telling) -> Iterator[Reason]:
    """What the need asks for: a row of a ledger that lists it is that, whatever it is called."""
    cues = wish.book.cues("corpus/matching")
    for aspect in wish.asked:
        ask, full = wish.settings.asks[aspect.value], wish.settings.points.asked
        told, first = telling.matching(cues[_GIVES + aspect.value]) if ask.worded else None, telling.first()
        if ledger in ask.ledgers and first is not None:
            share = 1.0 if ask.worded else ask.share
            own = told if told is not None and told.where == "own" else Told("own", (first,))
            yield _reason(wish, aspect, ("same", full * share), aspect.value, own)
        elif (ledger in ask.worded or ledger == PASSAGES) and told is not None:
            worth = full * ask.share * _share(wish, told.where)
            yield _reason(wish, aspect, ("worded", worth), aspect.value, told)


def _regions(wish: Wish, ledger: str, filed: Filed, telling: Telling) -> Iterator[Reason]:
    """How the thing's place stands to that of the need: the best, where either has several."""
    found = nearest((aspect.value for aspect in wish.regions), filed.regions, ledger, wish.settings)
    if found is not None:
        points, how, place, code = found
        aspect = next(one for one in wish.regions if one.value == place)
        told = _told_of_place(code, telling)
        if told is not None:
            reason = _reason(wish, aspect, (how, points), code, told)
            yield _called(reason, name_of_place(code))
    ending = wish.book.cues("corpus/matching")["place-ending"]
    for aspect in wish.unlisted:
        told = telling.holding((aspect.value, ending.sub("", aspect.value)))
        if told is not None:
            worth = wish.settings.region_points(ledger, "same") * _share(wish, told.where)
            yield _reason(wish, aspect, ("same", worth), aspect.value, told)


def _told_of_place(code: str, telling: Telling) -> Told | None:
    """The words that say in which place it is: its name, that of a body there, else those in which it is told of."""
    names = [name for name, of in telling.regions() if of == code]
    for name in names:
        told = telling.naming(name, anywhere=False)
        if told is not None:
            return told
    told = telling.holding([fold(name) for name in (*telling.seated(code), *names)])
    first = telling.first()
    return told or (Told("own", (first,)) if first is not None else None)


def _called(reason: Reason, label: str) -> Reason:
    return msgspec.structs.replace(reason, label=label)


def _words(wish: Wish, telling: Telling) -> Iterator[Reason]:
    """The words of the need that stand there as well, all as one reason."""
    settings, places, cites, found = wish.settings, list[Pair](), list[Cite](), list[str]()
    weighed, own = 0.0, False
    for aspect, alike in wish.words:
        told, share = telling.holding((aspect.value,)), 1.0
        other = telling.holding(alike) if told is None or told.where != "own" else None
        if other is not None and (told is None or other.where == "own"):
            told, share = other, settings.points.alike
        if told is not None and told.cites[0].text not in found:
            weighed += aspect.weight * share * _share(wish, told.where)
            own = own or told.where in _OWN
            places += aspect.places
            cites += told.cites[:2]
            found.append(told.cites[0].text)
    if weighed:
        # Each word more adds less, however many words of the need say nothing of the matter.
        worth = settings.points.words * weighed / (weighed + settings.points.half)
        yield Reason(
            kind="text",
            relation="same" if own else "title",
            value=" ".join(found),
            label=" ".join(found),
            points=round(worth, 2),
            need=wish.spans(places),
            cites=tuple(dict.fromkeys(cites))[:_MOST_CITES],
        )


def _unwanted(wish: Wish, telling: Telling) -> Iterator[Reason]:
    """What the need is to be without and the thing's own words tell, unless they say that it is not there either."""
    denied = wish.book.cues("corpus/matching")["denied"]
    for aspect in wish.need.aspects:
        points = wish.settings.unwanted.get(aspect.kind) if aspect.unwanted else None
        if points is None:
            continue
        told = telling.naming(aspect.value, anywhere=False) if aspect.kind == "technology" else None
        told = told or telling.holding(wish.names_of(aspect), unless=denied)
        if told is not None and told.where in _OWN:
            yield _reason(wish, aspect, ("unwanted", points), aspect.value, told)


def _reason(wish: Wish, aspect: Aspect, worth: tuple[str, float], value: str, told: Told) -> Reason:
    """A reason of one aspect; ``worth`` is the relation and the points; a name on a page alone says so."""
    relation, points = worth
    return Reason(
        kind=aspect.kind,
        relation=relation,
        value=value,
        label=aspect.label,
        points=round(points, 2),
        need=wish.spans(aspect.places),
        cites=told.cites,
    )
