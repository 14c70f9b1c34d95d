"""Search over a workspace: hits of the index, each with its page, the words that were found, and its reprints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import islice
from typing import Literal, TypeAlias, TypeVar

import msgspec

from mingjian.core.model.facts import Fact
from mingjian.core.model.outcome import Outcome
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.search.documents import facts_of, kind_asked
from mingjian.core.search.highlights import Snippet, best_snippets, is_near, lacking
from mingjian.core.search.parsing import parse_query
from mingjian.core.search.queries import Alias, Filter, Note, Query, Term
from mingjian.core.storing import StoreReader
from mingjian.corpus.pages import ListedPage, StandingPage, listed, sound_page
from mingjian.errors import DamageError
from mingjian.store.search import Counts, EntityHit, Hit, SearchReader, SearchResult

Order: TypeAlias = Literal["best", "newest"]
Wanted: TypeAlias = Literal["auto", "pages", "facts", "names"]
Found = TypeVar("Found")
_Standing: TypeAlias = Callable[[int], "StandingPage | None"]
_SNIPPETS = 2
_AT_HAND = 64  # pages
_PAGES = 200  # whose facts are looked at where no fact itself holds what is asked


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A search: the query as typed, how many hits from which on, in which order, and whether reprints are folded."""

    words: str
    limit: int = 10
    offset: int = 0
    order: Order = "best"
    fold: bool = True


class Shown(msgspec.Struct, frozen=True):
    """A stretch of the text layer and the places in it, in code points of the layer, that answer the query."""

    start: int
    end: int
    text: str
    marks: tuple[tuple[int, int], ...]


class FoundPage(ListedPage, frozen=True, kw_only=True):
    """A page that answers: ``whole`` where it holds all that was asked, ``copies`` the reprints that it stands for.

    ``lacking`` are the words that its text does not hold, of one that does not hold all.
    """

    score: float
    whole: bool
    lacking: tuple[str, ...] = ()
    copies: int
    shown: tuple[Shown, ...]


class FoundFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that answers, with the page on which it stands."""

    kind: str
    fact: Fact
    page: str
    doc_id: str
    title: Outcome[str]
    published: Outcome[str]
    score: float
    whole: bool
    shown: tuple[Shown, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What was found. ``total`` counts what holds all that is asked, whichever is shown.

    ``aliases`` are the other names that were searched too, ``notes`` say what of the query was not understood,
    ``damaged`` which hits are left out, why, and what to do, and ``behind`` how many steps the index is behind the
    truth, where it could not be brought up to date.
    """

    pages: tuple[FoundPage, ...] = ()
    facts: tuple[FoundFact, ...] = ()
    entities: tuple[EntityHit, ...] = ()
    total: int | None = None
    order: Order = "best"
    aliases: tuple[Alias, ...] = ()
    notes: tuple[Note, ...] = ()
    damaged: tuple[str, ...] = ()
    behind: int = 0


def find_pages(reader: StoreReader, index: SearchReader, asked: Asked) -> Answer:
    """The pages that answer; behind them, or where none does, those nearest to it, that lack fewest words first."""
    query = _query(asked)
    found = index.search(query, "page", limit=asked.limit, offset=asked.offset, order=asked.order, fold=asked.fold)
    pages, damaged = _sound(found.hits, lambda hit: _page(reader, hit, query, asked.fold))
    if asked.order == "best":
        pages = tuple(sorted(pages, key=lambda page: (not page.whole, len(page.lacking))))
    return msgspec.structs.replace(_answer(found, query, damaged), pages=pages)


def find_facts(reader: StoreReader, index: SearchReader, asked: Asked) -> Answer:
    """The facts that answer; where none holds all that is asked, those of the pages that hold it come first.

    A figure seldom names the firm that its page is about: ``机构:… 类型:statistic`` means the figures of such pages.
    """
    query = _query(asked)
    found = index.search(query, "fact", limit=asked.limit, offset=asked.offset, order=asked.order, fold=asked.fold)
    standing = lru_cache(_AT_HAND)(partial(sound_page, reader))  # hits are often facts of one page
    facts, damaged = _sound(found.hits, lambda hit: _fact(standing, hit, query))
    if not found.total:
        nearest = _of_pages(standing, index, query, asked)
        facts = tuple(islice(nearest, asked.offset, asked.offset + asked.limit)) or facts
    return msgspec.structs.replace(_answer(found, query, damaged), facts=facts)


def _answer(found: SearchResult, query: Query, damaged: tuple[str, ...]) -> Answer:
    """All but what was found."""
    return Answer(total=found.total, order=found.order, aliases=query.aliases, notes=query.notes, damaged=damaged)


def _sound(hits: Iterable[Hit], shown: Callable[[Hit], list[Found]]) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """What is shown of the hits, and of those that are damaged why they are left out."""
    found: list[Found] = []
    damaged: dict[str, None] = {}
    for hit in hits:
        try:
            found += shown(hit)
        except DamageError as error:
            damaged[f"{error.problem}; {error.mend}"] = None
    return tuple(found), tuple(damaged)


def _of_pages(standing: _Standing, index: SearchReader, query: Query, asked: Asked) -> Iterator[FoundFact]:
    """The facts of the kinds asked for on pages that hold the rest of the query."""
    kinds = {term.code for term in query.terms if isinstance(term, Filter) and term.field == "type"}
    rest = tuple(clause for clause in query.clauses if not any(map(_is_type, clause.options)))
    if not kinds or not rest:
        return
    pages = msgspec.structs.replace(query, clauses=rest)
    for hit in index.search(pages, "page", limit=_PAGES, order=asked.order, fold=asked.fold).hits:
        page = _undamaged(standing, hit.page) if hit.whole else None
        for ordinal, (kind, _) in enumerate(facts_of(page.record) if page is not None else ()):
            if kind in kinds:
                yield from _fact(standing, Hit(hit.page, ordinal, hit.score, whole=False), query)


def _is_type(term: Term) -> bool:
    return isinstance(term, Filter) and term.field == "type"


def find_entities(index: SearchReader, asked: Asked) -> Answer:
    """The organisations, people, places, technologies, systems and policies whose names answer."""
    query = _query(asked)
    found = index.entities(query, limit=asked.limit + asked.offset)[asked.offset :]
    return Answer(entities=found, aliases=query.aliases, notes=query.notes)


def wanted_by(asked: Asked) -> Wanted:
    """What the query asks for: pages, unless it names a kind of facts or of names."""
    kind = kind_asked(_query(asked))
    return "facts" if kind == "fact" else "names" if kind == "entity" else "pages"


def count_kinds(index: SearchReader, asked: Asked) -> Mapping[str, Counts]:
    """How many pages and facts hold all that is asked, by type, year and source."""
    query = _query(asked)
    return {kind: index.counts(query, kind, fold=asked.fold) for kind in ("page", "fact")}


def count_one(index: SearchReader, asked: Asked, kind: Literal["page", "fact"]) -> Counts:
    """How many pages, or facts, hold all that is asked, by type, year and source."""
    return index.counts(_query(asked), kind, fold=asked.fold)


def count_all(index: SearchReader, asked: Asked, kind: Literal["page", "fact"]) -> int:
    """How many pages, or facts, hold all that is asked."""
    return index.count(_query(asked), kind, fold=asked.fold)


def _query(asked: Asked) -> Query:
    return parse_query(asked.words, bundled_rulebook())


def _page(reader: StoreReader, hit: Hit, query: Query, fold: bool) -> list[FoundPage]:
    """The page of a hit; none where it has gone since the index was written."""
    kept = reader.page(hit.page)
    heading = reader.heading(hit.page) if kept is not None and kept.stands else None
    if kept is None or heading is None:
        return []
    text = reader.text(kept.number)
    if not hit.whole and not is_near(query, text):
        return []
    body = (heading.body[0].start, heading.body[-1].end) if heading.body else None
    return [
        FoundPage(
            **msgspec.structs.asdict(listed(kept, heading)),
            score=hit.score,
            whole=hit.whole,
            lacking=() if hit.whole else lacking(query, text),
            copies=max(0, len(reader.members(kept.number)) - 1) if fold else 0,
            shown=_shown(text, best_snippets(query, text, body, most=_SNIPPETS)),
        )
    ]


def _fact(standing: _Standing, hit: Hit, query: Query) -> list[FoundFact]:
    page = standing(hit.page)
    facts = facts_of(page.record) if page is not None else []
    if page is None or hit.ordinal >= len(facts):
        return []
    kind, fact = facts[hit.ordinal]
    kept, record, text = page
    return [
        FoundFact(
            kind=kind,
            fact=fact,
            page=kept.id,
            doc_id=kept.doc_id,
            title=record.title,
            published=record.published,
            score=hit.score,
            whole=hit.whole,
            shown=_shown(text, best_snippets(query, text, fact.evidence.pair)),
        )
    ]


def _undamaged(standing: _Standing, number: int) -> StandingPage | None:
    try:
        return standing(number)
    except DamageError:
        return None


def _shown(text: str, snippets: tuple[Snippet, ...]) -> tuple[Shown, ...]:
    ordered = sorted(snippets, key=lambda snippet: snippet.start)
    return tuple(Shown(each.start, each.end, text[each.start : each.end], each.marks) for each in ordered)
