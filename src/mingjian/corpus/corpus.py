"""A workspace: pages, records, reprints, search and decisions under one name."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from mingjian.core.books import Books
from mingjian.core.link.reprints.settings import reprint_settings
from mingjian.core.model.corpus import Decision, KeptPage
from mingjian.core.pipeline.identity import record_id_of
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.core.storing import StoreReader
from mingjian.corpus.adding import Added, Adding, Extract, Item, add_pages
from mingjian.corpus.books.pages import shelf_of
from mingjian.corpus.clock import now
from mingjian.corpus.finding import Answer, Asked, Wanted, count_kinds, find_entities, find_facts, find_pages, wanted_by
from mingjian.corpus.indexing import follow_search
from mingjian.corpus.linking import Linker, linked_up_to, scheme_of
from mingjian.corpus.marking import Marks, find_marks
from mingjian.corpus.reextracting import Reextracted, Reextracting, reextract_pages
from mingjian.corpus.reprints import ReprintGroup, Tie, group_of, list_groups, ties_of
from mingjian.corpus.runs import OpenRun
from mingjian.corpus.status import Status, status_of
from mingjian.errors import SearchIndexError, StoreError
from mingjian.run import extract_many
from mingjian.store import HISTORY, SqliteStore, open_workspace
from mingjian.store.files import disk_plainly, finish_removal, remove_folder
from mingjian.store.fingerprints import FingerprintReader
from mingjian.store.search import Counts, SearchReader, damage_of, open_search, state_of

FINGERPRINTS, SEARCH = "fingerprints", "search"
_INDEXES = "indexes"
T = TypeVar("T")
Told = Callable[[str], None]
_LEAST_ID = 4


class Corpus:
    """An open workspace; close it, or use it in a ``with`` block.

    Any number of programs read at the same time, one of them writes. ``program`` is the name and version that runs are
    written down with.
    """

    def __init__(self, folder: Path, store: SqliteStore, *, writes: bool, told: Told | None, program: str) -> None:
        self.folder = folder
        self.store = store
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
            with suppress(OSError):  # an index that cannot be read is told of when it is used
                corpus._forget_strangers()
                for one in (place / _INDEXES, *map(corpus.index_folder, (FINGERPRINTS, SEARCH))):
                    finish_removal(one)
        return corpus

    def add(
        self, items: Iterable[Item], extract: Extract = extract_many, *, command: str = "add", rules: str = ""
    ) -> Iterator[Added]:
        """What became of each page, told when it is kept; the run is written down with its counts at the end.

        Nothing happens but by taking what it tells. Links and search are brought up to date by ``follow``, or by the
        first search. ``extract`` makes records of pages: in this process, unless another is given.
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
        """Bring reprints and search up to date with the pages; tells how far it is."""
        yield from self.link()
        yield from self.index()

    def index(self) -> Iterator[int]:
        """Bring search up to date with pages and reprints; tells how far it is."""
        folder, generation = self.index_folder(SEARCH), self._search_generation()
        try:
            yield from follow_search(self.store, folder, generation)
        except SearchIndexError as error:
            self._forget_damaged_search(error)
            yield from follow_search(self.store, folder, generation)

    def link(self) -> Iterator[int]:
        """Bring reprints up to date with the pages; tells how far it is."""
        yield from Linker(self.store, self.index_folder(FINGERPRINTS), reprint_settings()).follow()

    @contextmanager
    def searching(self) -> Iterator[tuple[SearchReader, int]]:
        """The search index, and how many steps of the journal it is behind.

        One that is missing, damaged, old or behind is brought up to date before, unless another program writes or the
        folder cannot be written. Raises ``SearchIndexError`` where there is none that can be read.
        """
        self.bring_up_to_date()
        yield open_search(self.index_folder(SEARCH)), self.behind()

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
                corpus._forget_damaged_search(error)
        except StoreError:
            raise error from None

    def _writer(self) -> AbstractContextManager[Corpus]:
        """The workspace as it is where that may write, else opened for writing: ``StoreError`` where nobody may."""
        if self._writes:
            return nullcontext(self)
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
            ties = ties_of(reader, self._fingerprint_reader().postings, kept, most)
            return group_of(reader, kept.number, described=True), tuple(ties)

    def marks(self) -> Marks:
        """Sites that mirror others, and pages that are stitched together of unrelated articles."""
        self.bring_up_to_date()
        with self.store.reading() as reader:
            return find_marks(reader, self._fingerprint_reader().postings)

    @contextmanager
    def books(self) -> Iterator[Books]:
        """The things of the pages, as ledgers, graphs and briefs ask about them."""
        self.bring_up_to_date()
        with self.store.reading() as reader:
            yield shelf_of(reader)

    def status(self) -> Status:
        """How much there is, and what waits to be done."""
        return status_of(self.store, self.folder, self.behind())

    def behind(self) -> int:
        """How many steps of the journal links and search have yet to follow."""
        reached = self._reached().values()  # asked first: what an index holds was in the journal before
        with self.store.reading() as reader:
            position, linked = reader.position(), linked_up_to(reader)
        return position - min(position, linked, *(at if at <= position else 0 for at in reached))

    def _reached(self) -> dict[str, int]:
        """The step of the journal up to which each index says that it has followed, 0 of one that cannot be used."""
        state = state_of(self.index_folder(SEARCH), self._search_generation())
        try:
            fingerprinted = self._fingerprint_reader().position
        except StoreError:
            fingerprinted = 0
        return {SEARCH: state.position if state.kind == "ready" else 0, FINGERPRINTS: fingerprinted}

    def _forget_strangers(self) -> None:
        """Removes an index that is ahead of the journal: an older copy of the database was put in place of its own.

        It must go before the journal grows past it, for then nothing would tell that it followed another one.
        """
        reached = self._reached()
        with self.store.reading() as reader:
            position = reader.position()
        for name, at in reached.items():
            if at > position:
                remove_folder(self.index_folder(name))

    def bring_up_to_date(self) -> None:
        """Let links and search follow, where they are behind and this can be done.

        What is there is used else, and ``told`` hears why: another program writes, nobody may, or something is damaged.
        """
        if not self.behind():
            return
        try:
            with self._writer() as corpus:
                deque(corpus.follow(), maxlen=0)
        except StoreError as error:
            if self._told is not None:
                self._told(f"links and search are not brought up to date: {error}")

    def _fingerprint_reader(self) -> FingerprintReader:
        with self.store.reading() as reader:
            return FingerprintReader(self.index_folder(FINGERPRINTS), scheme_of(reader))

    def _search_generation(self) -> str:
        """What the search index depends on beside the pages: the rules by which words are folded and cut."""
        with self.store.reading() as reader:
            return f"{bundled_rulebook().version}:{reader.mark(HISTORY) or ''}"

    def index_folder(self, name: str) -> Path:
        """The folder of an index, which can be removed at any time and is made anew."""
        return self.folder / _INDEXES / name

    def page(self, beginning: str) -> KeptPage:
        """The one page whose id begins so; raises ``StoreError`` for none, and for several."""
        with self.store.reading() as reader:
            return page_called(reader, beginning, str(self.folder))

    def decide(self, kind: str, pages: tuple[str, str], who: str, why: str) -> Decision:
        """Keep that two pages belong together (``merge``) or apart (``split``)."""
        with self.store.writing() as writer:
            first, second = (page_called(writer, page, str(self.folder)) for page in pages)
            if first.number == second.number:
                raise StoreError(str(self.folder), f"{first.id} is named twice", "name two different pages")
            return writer.decide(kind, (first.id, second.id), who, why, now())

    def remove(self, pages: Sequence[str], why: str, *, erase: bool = False) -> list[KeptPage]:
        """Take pages out, all of them or none; erased, their words are gone for good, from the indexes too."""
        with self.store.writing() as writer:
            found = [page_called(writer, page, str(self.folder)) for page in pages]
            for page in found:
                writer.remove(page.number, why)
        if erase:
            self._erase([page.number for page in found], why)
        return found

    def _erase(self, numbers: Sequence[int], why: str) -> None:
        """Erases what was removed, once reprints are grouped without it: that takes its words."""
        deque(self.link(), maxlen=0)
        self._forget_search()  # it drops the words of a page only in time; before them, so that it never outlives them
        with self.store.writing() as writer:
            for number in numbers:
                writer.remove(number, why, erase=True)

    def _forget_damaged_search(self, error: SearchIndexError) -> None:
        """Removes the search index where its checksums say that it is damaged; raises the error where they do not."""
        damage = damage_of(self.index_folder(SEARCH))
        if not damage:
            raise error
        if self._told is not None:
            self._told(f"{damage[0]}; the search index is made anew, which may take a while")
        self._forget_search()

    def _forget_search(self) -> None:
        folder = self.index_folder(SEARCH)
        with disk_plainly(folder):
            remove_folder(folder)

    def bring_back(self, pages: Sequence[str]) -> list[KeptPage]:
        """Undo removals; raises ``StoreError`` for a page that was erased."""
        with self.store.writing() as writer:
            found = [page_called(writer, page, str(self.folder)) for page in pages]
            for page in found:
                writer.bring_back(page.number)
        return found

    def check(self, *, thoroughly: bool = False) -> Iterator[str]:
        """What is wrong with the truth and its indexes, a line each with what to do."""
        yield from self.store.check(thoroughly=thoroughly)
        behind = self.behind()
        if behind:
            yield f"links and search are {behind} steps behind the pages; the next command that writes brings them up"
        if thoroughly:
            yield from (f"{problem}; run `mingjian reindex`" for problem in self._index_damage())

    def _index_damage(self) -> Iterator[str]:
        if state_of(self.index_folder(SEARCH), self._search_generation()).kind != "missing":  # which is told as behind
            yield from damage_of(self.index_folder(SEARCH))
        try:
            yield from self._fingerprint_reader().check()
        except StoreError as error:
            yield f"{error.place}: {error.problem}"

    def forget_indexes(self) -> None:
        """Remove the indexes and all that was linked: ``follow`` makes them anew."""
        with disk_plainly(self.folder / _INDEXES):
            remove_folder(self.folder / _INDEXES)
        Linker(self.store, self.index_folder(FINGERPRINTS), reprint_settings()).forget()

    def undo(self, number: int, who: str) -> Decision:
        """Undo a decision, which stays on the books."""
        with self.store.writing() as writer:
            return writer.undo(number, who, now())

    def close(self) -> None:
        """Let others write."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()


def page_called(reader: StoreReader, beginning: str, place: str) -> KeptPage:
    """The one page whose id begins so; raises ``StoreError`` for none, and for several."""
    found = reader.find(beginning.strip().lower()) if len(beginning.strip()) >= _LEAST_ID else ()
    if len(found) == 1:
        return found[0]
    if found:
        listed = "; ".join(f"{page.id} ({page.doc_id})" for page in found)
        raise StoreError(
            place, f"{beginning!r} begins the ids of several pages: {listed}", "give more of the one meant"
        )
    problem = f"no page has an id that begins with {beginning!r}"
    raise StoreError(place, problem, f"give {_LEAST_ID} characters or more of an id that `mingjian search` shows")
