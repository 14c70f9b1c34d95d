"""Whose a name is: what a user's row is called belongs to that row alone, among all lexicons searched with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from mingjian.core.rulebook.nouns import Entry, Lexicon, Notice
from mingjian.core.rulebook.overlays import SETTINGS_FILE, Layers, OwnRow
from mingjian.errors import RuleError

SCANNING_FILE = "scanning.toml"
_Folds = Mapping[int, str]


def settle(layers: Layers, tables: Mapping[str, Any], foldings: Mapping[str, str]) -> Layers:
    """The lexicons in which no bundled row is called as a user's row of the same family is, and who lost what.

    Raises ``RuleError`` for a name that cannot be one, and where two rows of the user's claim the same.
    """
    if not layers.own:
        return layers
    scanning = tables.get(SCANNING_FILE, {})
    settings = tables.get(SETTINGS_FILE, {})
    table = {ord(source): target for source, target in foldings.items()}
    families = _families(scanning)
    things = {name for names in families.values() for name in names} | set(settings.get("named", ()))
    notices = [
        *layers.notices,
        *_odd_names((row for row in layers.own if row.entry.lexicon in things), settings, table),
    ]
    lexicons = dict(layers.lexicons)
    for names in families.values():
        claimed = _claims((row for row in layers.own if row.entry.lexicon in names), table)
        if claimed:
            for name in names:
                yielding = _yielding(lexicons[name], claimed, table, notices) if name in lexicons else None
                # A phrase that hides goes on hiding in other families; in this one a name stands before it.
                if yielding is not None and name != scanning.get("hiding"):
                    lexicons[name] = yielding
    unique = dict.fromkeys(notices)  # a lexicon may be searched in several families
    return Layers(lexicons, layers.own, tuple(sorted(unique, key=lambda notice: (notice.file, notice.line))))


def _families(scanning: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The lexicons that are searched together, those that hide included."""
    hiding = (scanning["hiding"],) if "hiding" in scanning else ()
    return {family: (*names, *hiding) for family, names in scanning.get("families", {}).items()}


def _odd_names(own: Iterable[OwnRow], settings: Mapping[str, Any], table: _Folds) -> Iterator[Notice]:
    """Names that are allowed but may not be meant; raises ``RuleError`` for those that no page could hold."""
    common = frozenset(settings.get("common_words", "").split())
    separators = frozenset(settings.get("separators", ()))
    for row in own:
        for surface in row.surfaces:
            folded = surface.translate(table)
            _refuse_unfindable(row, surface, folded)
            if folded in common:
                problem = f"{surface} is an ordinary word, and every page that uses it would name {row.entry.name}"
                yield Notice(
                    "common",
                    row.file,
                    row.line,
                    problem,
                    "leave it out, or see what it does with `mingjian lexicon test`",
                )
            if surface != row.entry.name and not separators.isdisjoint(surface):
                problem = f"the alias {surface} looks like several"
                yield Notice("several", row.file, row.line, problem, "part aliases by |")


def _refuse_unfindable(row: OwnRow, surface: str, folded: str) -> None:
    if len(folded) < 2:
        problem = f"{surface!r} is one character, and would be found in other words all over a page"
        raise RuleError(row.file, row.line, problem, "leave it out")
    if not folded.isprintable():
        odd = next(character for character in folded if not character.isprintable())
        problem = f"{surface!r} holds U+{ord(odd):04X}, which cannot be seen and is not kept when pages are read"
        raise RuleError(row.file, row.line, problem, "take the character away")


def _claims(own: Iterable[OwnRow], table: _Folds) -> dict[str, OwnRow]:
    """Whose each folded name of the user's rows is."""
    claimed: dict[str, OwnRow] = {}
    for row in own:
        for surface in row.surfaces:
            other = claimed.setdefault(surface.translate(table), row)
            if other.entry is not row.entry:
                where = f"line {other.line}" if other.file == row.file else f"{other.file}:{other.line}"
                problem = f"{surface} is a name of {other.entry.name} ({where}) already"
                raise RuleError(row.file, row.line, problem, "keep it in one of the two rows")
    return claimed


def _yielding(lexicon: Lexicon, claimed: Mapping[str, OwnRow], table: _Folds, notices: list[Notice]) -> Lexicon:
    """The lexicon whose rows do without the names that rows of the user's claim."""
    changed: dict[str, Entry] = {}
    for entry in lexicon.entries:
        for surface in entry.surfaces:
            row = claimed.get(surface.translate(table))
            if row is not None and (row.entry.lexicon, row.entry.id) != (entry.lexicon, entry.id):
                now = changed.get(entry.id, entry)
                changed[entry.id] = msgspec.structs.replace(now, retired=(*now.retired, surface))
                problem = (
                    f"{surface} was a name of {lexicon.name}:{entry.id} ({entry.name}); now it is {row.entry.name}"
                )
                notices.append(Notice("taken", row.file, row.line, problem, "leave it out if you did not mean that"))
    if not changed:
        return lexicon
    return msgspec.structs.replace(lexicon, entries=tuple([changed.get(row.id, row) for row in lexicon.entries]))
