"""The reprints of a workspace are those of its pages and decisions, however pages come, go, change and come back."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.unit.corpus.pages import STORY, page_of, story_pages, text_of

from mingjian.core.link.reprints.settings import ReprintSettings, reprint_settings
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.pipeline.extract import extract
from mingjian.corpus.grouping import Placed, placed_of
from mingjian.corpus.linking import Linker, linked_up_to
from mingjian.store import MemoryStore

AT = "2026-03-12T09:00:00+08:00"
Groups = dict[str, tuple[str, str | None, Placed]]


@lru_cache(maxsize=1)
def pool() -> tuple[tuple[Page, Record], ...]:
    more = tuple(
        page_of(f"{number}.txt", text_of(lines, source, time))
        for number, (lines, source, time) in enumerate(
            [
                (STORY[:4], "泊川在线", "11:00"),
                ((*STORY[:2], *STORY[3:]), "海傍日报", "12:00"),
                (STORY, "快看财讯", "08:30"),
                ((*STORY[:2], STORY[5], STORY[3], STORY[2]), "百闻汇", "15:00"),
            ],
            start=6,
        )
    )
    quoting = page_of(
        "10.txt", text_of((QUOTING[0], "来源：百闻汇  2026-03-15 09:30", *QUOTING[1:3], *STORY[2:5], QUOTING[3]))
    )
    return tuple((page, extract(page)) for page in (*story_pages(), *more, quoting))


QUOTING = (
    "算力补贴好不好用，企业说了算",
    "上周，笔者在三座城市走访了九家做模型的小企业，听到最多的一句话是：补贴的门槛低了，用起来的门槛没有低。",
    "一位负责人把别处的细则从头到尾读给笔者听，边读边算自家能拿到多少钱，下面这几段就是他念的原话。",
    "念完之后他合上手机说，钱是好事，可排队等机器的日子什么时候到头，细则里一个字也没有提，这才是他最想问的。",
)
PLACES = st.integers(0, 9)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("toggle"), PLACES, PLACES),
        st.tuples(st.sampled_from(["both", "reread", "die"]), PLACES, PLACES),
        st.tuples(st.sampled_from(["split", "merge", "undo", "follow", "lose-index"]), PLACES, PLACES),
    ),
    max_size=10,
)


def limited(most_pages: int, most_earlier: int, most_compared: int) -> ReprintSettings:
    found = reprint_settings()
    join = msgspec.structs.replace(found.join, most_pages=most_pages, most_earlier=most_earlier)
    grouping = msgspec.structs.replace(found.grouping, most_compared=most_compared)
    return msgspec.structs.replace(found, join=join, grouping=grouping)


LIMITS = st.builds(limited, st.sampled_from([2, 4, 4000]), st.sampled_from([1, 2, 64]), st.sampled_from([1, 64]))


class Workspace:
    """A store and a linker over it; pages by their place in the pool."""

    def __init__(self, folder: Path, limits: ReprintSettings) -> None:
        self.store = MemoryStore()
        self.folder = folder
        self.limits = limits
        self.cut: set[int] = set()
        with self.store.writing() as writer:
            self.run = writer.begin_run("test", "test", "test", AT).number

    def do(self, step: str, one: int, other: int) -> None:
        if step in ("split", "merge"):
            self.decide(step, one, other)
        elif step in ("toggle", "both", "die"):
            for place in {one, other} if step == "both" else {one}:
                self.toggle(place)
        elif step != "follow":
            {"reread": self.reread, "undo": self.undo, "lose-index": self.lose_index}[step](one)
        kept = self.store._tables
        self.follow()
        if step == "die":  # between the index, which was written, and the truth, which was not
            self.store._tables = kept

    def decide(self, kind: str, one: int, other: int) -> None:
        if one != other:
            with self.store.writing() as writer:
                writer.decide(kind, (self.id_of(one), self.id_of(other)), "x", "", AT)

    def undo(self, _: int) -> None:
        with self.store.writing() as writer:
            for decision in writer.decisions()[-1:]:
                writer.undo(decision.number, "x", AT)

    def lose_index(self, _: int) -> None:
        for file in self.folder.iterdir() if self.folder.exists() else ():
            file.unlink()

    def reread(self, place: int) -> None:
        """The page of this place has another record: one whose body has only two blocks, or again the whole one."""
        self.cut ^= {place}
        page, _ = pool()[place]
        with self.store.writing() as writer:
            kept = writer.known(page.doc_id, page.sha256)
            if kept is not None:
                writer.put_record(self.run, kept.number, self.record_of(place))

    def record_of(self, place: int) -> Record:
        record = pool()[place][1]
        return msgspec.structs.replace(record, body=record.body[:2]) if place in self.cut else record

    def toggle(self, place: int) -> None:
        page, _ = pool()[place]
        with self.store.writing() as writer:
            kept = writer.known(page.doc_id, page.sha256)
            if kept is None:
                kept, _ = writer.add_page(self.run, page, page.doc_id, AT)
                writer.put_record(self.run, kept.number, self.record_of(place))
            elif kept.removed:
                writer.bring_back(kept.number)
            else:
                writer.remove(kept.number, "test")

    def id_of(self, place: int) -> str:
        page = pool()[place][0]
        probe = MemoryStore()
        with probe.writing() as writer:
            run = writer.begin_run("x", "x", "x", AT).number
            return writer.add_page(run, page, page.doc_id, AT)[0].id

    def follow(self) -> None:
        for _ in Linker(self.store, self.folder, self.limits).follow():
            pass

    def groups(self) -> Groups:
        """For each page in a group its source, its parent, and what is kept of that; by ids, which tell no order."""
        found: Groups = {}
        with self.store.reading() as reader:
            ids = {page.number: page.id for page in reader.pages()}
            for group, _ in reader.groups(1):
                for one in reader.members(group):
                    parent = None if one.parent is None else ids[one.parent]
                    found[ids[one.number]] = (ids[group], parent, placed_of(one))
            assert not [step for step in reader.journal(linked_up_to(reader)) if step.kind != "regrouped"]
        return found


@settings(deadline=None, max_examples=60)
@example({0, 1, 2}, [("die", 3, 0)], list(range(10)), limited(2, 64, 64))
@example(set(range(6)), [("both", 7, 8), ("reread", 0, 0)], list(range(10)), limited(4, 2, 1))
@example(set(range(10)), [("merge", 0, 4), ("undo", 0, 0)], list(range(10)), reprint_settings())
@example(set(range(10)), [("merge", 0, 4), ("toggle", 1, 0)], list(range(10)), reprint_settings())
@example(
    set(range(10)),
    [("split", 0, 1), ("toggle", 2, 0), ("toggle", 2, 0), ("lose-index", 0, 0)],
    list(range(10)),
    reprint_settings(),
)
@given(st.sets(PLACES, min_size=4), STEPS, st.permutations(range(10)), LIMITS)
def test_links_are_those_of_a_batch(
    first: set[int], steps: list[tuple[str, int, int]], order: list[int], limits: ReprintSettings
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        grown, batch = Workspace(Path(folder) / "grown", limits), Workspace(Path(folder) / "batch", limits)
        for place in first:
            grown.toggle(place)
        grown.follow()
        for step in steps:
            grown.do(*step)
        with grown.store.reading() as reader:
            standing = {page.doc_id for page in reader.pages() if page.stands}
            decisions = [decision for decision in reader.decisions() if decision.undone is None]
        with batch.store.writing() as writer:
            for decision in decisions:
                writer.decide(decision.kind, decision.ids, "x", "", AT)
        batch.cut = grown.cut
        for place in order:
            if pool()[place][0].doc_id in standing:
                batch.toggle(place)
        batch.follow()
        grown.follow()
        assert grown.groups() == batch.groups()
