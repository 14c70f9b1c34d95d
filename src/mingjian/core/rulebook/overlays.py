"""Users' lexicons laid over the bundled ones: rows added or changed, rows and names retired, lists of their own.

``lexicons/NAME.add.tsv`` holds rows for the lexicon NAME: a new id is a new row, a known one adds to its row.
``lexicons/NAME.retire.tsv`` takes rows, or single names of rows, away. Any other ``lexicons/OWN.tsv`` with the comment
``# like: NAME`` is a list of its own that is read as if its rows stood in NAME.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import msgspec

from mingjian.core.rulebook.lexicons import (
    REQUIRED_COLUMNS,
    Row,
    Table,
    entry_of,
    lexicon_of,
    parted,
    read_table,
    refuse_doubles,
)
from mingjian.core.rulebook.nouns import Entry, Lexicon, Notice
from mingjian.errors import RuleError

SETTINGS_FILE = "overlays.toml"
RETIRED_COLUMNS = ("id", "alias")
_FILE = re.compile(r"lexicons/(?P<name>[^/]+?)(?P<part>\.add|\.retire|)\.tsv")
_KNOWN_TYPES = 6


class OwnRow(msgspec.Struct, frozen=True, gc=False):
    """A row that a user wrote: where, what became of it, and the names that it brings."""

    file: str
    line: int
    entry: Entry
    surfaces: tuple[str, ...]


class Layers(msgspec.Struct, frozen=True):
    """The lexicons of a set of files with all overlays in place, the users' rows, and what may not be meant."""

    lexicons: dict[str, Lexicon]
    own: tuple[OwnRow, ...]
    notices: tuple[Notice, ...]


def part_of_lexicon(file: str) -> tuple[str, str] | None:
    """Which lexicon a file belongs to and as what: ``""`` itself, ``.add`` or ``.retire``; ``None`` for other files.

    >>> part_of_lexicon("lexicons/media.add.tsv"), part_of_lexicon("folding.tsv")
    (('media', '.add'), None)
    """
    found = _FILE.fullmatch(file)
    return (found.group("name"), found.group("part")) if found else None


def lay_lexicons(files: Mapping[str, str], settings: Mapping[str, Any]) -> Layers:
    """The lexicons that these files make together."""
    tables: dict[str, dict[str, Table]] = {"": {}, ".add": {}, ".retire": {}}
    for file, text in files.items():
        if (named := part_of_lexicon(file)) is not None:
            name, part = named
            required = {"required": RETIRED_COLUMNS} if part == ".retire" else {}
            tables[part][name] = read_table(file, text, **required)
    lexicons = {name: lexicon_of(table) for name, table in tables[""].items()}
    own: list[OwnRow] = []
    notices: list[Notice] = []
    for name, table in tables[".add"].items():
        lexicon = _known(lexicons, name, table.file)
        if lexicon.like:
            mend = f"put the rows into lexicons/{name}.tsv"
            raise RuleError(table.file, None, f"{name} is a list of your own, which needs no additions", mend)
        notices += _near_columns(table, lexicon)
        lexicons[name], added = _with_rows(lexicon, table, settings, notices)
        own += added
    for name, table in tables[".retire"].items():
        lexicons[name] = _without_retired(_known(lexicons, name, table.file), table)
    for name, lexicon in list(lexicons.items()):
        if lexicon.like:
            notices += _near_columns(tables[""][name], lexicons.get(lexicon.like, lexicon))
            own += _read_like(lexicons, lexicon, tables[""][name], settings)
    return Layers(lexicons, _still_there(own, lexicons), tuple(notices))


def _known(lexicons: Mapping[str, Lexicon], name: str, file: str) -> Lexicon:
    if name in lexicons:
        return lexicons[name]
    alike = get_close_matches(name, lexicons, 1, 0.6)
    mend = f"did you mean {alike[0]}?" if alike else "`mingjian lexicon list` lists all"
    raise RuleError(file, None, f"there is no lexicon {name!r}", mend)


def _with_rows(
    lexicon: Lexicon, table: Table, settings: Mapping[str, Any], notices: list[Notice]
) -> tuple[Lexicon, list[OwnRow]]:
    """The lexicon with the rows of an addition, and those rows."""
    refuse_doubles(table)
    entries = {entry.id: entry for entry in lexicon.entries}
    blank = _blank(lexicon)
    lists = frozenset(settings.get("lists", ()))
    own: list[OwnRow] = []
    for row in table.rows:
        known = entries.get(row.cells["id"])
        given = entry_of(lexicon.name, row)
        if known is None:
            if not given.name:
                problem = f"no row of {lexicon.name} has the id {given.id!r}, and a new row needs a name"
                raise RuleError(table.file, row.line, problem, "mend the id, or give a name")
            entry = msgspec.structs.replace(given, fields={**blank, **given.fields})
            _refuse_lacking(table.file, row, entry, lexicon, settings)
        else:
            entry = _extended(known, given, lists)
            if given.name not in ("", *known.surfaces):
                problem = f"the row {given.id} of {lexicon.name} is {known.name}, and is now called {given.name}"
                notices.append(
                    Notice("renamed", table.file, row.line, problem, "choose another id if you meant a new row")
                )
        entries[entry.id] = entry
        own.append(OwnRow(table.file, row.line, entry, given.surfaces if given.name else given.aliases))
    return msgspec.structs.replace(lexicon, entries=tuple(entries.values())), own


def _blank(lexicon: Lexicon) -> dict[str, str]:
    """Empty cells for the columns that code may ask of a row of the lexicon."""
    return dict.fromkeys(lexicon.entries[0].fields, "") if lexicon.entries else {}


def _near_columns(table: Table, lexicon: Lexicon) -> list[Notice]:
    """Columns that the lexicon has not, but has under a name so near that it may be meant."""
    known = (*REQUIRED_COLUMNS, *_blank(lexicon))
    line = table.rows[0].line if table.rows else 1
    notices: list[Notice] = []
    for column in table.columns:
        alike = [] if column in known else get_close_matches(column, known, 1, 0.75)
        if alike:
            problem = f"{lexicon.name} has no column {column!r}"
            notices.append(Notice("column", table.file, line, problem, f"did you mean {alike[0]}?"))
    return notices


def _extended(known: Entry, given: Entry, lists: frozenset[str]) -> Entry:
    """The known row with more aliases, and with the cells that the user filled."""
    fields = dict(known.fields)
    for column, cell in given.fields.items():
        if cell:
            fields[column] = _joined(fields.get(column, ""), cell) if column in lists else cell
    name = given.name or known.name
    aliases = dict.fromkeys((*known.aliases, *given.aliases, known.name))
    aliases.pop(name, None)
    return msgspec.structs.replace(known, name=name, aliases=tuple(aliases), fields=fields)


def _joined(before: str, more: str) -> str:
    return "|".join(dict.fromkeys((*parted(before), *parted(more))))


def _refuse_lacking(file: str, row: Row, entry: Entry, lexicon: Lexicon, settings: Mapping[str, Any]) -> None:
    """Silence, or ``RuleError`` where a new row has nothing in a column that its lexicon cannot do without."""
    for column in settings.get("needed", {}).get(lexicon.name, ()):
        if not entry.fields.get(column):
            counts: dict[str, int] = {}
            for other in lexicon.entries:
                value = other.fields.get(column, "")
                counts[value] = counts.get(value, 0) + 1
            usual = sorted(counts.keys() - {""}, key=lambda value: (-counts[value], value))[:_KNOWN_TYPES]
            problem = f"the row has no {column}, which {lexicon.name} needs"
            raise RuleError(file, row.line, problem, f"fill the column {column!r}: {', '.join(usual)} …")


def _without_retired(lexicon: Lexicon, table: Table) -> Lexicon:
    """The lexicon without the rows and names of a retirement."""
    entries = {entry.id: entry for entry in lexicon.entries}
    for row in table.rows:
        key, alias = row.cells["id"], row.cells["alias"]
        entry = entries.get(key)
        if entry is None:
            problem = f"no row of {lexicon.name} has the id {key!r}"
            raise RuleError(table.file, row.line, problem, "mend the id, or take the line away")
        if alias and alias not in entry.surfaces:
            names = ", ".join(entry.surfaces)
            problem = f"{alias!r} is no name of {lexicon.name}:{key}"
            raise RuleError(table.file, row.line, problem, f"its names are: {names}")
        entry = msgspec.structs.replace(entry, retired=(*entry.retired, alias))
        if alias and entry.surfaces:
            entries[key] = entry
        else:
            del entries[key]
    return msgspec.structs.replace(lexicon, entries=tuple(entries.values()))


def _read_like(
    lexicons: dict[str, Lexicon], lexicon: Lexicon, table: Table, settings: Mapping[str, Any]
) -> list[OwnRow]:
    """Puts the rows of a list of the user's own into the lexicon that it is like; gives those rows."""
    model = _known(lexicons, lexicon.like, table.file)
    if model.like:
        problem = f"it is to be read like {lexicon.like}, which is itself read like {model.like}"
        raise RuleError(table.file, None, problem, f"write `# like: {model.like}`")
    known, blank = {entry.id for entry in model.entries}, _blank(model)
    rows = {row.cells["id"]: row for row in table.rows}
    own: list[OwnRow] = []
    for entry in lexicon.entries:
        row = rows[entry.id]
        if entry.id in known:
            raise RuleError(table.file, row.line, f"{model.name} has a row of the id {entry.id!r}", "choose another")
        placed = msgspec.structs.replace(entry, lexicon=model.name, home=lexicon.name, fields={**blank, **entry.fields})
        _refuse_lacking(table.file, row, placed, model, settings)
        own.append(OwnRow(table.file, row.line, placed, placed.surfaces))
    entries = tuple([row.entry for row in own])
    lexicons[lexicon.name] = msgspec.structs.replace(lexicon, entries=entries)
    lexicons[model.name] = msgspec.structs.replace(model, entries=(*model.entries, *entries))
    return own


def _still_there(own: Iterable[OwnRow], lexicons: Mapping[str, Lexicon]) -> tuple[OwnRow, ...]:
    """The users' rows as they stand in the end, without those that were retired again."""
    places: dict[str, dict[str, Entry]] = {}
    kept: dict[tuple[str, str], OwnRow] = {}
    for row in own:
        lexicon = row.entry.lexicon
        if lexicon not in places:
            places[lexicon] = {entry.id: entry for entry in lexicons[lexicon].entries}
        entry = places[lexicon].get(row.entry.id)
        if entry is not None:
            surfaces = _left(row.surfaces, entry.surfaces)
            kept[lexicon, entry.id] = OwnRow(row.file, row.line, entry, surfaces)
    return tuple(kept.values())


def _left(given: Sequence[str], still: Sequence[str]) -> tuple[str, ...]:
    return tuple([surface for surface in given if surface in still])
