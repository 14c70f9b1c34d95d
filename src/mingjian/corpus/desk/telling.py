"""What people are told: the records of the rules with all reviews applied, and the journal that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from mingjian.core.model.record import Record
from mingjian.core.model.review import Review, Reviewed
from mingjian.core.review.applying import apply_reviews
from mingjian.core.storing import Store, StoreReader
from mingjian.errors import DamageError, StoreError
from mingjian.store.desk import DeskFile
from mingjian.store.desk.reviews import addresses_after, desk_name, log_position, reviews_at

REVIEWED = "reviewed"
"""The mark of the journal that says up to which place of which log pages were followed, and the kind of its steps."""


class Telling:
    """Reads records for people. Where nobody ever reviewed anything, it costs one look whether there is a file."""

    def __init__(self, file: DeskFile) -> None:
        self._file = file

    def revise(self, reader: StoreReader, number: int, record: Record) -> Record:
        """The record of the page of this number, with what people said of it."""
        return self.reviewed(reader, number, record).record

    def reviewed(self, reader: StoreReader, number: int, record: Record) -> Reviewed:
        """The same, with what became of each claim."""
        kept = reader.page(number) if self._file.is_there() else None
        reviews = () if kept is None else self.reviews_at(kept.address)
        if kept is None or not reviews or kept.erased:
            return Reviewed(record)
        return apply_reviews(record, reader.text(number), kept.id, reviews)

    def reviews_at(self, address: str) -> Sequence[Review]:
        """All reviews of pages at one address."""
        with undamaged(), self._file.reading() as desk:
            return reviews_at(desk, address)

    def behind(self, reader: StoreReader) -> int:
        """How many pages the journal has yet to say were reviewed."""
        return len(self._waiting(reader)[1])

    def follow(self, store: Store) -> None:
        """Let the journal say which pages people reviewed since it was last asked to, or took reviews of back."""
        with store.reading() as reader:
            if not self._waiting(reader)[1]:
                return
        with store.writing() as writer:
            said, numbers = self._waiting(writer)
            writer.note_reviewed(numbers)
            writer.set_mark(REVIEWED, said)

    def _waiting(self, reader: StoreReader) -> tuple[str, list[int]]:
        """How far the log is, and the pages of which it says what the journal does not know."""
        said = reader.mark(REVIEWED) or ""
        if not self._file.is_there() and not said:
            return "", []
        name, _, reached = said.partition(":")
        with undamaged(), self._file.reading() as desk:
            now, place = desk_name(desk) if self._file.is_there() else "", log_position(desk)
            is_known = name == now and int(reached or 0) <= place
            addresses = addresses_after(desk, int(reached or 0) if is_known else 0)
        numbers = {page.number for address in addresses for page in reader.versions(address) if page.stands}
        if said and not is_known:  # another desk was put in its place: what this one said is told no more
            numbers |= set(_reviewed_before(reader))
        return f"{now}:{place}", sorted(numbers)


def _reviewed_before(reader: StoreReader) -> Iterator[int]:
    after = 0
    while steps := reader.journal(after):
        after = steps[-1].position
        yield from (step.number for step in steps if step.kind == REVIEWED)


@contextmanager
def undamaged() -> Iterator[None]:
    """Within the block damage to the desk is no damage to a page, which would be left out in silence."""
    try:
        yield
    except DamageError as error:
        raise StoreError(error.place, error.problem, error.mend) from error
