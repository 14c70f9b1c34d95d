"""The books of a workspace are those of its pages and decisions, however pages come, go, change and come back."""

from __future__ import annotations

import shutil
import tempfile
from collections import deque
from functools import lru_cache
from pathlib import Path

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.unit.corpus.pages import STORY, page_of, story_pages, text_of

from mingjian.core.link.reprints.settings import reprint_settings
from mingjian.core.link.things.kinds import linkings
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.pipeline.extract import extract
from mingjian.corpus.books.deciding import standing_decisions
from mingjian.corpus.books.following import follow_books
from mingjian.corpus.books.pages import shelf_of
from mingjian.corpus.linking import Linker
from mingjian.store import MemoryStore
from mingjian.store.books import BooksReader
from mingjian.testing.books import differences

AT = "2026-03-12T09:00:00+08:00"
CHAINED = (
    (
        "澜山市召开人工智能推进会议",
        "来源：澜山日报  2026-01-23 09:00",
        "1月22日，澜山市召开人工智能推进会议，启动“澜山智造”专项行动。7天后，澜山市工业和信息化局印发算力券实施细则。",
        "到2027年，全市智能算力规模达到5000P。",
    ),
    (
        "澜山市人工智能推进会议召开",
        "来源：岚讯网",
        "近日，澜山市召开人工智能推进会议，启动“澜山智造”专项行动。去年12月，澜山智算中心一期投用。",
        "截至2027年底，澜山市智能算力规模达到5100P。",
    ),
)
PLACES = st.integers(0, 7)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["toggle", "toggle", "reread", "version", "split", "merge", "undo", "lose", "wait"]),
        PLACES,
        PLACES,
    ),
    max_size=8,
)


@lru_cache(maxsize=1)
def pool() -> tuple[tuple[Page, Record], ...]:
    more = (page_of(f"{number}.txt", "\n".join(lines)) for number, lines in enumerate(CHAINED, start=6))
    same = page_of("8.txt", text_of((*STORY[:2], STORY[5], STORY[3]), "百闻汇", "15:00"))
    return tuple((page, extract(page)) for page in (*story_pages(), *more, same))


@lru_cache(maxsize=8)
def newer(place: int) -> tuple[Page, Record]:
    """The next version of a page: a line more at its head, so that all words stand elsewhere."""
    page, _ = pool()[place]
    head, _, rest = page.text.partition("\n")
    changed = page_of(page.doc_id, f"{head}\n本文有更新\n{rest}")
    return changed, extract(changed)


def reread_record(record: Record) -> Record:
    """The record with other ids of facts, and without its last event."""
    fields = {name: getattr(record, name) for name in ("events", "targets", "organisations", "policies")}
    changed = {
        name: tuple(msgspec.structs.replace(fact, id=fact.id[::-1]) for fact in facts)[
            : 1 if name == "events" else None
        ]
        for name, facts in fields.items()
    }
    return msgspec.structs.replace(record, **changed)


class Workspace:
    """A store, its reprints and its books."""

    def __init__(self, folder: Path) -> None:
        self.store = MemoryStore()
        self.folder = folder
        with self.store.writing() as writer:
            self.run = writer.begin_run("test", "test", "test", AT).number

    def do(self, step: str, one: int, other: int) -> None:
        if step == "lose":
            shutil.rmtree(self.folder / "books", ignore_errors=True)
        elif step in ("split", "merge"):
            self.decide(step, one, other)
        elif step == "undo":
            self.undo()
        elif step != "wait":
            self.change(step, one)
        if step != "wait":
            self.follow()

    def change(self, step: str, place: int) -> None:
        page, record = newer(place) if step == "version" else pool()[place]
        with self.store.writing() as writer:
            kept = writer.known(page.doc_id, page.sha256)
            if kept is None:
                kept, _ = writer.add_page(self.run, page, page.doc_id, AT)
                writer.put_record(self.run, kept.number, record)
            elif step == "reread":
                writer.put_record(self.run, kept.number, reread_record(record))
            elif kept.removed:
                writer.bring_back(kept.number)
            else:
                writer.remove(kept.number, "test")

    def decide(self, kind: str, one: int, other: int) -> None:
        """Of two mentions of one kind, by their places among those that the books know."""
        with self.store.reading() as reader:
            shelf = shelf_of(reader, standing_decisions(reader))
        for of in ("event", "organisation", "target"):
            refs = [m.ref for thing in shelf.things() if thing.kind == of for m in shelf.members(thing.id)]
            if refs:
                ids = (refs[one * 7 % len(refs)].anchor, refs[other * 5 % len(refs)].anchor)
                with self.store.writing() as writer:
                    writer.decide(f"{kind}-things", ids, "x", "", AT)

    def undo(self) -> None:
        with self.store.writing() as writer:
            for decision in writer.decisions()[-2:]:
                writer.undo(decision.number, "x", AT)

    def follow(self) -> None:
        deque(Linker(self.store, self.folder / "fingerprints", reprint_settings()).follow(), maxlen=0)
        deque(follow_books(self.store, self.folder / "books", "law"), maxlen=0)

    def problems(self) -> list[str]:
        with self.store.reading() as reader:
            shelf = shelf_of(reader, standing_decisions(reader))
        books = BooksReader.open(self.folder / "books")
        try:
            return list(differences(books, shelf, tuple(linking.kind for linking in linkings())))
        finally:
            books.close()


@settings(deadline=None, max_examples=15)
@example({0, 1, 5, 6}, [("merge", 1, 2), ("reread", 0, 0), ("version", 5, 0), ("undo", 0, 0)])
@example({5, 6}, [("toggle", 5, 0), ("split", 0, 3), ("toggle", 5, 0), ("version", 6, 0)])
@given(st.sets(PLACES, min_size=2), STEPS)
def test_books_are_those_of_a_batch(first: set[int], steps: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        for place in sorted(first):
            workspace.change("toggle", place)
        workspace.follow()
        for step in steps:
            workspace.do(*step)
        workspace.follow()
        assert not workspace.problems()[:3]
