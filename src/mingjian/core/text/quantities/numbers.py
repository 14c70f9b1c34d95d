"""Which numerals of a text are numbers that may have a unit."""

from __future__ import annotations

import msgspec

from mingjian.core.text.numbers import Number, NumberForms, read_number
from mingjian.core.text.quantities.idioms import Idioms
from mingjian.core.text.units import UnitTable, unit_at

_FIRST_OF_UNITS = "百千万兆亿"  # multiples that units begin with too: 五|千克

_END_WORDS = "负数"


class NumberReader(msgspec.Struct, frozen=True, eq=False):
    """Reads numbers, but not those inside other words; the larger unit keeps its first character."""

    forms: NumberForms
    idioms: Idioms
    units: UnitTable

    def read(self, folded: str, start: int, limit: int | None) -> Number | None:
        """The number that begins at the place, if it is one."""
        if folded[start] in _END_WORDS and self._ends_word(folded, start):
            return None
        number = read_number(folded, start, self.forms, limit)
        if number is None or folded[number.end - 1].isascii():
            return number
        word = self.idioms.round(folded, start)
        if word is not None and word[1] >= number.end:
            return None
        number = self._before_word(folded, number)
        return self._before_unit(folded, number) if folded[number.end - 1] in _FIRST_OF_UNITS else number

    def _ends_word(self, folded: str, start: int) -> bool:
        """减负|三项, 人数|百万: the first character belongs to the word before."""
        word = self.idioms.round(folded, start)
        return word is not None and word[0] < start and word[1] == start + 1

    def _before_word(self, folded: str, number: Number) -> Number:
        """三百|一线员工: the last figure belongs to a word that goes on."""
        word = self.idioms.round(folded, number.end - 1)
        if word is None or word[0] <= number.start or word[1] <= number.end:
            return number
        plain = msgspec.structs.replace(self.forms, colloquial=False)
        return read_number(folded, number.start, plain, number.end) or number

    def _before_unit(self, folded: str, number: Number) -> Number:
        """五|千克, 百万|千瓦."""
        place = number.end - 1
        found = unit_at(folded, place, self.units) if place > number.start else None
        if found is None or len(found[1]) == 1:
            return number
        return read_number(folded, number.start, self.forms, place) or number
