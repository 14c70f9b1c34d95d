"""What a store must do to hold the truth of a workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from msgspec.structs import replace

from mingjian.core.model.corpus import Change, KeptPage, Neighbours, Placing
from mingjian.core.model.failure import Failure
from mingjian.core.model.wire import encode_record, heading_of
from mingjian.core.pipeline.extract import extract
from mingjian.core.storing import Store, StoreReader, StoreWriter
from mingjian.errors import BusyError, StoreError
from mingjian.testing.demands import demand
from mingjian.testing.sample_pages import AT, WORDS, odd_pages, text_page

StoreFactory: TypeAlias = Callable[[], Store]

ADDRESS = "https://news.invalid/1"


class _AbandonedError(Exception):
    """Ends a transaction that must leave nothing."""


def check_store(factory: StoreFactory) -> None:
    """Whether the store keeps to its port; ``factory`` gives a new and empty one each time."""
    for check in _CHECKS:
        store = factory()
        try:
            check(store)
            complaints = list(store.check(thoroughly=True))
            demand(not complaints, f"after {check.__name__} the store complains of itself: {complaints[:3]}")
        finally:
            store.close()


def _check_empty(store: Store) -> None:
    with store.reading() as reader:
        demand(reader.position() == 0, "an empty store has a journal")
        demand(set(reader.counts()) == set(_COUNTED), f"the counts are not {', '.join(_COUNTED)}")
        demand(not any(reader.counts().values()), "an empty store counts something")
        demand(reader.page(1) is None and reader.record(1) is None, "an empty store has a page")
        demand(not reader.pages() and not reader.journal(0) and not reader.runs(), "an empty store lists something")
        demand(reader.last_run() is None and not reader.unfinished_runs(), "an empty store has a run")
        demand(
            reader.known(ADDRESS, "0" * 64) is None and reader.mark("links") is None, "an empty store knows something"
        )
        _demand_refused(lambda: reader.original(1), "the original of a page that is not there")


def _check_pages(store: Store) -> None:
    page = text_page()
    with _adding(store) as (writer, run):
        kept, new = writer.add_page(run, page, ADDRESS, AT)
        demand(new and (kept.number, kept.version, kept.previous) == (1, 1, None), "the first page is not the first")
        demand(writer.page(1) == kept, "a writer does not read what it wrote")
        again, newer = writer.add_page(run, replace(page, doc_id="other name"), ADDRESS, "later")
        demand(again == kept and not newer, "the same content at the same address is another page")
        changed, new = writer.add_page(run, text_page(WORDS + "完"), ADDRESS, AT)
        demand(new and (changed.version, changed.previous) == (2, 1), "a changed page is no second version")
        elsewhere, new = writer.add_page(run, page, ADDRESS + "0", AT)
        demand(new and elsewhere.version == 1, "the same content at another address is not a page of its own")
        demand(kept.id != elsewhere.id and kept.sha256 == elsewhere.sha256, "the id does not depend on the address")
    kept = replace(kept, superseded=2)
    with store.reading() as reader:
        demand(list(reader.versions(ADDRESS)) == [kept, changed], "the versions are not those that were added")
        demand(list(reader.pages()) == [kept, changed, elsewhere], "the pages are not those that were added")
        demand(list(reader.pages(1, 1)) == [changed], "pages behind one, at most one, are others")
        demand(reader.known(ADDRESS, kept.sha256) == kept, "a version is not known by its content")
        demand(list(reader.holding(kept.sha256)) == [kept, elsewhere], "pages with one content are not all found")
        demand(list(reader.find(kept.id[:9])) == [kept], "a page is not found by the beginning of its id")
        demand(len(reader.find("")) == 3 and not reader.find("没有"), "the beginnings of ids are not looked at")
        demand(reader.original(1) == page and reader.text(1) == page.text, "the page comes back as another")
        _demand_steps(reader, ("added", 1), ("added", 2), ("superseded", 1), ("added", 3))
        counts = reader.counts()
        demand((counts["pages"], counts["versions"], counts["removed"]) == (2, 1, 0), "pages are counted wrongly")
        size = 2 * kept.n_bytes + len("完".encode())
        demand(counts["content_bytes"] == size, "the bytes of contents are counted wrongly")


def _check_standing(store: Store) -> None:
    """Of the versions of a page one stands: the one retrieved last, or else added last, of those not removed."""
    times = ("2025-03-02T00:00:00Z", "2025-03-01T00:00:00Z", None, "not a time")
    with _adding(store) as (writer, run):
        standing = []
        for index, time in enumerate(times):
            writer.add_page(run, replace(text_page(WORDS + str(index)), retrieved_at=time), ADDRESS, AT)
            standing.append([kept.number for kept in writer.versions(ADDRESS) if kept.stands])
        demand(standing == [[1], [1], [3], [4]], f"of four versions there stand, as they are added, {standing}")
        begin = writer.position()
        writer.remove(4, "a copy")
        demand([kept.number for kept in writer.removed(9)] == [4] and not writer.removed(9, 1), "it is not listed")
        demand(writer.page(1) == next(iter(writer.pages())), "a page alone says other things than in a list")
        demand(
            [kept.number for kept in writer.pages() if kept.stands] == [3], "no older version stands in for a removed"
        )
        writer.bring_back(4)
        demand(
            [kept.superseded for kept in writer.pages()] == [4, 4, 4, None], "a version that returned does not stand"
        )
        steps = [(step.kind, step.number) for step in writer.journal(begin)]
        wanted = [("removed", 4), ("superseded", 3), ("returned", 4), ("superseded", 3)]
        demand(steps == wanted, f"of versions that stand or not, the journal says {steps}")


def _check_originals(store: Store) -> None:
    pages = list(odd_pages())
    with _adding(store) as (writer, run):
        for index, page in enumerate(pages):
            writer.add_page(run, page, f"{ADDRESS}/{index}", AT)
            twin = replace(page, doc_id="twin", url=None, path="elsewhere", retrieved_at=None)
            writer.add_page(run, twin, f"{ADDRESS}/{index}/twin", AT)
    with store.reading() as reader:
        for index, page in enumerate(pages):
            number = 2 * index + 1
            demand(reader.original(number) == page, f"{page.doc_id} ({page.text!r}) comes back as another")
            twin = replace(page, doc_id="twin", url=None, path="elsewhere", retrieved_at=None)
            demand(reader.original(number + 1) == twin, f"the twin of {page.doc_id} comes back as another")
            demand(reader.text(number) == page.text, f"the text of {page.doc_id} comes back as another")


def _check_records(store: Store) -> None:
    page = text_page()
    record = extract(page)
    with _adding(store) as (writer, run):
        writer.add_page(run, page, ADDRESS, AT)
        demand(writer.record(1) is None, "a page has a record before it was given one")
        writer.put_record(run, 1, record)
        writer.put_record(run, 1, encode_record(record))
        writer.add_page(run, text_page("别的", "2.txt"), ADDRESS + "2", AT)
        _demand_refused(lambda: writer.put_record(run, 2, record), "the record of another page")
        _demand_refused(lambda: writer.put_record(run, 2, encode_record(record)), "the line of another page")
        _demand_refused(lambda: writer.put_record(run, 9, record), "the record of no page")
        _demand_refused(lambda: writer.add_page(run, page, "\udcff", AT), "an address that is no text")
        _demand_refused(lambda: writer.put_record(run + 1, 1, record), "the record of no run")
    other = replace(record, language="other")
    with store.writing() as writer:
        writer.put_record(1, 1, encode_record(other))
    with store.reading() as reader:
        _demand_steps(reader, ("added", 1), ("extracted", 1), ("added", 2), ("extracted", 1))
        put = [(reader.record(n), reader.record_id(n), reader.heading(n)) for n in (1, 2)]
        demand(put == [(other, other.id, heading_of(other)), (None,) * 3], "a record is not that which was put last")
        demand(reader.counts()["records"] == 1, "records are counted wrongly")
        demand(reader.told(1) == other and reader.told(2) is None, "a record that nobody reviewed is told otherwise")
    with store.writing() as writer:
        writer.note_reviewed([1])
    with store.reading() as reader:
        demand(reader.journal(4)[0].kind == "reviewed", "the journal does not say what was reviewed")


def _check_removal(store: Store) -> None:
    page, record = text_page(), extract(text_page())
    with _adding(store) as (writer, run):
        for address in (ADDRESS, ADDRESS + "2"):
            kept, _ = writer.add_page(run, page, address, AT)
            writer.put_record(run, kept.number, record)
        writer.remove(1, "not ours")
        writer.remove(1, "again")
        demand(_page(writer, 1).removed == "not ours", "the reason of a removal was replaced")
        writer.add_page(run, page, ADDRESS, AT)
        demand(_page(writer, 1).removed is not None, "adding a removed page again brought it back")
        writer.bring_back(1)
        writer.bring_back(1)
        demand(_page(writer, 1).removed is None and writer.original(1) == page, "a removed page did not come back")
        _demand_refused(lambda: writer.remove(9, "none"), "the removal of no page")
        _demand_refused(lambda: writer.bring_back(9), "the return of no page")
        demand(writer.counts()["removed"] == 0, "removed pages are counted wrongly")
    with store.reading() as reader:
        steps = [(step.kind, step.number) for step in reader.journal(4)]
        demand(steps == [("removed", 1), ("returned", 1)], "the journal does not tell of the removal and the return")


def _check_erasing(store: Store) -> None:
    page = text_page()
    with _adding(store) as (writer, run):
        for words in (WORDS, WORDS + "改", WORDS + "再改"):
            writer.add_page(run, text_page(words), ADDRESS, AT)
        writer.add_page(run, page, ADDRESS + "2", AT)
        writer.put_record(run, 1, extract(page))
        writer.put_article(1, b"words")
        for number, kind in ((1, "record"), (2, "version"), (3, "version")):
            writer.add_change(Change(run=run, number=number, kind=kind, differences=b"[1]"))
        writer.put_neighbours(Neighbours(number=1, part=1))
        writer.put_placing(Placing(number=1, group=1))
        writer.remove(1, "asked for", erase=True)
        kept = _page(writer, 1)
        demand(kept.erased and kept.removed == "asked for", "an erased page does not say so")
        writer.add_page(run, page, ADDRESS, AT)
        for refused in (
            lambda: writer.original(1),
            lambda: writer.text(1),
            lambda: writer.bring_back(1),
            lambda: writer.put_record(run, 1, extract(page)),
            lambda: writer.put_article(1, b""),
            lambda: writer.put_neighbours(Neighbours(number=1, part=1)),
        ):
            _demand_refused(refused, "the words of an erased page")
        demand(writer.record(1) is None and not writer.articles([1]), "an erased page has a record or an article")
        demand(not writer.placings([1]) and not writer.neighbours([1]), "an erased page has a place or neighbours")
        told = [change.differences for change in writer.changes()]
        demand(told == [b"", b"", b"[1]"], "differences that hold words of an erased page are not empty")
        demand(writer.original(4) == page, "erasing one page took the same content away from another")


def _check_runs(store: Store) -> None:
    with store.writing() as writer:
        first = writer.begin_run("add a", "1.0", "rules", AT)
        demand(first.number == 1 and first.finished_at is None, "the first run is not the first")
        second = writer.begin_run("add b", "1.0", "rules", AT)
        writer.finish_run(2, {"added": 3}, AT)
        writer.add_failure(1, Failure("a.txt", "read", "empty", "leave it out"))
        writer.add_failure(2, Failure("b.txt", "extract", "fault", "report it"))
        _demand_refused(lambda: writer.finish_run(3, {}, AT), "the end of no run")
        _demand_refused(lambda: writer.add_failure(3, Failure("", "", "", "")), "a failure of no run")
    with store.reading() as reader:
        runs = [first, replace(second, finished_at=AT, counts={"added": 3})]
        demand(list(reader.runs()) == runs, "the runs are not those that were begun and finished")
        demand(reader.last_run() == runs[-1], "the last run is another")
        demand(list(reader.unfinished_runs()) == runs[:1], "the unfinished runs are others")
        demand([failure.doc_id for failure in reader.failures()] == ["a.txt", "b.txt"], "failures are missing")
        (failure,) = reader.failures(2)
        demand((failure.run, failure.reason, failure.mend) == (2, "fault", "report it"), "a failure is another")


def _check_changes(store: Store) -> None:
    with _adding(store) as (writer, run):
        other = writer.begin_run("reextract", "1.0", "rules", AT).number
        writer.add_page(run, text_page(), ADDRESS, AT)
        writer.add_page(run, text_page("改"), ADDRESS, AT)
        changes = [
            Change(run=run, number=2, kind="version", differences=b"[1]"),
            Change(run=other, number=1, kind="record", differences=b"[2]"),
            Change(run=other, number=2, kind="record", differences=b"[3]"),
        ]
        for change in changes:
            writer.add_change(change)
        demand(list(writer.changes()) == changes, "the changes are not those that were kept")
        demand(list(writer.changes(2)) == [changes[0], changes[2]], "the changes of a page are others")
        demand(list(writer.changes(run=other)) == changes[1:], "the changes of a run are others")
        demand(list(writer.changes(2, other)) == changes[2:], "the changes of a page in a run are others")
        demand(list(writer.changes(last=2)) == changes[1:], "the last changes are others")
        demand(list(writer.changes(2, last=1)) == changes[2:], "the last changes of a page are others")


def _check_decisions(store: Store) -> None:
    with store.writing() as writer:
        writer.decide("split", ("a", "b"), "周岚", "", AT)
        merge = writer.decide("merge", ("c", "d"), "王屿", "one paper", AT)
        demand((merge.number, merge.ids) == (2, ("c", "d")), "decisions are not kept as they were")
        undone, said = writer.undo(1, "王屿", "later"), ("王屿", "later")
        demand(all(word in str(undone.undone) for word in said), "who undid it and when is not kept")
        demand(writer.undo(1, "周岚", "later still") == undone, "what was undone can be undone again")
        _demand_refused(lambda: writer.undo(3, "周岚", AT), "a decision that nobody took")
        demand(list(writer.decisions()) == [undone, merge], "other decisions are kept than were taken")
        demand(writer.counts()["decisions"] == 1, "decisions that hold are counted wrongly")
    with _adding(store) as (writer, run):
        pages = [writer.add_page(run, text_page(), f"{ADDRESS}/{at}", AT)[0].id for at in (1, 2)]
        before = writer.position()
        for page in reversed(pages):
            writer.decide("merge-things", (f"{pages[0]}#event:3-9:a", f"{page}#event:12-15:c"), "周岚", "", AT)
        demand([step.number for step in writer.journal(before)] == [1, 2, 1], "mentions decided of reach no page")


def _check_links(store: Store) -> None:
    with _adding(store) as (writer, run):
        for index in range(4):
            writer.add_page(run, text_page(str(index)), f"{ADDRESS}/{index}", AT)
        writer.put_article(3, b"c")
        writer.put_article(1, b"a")
        writer.put_article(2, b"b")
        writer.put_article(2, None)
        demand(dict(writer.articles([1, 2, 3, 9])) == {1: b"a", 3: b"c"}, "the articles are not those that were put")
        _check_neighbours(writer)
        _check_placings(writer)
        writer.set_mark("links", "4")
        writer.set_mark("links", "5")
        writer.set_mark("search", "1")
        writer.set_mark("search", None)
        demand(writer.mark("links") == "5" and writer.mark("search") is None, "the marks are not those that were left")


def _check_neighbours(writer: StoreWriter) -> None:
    near = [
        Neighbours(number=4, part=2, content=b"d"),
        Neighbours(number=1, content=b"a"),
        Neighbours(number=2, part=2),
        Neighbours(number=3, part=3, content=b"c"),
    ]
    begin = writer.position()
    for each in near:
        writer.put_neighbours(each)
    writer.put_neighbours(Neighbours(number=3))
    writer.put_neighbours(Neighbours(number=3))
    demand(
        dict(writer.neighbours([4, 3, 2, 1, 9])) == {1: near[1], 2: near[2], 4: near[0]},
        "the neighbours are not those that were put",
    )
    demand(list(writer.parts([2, 3, 9])) == [2, 4], "the pages of a part are others")
    demand(writer.position() == begin, "the journal tells of neighbours")


def _check_placings(writer: StoreWriter) -> None:
    placed = [
        Placing(number=1, group=1),
        Placing(number=3, group=1, parent=1, content=b"y"),
        Placing(number=2, group=2),
    ]
    begin = writer.position()
    for placing in (*placed, *placed):
        writer.put_placing(placing)
    demand(dict(writer.placings([3, 2, 4])) == {2: placed[2], 3: placed[1]}, "the places are not those that were put")
    demand(list(writer.members(1)) == placed[:2] and not writer.members(4), "the members of a group are others")
    demand(list(writer.groups()) == [(1, 2)] and list(writer.groups(1)) == [(1, 2), (2, 1)], "the groups are others")
    demand(writer.counts()["groups"] == 1, "groups are counted wrongly")
    writer.put_placing(replace(placed[2], group=1, parent=3))
    writer.drop_placing(3)
    writer.drop_placing(3)
    demand([placing.number for placing in writer.members(1)] == [1, 2], "a page did not change its group")
    steps = [(step.kind, step.number) for step in writer.journal(begin)]
    wanted = [("regrouped", number) for number in (1, 3, 2, 2, 3)]
    demand(steps == wanted, "the journal does not tell once of each change of place")


def _check_transactions(store: Store) -> None:
    with _adding(store) as (writer, run):
        writer.add_page(run, text_page(), ADDRESS, AT)
    with store.reading() as before:
        try:
            with store.writing() as writer:
                writer.add_page(1, text_page("b"), ADDRESS, AT)
                writer.remove(1, "no")
                _demand_busy(store)
                _abandon()
        except _AbandonedError:
            pass
        with store.writing() as writer:
            demand(len(writer.pages()) == 1 and _page(writer, 1).removed is None, "what was undone is there")
            writer.add_page(1, text_page("c"), ADDRESS, AT)
            demand(len(before.pages()) == 1, "a reader sees what is not acknowledged")
        demand(len(before.pages()) == 1 and before.position() == 1, "the state of a reader changed within its block")
    with store.reading() as after:
        demand([page.number for page in after.pages()] == [1, 2], "a number was lost with what was undone")
        _demand_steps(after, ("added", 1), ("added", 2), ("superseded", 1))
        demand([step.position for step in after.journal(1, 1)] == [2], "the journal behind a position is another")


@contextmanager
def _adding(store: Store) -> Iterator[tuple[StoreWriter, int]]:
    """A transaction with a run."""
    with store.writing() as writer:
        yield writer, writer.begin_run("add", "1.0", "rules", AT).number


def _abandon() -> None:
    raise _AbandonedError


def _page(reader: StoreReader, number: int) -> KeptPage:
    kept = reader.page(number)
    if kept is None:
        raise AssertionError(f"page {number} is not there")
    return kept


def _demand_steps(reader: StoreReader, *wanted: tuple[str, int]) -> None:
    steps = [(step.kind, step.number) for step in reader.journal(0)]
    demand(steps == list(wanted), f"the journal says {steps} and not {list(wanted)}")
    positions = [step.position for step in reader.journal(0)]
    demand(positions == list(range(1, reader.position() + 1)), "the journal is not dense from 1")


def _demand_refused(call: Callable[[], object], what: str) -> None:
    try:
        call()
    except StoreError:
        return
    raise AssertionError(f"{what} is not refused with a StoreError")


def _demand_busy(store: Store) -> None:
    try:
        with store.writing():
            pass
    except BusyError:
        return
    raise AssertionError("a second transaction is not refused with a BusyError")


_COUNTED = (
    *("pages", "versions", "removed", "records", "runs", "failures", "decisions", "groups", "content_bytes"),
    "kept_bytes",
)
_CHECKS: tuple[Callable[[Store], None], ...] = (
    *(_check_empty, _check_pages, _check_standing, _check_originals, _check_records, _check_removal),
    *(_check_erasing, _check_runs, _check_changes, _check_decisions, _check_links, _check_transactions),
)
