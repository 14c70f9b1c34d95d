"""Reads the numbers of a text, whatever they are written in: 3.5万亿, 二〇二五, 三分之一, 负十五点七, 2^5.

The reader says what stands at one place. Whether a numeral there is a number at all (四川, 十足) is the caller's to
know: ``rules/lexicons/number_idioms.tsv`` lists such words and says how to apply them.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from math import gcd

import msgspec

from mingjian.core.text.numeral_grammar import (
    FIGURES,
    HAN,
    ONE_TO_NINE,
    TOGETHER,
    NumberForms,
    NumeralGrammar,
    numeral_grammar_of,
)
from mingjian.core.text.unsigned import Form, Unsigned, read_unsigned, with_letter

__all__ = [
    "HUGE",
    "NUMBER_FIRST",
    "NUMBER_START",
    "NUMERALS",
    "Number",
    "NumberForms",
    "exact",
    "read_number",
    "without_exponent",
]

_GREATS = "[ ]{0,4}[十拾百佰千仟万亿兆]"
_ALONE = HAN.replace("○", "").replace("参", "") + "".join(TOGETHER)
# One class of characters comes first, so that ``re`` skips plain prose at its greatest speed.
NUMBER_START = re.compile(
    rf"[0-9{_ALONE}半参几数负.\-](?:"
    rf"(?<=[{_ALONE}半])|(?<=[0-9])(?<![0-9][0-9])|(?<=[几数])(?={_GREATS})|(?<=参)(?={_GREATS}|\Z)"
    rf"|(?<=负)(?=[ ]{{0,4}}[0-9.半{HAN}])|(?<=\.)(?<![0-9A-Za-z.]\.)(?=[0-9])"
    rf"|(?<=-)(?<![0-9A-Za-z]-)(?=\.?[0-9])|(?<=-)(?<=\A-)(?=[ ]{{1,4}}\.?[0-9]))"
)
NUMBER_FIRST = frozenset(f"0123456789{_ALONE}半参几数负.-")
# All that a number may be made of, but marks and letters.
NUMERALS = f"0123456789{HAN}{''.join(TOGETHER)}半参几数负点分之份多余来"
# The commonest numbers, with nothing after them that could belong to them: one Han figure; 1200, 12.5, 3.5万亿.
_NO_MORE = rf"(?![ 0-9/^A-Za-z{HAN}点多余来几数又分份半]|[.,，][0-9])"
_PLAIN = re.compile(
    rf"(?:[{ONE_TO_NINE}零〇]"
    rf"|(?<![0-9.])(?P<whole>[0-9]{{1,15}})(?:\.(?P<decimals>[0-9]{{1,15}}))?(?P<great>万亿|[万亿]?)){_NO_MORE}"
)
_PRODUCTS = {"万": 10**4, "亿": 10**8, "万亿": 10**12}
_HALVES = ("半", "一半")
_HALF = re.compile("一半半?|半(?P<hundred>百)?")
_SHARE = re.compile("(?P<lower>[二三四五六七八九])(?:份(?P<upper>[一二三四五六七八])|分(?P<points>[一二三四五六七八]))")
_AFTER_SHARE = re.compile(f"[{HAN}秒钟之点]")
_POWER = re.compile(
    r"\^(?P<power>[+-]?[0-9]{1,4})(?![0-9A-Za-z^]|\.[0-9])|[eE](?P<shift>[+-]?[0-9]{1,2})(?![0-9A-Za-z^]|\.[0-9])"
)
HUGE = 10**60
"""What nobody counts, measures or pays: a numeral of so many figures is none."""
_DIVISION = Context(prec=28, traps=[])
_POWERS = Context(prec=100, traps=[InvalidOperation, Overflow, DivisionByZero])
_DEFAULT = NumberForms()


class Number(msgspec.Struct, frozen=True, gc=False):
    """A number as it stands in a text."""

    start: int
    end: int
    value: Decimal
    """Exact; without an exponent above 0 and without zeros at the end of its decimals."""
    value_max: Decimal | None
    """The greatest it may be, where the words leave it open: 500 for 三五百, 20 for 十几.

    几 and 数 in place of a figure are two to ten: 几十 and 数十 are 20 to 100.
    """
    form: Form
    """integer 2025; decimal 3.5, 三点五; positional 二〇二五; han 三百; mixed 3.5万; fraction 三分之一; power 2^5.

    A 点 after a Han number may also be a clock's: 七点五十 and 三点一刻 end before it, but 十点零五 is read as 10.05.
    """
    denominator: int | None
    """What the value has been divided by: 100 for 百分之六十."""
    more: bool
    """多, 余, 来 before the magnitude (十余万), or 几, 数 in place of a figure (二十几, 数百)."""
    magnitude: str
    """The magnitude as printed at the end, if it multiplies all before it: 亿 in 3.5亿, not in 1亿2千万.

    Of hundred and thousand only after Arabic figures (3千, 3.5千万): whether 5千克 is 5千 克 or 5 千克 is the caller's.
    """
    head: Decimal
    """The number before that magnitude."""


def read_number(folded: str, start: int, forms: NumberForms = _DEFAULT, limit: int | None = None) -> Number | None:
    """The longest number that begins exactly at ``start`` and ends at ``limit`` at the latest, or ``None``.

    No number begins in the middle of an Arabic figure. A ``-`` right after a quantity (5米-10米) joins two numbers:
    a caller that has just read one begins behind it.

    >>> read_number("约3.5万亿元", 1).value, read_number("两千四百五", 0).value, read_number("百分之六十", 0).value
    (Decimal('3500000000000'), Decimal('2450'), Decimal('0.6'))
    """
    if not 0 <= start < len(folded):
        return None
    plain = _PLAIN.match(folded, start)
    if plain is not None and (limit is None or plain.end() <= limit):
        return _plain_number(start, plain)
    end = len(folded) if limit is None else min(limit, len(folded))
    place, factor = _sign(folded, start, end, forms, numeral_grammar_of(forms))
    if folded.startswith(_HALVES, place, end):
        half = _half(folded, place, end, forms)
        if half is not None:
            return _number(start, half, factor)
    ratio = _ratio(folded, place, end, numeral_grammar_of(forms)) if forms.slash else None
    if ratio is not None:
        return _divided(start, ratio[0], factor, ratio[1])
    return _from_unsigned(folded, start, (place, end), factor, forms)


def _from_unsigned(folded: str, start: int, bounds: tuple[int, int], factor: int, forms: NumberForms) -> Number | None:
    """The number that begins with an unsigned one, or is one."""
    place, end = bounds
    grammar = numeral_grammar_of(forms)
    unsigned = read_unsigned(folded, place, end, grammar)
    if unsigned is None:
        return None
    if forms.powers and unsigned.form in ("integer", "decimal"):
        power = _power(folded, start, end, unsigned, factor)
        if power is not None:
            return power
    if forms.letters:
        unsigned = with_letter(folded, end, grammar, unsigned)
    return _fraction(folded, start, bounds, unsigned, factor, forms) or _number(start, unsigned, factor)


def exact(number: int, decimals: int) -> Decimal:
    """The number with so many of its figures behind the point, and no zeros at its end.

    >>> exact(350, 1), exact(350, 2), exact(6, 7)
    (Decimal('35'), Decimal('3.5'), Decimal('6E-7'))
    """
    while decimals and number % 10 == 0:
        number, decimals = number // 10, decimals - 1
    return Decimal(f"{number}e-{decimals}") if decimals else Decimal(number)


def _plain_number(start: int, found: re.Match[str]) -> Number:
    whole, decimals, great = found.groups("")
    if not whole:
        value = Decimal(FIGURES[found.group()])
        return Number(start, found.end(), value, None, "han", None, False, "", value)
    value = head = exact(int(whole + decimals), len(decimals))
    form: Form = "decimal" if decimals else "integer"
    if great:
        value, form = exact(int(whole + decimals) * _PRODUCTS[great], len(decimals)), "mixed"
    return Number(start, found.end(), value, None, form, None, False, great, head)


def _number(start: int, unsigned: Unsigned, factor: int) -> Number:
    low, high = sorted((unsigned.low * factor, unsigned.high * factor))
    value = exact(low, unsigned.decimals)
    value_max = exact(high, unsigned.decimals) if low != high else None
    head = exact(unsigned.head * factor, unsigned.decimals) if unsigned.magnitude else value
    is_half = unsigned.form == "fraction"
    return Number(
        start,
        unsigned.end,
        value,
        value_max,
        unsigned.form,
        2 if is_half else None,
        unsigned.more,
        unsigned.magnitude,
        head,
    )


def _sign(folded: str, start: int, end: int, forms: NumberForms, grammar: NumeralGrammar) -> tuple[int, int]:
    """Where the number begins behind its sign, and what the sign multiplies it by."""
    sign = grammar.minus.match(folded, start, end) if forms.sign else None
    return (sign.end(), -1) if sign else (start, 1)


def _half(folded: str, place: int, end: int, forms: NumberForms) -> Unsigned | None:
    found = _HALF.match(folded, place, end)
    if found is None:
        return None
    if found.group("hundred"):
        return Unsigned(found.end(), 50, 50)
    stop = found.end() if forms.colloquial else min(found.end(), place + 2)
    return Unsigned(stop, 5, 5, 1, "fraction")


def _ratio(
    folded: str, place: int, end: int, grammar: NumeralGrammar
) -> tuple[tuple[int, int], tuple[int, int, int]] | None:
    """``1/2``, ``1 4/3``: what is read as (whole or 0, end) and (numerator low, numerator high, denominator)."""
    found = grammar.slash.match(folded, place, end)
    before = folded[place - 1 : place]
    if found is None or int(found.group("lower")) == 0 or before in tuple("/.0123456789"):
        return None
    upper = int(found.group("upper"))
    return (int(found.group("whole") or 0), found.end()), (upper, upper, int(found.group("lower")))


def _power(folded: str, start: int, end: int, unsigned: Unsigned, factor: int) -> Number | None:
    found = _POWER.match(folded, unsigned.end, end)
    if found is None:
        return None
    base = exact(unsigned.low, unsigned.decimals)
    try:
        if found.group("shift"):
            value = _POWERS.scaleb(base, Decimal(int(found.group("shift"))))
        else:
            value = _POWERS.power(base, Decimal(int(found.group("power"))))
    except (InvalidOperation, Overflow, DivisionByZero):
        return None
    if abs(value) >= HUGE:
        return None
    value = without_exponent(value) if factor > 0 else without_exponent(value).copy_negate()
    return Number(start, found.end(), value, None, "power", None, False, "", value)


def _fraction(
    folded: str, start: int, bounds: tuple[int, int], unsigned: Unsigned, factor: int, forms: NumberForms
) -> Number | None:
    """``三分之一``, ``十一又十四分之一``, ``二份一``: what was read is a denominator, or the whole before one."""
    if unsigned.decimals or unsigned.low != unsigned.high or unsigned.more:
        return None
    end, grammar = bounds[1], numeral_grammar_of(forms)
    share = _SHARE.match(folded, bounds[0], end) if forms.colloquial else None
    if share is not None and not _AFTER_SHARE.match(folded, share.end()):
        lower, upper = FIGURES[share.group("lower")], FIGURES[share.group("upper") or share.group("points")]
        if upper < lower:
            return _divided(start, (0, share.end()), factor, (upper, upper, lower))
    plus = grammar.plus.match(folded, unsigned.end, end)
    if plus is None:
        parts = _parts(folded, unsigned, end, forms)
        return _divided(start, (0, parts[0]), factor, parts[1]) if parts else None
    denominator = read_unsigned(folded, plus.end(), end, grammar)
    parts = _parts(folded, denominator, end, forms) if denominator else None
    return _divided(start, (unsigned.low, parts[0]), factor, parts[1]) if parts else None


def _parts(
    folded: str, lower: Unsigned, end: int, forms: NumberForms
) -> tuple[int, tuple[Decimal | int, Decimal | int, int]] | None:
    """``分之`` and the numerator after a denominator: the end, and the numerator at least, at most, and denominator."""
    grammar = numeral_grammar_of(forms)
    over = grammar.over.match(folded, lower.end, end)
    if over is None or lower.low <= 0 or lower.decimals or lower.low != lower.high:
        return None
    place, factor = _sign(folded, over.end(), end, forms, grammar)
    upper = read_unsigned(folded, place, end, grammar)
    if upper is None:
        return None
    if forms.letters:
        upper = with_letter(folded, end, grammar, upper)
    least, most = (exact(value * factor, upper.decimals) for value in (upper.low, upper.high))
    return upper.end, (least, most, lower.low)


def _divided(
    start: int, whole: tuple[int, int], factor: int, parts: tuple[Decimal | int, Decimal | int, int]
) -> Number:
    least, most, lower = parts
    low, high = sorted(factor * _quotient(whole[0], upper, lower) for upper in (least, most))
    return Number(start, whole[1], low, high if high != low else None, "fraction", lower, False, "", low)


def _quotient(whole: int, upper: Decimal | int, lower: int) -> Decimal:
    """The whole and the fraction together: exact where decimals can say it, else to 28 figures."""
    above, below = Decimal(upper).as_integer_ratio()
    above, below = above + whole * lower * below, below * lower
    common = gcd(above, below)
    return without_exponent(_DIVISION.divide(Decimal(above // common), Decimal(below // common)))


def without_exponent(value: Decimal) -> Decimal:
    """The same number without an exponent above 0 and without zeros at the end of its decimals.

    >>> without_exponent(Decimal("3E2")), without_exponent(Decimal("0.50"))
    (Decimal('300'), Decimal('0.5'))
    >>> len(str(without_exponent(Decimal("9E200"))))
    201
    """
    if not value:
        return Decimal(0)
    if value == value.to_integral_value():
        return Decimal(int(value))
    return _POWERS.normalize(value)
