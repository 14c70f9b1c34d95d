"""Named pieces of patterns: ``{COMMA}`` or ``{unit.money}`` inside a pattern stands for a piece.

A piece's name starts with a letter, so it is never taken for a repeat such as ``{1,3}``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from typing import Any

from mingjian.core.rulebook.foldings import folded_pattern
from mingjian.core.rulebook.nouns import Entry, Lexicon
from mingjian.errors import RuleError

FILE = "pieces.toml"
_REFERENCE = re.compile(r"(?<!\\)\{([A-Za-z][\w.-]*)\}")
_DEFINITION = re.compile(r"\s*\"?([A-Za-z][\w.-]*)\"?\s*=")
_PLAIN = re.compile(r"[^\\|()\[\]{}?*+.]|\[[^\\\[\]]+\]")


class Pieces:
    """The pieces of one rule book; each is expanded once, when it is first asked for."""

    def __init__(
        self,
        tables: Mapping[str, Any],
        lexicons: Mapping[str, Lexicon],
        foldings: Mapping[str, str],
        text: str = "",
    ) -> None:
        self._foldings = foldings
        self._lines = _lines_of_names(text)
        self._sources = _flat(tables.get("pieces", {}))
        self._columns = _flat(tables.get("pieces_from_lexicon", {}))
        self._lexicons = lexicons
        self._expanded: dict[str, str] = {}

    def expand(self, pattern: str, file: str, line: int | None) -> str:
        """The pattern with every piece put in as a group of its own, and folded as the texts are that it meets."""
        return folded_pattern(self._expand(pattern, file, line, ()), self._foldings)

    def _expand(self, pattern: str, file: str, line: int | None, inside: tuple[str, ...]) -> str:
        def put_in(reference: re.Match[str]) -> str:
            name = reference.group(1)
            if name in inside:
                chain = " > ".join((*inside, name))
                raise RuleError(FILE, line, f"the piece {name!r} is made of itself ({chain})", "break the circle")
            if name not in self._expanded:
                self._expanded[name] = _grouped(self._piece(name, file, line, inside))
            return self._expanded[name]

        return _REFERENCE.sub(put_in, pattern)

    def _piece(self, name: str, file: str, line: int | None, inside: tuple[str, ...]) -> str:
        source = self._sources.get(name)
        own_line = self._lines.get(name)
        if isinstance(source, str):
            return self._expand(source, FILE, own_line, (*inside, name))
        if name in self._columns:
            return _longest_of({self._folded(surface) for surface in self._surfaces(name)})
        raise RuleError(file, line, f"there is no piece {{{name}}}", f"define it in {FILE} or mend its name")

    def _surfaces(self, name: str) -> set[str]:
        """The surfaces that a piece takes from its lexicon."""
        column, line = self._columns[name], self._lines.get(name)
        lexicon = self._lexicons.get(column["lexicon"])
        if lexicon is None:
            problem = f"the piece {name!r} asks for the lexicon {column['lexicon']!r}, which does not exist"
            raise RuleError(FILE, line, problem, "add the lexicon or mend its name")
        where = column.get("where", {}).items()
        chosen = [entry for entry in lexicon.entries if all(entry.fields.get(key) == value for key, value in where)]
        surfaces = {surface for entry in chosen for surface in _cells(entry, column.get("column", "name"))} - {""}
        if not surfaces:
            raise RuleError(FILE, line, f"the piece {name!r} selects no row", "mend its column or its where")
        return surfaces

    def _folded(self, surface: str) -> str:
        return "".join(self._foldings.get(character, character) for character in surface)


def _grouped(source: str) -> str:
    """The source so that a repeat or a neighbour cannot take hold of a part of it."""
    return source if _PLAIN.fullmatch(source) else f"(?:{source})"


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """TOML reads ``unit.money`` as nested tables; this gives the dotted names back."""
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, Mapping) and not isinstance(value.get("lexicon"), str):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


def _lines_of_names(text: str) -> dict[str, int]:
    named = ((number, _DEFINITION.match(line)) for number, line in enumerate(text.split("\n"), start=1))
    return {found.group(1): number for number, found in named if found}


def _longest_of(strings: Set[str]) -> str:
    """An alternation of the strings, parted by first characters: ``re`` has no trie, so the source is written as one.

    At any place those that fit are beginnings of one another, so that this is the same as to list them longest first.
    """
    tails: dict[str, set[str]] = {}
    for string in sorted(strings - {""}):
        tails.setdefault(string[0], set()).add(string[1:])
    alone = [re.escape(character) for character, rest in tails.items() if rest == {""}]
    branches = [re.escape(character) + _tail(rest) for character, rest in tails.items() if rest != {""}]
    if alone:
        branches.append(alone[0] if len(alone) == 1 else f"[{''.join(alone)}]")
    return "|".join([*branches, ""] if "" in strings else branches)


def _tail(strings: Set[str]) -> str:
    source = _longest_of(strings)
    return f"(?:{source})" if len(strings) > 1 else source


def _cells(entry: Entry, column: str) -> Sequence[str]:
    if column == "name":
        return (entry.name,)
    if column == "surfaces":
        return entry.surfaces
    if column == "aliases":
        return entry.aliases
    return (entry.fields.get(column, ""),)
