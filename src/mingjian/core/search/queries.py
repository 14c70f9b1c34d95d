"""What a query asks: a frozen tree of words, phrases and fields.

A query never fails. What cannot be understood as an operator is searched as it stands, and a note says so.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

import msgspec

from mingjian.core.model.facts import Normalized
from mingjian.core.model.span import Pair

NoteKind: TypeAlias = Literal[
    "unknown-field", "empty-field", "unknown-type", "no-date", "unclosed-quote", "nothing-excluded", "nothing-either",
    "only-questions", "no-words", "cut",
]  # fmt: skip


class Note(msgspec.Struct, frozen=True):
    """Something of the query that was not taken as it may have been meant: of which kind, which words, and where."""

    kind: NoteKind
    words: str
    start: int


class Alias(msgspec.Struct, frozen=True):
    """Another name that is searched too: ``name`` for ``of``, since both are names of a row of a lexicon."""

    of: str
    name: str
    lexicon: str
    entry: str


class Word(msgspec.Struct, frozen=True):
    """Words to find: ``text`` as typed, ``key`` as searched.

    ``others`` are the same words with a name in them replaced by another of its names, each with that alias;
    ``amount`` is the value in base units where the word is a number with a unit.
    """

    text: str
    key: str
    start: int
    others: tuple[tuple[str, Alias], ...] = ()
    amount: Normalized | None = None


class Phrase(msgspec.Struct, frozen=True):
    """Words in quotation marks: they stand side by side, in this order."""

    text: str
    key: str
    start: int


class Filter(msgspec.Struct, frozen=True):
    """A field with a value.

    ``keys`` are the names that the value may go by (of ``names`` and ``region``), ``code`` is what the value stands for
    (a type, a place's code), ``days`` the first and the last ISO day (of ``years`` and ``days``; either may be open).
    """

    field: str
    text: str
    start: int
    keys: tuple[str, ...] = ()
    code: str | None = None
    days: tuple[str | None, str | None] | None = None
    aliases: tuple[Alias, ...] = ()


Term: TypeAlias = Word | Phrase | Filter


class Clause(msgspec.Struct, frozen=True):
    """Terms of which one suffices; where ``excluded``, terms of which none may hold."""

    options: tuple[Term, ...]
    excluded: bool = False


class Query(msgspec.Struct, frozen=True):
    """What is asked: every clause is to hold. ``text`` is the query as typed, cut where it was too long."""

    text: str
    clauses: tuple[Clause, ...]
    notes: tuple[Note, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that are asked for, those of excluded clauses left out."""
        return tuple(term for clause in self.clauses if not clause.excluded for term in clause.options)

    @property
    def aliases(self) -> tuple[Alias, ...]:
        """The other names that are searched, each once."""
        found: dict[Alias, None] = {}
        for term in self.terms:
            if isinstance(term, Word):
                found.update(dict.fromkeys(alias for _, alias in term.others))
            elif isinstance(term, Filter):
                found.update(dict.fromkeys(term.aliases))
        return tuple(found)


class Item(msgspec.Struct, frozen=True):
    """A stretch of the query without blanks, or with those inside quotation marks: what it is still to be read as."""

    start: int
    end: int
    kind: Literal["words", "phrase", "field", "either", "unclosed"]
    excluded: bool = False
    inner: Pair = (0, 0)
    name: str = ""


# Forms of writing: marks that part, quote, exclude and name fields, in half and full width.
_QUOTES = {'"': '"＂', "“": '”"', "”": "”“", "「": "」", "『": "』", "＂": '＂"'}
_EITHER = "|｜"
_MINUS = "-－−"
_FIELD = re.compile(r"([^\W\d_]{1,16})[:：]")
_STOP = re.compile(r"[\s|｜]")


def split_items(text: str) -> list[Item]:
    """The items of the query in order."""
    items: list[Item] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
        elif text[place] in _EITHER:
            items.append(Item(place, place + 1, "either"))
            place += 1
        else:
            items.append(_item(text, place))
            place = items[-1].end
    return items


def _item(text: str, start: int) -> Item:
    """The item that begins here, where no blank stands."""
    begin = start
    excluded = text[start] in _MINUS and _stop(text, start + 1) > start + 1
    if excluded:
        begin += 1
    named = _FIELD.match(text, begin)
    if named:
        value = named.end()
        quoted = _quoted(text, value)
        if quoted:
            return Item(start, quoted[1] + 1, "field", excluded, quoted, named[1])
        end = _stop(text, value)
        return Item(start, end, "field", excluded, (value, end), named[1])
    quoted = _quoted(text, begin)
    if quoted:
        return Item(start, quoted[1] + 1, "phrase", excluded, quoted)
    end = _stop(text, begin)
    opened = text[begin] in _QUOTES and not any(mark in text[begin + 1 : end] for mark in _QUOTES[text[begin]])
    return Item(start, end, "unclosed" if opened else "words", excluded, (begin, end))


def _quoted(text: str, start: int) -> Pair | None:
    """The inside of the quotation marks that open here, where they close before a blank: else they are mere marks."""
    closing = _QUOTES.get(text[start]) if start < len(text) else None
    if closing is None:
        return None
    for end in range(start + 1, len(text)):
        if text[end] in closing:
            closed = end + 1 == len(text) or _STOP.match(text, end + 1) is not None
            return (start + 1, end) if closed and end > start + 1 else None
    return None


def _stop(text: str, start: int) -> int:
    """Where the words that stand here end."""
    found = _STOP.search(text, start)
    return found.start() if found else len(text)
