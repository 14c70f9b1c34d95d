"""Searches an index; any number of processes may, also while one writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import tantivy

from mingjian.core.search.queries import Filter, Query
from mingjian.errors import SearchIndexError
from mingjian.store.search.compiling import MUST, NOT, Frequencies, Plan
from mingjian.store.search.engine import number_of, open_index
from mingjian.store.search.entities import find_entities
from mingjian.store.search.hits import Counts, EntityHit, Hit, Kind, Order, SearchResult
from mingjian.store.search.schemas import PARTS

MOST = 10_000
"""Hits that are ever ranked: what lies beyond is counted alone."""

_PART = {"page": "pages", "fact": "facts"}
_Found = TypeVar("_Found")


class _Part:
    """One index as it stood when it was opened or refreshed."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.index = open_index(folder / name)
        self.refresh()

    def refresh(self) -> None:
        """See what was committed since."""
        self.index.reload()
        self.searcher = self.index.searcher()
        self._frequencies = Frequencies(self.searcher)
        self.has_folded = self.name != "entities" and self.searcher.doc_freq("folded", 1) > 0

    def plan(self, query: Query) -> Plan:
        """What the engine is asked for the query."""
        return Plan(query, self.index.schema, self.name, self._frequencies)


class SearchReader:
    """A search index, open for reading: it answers as of its opening, or of the last ``refresh``.

    Every method raises ``SearchIndexError`` where the index turns out to be damaged.
    """

    def __init__(self, folder: Path) -> None:
        """Open the folder; ``SearchIndexError`` where it holds no index that can be read: see ``state_of``."""
        self._folder = folder
        self._parts = self._guarded(lambda: {name: _Part(folder, name) for name in PARTS})

    def refresh(self) -> None:
        """See what writers committed since."""
        for part in self._parts.values():
            self._guarded(part.refresh)

    def search(
        self,
        query: Query,
        kind: Kind = "page",
        *,
        limit: int = 10,
        offset: int = 0,
        order: Order = "best",
        fold: bool = True,
    ) -> SearchResult:
        """The pages (``page``) or facts (``fact``) that answer the query, with their total.

        ``best`` gives those first that hold all that is asked, then those that hold parts of the words; ``newest``
        the former alone by the end of the interval in which they were published, those without a date last. ``fold``
        leaves out reprints of which another page of their group stands for all, unless the query names a source: the
        page asked for may be the reprint.
        """
        ranked = self.rank(query, kind, limit=limit, offset=offset, order=order, fold=fold)
        return SearchResult(ranked.hits, self.count(query, kind, fold=fold), ranked.order)

    def rank(
        self,
        query: Query,
        kind: Kind = "page",
        *,
        limit: int = 10,
        offset: int = 0,
        order: Order = "best",
        fold: bool = True,
    ) -> SearchResult:
        """The same without the total, which costs as much again where very many documents hold all that is asked."""
        part, stretch = self._parts[_PART[kind]], (min(offset, MOST), min(offset + limit, MOST))
        folds = fold and _may_fold(query)
        return self._guarded(lambda: _ranked(part, part.plan(query), stretch, order, folds))

    def count(self, query: Query, kind: Kind = "page", *, fold: bool = True) -> int:
        """How many documents hold all that is asked."""
        part = self._parts[_PART[kind]]
        return self._guarded(lambda: _total(part, part.plan(query), fold and _may_fold(query)))

    def counts(self, query: Query, kind: Kind = "page", *, fold: bool = True) -> Counts:
        """How many of the documents that hold all that is asked there are of each type, year and source."""
        part = self._parts[_PART[kind]]
        return self._guarded(lambda: _counts(part, part.plan(query), fold and _may_fold(query)))

    def entities(self, query: Query, *, limit: int = 10) -> tuple[EntityHit, ...]:
        """The entities that answer the query: those of just that name first, then by the number of their pages."""
        part, pages = self._parts["entities"], self._parts["pages"]
        return self._guarded(
            lambda: find_entities(query, part.plan(query), part.searcher, pages.index.schema, pages.searcher)
        )[:limit]

    def _guarded(self, work: Callable[[], _Found]) -> _Found:
        """What the work gives, or what the engine says of a broken file as an error of ours."""
        try:
            return work()
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError | TypeError | AttributeError):
                raise
            mend = "rebuild the index from the pages that are kept"
            raise SearchIndexError(str(self._folder), str(error), mend) from error


def open_search(folder: Path) -> SearchReader:
    """The index in the folder, open for reading; ``SearchIndexError`` where it holds none."""
    return SearchReader(folder)


def _may_fold(query: Query) -> bool:
    """Whether a reprint may be left out: not where the query asks for a source."""
    return not any(isinstance(term, Filter) and term.field == "source" for term in query.terms)


def _ranked(part: _Part, plan: Plan, stretch: tuple[int, int], order: Order, fold: bool) -> SearchResult:
    offset, end = stretch
    held = _held(part, plan, end, fold)
    if order == "newest" and (held or plan.near is None):
        hits = _fetched(part, plan.whole, end, fold, order)
        return SearchResult(tuple(hits[offset:]), None, order)
    near = _fetched(part, plan.near, end, fold, whole=False) if len(held) < end else []
    if not held:
        return SearchResult(tuple(near[offset:end]), None, "best")
    if len(held) < end and held <= {(hit.page, hit.ordinal) for hit in near}:
        # The usual case: what holds all is among what ranks first, and two queries with few words cost less than one.
        hits = [Hit(hit.page, hit.ordinal, hit.score) for hit in near if (hit.page, hit.ordinal) in held]
    else:
        hits = _fetched(part, plan.whole, end, fold)
    hits += [hit for hit in near if (hit.page, hit.ordinal) not in held]
    return SearchResult(tuple(hits[offset:end]), None, "best")


def _held(part: _Part, plan: Plan, most: int, fold: bool) -> set[tuple[int, int]]:
    """Documents that hold all that is asked: all of them where they are fewer than ``most``."""
    if not _may_hold(part, plan):
        return set()
    return {(hit.page, hit.ordinal) for hit in _fetched(part, plan.held, most, fold)}


def _may_hold(part: _Part, plan: Plan) -> bool:
    """Whether a document can hold all that is asked."""
    return plan.probe is None or bool(part.searcher.search(plan.probe, 1, count=False).hits)


def _fetched(
    part: _Part, query: tantivy.Query | None, most: int, fold: bool, order: Order = "best", *, whole: bool = True
) -> list[Hit]:
    """The first hits. Folded pages are left out behind the engine, whose shortcuts end where it must leave any out."""
    folding = fold and part.has_folded
    asked = most + most // 2 + 8 if folding else most
    while most and query is not None:
        by = "newest" if order == "newest" else None
        found = part.searcher.search(query, asked, count=False, order_by_field=by).hits
        addresses = [address for _, address in found]
        if folding:
            folded = part.searcher.fast_field_values("folded", addresses)
            found = [one for one, out in zip(found, folded, strict=True) if not out]
        if len(found) >= most or len(addresses) < asked:
            return _hits(part, found[:most], whole)
        asked *= 4
    return []


def _hits(part: _Part, found: list[tuple[float, tantivy.DocAddress]], whole: bool) -> list[Hit]:
    addresses = [address for _, address in found]
    numbers = cast("list[int]", part.searcher.fast_field_values("page", addresses))
    if part.name == "pages":
        return [Hit(number, -1, score, whole) for number, (score, _) in zip(numbers, found, strict=True)]
    ordinals = cast("list[int]", part.searcher.fast_field_values("ordinal", addresses))
    return [
        Hit(number, ordinal, score, whole) for number, ordinal, (score, _) in zip(numbers, ordinals, found, strict=True)
    ]


def _total(part: _Part, plan: Plan, fold: bool) -> int:
    return number_of(_unfolded(part, plan.held, fold), part.searcher) if plan.held is not None else 0


def _counts(part: _Part, plan: Plan, fold: bool) -> Counts:
    if plan.held is None:
        return Counts({}, {}, {})
    wanted = {name: {"terms": {"field": name, "size": 50}} for name in ("type", "year", "site")}
    found = part.searcher.aggregate(_unfolded(part, plan.held, fold), wanted)
    type_, year, site = ({one["key"]: one["doc_count"] for one in found[name]["buckets"]} for name in wanted)
    type_.pop("page", None)  # which every page is
    return Counts(type_, {int(key): count for key, count in year.items()}, site)


def _unfolded(part: _Part, query: tantivy.Query, fold: bool) -> tantivy.Query:
    if not (fold and part.has_folded):
        return query
    folded = tantivy.Query.term_query(part.index.schema, "folded", 1, "basic")
    return tantivy.Query.boolean_query([(MUST, query), (NOT, folded)])
