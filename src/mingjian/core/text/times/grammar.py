"""The grammar of times: the words, numbers and frames of the rule book that one profile knows, ready to read with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from mingjian.core.rulebook import Entry, Rule, Rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.framing import Codes, Grammar, NumberKind, compile_frame, grammar_of
from mingjian.core.text.profiles import family_of, is_known
from mingjian.core.text.times.conventions import conventions_of
from mingjian.core.text.times.making import make
from mingjian.core.text.times.moments import Moment
from mingjian.core.text.times.parts import written_moment
from mingjian.core.text.times.spoken import SpokenTime, Vague
from mingjian.core.text.tokens import (
    HIDDEN,
    Seeds,
    Token,
    Vocabulary,
    Word,
    Written,
    firsts_of,
    passed_of,
    starters_of,
    stretches,
    table_of,
)
from mingjian.errors import RuleError

GROUP = "times"
_GIVES_TIMES = "time"
_MOMENT_FIELDS = frozenset(Moment.__struct_fields__)


class TimeGrammar(msgspec.Struct, frozen=True):
    """What is needed to read the times of a text under one profile."""

    vocabulary: Vocabulary
    grammar: Grammar
    code: str

    def seeds(self, folded: str, start: int = 0, end: int | None = None) -> Seeds:
        """The text from the one place to the other, ready to be read."""
        return Seeds(folded, self.vocabulary, start, end)

    def read(self, seeds: Seeds, start: int, end: int) -> Iterator[Token]:
        """The time expressions between the two places in order; the value of each is what is said (``SpokenTime``)."""
        for tokens in stretches(seeds, start, end):
            for token in self.grammar.read(seeds.folded, tokens, make):
                if token.code == self.code and isinstance(token.value, SpokenTime):
                    yield token

    def made(self, folded: str) -> list[Token]:
        """Every token that a frame makes of the text, at any step."""
        seen: list[Token] = []
        for tokens in stretches(self.seeds(folded), 0, len(folded)):
            self.grammar.read(folded, tokens, make, seen)
        return seen


@cache
def time_grammar(book: Rulebook, profile: str) -> TimeGrammar:
    """The grammar of times of a rule book under one profile."""
    table = book.tables[GROUP]
    known = family_of(book, profile)
    without = frozenset(conventions_of(book, profile).without)
    frames = [frame for frame in book.frames(GROUP) if is_known(frame.fields.get("only"), known)]
    entries = [entry for entry in book.lexicon("time_words").entries if is_known(entry.fields["only"], known)]
    kinds = {name: msgspec.convert(kind, NumberKind) for name, kind in table["numbers"].items()}
    written = [rule for rule in book.group(GROUP) if is_known(rule.fields.get("only"), known)]
    holidays = list(_holidays(book))
    names = [
        "reign",
        *(word.kind for _, word, _ in holidays),
        *(entry.fields["kind"] for entry in entries),
        *(frame.gives for frame in frames),
        *(rule.fields["gives"] for rule in written),
    ]
    codes = Codes(kinds, names, table["sets"])
    frames = [frame for frame in frames if without.isdisjoint((frame.id, frame.gives))]
    entries = [entry for entry in entries if without.isdisjoint((entry.id, entry.fields["kind"]))]
    written = [rule for rule in written if without.isdisjoint((rule.id, rule.fields["gives"]))]
    words = [
        (fold(surface), word, entry.fields["place"])
        for entry in entries
        for word in (_word(entry),)
        for surface in entry.surfaces
    ]
    words += [item for item in holidays if item[1].kind not in without]
    words += _reigns(book)
    starting = _first_of_each((surface, word) for surface, word, place in words if "s" in place)
    leading = table_of(((surface, word) for surface, word, place in words if "l" in place), last=True)
    following = table_of((surface, word) for surface, word, place in words if "f" in place)
    vocabulary = Vocabulary(
        starters=starters_of(starting),
        starting=starting,
        leading=leading,
        following=following,
        written=[_written(rule) for rule in written],
        codes=codes.words,
        number_codes=codes.of_number,
        forms=conventions_of(book, profile).numbers,
        firsts=firsts_of(starting, following),
        lasts=frozenset(leading),
        points=re.compile(table["decimal_before"]),
    )
    grammar = grammar_of([compile_frame(frame, codes, table["forms"]) for frame in frames])
    alone = any(written.bare for written in vocabulary.written) or not grammar.needs_words(codes.any_number)
    passed = None if alone else passed_of(vocabulary)
    return TimeGrammar(msgspec.structs.replace(vocabulary, passed=passed), grammar, codes.words[_GIVES_TIMES])


def _written(rule: Rule) -> Written:
    bare = bool(rule.fields.get("bare"))
    return Written(rule.id, re.compile(rule.pattern), rule.fields["gives"], written_moment, bare)


def _holidays(book: Rulebook) -> Iterator[tuple[str, Word, str]]:
    """The names of holidays; those that are plain words too are of a kind of their own."""
    for entry in book.lexicon("holidays").entries:
        weak = {fold(surface) for surface in entry.fields["weak"].split("|")}
        for surface in map(fold, entry.surfaces):
            kind = "weak-holiday" if surface in weak else "holiday"
            word = Word(kind, Moment(holiday=entry.id), frozenset(), frozenset())
            yield surface, word, "s"
            if kind == "weak-holiday":
                yield f"“{surface}”", word, "s"


def _reigns(book: Rulebook) -> Iterator[tuple[str, Word, str]]:
    """The names of reigns, which lead to the number of a year."""
    for entry in book.lexicon("reigns").entries:
        for surface in map(fold, entry.surfaces):
            yield surface, Word("reign", {"reign": surface}, frozenset(), frozenset()), "l"


def _first_of_each(words: Iterator[tuple[str, Word]]) -> list[tuple[str, Word]]:
    kept: dict[str, Word] = {}
    for surface, word in words:
        kept.setdefault(surface, word)
    return list(kept.items())


def _word(entry: Entry) -> Word:
    fields = entry.fields
    return Word(
        fields["kind"],
        None if fields["kind"] == HIDDEN else _says(entry),
        frozenset(fields["unless_before"]),
        frozenset(fields["unless_after"]),
    )


def _says(entry: Entry) -> Moment | Vague | dict[str, Any]:
    """A moment where the row gives fields of one, the word for a vague time, else the fields themselves."""
    fields: dict[str, Any] = {}
    for part in entry.fields["says"].split(";"):
        name, given, value = part.partition("=")
        if name:
            fields[name] = True if not given else int(value) if value.lstrip("-").isdecimal() else value
    try:
        if "ref" in fields:
            return msgspec.convert(fields, Vague)
        return msgspec.convert(fields, Moment) if fields.keys() and fields.keys() <= _MOMENT_FIELDS else fields
    except msgspec.ValidationError as error:
        problem = f"{entry.id!r} says {entry.fields['says']!r}: {error}"
        raise RuleError("lexicons/time_words.tsv", None, problem, "mend the column says") from error
