"""Units of the lexicon at a place of a text, and the arithmetic of amounts that are written in several of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

import msgspec

from mingjian.core.rulebook.nouns import Entry, Lexicon
from mingjian.core.text.exactness import EXACT
from mingjian.core.text.folding import fold
from mingjian.core.text.numerals import parse_numeral

ANY = "any"
"""As ``measure``: the words around prove that there is some unit (the whole text is an amount), not which."""

_MONEY = re.compile(r"[A-Z]{3,4}\Z")
_FEW = 8  # the longest word of a proof, and a space
_WORD = 4  # letters that no figure behind them makes part of a name: token8, but kg8
_PER_TIME = ("/年", "/月", "/日", "/天")  # 300万吨/年: as much in such a time
_DIGITS = re.compile(r"[0-9零〇一二三四五六七八九]{1,2}\Z")


class Unit(msgspec.Struct, frozen=True, gc=False):
    """One unit of the lexicon, with its factor as a number."""

    id: str
    name: str
    normal: str
    factor: Decimal
    measure: str
    kind: str
    unless: str
    unless_before: str
    followed: tuple[str, ...]
    next: str
    is_money: bool


class _Reading(msgspec.Struct, frozen=True, gc=False):
    """One unit that a surface may mean, and whether the surface means it without further proof."""

    unit: Unit
    stands_alone: bool


_Surfaces = tuple[tuple[str, tuple[_Reading, ...]], ...]


class UnitTable(msgspec.Struct, frozen=True, eq=False):
    """The units by id, and their surfaces, longest first, by the character that a search begins with."""

    by_id: Mapping[str, Unit]
    by_first: Mapping[str, _Surfaces]
    by_last: Mapping[str, _Surfaces]


@cache
def unit_table(units: Lexicon) -> UnitTable:
    """The table of one lexicon; the same lexicon gives the same table."""
    by_id = {entry.id: _unit(entry) for entry in units.entries}
    after: dict[str, list[_Reading]] = {}
    before: dict[str, list[_Reading]] = {}
    for entry in units.entries:
        for surface, reading in _behind_numbers(entry, by_id[entry.id]):
            after.setdefault(fold(surface), []).append(reading)
        for surface in _listed(entry, "before"):
            before.setdefault(fold(surface), []).append(_Reading(by_id[entry.id], True))
    return UnitTable(by_id, _by_character(after, 0), _by_character(before, -1))


def unit_at(
    folded: str, place: int, units: UnitTable, *, behind: Unit | None = None, measure: str = ""
) -> tuple[Unit, str] | None:
    """The longest unit that begins at the place and is not part of another word, and how it is written there.

    Names that do not stand alone (角, 度, 两) are found only with a proof: ``behind`` is the unit of the larger part or
    of the prefix before the number, ``measure`` what the words around measure (``ANY`` for whatever); or the words that
    follow are the proof.
    """
    for surface, readings in units.by_first.get(folded[place : place + 1], ()):
        if folded.startswith(surface, place):
            end = place + len(surface)
            after = folded[end : end + _FEW]
            proven = [reading for reading in readings if _is_proven(reading, after, behind, measure)]
            chosen = [reading for reading in proven if not _goes_on(surface, reading.unit, after)]
            if chosen:
                return min(chosen, key=lambda reading: _distance(reading, behind, measure)).unit, surface
    return None


def unit_before(folded: str, place: int, units: UnitTable) -> tuple[Unit, str] | None:
    """The longest unit that stands before numbers (人民币, US$, 摄氏) and ends at the place, and how it is written."""
    for surface, readings in units.by_last.get(folded[place - 1 : place], ()):
        start = place - len(surface)
        if start >= 0 and folded.startswith(surface, start):
            unit, previous = readings[0].unit, folded[max(0, start - 1) : start]
            in_word = previous.isascii() and previous.isalnum()
            if not in_word and (not previous or previous not in unit.unless_before):
                return unit, surface
    return None


def with_names(units: UnitTable, names: Mapping[str, Sequence[str]]) -> UnitTable:
    """The units and others by their names, each with what it normalises to and its factor."""
    by_first = dict(units.by_first)
    for name in sorted(names, key=len):
        normal, factor = names[name]
        unit = Unit(name, name, normal, Decimal(factor), "", "plain", "", "", (), "", False)
        by_first[name[0]] = ((name, (_Reading(unit, True),)), *by_first.get(name[0], ()))
    return UnitTable(units.by_id, by_first, units.by_last)


def rate_of(unit: Unit, divisor: Unit, written: str, count: Decimal = Decimal(1)) -> Unit | None:
    """So many of the one unit for so many of the other: 元/千瓦时 is CNY/Wh with a factor of 0.001, 元/股 is CNY/股.

    Where the factor of the other divides no number exactly (per mile) it is kept by its id; ``None`` where that cannot
    be for so many of it.
    """
    name, each = written if divisor.normal == "count" else divisor.normal, EXACT.multiply(divisor.factor, count)
    factor = EXACT.divide(unit.factor, each)
    if EXACT.multiply(factor, each) != unit.factor:
        if count != 1:
            return None
        name, factor = divisor.id, unit.factor
    return msgspec.structs.replace(unit, normal=f"{unit.normal}/{name}", factor=factor, next="")


def next_unit(unit: Unit, units: UnitTable) -> Unit | None:
    """The smaller unit that follows in an amount (角 after 元), if the unit has one."""
    return units.by_id.get(unit.next)


def is_part_of(part: Unit, whole: Unit) -> bool:
    """Whether an amount in the one may follow an amount in the other and be added to it: 三分 after 五元."""
    return part.normal == whole.normal and part.measure == whole.measure and part.factor < whole.factor


def bare_part(written: str, unit: Unit, units: UnitTable) -> Decimal | None:
    """What bare digits behind an amount add to it, in the normal unit: 六 in 五块六 adds 0.6, 七五 in 一米七五 0.75.

    ``None`` where they are not one or two digits, or where no unit that is a tenth follows this one.
    """
    part = next_unit(unit, units)
    value = parse_numeral(written) if _DIGITS.match(written) else None
    if part is None or value is None or part.factor * 10 != unit.factor:
        return None
    return value * unit.factor / Decimal(10) ** len(written)


def amount_of(parts: Iterable[tuple[Decimal, Unit]]) -> Decimal | None:
    """The sum of the parts of one amount in their normal unit; ``None`` where one is not a part of the one before it.

    五元六角三分 are 5.63: ``[(5, yuan), (6, jiao), (3, fen)]``.
    """
    total, previous = Decimal(0), None
    for value, unit in parts:
        if previous is not None and not is_part_of(unit, previous):
            return None
        total, previous = total + value * unit.factor, unit
    return total


def _unit(entry: Entry) -> Unit:
    fields = entry.fields
    return Unit(
        entry.id,
        entry.name,
        fields["normal"],
        Decimal(fields["factor"]),
        fields["measure"],
        fields["kind"],
        fields["unless"],
        fields["unless_before"],
        _listed(entry, "followed"),
        fields["next"],
        fields["measure"] == "money" and _MONEY.match(fields["normal"]) is not None,
    )


def _listed(entry: Entry, column: str) -> tuple[str, ...]:
    return tuple(cell for cell in entry.fields[column].split("|") if cell)


def _behind_numbers(entry: Entry, unit: Unit) -> Iterator[tuple[str, _Reading]]:
    """Every way to write the unit behind a number."""
    alone = entry.fields["alone"] != "no"
    for surface in entry.surfaces:
        yield surface, _Reading(unit, alone)
    for surface in _listed(entry, "joined"):
        yield surface, _Reading(unit, False)


def _by_character(found: Mapping[str, list[_Reading]], index: int) -> Mapping[str, _Surfaces]:
    """The surfaces by their first or last character, the longest first."""
    sorted_out: dict[str, list[tuple[str, tuple[_Reading, ...]]]] = {}
    for surface in sorted(found, key=len, reverse=True):
        sorted_out.setdefault(surface[index], []).append((surface, tuple(found[surface])))
    return {character: tuple(surfaces) for character, surfaces in sorted_out.items()}


def _is_proven(reading: _Reading, after: str, behind: Unit | None, measure: str) -> bool:
    """Whether the surface may mean this unit here."""
    unit = reading.unit
    if reading.stands_alone or measure in (ANY, unit.measure):
        return True
    if behind is not None and unit.normal == behind.normal and unit.factor <= behind.factor:
        return True
    return bool(unit.followed) and after.lstrip(" ").startswith(unit.followed)


def _goes_on(surface: str, unit: Unit, after: str) -> bool:
    """Whether the surface is the beginning of another word: 3成立, 千米粉, 5Gb."""
    if not after:
        return False
    if after[0] in unit.unless and not after.startswith(_PER_TIME):
        return True
    if not (after[0].isascii() and surface[-1].isascii() and surface[-1].isalpha()):
        return False
    return after[0].isalpha() or (after[0].isdigit() and len(surface) < _WORD)


def _distance(reading: _Reading, behind: Unit | None, measure: str) -> int:
    """How far a reading is from what stands around; of equally near ones the first of the lexicon is taken."""
    if behind is not None and reading.unit.normal == behind.normal:
        return 0
    if reading.unit.measure == measure:
        return 1
    return 2 if reading.stands_alone else 3
