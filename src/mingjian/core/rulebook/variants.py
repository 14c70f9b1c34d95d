"""A rule book with one rule taken out, or with another pattern: to see what the rule does."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec

from mingjian.core.rulebook.foldings import FILE as FOLDING_FILE
from mingjian.core.rulebook.foldings import read_foldings
from mingjian.core.rulebook.loading import read_or_refuse
from mingjian.core.rulebook.nouns import Rulebook
from mingjian.core.rulebook.pattern_reading import read_pattern
from mingjian.core.rulebook.pieces import FILE as PIECES_FILE
from mingjian.core.rulebook.pieces import Pieces
from mingjian.core.rulebook.triggers import plan_of

_NEVER = "(?!)"  # a pattern that finds nothing: annotators ask for cues by name, so one cannot be taken away


def without_rule(book: Rulebook, rule_id: str) -> Rulebook:
    """The book without the rule or frame of this id; a cue stays, and finds nothing."""
    return msgspec.structs.replace(
        book,
        rules=tuple(rule for rule in book.rules if rule.id != rule_id),
        all_cues=_replaced(book.all_cues, rule_id, {"pattern": _NEVER}),
        all_frames=tuple(frame for frame in book.all_frames if frame.id != rule_id),
        version=_version(book, rule_id, _NEVER),
    )


def with_pattern(book: Rulebook, files: Mapping[str, str], rule_id: str, pattern: str) -> Rulebook:
    """The book in which the rule, cue or frame of this id has another pattern (a frame: another form).

    ``files`` are those that the book was made of: their pieces are put into the pattern. Raises ``RuleError`` for a
    pattern that a rule file could not hold.
    """
    place = f"the pattern for {rule_id}"
    pieces = Pieces(
        tomllib.loads(files.get(PIECES_FILE, "")),
        book.lexicons,
        read_foldings(files.get(FOLDING_FILE, "")),
        files.get(PIECES_FILE, ""),
    )
    if any(frame.id == rule_id for frame in book.all_frames):
        frames = _replaced(book.all_frames, rule_id, {"form": pattern})
        return msgspec.structs.replace(book, all_frames=frames, version=_version(book, rule_id, pattern))
    expanded = pieces.expand(pattern, place, None)
    if any(cue.id == rule_id for cue in book.all_cues):
        read_or_refuse(read_pattern, expanded, place, None)
        cues = _replaced(book.all_cues, rule_id, {"pattern": expanded})
        return msgspec.structs.replace(book, all_cues=cues, version=_version(book, rule_id, pattern))
    change = {"pattern": expanded, "plan": read_or_refuse(plan_of, expanded, place, None)}
    rules = _replaced(book.rules, rule_id, change)
    return msgspec.structs.replace(book, rules=rules, version=_version(book, rule_id, pattern))


def _replaced(rules: tuple[Any, ...], rule_id: str, change: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(msgspec.structs.replace(rule, **change) if rule.id == rule_id else rule for rule in rules)


def _version(book: Rulebook, rule_id: str, pattern: str) -> str:
    return sha256("\n".join((book.version, rule_id, pattern)).encode()).hexdigest()[:16]
