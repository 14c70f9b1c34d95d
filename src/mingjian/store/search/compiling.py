"""Turns the tree of a query into queries of the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
import tantivy

from mingjian.core.search.documents import amount_term
from mingjian.core.search.queries import Clause, Filter, Phrase, Query, Term, Word
from mingjian.core.search.tokens import pairs, units
from mingjian.store.search.schemas import days_as_number

MUST, SHOULD, NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
_LEAD = 0.15
_ALIAS = 0.5
_AMOUNT = 20.0
_COMMON = 0.1
_MOST_PAIRS = 400
_MOST_PAIRS_OF_WHOLE = 40
_FAR = 99_999_999

_Occurs = list[tuple[tantivy.Occur, tantivy.Query]]


class Frequencies:
    """In how many documents words and pairs stand, asked of the engine once each."""

    def __init__(self, count: Callable[[str, str], int], documents: int) -> None:
        self._count = count
        self._known: dict[tuple[str, str], int] = {}
        self._documents = documents

    def stands(self, field: str, word: str) -> int:
        """In how many documents the word stands."""
        key = (field, word)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._count(field, word)
        return found

    def is_common(self, word: str) -> bool:
        """Whether a single character or word stands in so many documents that it tells little."""
        return self.stands("words", word) > self._documents * _COMMON


class Plan(msgspec.Struct, frozen=True):
    """What the engine is asked: ``whole`` for documents that hold all, None where there are none; ``near`` for parts.

    ``near`` is None where the query has nothing that a document could hold in part.
    """

    whole: tantivy.Query | None
    near: tantivy.Query | None


class Compiler:
    """Makes plans for one index as it stands."""

    def __init__(self, schema: tantivy.Schema, part: str, frequencies: Frequencies) -> None:
        self._schema = schema
        self._part = part
        self._frequencies = frequencies

    def plan(self, query: Query) -> Plan:
        """The plan for the query."""
        bounds = list(self._bounds(query.clauses))
        words = [clause for clause in query.clauses if not clause.excluded and _has_words(clause)]
        if not words:
            return Plan(self._boolean([*bounds, (MUST, tantivy.Query.all_query())]) if bounds else None, None)
        terms = [term for clause in words for term in clause.options]
        scores = self._scores(terms)
        near = self._boolean([*bounds, (MUST, self._boolean(scores))] if bounds else scores) if scores else None
        return Plan(self._whole(words, scores, bounds), near)

    def _whole(self, words: Sequence[Clause], scores: _Occurs, bounds: _Occurs) -> tantivy.Query | None:
        """Documents that hold of every clause all pairs of some option, scored as near ones are."""
        needed: _Occurs = []
        for clause in words:
            options = [query for term in clause.options if (query := self._held(term)) is not None]
            if not options:
                return None
            needed.append((MUST, _unscored(self._either(options))))
        return self._boolean([*bounds, *needed, *scores])

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
        return self._either(options) if options else None

    def _together(self, key: str) -> tantivy.Query | None:
        """Documents that hold every pair of the words, and every unit that is in no pair."""
        needed = dict.fromkeys(("pairs", pair) for pair in pairs(key))
        if len(needed) > _MOST_PAIRS_OF_WHOLE:
            return None
        if not needed:
            needed = dict.fromkeys(("words", unit) for unit in units(key))
        stands = self._frequencies.stands
        if not needed or not all(stands(field, word) for field, word in needed):
            return None
        return self._boolean((MUST, self._term(field, word)) for field, word in needed)

    def _scores(self, terms: Iterable[Term]) -> _Occurs:
        """What makes a document score: pairs, pairs in the lead, units that are not common."""
        found_pairs: dict[str, None] = {}
        found_units: dict[str, None] = {}
        others: dict[str, None] = {}
        amounts: _Occurs = []
        for term in terms:
            if isinstance(term, Filter):
                continue
            found_pairs.update(dict.fromkeys(pairs(term.key)))
            found_units.update(dict.fromkeys(units(term.key)))
            if isinstance(term, Word):
                others.update(dict.fromkeys(pair for key, _ in term.others for pair in pairs(key)))
                if term.amount is not None and self._part == "facts":
                    exact = self._term("amount", amount_term(term.amount))
                    amounts.append((SHOULD, tantivy.Query.const_score_query(exact, _AMOUNT)))
        return [*self._weighed(found_pairs, found_units, others), *amounts]

    def _weighed(self, found: dict[str, None], single: dict[str, None], others: dict[str, None]) -> _Occurs:
        schema, boost, term = self._schema, tantivy.Query.boost_query, tantivy.Query.term_query
        listed = list(found)[:_MOST_PAIRS]
        scores = [(SHOULD, term(schema, "pairs", pair, "freq")) for pair in listed]
        if self._part == "pages":
            scores += [(SHOULD, boost(term(schema, "lead", pair, "freq"), _LEAD)) for pair in listed]
        is_common = self._frequencies.is_common
        kept = [unit for unit in list(single)[:_MOST_PAIRS] if not is_common(unit)]
        if not kept and not listed:
            kept = list(single)
        scores += [(SHOULD, term(schema, "words", unit, "freq")) for unit in kept]
        added = [pair for pair in others if pair not in found][:_MOST_PAIRS]
        scores += [(SHOULD, boost(term(schema, "pairs", pair, "freq"), _ALIAS)) for pair in added]
        return scores

    def _bounds(self, clauses: Iterable[Clause]) -> Iterator[tuple[tantivy.Occur, tantivy.Query]]:
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
                    yield MUST, _unscored(self._either(options))

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
        return self._either(options)

    def _period(self, field: str, first: str | None, last: str | None) -> tantivy.Query:
        low, high = days_as_number(first) if first else 0, days_as_number(last) if last else _FAR
        if field != "date":
            return self._range(field, low // 10_000, high // 10_000)
        # Published in an interval: it must reach into the period from both sides.
        return self._boolean(((MUST, self._range("first", 0, high)), (MUST, self._range("last", low, _FAR))))

    def _range(self, field: str, low: int, high: int) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, field, tantivy.FieldType.Integer, low, high)

    def _phrase(self, field: str, key: str) -> tantivy.Query | None:
        words = units(key)
        if len(words) < 2:
            return tantivy.Query.term_query(self._schema, field, words[0], "position") if words else None
        return tantivy.Query.phrase_query(self._schema, field, list(words))

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, "basic")

    def _either(self, options: Sequence[tantivy.Query]) -> tantivy.Query:
        return options[0] if len(options) == 1 else self._boolean((SHOULD, option) for option in options)

    @staticmethod
    def _boolean(occurs: Iterable[tuple[tantivy.Occur, tantivy.Query]]) -> tantivy.Query:
        return tantivy.Query.boolean_query(list(occurs))


def _has_words(clause: Clause) -> bool:
    return any(isinstance(term, Word | Phrase) for term in clause.options)


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)
