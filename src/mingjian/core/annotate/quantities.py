"""Quantities of the body: number, unit, comparator, normalised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext
from typing import Literal

import msgspec

from mingjian.core.model.annotation import Quantity, TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.span import Pair
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.exactness import EXACT
from mingjian.core.text.numbers import HUGE, without_exponent
from mingjian.core.text.profiles import DOCUMENT
from mingjian.core.text.quantities.amounts import Amount, SpokenQuantity
from mingjian.core.text.quantities.conventions import QuantityConventions, quantity_conventions
from mingjian.core.text.quantities.grammar import GROUP, QuantityGrammar, quantity_grammar
from mingjian.core.text.titles import inside, titles_of
from mingjian.core.text.tokens import Token

# Forms of writing, not words: what numerals are written with.
_HAN_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+\Z")
_BARE_MAGNITUDE = re.compile(r"[百千万亿]+\Z")
_NOUN = re.compile(r"[“\"「]?[\u4e00-\u9fffA-Za-z0-9+\-·]{1,16}")
_NOTHING = "零〇"
_ONE = Decimal(1)
_UNITLESS = {"index": "1"}  # what has no unit by its nature, as UCUM writes it
_FEW = 3
_REACH_OF_PRECISION = 12


class _Page(msgspec.Struct, frozen=True, eq=False):
    """The folded text with all that its quantities are read by."""

    folded: str
    before_change: str
    up: tuple[str, ...]
    down: tuple[str, ...]
    picture_heights: frozenset[int]
    no_counts: frozenset[str]
    large_counted: tuple[str, ...]
    listed: frozenset[str]
    noun_end: re.Pattern[str]
    precision: re.Pattern[str]


def annotate_quantities(
    article: Article, book: Rulebook, times: Sequence[TimeExpression], profile: str = DOCUMENT, model: str = ""
) -> tuple[Quantity, ...]:
    """The quantities of the body in page order, none overlapping another nor a time expression nor inside a title.

    A profile of another suite may have models, each of which reports quantities of some kinds alone.
    """
    grammar, conventions = quantity_grammar(book, profile, model), quantity_conventions(book, profile, model)
    titles = titles_of(article) if profile == DOCUMENT else ()
    page = _page(article, book)
    quantities: list[Quantity] = []
    with localcontext(EXACT):
        for token in _tokens(article, grammar, times):
            if not (titles and inside(titles, token.start)):
                quantities += _quantities(page, token)
    return tuple(_reported(quantities, conventions)) if profile != DOCUMENT else tuple(quantities)


def _reported(quantities: Sequence[Quantity], conventions: QuantityConventions) -> Iterator[Quantity]:
    """Those that the profile reports, with the words that it reports them with."""
    for quantity in quantities:
        wanted = not conventions.reports or quantity.kind in conventions.reports
        if wanted and (conventions.ranges or quantity.normal_max is None):
            start, end = quantity.number if conventions.span == "number" else (quantity.start, quantity.end)
            yield msgspec.structs.replace(quantity, start=start, end=end)


def _page(article: Article, book: Rulebook) -> _Page:
    settings = book.tables[GROUP]
    return _Page(
        folded=article.folded,
        before_change=settings["before_change"],
        up=tuple(settings["up"]),
        down=tuple(settings["down"]),
        picture_heights=frozenset(settings["picture_heights"]),
        no_counts=frozenset(settings["no_counts"]),
        large_counted=tuple(settings["large_counted"]),
        listed=frozenset(settings["listed"]),
        noun_end=book.cues(GROUP)["noun-end"],
        precision=re.compile(settings["precision"]),
    )


def _tokens(article: Article, grammar: QuantityGrammar, times: Sequence[TimeExpression]) -> Iterator[Token]:
    """What the grammar finds between the times of each block."""
    if not article.body:
        return
    index, seeds = 0, grammar.seeds(article.folded, article.body[0].start, article.body[-1].end)
    for block in article.body:
        start = block.start
        while index < len(times) and times[index].start < block.end:
            if times[index].start >= start:
                yield from grammar.read(seeds, start, times[index].start)
            start, index = max(start, times[index].end), index + 1
        yield from grammar.read(seeds, start, block.end)


def _quantities(page: _Page, token: Token) -> Iterator[Quantity]:
    """The quantities of one expression: more than one where numbers share their unit."""
    spoken: SpokenQuantity = token.value
    last = len(spoken.amounts) - 1
    for number, amount in enumerate(spoken.amounts):
        pair = (token.start if number == 0 else amount.place[0], token.end if number == last else amount.place[1])
        if not _is_endless(amount) and not _is_no_quantity(page, spoken, amount):
            yield _quantity(page, token, amount, pair)


def _quantity(page: _Page, token: Token, amount: Amount, pair: Pair) -> Quantity:
    spoken: SpokenQuantity = token.value
    unit = amount.unit
    factor = unit.factor if unit is not None else _ONE
    normal = unit.normal if unit is not None else "ratio" if amount.share else _UNITLESS.get(spoken.kind, "count")
    place = amount.place if amount.place[0] >= pair[0] else pair
    return Quantity(
        start=pair[0],
        end=pair[1],
        number=place,
        value=amount.value,
        value_max=amount.most,
        unit=amount.magnitude + amount.written,
        normal_value=without_exponent(amount.low * factor),
        normal_max=without_exponent(amount.high * factor) if amount.high is not None else None,
        normal_unit=normal,
        comparator=spoken.comparator,
        by=token.by,
        noun=_noun_after(page, pair[1]) if normal == "count" and unit is not None else None,
        structural=_is_structural(page, spoken, amount, pair),
        direction=_direction(page, pair[0]),
        order=spoken.order,
        unit_id=unit.id if unit is not None else "",
        kind=spoken.kind or (unit.measure if unit is not None else "ratio" if amount.share else "number"),
        precision=_precision(page, amount, pair),
        bounds=spoken.bounds,
    )


def _words(page: _Page, amount: Amount) -> str:
    """The first number as it is written."""
    return page.folded[amount.words[0] : amount.words[1]]


def _is_endless(amount: Amount) -> bool:
    """Whether it has more figures than anything counts; a unit without a number (人民币) has none at all."""
    return amount.low.is_finite() and abs(amount.low) >= HUGE


def _is_no_quantity(page: _Page, spoken: SpokenQuantity, amount: Amount) -> bool:
    """一个, 一项: an article more than a number; 1080P: a picture format; 0家 is one."""
    words, unit = _words(page, amount), amount.unit
    if unit is None:
        return False
    if unit.id == "peta" and amount.low in page.picture_heights:
        return True
    if words in page.no_counts:
        return unit.normal == "count" and amount.high is None and spoken.comparator == "="
    return words.startswith("00") or (words[0] in _NOTHING and amount.low == 0)


def _is_structural(page: _Page, spoken: SpokenQuantity, amount: Amount, pair: Pair) -> bool:
    """Whether the number only says into how many parts the text divides its matter: 三大要素, 两方面, 千家万户."""
    words, unit = _words(page, amount), amount.unit
    if unit is None or spoken.kind:
        return False
    if unit.kind == "structural":
        return True
    if unit.kind == "large":
        after = page.folded[pair[1] : pair[1] + 8]
        return not any(word in after for word in page.large_counted)
    if unit.is_money or amount.high is not None or not _HAN_NUMERAL.match(words) or pair[0] != amount.words[0]:
        return False
    if _BARE_MAGNITUDE.match(words):
        return spoken.comparator == "~"
    return amount.low <= _FEW and unit.normal == "count" and unit.name not in page.listed


def _noun_after(page: _Page, end: int) -> Pair | None:
    """The words counted: from the unit to the next mark or function word."""
    found = _NOUN.match(page.folded, end)
    if found is None:
        return None
    stop = page.noun_end.search(page.folded, end, found.end())
    last = stop.start() if stop else found.end()
    return (end, last) if last > end else None


def _direction(page: _Page, start: int) -> Literal["up", "down"] | None:
    """Whether the words just before say that the number is a change."""
    words = page.folded[max(0, start - 4) : start].rstrip(page.before_change)
    if words.endswith(page.up):
        return "up"
    return "down" if words.endswith(page.down) else None


def _precision(page: _Page, amount: Amount, pair: Pair) -> str | None:
    """FP16, 半精度 … near computing power."""
    if amount.unit is None or amount.unit.measure != "compute":
        return None
    low, high = max(0, pair[0] - _REACH_OF_PRECISION), pair[1] + _REACH_OF_PRECISION
    found = page.precision.search(page.folded, pair[1], high) or page.precision.search(page.folded, low, pair[0])
    return found.group() if found else None
