"""Noun phrases: whole runs of words that can name one thing, though no lexicon knows them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import accumulate
from math import log2
from typing import Any, TypeAlias

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.model.span import Pair
from mingjian.core.rulebook import Rulebook

_KEPT = 60_000  # words whose class is remembered: a bound on memory
_RUNNING_WORDS = 6e7  # of the texts that the segmenter's dictionary was counted on
_BREAK, _PIECE, _HERALD, _EVERYDAY = ".", "?", "h", "n"


_ACTION = frozenset("GDVM")  # classes of words that tell an action
_CLAUSE = frozenset("DV")  # classes of verbs: with one, a run may be a clause

_Run: TypeAlias = tuple[list[str], int | None, str, bool]
"""Words, where they begin (``None`` in the title), their classes, and whether a heading holds them."""


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """A phrase of the body, where it stands first by itself, and how often its words stand at all.

    ``rarity`` is in bits: how rare its words are in general text. ``parts`` counts its words. ``topical`` is a phrase
    whose last word is one of those that a topic ends with, as an instrument, a product or a facility does; ``headed``
    one that stands in a heading; ``local`` one that begins with a place.
    """

    words: str
    place: Pair
    count: int
    rarity: float
    parts: int
    topical: bool = False
    headed: bool = False
    local: bool = False


class Rarities(dict[str, float]):
    """How rare each word is in general text, in bits, looked up when first met."""

    def __init__(self, frequency: Callable[[str], int]) -> None:
        super().__init__()
        self._frequency = frequency

    def __missing__(self, word: str) -> float:
        self[word] = found = log2(_RUNNING_WORDS / max(1, self._frequency(word)))
        return found


class Vocabulary(dict[str, str]):
    """For each word of a text one letter, its class in ``keywords.toml``, looked up when first met."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        import rjieba  # its dictionary costs a start 0.1 s: only a page that is read needs it

        super().__init__()
        self.cut, self._tag, self._frequency, self._knows = (
            rjieba.cut,
            rjieba.tag,
            rjieba.suggest_freq,
            rjieba.has_word,
        )
        self.settings = settings
        self._by_tag: dict[str, str] = {tag: name for name, tags in settings["classes"].items() for tag in tags}
        self._by_word = {word: name for name, words in settings["words"].items() for word in words}
        self._no_word, self._adverbial = re.compile(settings["no_word"]), re.compile(settings["adverbial"])
        self._latin = re.compile(settings["latin"])
        self.rarities = Rarities(rjieba.suggest_freq)
        self.patterns = tuple(map(re.compile, settings["patterns"]))
        self.topics, self.bodies = frozenset(settings["topics"]), frozenset(settings["bodies"])

    def __missing__(self, word: str) -> str:
        if len(self) > _KEPT:
            self.clear()
            self.rarities.clear()
        self[word] = found = self._by_word.get(word) or self._classify(word)
        return found

    def _classify(self, word: str) -> str:
        if word.isascii():
            return "_" if word == " " else "L" if self._latin.search(word) else _BREAK
        tagged = self._tag(word) if word.isalnum() else []
        if len(tagged) != 1:
            return _BREAK
        return (self._classify_character if len(word) == 1 else self._classify_word)(word, tagged[0][1])

    def _classify_word(self, word: str, tag: str) -> str:
        made_up = not self._knows(word)
        name = self._by_tag.get("n" if made_up and tag == "q" else tag, _BREAK)
        if (made_up and self._no_word.search(word)) or (tag == "l" and self._adverbial.match(word)):
            return _BREAK
        if name in "VA" and self._frequency(word) > self.settings["frequent"]:
            return _BREAK
        return _EVERYDAY if name == "N" and self.rarities[word] < self.settings["alone"] else name

    def _classify_character(self, word: str, tag: str) -> str:
        """A noun ends words, a word of grammar parts them, and any other character is a piece of a word cut wrongly."""
        name = self._by_tag.get(tag, _BREAK)
        if name in "NS":
            return "S"
        if name == _HERALD:
            return name
        grammatical = name == _BREAK and tag not in self.settings["piece_tags"]
        return _BREAK if grammatical or self._frequency(word) > self.settings["grammatical"] else _PIECE

    def ends_topic(self, words: Sequence[str]) -> bool:
        """Whether the last word is one of those that topics end with; a rare word also by its last characters."""
        last, topics = words[-1], self.topics
        if len(words) > 1:
            return last in topics or words[-2] + last in topics
        return last in topics or (len(last) > 2 and (last[-2:] in topics or last[-1] in topics))


@cache
def vocabulary_of(book: Rulebook) -> Vocabulary:
    """The classes of words by this rule book, built once."""
    return Vocabulary(book.tables["keywords"]["phrases"])


def find_phrases(article: Article, book: Rulebook, title: str = "") -> tuple[Phrase, ...]:
    """The phrases of the title and the body that name a topic, that a heading holds, or that the body repeats.

    None is a piece of a word, none runs over the end of a clause, none is a body or a post. Of a long page only some
    sentences are cut into words, for that is slow; how often a phrase stands is counted in the whole body. A page with
    few such phrases gives those that are rare, though they stand once.
    """
    vocabulary = vocabulary_of(book)
    settings = vocabulary.settings
    phrases: list[Phrase] = []
    once: list[Phrase] = []
    for words, run in _runs(article, vocabulary, title).items():
        if not 2 <= len(words) <= settings["longest"] or run[0][-1] in vocabulary.bodies:
            continue
        found = _phrase(article, vocabulary, words, run)
        if found is None:
            continue
        if found.count >= _least(found, settings, title):
            phrases.append(found)
        elif _may_stand_once(found, run, settings):
            (phrases if found.topical else once).append(found)
    return tuple(phrases if len(phrases) >= settings["few"] else (*phrases, *once[: settings["few"]]))


def _phrase(article: Article, vocabulary: Vocabulary, phrase: str, run: _Run) -> Phrase | None:
    """The run with its number, if it is rare enough and the body has it."""
    words, place, classes, headed = run
    if len(set(words)) < len(words):
        return None
    rarity = sum(map(vocabulary.rarities.__getitem__, words)) / len(words)
    topical = vocabulary.ends_topic(words)
    settings = vocabulary.settings
    if rarity < settings["common_topic" if topical else "common"]:
        return None
    local = classes.startswith("R")
    if local and not topical:
        return None
    start = article.folded.find(phrase) if place is None else place
    if start < 0:
        return None
    count = article.folded.count(phrase)
    headed = headed and not _CLAUSE.intersection(classes)
    return Phrase(phrase, (start, start + len(phrase)), count, rarity, len(words), topical, headed, local)


def _least(phrase: Phrase, settings: Mapping[str, Any], title: str) -> int:
    """From how many places on the phrase counts."""
    prominent = phrase.words in title or phrase.headed
    if phrase.parts > 1 or (phrase.topical and phrase.rarity >= settings["rare_alone"]):
        return 1 if prominent else int(settings["least"])
    return int(settings["least"] if prominent else settings["least_alone"])


def _may_stand_once(phrase: Phrase, run: _Run, settings: Mapping[str, Any]) -> bool:
    """Whether the phrase is a whole name of something, though one place alone speaks for it."""
    alone = phrase.parts < 2 and (not phrase.topical or phrase.rarity < settings["rare_alone"])
    if alone or phrase.rarity < settings["rare_topic" if phrase.topical else "rare_once"]:
        return False
    if len(phrase.words) > settings["longest_topic" if phrase.topical else "longest_once"]:
        return False
    return not (_CLAUSE if phrase.topical else _ACTION).intersection(run[2])


def _runs(article: Article, vocabulary: Vocabulary, title: str) -> dict[str, _Run]:
    """Every run of words that can be a phrase."""
    settings = vocabulary.settings
    pieces = _leading(article, settings)
    read = "\n".join((title, *(article.folded[start:end] for start, end, _ in pieces)))
    starts = list(accumulate((end - start + 1 for start, end, _ in pieces), initial=len(title) + 1))
    words = vocabulary.cut(read)
    classes = "".join(map(vocabulary.__getitem__, words))
    if classes.count("_") > len(classes) * settings["foreign"]:
        return {}
    ends = list(accumulate(map(len, words), initial=0))
    found: dict[str, _Run] = {}
    for pattern in vocabulary.patterns:
        for match in pattern.finditer(classes):
            low, high = match.span()
            start = ends[low]
            phrase = read[start : ends[high]]
            piece = bisect_right(starts, start) - 1
            headed = piece >= 0 and pieces[piece][2]
            if phrase not in found or found[phrase][1] is None or headed:
                place = start - starts[piece] + pieces[piece][0] if piece >= 0 else None
                found[phrase] = words[low:high], place, match.group(), headed
    return found


def _leading(article: Article, settings: Mapping[str, Any]) -> list[tuple[int, int, bool]]:
    """The sentences that open the body and each of its blocks, then the others, as far as they are read.

    With each stands whether it is a heading.
    """
    room, lead = settings["read"], settings["lead"] + (article.body[0].start if article.body else 0)
    headings = settings["heading_roles"]
    openings: list[tuple[int, int, bool]] = []
    others: list[tuple[int, int, bool]] = []
    block = -1
    for sentence in article.sentences:
        opens = sentence.block != block or sentence.end <= lead
        block = sentence.block
        place = sentence.start, sentence.end, article.body[block].role in headings
        (openings if opens else others).append(place)
    chosen: list[tuple[int, int, bool]] = []
    for start, end, headed in (*openings, *others):
        if room <= 0:
            break
        chosen.append((start, min(end, start + room), headed))
        room -= end - start
    return sorted(chosen)
