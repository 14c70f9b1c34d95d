"""A workspace: pages, records, reprints, search and decisions under one name."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import msgspec

from mingjian.core.link.reprints.settings import reprint_settings
from mingjian.core.model.corpus import Decision, KeptPage
from mingjian.core.pipeline.identity import record_id_of
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.core.storing import StoreReader
from mingjian.corpus.adding import Added, Adding, Extract, Item, add_pages
from mingjian.corpus.clock import now
from mingjian.corpus.finding import Answer, Asked, count_kinds, find_entities, find_facts, find_pages
from mingjian.corpus.indexing import follow_search
from mingjian.corpus.linking import Linker, linked_up_to
from mingjian.corpus.reextracting import Reextracted, Reextracting, reextract_pages
from mingjian.corpus.runs import OpenRun
from mingjian.errors import StoreError
from mingjian.store import SqliteStore, open_workspace
from mingjian.store.search import Counts, SearchReader, open_search, state_of

FINGERPRINTS, SEARCH = "fingerprints", "search"
_INDEXES = "indexes"
_LEAST_ID = 4


class Corpus:
    """An open workspace; close it, or use it in a ``with`` block.

    Any number of programs read at the same time, one of them writes. ``program`` is the name and version that runs are
    written down with.
    """

    def __init__(self, folder: Path, store: SqliteStore, *, writes: bool, program: str) -> None:
        self.folder = folder
        self.store = store
        self.program = program
        self._writes = writes

    @classmethod
    def open(
        cls,
        folder: str | Path,
        *,
        write: bool = False,
        create: bool = False,
        wait: float = 0.0,
        told: Callable[[str], None] | None = None,
        program: str = "mingjian",
    ) -> Self:
        """The workspace in a folder, made with ``create`` where there is none.

        A second writer waits so many seconds, of which ``told`` hears, and then gives up with ``BusyError``. Raises
        ``StoreError`` where the folder is no workspace, cannot be used, is damaged, or of another version.
        """
        place = Path(folder)
        store = open_workspace(place, write=write, create=create, wait=wait, told=told)
        return cls(place, store, writes=write, program=program)

    def add(self, items: Iterable[Item], extract: Extract, *, command: str = "add", rules: str = "") -> Iterator[Added]:
        """What became of each page, told when it is kept; the run is written down with its counts at the end.

        Links and search are brought up to date by ``follow``.
        """
        book = bundled_rulebook()
        run = OpenRun(command, self.program, rules or book.version, now)
        yield from add_pages(self.store, items, extract, Adding(run, now, book.tables["corpus/addresses"]))
        run.finish(self.store)

    def reextract(
        self, extract: Extract, book: Rulebook, engines: tuple[str, ...] = (), *, everything: bool = False
    ) -> Iterator[Reextracted]:
        """What became of each page whose record other rules or engines made, or of every page."""
        run = OpenRun("reextract", self.program, book.version, now)

        def is_due(page: KeptPage, record_id: str | None) -> bool:
            return everything or record_id != record_id_of(page.sha256, book, engines)

        yield from reextract_pages(self.store, extract, Reextracting(run, is_due))
        run.finish(self.store)

    def follow(self) -> Iterator[int]:
        """Bring reprints and search up to date with the pages; tells how far it is."""
        yield from Linker(self.store, self.index_folder(FINGERPRINTS), reprint_settings()).follow()
        yield from follow_search(self.store, self.index_folder(SEARCH), search_generation())

    @contextmanager
    def searching(self) -> Iterator[tuple[SearchReader, int]]:
        """The search index, and how many steps of the journal it is behind.

        One that is missing, damaged, old or behind is brought up to date before, unless another program writes or the
        folder cannot be written. Raises ``SearchIndexError`` where there is none that can be read.
        """
        folder = self.index_folder(SEARCH)
        if self.behind():
            with suppress(StoreError):  # another program writes, or nobody may: what is there is searched
                self._bring_up_to_date()
        yield open_search(folder), self.behind()

    def search(self, asked: Asked, wanted: Literal["pages", "facts", "names"] = "pages") -> Answer:
        """What answers; raises ``SearchIndexError`` where the index can be neither read nor made."""
        with self.searching() as (index, behind), self.store.reading() as reader:
            if wanted == "names":
                answer = find_entities(index, asked)
            else:
                answer = (find_pages if wanted == "pages" else find_facts)(reader, index, asked)
        return msgspec.structs.replace(answer, behind=behind)

    def count_kinds(self, asked: Asked) -> Mapping[str, Counts]:
        """How many pages and facts hold all that is asked, by type, year and source."""
        with self.searching() as (index, _):
            return count_kinds(index, asked)

    def behind(self) -> int:
        """How many steps of the journal links and search have yet to follow."""
        with self.store.reading() as reader:
            position, linked = reader.position(), linked_up_to(reader)
        state = state_of(self.index_folder(SEARCH), search_generation())
        searched = state.position if state.kind == "ready" else 0
        return position - min(position, linked, searched)

    def _bring_up_to_date(self) -> None:
        if self._writes:
            deque(self.follow(), maxlen=0)
            return
        with Corpus.open(self.folder, write=True, program=self.program) as writer:
            deque(writer.follow(), maxlen=0)

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


def search_generation() -> str:
    """What the search index depends on beside the pages: the rules by which words are folded and cut."""
    return bundled_rulebook().version
