"""The search index of a workspace: brought up to where the truth is, made anew where it cannot be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from mingjian.core.model.corpus import Step
from mingjian.core.search.documents import Documents, Version, documents_of
from mingjian.core.storing import Store, StoreReader
from mingjian.corpus.pages import standing_page
from mingjian.store.search import SearchWriter

STEPS = 20_000  # of the journal that are followed at once: each time three indexes reach the disk, and segments grow
_FEW, _MANY = 16, 128  # steps that are followed once more: a page alone makes two
_FOLLOWED = frozenset({"added", "extracted", "superseded", "removed", "returned", "regrouped", "reviewed"})


def follow_search(store: Store, folder: Path, generation: str) -> Iterator[int]:
    """Bring the index up to date, some thousand steps of the journal at a time; tells how far it is each time.

    A page is looked at with its last step: until then, the journal says that it is not done. Where little is new, what
    came shortly before is added once more with it, so that both become one small segment in place of the last: pages
    that come one by one would else make one each, and every eighth be merged with thousands of others.
    """
    with SearchWriter(folder, generation) as index:
        with store.reading() as reader:
            position = reader.position()
        if position == index.position:
            return
        new = position - index.position
        few = min(max(_FEW, 3 * new), _MANY)
        start = index.tail if position - index.tail <= few else index.position
        last = {step.number: step.position for step in _steps(store, start) if step.kind in _FOLLOWED}
        for steps in batched(_steps(store, start), STEPS):
            _follow(store, index, [step.number for step in steps if last.get(step.number) == step.position])
            index.commit(steps[-1].position, start)
            yield steps[-1].position


def _follow(store: Store, index: SearchWriter, pages: Sequence[int]) -> None:
    with store.reading() as reader:
        for number in pages:
            documents = _documents(reader, number)
            if documents is None:
                index.remove((number,))
            else:
                index.add((documents,))


def _steps(store: Store, position: int) -> Iterator[Step]:
    while True:
        with store.reading() as reader:
            steps = reader.journal(position)
        if not steps:
            return
        yield from steps
        position = steps[-1].position


def batched(steps: Iterable[Step], size: int) -> Iterator[list[Step]]:
    """The steps, so many at a time."""
    taken = iter(steps)
    while batch := list(islice(taken, size)):
        yield batch


def _documents(reader: StoreReader, number: int) -> Documents | None:
    """What of the page can be found; nothing of one that does not stand, or has no record."""
    page = standing_page(reader, number)
    if page is None:
        return None
    placing = reader.placings((number,)).get(number)
    group = None if placing is None else placing.group
    version = Version(number, group, folded=group not in (None, number), id=page.kept.id)
    return documents_of(page.record, page.text, version)
