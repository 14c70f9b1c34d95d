"""Tables that were flattened to lines: what every number of a column of a year measures, and in which unit."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from mingjian.core.model.annotation import Comparator, TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.span import Pair
from mingjian.core.text.numerals import parse_numeral
from mingjian.core.text.units import ANY, UnitTable, unit_at

# Forms of writing, not words: what parts cells, and how a number stands in one.
_CELL = {True: re.compile(r"[^\t]+"), False: re.compile(r"[^ \u3000]+")}
_NUMBER = re.compile(
    r"(?P<mark>[<>≥≤]?=?)(?P<number>-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]+(?:\.[0-9]+)?)(?P<unit>[^0-9]{0,8})\Z"
)
_MARKS: dict[str, Comparator] = {">": ">", "<": "<", "≥": ">=", "≤": "<=", ">=": ">=", "<=": "<="}
_INDEX = re.compile(r"[0-9]{1,2}[.、．]?\Z|[(（]?[一二三四五六七八九十]{1,2}[)）、]?\Z")
_BRACKET = re.compile(r"[(（](?P<unit>[^()（）]{1,10})[)）]")
_LONGEST_ROW = 240
_FEWEST = 2
_PROSE = "。，；"
_LONGEST_MAGNITUDE = 3


class Column(msgspec.Struct, frozen=True):
    """What stands in a column: numbers of a ``time`` or a ``change``, the ``unit`` of each row, or its ``nature``."""

    kind: str
    head: Pair
    time: TimeExpression | None = None


class TableNumber(msgspec.Struct, frozen=True):
    """One number of a table, with the words for what it measures and the unit that was found for it.

    ``row`` is the line in which it stands; ``compared`` heads a column of changes; ``nature`` is the cell that tells
    whether it binds.
    """

    row: Pair
    label: Pair
    place: Pair
    comparator: Comparator
    value: Decimal
    unit: str
    unit_place: Pair
    normal_value: Decimal
    normal_unit: str
    time: TimeExpression
    time_head: Pair
    compared: Pair | None
    nature: Pair | None


class _Line(msgspec.Struct, frozen=True):
    """A line of a table: its label, and the cells of its unit and its nature."""

    row: Pair
    label: Pair
    unit: Pair | None
    nature: Pair | None


class _Unit(msgspec.Struct, frozen=True):
    """A unit where it is written, with what it normalises to."""

    place: Pair
    written: str
    factor: Decimal
    normal: str


class TableReader(msgspec.Struct, frozen=True):
    """What tables are read by: the text, the times of the page, the units, and the cues for the heads of columns."""

    article: Article
    times: Sequence[TimeExpression]
    units: UnitTable
    heads: Mapping[str, re.Pattern[str]]

    def numbers(self) -> Iterator[TableNumber]:
        """The numbers of all tables whose first line heads at least one column with a year or a day."""
        body = self.article.body
        starts = [time.start for time in self.times]
        for first in self._dated():
            columns = self._head(self._cells((body[first].start, body[first].end)), starts)
            for block in body[first + 1 :] if columns else ():
                cells = self._cells((block.start, block.end))
                if len(cells) != len(columns):
                    break
                yield from self._row(cells, columns)

    def _dated(self) -> Iterator[int]:
        """The numbers of the lines that hold a time, each once."""
        blocks = [block.start for block in self.article.body]
        last = -1
        for time in self.times:
            number = bisect_right(blocks, time.start) - 1
            if number > last:
                last = number
                block = self.article.body[number]
                if block.end - block.start <= _LONGEST_ROW and not self._is_prose((block.start, block.end)):
                    yield number

    def _is_prose(self, line: Pair) -> bool:
        return any(self.article.folded.find(mark, *line) >= 0 for mark in _PROSE)

    def _cells(self, line: Pair) -> Sequence[Pair]:
        folded = self.article.folded
        if line[1] - line[0] > _LONGEST_ROW:
            return ()
        has_tab = folded.find("\t", *line) >= 0
        if not has_tab and folded.find(" ", *line) < 0 and folded.find("\u3000", *line) < 0:
            return ()
        cells = (match.span() for match in _CELL[has_tab].finditer(folded, *line))
        return [cell for cell in cells if folded[slice(*cell)].strip()]

    def _head(self, cells: Sequence[Pair], starts: Sequence[int]) -> Sequence[Column]:
        """The columns, if no cell is a number and one names a time."""
        folded = self.article.folded
        if len(cells) < _FEWEST or any(_NUMBER.match(folded, *cell) and not self._time(cell, starts) for cell in cells):
            return ()
        columns = [self._column(cell, starts) for cell in cells]
        return columns if any(column.kind == "time" for column in columns) and columns[0].kind == "label" else ()

    def _column(self, cell: Pair, starts: Sequence[int]) -> Column:
        time = self._time(cell, starts)
        if time is not None:
            return Column("time", cell, time)
        kinds = ("unit", "nature", "change")
        words = self.article.folded[slice(*cell)]
        kind = next((kind for kind in kinds if self.heads[kind].search(words)), "label")
        return Column(kind, cell)

    def _time(self, cell: Pair, starts: Sequence[int]) -> TimeExpression | None:
        """The time that the cell names, if it is of one."""
        number = bisect_left(starts, cell[0])
        time = self.times[number] if number < len(self.times) else None
        is_inside = time is not None and time.end <= cell[1] and time.date.end is not None
        return time if is_inside else None

    def _row(self, cells: Sequence[Pair], columns: Sequence[Column]) -> Iterator[TableNumber]:
        folded = self.article.folded
        label = next((cell for cell in cells if not _INDEX.match(folded, *cell)), None)
        if label is None or _NUMBER.match(folded, *label):
            return
        named = {column.kind: cell for cell, column in zip(cells, columns, strict=True)}
        line = _Line((cells[0][0], cells[-1][1]), label, named.get("unit"), named.get("nature"))
        last: Column | None = None
        for cell, column in zip(cells, columns, strict=True):
            last = column if column.kind == "time" else last
            if column.kind in ("time", "change") and last is not None and cell != label:
                yield from self._number(line, cell, column, last)

    def _number(self, line: _Line, cell: Pair, column: Column, timed: Column) -> Iterator[TableNumber]:
        folded, label = self.article.folded, line.label
        found = _NUMBER.match(folded, *cell)
        read = found and self._unit(line, found.span("unit"), column)
        if not found or not read or timed.time is None:
            return
        bracket = _BRACKET.search(folded, *label)
        value = Decimal(found["number"].replace(",", ""))
        yield TableNumber(
            row=line.row,
            label=(label[0], bracket.start() if bracket else label[1]),
            place=cell,
            comparator=_MARKS.get(found["mark"], "="),
            value=value,
            unit=read.written,
            unit_place=read.place,
            normal_value=value * read.factor,
            normal_unit=read.normal,
            time=timed.time,
            time_head=timed.head,
            compared=column.head if column.kind == "change" else None,
            nature=line.nature,
        )

    def _unit(self, line: _Line, own: Pair, column: Column) -> _Unit | None:
        """The unit written in the cell, in brackets behind the label or the head, or in the column of units.

        Indices have none; of other numbers without one nothing can be said.
        """
        folded, is_change = self.article.folded, column.kind == "change"
        named = (column.head,) if is_change else (line.label, column.head)
        places = [own]
        places += [found.span("unit") for pair in named if (found := _BRACKET.search(folded, *pair))]
        places += [line.unit] if line.unit and not is_change else []
        read = next((read for place in places if (read := self._read(place))), None)
        if read is None and not is_change and self.heads["index"].search(folded, *line.label):
            return _Unit((own[0], own[0]), "", Decimal(1), "1")
        return read

    def _read(self, place: Pair) -> _Unit | None:
        """The unit that fills the place, with a magnitude before it: 亿元."""
        folded, (start, end) = self.article.folded, place
        for low in range(start, min(start + _LONGEST_MAGNITUDE, end)):
            magnitude = parse_numeral("1" + folded[start:low]) if low > start else Decimal(1)
            found = unit_at(folded, low, self.units, measure=ANY)
            if found and magnitude is not None and low + len(found[1]) == end:
                return _Unit(place, folded[start:end], magnitude * found[0].factor, found[0].normal)
        return None
