"""What ``bench.kill`` kills, and how it judges what is left: a whole workspace with links and search.

    python -m bench.kill --work bench.kill_corpus:work --judge bench.kill_corpus:judge

The work tells ``added ADDRESS ID`` of each page when ``Corpus.add`` does, and ``removed ID`` of each that was removed.
Killed at any moment, also while links or search follow, the workspace must open, be sound, follow to the end, and then
find every page that was told.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from bench.kill import Tell
from bench.kill_work import page_of, record_of
from mingjian.core.model.failure import Failure
from mingjian.core.model.wire import encode_record
from mingjian.corpus import Corpus
from mingjian.corpus.adding import Item, Result
from mingjian.errors import MingjianError
from mingjian.run import Extracted
from mingjian.store import DATABASE

PHASES = ("open", "add", "remove", "follow", "reindex", "close")
_LARGEST_BATCH = 40


def work(folder: Path, seed: int, tell: Tell) -> None:
    """Adds, removes, follows, forgets its indexes, closes and opens again, until it is killed."""
    lot = random.Random(seed)
    while True:
        tell("phase open")
        corpus = Corpus.open(folder / "workspace", write=True, create=True)
        for number in range(lot.randrange(1, 4)):
            tell("phase add")
            addresses = [f"{seed}-{lot.random()}-{number}-{index}" for index in range(lot.randrange(1, _LARGEST_BATCH))]
            for added in corpus.add(map(page_of, addresses), _records):
                tell(f"added {added.doc_id} {added.page.id if added.page else None}")
            if lot.random() < 0.3:
                _remove_one(corpus, lot, tell)
            tell("phase follow")
            deque(corpus.follow(), maxlen=0)
            if lot.random() < 0.3:
                tell("phase reindex")
                corpus.forget_indexes()
        tell("phase close")
        corpus.close()


def judge(folder: Path, heard: list[str]) -> list[str]:
    """What is lost or half."""
    faults = [f"half: the work failed: {line}" for line in heard if line.startswith("fault")]
    workspace = folder / "workspace"
    if not heard and not (workspace / DATABASE).exists():
        return faults
    try:
        with Corpus.open(workspace, write=True, create=True) as corpus:
            faults += [f"half: {line}" for line in corpus.store.check(thoroughly=True)]
            deque(corpus.follow(), maxlen=0)
            faults += [f"half: after following: {line}" for line in corpus.check(thoroughly=True)]
            faults += _judge_told(corpus, heard)
    except MingjianError as error:
        faults.append(f"lost: {error}")
    except Exception as error:  # noqa: BLE001 - whatever it is, the workspace cannot be used as it was left
        faults.append(f"half: {type(error).__name__}: {error}")
    return faults


def _judge_told(corpus: Corpus, heard: list[str]) -> Iterator[str]:
    removed = {line.split()[1] for line in heard if line.startswith("removed")}
    with corpus.store.reading() as reader:
        for word, *rest in map(str.split, heard):
            if word != "added":
                continue
            name, page_id = rest
            found = reader.find(page_id)
            if not found or reader.original(found[0].number) != page_of(name):
                yield f"lost: {name}"
            elif reader.record(found[0].number) != record_of(page_of(name)):
                yield f"half: {name} has another record, or none"
            elif (found[0].removed is not None) < (page_id in removed):
                yield f"lost: the removal of {name}"


def _remove_one(corpus: Corpus, lot: random.Random, tell: Tell) -> None:
    with corpus.store.reading() as reader:
        page = lot.choice(reader.pages())
    tell("phase remove")
    corpus.remove([page.id], "asked for")
    tell(f"removed {page.id}")


def _records(items: Iterator[Item]) -> Iterator[Result]:
    for item in items:
        yield item if isinstance(item, Failure) else Extracted(item, encode_record(record_of(item)))
