"""Text as arrays of symbols: one script, one width, one case, and nothing but letters, digits and Han characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from mingjian.core.rulebook.bundled import bundled_file
from mingjian.core.rulebook.foldings import FILE, read_foldings

Symbols = NDArray[np.uint32]
Places = NDArray[np.int64]

EDGE = 0x1E  # the symbol around every body: no n-gram and no context reaches beyond it
PARAGRAPH = "\x1d"  # between blocks: parts numbers, and is no symbol
_SIZE = 0x32000  # all planes that hold Han characters
_PLANE = 0x10000
_ASTRAL_HAN = 0x20000
_DIGITS = "0123456789"
_HAN_FIGURES = {
    "〇": 0,
    "零": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}

NO_FIGURE, POINT, TEN, HAN = 0, 11, 31, 20  # Arabic figures are 1 to 10, Han figures 20 to 29


class Alphabet(msgspec.Struct, frozen=True):
    """For every code point: its symbol (0: dropped), and what it is in a number."""

    symbols: Symbols
    figures: NDArray[np.uint8]


@cache
def alphabet() -> Alphabet:
    """The tables, made of ``rules/folding.tsv`` and Unicode's compatibility forms."""
    return Alphabet(_symbols(), _figures())


def _symbols() -> Symbols:
    folded = list(range(_PLANE))
    for code in (*range(0x80, 0xD800), *range(0xE000, _PLANE)):
        form = unicodedata.normalize("NFKC", chr(code))
        folded[code] = ord(form) if len(form) == 1 and ord(form) < _PLANE else code
    symbols = np.zeros(_SIZE, np.uint32)
    symbols[_ASTRAL_HAN:] = np.arange(_ASTRAL_HAN, _SIZE, dtype=np.uint32)
    foldings = {ord(source): ord(target) for source, target in read_foldings(bundled_file(FILE)).items()}
    for code, target in (*enumerate(folded), *foldings.items()):
        lower = chr(target).lower()[0]
        symbols[code] = ord(lower) if lower.isalnum() else 0
    symbols[EDGE] = EDGE
    symbols[-1] = 0
    return symbols


def _figures() -> NDArray[np.uint8]:
    figures = np.zeros(_SIZE, np.uint8)
    for digit in _DIGITS:
        figures[ord(digit)] = int(digit) + 1
    for han, value in _HAN_FIGURES.items():
        figures[ord(han)] = HAN + value
    figures[ord("十")] = TEN
    figures[ord(".")] = POINT
    return figures


class Stream(msgspec.Struct, frozen=True):
    """The symbols of many bodies, one behind the other with edges between.

    ``symbols`` and ``places`` have one entry a symbol: what it is, and where in the joined text it stands; ``codes``
    are the code points of the joined text, ``starts`` and ``ends`` where the symbols of each body begin and end, and
    ``first`` where its text begins.
    """

    codes: Symbols
    symbols: Symbols
    places: Places
    starts: Places
    ends: Places
    first: Places


def read_stream(bodies: Sequence[str], edge: int) -> Stream:
    """The symbols of the bodies, ``edge`` symbols apart."""
    between = chr(EDGE) * edge
    joined = between.join(("", *bodies, ""))
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32)
    symbols = alphabet().symbols.take(codes, mode="clip")  # the last code point of the table stands for all beyond
    _keep_points(codes, symbols)
    places = np.flatnonzero(symbols != 0)  # of flags it is found five times as fast as of numbers
    lengths = np.fromiter(map(len, bodies), np.int64, len(bodies))
    first = np.cumsum(lengths + edge) - lengths
    starts, ends = np.searchsorted(places, first), np.searchsorted(places, first + lengths)
    return Stream(codes, symbols[places], places, starts, ends, first)


def _keep_points(codes: Symbols, symbols: Symbols) -> None:
    """A point between two digits is a symbol."""
    points = np.flatnonzero((codes == ord(".")) | (codes == ord("．")))
    figures = alphabet().figures
    before, behind = symbols[points - 1], symbols[points + 1]
    inside = (_digits(figures[before])) & (_digits(figures[behind]))
    symbols[points[inside]] = ord(".")


def _digits(figures: NDArray[np.uint8]) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (figures > NO_FIGURE) & (figures < POINT)
    return inside


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The values with their bits stirred: equal ones stay equal, near ones end far apart."""
    stirred = values ^ (values >> np.uint64(32))
    stirred *= np.uint64(0x9E3779B97F4A7C15)
    stirred ^= stirred >> np.uint64(29)
    return stirred


def gram_hashes(symbols: Symbols, gram: int) -> NDArray[np.uint64]:
    """The hash of every ``gram`` symbols in a row (a power of two), by the place of the first; modulo 2**64."""
    hashes, base, width = symbols.astype(np.uint64), 0x9E3779B97F4A7C15, 1
    while width < gram:
        hashes = hashes[:-width] * np.uint64(base) + hashes[width:]
        base, width = base * base % 2**64, width * 2
    return mixed(hashes)
