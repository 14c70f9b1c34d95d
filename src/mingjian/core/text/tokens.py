"""Cuts the stretches of a text that hold numbers and words of a vocabulary into tokens; everything else is passed over.

A stretch begins at a number or at a word that may start one, grows to the left over words that may lead and to the
right over words that may follow, and ends where neither stands. What is no number and no such word costs one look.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from ahocorasick_rs import AhoCorasick

from mingjian.core.text.characters import found_before
from mingjian.core.text.numbers import NUMBER_FIRST, NUMBER_START, NUMERALS, Number, NumberForms, read_number

_BLANKS = " \t\u3000"
_WIDEST_BLANK = 4
_REACH_OF_JOINED = 3
_LONGEST_PASSED = 40  # without a bound each figure of a long row would look through all behind it
_REACH_OF_START = 8  # characters behind a place that say whether a number begins there
_BARE = re.compile("[0-9]+[\u4e00-\u9fff]")


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word of the vocabulary: its class, what it says, and the neighbours that make it part of another word."""

    kind: str
    says: Any
    unless_before: frozenset[str]
    unless_after: frozenset[str]


class Token(msgspec.Struct, frozen=True, gc=False):
    """A number, a word, or what a frame made of several; ``code`` is the character that stands for its class.

    ``by`` is the kind of a word, or the id of the frame or pattern that made the token.
    """

    start: int
    end: int
    code: str
    value: Any
    by: str = ""


class Written(msgspec.Struct, frozen=True):
    """A pattern of characters that is one token where a number begins: 2024-02-21, 15:30.

    ``bare``: it may be figures alone, with a Han character behind them.
    """

    by: str
    pattern: re.Pattern[str]
    kind: str
    says: Callable[[Mapping[str, str | None]], Any]
    bare: bool = False


_Table = Mapping[str, Sequence[tuple[str, Word]]]


class Passed(msgspec.Struct, frozen=True):
    """The numbers beside which stands no word: none of ``leading`` ends before them, ``alone`` matches them."""

    leading: _Table
    alone: re.Pattern[str]

    def holds(self, folded: str, start: int, words: Container[int]) -> bool:
        """Whether the number at the place is one of them; ``words`` are the places where words begin."""
        alone = self.alone.match(folded, start)
        if alone is None or any(place in words for place in range(start + 1, alone.end(1))):
            return False
        before = folded[start - 1] if start else ""
        if before in self.leading:
            return not any(folded.endswith(surface, 0, start) for surface, _ in self.leading[before])
        return before not in _BLANKS or not before


class Vocabulary(msgspec.Struct, frozen=True):
    """The words by where they may stand, and how a number or a word is given its code.

    ``points`` finds what makes a 点 inside a number a decimal point; without it every one is. ``read`` reads numbers
    otherwise than ``read_number`` does. ``joined`` finds what a number belongs to that has no other word before it.
    ``behind`` and ``ahead`` find words that no table lists: what follows the tokens at a place, and what ends at a
    place at or after a floor. ``firsts`` are the characters that anything behind a token begins with, ``lasts`` those
    that anything before one ends with. ``passed``: the numbers that need not be read, where numbers alone mean nothing.
    """

    starters: AhoCorasick | None
    starting: Sequence[tuple[str, Word]]
    leading: _Table
    following: _Table
    written: Sequence[Written]
    codes: Mapping[str, str]
    number_codes: Any
    forms: NumberForms
    firsts: frozenset[str]
    lasts: frozenset[str]
    points: re.Pattern[str] | None = None
    read: Callable[[str, int, int | None], Number | None] | None = None
    joined: re.Pattern[str] | None = None
    behind: Callable[[str, int, Sequence[Token]], Token | None] | None = None
    ahead: Callable[[str, int, int], Token | None] | None = None
    passed: Passed | None = None


def table_of(words: Iterable[tuple[str, Word]], *, last: bool = False) -> _Table:
    """The words by their first (or last) character, the longest first."""
    table: dict[str, list[tuple[str, Word]]] = {}
    for surface, word in words:
        table.setdefault(surface[-1 if last else 0], []).append((surface, word))
    return {key: sorted(found, key=lambda item: -len(item[0])) for key, found in table.items()}


def starters_of(words: Sequence[tuple[str, Word]]) -> AhoCorasick | None:
    """An automaton that finds every place of the words."""
    surfaces = [surface for surface, _ in words]
    return AhoCorasick(surfaces) if surfaces else None


def firsts_of(starting: Iterable[tuple[str, Word]], following: _Table, others: Iterable[str] = ()) -> frozenset[str]:
    """What a token behind another may begin with, ``others`` being that of words which no table lists."""
    return NUMBER_FIRST.union((surface[0] for surface, _ in starting), following, others)


def passed_of(vocabulary: Vocabulary) -> Passed:
    """The numbers that no word of the vocabulary stands beside; before a mark none is passed: it may go on."""
    following = vocabulary.following
    alone = re.escape("".join(character for character in NUMERALS if character not in following))
    every = re.escape(NUMERALS)
    parts = re.escape("".join({*NUMERALS, *following}))
    number = rf"[{every}][{alone}]{{0,{_LONGEST_PASSED}}}"
    pattern = rf"({number})[{_BLANKS}]{{0,{_WIDEST_BLANK}}}(?:[^{parts}{_BLANKS}eE.,，﹒^/:-]|\Z)"
    return Passed(vocabulary.leading, re.compile(pattern))


class Seeds:
    """Where in a stretch of a text tokens may begin: the places of words that may start one, and of numbers."""

    def __init__(self, folded: str, vocabulary: Vocabulary, start: int = 0, end: int | None = None) -> None:
        end = len(folded) if end is None else end
        self.folded, self.vocabulary = folded, vocabulary
        self.words: dict[int, list[tuple[str, Word]]] = {}
        if vocabulary.starters is not None:
            starting = vocabulary.starting
            piece = folded if end - start == len(folded) else folded[start:end]
            for index, first, _ in vocabulary.starters.find_matches_as_indexes(piece, overlapping=True):
                self.words.setdefault(first + start, []).append(starting[index])
        self.numbers = {match.start() for match in NUMBER_START.finditer(folded, start, end + _REACH_OF_START)}
        if vocabulary.passed is not None:
            holds, words = vocabulary.passed.holds, self.words
            self.numbers = {place for place in self.numbers if not holds(folded, place, words)}
        self._places = sorted(self.numbers.union(self.words))

    def between(self, start: int, end: int) -> Sequence[int]:
        """The places from ``start`` to ``end`` in order."""
        places = self._places
        low = bisect_left(places, start)
        return places[low : bisect_left(places, end, low)]


def stretches(seeds: Seeds, start: int, end: int) -> Iterator[list[Token]]:
    """The stretches between the two places, each a list of tokens side by side, in the order of the text."""
    places = seeds.between(start, end)
    if not places:
        return
    reader = _Reader(seeds, start, end)
    words, numbers = seeds.words, seeds.numbers
    reached = start
    for place in places:
        if place < reached:
            continue
        found = reader.starting(place) if place in words else None
        token = reader.word_token(place, *found) if found else reader.number_at(place) if place in numbers else None
        if token is None:
            continue
        tokens = reader.led(token, reached)
        if found is None and tokens[0] is token and reader.is_joined(place):
            continue
        if found is not None and found[1].kind == HIDDEN:
            reached = token.end
            continue
        reader.extend(tokens)
        reached = tokens[-1].end
        yield tokens


HIDDEN = "hidden"


class _Reader:
    """One walk over one piece of text."""

    def __init__(self, seeds: Seeds, start: int, end: int) -> None:
        self._seeds, self._folded, self._vocabulary = seeds, seeds.folded, seeds.vocabulary
        self._start, self._end = start, end

    def starting(self, place: int) -> tuple[str, Word] | None:
        """The longest word there that may start a stretch."""
        best: tuple[str, Word] | None = None
        for surface, word in self._seeds.words.get(place, ()):
            high = place + len(surface)
            longer = best is None or len(best[0]) < len(surface)
            if longer and high <= self._end and self._stands(word, place, high):
                best = (surface, word)
        return best

    def _stands(self, word: Word, start: int, end: int) -> bool:
        """Whether the word is no part of another."""
        if word.unless_after and end < len(self._folded) and self._folded[end] in word.unless_after:
            return False
        if not word.unless_before:
            return True
        low = self._over_blanks_back(start, self._start)
        return not (low > self._start and self._folded[low - 1] in word.unless_before)

    def word_token(self, start: int, surface: str, word: Word) -> Token:
        """The word as a token."""
        return Token(start, start + len(surface), self._vocabulary.codes[word.kind], word.says, word.kind)

    def is_joined(self, start: int) -> bool:
        """Whether what stands before the place belongs to a number there: GPT-4, A100."""
        joined = self._vocabulary.joined
        return (
            joined is not None
            and found_before(joined, self._folded, max(0, start - _REACH_OF_JOINED), start) is not None
        )

    def number_at(self, start: int) -> Token | None:
        """The number, or the date or time written in figures, that begins there."""
        folded, words = self._folded, self._vocabulary
        if words.written and folded[start] in "0123456789":
            is_bare = _BARE.match(folded, start) is not None
            for written in words.written:
                found = None if is_bare and not written.bare else written.pattern.match(folded, start, self._end)
                if found is not None:
                    return Token(
                        start, found.end(), words.codes[written.kind], written.says(found.groupdict()), written.by
                    )
        number = self._read(start, None)
        if number is not None and number.end > self._end:
            number = self._read(start, self._end)
        if number is not None and words.points is not None:
            told = self._of_clock if number.form == "decimal" else self._decimal
            number = told(number, words.points)
        return None if number is None else Token(start, number.end, words.number_codes(number), number)

    def _read(self, start: int, limit: int | None) -> Number | None:
        words = self._vocabulary
        if words.read is not None:
            return words.read(self._folded, start, limit)
        return read_number(self._folded, start, words.forms, limit)

    def _of_clock(self, number: Number, points: re.Pattern[str]) -> Number | None:
        """The hour alone, where 点 belongs to a clock: 十点零五, but 五点五分钟 is a length."""
        place = self._folded.find("点", number.start, number.end)
        if place < 0 or points.match(self._folded, number.end):
            return number
        return read_number(self._folded, number.start, self._vocabulary.forms, place)

    def _decimal(self, number: Number, points: re.Pattern[str]) -> Number:
        """The number with its decimals, where the words behind them say that 点 is no clock: 五点五分钟."""
        if not self._folded.startswith("点", number.end):
            return number
        forms = self._vocabulary.forms
        decimals = read_number(self._folded, number.end + 1, forms)
        if decimals is None or not points.match(self._folded, decimals.end):
            return number
        longer = read_number(self._folded, number.start, forms, decimals.end)
        return longer if longer is not None and longer.end == decimals.end else number

    def led(self, token: Token, floor: int) -> list[Token]:
        """The token with the words that lead to it, from the left."""
        tokens = [token]
        place, folded, lasts = token.start, self._folded, self._vocabulary.lasts
        while place > floor:
            if folded[place - 1] in _BLANKS:
                place = self._over_blanks_back(place, floor)
            found = self._leading(place, floor) if place > floor and folded[place - 1] in lasts else None
            if found is None:
                break
            tokens.append(found)
            place = found.start
        return tokens[::-1] if len(tokens) > 1 else tokens

    def _leading(self, place: int, floor: int) -> Token | None:
        folded = self._folded
        for surface, word in self._vocabulary.leading.get(folded[place - 1], ()):
            low = place - len(surface)
            if low >= floor and folded.startswith(surface, low) and self._stands(word, low, place):
                return self.word_token(low, surface, word)
        ahead = self._vocabulary.ahead
        return None if ahead is None else ahead(folded, place, floor)

    def extend(self, tokens: list[Token]) -> None:
        """Adds the tokens that follow side by side."""
        place, end, folded, firsts = tokens[-1].end, self._end, self._folded, self._vocabulary.firsts
        while place < end:
            if folded[place] in _BLANKS:
                place = self._over_blanks(place)
            found = self._next(place, tokens) if place < end and folded[place] in firsts else None
            if found is None:
                return
            tokens.append(found)
            place = found.end

    def _next(self, place: int, tokens: Sequence[Token]) -> Token | None:
        first = self._folded[place]
        word = self._word_behind(place, tokens, first)
        if word is not None and first == "-":  # behind another word a dash is no minus: 5月-10月
            return word
        is_number = first in NUMBER_FIRST and NUMBER_START.match(self._folded, place) is not None
        number = self.number_at(place) if is_number else None
        if word is None or (number is not None and number.end > word.end and not self._reaches(word, number)):
            return number
        return word

    def _reaches(self, word: Token, number: Token) -> bool:
        """Whether the number behind the word is the longer one: 一小时零三十分钟 is no 零三."""
        if not NUMBER_START.match(self._folded, word.end):
            return False
        behind = self.number_at(word.end)
        return behind is not None and behind.end > number.end

    def _word_behind(self, place: int, tokens: Sequence[Token], first: str) -> Token | None:
        """The longest word there, ``first`` being its first character: of the tables, or one that is found."""
        behind, is_listed = self._vocabulary.behind, first in self._vocabulary.following or place in self._seeds.words
        word = self._following(place) if is_listed else None
        found = behind(self._folded, place, tokens) if behind is not None else None
        if found is None or found.end > self._end:
            return word
        return word if word is not None and word.end > found.end else found

    def _following(self, place: int) -> Token | None:
        folded = self._folded
        best = self.starting(place) if place in self._seeds.words else None
        for surface, word in self._vocabulary.following.get(folded[place], ()):
            if best is not None and len(best[0]) >= len(surface):
                break
            high = place + len(surface)
            if high <= self._end and folded.startswith(surface, place) and self._stands(word, place, high):
                best = (surface, word)
                break
        return None if best is None or best[1].kind == HIDDEN else self.word_token(place, *best)

    def _over_blanks(self, place: int) -> int:
        high = place
        while high < self._end and high - place < _WIDEST_BLANK and self._folded[high] in _BLANKS:
            high += 1
        return high

    def _over_blanks_back(self, place: int, floor: int) -> int:
        low = place
        while low > floor and place - low < _WIDEST_BLANK and self._folded[low - 1] in _BLANKS:
            low -= 1
        return low
