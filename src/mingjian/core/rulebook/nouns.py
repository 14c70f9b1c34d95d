"""What a rule book is made of: rules, lexicons, tables; frozen and without logic beyond look-up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from mingjian.core.rulebook.triggers import TriggerPlan
from mingjian.errors import RuleError


class Rule(msgspec.Struct, frozen=True, eq=False):
    """One pattern with its reason, its own fields and its tests.

    ``pattern`` is the expanded source: every named piece has been put in. ``plan`` is derived from it and says where on
    a page it is worth trying.
    """

    id: str
    group: str
    pattern: str
    plan: TriggerPlan
    note: str
    fields: Mapping[str, Any]
    examples: tuple[Mapping[str, Any], ...]
    counter_examples: tuple[str, ...]
    line: int | None = None

    @property
    def file(self) -> str:
        """The rule file that the rule stands in."""
        return f"{self.group}.toml"


class Entry(msgspec.Struct, frozen=True, eq=False):
    """One row of a lexicon."""

    lexicon: str
    id: str
    name: str
    aliases: tuple[str, ...]
    fields: Mapping[str, str]

    @property
    def surfaces(self) -> tuple[str, ...]:
        """The name and every alias: all the ways in which a page may write the entry."""
        return (self.name, *self.aliases)


class Lexicon(msgspec.Struct, frozen=True, eq=False):
    """A named table of entries, in the order of its file."""

    name: str
    entries: tuple[Entry, ...]


class Rulebook(msgspec.Struct, frozen=True, eq=False):
    """All rules, lexicons and tables of one set of files, with the hash that names them."""

    rules: tuple[Rule, ...]
    lexicons: Mapping[str, Lexicon]
    tables: Mapping[str, Mapping[str, Any]]
    version: str

    def group(self, name: str) -> tuple[Rule, ...]:
        """The rules of one file, in the order of the file; a file without rules gives an empty tuple."""
        found = tuple(rule for rule in self.rules if rule.group == name)
        if not found and name not in self.tables:
            raise RuleError(f"{name}.toml", None, "there is no such rule file", "name a file of the rules folder")
        return found

    def lexicon(self, name: str) -> Lexicon:
        """The lexicon of that name."""
        if name not in self.lexicons:
            raise RuleError(f"lexicons/{name}.tsv", None, "there is no such lexicon", "add the file or mend the name")
        return self.lexicons[name]
