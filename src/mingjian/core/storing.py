"""The port of keeping: what a workspace asks of the store that holds its truth.

``mingjian.testing.check_store`` is the suite that every implementation must pass. Everything else (full-text index,
index of fingerprints) is derived from it and follows its journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from mingjian.core.model.corpus import (
    Change,
    Decision,
    KeptFailure,
    KeptPage,
    Neighbours,
    Placing,
    Run,
    Step,
)
from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.wire import RecordHeading


class StoreReader(Protocol):
    """What any number of readers may ask at the same time; each call sees one acknowledged state."""

    def position(self) -> int:
        """The number of the last step of the journal, 0 in an empty store."""
        ...

    def journal(self, after: int, limit: int = 10_000) -> Sequence[Step]:
        """The steps behind a position, in order, at most so many."""
        ...

    def counts(self) -> Mapping[str, int]:
        """How much there is, by name.

        ``pages`` (current ones), ``versions`` (older ones), ``removed``, ``records``, ``runs``, ``failures``,
        ``decisions``, ``groups``, ``content_bytes`` (as read), ``kept_bytes`` (compressed).
        """
        ...

    def page(self, number: int) -> KeptPage | None:
        """The page of this number, removed ones too."""
        ...

    def find(self, beginning: str, limit: int = 10) -> Sequence[KeptPage]:
        """The pages whose id begins so, in the order of their numbers."""
        ...

    def versions(self, address: str) -> Sequence[KeptPage]:
        """All versions that were seen at one address, the oldest first."""
        ...

    def known(self, address: str, sha256: str) -> KeptPage | None:
        """The version at an address that has this content, removed ones too."""
        ...

    def holding(self, sha256: str, limit: int = 1_000) -> Sequence[KeptPage]:
        """The pages with this content, by number, removed ones too, at most so many."""
        ...

    def pages(self, after: int = 0, limit: int = 1_000) -> Sequence[KeptPage]:
        """Pages in the order of their numbers behind one, removed ones too."""
        ...

    def removed(self, limit: int, skip: int = 0) -> Sequence[KeptPage]:
        """The removed pages, the last added first, without the first so many; at most so many."""
        ...

    def original(self, number: int) -> Page:
        """The page exactly as it was read; raises ``StoreError`` where it was erased, ``DamageError`` if damaged."""
        ...

    def text(self, number: int) -> str:
        """The text layer alone."""
        ...

    def record(self, number: int) -> Record | None:
        """The record of a page as the rules made it, nothing where it has none."""
        ...

    def heading(self, number: int) -> RecordHeading | None:
        """What heads the record of a page, without the rest of it; raises ``DamageError`` if damaged."""
        ...

    def told(self, number: int) -> Record | None:
        """The record of a page as people are told it: with what they reviewed of it applied."""
        ...

    def record_id(self, number: int) -> str | None:
        """The id of the record of a page, which tells by which rules it was made."""
        ...

    def records_of(self, runs: Iterable[int]) -> int:
        """How many records were made in these runs."""
        ...

    def runs(self) -> Sequence[Run]:
        """All runs, the oldest first."""
        ...

    def unfinished_runs(self) -> Sequence[Run]:
        """The runs that were never finished, the oldest first."""
        ...

    def last_run(self) -> Run | None:
        """The run that began last, nothing where there was none."""
        ...

    def failures(self, run: int | None = None) -> Sequence[KeptFailure]:
        """The failures of one run, or of all."""
        ...

    def changes(self, number: int | None = None, run: int | None = None, last: int | None = None) -> Sequence[Change]:
        """What changed in one page, in one run, or at all, in the order of time; only the ``last`` so many of it."""
        ...

    def decisions(self) -> Sequence[Decision]:
        """What people decided, the oldest first, undone ones too."""
        ...

    def articles(self, numbers: Iterable[int]) -> Mapping[int, bytes]:
        """What the linker keeps of each page, encoded, for those that have it."""
        ...

    def neighbours(self, numbers: Iterable[int]) -> Mapping[int, Neighbours]:
        """The neighbours of pages, for those that have any or are of a part."""
        ...

    def parts(self, parts: Iterable[int]) -> Sequence[int]:
        """The numbers of all pages that are of any of these parts, rising."""
        ...

    def placings(self, numbers: Iterable[int]) -> Mapping[int, Placing]:
        """The places of pages among their reprints, for those that have one."""
        ...

    def members(self, group: int) -> Sequence[Placing]:
        """The pages of one group, by number."""
        ...

    def groups(self, at_least: int = 2) -> Sequence[tuple[int, int]]:
        """The groups of so many members: ``(group, members)``, the largest first, then by group."""
        ...

    def mark(self, name: str) -> str | None:
        """A word that whoever follows the journal left, such as how far links are."""
        ...


class StoreWriter(StoreReader, Protocol):
    """What one writer may do within a transaction: all of it is kept, or nothing.

    It reads what it wrote. Every change of a page adds a step to the journal.
    """

    def begin_run(self, command: str, program: str, rules: str, at: str) -> Run:
        """A new run."""
        ...

    def finish_run(self, number: int, counts: Mapping[str, int], at: str) -> None:
        """The run is done."""
        ...

    def add_page(self, run: int, page: Page, address: str, at: str) -> tuple[KeptPage, bool]:
        """The page, kept, and whether it is new: the same content at the same address changes nothing."""
        ...

    def put_record(self, run: int, number: int, record: Record | bytes) -> None:
        """The record of a page, in place of the one it had: as it is, or as the line of ``encode_record``.

        Of a line no more is read than which page it is of: whoever gives one vouches for the rest.
        """
        ...

    def add_failure(self, run: int, failure: Failure) -> None:
        """A page that gave no record."""
        ...

    def add_change(self, change: Change) -> None:
        """What differs from the version or the record before."""
        ...

    def remove(self, number: int, reason: str, *, erase: bool = False) -> None:
        """Take a page out of everything that people see; erased, its words are gone and only hashes stay."""
        ...

    def bring_back(self, number: int) -> None:
        """Undo a removal; raises ``StoreError`` where the page was erased."""
        ...

    def decide(self, kind: str, ids: tuple[str, str], who: str, why: str, at: str) -> Decision:
        """Keep what a person decided; a step ``decided`` for each page of theirs that is here.

        ``ids`` are those of two pages, or begin with them: what stands behind a ``#`` says of which part of one.
        """
        ...

    def undo(self, number: int, who: str, at: str) -> Decision:
        """Undo a decision; it stays on the books. Steps as for ``decide``."""
        ...

    def note_reviewed(self, numbers: Iterable[int]) -> None:
        """People said something of facts of these pages, or took it back: a step ``reviewed`` for each."""
        ...

    def put_article(self, number: int, content: bytes | None) -> None:
        """What the linker keeps of a page, or nothing any more."""
        ...

    def put_neighbours(self, neighbours: Neighbours) -> None:
        """The neighbours and the part of a page; with neither, nothing is kept of it."""
        ...

    def put_placing(self, placing: Placing) -> None:
        """The place of a page among its reprints; a step ``regrouped`` where it was another."""
        ...

    def drop_placing(self, number: int) -> None:
        """The page stands alone, or is gone."""
        ...

    def set_mark(self, name: str, value: str | None) -> None:
        """Leave a word, within the same transaction as what it speaks of."""
        ...


class Store(Protocol):
    """The truth of one workspace: one writer, many readers."""

    def reading(self) -> AbstractContextManager[StoreReader]:
        """One acknowledged state, the same until the end of the block."""
        ...

    def writing(self) -> AbstractContextManager[StoreWriter]:
        """A transaction: kept when the block ends, undone where it raises. Raises ``BusyError`` for a second writer."""
        ...

    def check(self, *, thoroughly: bool = False) -> Iterator[str]:
        """What is wrong with it, a line each; thoroughly: every page's bytes against their hashes."""
        ...

    def close(self) -> None:
        """Give everything back that is held open."""
        ...
