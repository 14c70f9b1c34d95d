"""Finds entities by their names, and counts the pages that name them."""

from __future__ import annotations

import tantivy

from mingjian.core.search.queries import Query, Word
from mingjian.core.search.tokens import compact, searchable
from mingjian.store.search.compiling import Plan
from mingjian.store.search.engine import number_of
from mingjian.store.search.hits import EntityHit

_LOOKED_AT = 400
_NAMES_SHOWN = 8


def find_entities(
    query: Query, plan: Plan, names: tantivy.Searcher, schema: tantivy.Schema, pages: tantivy.Searcher
) -> tuple[EntityHit, ...]:
    """The entities whose names hold what is asked, or else parts of it; one that no page names any more is left out."""
    for part, whole in ((plan.whole, True), (plan.near, False)):
        found = _found(part, names) if part is not None else {}
        hits = [_hit(key, rows, whole) for key, rows in found.items()]
        counted = [(hit, _pages(hit.key, schema, pages)) for hit in hits]
        if any(count for _, count in counted):
            asked = _asked(query)
            shown = [_with_pages(hit, count) for hit, count in counted if count]
            return tuple(sorted(shown, key=lambda hit: (not _is_called(hit, asked), -hit.pages, -hit.score, hit.key)))
    return ()


def _found(query: tantivy.Query, names: tantivy.Searcher) -> dict[str, list[tuple[float, dict[str, list[str]]]]]:
    found: dict[str, list[tuple[float, dict[str, list[str]]]]] = {}
    for score, address in names.search(query, _LOOKED_AT, count=False).hits:
        row = names.doc(address).to_dict()
        found.setdefault(row["key"][0], []).append((score, row))
    for rows in found.values():
        rows.sort(key=lambda each: (-each[0], each[1]["name"]))  # of those that rank alike, not that of the first page
    return found


def _hit(key: str, rows: list[tuple[float, dict[str, list[str]]]], whole: bool) -> EntityHit:
    called = [name for _, row in rows for name in (*row.get("canonical", ()), *row["name"])]
    kind, _, _ = key.partition(" ")
    canonical = next((row["canonical"][0] for _, row in rows if "canonical" in row), called[0])
    names = tuple(dict.fromkeys(called))[:_NAMES_SHOWN]
    return EntityHit(key, kind, canonical, names, 0, max(score for score, _ in rows), whole)


def _with_pages(hit: EntityHit, pages: int) -> EntityHit:
    return EntityHit(hit.key, hit.kind, hit.name, hit.names, pages, hit.score, hit.whole)


def _pages(key: str, schema: tantivy.Schema, pages: tantivy.Searcher) -> int:
    """On how many pages the entity stands: those that were taken out are not counted."""
    return number_of(tantivy.Query.term_query(schema, "entity", key, "basic"), pages)


def _asked(query: Query) -> frozenset[str]:
    """The names that were asked for, and their other names."""
    words = [term for term in query.terms if isinstance(term, Word)]
    return frozenset(key for word in words for key in (word.key, *(other for other, _ in word.others)))


def _is_called(hit: EntityHit, asked: frozenset[str]) -> bool:
    return any(compact(searchable(name)) in asked for name in hit.names)
