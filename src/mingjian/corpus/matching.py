"""The words of a workspace's pages, as matching asks for them: of its search index, and of its pages."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mingjian.core.books import Books
from mingjian.core.match.asking import match_sought
from mingjian.core.match.telling import Body, Words
from mingjian.core.model.matching import Matching
from mingjian.core.model.needs import Sought
from mingjian.core.model.span import Pair
from mingjian.core.model.things import ThingKind
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.search.parsing import parse_query
from mingjian.core.search.queries import Clause, Filter
from mingjian.core.storing import StoreReader
from mingjian.corpus.clock import now
from mingjian.errors import DamageError, StoreError
from mingjian.store.search import Hit, Kind, SearchReader


def match_pages(books: Books, words: Words, sought: Sought | str, behind: int) -> Matching:
    """What answers a need today, where indexes are so many steps behind."""
    asked = Sought(words=sought) if isinstance(sought, str) else sought
    return msgspec.structs.replace(match_sought(books, words, asked, now()[:10]), behind=behind)


class PageWords:
    """Implements ``core.match.telling.Words``; a page that has gone or is damaged has no words."""

    def __init__(self, reader: StoreReader, index: SearchReader) -> None:
        self._reader = reader
        self._index = index
        self._texts: dict[str, str | None] = {}
        self._ids: dict[int, str | None] = {}
        self._numbers: dict[str, int | None] = {}

    def facts(self, words: str, kinds: Sequence[ThingKind], limit: int) -> Sequence[tuple[str, str]]:
        """The facts of these kinds that hold most of the words, the best first: ids of their pages and of them."""
        of_kind = Clause(tuple(Filter("type", kind, 0, code=kind) for kind in kinds))
        named = ((self._page(hit.page), hit.fact) for hit in self._ranked(words, "fact", limit, of_kind) if hit.fact)
        return [(page, fact) for page, fact in named if page is not None]

    def pages(self, words: str, limit: int) -> Sequence[str]:
        """The ids of the pages that hold most of the words, the best first; of reprints only the first source."""
        named = (self._page(hit.page) for hit in self._ranked(words, "page", limit))
        return [page for page in named if page is not None]

    def _ranked(self, words: str, kind: Kind, limit: int, *also: Clause) -> Sequence[Hit]:
        """What holds any of the words, the best first: that is one clause with all of them for its options."""
        query = parse_query(words, bundled_rulebook())
        if not query.clauses:
            return ()
        any_word = Clause(tuple(term for clause in query.clauses for term in clause.options))
        return self._index.rank(msgspec.structs.replace(query, clauses=(*also, any_word)), kind, limit=limit).hits

    def _page(self, number: int) -> str | None:
        """The id of a page; nothing of one that has gone since search was written."""
        if number not in self._ids:
            kept = self._reader.page(number)
            self._ids[number] = kept.id if kept is not None and kept.stands else None
            if kept is not None:
                self._numbers[kept.id] = number
        return self._ids[number]

    def of(self, page: str, pair: Pair) -> str | None:
        """The words of a page between two places."""
        text = self._whole(page)
        return None if text is None else text[slice(*pair)] or None

    def body(self, page: str) -> Body | None:
        """The body of a page; nothing of one that cannot be read."""
        text, number = self._whole(page), self._number(page)
        try:
            heading = None if text is None or number is None else self._reader.heading(number)
        except (DamageError, StoreError):
            return None
        return None if text is None or heading is None else Body(text, heading.body)

    def _whole(self, page: str) -> str | None:
        if page not in self._texts:
            self._texts[page] = self._text(page)
        return self._texts[page]

    def _text(self, page: str) -> str | None:
        number = self._number(page)
        try:
            return None if number is None else self._reader.text(number)
        except (DamageError, StoreError):
            return None

    def _number(self, page: str) -> int | None:
        """The number of the page of this id."""
        if page not in self._numbers:
            found = self._reader.find(page)
            self._numbers[page] = found[0].number if len(found) == 1 else None
        return self._numbers[page]
