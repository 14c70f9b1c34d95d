"""Reads one number without sign, fraction or power: 1,200, 3.5万亿, 两千四百五, 二〇二五, 三五百, 十余万."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from mingjian.core.text.numeral_grammar import (
    FEW,
    FEW_MORE,
    FIGURES,
    GREAT,
    IN_A_ROW,
    LETTERS,
    LONGEST,
    SMALL,
    TENS,
    TOGETHER,
    NumeralGrammar,
)

Form = Literal["integer", "decimal", "positional", "han", "mixed", "fraction", "power"]
_SECTION = 10**4
_FEW_WORDS = "几数"
_TOO_LONG = re.compile(f"[{''.join(FIGURES)}]{{{LONGEST + 1}}}")
_NO_FIGURES = re.compile("[,， ]")


class Unsigned(msgspec.Struct, frozen=True, gc=False):
    """A number from ``low`` to ``high`` (equal where it is one), both in units of ten to the minus ``decimals``."""

    end: int
    low: int
    high: int
    decimals: int = 0
    form: Form = "han"
    more: bool = False
    magnitude: str = ""
    head: int = 0


class _Piece(msgspec.Struct, frozen=True, gc=False):
    """What stands before a 万, 亿, 兆, or at the end: a section below ten thousand, a row of figures, a figure."""

    end: int
    low: int
    high: int
    decimals: int = 0
    form: Form = "han"
    small: int = 1
    """The ten, hundred, thousand right after a figure: 3.5千万."""
    tail: bool = False
    """A Han figure by itself: after a 万 it counts thousands (三万五)."""
    needs_great: bool = False
    more: bool = False
    parts: int = 0


class _Total(msgspec.Struct):
    """What has been added up so far; the greats of the parts fall."""

    end: int
    parts: list[tuple[int, int, int]]
    more: bool = False
    magnitude: str = ""
    head: int = 0

    @property
    def low(self) -> int:
        return sum(low for _, low, _ in self.parts)

    @property
    def high(self) -> int:
        return sum(high for _, _, high in self.parts)


def read_unsigned(text: str, start: int, limit: int, grammar: NumeralGrammar) -> Unsigned | None:
    """The longest number that begins at ``start`` and ends at ``limit`` at the latest."""
    piece = _opening(text, start, limit, grammar) if text[start : start + 1] != " " else None
    if piece is None:
        return None
    total, first = _Total(start, []), piece
    while piece is not None:
        chain = grammar.chain.match(text, piece.end, limit)
        if chain is None:
            _finish(total, piece, grammar)
            break
        if not _close(total, piece, chain) or piece.decimals or total.more or total.low != total.high:
            break
        piece = _later(text, total.end, limit, grammar)
    if total.end == start:
        return None
    return _with_point(text, start, limit, grammar, _whole(text, start, first, total))


def _whole(text: str, start: int, first: _Piece, total: _Total) -> Unsigned:
    words = text[start : total.end]
    form = first.form
    if form in ("integer", "decimal"):
        form = form if total.end == first.end and first.small == 1 and not first.parts else "mixed"
    elif total.end > first.end and form == "positional":
        form = "han"
    if form == "han" and any("0" <= character <= "9" for character in words):
        form = "mixed"
    head = total.head if total.magnitude else total.low
    return Unsigned(total.end, total.low, total.high, first.decimals, form, total.more, total.magnitude, head)


def _opening(text: str, start: int, limit: int, grammar: NumeralGrammar) -> _Piece | None:
    """The piece that a number begins with."""
    first = text[start] if start < limit else ""
    if first in TOGETHER:
        return _Piece(start + 1, TOGETHER[first], TOGETHER[first])
    if first in GREAT:
        return _Piece(start, 1, 1, needs_great=True)
    section = _section(text, start, limit, grammar, opening=True)
    if "0" <= first <= "9" or first == ".":
        return section if section is not None and section.parts > 1 else _figure(text, start, limit, grammar)
    if section is not None:
        return section
    few = grammar.few.match(text, start, limit)
    if few is not None:
        return _Piece(start + 1, *FEW, needs_great=True, more=True)
    return _digit(text, start, limit, grammar) or _row(text, start, limit, grammar)


def _digit(text: str, start: int, limit: int, grammar: NumeralGrammar) -> _Piece | None:
    found = grammar.digit.match(text, start, limit)
    if found is None or (start and text[start - 1] in FIGURES and _is_code(text, start, found.end())):
        return None
    words = found.group()
    return _Piece(found.end(), FIGURES[words[0]], FIGURES[words[-1]], tail=True)


def _is_code(text: str, start: int, end: int) -> bool:
    """Whether the figures are of a row too long for a number."""
    return _TOO_LONG.search(text, max(0, start - LONGEST), end) is not None


def _row(text: str, start: int, limit: int, grammar: NumeralGrammar) -> _Piece | None:
    """Figures in a row, read one by one: 二〇二五."""
    found = grammar.row.match(text, start, limit)
    if found is None or _is_code(text, start, found.end()):
        return None
    value = int("".join(str(FIGURES[character]) for character in found.group()))
    return _Piece(found.end(), value, value, form="positional")


def _figure(text: str, start: int, limit: int, grammar: NumeralGrammar) -> _Piece | None:
    """An Arabic figure, with a ten, hundred or thousand after it: 3千, 3.5千万; but 220千伏 is a figure and a unit."""
    found = grammar.figure.match(text, start, limit)
    if found is None:
        return None
    whole, _, decimals = _NO_FIGURES.sub("", found.group()).partition(".")
    value, end, small = int(whole + decimals), found.end(), 1
    word = grammar.small.match(text, end, limit)
    if word is not None and (word.group("great") is not None or len(whole.lstrip("0")) <= 1):
        end, small = word.end(), SMALL[word.group("small")]
    form: Form = "decimal" if decimals else "integer"
    return _Piece(end, value * small, value * small, len(decimals), form, small)


def _section(text: str, start: int, limit: int, grammar: NumeralGrammar, *, opening: bool) -> _Piece | None:
    """Thousands, hundreds, tens and ones, each perhaps after a zero; the last figure may lack its unit."""
    low = high = parts = 0
    unit, end = _SECTION, start
    more = tail = False
    while low == high:
        part = grammar.part.match(text, end, limit)
        step = _step(part, unit, grammar, opening=opening and not parts) if part is not None else None
        if part is None or step is None:
            break
        unit, least, most = step
        low, high, end, parts = low + least, high + most, part.end(), parts + 1
        more = more or any(word in part.group() for word in _FEW_WORDS)
        last = part.group("last")
        if last is not None:
            tail = parts == 1 and part.group("zero") is None
            break
    if not parts:
        return None
    return _Piece(end, low, high, tail=tail, more=more, parts=parts)


def _step(part: re.Match[str], unit: int, grammar: NumeralGrammar, *, opening: bool) -> tuple[int, int, int] | None:
    """The unit of this part and what it adds, at least and at most; ``None`` where it does not follow from the last."""
    zero, tens = part.group("zero") is not None, part.group("tens")
    if part.group("last") is not None:
        return None if opening else _last(part, unit, grammar)
    if tens is not None:
        return (10, TENS[tens], TENS[tens]) if unit > 10 else None
    factor, digit = SMALL[part.group("unit")], part.group("digit")
    if factor >= unit or (opening and zero and digit is not None):
        return None
    if digit is None:
        may_be_bare = (not zero or factor == 10) if opening else factor == 10 and (zero or unit == 100)
        return (factor, factor, factor) if may_be_bare else None
    least, most = _digits(digit, first=opening)
    return factor, least * factor, most * factor


def _last(part: re.Match[str], unit: int, grammar: NumeralGrammar) -> tuple[int, int, int] | None:
    """The figure at the end of a section: ones after a ten or a zero, else what the unit before has ten of (二百五)."""
    words = part.group("last")
    if words == "数" or (words == "几" and unit != 10):
        return None
    least, most = _digits(words, first=False)
    if part.group("zero") is not None or unit in (10, _SECTION):
        return 1, least, most
    followed = part.string[part.end() : part.end() + 1]
    if not grammar.colloquial or (followed and followed in IN_A_ROW):
        return None
    return 1, least * unit // 10, most * unit // 10


def _digits(words: str, *, first: bool) -> tuple[int, int]:
    if words in _FEW_WORDS:
        return FEW if first else FEW_MORE
    return _value(words[0]), _value(words[-1])


def _value(character: str) -> int:
    return FIGURES[character] if character in FIGURES else int(character)


def _later(text: str, start: int, limit: int, grammar: NumeralGrammar) -> _Piece | None:
    """A piece that goes on after a 万, 亿 or 兆: no decimals, no bare hundred or thousand (3万千瓦)."""
    section = _section(text, start, limit, grammar, opening=False)
    if section is not None:
        return section
    found = grammar.later.match(text, start, limit)
    if found is None:
        return None
    value = int(found.group("figure"))
    return _Piece(found.end(), value, value, form="integer")


def _close(total: _Total, piece: _Piece, chain: re.Match[str]) -> bool:
    """Whether the greats after the piece fit; if so they are counted in."""
    words = chain.group("words").replace(" ", "")
    great = GREAT[words[0]]
    low, high, parts = piece.low, piece.high, total.parts[:]
    while parts and (parts[-1][0] < great or (parts[-1][0] == great and piece.low >= _SECTION // 10)):
        _, least, most = parts.pop()
        low, high = low + least, high + most
    if parts and high * great >= parts[-1][0]:
        return False
    head, count = low, 1
    low, high, product = low * great, high * great, great
    while count < len(words) and GREAT[words[count]] >= GREAT[words[count - 1]]:
        factor = GREAT[words[count]]
        low, high, product, count = low * factor, high * factor, product * factor, count + 1
    if parts and high >= parts[-1][0]:
        return False
    parts.append((product, low, high))
    total.end = _end_of(chain, count)
    total.more = piece.more or bool(chain.group("more"))
    total.parts = parts
    total.magnitude, total.head = _magnitude(piece, chain, total, head)
    last = GREAT.get(chain.group("last"), 0)
    if count == len(words) and len(parts) == 1 and last >= GREAT[words[-1]]:
        total.parts, total.end, total.more = [(last, low * last, high * last)], chain.end(), True
        total.magnitude, total.head = chain.group("last"), low
    return True


def _magnitude(piece: _Piece, chain: re.Match[str], total: _Total, head: int) -> tuple[str, int]:
    """The magnitude as printed and the number before it; none where it multiplies only the last part (1亿2千万)."""
    if len(total.parts) > 1 or (piece.needs_great and not piece.more):
        return "", 0
    start = chain.start("words")
    if piece.small > 1 and not chain.group("more"):
        return chain.string[piece.end - 1 : total.end], head // piece.small
    return chain.string[start : total.end], head


def _end_of(chain: re.Match[str], count: int) -> int:
    """The place after so many greats; blanks may stand between them."""
    place = chain.start("words")
    while count:
        count -= chain.string[place] in GREAT
        place += 1
    return place


def _finish(total: _Total, piece: _Piece, grammar: NumeralGrammar) -> None:
    """Counts in a piece that no great follows, where it fits."""
    if piece.needs_great:
        return
    factor = 1
    if total.parts:
        great = total.parts[-1][0]
        if piece.tail:
            factor = great // 10 if grammar.colloquial else 0
        elif piece.form == "integer":
            factor = 1 if great == _SECTION and _SECTION // 10 <= piece.low < _SECTION else 0
        if not factor or piece.high * factor >= great:
            return
    total.parts.append((1, piece.low * factor, piece.high * factor))
    total.end, total.more = piece.end, piece.more
    total.magnitude, total.head = "", 0
    if piece.small > 1 and len(total.parts) == 1:
        total.magnitude, total.head = next(word for word, value in SMALL.items() if value == piece.small), piece.low
        total.head //= piece.small


def _with_point(text: str, start: int, limit: int, grammar: NumeralGrammar, unsigned: Unsigned) -> Unsigned:
    """The number with the decimals after a 点, and the magnitude after these: 十五点七, 三点五万."""
    if unsigned.form not in ("han", "positional") or unsigned.more or unsigned.low != unsigned.high:
        return unsigned
    found = grammar.point.match(text, unsigned.end, limit)
    if found is None or text[start] in TOGETHER:
        return unsigned
    figures = found.group("figures")
    value = int(str(unsigned.low) + "".join(str(FIGURES[character]) for character in figures))
    small = grammar.small.match(text, found.end(), limit)
    factor, place = 1, found.end()
    if small is not None and small.group("great") is not None:
        factor, place = SMALL[small.group("small")], small.end()
    piece = _Piece(place, value * factor, value * factor, len(figures), small=factor)
    chain = grammar.chain.match(text, place, limit)
    total = _Total(place, [])
    if chain is None or not _close(total, piece, chain):
        return Unsigned(found.end(), value, value, len(figures), "decimal", head=value)
    return Unsigned(
        total.end, total.low, total.high, len(figures), "han", total.more, total.magnitude, total.head
    )  # fmt: skip


def with_letter(text: str, limit: int, grammar: NumeralGrammar, unsigned: Unsigned) -> Unsigned:
    """The number with a Latin letter for thousands, millions … after it: 15k, 30w."""
    found = grammar.letter.match(text, unsigned.end, limit) if unsigned.form in ("integer", "decimal") else None
    if found is None:
        return unsigned
    letter = found.group("letter")
    value = unsigned.low * LETTERS[letter]
    return Unsigned(found.end(), value, value, unsigned.decimals, "mixed", magnitude=letter, head=unsigned.low)
