"""The store in a file does what the store in memory does, whatever is asked of it, and however often it is opened."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace

from mingjian.core.model.corpus import Change, Neighbours, Placing
from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.pipeline.extract import extract
from mingjian.core.storing import Store, StoreReader, StoreWriter
from mingjian.errors import StoreError
from mingjian.read.html import html_page
from mingjian.read.plain import text_page
from mingjian.store import MemoryStore, SqliteStore, open_workspace

_WORDS = "岚州市发布人工智能产业行动方案，计划到2027年建成{}个智能工厂。"
_PAGES: tuple[Page, ...] = (
    *(text_page(f"{number}.txt", _WORDS.format(number).encode()) for number in (10, 20, 30)),
    html_page("网页.html", f"<title>岚州</title><p>{_WORDS.format(40)}</p>".encode()),
    html_page("别的.html", f"<title>岚州</title><p>{_WORDS.format(40)}</p>".encode()),
)
_RECORDS = tuple(extract(page) for page in _PAGES)
_AT = "2026-01-05T09:00:00+00:00"
_LAST = 8

addresses = st.sampled_from(["a", "b", "c"])
numbers = st.integers(1, _LAST)
kinds = st.sampled_from(range(len(_PAGES)))
contents = st.sampled_from([b"", b"\x00x", b"y" * 5_000])


class Stores(RuleBasedStateMachine):
    """Two stores that are asked the same."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.file: SqliteStore = open_workspace(self.folder, write=True, create=True)
        self.memory = MemoryStore()

    def teardown(self) -> None:
        self.file.close()
        shutil.rmtree(self.folder)

    def both(self, *calls: Callable[[StoreWriter], object]) -> None:
        assert _write(self.file, calls) == _write(self.memory, calls)

    @rule(command=addresses)
    def begin(self, command: str) -> None:
        self.both(lambda writer: writer.begin_run(command, "1", "2", _AT))

    @rule(run=st.integers(1, 3), count=st.integers(0, 9))
    def finish(self, run: int, count: int) -> None:
        self.both(lambda writer: writer.finish_run(run, {"b": count, "a": 1}, _AT))

    @rule(run=st.integers(1, 3), kind=kinds, address=addresses, name=addresses)
    def add(self, run: int, kind: int, address: str, name: str) -> None:
        self.both(lambda writer: writer.add_page(run, replace(_PAGES[kind], doc_id=name), address, _AT))

    @rule(kind=kinds, address=addresses, language=addresses)
    def add_with_record(self, kind: int, address: str, language: str) -> None:
        def record(writer: StoreWriter) -> None:
            kept = writer.known(address, _PAGES[kind].sha256)
            writer.put_record(1, 0 if kept is None else kept.number, replace(_RECORDS[kind], language=language))

        self.both(lambda writer: writer.add_page(1, _PAGES[kind], address, _AT), record)

    @rule(run=st.integers(1, 3), number=numbers, kind=kinds)
    def put_record(self, run: int, number: int, kind: int) -> None:
        self.both(lambda writer: writer.put_record(run, number, _RECORDS[kind]))

    @rule(number=numbers, reason=addresses, erase=st.booleans())
    def remove(self, number: int, reason: str, erase: bool) -> None:
        self.both(lambda writer: writer.remove(number, reason, erase=erase))

    @rule(number=numbers)
    def bring_back(self, number: int) -> None:
        self.both(lambda writer: writer.bring_back(number))

    @rule(run=st.integers(1, 3), number=numbers, kind=st.sampled_from(["version", "record"]))
    def change(self, run: int, number: int, kind: str) -> None:
        change = Change(run=run, number=number, kind=kind, differences=b"[1]")
        self.both(lambda writer: writer.add_change(change), lambda writer: writer.add_failure(run, _failure(kind)))

    @rule(number=st.integers(1, 3), who=addresses)
    def decide(self, number: int, who: str) -> None:
        self.both(lambda writer: writer.decide("split", ("x", who), who, "why", _AT))
        self.both(lambda writer: writer.undo(number, who, _AT))

    @rule(number=numbers, content=contents | st.none(), mark=addresses | st.none())
    def put_article(self, number: int, content: bytes | None, mark: str | None) -> None:
        self.both(lambda writer: writer.put_article(number, content))
        self.both(lambda writer: writer.set_mark("links", mark))

    @rule(number=numbers, group=numbers, parent=numbers | st.none(), content=contents)
    def place(self, number: int, group: int, parent: int | None, content: bytes) -> None:
        self.both(
            lambda writer: writer.put_placing(Placing(number=number, group=group, parent=parent, content=content))
        )

    @rule(number=numbers, part=numbers | st.none(), content=contents)
    def put_neighbours(self, number: int, part: int | None, content: bytes) -> None:
        self.both(lambda writer: writer.put_neighbours(Neighbours(number=number, part=part, content=content)))

    @rule(number=numbers)
    def drop_placing(self, number: int) -> None:
        self.both(lambda writer: writer.drop_placing(number))

    @rule()
    def reopen(self) -> None:
        self.file.close()
        self.file = open_workspace(self.folder, write=True)
        assert list(self.file.check(thoroughly=True)) == []

    @invariant()
    def are_the_same(self) -> None:
        with self.file.reading() as one, self.memory.reading() as other:
            assert _told(one) == _told(other)


def _failure(reason: str) -> Failure:
    return Failure("x.html", "read", reason, "leave it out")


def _write(store: Store, calls: tuple[Callable[[StoreWriter], object], ...]) -> object:
    """What the calls gave, or that they were refused, and so left nothing."""
    try:
        with store.writing() as writer:
            return [call(writer) for call in calls]
    except StoreError as error:
        return error.problem


def _told(reader: StoreReader) -> list[object]:
    counts = {name: count for name, count in reader.counts().items() if name != "kept_bytes"}
    every = range(1, _LAST + 1)
    return [
        *(reader.position(), reader.journal(0), reader.journal(2, 3), counts, reader.pages(), reader.pages(2, 2)),
        *(reader.runs(), reader.failures(), reader.failures(1), reader.decisions(), reader.changes()),
        *(reader.changes(1), reader.changes(run=1), reader.changes(2, 1), reader.articles(every)),
        *(reader.placings(every), reader.members(1), reader.neighbours(every), reader.parts([1, 2])),
        *(reader.groups(), reader.groups(1), reader.mark("links"), reader.find("a"), reader.versions("a")),
        *(reader.known("b", page.sha256) for page in _PAGES),
        *(reader.holding(page.sha256) for page in _PAGES),
        *(reader.record(number) for number in every),
        *(reader.record_id(number) for number in every),
        *(reader.records_of(runs) for runs in ([], [1], [1, 2, 3])),
        *(reader.original(page.number) for page in reader.pages() if not page.erased),
        *(reader.text(page.number) for page in reader.pages() if not page.erased),
    ]


TestStores = Stores.TestCase
TestStores.settings = settings(max_examples=30, stateful_step_count=20, deadline=None, derandomize=True)
