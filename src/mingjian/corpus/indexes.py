"""What a workspace derives from its truth: reprints, search and books, each brought up to where the truth is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from mingjian.core.link.reprints.settings import reprint_settings
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.storing import StoreReader
from mingjian.corpus.books.following import follow_books
from mingjian.corpus.code import THINGS, WEIGHING, code_of
from mingjian.corpus.indexing import follow_search
from mingjian.corpus.linking import Linker, linked_up_to, scheme_of
from mingjian.errors import BusyError, DamageError, SearchIndexError, StoreError, VersionError
from mingjian.store import HISTORY, SqliteStore
from mingjian.store.books import SIGNS_OF_DAMAGE, BooksReader, books_damage, state_of_books
from mingjian.store.files import disk_plainly, finish_removal, remove_folder
from mingjian.store.fingerprints import FingerprintReader
from mingjian.store.lock import Told
from mingjian.store.search import SearchReader, damage_of, open_search, state_of

FINGERPRINTS, SEARCH, BOOKS, QUEUE = "fingerprints", "search", "books", "queue"
_INDEXES = "indexes"


class Standing(msgspec.Struct, frozen=True):
    """The last step of the journal, and up to which links, search and books have followed."""

    journal: int
    links: int
    search: int
    books: int

    @property
    def behind(self) -> int:
        """How many steps the last of them has yet to follow."""
        return self.journal - min(self.journal, self.links, self.search, self.books)


class Indexes:
    """The indexes in the folder of a workspace: each can be removed at any time, and is made anew."""

    def __init__(self, store: SqliteStore, folder: Path, told: Told | None) -> None:
        self._store = store
        self._root = folder / _INDEXES
        self._told = told

    def folder(self, name: str) -> Path:
        """The folder of an index."""
        return self._root / name

    def begin(self) -> None:
        """For one that writes: what cannot be trusted goes, and so does what a killed program left behind."""
        with suppress(OSError):  # an index that cannot be read is told of when it is used
            self._forget_strangers()
            for one in (self._root, *map(self.folder, (FINGERPRINTS, SEARCH, BOOKS))):
                finish_removal(one)

    def link(self) -> Iterator[int]:
        """Bring reprints up to date with the pages; tells how far it is."""
        yield from self._linker().follow()

    def index(self) -> Iterator[int]:
        """Bring search up to date with pages and reprints; tells how far it is."""
        folder, generation = self.folder(SEARCH), self._generation()
        try:
            yield from follow_search(self._store, folder, generation)
        except SearchIndexError as error:
            self.forget_damaged_search(error)
            yield from follow_search(self._store, folder, generation)

    def keep_books(self) -> Iterator[int]:
        """Bring the books up to date with pages, reprints and decisions; tells how far it is."""
        folder, generation = self.folder(BOOKS), self._books_generation()
        try:
            yield from follow_books(self._store, folder, generation)
        except BusyError:
            raise
        except (StoreError, *SIGNS_OF_DAMAGE) as error:
            self.forget_damaged_books(error)
            yield from follow_books(self._store, folder, generation)

    def search_reader(self) -> SearchReader:
        """The search index; raises ``SearchIndexError`` where there is none that can be read."""
        return open_search(self.folder(SEARCH))

    def books_reader(self) -> BooksReader | None:
        """The books; nothing where there are none of this program and this workspace."""
        folder = self.folder(BOOKS)
        return BooksReader.open(folder) if state_of_books(folder, self._books_generation()).ready else None

    def books_position(self) -> int:
        """The step of the journal up to which the books say that they have followed."""
        return state_of_books(self.folder(BOOKS), self._books_generation()).position

    def queue_generation(self) -> str:
        """What the queue of the desk depends on beside the pages: the rules and the code by which facts are weighed."""
        return f"{code_of(WEIGHING)}:{self._generation()}"

    def fingerprint_reader(self) -> FingerprintReader:
        """The index of fingerprints."""
        with self._store.reading() as reader:
            return FingerprintReader(self.folder(FINGERPRINTS), scheme_of(reader))

    def behind(self) -> int:
        """How many steps of the journal links, search and books have yet to follow."""
        reached = self._reached().values()  # asked first: what an index holds was in the journal before
        with self._store.reading() as reader:
            position, linked = reader.position(), linked_up_to(reader)
        return position - min(position, linked, *(at if at <= position else 0 for at in reached))

    def standing(self) -> Standing:
        """How far all of it is."""
        reached = self._reached()  # asked first: what an index holds was in the journal before
        with self._store.reading() as reader:
            return Standing(reader.position(), linked_up_to(reader), reached[SEARCH], reached[BOOKS])

    def _reached(self) -> dict[str, int]:
        """The step of the journal up to which each index says that it has followed, 0 of one that cannot be used."""
        state = state_of(self.folder(SEARCH), self._generation())
        try:
            fingerprinted = self.fingerprint_reader().position
        except StoreError:
            fingerprinted = 0
        return {
            SEARCH: state.position if state.kind == "ready" else 0,
            FINGERPRINTS: fingerprinted,
            BOOKS: state_of_books(self.folder(BOOKS), self._books_generation()).position,
        }

    def _forget_strangers(self) -> None:
        """Removes an index that is ahead of the journal: an older copy of the database was put in place of its own.

        It must go before the journal grows past it, for then nothing would tell that it followed another one.
        """
        reached = self._reached()
        with self._store.reading() as reader:
            position = reader.position()
        for name, at in reached.items():
            if at > position:
                remove_folder(self.folder(name))

    def forget_words(self) -> None:
        """Removes what drops the words of a page only in time: for one that is erased."""
        self._forget(SEARCH)
        self._forget(BOOKS)
        self._forget(QUEUE)

    def forget_damaged_search(self, error: SearchIndexError) -> None:
        """Removes the search index where its checksums say that it is damaged; raises the error where they do not."""
        damage = damage_of(self.folder(SEARCH))
        if not damage:
            raise error
        self._hear(f"{damage[0]}; the search index is made anew, which may take a while")
        self._forget(SEARCH)

    def forget_damaged_books(self, error: Exception) -> None:
        """Removes the books where they are damaged, as the error or a look at all of them says; else raises it."""
        folder = self.folder(BOOKS)
        told = f"{error.place}: {error.problem}" if isinstance(error, DamageError) else None
        damage = books_damage(folder) if told is None else [told]
        if not damage:
            raise error
        self._hear(f"{damage[0]}; the books are made anew, which may take a while")
        self._forget(BOOKS)

    def forget(self) -> None:
        """Remove all that was derived."""
        with disk_plainly(self._root):
            remove_folder(self._root)
        self._linker().forget()

    def damage(self) -> Iterator[str]:
        """What is wrong with the indexes, by their checksums and what must hold in them; reads them all.

        One that is missing or of another version is behind, and nothing is wrong with it.
        """
        if state_of(self.folder(SEARCH), self._generation()).kind != "missing":
            yield from damage_of(self.folder(SEARCH))
        yield from books_damage(self.folder(BOOKS))
        if not self.folder(FINGERPRINTS).exists():
            return
        try:
            yield from self.fingerprint_reader().check()
        except VersionError:
            return
        except StoreError as error:
            yield f"{error.place}: {error.problem}"

    def _forget(self, name: str) -> None:
        folder = self.folder(name)
        with disk_plainly(folder):
            remove_folder(folder)

    def _hear(self, words: str) -> None:
        if self._told is not None:
            self._told(words)

    def _linker(self) -> Linker:
        return Linker(self._store, self.folder(FINGERPRINTS), reprint_settings())

    def _generation(self) -> str:
        """What search depends on beside the pages: the rules by which words are folded and cut."""
        with self._store.reading() as reader:
            return _generation(reader)

    def _books_generation(self) -> str:
        """What the books depend on beside the pages: the rules and the code by which things are told apart."""
        return f"{code_of(THINGS)}:{self._generation()}"


def _generation(reader: StoreReader) -> str:
    return f"{bundled_rulebook().version}:{reader.mark(HISTORY) or ''}"
