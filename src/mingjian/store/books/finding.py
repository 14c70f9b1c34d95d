"""The things that answer, in order and one after another: whoever reads the first fifty pays for fifty."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import groupby, islice, product
from typing import Any, NamedTuple, overload

import msgspec

from mingjian.core.books import Asked
from mingjian.core.link.things.answering import may_answer, order_of
from mingjian.core.model.ledger.cells import Filed
from mingjian.core.model.things import THING_KINDS, Thing
from mingjian.store.books.packing import NUMBER_OF, unpack_filed, unpack_slots
from mingjian.store.books.tags import AS_KNOWN, BETWEEN_DAYS, ON_ONE_DAY, Group, Wanted, everything, wanted_of

THING = "th.id, th.kind, th.name, th.mentions, th.pages, th.sources, th.slots, th.first, th.last"
_ENOUGH = 4_000  # rows by which a filter is known to let many through
_WIDE = 64  # values of one facet, beyond which all things are looked at in place of those with each
_END = "9999-99-99"
_LAST_HEAD = "\U0010ffff"  # behind all names


class _Stream(NamedTuple):
    """Things with one value of a facet, in order."""

    group: Group
    value: str
    ai: bool
    order: int


class _Start(NamedTuple):
    """From which day and head on things are read, and how many of the first are left out there."""

    day: str
    head: str
    rest: int


class _Found(NamedTuple):
    place: tuple[object, ...]
    thing: Thing
    filed: Filed


class Answer(Sequence[Thing]):
    """The things that answer, read from the file as they are asked for."""

    def __init__(self, found: Iterator[Thing]) -> None:
        self._found = found
        self._read: list[Thing] = []

    def __iter__(self) -> Iterator[Thing]:
        at = 0
        while self._read_to(at):
            yield self._read[at]
            at += 1

    def __len__(self) -> int:
        while self._read_to(len(self._read)):
            pass
        return len(self._read)

    @overload
    def __getitem__(self, place: int) -> Thing: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Thing]: ...
    def __getitem__(self, place: int | slice) -> Thing | Sequence[Thing]:
        if isinstance(place, int) and place >= 0:
            self._read_to(place)
        elif not (isinstance(place, slice) and _is_first_part(place) and self._read_to(place.stop)):
            len(self)
        return self._read[place]

    def _read_to(self, place: int) -> bool:
        """Whether there is one at this place."""
        while len(self._read) <= place:
            one = next(self._found, None)
            if one is None:
                return False
            self._read.append(one)
        return True


def _is_first_part(place: slice) -> bool:
    return place.stop is not None and place.stop >= 0 and (place.start or 0) >= 0 and place.step is None


def thing_of(row: Sequence[Any]) -> Thing:
    """The thing of a row of ``THING``."""
    return Thing(
        id=row[0],
        kind=THING_KINDS[row[1]],
        name=row[2],
        mentions=row[3],
        pages=row[4],
        sources=row[5],
        slots=unpack_slots(row[6]),
        first_published=row[7],
        last_published=row[8],
    )


def find_things(connection: sqlite3.Connection, asked: Asked) -> Answer:
    """The things that answer, what happened last first."""
    return Answer(thing for thing, _ in find_filed(connection, asked))


def find_filed(connection: sqlite3.Connection, asked: Asked) -> Iterator[tuple[Thing, Filed]]:
    """The same, each with by what it is found."""
    kind = NUMBER_OF[asked.kind]
    wanted = wanted_of(kind, asked)
    leading = wanted[0] if len(wanted) == 1 else min(wanted, key=lambda each: _size(connection, asked, each))
    if len(leading.values) > _WIDE:  # whatever the tables are not asked is looked at in each thing
        leading = everything(kind)
    others = [each for each in wanted if each is not leading and len(each.values) <= _WIDE]
    start = _start(connection, asked, wanted) if asked.skip else None
    streams = [
        _read(connection, asked, _Stream(*value, ai, order), others, start)
        for value, ai, order in product(leading.values, (True,) if asked.ai else (True, False), _orders(asked))
    ]
    every = merge(*streams, key=lambda one: one.place)
    firsts = (next(same) for _, same in groupby(every, key=lambda one: one.thing.id))
    found = ((first.thing, first.filed) for first in firsts)
    return islice(found, asked.skip if start is None else start.rest, None)


def _start(connection: sqlite3.Connection, asked: Asked, wanted: Sequence[Wanted]) -> _Start | None:
    """Where the first thing that is not left out stands, as tags alone tell; nothing where more must be looked at.

    Days are counted, then heads of names on that day: no thing before it is read.
    """
    if not _is_counted(asked, wanted):
        return None
    ((group, value),) = wanted[0].values
    where = "facet = ? AND value = ? AND ai IN (1, ?) AND sort IN (?, ?)"
    values = (group.facet, value, int(asked.ai), ON_ONE_DAY, BETWEEN_DAYS)
    day = _part_with(connection, "day", "DESC", (where, values), asked.skip)
    head = (
        None if day is None else _part_with(connection, "head", "", (f"{where} AND day = ?", (*values, day[0])), day[1])
    )
    return _Start("", _LAST_HEAD, 0) if day is None or head is None else _Start(day[0], *head)


def _part_with(
    connection: sqlite3.Connection, name: str, way: str, where: tuple[str, tuple[object, ...]], place: int
) -> tuple[str, int] | None:
    """The value of a column with which the row of a place stands, and its place among those with that value."""
    condition, values = where
    row = connection.execute(
        f"SELECT part, ? - until + many FROM (SELECT {name} AS part, count(*) AS many, "  # noqa: S608
        f"sum(count(*)) OVER (ORDER BY {name} {way}) AS until FROM tag WHERE {condition} GROUP BY {name}) "
        f"WHERE until > ? ORDER BY until LIMIT 1",
        (place, *values, place),
    ).fetchone()
    return None if row is None else (row[0], row[1])


def _orders(asked: Asked) -> tuple[int, ...]:
    return (ON_ONE_DAY, BETWEEN_DAYS, AS_KNOWN) if asked.ahead else (ON_ONE_DAY, BETWEEN_DAYS)


def count_things(connection: sqlite3.Connection, asked: Asked) -> int:
    """How many things answer: where only one value of one facet is asked for, no thing is read."""
    kind = NUMBER_OF[asked.kind]
    wanted = wanted_of(kind, asked)
    if not _is_counted(asked, wanted):
        return len(find_things(connection, msgspec.structs.replace(asked, skip=0)))
    ((group, value),) = wanted[0].values
    statement = "SELECT count(*) FROM tag WHERE facet = ? AND value = ? AND ai IN (1, ?) AND sort IN (?, ?)"
    values = (group.facet, value, int(asked.ai), ON_ONE_DAY, BETWEEN_DAYS)
    return int(connection.execute(statement, values).fetchone()[0])


def _is_counted(asked: Asked, wanted: Sequence[Wanted]) -> bool:
    """Whether the tags of one value alone tell what answers, each thing once."""
    return len(wanted) == 1 and len(wanted[0].values) == 1 and not _is_narrower(asked)


def _is_narrower(asked: Asked) -> bool:
    """Whether more is asked than tags of a value tell."""
    days = (asked.since, asked.until, asked.as_of)
    return any(day is not None for day in days) or bool(asked.words) or asked.ahead


def _size(connection: sqlite3.Connection, asked: Asked, wanted: Wanted) -> int:
    """About how many things have any of the values; many are not counted to the end."""
    count = 0
    for (group, value), ai in product(wanted.values, (1,) if asked.ai else (1, 0)):
        statement = "SELECT count(*) FROM (SELECT 1 FROM tag WHERE facet = ? AND value = ? AND ai = ? LIMIT ?)"
        count += connection.execute(statement, (group.facet, value, ai, _ENOUGH)).fetchone()[0]
        if count >= _ENOUGH:
            break
    return count


def _read(
    connection: sqlite3.Connection, asked: Asked, stream: _Stream, others: Sequence[Wanted], start: _Start | None
) -> Iterator[_Found]:
    conditions, values = _conditions(asked, stream, others)
    if start is not None:
        conditions += ["t.day <= ?", "(t.day < ? OR t.head >= ?)"]
        values += [start.day, start.day, start.head]
    rows = connection.execute(
        f"SELECT {THING}, th.filed FROM tag t CROSS JOIN thing th ON th.number = t.thing "  # noqa: S608
        f"WHERE {' AND '.join(conditions)} ORDER BY t.day DESC, t.head, th.name, th.id",
        values,
    )
    for row in rows:
        thing, filed = thing_of(row), unpack_filed(row[-1])
        if may_answer(asked, thing, filed):
            yield _Found(order_of(asked, thing, filed), thing, filed)


def _conditions(asked: Asked, stream: _Stream, others: Sequence[Wanted]) -> tuple[list[str], list[object]]:
    """What of the question the tables can tell: the rest is looked at in each thing."""
    found = ["t.facet = ?", "t.value = ?", "t.ai = ?", "t.sort = ?"]
    values: list[object] = [stream.group.facet, stream.value, stream.ai, stream.order]
    if asked.since is not None or asked.until is not None:
        found.append("t.day BETWEEN ? AND ?")
        last = asked.until if asked.until is not None and stream.order == ON_ONE_DAY else _END
        values += [max(asked.since or "", "0"), last]
    for condition, held in (_on_side(stream.group, asked), *(_in_any(each.groups, asked) for each in others)):
        found.append(condition)
        values += held
    if asked.ahead and asked.on is not None:
        found.append("t.known <= ? AND t.until > ?")
        values += [asked.on, asked.on]
    if asked.as_of is not None:
        found.append("t.known <= ?")
        values.append(asked.as_of)
    for word in asked.words:
        found.append("instr(th.name, ?) > 0")
        values.append(word)
    return found, values


def _on_side(group: Group, asked: Asked) -> tuple[str, list[object]]:
    """That the day by which a thing stands lies where the group has it to lie."""
    return (f"t.day {group.side} ?", [asked.on]) if group.side and asked.on is not None else ("1", [])


def _in_any(groups: Sequence[Group], asked: Asked) -> tuple[str, list[object]]:
    """That a thing is in one of the groups."""
    conditions, values = [], list[object]()
    for group in groups:
        side, days = _on_side(group, asked)
        conditions.append(
            f"({side} AND EXISTS (SELECT 1 FROM tag o WHERE o.facet = ? "  # noqa: S608
            f"AND o.value IN ({','.join('?' * len(group.values))}) AND o.ai = t.ai AND o.sort = t.sort "
            "AND o.day = t.day AND o.head = t.head AND o.thing = t.thing))"
        )
        values += [*days, group.facet, *group.values]
    return f"({' OR '.join(conditions)})", values
