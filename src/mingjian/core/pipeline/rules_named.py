"""A rule by its id, and what a wrong one is told."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TypeAlias

import msgspec

from mingjian.core.rulebook import Cue, Frame, Rule, Rulebook
from mingjian.errors import RuleError

_NEAREST = 4
AnyRule: TypeAlias = Rule | Cue | Frame


class Named(msgspec.Struct, frozen=True):
    """A rule, cue, frame or method: all that ``by`` of a record may name, but lexicons and engines."""

    id: str
    kind: str
    family: str
    note: str
    rule: AnyRule | None = None


def every_named(book: Rulebook) -> list[Named]:
    """The rules, cues, frames and methods of the book, in the order of their files."""
    rules = [Named(rule.id, type(rule).__name__.lower(), rule.group, rule.note, rule) for rule in book.every]
    methods = [Named(row["id"], "method", "methods", row["note"]) for row in book.tables["methods"]["method"]]
    return [*rules, *methods]


def named(book: Rulebook, rule_id: str) -> Named:
    """The rule of this id; raises ``RuleError`` with the nearest ids where there is none."""
    every = {one.id: one for one in every_named(book)}
    if rule_id in every:
        return every[rule_id]
    if rule_id.startswith("lexicon."):
        mend = f"`mingjian lexicon find TERM` shows rows of {rule_id.removeprefix('lexicon.')}"
        raise RuleError(rule_id, None, "is a lexicon, not a rule", mend)
    holding = [known for known in every if rule_id and rule_id in known]
    near = list(dict.fromkeys([*holding[:_NEAREST], *get_close_matches(rule_id, every, n=_NEAREST)]))[:_NEAREST]
    told = f"did you mean {', '.join(near)}? " if near else ""
    raise RuleError(rule_id, None, "there is no rule of this id", f"{told}`mingjian rules list` lists them all")


def pattern_of(rule: AnyRule) -> str:
    """The pattern of a rule or cue, or the form of a frame."""
    return rule.form if isinstance(rule, Frame) else rule.pattern


def triggers_of(rule: AnyRule | None) -> list[str]:
    """The literals one of which every match of a rule holds: by these the page is searched."""
    if not isinstance(rule, Rule):
        return []
    return sorted({literal for site in rule.plan.sites for literal in site.literals})


def rule_called(book: Rulebook, rule_id: str) -> AnyRule:
    """The rule, cue or frame of this id; raises ``RuleError`` where it is none, or a method, which has no pattern."""
    found = named(book, rule_id)
    if found.rule is None:
        raise RuleError(rule_id, None, "is a method: it has no pattern to try", f"it does this: {found.note}")
    return found.rule
