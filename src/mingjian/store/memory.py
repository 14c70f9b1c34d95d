"""A store in memory, for tests and for looking: what it does is what every other store must do.

Each transaction works on a copy of all tables and puts it in the place of the last one at its end: simple enough to
be believed, and no store for more than some thousand pages.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from msgspec.structs import replace

from mingjian.core.model.corpus import Change, Decision, KeptFailure, KeptPage, Neighbours, Placing, Run, Step
from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.wire import RecordHeading, decode_record, encode_record, heading_of
from mingjian.errors import BusyError
from mingjian.store import kept as keeping
from mingjian.store.checking import check_pages
from mingjian.store.memory_tables import Tables

_PLACE = "memory"


class MemoryStore:
    """The truth of a workspace that lives as long as the object."""

    def __init__(self) -> None:
        self._tables = Tables()
        self._writer = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[MemoryReader]:
        """The state of the last transaction that ended."""
        yield MemoryReader(self._tables)

    @contextmanager
    def writing(self) -> Iterator[MemoryWriter]:
        """A transaction; raises ``BusyError`` within another one."""
        if not self._writer.acquire(blocking=False):
            raise BusyError(_PLACE, "a transaction is open already", "end it first")
        try:
            tables = self._tables.copy()
            yield MemoryWriter(tables)
            self._tables = tables
        finally:
            self._writer.release()

    def check(self, *, thoroughly: bool = False) -> Iterator[str]:
        """What is wrong with it, a line each."""
        with self.reading() as reader:
            yield from check_pages(reader, thoroughly=thoroughly)

    def close(self) -> None:
        """Nothing is held open."""


class MemoryReader:
    """One state of a store in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def position(self) -> int:
        """The number of the last step."""
        return len(self._tables.steps)

    def journal(self, after: int, limit: int = 10_000) -> Sequence[Step]:
        """The steps behind a position."""
        return self._tables.steps[max(after, 0) :][:limit]

    def counts(self) -> Mapping[str, int]:
        """How much there is, by name."""
        tables = self._tables
        standing = [page for page in tables.pages.values() if page.removed is None]
        current = len({page.address for page in standing})
        contents = {page.sha256: page.content for page in tables.originals.values()}
        size = sum(map(len, contents.values()))
        return {
            "pages": current,
            "versions": len(standing) - current,
            "removed": len(tables.pages) - len(standing),
            "records": len(tables.records),
            "runs": len(tables.runs),
            "failures": len(tables.failures),
            "decisions": sum(decision.undone is None for decision in tables.decisions.values()),
            "groups": len(self.groups()),
            "content_bytes": size,
            "kept_bytes": size,
        }

    def page(self, number: int) -> KeptPage | None:
        """The page of this number."""
        return self._tables.pages.get(number)

    def holding(self, sha256: str, limit: int = 1_000) -> Sequence[KeptPage]:
        """The pages with this content."""
        return [page for page in self._tables.pages.values() if page.sha256 == sha256][:limit]

    def find(self, beginning: str, limit: int = 10) -> Sequence[KeptPage]:
        """The pages whose id begins so."""
        return [page for page in self._tables.pages.values() if page.id.startswith(beginning.lower())][:limit]

    def versions(self, address: str) -> Sequence[KeptPage]:
        """All versions at one address."""
        return [page for page in self._tables.pages.values() if page.address == address]

    def known(self, address: str, sha256: str) -> KeptPage | None:
        """The version at an address that has this content."""
        return self._tables.pages.get(self._tables.numbers.get(keeping.page_id(address, sha256), 0))

    def pages(self, after: int = 0, limit: int = 1_000) -> Sequence[KeptPage]:
        """Pages in the order of their numbers."""
        return list(self._tables.pages.values())[max(after, 0) :][:limit]

    def removed(self, limit: int, skip: int = 0) -> Sequence[KeptPage]:
        """The removed pages, the last added first."""
        return [page for page in reversed(self._tables.pages.values()) if page.removed is not None][skip:][:limit]

    def original(self, number: int) -> Page:
        """The page as it was read."""
        return self._tables.originals[keeping.must_have_words(self.page(number), _PLACE, number).number]

    def text(self, number: int) -> str:
        """The text layer alone."""
        return self.original(number).text

    def record(self, number: int) -> Record | None:
        """The record of a page."""
        return self._tables.records.get(number)

    def heading(self, number: int) -> RecordHeading | None:
        """What heads the record of a page."""
        record = self.record(number)
        return None if record is None else heading_of(record)

    def told(self, number: int) -> Record | None:
        """The record of a page: nobody reviews what lives so shortly."""
        return self.record(number)

    def record_id(self, number: int) -> str | None:
        """The id of the record of a page."""
        record = self.record(number)
        return None if record is None else record.id

    def records_of(self, runs: Iterable[int]) -> int:
        """How many records were made in these runs."""
        asked = set(runs)
        return sum(run in asked for run in self._tables.made_in.values())

    def runs(self) -> Sequence[Run]:
        """All runs."""
        return list(self._tables.runs.values())

    def unfinished_runs(self) -> Sequence[Run]:
        """The runs that were never finished."""
        return [run for run in self.runs() if run.finished_at is None]

    def last_run(self) -> Run | None:
        """The run that began last."""
        runs = self.runs()
        return runs[-1] if runs else None

    def failures(self, run: int | None = None) -> Sequence[KeptFailure]:
        """The failures of one run, or of all."""
        return [failure for failure in self._tables.failures if run in (None, failure.run)]

    def changes(self, number: int | None = None, run: int | None = None, last: int | None = None) -> Sequence[Change]:
        """What changed."""
        changes = self._tables.changes
        found = [change for change in changes if number in (None, change.number) and run in (None, change.run)]
        return found if last is None else found[max(0, len(found) - last) :]

    def decisions(self) -> Sequence[Decision]:
        """What people decided."""
        return list(self._tables.decisions.values())

    def articles(self, numbers: Iterable[int]) -> Mapping[int, bytes]:
        """What the linker keeps of each page."""
        articles = self._tables.articles
        return {number: articles[number] for number in sorted(set(numbers)) if number in articles}

    def neighbours(self, numbers: Iterable[int]) -> Mapping[int, Neighbours]:
        """The neighbours of pages."""
        neighbours = self._tables.neighbours
        return {number: neighbours[number] for number in sorted(set(numbers)) if number in neighbours}

    def parts(self, parts: Iterable[int]) -> Sequence[int]:
        """The pages of these parts."""
        asked = set(parts)
        return [number for number, each in sorted(self._tables.neighbours.items()) if each.part in asked]

    def placings(self, numbers: Iterable[int]) -> Mapping[int, Placing]:
        """The places of pages among their reprints."""
        placings = self._tables.placings
        return {number: placings[number] for number in sorted(set(numbers)) if number in placings}

    def members(self, group: int) -> Sequence[Placing]:
        """The pages of one group."""
        return [placing for _, placing in sorted(self._tables.placings.items()) if placing.group == group]

    def groups(self, at_least: int = 2) -> Sequence[tuple[int, int]]:
        """The groups of so many members."""
        sizes = Counter(placing.group for placing in self._tables.placings.values())
        large = [(group, size) for group, size in sizes.items() if size >= at_least]
        return sorted(large, key=lambda each: (-each[1], each[0]))

    def mark(self, name: str) -> str | None:
        """A word that was left."""
        return self._tables.marks.get(name)


class MemoryWriter(MemoryReader):
    """A transaction over a copy of the tables."""

    def begin_run(self, command: str, program: str, rules: str, at: str) -> Run:
        """A new run."""
        number = len(self._tables.runs) + 1
        run = Run(number=number, command=command, program=program, rules=rules, started_at=at)
        self._tables.runs[number] = run
        return run

    def finish_run(self, number: int, counts: Mapping[str, int], at: str) -> None:
        """The run is done."""
        self._tables.runs[number] = replace(self._run(number), counts=dict(counts), finished_at=at)

    def add_page(self, run: int, page: Page, address: str, at: str) -> tuple[KeptPage, bool]:
        """The page, kept, and whether it is new."""
        sha256 = page.sha256
        known = self.known(address, sha256)
        if known is not None:
            return known, False
        keeping.must_be_text(_PLACE, address, page.doc_id, page.path)
        versions, standing = self.versions(address), self._standing(address)
        number = len(self._tables.pages) + 1
        previous = versions[-1] if versions else None
        run = self._run(run).number
        kept = keeping.kept_page(page, address, sha256, number, previous, (run, at))
        self._tables.pages[number] = kept
        self._tables.numbers[kept.id] = number
        self._tables.originals[number] = page
        self._step("added", number)
        self._restand(address, standing, number)
        return self._tables.pages[number], True

    def put_record(self, run: int, number: int, record: Record | bytes) -> None:
        """The record of a page."""
        self._run(run)
        record = decode_record(record) if isinstance(record, bytes) else record
        keeping.must_be_of(keeping.must_have_words(self.page(number), _PLACE, number), record, _PLACE)
        before = self.record(number)
        if before is None or encode_record(before) != encode_record(record):
            self._tables.records[number] = record
            self._tables.made_in[number] = run
            self._step("extracted", number)

    def add_failure(self, run: int, failure: Failure) -> None:
        """A page that gave no record."""
        self._run(run)
        self._tables.failures.append(
            KeptFailure(run=run, doc_id=failure.doc_id, stage=failure.stage, reason=failure.reason, mend=failure.mend)
        )

    def add_change(self, change: Change) -> None:
        """What differs from before."""
        self._run(change.run)
        keeping.must_have_words(self.page(change.number), _PLACE, change.number)
        self._tables.changes.append(change)

    def remove(self, number: int, reason: str, *, erase: bool = False) -> None:
        """Take a page out; erased, its words are gone."""
        kept = keeping.must_be_known(self.page(number), _PLACE, number)
        if kept.erased or (kept.removed is not None and not erase):
            return
        standing = self._standing(kept.address)
        self._tables.pages[number] = replace(kept, removed=reason, erased=erase)
        if erase:
            self._erase(number)
        self._step("removed", number)
        self._restand(kept.address, standing, number)

    def bring_back(self, number: int) -> None:
        """Undo a removal."""
        kept = keeping.must_have_words(self.page(number), _PLACE, number)
        if kept.removed is not None:
            standing = self._standing(kept.address)
            self._tables.pages[number] = replace(kept, removed=None)
            self._step("returned", number)
            self._restand(kept.address, standing, number)

    def decide(self, kind: str, ids: tuple[str, str], who: str, why: str, at: str) -> Decision:
        """Keep what a person decided."""
        number = len(self._tables.decisions) + 1
        decision = Decision(number=number, kind=kind, ids=ids, who=who, why=why, at=at)
        self._tables.decisions[number] = decision
        self._step_of(ids)
        return decision

    def undo(self, number: int, who: str, at: str) -> Decision:
        """Undo a decision."""
        decision = self._tables.decisions.get(number)
        if decision is None:
            raise keeping.no_decision(_PLACE, number)
        if decision.undone is None:
            decision = self._tables.decisions[number] = replace(decision, undone=keeping.undone(who, at))
            self._step_of(decision.ids)
        return decision

    def note_reviewed(self, numbers: Iterable[int]) -> None:
        """A step for each page."""
        for number in numbers:
            self._step("reviewed", number)

    def put_article(self, number: int, content: bytes | None) -> None:
        """What the linker keeps of a page."""
        keeping.must_have_words(self.page(number), _PLACE, number)
        if content is None:
            self._tables.articles.pop(number, None)
        else:
            self._tables.articles[number] = content

    def put_neighbours(self, neighbours: Neighbours) -> None:
        """The neighbours and the part of a page."""
        self._tables.neighbours.pop(neighbours.number, None)
        if neighbours.part is not None or neighbours.content:
            keeping.must_have_words(self.page(neighbours.number), _PLACE, neighbours.number)
            self._tables.neighbours[neighbours.number] = neighbours

    def put_placing(self, placing: Placing) -> None:
        """The place of a page among its reprints."""
        keeping.must_have_words(self.page(placing.number), _PLACE, placing.number)
        for number in (placing.group, placing.parent):
            if number is not None:
                keeping.must_be_known(self.page(number), _PLACE, number)
        if self._tables.placings.get(placing.number) != placing:
            self._tables.placings[placing.number] = placing
            self._step("regrouped", placing.number)

    def drop_placing(self, number: int) -> None:
        """The page stands alone."""
        if self._tables.placings.pop(number, None) is not None:
            self._step("regrouped", number)

    def set_mark(self, name: str, value: str | None) -> None:
        """Leave a word, or take it away."""
        if value is None:
            self._tables.marks.pop(name, None)
        else:
            self._tables.marks[name] = value

    def _run(self, number: int) -> Run:
        run = self._tables.runs.get(number)
        if run is None:
            raise keeping.no_run(_PLACE, number)
        return run

    def _step(self, kind: str, number: int) -> None:
        self._tables.steps.append(Step(len(self._tables.steps) + 1, kind, number))

    def _step_of(self, ids: Iterable[str]) -> None:
        for page_id in keeping.pages_of(ids):
            if page_id in self._tables.numbers:
                self._step("decided", self._tables.numbers[page_id])

    def _restand(self, address: str, before: int | None, number: int) -> None:
        """Says which versions at an address stand or stand no more, after one of them changed."""
        standing = self._standing(address)
        after = [keeping.with_standing(kept, standing) for kept in self.versions(address)]
        self._tables.pages.update({kept.number: kept for kept in after})
        for other in keeping.changed_standing(before, standing, number):
            self._step("superseded", other)

    def _standing(self, address: str) -> int | None:
        """The number of the version that stands at an address."""
        versions = reversed(self.versions(address))
        return keeping.standing_of((kept.number, kept.retrieved_at) for kept in versions if kept.removed is None)

    def _erase(self, number: int) -> None:
        """Takes away all that holds words of the page; what changed towards the next version holds them too."""
        tables = self._tables
        del tables.originals[number]
        tables.records.pop(number, None)
        tables.made_in.pop(number, None)
        tables.articles.pop(number, None)
        tables.neighbours.pop(number, None)
        self.drop_placing(number)
        tables.forget_reasons(tables.pages[number].id)
        after = {page.number for page in tables.pages.values() if page.previous == number}
        tables.changes = [
            replace(change, differences=b"")
            if change.number == number or (change.number in after and change.kind == "version")
            else change
            for change in tables.changes
        ]
