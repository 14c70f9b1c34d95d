"""Reads a need: what its words name, by the annotators that read pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from mingjian.core.annotate.topics import annotate_industries, annotate_technologies
from mingjian.core.books import Books
from mingjian.core.ledger.building import Day, cite_page, cite_span
from mingjian.core.ledger.places import name_of_place, only_code
from mingjian.core.ledger.resolving import members_by
from mingjian.core.match.settings import MatchingSettings, matching_settings
from mingjian.core.match.trades import industry_called, trade_name
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Industry, Region, Technology
from mingjian.core.model.ledger.cells import Cite
from mingjian.core.model.matching import Aspect, AspectKind, Need
from mingjian.core.model.outcome import Cited
from mingjian.core.model.span import Pair
from mingjian.core.model.things import Thing
from mingjian.core.pipeline.expressions import expressions
from mingjian.core.pipeline.findings import Findings, find_all
from mingjian.core.pipeline.naming import find_names
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.core.text.bare_text import article_of
from mingjian.core.text.contexts import is_barred
from mingjian.core.text.lexicon_matching import LexiconHit
from mingjian.core.text.phrases import Vocabulary, vocabulary_of
from mingjian.core.text.places import Stretches, find_words, leftmost_longest

LONGEST = 1_000
"""Characters of a need that are read."""

_UNITS = ("FLOPS", "CNY")
_ASKS = "asks-"
_NO_NOUN = frozenset("._")
_PLACE = "R"  # the class of words that name places
_LEAST_WORD = 2
_LONG_WORD = 3  # so long, a word is one, whatever its class; and its ends may be words too
_LEAST_PART = 0.3  # weight from which on the end of a long word says about what the word does
_ALSO_WORDS = ("scenario", "industry")  # kinds whose words are looked for as such, too


class _Reading(NamedTuple):
    """A need as it is read: its text, what was found in it, and how it is judged."""

    article: Article
    found: Findings
    book: Rulebook
    settings: MatchingSettings


def read_need(words: str, regions: Iterable[str] = (), book: Rulebook | None = None) -> Need:
    """The need that the words tell, which are cut where they are too long; ``regions`` are codes given beside them.

    >>> need = read_need("我市纺织企业想用机器视觉做布匹瑕疵检测，需要算力")
    >>> [(aspect.kind, aspect.value) for aspect in need.aspects[:3]]
    [('technology', 'cv'), ('industry', 'fangzhi'), ('asked', 'compute')]
    """
    text = words.strip()[:LONGEST]
    return Need(text=text, aspects=_aspects(text, regions, book or bundled_rulebook()))


def need_of_thing(books: Books, thing: Thing, day: Day, regions: Iterable[str] = ()) -> Need:
    """The need of which a row of the ledger of scenarios tells: its words, and the title of its page."""
    lines = list(_lines(books, thing, day))
    text = "\n".join(cite.text for cite in lines)
    aspects = _aspects(text, regions, bundled_rulebook())
    return Need(text=text, aspects=aspects, thing=thing.id, cites=tuple(lines))


def _lines(books: Books, thing: Thing, day: Day) -> Iterator[Cite]:
    """The words in which the first page tells of it, and its title."""
    for member in members_by(books, thing.id, day)[:1]:
        yield cite_span(member, member.fact.evidence)
        title = member.page.title
        if isinstance(title, Cited):
            yield cite_page(member.page, title.evidence)


def _aspects(text: str, regions: Iterable[str], book: Rulebook) -> tuple[Aspect, ...]:
    """What the text names, each once, what taxonomies know before what they do not."""
    article = article_of(text)
    settings = matching_settings(book)
    reading = _Reading(article, find_all(article, book), book, settings)
    found = reading.found
    asked = tuple(_asked(reading))
    places = Stretches(leftmost_longest(pair for aspect in asked for pair in aspect.places))
    technologies = annotate_technologies(
        article, found.rules["topics"], found.lexicons["technologies"], found.lexicons["industries"]
    )
    names = find_names(article, found)
    industries = annotate_industries(
        article, found.rules["topics"], found.lexicons["industries"], names.organisations, technologies
    )
    trades = tuple(_industries(reading, industries, technologies))
    known = [
        *_technologies(reading, technologies, places),
        *trades,
        *_scenarios(found.lexicons["scenarios"]),
        *_sections(found.lexicons["scenarios"], trades),
        *asked,
        *(place for one in names.regions for place in _places(reading, one)),
        *_quantities(text),
    ]
    taken = [pair for aspect in known if aspect.kind not in _ALSO_WORDS for pair in aspect.places]
    taken += [pair for aspect in trades if aspect.value not in settings.trades for pair in aspect.places]
    taken += [match.span() for match in book.cues("corpus/matching")["request"].finditer(article.folded)]
    given = [Aspect(kind="region", value=code, label=name_of_place(code)) for code in regions]
    every = (*known, *given, *_words(reading, Stretches(leftmost_longest(taken))))
    return tuple(_wanted_or_not(reading, every))


def _places(reading: _Reading, region: Region) -> Iterator[Aspect]:
    """A place that is named; one that holds several is any of these."""
    for value in reading.settings.held_by(region.name) or (region.code or region.name,):
        yield Aspect(kind="region", value=value, label=region.name, places=tuple(region.mentions))


def _wanted_or_not(reading: _Reading, aspects: Iterable[Aspect]) -> Iterator[Aspect]:
    """The aspects, marked where all places at which they are named say that they are not wanted."""
    cue = reading.book.cues("corpus/matching")["unwanted"]
    against = Stretches(leftmost_longest(match.span() for match in cue.finditer(reading.article.folded)))
    for one in aspects:
        is_unwanted = bool(one.places) and all(against.holding(*pair) is not None for pair in one.places)
        yield msgspec.structs.replace(one, unwanted=True) if is_unwanted else one


def _technologies(reading: _Reading, found: Sequence[Technology], asked: Stretches) -> Iterator[Aspect]:
    """The technologies, but for those that are what the need asks for."""
    generic = {entry.id for entry in reading.book.lexicon("technologies").entries if entry.fields["generic"]}
    for one in found:
        places = tuple(pair for pair in one.mentions if not asked.touching(*pair))
        if places:
            points = reading.settings.points
            weight = points.broad if one.tech in reading.settings.broad else 1.0
            weight = points.generic if one.tech in generic else weight
            yield Aspect(kind="technology", value=one.tech, label=one.name, places=places, weight=weight)


def _industries(reading: _Reading, found: Sequence[Industry], technologies: Sequence[Technology]) -> Iterator[Aspect]:
    """The industries; in a need also those whose names are plain words, since nothing else is the matter there."""
    named = {one.canonical: tuple(one.mentions) for one in found}
    longer = Stretches(leftmost_longest(pair for one in technologies for pair in one.mentions))
    entries = {}
    for hit in reading.found.lexicons["industries"]:
        barred = is_barred(reading.article.folded, hit) or _is_plain(reading, hit)
        if not barred and longer.holding(hit.start, hit.end) is None:
            entries[hit.entry.name] = hit.entry
            named.setdefault(hit.entry.name, ((hit.start, hit.end),))
    found_ids = dict.fromkeys(entry.id for entry in entries.values())
    for name, entry in entries.items():
        yield Aspect(kind="industry", value=entry.id, label=name, places=named[name])
    for trade, words in reading.settings.trades.items():
        places = tuple(
            pair for word in words for pair in find_words(reading.article.folded, reading.article.body, word)
        )
        if places and trade not in found_ids:
            yield Aspect(kind="industry", value=trade, label=trade_name(trade), places=tuple(leftmost_longest(places)))


def _is_plain(reading: _Reading, hit: LexiconHit) -> bool:
    """Whether the name of a trade is a plain word here: 写材料."""
    folded = reading.article.folded
    follows = reading.book.cues("corpus/matching")["trade-follows"].match(folded, hit.end)
    return folded[hit.start : hit.end] in reading.settings.plain and follows is None


def _scenarios(hits: Sequence[LexiconHit]) -> Iterator[Aspect]:
    places: dict[str, list[Pair]] = {}
    for hit in hits:
        places.setdefault(hit.entry.id, []).append((hit.start, hit.end))
    for entry in {hit.entry.id: hit.entry for hit in hits}.values():
        yield Aspect(kind="scenario", value=entry.id, label=entry.name, places=tuple(places[entry.id]))


def _sections(hits: Sequence[LexiconHit], trades: Sequence[Aspect]) -> Iterator[Aspect]:
    """The sections of the industries in which scenarios are, where no industry is named."""
    places: dict[str, list[Pair]] = {}
    for hit in () if trades else hits:
        places.setdefault(hit.entry.fields["section"], []).append((hit.start, hit.end))
    for letter, where in places.items():
        if letter:
            yield Aspect(kind="industry", value=letter, label=industry_called(letter), places=tuple(where))


def _asked(reading: _Reading) -> Iterator[Aspect]:
    """What the need asks for by name."""
    folded, cues = reading.article.folded, reading.book.cues("corpus/matching")
    for ask in reading.settings.asks:
        places = tuple(match.span() for match in cues[_ASKS + ask].finditer(folded))
        if places:
            label = reading.article.text[slice(*places[0])]
            yield Aspect(kind="asked", value=ask, label=label, places=places)


def _quantities(text: str) -> Iterator[Aspect]:
    """Amounts of money and of compute."""
    for one in expressions(text).quantities:
        quantity = one.quantity
        if quantity.normal_unit in _UNITS and quantity.normal_value.is_finite():
            yield Aspect(
                kind="quantity",
                value=quantity.normal_unit,
                label=text[slice(*quantity.number)],
                places=((quantity.start, quantity.end),),
                amount=f"{quantity.normal_value:f}",
            )


def _words(reading: _Reading, taken: Stretches) -> Iterator[Aspect]:
    """The words that no taxonomy knows and that tell something, each once."""
    folded, vocabulary = reading.article.folded, vocabulary_of(reading.book)
    found: dict[str, list[Pair]] = {}
    for start, end in _free(folded, taken):
        at = start
        for word in vocabulary.cut(folded[start:end]):
            if _is_telling(reading, vocabulary, word) and word not in reading.settings.empty:
                found.setdefault(word, []).append((at, at + len(word)))
            at += len(word)
    unlisted = reading.book.cues("corpus/matching")["unlisted"]
    for word, places in found.items():
        code = only_code(word) if vocabulary[word] == _PLACE else None
        if code is not None or (vocabulary[word] == _PLACE and unlisted.fullmatch(word)):
            yield Aspect(kind="region", value=code or word, label=word, places=tuple(places))
            continue
        weight = _weight(vocabulary.rarities, word, reading.settings)
        if weight > 0:
            label = reading.article.text[slice(*places[0])]
            yield Aspect(kind="word", value=word, label=label, places=tuple(places), weight=weight)


def _is_telling(reading: _Reading, vocabulary: Vocabulary, word: str) -> bool:
    """Whether a word may say what is needed: no number, no running word, but for those that are rare or long."""
    if word.isdecimal():
        return False
    if len(word) >= _LONG_WORD or len(word) < _LEAST_WORD:
        return len(word) >= _LONG_WORD
    rare = vocabulary.rarities[word] >= reading.settings.rarity.most
    return rare or vocabulary[word] not in _NO_NOUN


def _free(folded: str, taken: Stretches) -> Iterator[Pair]:
    """The stretches that nothing else takes."""
    start = 0
    for place in range(len(folded) + 1):
        if place == len(folded) or taken.touching(place, place + 1):
            if place > start:
                yield start, place
            start = place + 1


def _weight(rarities: Mapping[str, float], word: str, settings: MatchingSettings) -> float:
    least, most = settings.rarity.least, settings.rarity.most
    return round(max(0.0, min(1.0, (rarities[word] - least) / (most - least))), 3)


def parts_of_word(word: str, settings: MatchingSettings, book: Rulebook) -> Iterator[str]:
    """The first and the last two signs of a long word that tell something themselves: 工地 of 建筑工地."""
    if len(word) < _LONG_WORD or word.isascii():
        return
    rarities = vocabulary_of(book).rarities
    for part in dict.fromkeys((word[:_LEAST_WORD], word[-_LEAST_WORD:])):
        if part not in settings.empty and _weight(rarities, part, settings) >= _LEAST_PART:
            yield part


def kinds_of(need: Need, kind: AspectKind) -> list[Aspect]:
    """The aspects of a kind that are wanted."""
    return [aspect for aspect in need.aspects if aspect.kind == kind and not aspect.unwanted]
