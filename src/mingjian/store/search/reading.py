"""Searches an index; any number of processes may, also while one writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar, cast

import tantivy
from msgspec.structs import replace

from mingjian.core.search.queries import Filter, Query
from mingjian.errors import UnmadeError
from mingjian.store.search.compiling import MUST, NOT, Frequencies, Plan
from mingjian.store.search.engine import REBUILD, engine_plainly, number_of, open_index
from mingjian.store.search.entities import find_entities
from mingjian.store.search.hits import Counts, EntityHit, Hit, Kind, Order, SearchResult
from mingjian.store.search.schemas import PARTS, number_as_id

MOST = 10_000
"""Hits that are ever ranked: what lies beyond is counted alone."""

_MORE = 8
_COUNTED, _MOST_COUNTED = 50, 2_000
_PART = {"page": "pages", "fact": "facts"}
_Ranked: TypeAlias = Order | Literal["any"]
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
        if not all((folder / part / "meta.json").exists() for part in PARTS):
            raise UnmadeError(str(folder), "there is no search index yet", REBUILD)
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
        with engine_plainly(self._folder):
            return work()


class _Scored(NamedTuple):
    """What the engine tells of one document; of one page's facts, the earlier rank before the later."""

    score: float
    page: int
    ordinal: int
    place: int
    folded: int
    fact: int


def open_search(folder: Path) -> SearchReader:
    """The index in the folder, open for reading; ``SearchIndexError`` where it holds none."""
    return SearchReader(folder)


def _may_fold(query: Query) -> bool:
    """Whether a reprint may be left out: not where the query asks for a source."""
    return not any(isinstance(term, Filter) and term.field == "source" for term in query.terms)


def _ranked(part: _Part, plan: Plan, stretch: tuple[int, int], order: Order, fold: bool) -> SearchResult:
    offset, end = stretch
    held = _held(part, plan, end, fold)
    if plan.near is None or (order == "newest" and held):
        hits = _fetched(part, plan.whole, end, fold, "newest")  # without words to look for, all rank alike
        return SearchResult(tuple(hits[offset:]), None, order)
    near = _fetched(part, plan.near, end, fold, "best", whole=False) if len(held) < end else []
    if not held:
        return SearchResult(tuple(near[offset:end]), None, "best")
    if len(held) < end and held <= {(hit.page, hit.ordinal) for hit in near}:
        # The usual case: what holds all is among what ranks first, and two queries with few words cost less than one.
        hits = [replace(hit, whole=True) for hit in near if (hit.page, hit.ordinal) in held]
    else:
        hits = _fetched(part, plan.whole, end, fold, "best")
    hits += [hit for hit in near if (hit.page, hit.ordinal) not in held]
    return SearchResult(tuple(hits[offset:end]), None, "best")


def _held(part: _Part, plan: Plan, most: int, fold: bool) -> set[tuple[int, int]]:
    """Documents that hold all that is asked: all of them where they are fewer than ``most``."""
    if not _may_hold(part, plan):
        return set()
    return {(hit.page, hit.ordinal) for hit in _fetched(part, plan.held, most, fold, "any")}


def _may_hold(part: _Part, plan: Plan) -> bool:
    """Whether a document can hold all that is asked."""
    return plan.probe is None or bool(part.searcher.search(plan.probe, 1, count=False).hits)


def _fetched(
    part: _Part, query: tantivy.Query | None, most: int, fold: bool, order: _Ranked, *, whole: bool = True
) -> list[Hit]:
    """The first hits; of those that rank alike the newest, then by the id of the page.

    Folded pages are left out behind the engine, whose shortcuts end where it must leave any out.
    """
    folding = fold and part.has_folded
    asked = most + most // 2 + _MORE if folding else most + _MORE
    while most and query is not None:
        by = "newest" if order == "newest" else None
        every = _scored(part, part.searcher.search(query, asked, count=False, order_by_field=by).hits)
        found = [one for one in every if not (folding and one.folded)]
        if len(every) < asked or (len(found) >= most and (asked >= MOST or not _is_cut(every, found, most, order))):
            return [
                Hit(one.page, one.ordinal, one.score if by is None else 0.0, whole, number_as_id(one.fact))
                for one in _ordered(found, order)[:most]
            ]
        asked *= 4
    return []


def _is_cut(every: list[_Scored], found: list[_Scored], most: int, order: _Ranked) -> bool:
    """Whether documents that were not fetched may rank as the last that is wanted, and stand before it."""
    return order == "best" and found[most - 1].score == every[-1].score


def _ordered(found: list[_Scored], order: _Ranked) -> list[_Scored]:
    """Best first; of one page's facts, which rank alike, the earlier stand first already."""
    return sorted(found, key=lambda one: (-one.score, -one.place)) if order == "best" else found


def _scored(part: _Part, found: list[tuple[float, tantivy.DocAddress]]) -> list[_Scored]:
    addresses = [address for _, address in found]
    values = (
        part.searcher.fast_field_values(name, addresses) for name in ("page", "ordinal", "newest", "folded", "fact")
    )
    rows = list(zip(*values, strict=True))
    if any(None in row for row in rows):  # a damaged column: told as the engine's errors are
        raise ValueError("a document lacks what every document has")
    numbers = cast("list[tuple[int, int, int, int, int]]", rows)
    return [_Scored(score, *row) for (score, _), row in zip(found, numbers, strict=True)]


def _total(part: _Part, plan: Plan, fold: bool) -> int:
    return number_of(_unfolded(part, plan.held, fold), part.searcher) if plan.held is not None else 0


def _counts(part: _Part, plan: Plan, fold: bool) -> Counts:
    if plan.held is None:
        return Counts({}, {}, {})
    wanted = {name: {"terms": {"field": name, "size": _MOST_COUNTED}} for name in ("type", "year", "site")}
    found = part.searcher.aggregate(_unfolded(part, plan.held, fold), wanted)
    type_, year, site = (_most_first(found[name]["buckets"]) for name in wanted)
    type_.pop("page", None)  # which every page is
    return Counts(type_, {int(key): count for key, count in year.items()}, site)


def _most_first(buckets: list[dict[str, Any]]) -> dict[Any, int]:
    ranked = sorted(((one["key"], one["doc_count"]) for one in buckets), key=lambda one: (-one[1], one[0]))
    return dict(ranked[:_COUNTED])


def _unfolded(part: _Part, query: tantivy.Query, fold: bool) -> tantivy.Query:
    if not (fold and part.has_folded):
        return query
    folded = tantivy.Query.term_query(part.index.schema, "folded", 1, "basic")
    return tantivy.Query.boolean_query([(MUST, query), (NOT, folded)])
