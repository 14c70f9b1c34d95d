"""What can still be read of a damaged workspace, as a new and sound one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import ParamSpec, TypeVar

from msgspec.structs import replace

from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.failure import Failure
from mingjian.errors import MingjianError, StoreError
from mingjian.store.desk.copying import salvage_desk
from mingjian.store.sqlite.connecting import connect_for_reading, plainly
from mingjian.store.sqlite.reader import SqliteReader, packer_of
from mingjian.store.sqlite.store import SqliteStore
from mingjian.store.sqlite.versions import must_be_newest
from mingjian.store.sqlite.writer import SqliteWriter
from mingjian.store.workspace import DATABASE, open_workspace

P = ParamSpec("P")
T = TypeVar("T")
_BATCH = 100
_UNREADABLE = (sqlite3.Error, MingjianError, OverflowError, TypeError, ValueError)


def salvage(folder: Path, to: Path) -> Iterator[str]:
    """Carries over what can be read, and says of the rest, a line each, what is lost; the damaged one stays as it is.

    Pages that are lost leave no gap: those behind them get other numbers. Ids stay, and so do decisions of people.
    Links and indexes are to be made again. Raises ``DamageError`` where nothing at all can be read.
    """
    if to.exists():
        raise StoreError(str(to), "there is something already", "name another folder")
    source = folder / DATABASE
    with plainly(source), closing(connect_for_reading(source)) as connection:
        must_be_newest(connection, source)
        reader = SqliteReader(connection, source, packer_of(connection, source))
        last = _most(
            reader, "SELECT max(number) FROM page", "SELECT max(page) FROM step", "SELECT max(page) FROM record"
        )
        with closing(open_workspace(to, write=True, create=True)) as store:
            yield from _carry_runs(reader, store)
            yield from _carry_pages(reader, store, last)
            yield from _carry_decisions(reader, store)
    yield from salvage_desk(folder, to)


def _carry_runs(reader: SqliteReader, store: SqliteStore) -> Iterator[str]:
    """The runs, and in place of those that are lost others, so that pages can name theirs by its number."""
    runs = {run.number: run for run in _try(reader.runs) or ()}
    with store.writing() as writer:
        last = _most(reader, "SELECT max(run) FROM page", "SELECT max(run) FROM record", "SELECT max(run) FROM failure")
        for number in range(1, max([*runs, last]) + 1):
            run = runs.get(number)
            if run is None:
                writer.begin_run("(lost)", "", "", "")
                yield f"run {number} is lost"
                continue
            writer.begin_run(run.command, run.program, run.rules, run.started_at)
            if run.finished_at is not None:
                writer.finish_run(number, run.counts, run.finished_at)
        failures = _try(reader.failures)
        if failures is None:
            yield "the failures of all runs are lost"
        for failure in failures or ():
            writer.add_failure(failure.run, Failure(failure.doc_id, failure.stage, failure.reason, failure.mend))


def _carry_pages(reader: SqliteReader, store: SqliteStore, last: int) -> Iterator[str]:
    for start in range(1, last + 1, _BATCH):
        with store.writing() as writer:
            for number in range(start, min(start + _BATCH, last + 1)):
                kept = _try(reader.page, number)
                if kept is None:
                    yield f"page {number} is lost"
                elif kept.erased:
                    writer.keep_erased(kept)
                else:
                    yield from _carry_page(reader, writer, kept)


def _carry_page(reader: SqliteReader, writer: SqliteWriter, kept: KeptPage) -> Iterator[str]:
    page = _try(reader.original, kept.number)
    if page is None:
        yield f"page {kept.number} is lost: {kept.doc_id} ({kept.address})"
        return
    added, _ = writer.add_page(kept.run, page, kept.address, kept.added_at)
    try:
        record = reader.record(kept.number)
    except _UNREADABLE:
        yield f"the record of page {kept.number} is lost: {kept.doc_id}; extract it again with `mingjian reextract`"
    else:
        if record is not None:
            writer.put_record(kept.run, added.number, record)
    changes = _try(reader.changes, kept.number)
    if changes is None:
        yield f"what changed in page {kept.number} is lost: {kept.doc_id}"
    for change in changes or ():
        writer.add_change(replace(change, number=added.number))
    if kept.removed is not None:
        writer.remove(added.number, kept.removed)


def _carry_decisions(reader: SqliteReader, store: SqliteStore) -> Iterator[str]:
    decisions = _try(reader.decisions)
    if decisions is None:
        yield "the decisions of people are lost"
    with store.writing() as writer:
        for decision in decisions or ():
            taken = writer.decide(decision.kind, decision.ids, decision.who, decision.why, decision.at)
            if decision.undone is not None:
                who, _, at = decision.undone.rpartition(" ")
                writer.undo(taken.number, who, at)


def _most(reader: SqliteReader, *questions: str) -> int:
    """The largest number that any of the questions gives."""
    answers = [_try(reader.ask, question) for question in questions]
    return max([int(rows[0][0]) for rows in answers if rows and rows[0][0]], default=0)


def _try(call: Callable[P, T], *values: P.args, **named: P.kwargs) -> T | None:
    """What it gives, or nothing where it cannot be read."""
    try:
        return call(*values, **named)
    except _UNREADABLE:
        return None
