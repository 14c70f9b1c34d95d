"""Noun phrases: whole runs of words that can name one thing, though no lexicon knows them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
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

_Run: TypeAlias = tuple[list[str], int | None, bool]
"""Words, where they begin (``None`` in the title), and whether none of them tells an action."""


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """A phrase of the body, where it stands first by itself, and how often its words stand at all.

    ``rarity`` is in bits: how rare its words are in general text. ``parts`` counts its words.
    """

    words: str
    place: Pair
    count: int
    rarity: float
    parts: int


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
        self._rarities: dict[str, float] = {}
        self.patterns = tuple(map(re.compile, settings["patterns"]))

    def __missing__(self, word: str) -> str:
        if len(self) > _KEPT:
            self.clear()
            self._rarities.clear()
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
        return _EVERYDAY if name == "N" and self.rarity(word) < self.settings["alone"] else name

    def _classify_character(self, word: str, tag: str) -> str:
        """A noun ends words, a word of grammar parts them, and any other character is a piece of a word cut wrongly."""
        name = self._by_tag.get(tag, _BREAK)
        if name in "NS":
            return "S"
        if name == _HERALD:
            return name
        grammatical = name == _BREAK and tag not in self.settings["piece_tags"]
        return _BREAK if grammatical or self._frequency(word) > self.settings["grammatical"] else _PIECE

    def rarity(self, word: str) -> float:
        """How rare the word is in general text, in bits."""
        found = self._rarities.get(word)
        if found is None:
            found = self._rarities[word] = log2(_RUNNING_WORDS / max(1, self._frequency(word)))
        return found


@cache
def vocabulary_of(book: Rulebook) -> Vocabulary:
    """The classes of words by this rule book, built once."""
    return Vocabulary(book.tables["keywords"]["phrases"])


def find_phrases(article: Article, book: Rulebook, title: str = "") -> tuple[Phrase, ...]:
    """The phrases of the title and of the leading sentences that the body repeats, or that it shares with the title.

    None is a piece of a word, none runs over the end of a clause. Only some sentences are cut into words, for that is
    slow; how often a phrase stands is counted in the whole body. A page with few such phrases gives those of its
    leading sentences that are rare, though they stand once.
    """
    vocabulary = vocabulary_of(book)
    settings, folded = vocabulary.settings, article.folded
    phrases: list[Phrase] = []
    once: list[Phrase] = []
    for phrase, (words, place, plain) in _runs(article, vocabulary, title).items():
        if not 2 <= len(phrase) <= settings["longest"]:
            continue
        rarity = sum(map(vocabulary.rarity, words)) / len(words)
        count = folded.count(phrase) if rarity >= settings["common"] else 0
        if not count:
            continue
        start = folded.find(phrase) if place is None else place
        found = Phrase(phrase, (start, start + len(phrase)), count, rarity, len(words))
        if count >= _least(found, settings, title):
            phrases.append(found)
        elif len(words) > 1 and rarity >= settings["rare_once"] and len(phrase) <= settings["longest_once"] and plain:
            once.append(found)
    return tuple(phrases if len(phrases) >= settings["few"] else (*phrases, *once[: settings["few"]]))


def _least(phrase: Phrase, settings: Mapping[str, Any], title: str) -> int:
    """From how many places on the phrase counts."""
    entitled = phrase.words in title
    if phrase.parts > 1:
        return 1 if entitled else int(settings["least"])
    return int(settings["least"] if entitled else settings["least_alone"])


def _runs(article: Article, vocabulary: Vocabulary, title: str) -> dict[str, _Run]:
    """Every run of words that can be a phrase."""
    settings = vocabulary.settings
    pieces = _leading(article, settings)
    read = "\n".join((title, *(article.folded[start:end] for start, end in pieces)))
    starts = list(accumulate((end - start + 1 for start, end in pieces), initial=len(title) + 1))
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
            if phrase not in found or found[phrase][1] is None:
                piece = bisect_right(starts, start) - 1
                place = start - starts[piece] + pieces[piece][0] if piece >= 0 else None
                found[phrase] = words[low:high], place, not _ACTION.intersection(match.group())
    return found


def _leading(article: Article, settings: Mapping[str, Any]) -> list[Pair]:
    """The sentences that open the body and each of its blocks, then the others, as far as they are read."""
    room, lead = settings["read"], settings["lead"] + (article.body[0].start if article.body else 0)
    openings: list[Pair] = []
    others: list[Pair] = []
    block = -1
    for sentence in article.sentences:
        opens = sentence.block != block or sentence.end <= lead
        (openings if opens else others).append((sentence.start, sentence.end))
        block = sentence.block
    chosen: list[Pair] = []
    for start, end in (*openings, *others):
        if room <= 0:
            break
        chosen.append((start, min(end, start + room)))
        room -= end - start
    return sorted(chosen)
