"""Slots: the numbers of an article, each with the words around it.

Two weekly reports say the same of other numbers: the same slots are filled otherwise. A reprint fills them alike, what
it leaves out it does not fill. Dates, ordinals, amounts and codes are all numbers with words around them.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.alphabet import HAN, NO_FIGURE, POINT, TEN, Places, Stream, alphabet, mixed
from mingjian.core.link.reprints.settings import SlotSettings

Flags = NDArray[np.bool_]
_LEFT, _RIGHT, _VALUE = np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9), np.uint64(0x27D4EB2F165667C5)
_NUMBER = 1  # the symbol that stands for any number in a context
_COMMA = ord(",")


def find_slots(stream: Stream, settings: SlotSettings) -> tuple[Places, NDArray[np.uint32], NDArray[np.uint32]]:
    """Body number, key (the words around) and value of every number, in order; values are hashes too."""
    at, figures = _number_symbols(stream, settings)
    if not at.size:
        nothing = np.zeros(0, np.uint32)
        return np.zeros(0, np.int64), nothing, nothing
    starts = _starts(stream, at)
    first = np.flatnonzero(starts)
    values = _values(figures, starts, first)
    keys = _contexts(stream, at, starts, settings.context)
    body = np.searchsorted(stream.ends, at[first], side="right")
    return body, keys.astype(np.uint32), values.astype(np.uint32)


def _number_symbols(stream: Stream, settings: SlotSettings) -> tuple[Places, NDArray[np.uint8]]:
    """Where the symbols of numbers stand, and which figures they are."""
    figures = alphabet().figures.take(stream.symbols)
    at = np.flatnonzero(figures != NO_FIGURE)
    figures = figures[at]
    han = figures >= HAN
    joined = np.diff(at) == 1
    beside = np.zeros(len(at), np.bool_)
    beside[1:] = joined & han[:-1]
    beside[:-1] |= joined & han[1:]
    before, behind = stream.symbols[at - 1], stream.symbols[at + 1]
    counted = _flags(settings.before).take(before) | _flags(settings.behind).take(behind)
    number = ~han | beside | counted
    return at[number], figures[number]


@lru_cache(maxsize=8)
def _flags(characters: str) -> Flags:
    """For every symbol whether it is one of these."""
    flags = np.zeros(len(alphabet().figures), np.bool_)
    flags[[ord(character) for character in characters]] = True
    return flags


def _starts(stream: Stream, at: Places) -> Flags:
    """Which of the symbols begin a number: a thousands' comma parts none, any other mark does."""
    starts = np.ones(len(at), np.bool_)
    places = stream.places[at]
    apart = np.diff(places)
    joined = (np.diff(at) == 1) & ((apart == 1) | ((apart == 2) & (stream.codes[places[1:] - 1] == _COMMA)))
    starts[1:] = ~joined
    return starts


def _values(figures: NDArray[np.uint8], starts: Flags, first: Places) -> NDArray[np.uint64]:
    """A hash of each number: its figures whatever script they are in, without zeros before them."""
    worth = np.where(figures >= HAN, figures - HAN, figures - 1).astype(np.uint64)
    worth[figures == POINT] = POINT
    ten = np.flatnonzero(figures == TEN)
    used = np.ones(len(figures), np.bool_)
    if ten.size:
        ends = np.append(starts[1:], True)
        opens, closes = starts[ten], ends[ten]
        worth[ten] = np.where(opens, 1, 0)  # 十五 is 15, 二十 is 20
        used[ten[~opens & ~closes]] = False  # 二十五 is 25
    number = np.cumsum(starts) - 1
    number, worth = number[used], worth[used]
    edges = np.flatnonzero(np.diff(number, prepend=-1))
    last = np.append(edges[1:], len(number)) - 1
    power = np.minimum(last[number] - np.arange(len(number)), 63)
    values = np.add.reduceat(worth * _powers()[power], edges)
    alone = first[(figures[first] == TEN) & np.append(starts[1:], True)[first]]
    values[np.searchsorted(first, alone)] = _powers()[1]  # 十 alone is 10
    return mixed(values)


@lru_cache(maxsize=512)
def number_value(figures: str) -> int:
    """The value of a slot that holds these figures.

    >>> from mingjian.core.link.reprints.alphabet import read_stream
    >>> from mingjian.core.link.reprints.settings import reprint_settings
    >>> _, _, values = find_slots(read_stream(["在2025年底"], 4), reprint_settings().slots)
    >>> values.tolist() == [number_value("2025")]
    True
    """
    worth = np.array([int(figure) for figure in figures], np.uint64) * _powers()[: len(figures)][::-1]
    return int(mixed(worth.sum(keepdims=True)).astype(np.uint32)[0])


def _powers() -> NDArray[np.uint64]:
    powers = np.full(64, _VALUE, np.uint64)
    powers[0] = 1
    return np.cumprod(powers)


def _contexts(stream: Stream, at: Places, starts: Flags, width: int) -> NDArray[np.uint64]:
    """A hash of the symbols on both sides of each number, other numbers among them being one symbol each."""
    masked = stream.symbols.copy()
    masked[at] = _NUMBER
    left_out = at[~starts]
    kept = np.ones(len(masked), np.bool_)
    kept[left_out] = False
    masked = masked[kept]
    middle = at[starts] - np.searchsorted(left_out, at[starts])
    left = np.zeros(len(middle), np.uint64)
    right = np.zeros(len(middle), np.uint64)
    for distance in range(1, width + 1):
        left = left * _LEFT + masked[middle - distance]
        right = right * _RIGHT + masked[middle + distance]
    return mixed(mixed(left) + right * _RIGHT)
