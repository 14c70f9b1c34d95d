"""The search index of a workspace: brought up to where the truth is, made anew where it cannot be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from mingjian.core.model.corpus import Step
from mingjian.core.search.documents import Documents, Version, documents_of
from mingjian.core.storing import Store, StoreReader
from mingjian.store.search import SearchWriter

STEPS = 5_000  # of the journal that are followed at once
_FOLLOWED = frozenset({"added", "extracted", "superseded", "removed", "returned", "regrouped"})


def follow_search(store: Store, folder: Path, generation: str) -> Iterator[int]:
    """Bring the index up to date, some thousand steps of the journal at a time; tells how far it is each time."""
    with SearchWriter(folder, generation) as index:
        while steps := _steps(store, index.position):
            with store.reading() as reader:
                for number in _pages(steps):
                    documents = _documents(reader, number)
                    if documents is None:
                        index.remove((number,))
                    else:
                        index.add((documents,))
            index.commit(steps[-1].position)
            yield steps[-1].position


def _steps(store: Store, position: int) -> Sequence[Step]:
    with store.reading() as reader:
        return reader.journal(position, STEPS)


def _pages(steps: Sequence[Step]) -> list[int]:
    return list(dict.fromkeys(step.number for step in steps if step.kind in _FOLLOWED))


def _documents(reader: StoreReader, number: int) -> Documents | None:
    """What of the page can be found; nothing of one that does not stand, or has no record."""
    page = reader.page(number)
    record = reader.record(number) if page is not None and page.stands else None
    if record is None:
        return None
    placing = reader.placings((number,)).get(number)
    version = Version(number) if placing is None else Version(number, placing.group, folded=placing.group != number)
    return documents_of(record, reader.text(number), version)
