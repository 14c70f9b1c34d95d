"""The books of a workspace: brought up to where the truth is, made anew where they are of another version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from mingjian.core.model.corpus import Step
from mingjian.core.model.things import ThingDecision
from mingjian.core.storing import Store, StoreReader
from mingjian.corpus.books.deciding import Resolved, last_words, resolved_decisions
from mingjian.corpus.books.keeping import Entry, keep_pages, usual_ways
from mingjian.corpus.books.pages import shelved_page
from mingjian.errors import VersionError
from mingjian.store.books import BooksWriter, pack
from mingjian.store.files import remove_folder

_unpack_resolved = msgspec.msgpack.Decoder(Resolved).decode

STEPS = 4_000  # of the journal that are followed at once
_FOLLOWED = frozenset({"added", "extracted", "superseded", "removed", "returned", "regrouped", "decided", "reviewed"})


def follow_books(store: Store, folder: Path, generation: str) -> Iterator[int]:
    """Bring the books up to date, some thousand steps of the journal at a time; tells how far they are each time."""
    with closing(_opened(folder, generation)) as index:
        while True:
            with store.reading() as reader:
                steps = reader.journal(index.position(), STEPS)
                if not steps:
                    return
                decisions = last_words(_resolved(index, reader, steps))
                numbers = _touched(index, steps, decisions)
                entries = (Entry(number, shelved_page(reader, number)) for number in numbers)
                keep_pages(index, entries, decisions, steps[-1].position, usual_ways())
            yield steps[-1].position


def _opened(folder: Path, generation: str) -> BooksWriter:
    try:
        return BooksWriter.open_or_make(folder, generation)
    except VersionError:
        remove_folder(folder)
        return BooksWriter.open_or_make(folder, generation)


def _resolved(index: BooksWriter, reader: StoreReader, steps: Iterable[Step]) -> list[Resolved]:
    """What people decided, as it stands now: only of pages that steps speak of it is looked for again."""
    known = {number: _unpack_resolved(content) for number, content in index.resolved()}
    pages = (reader.page(number) for number in {step.number for step in steps} if known)
    found = resolved_decisions(reader, known, {page.address for page in pages if page is not None})
    if found != list(known.values()):
        with index.writing(index.position()):
            index.put_resolved([(one.number, pack(one)) for one in found])
    return found


def _touched(index: BooksWriter, steps: Iterable[Step], decisions: Iterable[ThingDecision]) -> list[int]:
    """The pages of the steps, and those of which people decided what the books do not know, or undid what they know."""
    changed = set(index.decisions()).symmetric_difference(decisions)
    spoken = index.page_numbers(ref.page for said in changed for ref in (said.first, said.second))
    return sorted({step.number for step in steps if step.kind in _FOLLOWED} | set(spoken))
