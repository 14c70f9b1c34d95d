"""What people decide of pages and things: kept with who and why, and undone without being forgotten."""

from __future__ import annotations

from collections.abc import Iterable

from mingjian.core.model.corpus import Decision
from mingjian.core.model.things import MentionRef
from mingjian.corpus.books.deciding import thing_decisions
from mingjian.corpus.clock import now
from mingjian.corpus.pages import page_called
from mingjian.errors import MeanwhileError, QuestionError
from mingjian.store import SqliteStore


def must_have_seen(decisions: Iterable[Decision], ids: tuple[str, str], seen: int | None) -> None:
    """Silence, or ``MeanwhileError`` where a decision of the same two, later than the one that was seen, stands."""
    for one in decisions:
        if seen is not None and one.number > seen and one.undone is None and set(one.ids) == set(ids):
            kind = one.kind.partition("-")[0]
            raise MeanwhileError(ids[0], f"{one.who} decided {kind} of the same two meanwhile", "look at it again")


class Decisions:
    """The decisions of a workspace, which must be open for writing where something is decided."""

    def __init__(self, store: SqliteStore, place: str) -> None:
        self._store = store
        self._place = place

    def of_pages(self, kind: str, pages: tuple[str, str], who: str, why: str, seen: int | None = None) -> Decision:
        """Keep that two pages belong together (``merge``) or apart (``split``).

        ``seen`` is the number of the last decision that is known to whoever decides: raises ``MeanwhileError`` where a
        later one of the same two stands.
        """
        with self._store.writing() as writer:
            first, second = (page_called(writer, page, self._place) for page in pages)
            if first.number == second.number:
                raise QuestionError(first.id, "is named twice", "name two different pages")
            must_have_seen(writer.decisions(), (first.id, second.id), seen)
            return writer.decide(kind, (first.id, second.id), who, why, now())

    def of_things(
        self, kind: str, mentions: tuple[MentionRef, MentionRef], who: str, why: str, seen: int | None = None
    ) -> Decision:
        """Keep that two mentions are of one thing (``merge``), or of two (``split``); ``seen`` as of pages."""
        first, second = mentions
        if first == second:
            raise QuestionError(first.fact, "is named twice", "name two different mentions or things")
        with self._store.writing() as writer:
            must_have_seen(writer.decisions(), (first.anchor, second.anchor), seen)
            return writer.decide(f"{kind}-things", (first.anchor, second.anchor), who, why, now())

    def on_things(self) -> list[Decision]:
        """What people decided of things, undone decisions too."""
        with self._store.reading() as reader:
            return thing_decisions(reader)

    def undo(self, number: int, who: str) -> Decision:
        """Undo a decision, which stays on the books."""
        with self._store.writing() as writer:
            return writer.undo(number, who, now())
