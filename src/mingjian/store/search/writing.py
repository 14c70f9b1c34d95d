"""Adds documents to the search index and takes them out."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import tantivy

from mingjian.core.search.documents import Documents, EntityName
from mingjian.store.search.engine import REBUILD, create_index, engine_plainly, open_index
from mingjian.store.search.schemas import PARTS, entity_fields, entity_id, fact_fields, page_fields
from mingjian.store.search.stamps import FORMAT, STAMP, IndexState, Stamp, stamp_of, state_of, write_stamp

_HEAP = {"pages": 96_000_000, "facts": 48_000_000, "entities": 24_000_000}
_LEAST_HEAP = 15_000_000
_OF_PAGES = ("pages", "facts")
_OF_ENGINE = ("meta.json", ".managed.json")
_REMEMBERED = 20_000  # pages put in since the writer last looked at what is committed


class SearchWriter:
    """The one that may change an index; a second one is refused until the first is closed or its process has ended.

    Nothing is seen by readers, nor survives the process, before ``commit``. To add a page again replaces it. A damaged
    index is made anew without asking who holds it: an owner with several processes has a lock of its own.
    """

    def __init__(self, folder: Path, generation: str) -> None:
        """Open the index in the folder, or make it anew where it is not ``ready``: see ``position``.

        Raises ``SearchIndexError`` where another writer holds it, or the folder cannot be written.
        """
        self._folder = folder
        self._generation = generation
        state = state_of(folder, generation)
        with engine_plainly(folder, "close the other program that writes to it, or make the folder writable"):
            if state.kind != "ready":
                _refuse_held(folder, state)
                _empty(folder)
            opened = state.kind == "ready"
            self._indexes = {
                part: open_index(folder / part) if opened else create_index(folder / part, part) for part in PARTS
            }
            self._writers = {part: index.writer(_HEAP[part], 1) for part, index in self._indexes.items()}
            for writer in self._writers.values():
                # A killed writer may have left a list of deletions whose name a later commit needs: it would fail.
                writer.garbage_collect_files()
            stamp = stamp_of(folder) if opened else None
        self._see_committed()
        self._changed: set[str] = set()
        self._commits = dict(stamp.commits) if stamp else {}
        self._segments = self._seen["pages"].num_segments
        self.position = state.position
        """Up to where of the truth the index goes: 0 where it is new and all is to be added."""
        self.tail = state.tail
        """From where all that came stands in one small segment, which goes when that is all added again."""
        if not opened:
            self.commit(0)

    def add(self, documents: Iterable[Documents]) -> int:
        """Put the documents of pages in, in place of those that the same pages had; gives their number of pages."""
        count = 0
        for one in documents:
            count += 1
            self._make_room(one.page.version.page)
            self._changed.update(("pages", "facts") if one.facts else ("pages",))
            self._writers["pages"].add_document(tantivy.Document(**page_fields(one.page)))
            for fact in one.facts:
                self._writers["facts"].add_document(tantivy.Document(**fact_fields(fact)))
            for entity in one.page.entities:
                self._add_entity(entity)
        return count

    def remove(self, pages: Iterable[int]) -> None:
        """Take the pages of these numbers out, with their facts; one that is not there is no error."""
        for page in pages:
            for part in _OF_PAGES:
                if page in self._put or self._holds(part, "page", page):
                    self._changed.add(part)
                    self._writers[part].delete_documents_by_term("page", page)

    def commit(self, position: int, tail: int | None = None) -> None:
        """Make all that was added and removed last, stamped with a position of the truth.

        ``tail``: see there; where none is given, nothing is worth being added again. Raises ``SearchIndexError`` where
        it cannot, as on a full disk: the index is then as old as ``state_of`` says.
        """
        mend = f"see that the disk has room, and try again; if that does not help, {REBUILD}"
        with engine_plainly(self._folder, mend), ThreadPoolExecutor(len(PARTS)) as pool:  # each waits for the disk
            parts = sorted(self._changed)
            self._commits |= zip(parts, pool.map(lambda part: self._writers[part].commit(), parts), strict=True)
        with engine_plainly(self._folder, mend):
            self._stamp(position, position if tail is None else tail)
        self._changed.clear()

    def _stamp(self, position: int, tail: int) -> None:
        write_stamp(self._folder, Stamp(FORMAT, self._generation, position, tail, self._commits))
        self.position, self.tail = position, tail
        self._share()

    def _share(self) -> None:
        """Lets those read the index that may read its stamp: the engine keeps two of its files to the user alone."""
        mode = (self._folder / STAMP).stat().st_mode & 0o666
        for path in (self._folder / part / name for part in PARTS for name in _OF_ENGINE):
            if path.exists():
                path.chmod(mode)

    def close(self) -> None:
        """Wait until segments are merged; what was not committed is lost."""
        with engine_plainly(self._folder):
            for part, writer in self._writers.items():
                if part in self._changed:  # breaks off merges too: where every writer did that, none would ever end
                    writer.rollback()
                writer.wait_merging_threads()
            if self._writers and self.tail < self.position and self._have_merged():
                self._stamp(self.position, self.position)
            if self._writers:
                self._share()
        self._writers = {}

    def _have_merged(self) -> bool:
        """Whether the segment of the tail may have become part of a larger one, which is not to be thinned out."""
        pages = self._indexes["pages"]
        pages.reload()
        return pages.searcher().num_segments < self._segments

    def __enter__(self) -> SearchWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _make_room(self, page: int) -> None:
        """Take the page out where it may be there: each removal is looked up in every segment when it is committed."""
        if len(self._put) >= _REMEMBERED and not self._changed:
            self._see_committed()
        self.remove((page,))
        self._put.add(page)

    def _holds(self, part: str, field: str, value: int | str) -> bool:
        """Whether a document that is committed has the value."""
        with engine_plainly(self._folder):
            return self._seen[part].doc_freq(field, value) > 0

    def _see_committed(self) -> None:
        """Look at what is committed; what was put in before that need not be remembered."""
        for index in self._indexes.values():
            index.reload()
        self._seen = {part: index.searcher() for part, index in self._indexes.items()}
        self._put: set[int] = set()
        self._known: set[str] = set()

    def _add_entity(self, entity: EntityName) -> None:
        """Put a name of an entity in that is not there yet: on how many pages it stands, the pages tell."""
        name = entity_id(entity)
        if name in self._known:
            return
        self._known.add(name)
        if not self._holds("entities", "id", name):
            self._changed.add("entities")
            self._writers["entities"].add_document(tantivy.Document(**entity_fields(entity)))


def _refuse_held(folder: Path, state: IndexState) -> None:
    """Silence, or the engine's error where another writer is at work on an index that is to be made anew."""
    for part in PARTS if state.kind == "other-version" else ():
        open_index(folder / part).writer(_LEAST_HEAP, 1).wait_merging_threads()


def _empty(folder: Path) -> None:
    """Remove what an index left in the folder, and nothing else."""
    (folder / STAMP).unlink(missing_ok=True)
    for part in PARTS:
        if (folder / part).exists():
            shutil.rmtree(folder / part)
    folder.mkdir(parents=True, exist_ok=True)
