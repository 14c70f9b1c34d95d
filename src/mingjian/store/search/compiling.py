"""Turns the tree of a query into queries of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import tantivy

from mingjian.core.search.documents import amount_term
from mingjian.core.search.queries import Clause, Filter, Phrase, Query, Term, Word
from mingjian.core.search.tokens import marked, pairs, units
from mingjian.store.search.schemas import days_as_number

MUST, SHOULD, NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
# What ranks, as measured: docs/decisions/0023.
_ALIAS = 0.1  # the weight of a pair of another name
_AMOUNT = 20.0  # the score of a fact whose value is the one asked for, in the same unit
_COMMON = 0.1  # the share of documents from which a single character tells too little
_MOST_GRAMS = 24  # the rarest of a query that rank: more change little, and cost
_MOST_PAIRS_OF_WHOLE = 64
_PROBED = 4
_MOST_UNITS_OF_NUMBER = 12
_DIGITS = frozenset("0123456789")
_FAR = 99_999_999

_Occur = tuple[tantivy.Occur, tantivy.Query]


class Frequencies:
    """In how many documents of an index grams stand, asked of the engine once each."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._known: dict[str, int] = {}
        self._common = searcher.num_docs * _COMMON

    def stands(self, gram: str) -> int:
        """In how many documents the gram stands."""
        found = self._known.get(gram)
        if found is None:
            found = self._known[gram] = self._searcher.doc_freq("grams", gram)
        return found

    def rarest(self, grams: Iterable[str], most: int) -> list[str]:
        """The grams that stand in any document, where they are many only the rarest."""
        known = {gram: count for gram in grams if (count := self.stands(gram))}
        return sorted(known, key=known.__getitem__)[:most] if len(known) > most else list(known)

    def is_common(self, gram: str) -> bool:
        """Whether the gram stands in so many documents that by itself it tells little."""
        return self.stands(gram) > self._common


class Plan:
    """What the engine is asked for one query.

    ``near`` finds documents that hold parts of the words and all else that is asked, ``whole`` and ``held`` those that
    hold all; each is None where no document can. ``probe`` finds a superset of these for little; None where nothing is
    won by it.
    """

    def __init__(self, query: Query, schema: tantivy.Schema, part: str, frequencies: Frequencies) -> None:
        self._schema = schema
        self._part = part
        self._frequencies = frequencies
        self._words = [clause for clause in query.clauses if not clause.excluded and _has_words(clause)]
        self._bounds = list(self._bounds_of(query.clauses))

    @cached_property
    def near(self) -> tantivy.Query | None:
        """Documents that hold parts of the words, scored."""
        scores = self._scores
        if not scores:
            return None
        return _boolean([*self._bounds, (MUST, _boolean(scores))] if self._bounds else scores)

    @cached_property
    def whole(self) -> tantivy.Query | None:
        """Documents that hold all that is asked, scored as near ones are."""
        return _boolean([*self._needed, *self._scores]) if self._needed else None

    @cached_property
    def held(self) -> tantivy.Query | None:
        """The same documents, without a score."""
        return _unscored(_boolean(self._needed)) if self._needed else None

    @cached_property
    def _needed(self) -> list[_Occur]:
        """What documents must hold: of every clause all pairs of some option. Nothing where none can."""
        if not self._words:
            return [*self._bounds, (MUST, tantivy.Query.all_query())] if self._bounds else []
        needed: list[_Occur] = []
        for clause in self._words:
            options = [query for term in clause.options if (query := self._held(term)) is not None]
            if not options:
                return []
            needed.append((MUST, _unscored(_either(options))))
        return [*self._bounds, *needed]

    @cached_property
    def probe(self) -> tantivy.Query | None:
        """The rarest pairs of a query that is one long word: no document that lacks them holds it."""
        term = self._words[0].options[0] if len(self._words) == 1 else None
        if not isinstance(term, Word) or len(self._words[0].options) > 1 or term.others or term.amount:
            return None
        found = pairs(term.key)
        if len(found) < 2 * _PROBED:
            return None
        rarest = sorted(dict.fromkeys(found), key=self._frequencies.stands)[:_PROBED]
        return _boolean((MUST, self._term("grams", pair)) for pair in rarest)

    def _held(self, term: Term) -> tantivy.Query | None:
        """Documents that hold the term as it is or under another name; None where none can, or it is a sentence."""
        if isinstance(term, Filter):
            return self._filter(term)
        if isinstance(term, Phrase):
            return self._phrase("words", term.key)
        keys = (term.key, *(key for key, _ in term.others))
        options = [query for key in keys if (query := self._together(key)) is not None]
        if term.amount is not None and self._part == "facts":
            options.append(self._term("amount", amount_term(term.amount)))
        return _either(options) if options else None

    def _together(self, key: str) -> tantivy.Query | None:
        """Documents that hold every pair of the words, or every unit; a number with what is beside it, side by side.

        The pairs of 100亿元 stand in 2600亿元 and 10个, too.
        """
        single = units(key)
        if len(single) <= _MOST_UNITS_OF_NUMBER and any(unit[0] in _DIGITS for unit in single):
            return self._phrase("words", key)
        needed = dict.fromkeys(pairs(key)) or dict.fromkeys(map(marked, single))
        if len(needed) > _MOST_PAIRS_OF_WHOLE or not needed or not all(map(self._frequencies.stands, needed)):
            return None
        return _boolean((MUST, self._term("grams", gram)) for gram in needed)

    @cached_property
    def _scores(self) -> list[_Occur]:
        """What makes a document score: pairs, and single characters, words and numbers that are not common."""
        keys: dict[str, None] = {}
        others: dict[str, None] = {}
        amounts: list[_Occur] = []
        for clause in self._words:
            for term in clause.options:
                if isinstance(term, Filter):
                    continue
                keys[term.key] = None
                if isinstance(term, Word):
                    others.update(dict.fromkeys(key for key, _ in term.others))
                    if term.amount is not None and self._part == "facts":
                        exact = self._term("amount", amount_term(term.amount))
                        amounts.append((SHOULD, tantivy.Query.const_score_query(exact, _AMOUNT)))
        return [*self._weighed(keys, others), *amounts]

    def _weighed(self, keys: Iterable[str], others: Iterable[str]) -> list[_Occur]:
        schema, boost, term = self._schema, tantivy.Query.boost_query, tantivy.Query.term_query
        rarest, is_common = self._frequencies.rarest, self._frequencies.is_common
        single = list(dict.fromkeys(marked(unit) for key in keys for unit in units(key)))
        found = dict.fromkeys(pair for key in keys for pair in pairs(key))
        listed = rarest(found, _MOST_GRAMS)
        told = rarest((gram for gram in single if not is_common(gram)), _MOST_GRAMS)
        if not told and not listed:
            told = rarest(single, _MOST_GRAMS)
        scores = [(SHOULD, term(schema, "grams", gram, "freq")) for gram in (*listed, *told)]
        added = dict.fromkeys(pair for key in others for pair in pairs(key) if pair not in found)
        scores += [(SHOULD, boost(term(schema, "grams", pair, "freq"), _ALIAS)) for pair in rarest(added, _MOST_GRAMS)]
        return scores

    def _bounds_of(self, clauses: Iterable[Clause]) -> Iterator[_Occur]:
        """What a document must hold or must not hold whatever its score."""
        for clause in clauses:
            if clause.excluded:
                for term in clause.options:
                    held = self._excluded(term)
                    if held is not None:
                        yield NOT, held
            elif all(isinstance(term, Filter | Phrase) for term in clause.options):
                options = [query for term in clause.options if (query := self._held(term)) is not None]
                if options:
                    yield MUST, _unscored(_either(options))

    def _excluded(self, term: Term) -> tantivy.Query | None:
        """What holds the very words: of a word, side by side."""
        return self._phrase("words", term.key) if isinstance(term, Word) else self._held(term)

    def _filter(self, term: Filter) -> tantivy.Query | None:
        """Documents of which the field holds the value; None where this index has no such field."""
        if self._part == "entities":
            return self._term("type", term.code) if term.field == "type" and term.code else None
        if term.days is not None:
            return self._period(term.field, *term.days)
        if term.field == "type":
            return self._term("type", term.code or "")
        options = [query for key in term.keys if (query := self._phrase(f"{term.field}_names", key)) is not None]
        if term.code:
            options.append(self._term("code", term.code))
        return _either(options)

    def _period(self, field: str, first: str | None, last: str | None) -> tantivy.Query:
        low, high = days_as_number(first) if first else 0, days_as_number(last) if last else _FAR
        if field != "date":
            return self._range(field, low // 10_000, high // 10_000)
        # Published in an interval: it must reach into the period from both sides.
        return _boolean(((MUST, self._range("first", 0, high)), (MUST, self._range("last", low, _FAR))))

    def _range(self, field: str, low: int, high: int) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, field, tantivy.FieldType.Integer, low, high)

    def _phrase(self, field: str, key: str) -> tantivy.Query | None:
        words = units(key)
        if len(words) < 2:
            return tantivy.Query.term_query(self._schema, field, words[0], "position") if words else None
        return tantivy.Query.phrase_query(self._schema, field, list(words))

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, "basic")


def _has_words(clause: Clause) -> bool:
    return any(isinstance(term, Word | Phrase) for term in clause.options)


def _either(options: Sequence[tantivy.Query]) -> tantivy.Query:
    return options[0] if len(options) == 1 else _boolean((SHOULD, option) for option in options)


def _boolean(occurs: Iterable[_Occur]) -> tantivy.Query:
    return tantivy.Query.boolean_query(list(occurs))


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)
