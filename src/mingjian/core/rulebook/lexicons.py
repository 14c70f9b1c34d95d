"""Reads lexicons: tab-separated tables of names, each row with the source that vouches for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from mingjian.core.rulebook.nouns import Entry, Lexicon
from mingjian.errors import RuleError

REQUIRED_COLUMNS = ("id", "name", "aliases", "source")
_LIKE = re.compile(r"like:\s*(\S+)")
_UNTIDY = ('"', "\r", "\xa0", "\u3000", "\t ", " \t", "\n ", " \n")
_COMMENTS = ("#", '"#')  # spreadsheets put a comment with a comma into quotes


class Row(msgspec.Struct, frozen=True, gc=False):
    """One row of a table: its line in the file, and its cells by column."""

    line: int
    cells: dict[str, str]


class Table(msgspec.Struct, frozen=True):
    """A file of rows below a header; ``notes`` are the comments above the header, without their mark."""

    file: str
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_lexicon(file: str, text: str) -> Lexicon:
    """The lexicon written in one file; a row that does not fit its header is an error, never a guess."""
    return lexicon_of(read_table(file, text))


def read_table(file: str, text: str, required: Sequence[str] = REQUIRED_COLUMNS) -> Table:
    """The rows of a file that has these columns, and perhaps others."""
    notes: list[str] = []
    columns: list[str] = []
    rows: list[Row] = []
    untidy = any(mark in text for mark in _UNTIDY)
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith(_COMMENTS):
            if not columns:
                notes.append(line.strip('"\r\t ').lstrip("# "))
        elif line.strip():
            cells = line.split("\t")
            if untidy or len(cells) != len(columns):
                cells = _tidied(file, number, cells, len(columns))
            if columns:
                rows.append(Row(number, dict(zip(columns, cells, strict=True))))
            else:
                columns = _header(file, number, cells, required)
    if not columns:
        _header(file, None, [], required)
    return Table(file, tuple(notes), tuple(columns), tuple(rows))


def lexicon_of(table: Table) -> Lexicon:
    """The lexicon that a table is; every row has an id of its own and a name."""
    name = table.file.rpartition("/")[2].removesuffix(".tsv")
    refuse_doubles(table)
    for row in table.rows:
        if not row.cells["name"]:
            raise RuleError(table.file, row.line, "the row has no id or no name", "give it both")
    like = next((found.group(1) for note in table.notes if (found := _LIKE.match(note))), "")
    return Lexicon(name, tuple([entry_of(name, row) for row in table.rows]), table.notes, like)


def is_like_another(text: str) -> bool:
    """Whether a comment above the header says as a part of which lexicon the rows are read."""
    for line in text.split("\n"):
        if line.startswith(_COMMENTS):
            if _LIKE.match(line.lstrip('"# ')):
                return True
        elif line.strip():
            break
    return False


def refuse_doubles(table: Table) -> None:
    """Silence, or ``RuleError`` for a row without an id, or with that of an earlier one."""
    lines: dict[str, int] = {}
    for row in table.rows:
        key = row.cells["id"]
        if not key:
            raise RuleError(table.file, row.line, "the row has no id or no name", "give it both")
        if key in lines:
            problem = f"the id {key!r} stands in line {lines[key]} already"
            raise RuleError(table.file, row.line, problem, "choose another")
        lines[key] = row.line


def entry_of(lexicon: str, row: Row) -> Entry:
    """The entry that a row writes."""
    fields = row.cells.copy()
    return Entry(lexicon, fields.pop("id"), fields.pop("name"), parted(fields.pop("aliases")), fields)


def parted(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several."""
    return tuple([value.strip() for value in cell.split("|") if value and not value.isspace()]) if cell else ()


def _header(file: str, line: int | None, cells: Sequence[str], required: Sequence[str]) -> list[str]:
    columns = list(cells)
    while columns and not columns[-1]:
        columns.pop()
    if len(columns) == 1 and "," in columns[0]:
        mend = "save it as text parted by tabs (in a spreadsheet: Unicode text), or use `mingjian lexicon add`"
        raise RuleError(file, line, "the columns are parted by commas, those of lexicons by tabs", mend)
    missing = [column for column in required if column not in columns]
    if missing:
        mend = f"add it to the header line, its columns parted by tabs: {' '.join(required)}"
        raise RuleError(file, line if columns else None, f"the column {missing[0]!r} is missing", mend)
    if len(set(columns)) != len(columns) or "" in columns:
        raise RuleError(file, line, "two columns have the same name, or one has none", "name each once")
    return columns


def _tidied(file: str, line: int, cells: Sequence[str], count: int) -> list[str]:
    """The cells without blanks round them and without empty ones too many; ``count`` of them, where it is known."""
    tidied = [cell.strip() for cell in cells]
    while count and len(tidied) > count and not tidied[-1]:
        tidied.pop()
    if count and len(tidied) != count:
        problem = f"{len(tidied)} columns where the header has {count}"
        raise RuleError(file, line, problem, "put one tab between any two columns, also round empty ones")
    for cell in tidied:
        if len(cell) > 1 and cell[0] == cell[-1] == '"':
            raise RuleError(file, line, f"the cell {cell} is in quotes, as spreadsheets write it", "take them away")
    return tidied
