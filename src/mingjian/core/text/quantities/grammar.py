"""The grammar of quantities: the words, units, numbers and frames that one profile knows, ready to read with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from functools import cache, partial
from typing import Any

import msgspec

from mingjian.core.rulebook import Entry, Frame, Rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.framing import Codes, Grammar, Maker, NumberKind, compile_frame, grammar_of
from mingjian.core.text.numbers import Number, read_number
from mingjian.core.text.profiles import family_of, is_known
from mingjian.core.text.quantities.amounts import SpokenQuantity, UnitWord
from mingjian.core.text.quantities.conventions import QuantityConventions, quantity_conventions
from mingjian.core.text.quantities.idioms import Idioms, idioms_of
from mingjian.core.text.quantities.numbers import NumberReader
from mingjian.core.text.quantities.reading import Page
from mingjian.core.text.quantities.speaking import make
from mingjian.core.text.tokens import Seeds, Token, Vocabulary, Word, firsts_of, starters_of, stretches, table_of
from mingjian.core.text.units import Unit, UnitTable, rate_of, unit_at, unit_before, unit_table, with_names

GROUP = "quantities"
_GIVES = "quantity"
_PREFIX = "prefix"
_NAME = "unit-name"
_SHORTEST_NAME = 2
_REACH_OF_PARTS = 8  # words and numbers back in which the larger part of an amount stands


class QuantityGrammar(msgspec.Struct, frozen=True, eq=False):
    """What is needed to read the quantities of a text under one profile."""

    vocabulary: Vocabulary
    grammar: Grammar
    code: str
    page: Page

    def seeds(self, folded: str, start: int = 0, end: int | None = None) -> Seeds:
        """The text from the one place to the other, ready to be read."""
        return Seeds(folded, self.vocabulary, start, end)

    def read(self, seeds: Seeds, start: int, end: int) -> Iterator[Token]:
        """The quantities between the two places in order; the value of each is what is said (``SpokenQuantity``)."""
        maker = self._maker(seeds.folded)
        for tokens in stretches(seeds, start, end):
            for token in self.grammar.read(seeds.folded, tokens, maker):
                if token.code == self.code and isinstance(token.value, SpokenQuantity):
                    yield token

    def made(self, folded: str) -> list[Token]:
        """Every token that a frame makes of the text, at any step."""
        seen: list[Token] = []
        maker = self._maker(folded)
        for tokens in stretches(self.seeds(folded), 0, len(folded)):
            self.grammar.read(folded, tokens, maker, seen)
        return seen

    def _maker(self, folded: str) -> Maker:
        return partial(make, msgspec.structs.replace(self.page, folded=folded))


class _Units(msgspec.Struct, frozen=True, eq=False):
    """Finds units beside numbers, each of the class of its measure."""

    table: UnitTable
    codes: dict[str, str]
    prefix: str
    after: frozenset[str]
    conventions: QuantityConventions
    divisors: UnitTable

    def behind(self, folded: str, place: int, tokens: Sequence[Token]) -> Token | None:
        """The unit behind a number, or behind the word for more that follows one."""
        last = tokens[-1]
        if not isinstance(last.value, Number) and last.by not in self.after:
            return None
        before = self._before(tokens)
        found = unit_at(folded, place, self.table, behind=before, measure=self.conventions.measure)
        if found is None or found[1] in self.conventions.unknown or not self._agrees(tokens, found[0]):
            return None
        unit, written = self._rate(folded, place, *found) if self.conventions.rates else found
        return Token(place, place + len(written), self.codes[unit.measure], UnitWord(unit, written), unit.measure)

    def _rate(self, folded: str, place: int, unit: Unit, written: str) -> tuple[Unit, str]:
        """The unit with what it is counted for, if that is told behind a stroke: 元/千瓦时, 万元/年, 元/百万tokens."""
        end = place + len(written)
        if folded[end : end + 1] != "/":
            return unit, written
        number = read_number(folded, end + 1)
        start, count = (end + 1, Decimal(1)) if number is None else (number.end, number.value)
        divisor = unit_at(folded, start, self.divisors)
        is_round = count > 0 and count.normalize().as_tuple().digits == (1,)
        rate = rate_of(unit, *divisor, count) if divisor and is_round else None
        return (unit, written) if rate is None or divisor is None else (rate, folded[place : start + len(divisor[1])])

    def _before(self, tokens: Sequence[Token]) -> Unit | None:
        """The unit that an amount has already, of which this one may be a part."""
        for token in reversed(tokens[-_REACH_OF_PARTS:]):
            if isinstance(token.value, UnitWord):
                return token.value.unit
            if not isinstance(token.value, Number) and token.by not in self.after:
                break
        return self.table.by_id.get(self.conventions.unit)

    def _agrees(self, tokens: Sequence[Token], unit: Unit) -> bool:
        """Whether the unit may follow a number that has one before it: ￥1999起 has, but 起 is another."""
        ahead = [token.value.unit for token in tokens[-3:] if isinstance(token.value, UnitWord) and token.value.ahead]
        return not ahead or ahead[-1].measure == unit.measure

    def ahead(self, folded: str, place: int, floor: int) -> Token | None:
        """The unit that stands before a number: ￥, 人民币."""
        found = unit_before(folded, place, self.table)
        if found is None or place - len(found[1]) < floor:
            return None
        unit, written = found
        return Token(place - len(written), place, self.prefix, UnitWord(unit, written, True), _PREFIX)


@cache
def quantity_grammar(book: Rulebook, profile: str, model: str = "") -> QuantityGrammar:
    """The grammar of quantities of a rule book under one profile, for one of its models."""
    table, conventions = book.tables[GROUP], quantity_conventions(book, profile, model)
    units, known = unit_table(book.lexicon("units")), family_of(book, profile)
    frames = [frame for frame in book.frames(GROUP) if _is_wanted(frame, known, conventions)]
    entries = [entry for entry in book.lexicon("quantity_words").entries if is_known(entry.fields["only"], known)]
    kinds = {name: msgspec.convert(kind, NumberKind) for name, kind in table["numbers"].items()}
    measures = dict.fromkeys(unit.measure for unit in units.by_id.values())
    every = [*(entry.fields["kind"] for entry in book.lexicon("quantity_words").entries)]
    names = [*every, *(frame.gives for frame in book.frames(GROUP)), _PREFIX, _NAME, *map(_of_measure, measures)]
    sets = {name: tuple(members) for name, members in table["sets"].items()}
    sets["unit"] = tuple(map(_of_measure, measures))
    sets["measure-unit"] = tuple(_of_measure(name) for name in measures if name not in table["counting"])
    codes = Codes(kinds, names, sets)
    found = _Units(
        units, {name: codes.words[_of_measure(name)] for name in measures}, codes.words[_PREFIX],
        frozenset(table["before_units"] if conventions.more_units else ()), conventions,
        with_names(units, table["divisors"]),
    )  # fmt: skip
    joined = re.compile(rf"(?:{conventions.joined})\Z") if conventions.joined else None
    words = [*_words(entries), *_names(book, units, conventions)]
    vocabulary = msgspec.structs.replace(
        _vocabulary(words, codes, found, _reader(book, conventions, units)), joined=joined
    )
    compiled = [compile_frame(frame, codes, table.get("forms", {})) for frame in frames]
    page = Page("", units, conventions, table)
    return QuantityGrammar(vocabulary, grammar_of(compiled), codes.words[_GIVES], page)


def _of_measure(name: str) -> str:
    return f"unit.{name}"


def _reader(book: Rulebook, conventions: QuantityConventions, units: UnitTable) -> NumberReader:
    idioms = idioms_of(book.lexicon("number_idioms")) if conventions.idioms else Idioms({})
    return NumberReader(conventions.numbers, idioms, units)


_Placed = tuple[str, Word, str]


def _words(entries: Sequence[Entry]) -> Iterator[_Placed]:
    for entry in entries:
        for surface in entry.surfaces:
            yield fold(surface), _word(entry), entry.fields["place"]


def _names(book: Rulebook, units: UnitTable, conventions: QuantityConventions) -> Iterator[_Placed]:
    """The names of units that are reported without a number too."""
    for entry in book.lexicon("units").entries if conventions.alone else ():
        unit = units.by_id[entry.id]
        for surface in (
            (*entry.surfaces, *entry.fields["before"].split("|")) if unit.measure in conventions.alone else ()
        ):
            if len(surface) >= _SHORTEST_NAME and not surface.isascii():
                yield fold(surface), Word(_NAME, UnitWord(unit, surface, True), frozenset(), frozenset()), "s"


def _vocabulary(words: Sequence[_Placed], codes: Codes, units: _Units, reader: NumberReader) -> Vocabulary:
    starting = list({surface: word for surface, word, place in words if "s" in place}.items())
    leading = table_of(((surface, word) for surface, word, place in words if "l" in place), last=True)
    following = table_of((surface, word) for surface, word, place in words if "f" in place)
    return Vocabulary(
        starters=starters_of(starting),
        starting=starting,
        leading=leading,
        following=following,
        written=(),
        codes=codes.words,
        number_codes=codes.of_number,
        forms=reader.forms,
        firsts=firsts_of(starting, following, units.table.by_first),
        lasts=frozenset(leading).union(units.table.by_last),
        read=reader.read,
        behind=units.behind,
        ahead=units.ahead,
    )


def _is_wanted(frame: Frame, known: Set[str], conventions: QuantityConventions) -> bool:
    """Whether one of the profiles knows the frame and the conventions ask for what it is for."""
    return is_known(frame.fields.get("only"), known) and not conventions.frames.isdisjoint(frame.fields["for"])


def _word(entry: Entry) -> Word:
    fields = entry.fields
    says = dict(_pair(part) for part in fields["says"].split(";") if part)
    return Word(fields["kind"], says, frozenset(fields["unless_before"]), frozenset(fields["unless_after"]))


def _pair(part: str) -> tuple[str, Any]:
    name, given, value = part.partition("=")
    return name, value if given else True
