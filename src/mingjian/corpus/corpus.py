"""A workspace: pages, records, reprints, search and decisions under one name."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self, TypeVar

import msgspec

from mingjian.core.books import Books
from mingjian.core.ledger.asking import ANYTHING, Question, rows_answering
from mingjian.core.ledger.briefing.writing import write_brief
from mingjian.core.model.brief import Brief, Scope
from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.ledger.cells import Row
from mingjian.core.model.matching import Matching
from mingjian.core.model.needs import Sought
from mingjian.core.pipeline.identity import record_id_of
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.corpus.adding import Added, Adding, Extract, Item, add_pages
from mingjian.corpus.books.deciding import standing_decisions
from mingjian.corpus.books.pages import shelf_of
from mingjian.corpus.clock import now
from mingjian.corpus.deciding import Decisions
from mingjian.corpus.desk import Desk
from mingjian.corpus.finding import Answer, Asked, Wanted, count_kinds, find_entities, find_facts, find_pages, wanted_by
from mingjian.corpus.indexes import BOOKS, Indexes
from mingjian.corpus.marking import Marks, find_marks
from mingjian.corpus.matching import PageWords, match_pages
from mingjian.corpus.pages import page_called
from mingjian.corpus.reextracting import Reextracted, Reextracting, reextract_pages
from mingjian.corpus.reprints import ReprintGroup, Tie, group_of, list_groups, ties_of
from mingjian.corpus.runs import OpenRun
from mingjian.corpus.status import Status, status_of
from mingjian.errors import DamageError, SearchIndexError, StoreError, UnmadeError
from mingjian.run import extract_many
from mingjian.store import SqliteStore, open_workspace
from mingjian.store.books import SIGNS_OF_DAMAGE
from mingjian.store.desk import DeskFile
from mingjian.store.kept import write_refused
from mingjian.store.search import Counts, SearchReader

T = TypeVar("T")
Told = Callable[[str], None]


class Corpus:
    """An open workspace; close it, or use it in a ``with`` block.

    Any number of programs read at the same time, one of them writes. ``program`` is the name and version that runs are
    written down with.
    """

    follows = True
    """Whether questions bring links, search and books up to date before they are answered, where that can be done.

    Without it nothing is ever written: what is there answers, however far it is behind, and what is not there refuses.
    """

    def __init__(self, folder: Path, store: SqliteStore, *, writes: bool, told: Told | None, program: str) -> None:
        self.folder = folder
        self.store = store
        self.decisions = Decisions(store, str(folder))
        self.indexes = Indexes(store, folder, told)
        self.desk = Desk(folder, store, self.indexes, DeskFile(folder, write=True))
        store.revise = self.desk.telling.revise
        self.program = program
        self._writes = writes
        self._told = told

    @classmethod
    def open(
        cls,
        folder: str | Path,
        *,
        write: bool = False,
        create: bool = False,
        wait: float = 0.0,
        told: Told | None = None,
        program: str = "mingjian",
    ) -> Self:
        """The workspace in a folder, made with ``create`` where there is none.

        ``told`` hears what the user should know. A second writer waits so many seconds, of which it hears, and then
        gives up with ``BusyError``. Raises ``StoreError`` where the folder is no workspace, cannot be used, is damaged,
        or of another version.
        """
        place = Path(folder)
        store = open_workspace(place, write=write, create=create, wait=wait, told=told)
        corpus = cls(place, store, writes=write, told=told, program=program)
        if write:
            corpus.indexes.begin()
        return corpus

    @classmethod
    def as_it_stands(cls, folder: str | Path, told: Told | None = None) -> Self:
        """The workspace, open to be read; questions are answered from links, search and books however far they are.

        So no question ever waits for pages that another program adds. Raises as ``open`` does.
        """
        corpus = cls.open(folder, told=told)
        corpus.follows = False
        return corpus

    def add(
        self, items: Iterable[Item], extract: Extract = extract_many, *, command: str = "add", rules: str = ""
    ) -> Iterator[Added]:
        """What became of each page, told when it is kept; the run is written down with its counts at the end.

        Nothing happens but by taking what it tells. Links, search and books are brought up to date by ``follow``, or by
        the first question. ``extract`` makes records of pages: in this process, unless another is given.
        """
        book = bundled_rulebook()
        run = OpenRun(command, self.program, rules or book.version, now)
        yield from add_pages(self.store, items, extract, Adding(run, now, book.tables["corpus/addresses"]))
        self._finish(run)

    def reextract(
        self, extract: Extract, book: Rulebook, engines: tuple[str, ...] = (), *, everything: bool = False
    ) -> Iterator[Reextracted]:
        """What became of each page whose record other rules or engines made, or of every page."""
        run = OpenRun("reextract", self.program, book.version, now)

        def is_due(page: KeptPage, record_id: str | None) -> bool:
            return everything or record_id != record_id_of(page.sha256, book, engines)

        yield from reextract_pages(self.store, extract, Reextracting(run, is_due))
        self._finish(run)

    def _finish(self, run: OpenRun) -> None:
        run.finish(self.store)
        if self._told is not None:
            for notice in run.notices:
                self._told(notice)

    def follow(self) -> Iterator[int]:
        """Bring reprints, search and books up to date with pages and reviews; tells how far it is."""
        self.desk.telling.follow(self.store)
        yield from self.link()
        yield from self.index()
        yield from self.indexes.keep_books()
        self.desk.waiting.follow_if_used()

    def index(self) -> Iterator[int]:
        """Bring search up to date with pages and reprints; tells how far it is."""
        yield from self.indexes.index()

    def link(self) -> Iterator[int]:
        """Bring reprints up to date with the pages; tells how far it is."""
        yield from self.indexes.link()

    @contextmanager
    def searching(self) -> Iterator[tuple[SearchReader, int]]:
        """The search index, and how many steps of the journal it is behind.

        One that is missing, damaged, old or behind is brought up to date before, unless another program writes or the
        folder cannot be written. Raises ``SearchIndexError`` where there is none that can be read.
        """
        self.bring_up_to_date()
        yield self.indexes.search_reader(), self.behind()

    def search(self, asked: Asked | str, wanted: Wanted = "auto") -> Answer:
        """What answers; raises ``SearchIndexError`` where the index can be neither read nor made.

        ``auto`` looks for facts or names where the query asks for a kind of them (``类型:target``), else for pages.
        """
        asked = Asked(words=asked) if isinstance(asked, str) else asked
        if wanted == "auto":
            wanted = wanted_by(asked)

        def answered(index: SearchReader, behind: int) -> Answer:
            with self.store.reading() as reader:
                if wanted == "names":
                    answer = find_entities(index, asked)
                else:
                    answer = (find_pages if wanted == "pages" else find_facts)(reader, index, asked)
            return msgspec.structs.replace(answer, behind=behind)

        return self._searched(answered)

    def count_kinds(self, asked: Asked) -> Mapping[str, Counts]:
        """How many pages and facts hold all that is asked, by type, year and source."""
        return self._searched(lambda index, _: count_kinds(index, asked))

    def _searched(self, work: Callable[[SearchReader, int], T]) -> T:
        """What the work finds; an index that turns out to be damaged is made anew, where that can be done."""
        try:
            with self.searching() as found:
                return work(*found)
        except SearchIndexError as error:
            self._mend_search(error)
        with self.searching() as found:
            return work(*found)

    def _mend_search(self, error: SearchIndexError) -> None:
        try:
            with self._writer() as corpus:
                corpus.indexes.forget_damaged_search(error)
        except StoreError:
            raise error from None

    def _writer(self) -> AbstractContextManager[Corpus]:
        """The workspace as it is where that may write, else opened for writing: ``StoreError`` where nobody may."""
        if self._writes:
            return nullcontext(self)
        if not self.follows:
            raise write_refused(str(self.folder))
        return Corpus.open(self.folder, write=True, told=self._told, program=self.program)

    def groups(self, limit: int, skip: int = 0) -> list[ReprintGroup]:
        """Groups of reprints, the largest first."""
        self.bring_up_to_date()
        with self.store.reading() as reader:
            return list(list_groups(reader, limit, skip))

    def reprints_of(self, page: str, most: int = 50) -> tuple[ReprintGroup | None, tuple[Tie, ...]]:
        """The group of the page whose id begins so, and all that ties the page to others."""
        self.bring_up_to_date()
        with self.store.reading() as reader:
            kept = page_called(reader, page, str(self.folder))
            ties = ties_of(reader, self.indexes.fingerprint_reader().postings, kept, most)
            return group_of(reader, kept.number, described=True), tuple(ties)

    def marks(self) -> Marks:
        """Sites that mirror others, and pages that are stitched together of unrelated articles."""
        self.bring_up_to_date()
        with self.store.reading() as reader:
            return find_marks(reader, self.indexes.fingerprint_reader().postings)

    @contextmanager
    def books(self) -> Iterator[Books]:
        """The things of the pages, as ledgers, graphs and briefs ask about them; ``told`` hears of pages left out.

        Raises ``DamageError`` where the books turn out to be damaged, once they are removed: asked again, they are made
        anew.
        """
        self.bring_up_to_date()
        index = self.indexes.books_reader()
        if index is None and not self.follows:
            raise UnmadeError(str(self.folder), "it has no books of this version", "make them with `mingjian reindex`")
        if index is None:  # as where nobody may write: all pages are read
            with self.store.reading() as reader:
                shelf = shelf_of(reader, standing_decisions(reader))
                self._tell_left_out(sum(1 for _ in shelf.pages()))
                yield shelf
            return
        try:
            with closing(index):
                if not self.behind():
                    self._tell_left_out(index.page_count())
                yield index
        except SIGNS_OF_DAMAGE as error:
            self._forget_damaged_books(error)

    def _tell_left_out(self, held: int) -> None:
        """Let ``told`` hear how many of the pages that stand the books do not speak of."""
        if self._told is None:
            return
        with self.store.reading() as reader:
            standing = reader.counts()["pages"]
        if not standing:
            self._told(f"{self.folder} holds no pages; add some with `mingjian add`")
        if held < standing:
            lacking = f"{standing - held} of {standing} pages are left out: they are damaged, or have no record"
            self._told(f"{lacking}; `mingjian check --thoroughly` names them, and what to do")

    def _forget_damaged_books(self, error: Exception) -> NoReturn:
        """Raises ``DamageError`` where the books are damaged, else the error."""
        place = str(self.indexes.folder(BOOKS))
        try:
            with self._writer() as corpus:
                corpus.indexes.forget_damaged_books(error)
        except StoreError:
            raise DamageError(place, "the books are damaged", "run `mingjian reindex` where that may write") from error
        raise DamageError(place, "the books were damaged and are removed", "give the command again") from error

    def ledger(self, name: str, question: Question = ANYTHING) -> Iterator[Row]:
        """The rows of a ledger that answer, every cell with its words, read as on today unless ``as_of`` is asked.

        Raises ``QuestionError`` for a ledger, place, technology, industry or day that is none.
        """
        with self.books() as books:
            yield from rows_answering(books, name, question, now()[:10])

    def match(self, sought: Sought | str) -> Matching:
        """What answers a need, the best first, each hit with its reasons and their words on both sides.

        Raises ``QuestionError`` for words that say nothing, and for a place, ledger, day or scenario that is none.
        """

        def matched(index: SearchReader, behind: int) -> Matching:
            with self.books() as books, self.store.reading() as reader:
                return match_pages(books, PageWords(reader, index), sought, behind)

        return self._searched(matched)

    def brief(self, scope: Scope) -> Brief:
        """What is told of the scope, every sentence with its words; ``QuestionError`` for a region that is none."""
        with self.books() as books:
            return write_brief(books, scope)

    def status(self) -> Status:
        """How much there is, and what waits to be done."""
        return status_of(self.store, self.folder, self.behind(), self.desk.counts())

    def behind(self) -> int:
        """How many steps of the journal, and pages that were reviewed, links, search and books have yet to follow."""
        with self.store.reading() as reader:
            return self.indexes.behind() + self.desk.telling.behind(reader)

    def bring_up_to_date(self) -> None:
        """Let links, search and books follow, where they are behind and this can be done.

        What is there is used else, and ``told`` hears why: another program writes, nobody may, or something is damaged.
        """
        if not self.follows or not self.behind():
            return
        try:
            with self._writer() as corpus:
                deque(corpus.follow(), maxlen=0)
        except StoreError as error:
            if self._told is not None:
                self._told(f"links, search and books are not brought up to date: {error}")

    def page(self, beginning: str) -> KeptPage:
        """The one page whose id begins so; raises ``StoreError`` for none, and for several."""
        with self.store.reading() as reader:
            return page_called(reader, beginning, str(self.folder))

    def remove(self, pages: Sequence[str], why: str, *, erase: bool = False) -> list[KeptPage]:
        """Take pages out, all of them or none; erased, their words are gone for good, from the indexes too."""
        with self.store.writing() as writer:
            found = [page_called(writer, page, str(self.folder)) for page in pages]
            for page in found:
                writer.remove(page.number, why)
        if erase:
            self._erase(found, why)
        return found

    def _erase(self, found: Sequence[KeptPage], why: str) -> None:
        """Erases what was removed, once reprints are grouped without it: that takes its words."""
        deque(self.link(), maxlen=0)
        self.desk.forget(found)
        self.indexes.forget_words()  # before them, so that none outlives them: search drops words only in time
        with self.store.writing() as writer:
            for page in found:
                writer.remove(page.number, why, erase=True)

    def bring_back(self, pages: Sequence[str]) -> list[KeptPage]:
        """Undo removals; raises ``StoreError`` for a page that was erased."""
        with self.store.writing() as writer:
            found = [page_called(writer, page, str(self.folder)) for page in pages]
            for page in found:
                writer.bring_back(page.number)
        return found

    def check(self, *, thoroughly: bool = False) -> Iterator[str]:
        """What is wrong with the truth and its indexes, a line each with what to do.

        Indexes that are behind are sound: see ``behind``.
        """
        yield from self.store.check(thoroughly=thoroughly)
        yield from self.desk.check(thoroughly=thoroughly)
        if thoroughly:
            yield from (f"{problem}; run `mingjian reindex`" for problem in self.indexes.damage())

    def forget_indexes(self) -> None:
        """Remove the indexes and all that was linked: ``follow`` makes them anew."""
        self.indexes.forget()

    def close(self) -> None:
        """Let others write."""
        self.desk.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()
