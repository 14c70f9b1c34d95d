"""The workspace as requests read it: many threads at a time, each within one state of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from mingjian.core.books import Books
from mingjian.core.ledger.asking import Question
from mingjian.core.ledger.pages import FiledPage, file_pages
from mingjian.core.ledger.remembering import Memory, RememberingBooks
from mingjian.core.storing import StoreReader
from mingjian.corpus import Answer, Asked, Corpus
from mingjian.corpus.clock import now
from mingjian.corpus.finding import Wanted, find_entities, find_facts, find_pages, wanted_by
from mingjian.corpus.indexes import BOOKS, SEARCH, Standing
from mingjian.errors import DamageError, SearchIndexError, UnmadeError
from mingjian.serve.later import Later
from mingjian.serve.remembering import Remembered
from mingjian.store.books import SIGNS_OF_DAMAGE, BooksReader
from mingjian.store.search import SearchReader
from mingjian.store.workspace import DATABASE

_FRESH = 0.5
_IDLE = 32
_MOST_PAGES = 500_000
_LONGEST = 20_000  # of a list that is remembered
T = TypeVar("T")


class State(msgspec.Struct, frozen=True):
    """What answers depend on beside the question: how far the workspace and its desk are, and the day (ISO).

    ``files`` tell its files from others that were put in their place, such as a backup that is as far.
    ``removed`` counts the pages that were taken out.
    """

    standing: Standing
    desk: tuple[str, str]
    day: str
    files: tuple[tuple[int, int], ...]
    removed: int

    @property
    def books(self) -> Hashable:
        """What all that is made of the books depends on."""
        return self.standing.books, self.files

    @property
    def search(self) -> Hashable:
        """What is found depends on this."""
        return self.standing.search, self.files


class Workspace:
    """An open workspace; readers of its books and its search index are kept for the next request.

    A state is looked up twice a second at most: what was added a moment ago is seen by then.
    """

    def __init__(self, folder: Path) -> None:
        self.corpus = Corpus.as_it_stands(folder)
        self._lock = threading.Lock()
        self._looked = float("-inf")
        self._state: State | None = None
        self.later = Later()
        self._gone: int | None = None
        self._books: list[tuple[State, BooksReader]] = []
        self._memory: tuple[Hashable, Memory] = (None, Memory())
        self._search: tuple[State, SearchReader] | None = None
        self._lists = Remembered()
        self._pages = Remembered(lists=1)

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.corpus.folder

    def state(self) -> State:
        """How far it is, as of half a second ago at most."""
        with self._lock:
            if self._state is None or time.monotonic() - self._looked > _FRESH:
                desk = self.corpus.desk
                said = (desk.position(), desk.needs.position())
                standing, files = self.corpus.indexes.standing(), self._files()
                self._state = State(standing, said, self.today(), files, self._removed(standing, files))
                self._looked = time.monotonic()
            return self._state

    def _removed(self, standing: Standing, files: tuple[tuple[int, int], ...]) -> int:
        """How many pages were taken out; counted anew only where the pages went on."""
        last = self._state
        if last is not None and (last.standing.journal, last.files) == (standing.journal, files):
            return last.removed
        with self.corpus.store.reading() as reader:
            return reader.counts()["removed"]

    def _files(self) -> tuple[tuple[int, int], ...]:
        """Which files they are: of the pages, the books and the search index, as far as they are there."""
        found = []
        for path in (self.folder / DATABASE, *map(self.corpus.indexes.folder, (BOOKS, SEARCH))):
            with suppress(OSError):
                told = path.stat()
                found.append((told.st_dev, told.st_ino))
        return tuple(found)

    def look_again(self) -> None:
        """Let the next request see what was just written."""
        with self._lock:
            self._looked = float("-inf")

    def today(self) -> str:
        """The ISO day, by the clock of this machine."""
        return now()[:10]

    @contextmanager
    def pages(self) -> Iterator[StoreReader]:
        """The pages and records as of now."""
        with self.corpus.store.reading() as reader:
            yield reader

    @contextmanager
    def books(self) -> Iterator[Books]:
        """The things of the pages, as ledgers, graph and briefs ask about them.

        What is asked of them, and the rows that are built, are remembered for other requests, as many as memory has
        room for. Whoever walks over all things asks ``books_apart``, else others would be forgotten for them.
        """
        state = self.state()
        with self.books_apart() as books:
            # Where no books are kept, nothing tells the states of what is read in their place from one another.
            yield RememberingBooks(books, self._memory_of(state)) if state.standing.books else books

    @contextmanager
    def books_apart(self) -> Iterator[Books]:
        """The same, of which nothing is remembered."""
        state = self.state()
        reader = self._idle_books(state) or self.corpus.indexes.books_reader()
        if reader is None:  # none were made yet: all pages are read
            with self.corpus.books() as books:
                yield books
            return
        try:
            yield reader
        except SIGNS_OF_DAMAGE as error:
            reader.close()
            place = str(self.folder)
            raise DamageError(place, f"the books are damaged ({error})", "run `mingjian reindex`") from error
        except BaseException:
            reader.close()
            raise
        self._keep_books(state, reader)

    def search(self, asked: Asked, wanted: Wanted = "auto") -> Answer:
        """What answers; ``UnmadeError`` where there is no index yet."""
        if wanted == "auto":
            wanted = wanted_by(asked)
        with self.searching() as (index, behind), self.pages() as reader:
            if wanted == "names":
                answer = find_entities(index, asked)
            else:
                answer = (find_pages if wanted == "pages" else find_facts)(reader, index, asked)
        return msgspec.structs.replace(answer, behind=behind)

    def filed_pages(self) -> list[FiledPage]:
        """All pages of the books by what they are found by, published last first."""

        def make() -> list[FiledPage]:
            with self.books() as books:
                return file_pages(books.pages())

        return self._pages.of((self.state().books, "pages"), make, _MOST_PAGES)

    def remembered(self, what: Hashable, make: Callable[[], list[T]], most: int = _LONGEST) -> list[T]:
        """A list that costs much to make, as it was made of these books before, or made now.

        Those asked for last are kept, but none that is longer than ``most``.
        """
        return self._lists.of((self.state().books, self.today(), what), make, most)

    def lately(self, what: Hashable, make: Callable[[], list[T]]) -> list[T]:
        """The same, but where the books went on since it was made, as it was: it is made anew behind this request.

        So only who asks for it first waits. For what everybody asks for, and few in number: each is kept. Where pages
        were taken out since, nothing is given as it was.
        """
        if not self._may_be_late(self.state()):
            return self.remembered(what, make)
        key = (self.state().books, self.today())
        made = self.later.ask(what, key, make) if self.later.holds(what) else None
        if made is not None and made.value is not None:
            return made.value
        first = self.remembered(what, make)
        self.later.keep(what, key, first)
        return first

    def _may_be_late(self, state: State) -> bool:
        """Whether what was made before may be told: it names no page that was taken out since."""
        with self._lock:
            if state.removed == self._gone:
                return True
            if state.standing.books != state.standing.journal:
                return False  # what is made now would still name it
            self._gone = state.removed
            self.later.forget()
            return True

    def of_question(self, name: Hashable, question: Question, make: Callable[[], list[T]]) -> list[T]:
        """What is made of a question: ``lately`` of the one that everybody asks, which is none, else ``remembered``."""
        plain = question == Question(everything=question.everything)
        return (self.lately if plain else self.remembered)((name, question), make)

    @contextmanager
    def searching(self) -> Iterator[tuple[SearchReader, int]]:
        """The search index, and how many steps it is behind."""
        state = self.state()
        try:
            yield self._search_reader(state), state.standing.journal - state.standing.search
        except SearchIndexError:
            with self._lock:
                self._search = None  # what is put in place of a damaged one is found by the next request
            raise

    def close(self) -> None:
        """Let everything go."""
        with self._lock:
            while self._books:
                self._books.pop()[1].close()
            self._search = None
        self.corpus.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()

    def _search_reader(self, state: State) -> SearchReader:
        if not state.standing.search:
            mend = "make it with `mingjian reindex`"
            raise UnmadeError(str(self.folder), "there is no search index of this version yet", mend)
        with self._lock:
            if self._search is None or self._search[0].search != state.search:
                self._search = (state, self.corpus.indexes.search_reader())
            return self._search[1]

    def _memory_of(self, state: State) -> Memory:
        """What is remembered of the books of this state."""
        with self._lock:
            if self._memory[0] != state.books:
                self._memory = (state.books, Memory())
            return self._memory[1]

    def _idle_books(self, state: State) -> BooksReader | None:
        """A reader of this state, where one is idle; those of others are closed."""
        with self._lock:
            while self._books:
                since, reader = self._books.pop()
                if since.books == state.books:
                    return reader
                reader.close()
        return None

    def _keep_books(self, state: State, reader: BooksReader) -> None:
        with self._lock:
            if len(self._books) < _IDLE:
                self._books.append((state, reader))
                return
        reader.close()
