"""Sentences from their forms: fixed words with slots for cited parts, and groups left out where one is empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.core.model.brief import Part, Sentence
from mingjian.errors import RuleError

Parts = tuple[Part, ...]
Slots = Mapping[str, Parts]
# Forms of writing of the rule file, not words.
_PIECE = re.compile(r"\[(?P<group>[^\[\]]*)\]|\{(?P<slot>\w+)\}|(?P<words>[^\[\]{}]+)")


class Piece(msgspec.Struct, frozen=True):
    """A piece of a form: ``words``, the name of a ``slot``, or a ``group`` that may be left out."""

    words: str = ""
    slot: str = ""
    group: tuple[Piece, ...] = ()


@lru_cache(maxsize=256)
def pieces_of(form: str) -> tuple[Piece, ...]:
    """The pieces of a form; ``RuleError`` where brackets do not match.

    >>> [piece.slot for piece in pieces_of("{date}，{words}")]
    ['date', '', 'words']
    """
    found, at = [], 0
    while at < len(form):
        match = _PIECE.match(form, at)
        if match is None:
            raise RuleError("corpus/brief.toml", None, f"{form!r} has an odd bracket at {at}", "close what is opened")
        group = match["group"]
        found.append(Piece(match["words"] or "", match["slot"] or "", pieces_of(group) if group else ()))
        at = match.end()
    return tuple(found)


def fill(frame: str, slots: Slots) -> Parts | None:
    """The parts of a frame with its slots filled; nothing where a slot outside of brackets is empty."""
    return _filled(pieces_of(brief_settings().frames[frame]), slots)


def sentence_of(frame: str, thing: str, slots: Slots) -> Sentence | None:
    """The sentence that the slots make, nothing where they do not make one."""
    parts = fill(frame, slots)
    said = "".join(part.text for part in slots.get("words", ()))
    return None if parts is None else Sentence(parts=parts, frame=frame, thing=thing, said=said)


def fixed_words() -> frozenset[str]:
    """All that a fixed part may say: the words of frames and relations, and the marks between parts."""
    settings = brief_settings()
    forms = [*settings.frames.values(), *(form for pair in settings.relations.values() for form in pair)]
    words = {settings.brief[name] for name in ("comma", "semicolon", "clause", "cut")}
    return frozenset(words.union(*(_words_of(pieces_of(form)) for form in forms)))


def fixed(name: str) -> Part:
    """A mark between parts, by its name in the rule file."""
    return Part(brief_settings().brief[name], "fixed")


def listed(each: Sequence[Parts], joint: str = "comma") -> Parts:
    """Parts one after the other with a mark between."""
    found: list[Part] = []
    for parts in each:
        found += [fixed(joint), *parts] if found else parts
    return tuple(found)


def filled_relation(relation: str, *, backward: bool, target: Parts) -> Parts:
    """What a relation is called from one of its ends; nothing for one that the rule file does not name."""
    forms = brief_settings().relations.get(relation)
    if forms is None:
        return ()
    return _filled(pieces_of(forms[1 if backward else 0]), {"target": target}) or ()


def _filled(pieces: Sequence[Piece], slots: Slots) -> Parts | None:
    found: list[Part] = []
    for piece in pieces:
        if piece.group:
            found += _filled(piece.group, slots) or ()
        elif piece.slot:
            parts = slots.get(piece.slot, ())
            if not parts:
                return None
            found += parts
        else:
            found.append(Part(piece.words, "fixed"))
    return tuple(found)


def _words_of(pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        if piece.group:
            yield from _words_of(piece.group)
        elif piece.words:
            yield piece.words
