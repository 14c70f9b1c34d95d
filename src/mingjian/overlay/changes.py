"""Changes to the lexicons of a user's folder: a row added, a row or a name retired; the whole change or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import msgspec

from mingjian.core.rulebook import Entry, Notice, bundled_files, load_lexicons, version_of
from mingjian.core.rulebook.lexicons import REQUIRED_COLUMNS, Table, parted, read_table
from mingjian.core.rulebook.overlays import Layers
from mingjian.errors import RuleError
from mingjian.overlay.folder import files_of
from mingjian.overlay.writing import held, replace_text

_RETIRED = ("id", "alias", "since", "reason")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]*")
_NAME = re.compile(r"[\w-]+")
_Files = dict[str, str]


class NewRow(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be added: to the row of this id, or as a new one; ``like`` begins a list of the user's own.

    ``take`` says that a name may be taken from the row that has it.
    """

    lexicon: str
    id: str = ""
    name: str = ""
    aliases: tuple[str, ...] = ()
    fields: Mapping[str, str] = {}
    source: str = "own"
    like: str = ""
    take: bool = False


class Retirement(msgspec.Struct, frozen=True, kw_only=True):
    """What is to go: the row of an id, or a name; with ``whole`` the row that has the name."""

    term: str
    lexicon: str = ""
    whole: bool = False
    since: str = ""
    reason: str = ""


class Change(msgspec.Struct, frozen=True):
    """What was written: the file, the row (as it was, if it went), its name that went, what may not be meant."""

    file: Path
    entry: Entry
    alias: str
    notices: tuple[Notice, ...]
    version: str


def add_row(folder: Path, row: NewRow) -> Change:
    """Writes the row into the folder; raises ``RuleError`` and writes nothing where that would not be sound."""
    _refuse_odd_cells((row.id, row.name, *row.aliases, row.source, *row.fields, *row.fields.values()))
    with held(folder):
        files, before = _now(folder)
        row = msgspec.structs.replace(row, id=row.id or _made_id(row, before))
        _refuse_known(row, before)
        file = _file_for(row, files)
        cells = {"id": row.id, "name": row.name, "aliases": "|".join(row.aliases), "source": row.source, **row.fields}
        text = _with_cells(file, files.get(file) or _head(row), cells)
        after = load_lexicons({**bundled_files(), **files, file: text})
        fresh = tuple(notice for notice in after.notices if notice not in before.notices and notice.file == file)
        taken = [notice for notice in fresh if notice.kind == "taken"]
        if taken and not row.take:
            raise RuleError(file, None, taken[0].problem, "leave it out, or take it over with --take")
        entry = next((own.entry for own in after.own if own.file == file and own.entry.id == row.id), None)
        if entry is None:
            problem = f"the row {row.id} is retired in lexicons/{row.lexicon}.retire.tsv"
            raise RuleError(file, None, problem, "take that line away first")
        _refuse_retired(row, entry, file)
        return _write(folder, files, file, text, Change(folder / file, entry, "", fresh, ""))


def retire(folder: Path, going: Retirement) -> Change:
    """Writes into the folder that a row or a name is retired; raises ``RuleError`` where it is not clear which."""
    _refuse_odd_cells((going.term, going.since, going.reason))
    with held(folder):
        files, before = _now(folder)
        entry, alias = _meant(going, before)
        file = f"lexicons/{entry.home or entry.lexicon}.retire.tsv"
        cells = {"id": entry.id, "alias": alias, "since": going.since, "reason": going.reason}
        text = _with_line(file, files.get(file) or "\t".join(_RETIRED) + "\n", cells, _RETIRED[:2])
        load_lexicons({**bundled_files(), **files, file: text})
        return _write(folder, files, file, text, Change(folder / file, entry, alias, (), ""))


def _now(folder: Path) -> tuple[_Files, Layers]:
    """The files of the folder, none where it is new, and the lexicons that they make with the bundled ones."""
    is_new = not any(path.suffix in (".toml", ".tsv") for path in folder.rglob("*"))
    files = {} if is_new else files_of(folder)
    return files, load_lexicons({**bundled_files(), **files})


def _write(folder: Path, files: _Files, file: str, text: str, change: Change) -> Change:
    replace_text(folder / file, text)
    return msgspec.structs.replace(change, version=version_of({**bundled_files(), **files, file: text}))


def _refuse_odd_cells(cells: tuple[str, ...]) -> None:
    for cell in cells:
        if any(mark in cell for mark in "\t\n\r"):
            raise RuleError("lexicon", None, f"{cell!r} holds a tab or a line break", "write it on one line")
        if not cell.isprintable():
            odd = next(character for character in cell if not character.isprintable())
            raise RuleError("lexicon", None, f"{cell!r} holds U+{ord(odd):04X}", "take the character away")


def _made_id(row: NewRow, before: Layers) -> str:
    """The id of a new row: its name where that is plain Latin, else one made of the name's hash."""
    if not row.name:
        raise RuleError(
            row.lexicon, None, "the row has neither an id nor a name", "give --name, or --id of a known row"
        )
    for entry in _entries(before, row.like or row.lexicon):
        if row.name in entry.surfaces:
            mend = f"to add names to that row give --id {entry.id}"
            raise RuleError(row.lexicon, None, f"{row.name} is a name of {entry.id} ({entry.name}) already", mend)
    plain = re.sub(r"[^a-z0-9]+", "-", row.name.lower()).strip("-")
    if row.name.isascii() and len(plain) > 1:
        return f"own-{plain}"
    return f"own-{sha256(row.name.encode()).hexdigest()[:8]}"


def _refuse_known(row: NewRow, before: Layers) -> None:
    """Silence, or ``RuleError`` for an odd id, and where the row of the id has all of this already."""
    if not _ID.fullmatch(row.id):
        raise RuleError(row.lexicon, None, f"{row.id!r} is no id", "write Latin letters, digits and hyphens")
    known = next((entry for entry in _entries(before, row.like or row.lexicon) if entry.id == row.id), None)
    if known is None:
        return
    names = {row.name, *row.aliases} - {"", *known.surfaces}
    fields = {
        key: value
        for key, value in row.fields.items()
        if not set(parted(value)) <= set(parted(known.fields.get(key, "")))
    }
    if not names and not fields:
        raise RuleError(row.lexicon, None, f"the row {row.id} ({known.name}) says all of this already", "add nothing")


def _refuse_retired(row: NewRow, entry: Entry, file: str) -> None:
    """Silence, or ``RuleError`` where a name that is added would stay away since a line retires it."""
    lost = [name for name in (row.name, *parted("|".join(row.aliases))) if name and name not in entry.surfaces]
    if lost:
        problem = f"{lost[0]} of the row {row.id} is retired in lexicons/{row.lexicon}.retire.tsv"
        raise RuleError(file, None, problem, "take that line away first")


def _entries(layers: Layers, lexicon: str) -> tuple[Entry, ...]:
    return layers.lexicons[lexicon].entries if lexicon in layers.lexicons else ()


def _file_for(row: NewRow, files: _Files) -> str:
    """The file that takes the row: the list of the user's own of that name, or the addition to a bundled lexicon."""
    own = f"lexicons/{row.lexicon}.tsv"
    if own in bundled_files():
        if row.like:
            raise RuleError(own, None, "a bundled lexicon has this name", "leave out --like, or choose another name")
        return f"lexicons/{row.lexicon}.add.tsv"
    if own in files or (row.like and _NAME.fullmatch(row.lexicon)):
        return own
    mend = "`mingjian lexicon list` lists all; to begin a list of your own give --like with one of those"
    raise RuleError(own, None, "there is no such lexicon", mend)


def _head(row: NewRow) -> str:
    """What a new file begins with."""
    like = f"# like: {row.like}\n" if row.like else ""
    return f"{like}# source: {row.source} = added by its user.\n" + "\t".join(REQUIRED_COLUMNS) + "\n"


def _with_cells(file: str, text: str, cells: Mapping[str, str]) -> str:
    """The text with these cells: put into the row of the same id, or as a row at its end."""
    table = read_table(file, text)
    known = next((row for row in table.rows if row.cells["id"] == cells["id"]), None)
    if known is None:
        return _with_line(file, text, cells, REQUIRED_COLUMNS)
    now = dict(known.cells)
    for column, cell in cells.items():
        if column == "aliases":
            now[column] = "|".join(dict.fromkeys((*parted(now[column]), *parted(cell))))
        elif cell:
            now[column] = cell
    text = _with_columns(text, table, now)
    columns = _columns(table, now)
    return _replaced(text, known.line, "\t".join(now.get(column, "") for column in columns))


def _with_line(file: str, text: str, cells: Mapping[str, str], required: tuple[str, ...]) -> str:
    table = read_table(file, text, required)
    text = _with_columns(text, table, cells)
    line = "\t".join(cells.get(column, "") for column in _columns(table, cells))
    if line.startswith("#"):
        raise RuleError(file, None, f"{line.partition(chr(9))[0]!r} would begin a comment", "begin it otherwise")
    return (text if text.endswith("\n") else text + "\n") + line + "\n"


def _columns(table: Table, cells: Mapping[str, str]) -> tuple[str, ...]:
    more = (column for column, cell in cells.items() if cell and column not in table.columns)
    return (*table.columns, *more)


def _with_columns(text: str, table: Table, cells: Mapping[str, str]) -> str:
    """The text whose header has all columns of the cells, and whose rows have empty cells in those that are new."""
    more = _columns(table, cells)[len(table.columns) :]
    if not more:
        return text
    lines = text.split("\n")
    ends = "\t".join(more)
    for number, line in _rows(text):
        lines[number - 1] = f"{line}\t{ends}"
        ends = "\t" * (len(more) - 1)
    return "\n".join(lines)


def _rows(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.startswith(("#", '"#')):
            yield number, line


def _replaced(text: str, number: int, line: str) -> str:
    lines = text.split("\n")
    lines[number - 1] = line
    return "\n".join(lines)


def _meant(going: Retirement, before: Layers) -> tuple[Entry, str]:
    """The row that is meant, and which of its names goes; an empty one where the whole row does."""
    place, _, key = going.term.partition(":")
    lexicon = going.lexicon or (place if place in before.lexicons else "")
    by_id = _chosen(before, lexicon, lambda entry: entry.id in (going.term, key if lexicon == place else going.term))
    by_name = _chosen(before, lexicon, lambda entry: going.term in entry.surfaces)
    found = {(entry.home or entry.lexicon, entry.id): entry for entry in (*by_id, *by_name)}
    if not found:
        problem = f"no row of {going.lexicon or 'any lexicon'} has the id or the name {going.term!r}"
        raise RuleError("lexicon", None, problem, f"look it up with `mingjian lexicon find {going.term}`")
    if len(found) > 1:
        places = ", ".join(f"{home}:{key} ({entry.name})" for (home, key), entry in found.items())
        raise RuleError("lexicon", None, f"several rows are called {going.term}: {places}", "name the id or --lexicon")
    (entry,) = found.values()
    alone = set(entry.surfaces) == {going.term}
    return entry, "" if by_id or going.whole or alone else going.term


def _chosen(layers: Layers, lexicon: str, fits: Callable[[Entry], bool]) -> list[Entry]:
    names = (lexicon,) if lexicon else tuple(layers.lexicons)
    return [entry for name in names for entry in _entries(layers, name) if fits(entry)]
