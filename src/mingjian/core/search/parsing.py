"""Reads a query into its tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

import msgspec

from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.model.article import Article, BodyBlock
from mingjian.core.model.facts import Normalized
from mingjian.core.rulebook import Rulebook
from mingjian.core.search.periods import read_period
from mingjian.core.search.queries import (
    Alias,
    Clause,
    Filter,
    Item,
    Note,
    NoteKind,
    Phrase,
    Query,
    Term,
    Word,
    split_items,
)
from mingjian.core.search.tokens import compact, searchable, units
from mingjian.core.search.vocabulary import Field, Vocabulary, vocabulary_of
from mingjian.core.text.folding import fold

LONGEST = 2_000
"""Characters of a query that are read: what lies beyond is cut, and told."""

_MOST_CLAUSES = 64
_AMOUNT = re.compile(r"[0-9０-９][0-9０-９,，.．]{0,24}\s?[^\W\d_]{1,12}[/%％]?[^\W\d_]{0,6}\Z")
_NAMES = ("names", "region")


class _Reading(msgspec.Struct):
    """What is being read: the query, how, and what was noted on the way."""

    text: str
    book: Rulebook
    words: Vocabulary
    notes: list[Note]

    def note(self, kind: NoteKind, item: Item) -> None:
        """Note what of the query is not taken as it may have been meant."""
        self.notes.append(Note(kind, self.text[item.start : item.end], item.start))


def parse_query(text: str, book: Rulebook) -> Query:
    """The tree of the query; whatever the text is, it is read, and notes say what was taken as mere words.

    >>> from mingjian.core.rulebook import bundled_rulebook
    >>> query = parse_query("大模型 -招聘 年:2025", bundled_rulebook())
    >>> [clause.excluded for clause in query.clauses], query.clauses[2].options[0].days
    ([False, True, False], ('2025-01-01', '2025-12-31'))
    """
    reading = _Reading(text[:LONGEST], book, vocabulary_of(book), [])
    items = split_items(reading.text)
    if len(text) > LONGEST or len(items) > _MOST_CLAUSES:
        start = items[_MOST_CLAUSES].start if len(items) > _MOST_CLAUSES else LONGEST
        reading.notes.append(Note("cut", text[start : start + 40], start))
    clauses = tuple(_clauses(reading, items[:_MOST_CLAUSES]))
    if not clauses and text.strip():
        reading.notes.append(Note("no-words", reading.text[:40], 0))
    return Query(reading.text, clauses, tuple(reading.notes))


def _clauses(reading: _Reading, items: Sequence[Item]) -> Iterator[Clause]:
    """The clauses of the items: those that a mark for either stands between are one."""
    options: list[Term] = []
    excluded = joined = False
    for number, item in enumerate(items):
        if _is_either(reading, item):
            beside = 0 < number < len(items) - 1 and options
            if not beside:
                reading.note("nothing-either", item)
            joined = bool(beside)
            continue
        term = _term(reading, item)
        if term is None:
            continue
        if joined and item.excluded == excluded:
            options.append(term)
        else:
            if options:
                yield Clause(tuple(options), excluded)
            options, excluded = [term], item.excluded
        joined = False
    if options:
        yield Clause(tuple(options), excluded)


def _is_either(reading: _Reading, item: Item) -> bool:
    return item.kind == "either" or (
        item.kind == "words" and not item.excluded and reading.text[item.start : item.end] in reading.words.either
    )


def _term(reading: _Reading, item: Item) -> Term | None:
    """What the item asks for; None where it holds nothing that can be searched."""
    inner = reading.text[item.inner[0] : item.inner[1]]
    if item.kind == "field":
        field = reading.words.fields.get(searchable(item.name))
        found = _filter(reading, item, field, inner) if field else None
        if field is None and inner:
            reading.note("unknown-field", item)
        if found is not None:
            return found
        inner = reading.text[item.start + item.excluded : item.end]
        return _word(reading, item, inner)
    if item.kind == "phrase":
        key = compact(searchable(inner))
        return Phrase(inner, key, item.start) if units(key) else None
    if item.kind == "unclosed":
        reading.note("unclosed-quote", item)
    return _word(reading, item, inner)


def _word(reading: _Reading, item: Item, inner: str) -> Word | None:
    key = compact(searchable(inner))
    asked = reading.words.question.sub(" ", key)
    if asked != key:
        if units(asked):
            key = asked
        else:
            reading.note("only-questions", item)
    if not units(key):
        return None
    return Word(inner, key, item.start, _others(reading.words, key), _amount(reading.book, inner))


def _filter(reading: _Reading, item: Item, field: Field, value: str) -> Filter | None:
    """The field with its value; None where the value cannot be one of the field's."""
    key = compact(searchable(value))
    if not units(key):
        reading.note("empty-field", item)
        return None
    if field.holds in _NAMES:
        others = _others(reading.words, key, in_field=True)
        code = reading.words.regions.get(key) if field.holds == "region" else None
        keys = (key, *(other for other, _ in others))
        return Filter(field.name, value, item.start, keys, code, aliases=tuple(alias for _, alias in others))
    if field.holds == "code":
        code = reading.words.types.get(key)
        if code is None:
            reading.note("unknown-type", item)
            return None
        return Filter(field.name, value, item.start, code=code)
    days = read_period(fold(value))
    if days is None:
        reading.note("no-date", item)
        return None
    return Filter(field.name, value, item.start, days=days)


def _others(words: Vocabulary, key: str, *, in_field: bool = False) -> tuple[tuple[str, Alias], ...]:
    """The key with a name in it replaced by its other names, as many as are allowed."""
    found: list[tuple[str, Alias]] = []
    for start, end in words.names_in(key):
        name = key[start:end]
        same = words.aliases[name]
        if same.only_in_fields and not in_field:
            continue
        found += [
            (key[:start] + other + key[end:], Alias(name, other, same.lexicon, same.entry))
            for other in same.others
            if name not in other  # what holds the name is found by the name
        ]
    return tuple(found[: words.most])


def _amount(book: Rulebook, words: str) -> Normalized | None:
    """The value in base units of a number with its unit, None for other words."""
    if not _AMOUNT.match(words):
        return None
    body = (BodyBlock(0, len(words), "paragraph"),)
    article = Article(text=words, folded=fold(words), body=body, boilerplate=(), sentences=())
    try:
        found = annotate_quantities(article, book, ())
    except InvalidOperation:
        return None
    if len(found) != 1 or found[0].end < len(words.rstrip()):
        return None
    value, most = found[0].normal_value, found[0].normal_max
    return Normalized(_plain(value), most, found[0].normal_unit)


def _plain(value: Decimal) -> Decimal:
    return value if value.is_finite() else Decimal(0)
