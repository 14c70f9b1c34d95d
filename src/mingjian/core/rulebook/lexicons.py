"""Reads lexicons: tab-separated tables of names, each row with the source that vouches for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingjian.core.rulebook.nouns import Entry, Lexicon
from mingjian.errors import RuleError

_VERSION = re.compile(r"^#[ \t]*version:[ \t]*(\S+)[ \t]*\r?$", re.MULTILINE)
REQUIRED_COLUMNS = ("id", "name", "aliases", "source")


def read_lexicon(file: str, text: str) -> Lexicon:
    """The lexicon written in one file; a row that does not fit its header is an error, never a guess."""
    name = file.rpartition("/")[2].removesuffix(".tsv")
    rows = _rows(text)
    _, header = next(rows, (None, []))
    missing = [column for column in REQUIRED_COLUMNS if column not in header]
    if missing:
        raise RuleError(file, None, f"the column {missing[0]!r} is missing", "add it to the header line")
    lines: dict[str, int] = {}
    entries: list[Entry] = []
    for line, cells in rows:
        if len(cells) != len(header):
            problem = f"{len(cells)} columns where the header has {len(header)}"
            raise RuleError(file, line, problem, "put one tab between any two columns, also round empty ones")
        entry = _entry(name, dict(zip(header, cells, strict=True)))
        if not entry.id or not entry.name:
            raise RuleError(file, line, "the row has no id or no name", "give it both")
        if entry.id in lines:
            raise RuleError(
                file, line, f"the id {entry.id!r} stands in line {lines[entry.id]} already", "choose another"
            )
        lines[entry.id] = line
        entries.append(entry)
    version = _VERSION.search(text)
    return Lexicon(name, tuple(entries), version.group(1) if version else None)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every line that is neither empty nor a comment."""
    for number, line in enumerate(text.split("\n"), start=1):
        row = line.removesuffix("\r")
        if row.strip() and not row.startswith("#"):
            yield number, row.split("\t")


def _entry(lexicon: str, row: dict[str, str]) -> Entry:
    aliases = tuple(alias for alias in row.pop("aliases").split("|") if alias)
    return Entry(lexicon, row.pop("id"), row.pop("name"), aliases, row)
