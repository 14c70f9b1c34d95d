"""What ``bench.kill`` kills, and how it judges what is left: the store alone, asked through its port.

The work tells ``batch LIFE NUMBER SIZE`` once a transaction with so many pages is acknowledged, ``erased ADDRESS`` once
an erased page is, ``backup NAME PAGES`` once a copy is. Pages follow from their names alone, so that what was told is
enough to know every byte that must be there.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

from msgspec.structs import replace
from tests.golden.workspaces import golden

from bench.kill import Tell
from mingjian.core.model.corpus import Placing
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.pipeline.extract import extract
from mingjian.core.storing import StoreReader, StoreWriter
from mingjian.errors import MingjianError
from mingjian.read.plain import text_page
from mingjian.store import DATABASE, SqliteStore, open_workspace
from mingjian.store.backups import backup

_WORDS = "岚州市发布人工智能产业行动方案，计划到2027年建成十个智能工厂，产业规模超过260亿元。\n云岭社3月5日报道。\n"
_AT = "2026-01-05T09:00:00+00:00"
_ADDRESS = re.compile(r"https://kill\.invalid/(\d+)/(\d+)/(\d+)/(\d+)")
PHASES = ("open", "upgrade", "add", "erase", "settle", "backup", "close")
_LARGEST_BATCH = 12
_LONGEST = 12_000


def work(folder: Path, seed: int, tell: Tell) -> None:
    """Adds, erases, settles, copies, closes and opens again, until it is killed."""
    lot = random.Random(seed)
    workspace = folder / "workspace"
    if not workspace.exists() and lot.random() < 0.7:
        made = folder / "old"
        made.mkdir()
        (made / DATABASE).write_bytes(golden(1))
        made.rename(workspace)
        tell("golden")
    while True:
        old = (workspace / DATABASE).exists() and (workspace / DATABASE).read_bytes()[60:64] == b"\0\0\0\1"
        tell("phase upgrade" if old else "phase open")
        store = open_workspace(workspace, write=True, create=True)
        _work_once(store, folder, lot, tell)
        tell("phase close")
        store.close()


def _work_once(store: SqliteStore, folder: Path, lot: random.Random, tell: Tell) -> None:
    with store.writing() as writer:
        life = writer.begin_run("kill", "1", "1", _AT).number
    for number in range(lot.randrange(1, 12)):
        tell("phase add")
        size = lot.randrange(1, _LARGEST_BATCH)
        with store.writing() as writer:
            _add_batch(writer, life, number, size)
        tell(f"batch {life} {number} {size}")
        if lot.random() < 0.3:
            _erase_one(store, lot, tell)
        if lot.random() < 0.3:
            tell("phase settle")
            store.settle()
        if lot.random() < 0.2:
            _back_up(store, folder, f"{life}-{number}", tell)
    with store.writing() as writer:
        writer.finish_run(life, {"added": number}, _AT)


def _add_batch(writer: StoreWriter, life: int, batch: int, size: int) -> None:
    for index in range(size):
        address = _address(life, batch, index, size)
        page = page_of(address)
        kept, _ = writer.add_page(life, page, address, _AT)
        writer.put_record(life, kept.number, record_of(page))
        writer.put_article(kept.number, address.encode())
        writer.put_placing(Placing(number=kept.number, group=kept.number - index))
    writer.set_mark("links", str(writer.position()))


def _erase_one(store: SqliteStore, lot: random.Random, tell: Tell) -> None:
    with store.reading() as reader:
        kept = lot.choice(reader.pages())
    tell("phase erase")
    with store.writing() as writer:
        writer.remove(kept.number, "asked for", erase=True)
    tell(f"erased {kept.id}")


def _back_up(store: SqliteStore, folder: Path, name: str, tell: Tell) -> None:
    tell("phase backup")
    with store.reading() as reader:
        pages = reader.counts()["pages"]
    backup(store.path.parent, folder / f"{name}.db")
    tell(f"backup {name} {pages}")


def judge(folder: Path, heard: list[str]) -> list[str]:
    """What is lost or half: after a kill the workspace must open at once, be sound, and hold all that was told."""
    faults = [f"half: the work failed: {line}" for line in heard if line.startswith("fault")]
    workspace = folder / "workspace"
    _record()  # so that the next child, a fork, need not make it
    if not heard and not (workspace / DATABASE).exists():
        return faults
    try:
        faults += _judge_backups(folder, heard)
        with closing(_opened(workspace, heard)) as store:
            faults += [f"half: {line}" for line in store.check(thoroughly=True)]
            with store.reading() as reader:
                faults += [*_judge_pages(reader), *_judge_batches(reader, heard), *_judge_erased(reader, heard)]
    except MingjianError as error:
        faults.append(f"lost: {error}")
    return faults


def _opened(workspace: Path, heard: list[str]) -> SqliteStore:
    """By turns as a reader, which leaves the log to the next child, and as a writer, which takes it in."""
    newest = any(line.startswith("batch") for line in heard)
    return open_workspace(workspace, write=not newest or len(heard) % 2 == 0, create=True)


def _judge_pages(reader: StoreReader) -> Iterator[str]:
    for kept in reader.pages(0, 1_000_000):
        if kept.erased or not kept.address.startswith("https://kill"):
            continue
        page = page_of(kept.address)
        if reader.original(kept.number) != page:
            yield f"half: page {kept.number} is not what was added"
        if reader.record(kept.number) != record_of(page):
            yield f"half: page {kept.number} has another record, or none"
        if reader.articles([kept.number]) != {kept.number: kept.address.encode()}:
            yield f"half: page {kept.number} has another article, or none"


def _judge_batches(reader: StoreReader, heard: list[str]) -> Iterator[str]:
    there: Counter[tuple[int, int]] = Counter()
    sizes: dict[tuple[int, int], int] = {}
    for kept in reader.pages(0, 1_000_000):
        found = _ADDRESS.fullmatch(kept.address)
        if found:
            life, batch, _, size = map(int, found.groups())
            there[life, batch] += 1
            sizes[life, batch] = size
    yield from (
        f"half: {there[batch]} of {sizes[batch]} pages of {batch}" for batch in there if there[batch] != sizes[batch]
    )
    for line in heard:
        word, *rest = line.split()
        if word == "batch" and (int(rest[0]), int(rest[1])) not in there:
            yield f"lost: {line}"
    if "golden" in heard and len([1 for kept in reader.pages() if kept.address.endswith(("news.invalid/1", "/3"))]) < 3:
        yield "lost: pages of the old version"
    runs = [run.number for run in reader.runs()]
    if runs != list(range(1, len(runs) + 1)):
        yield "lost: a run"


def _judge_erased(reader: StoreReader, heard: list[str]) -> Iterator[str]:
    for line in heard:
        word, *rest = line.split()
        if word == "erased" and not all(kept.erased for kept in reader.find(rest[0])):
            yield f"lost: {line}"


def _judge_backups(folder: Path, heard: list[str]) -> Iterator[str]:
    """Those that were told must be there; whatever bears its name must be sound. They are taken away then."""
    told = {rest[0]: int(rest[1]) for word, *rest in map(str.split, heard) if word == "backup"}
    for name in told:
        if not (folder / f"{name}.db").exists() and not (folder / f"{name}.seen").exists():
            yield f"lost: backup {name}"
    for path in sorted(folder.glob("*.db")):
        with closing(SqliteStore(path)) as store, store.reading() as reader:
            yield from (f"half: backup {path.name}: {line}" for line in store.check(thoroughly=True))
            if reader.counts()["pages"] < told.get(path.stem, 0):
                yield f"lost: pages of backup {path.name}"
        path.rename(path.with_suffix(".seen"))
    for path in folder.glob(".*.part*"):
        path.unlink()


def page_of(address: str) -> Page:
    """The page that stands there: text of any length that nobody can guess but from the address."""
    lot = random.Random(address)
    filler = "".join(map(chr, lot.choices(range(0x4E00, 0x9FA5), k=lot.randrange(_LONGEST))))
    return text_page(address, f"{_WORDS}{filler}".encode())


def record_of(page: Page) -> Record:
    """A record of the page, whose spans stand in the words with which all of them begin."""
    record = _record()
    reference = replace(
        record.page, sha256=page.sha256, text_sha256=page.text_sha256, n_chars=len(page.text), path=page.path
    )
    return replace(record, page=reference)


@cache
def _record() -> Record:
    return extract(text_page("kill", _WORDS.encode()))


def _address(life: int, batch: int, index: int, size: int) -> str:
    return f"https://kill.invalid/{life}/{batch}/{index}/{size}"
