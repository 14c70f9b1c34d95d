"""The desk: facts that people accept, correct, reject or add, whatever else is written to the workspace meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.facts import Fact
from mingjian.core.model.review import (
    Agreement,
    PartChange,
    Queue,
    QueueAsked,
    Review,
    Reviewed,
    ReviewState,
    RuleReviews,
    Verb,
)
from mingjian.core.review.agreement import agreements
from mingjian.core.review.applying import apply_reviews
from mingjian.core.review.erring import rules_reviewed
from mingjian.core.review.facts import decode_fact
from mingjian.core.review.trial import Held
from mingjian.corpus.adding import Extract
from mingjian.corpus.clock import now
from mingjian.corpus.desk.exporting import export, held_against
from mingjian.corpus.desk.needs import Needs
from mingjian.corpus.desk.saying import Looked, Saying, known_subject, made_review, what_it_became
from mingjian.corpus.desk.telling import Telling, undamaged
from mingjian.corpus.desk.waiting import Waiting
from mingjian.corpus.indexes import Indexes
from mingjian.corpus.pages import page_called
from mingjian.corpus.status import AtDesk
from mingjian.errors import MeanwhileError, ReviewError, SearchIndexError, StoreError, UnknownError
from mingjian.run import extract_many
from mingjian.store import SqliteStore, open_workspace
from mingjian.store.desk import DeskFile
from mingjian.store.desk.needs import needs_counted
from mingjian.store.desk.reviews import (
    add_review,
    desk_name,
    forget_words,
    log_position,
    review_numbered,
    reviews_after,
    reviews_at,
    reviews_counted,
    undo_review,
)

EVERYTHING = QueueAsked()


class ReviewedPage(msgspec.Struct, frozen=True):
    """A page with its text layer and its record as people are told it, and what became of each claim."""

    kept: KeptPage
    text: str
    reviewed: Reviewed


class ReviewedFact(msgspec.Struct, frozen=True):
    """A fact of a page as reviewers look at it.

    ``claim`` names what is judged, ``state`` what became of it so far (nothing where nobody said anything that stands),
    ``reviews`` all that was said of it, the first first; of a fact that was rejected it is the one that stood.
    ``rule`` made it.
    """

    page: ReviewedPage
    kind: str
    fact: Fact
    claim: str
    rule: str
    state: ReviewState | None
    reviews: tuple[Review, ...]

    @property
    def seen(self) -> int:
        """The number of the last review of it, 0 where there is none: what whoever looks at this has seen."""
        return max((review.number for review in self.reviews), default=0)


class Desk:
    """The desk of an open workspace; ``Corpus.desk`` is one.

    Any number of people write at the same time, in transactions of milliseconds: the lock of the one who adds pages is
    not asked for. Ledgers and search know of a review once ``Corpus.follow`` was there; ``page`` knows at once.
    """

    def __init__(self, folder: Path, store: SqliteStore, indexes: Indexes, file: DeskFile) -> None:
        self.folder = folder
        self.telling = Telling(file)
        self.needs = Needs(file)
        self.waiting = Waiting(store, indexes, file, self.telling)
        self._store = store
        self._file = file

    @classmethod
    def open(cls, folder: str | Path, *, write: bool = False) -> Self:
        """The desk of the workspace in a folder; without ``write`` nothing can be said.

        Raises ``StoreError`` where the folder is no workspace, cannot be used, is damaged, or of another version.
        """
        place = Path(folder)
        store = open_workspace(place)
        return cls(place, store, Indexes(store, place, None), DeskFile(place, write=write))

    def page(self, page: str, *, removed: bool = False) -> ReviewedPage:
        """The page whose id begins so, with its record as people are told it; ``StoreError`` for none, or several.

        Raises ``UnknownError`` for one that was taken out, unless ``removed`` ones are asked for too.
        """
        looked = self._looked(page, removed=removed)
        return ReviewedPage(looked.kept, looked.text, looked.told)

    def fact(self, page: str, fact: str) -> ReviewedFact:
        """The fact of this id; for the id of one that people corrected since, what it is now.

        Raises ``UnknownError`` where the page has no such fact and never had one that anybody spoke of.
        """
        looked = self._looked(page)
        found = _reviewed_fact(looked, fact)
        if found is None:
            raise UnknownError(looked.kept.id, f"has no fact {fact!r}", "take one that the page shows")
        return found

    def facts(self, page: str, facts: Iterable[str]) -> Mapping[str, ReviewedFact]:
        """The facts of one page by these ids, without those that it has not; none of a page that is not there."""
        try:
            looked = self._looked(page)
        except UnknownError:
            return {}
        found = {fact: _reviewed_fact(looked, fact) for fact in facts}
        return {fact: held for fact, held in found.items() if held is not None}

    def review(  # noqa: PLR0913 - what a person says has so many sides
        self,
        page: str,
        fact: str,
        verb: Verb,
        *,
        who: str,
        why: str = "",
        changes: Sequence[PartChange] = (),
        seen: int | None = None,
    ) -> Review:
        """Keep what somebody says of one fact, by its id: ``accept``, ``correct`` (with changes) or ``reject``.

        ``seen`` is the number of the last review of the fact that the reviewer knew of (0: none), where that matters;
        without it a fact that was corrected, and is told no more, is not spoken of.
        Raises ``ReviewError`` where it cannot be kept: there is no such fact, a rejection without a reason, a change
        that words do not tell, or somebody said something meanwhile that the reviewer has not seen.
        """
        saying = Saying(verb=verb, who=who, why=why, changes=tuple(changes), at=now())
        with self._store.reading() as reader:
            looked = self._looked(page)
            became = what_it_became(looked, fact) if seen is None else None
            if became is not None:
                raise MeanwhileError(fact, "was corrected, and is told no more", f"look at {became}, which stands now")
            original = reader.original(looked.kept.number) if verb == "correct" else None
        return self._keep(made_review(looked, fact, saying, original), seen)

    def add(self, page: str, kind: str, changes: Sequence[PartChange], *, who: str, why: str = "") -> Review:
        """Keep a fact that the rules missed: one of the changes is its ``evidence``; ``ReviewError`` as ``review``."""
        saying = Saying(verb="add", who=who, why=why, changes=tuple(changes), at=now())
        with self._store.reading() as reader:
            looked = self._looked(page)
            original = reader.original(looked.kept.number)
        return self._keep(made_review(looked, kind, saying, original), None)

    def preview(self, page: str, of: str, changes: Sequence[PartChange], *, adding: bool = False) -> Fact:
        """The fact as these changes make it, by its id, or by its kind one that is added; nothing is kept.

        Raises ``ReviewError`` where it could not be kept.
        """
        saying = Saying(verb="add" if adding else "correct", who="—", changes=tuple(changes), at="")
        looked = self._looked(page)
        with self._store.reading() as reader:
            original = reader.original(looked.kept.number)
        review = made_review(looked, of, saying, original)
        return decode_fact(review.kind, review.outcome)

    def undo(self, number: int, *, who: str) -> Review:
        """Take a review back, which stays in the log; raises ``ReviewError`` for a number of none."""
        if not who.strip():
            raise ReviewError("who", "is empty", "say who takes the review back")
        with undamaged(), self._file.writing() as desk:
            return undo_review(desk, number, who.strip(), now())

    def reviews_of(self, page: str) -> Sequence[Review]:
        """All that was said of facts of the page and its other versions, in the order of the log."""
        with self._store.reading() as reader:
            kept = page_called(reader, page, str(self.folder))
        with undamaged(), self._file.reading() as desk:
            return reviews_at(desk, kept.address)

    def numbered(self, number: int) -> Review:
        """The review of this number; raises ``ReviewError`` where there is none."""
        with undamaged(), self._file.reading() as desk:
            return review_numbered(desk, number)

    def all(self, after: int = 0, limit: int = -1) -> Sequence[Review]:
        """Reviews behind a number, in the order of the log, those that were taken back too; at most so many."""
        with undamaged(), self._file.reading() as desk:
            return reviews_after(desk, after, limit)

    def queue(self, asked: QueueAsked = EVERYTHING, *, follow: bool = True) -> Queue:
        """The facts that are worth a look, what needs it most first, each with the reasons.

        What they are chosen from is brought up to date before, which takes a while the first time; without ``follow``
        that is left to others, and ``behind`` tells how far it is.
        """
        return self.waiting.queue(asked, follow=follow)

    def agreement(self) -> Sequence[Agreement]:
        """How far each two reviewers agree, over all kinds and kind by kind."""
        return list(agreements(self.all()))

    def rules(self) -> Sequence[RuleReviews]:
        """What people said of what each rule made, the rule that erred most often first."""
        return rules_reviewed(self.all())

    def export(self, to: str) -> Iterator[str]:
        """What people said as labelled data, line by line without line feeds, as ``jsonl``, ``conll`` or ``w3c``.

        Raises ``ReviewError`` for another format.
        """
        reviews = self.all()
        with self._store.reading() as reader:
            yield from export(reader, reviews, to)

    def held(self, extract: Extract = extract_many) -> Iterator[Held]:
        """What is extracted now of each claim that people judged, page by page: whether it is as they have it.

        It is the bundled rules that extract, in this process, unless another way is given.
        """
        reviews = self.all()
        with self._store.reading() as reader:
            yield from held_against(reader, reviews, extract)

    def kept(self) -> tuple[int, int]:
        """How many reviews stand, and how many needs are kept."""
        with undamaged(), self._file.reading() as desk:
            reviews, undone, _ = reviews_counted(desk)
            return reviews - undone, needs_counted(desk)

    def counts(self) -> AtDesk:
        """How much people said, and how much waits for them."""
        with undamaged(), self._file.reading() as desk:
            (reviews, undone, reviewers), needs = reviews_counted(desk), needs_counted(desk)
        try:
            waiting = self.queue(QueueAsked(limit=0), follow=False).total
        except SearchIndexError:
            waiting = None
        return AtDesk(reviews=reviews, undone=undone, reviewers=reviewers, waiting=waiting, needs=needs)

    def position(self) -> str:
        """What names the state of the log: another one whenever anything was said or taken back."""
        with undamaged(), self._file.reading() as desk:
            return f"{desk_name(desk)}:{log_position(desk)}" if self._file.is_there() else ""

    def check(self, *, thoroughly: bool = False) -> Iterator[str]:
        """What is wrong with the desk, a line each with what to do."""
        yield from self._file.check(thoroughly=thoroughly)
        try:
            for _ in self.all() if thoroughly else ():
                pass
        except StoreError as error:
            yield str(error)

    def forget(self, pages: Iterable[KeptPage]) -> None:
        """Take the words of pages that are erased out of what was said of them."""
        if self._file.is_there():
            with undamaged(), self._file.writing() as desk:
                forget_words(desk, [page.id for page in pages])
            self._file.settle()

    def close(self) -> None:
        """Let the files go; the workspace stays open, whoever opened it closes it."""
        self.waiting.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()
        self._store.close()

    def _looked(self, page: str, *, removed: bool = False) -> Looked:
        """What the reviewer looks at: the page as told, as the rules made it, and what was said of it."""
        with self._store.reading() as reader:
            kept = page_called(reader, page, str(self.folder))
            if kept.removed is not None and not removed:
                raise UnknownError(kept.id, f"was taken out ({kept.removed})", "bring it back before it is reviewed")
            record = None if kept.erased else reader.record(kept.number)
            if record is None:
                raise StoreError(kept.id, "has no record", "extract it again with `mingjian reextract`")
            text = reader.text(kept.number)
        reviews = self.telling.reviews_at(kept.address)
        return Looked(kept, text, record, apply_reviews(record, text, kept.id, reviews), reviews)

    def _keep(self, review: Review, seen: int | None) -> Review:
        with undamaged(), self._file.writing() as desk:
            if seen is not None:
                newer = [
                    one for one in reviews_at(desk, review.address) if one.claim == review.claim and one.number > seen
                ]
                if newer:
                    said = f"{newer[-1].who} said {newer[-1].verb} of it meanwhile (review {newer[-1].number})"
                    raise MeanwhileError(review.claim, said, "look at it again")
            return add_review(desk, review)


def _reviewed_fact(looked: Looked, fact: str) -> ReviewedFact | None:
    subject = known_subject(looked, fact)
    if subject is None:
        return None
    return ReviewedFact(
        page=ReviewedPage(looked.kept, looked.text, looked.told),
        kind=subject.kind,
        fact=subject.fact,
        claim=subject.claim,
        rule=subject.rule,
        state=next((state for state in looked.told.states if state.claim == subject.claim), None),
        reviews=tuple(review for review in looked.reviews if review.claim == subject.claim),
    )
