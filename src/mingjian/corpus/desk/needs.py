"""Needs on the desk: kept, looked at again, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from mingjian.core.books import Books
from mingjian.core.match.asking import MOST, match_sought
from mingjian.core.match.news import mentions_of, new_among, states_of
from mingjian.core.match.telling import Words
from mingjian.core.model.needs import NEED_STATES, KeptNeed, NeedEntry, NeedLook, NeedState, Sought
from mingjian.corpus.clock import now
from mingjian.corpus.desk.telling import undamaged
from mingjian.errors import AmbiguousError, QuestionError, UnknownError
from mingjian.store.desk import DeskFile
from mingjian.store.desk.needs import (
    add_entry,
    entries_of,
    hits_seen,
    keep_need,
    mark_seen,
    needs_kept,
    needs_position,
)

_LONGEST = 2_000  # characters of a contact or a note that are kept


class Needs:
    """The needs that people keep; ``Desk.needs`` is one.

    Keeping and saying takes a transaction of milliseconds on the desk, whoever writes to the workspace meanwhile.
    """

    def __init__(self, file: DeskFile) -> None:
        self._file = file

    def keep(self, sought: Sought, *, who: str, name: str = "") -> KeptNeed:
        """Keep a need as it is asked; without a name it bears its words. ``QuestionError`` where nobody keeps it."""
        _named(who)
        called = name.strip() or sought.words.strip() or sought.thing or ""
        with undamaged(), self._file.writing() as desk:
            return keep_need(desk, called, sought, who.strip(), now())

    def all(self, states: Sequence[NeedState] = ()) -> Sequence[KeptNeed]:
        """The needs, the newest first: all, or those that have come so far."""
        with undamaged(), self._file.reading() as desk:
            return [need for need in needs_kept(desk) if not states or need.state in states]

    def called(self, beginning: str) -> KeptNeed:
        """The one need whose id begins so; raises ``UnknownError`` for none, ``AmbiguousError`` for several."""
        words, place = beginning.strip().lower(), str(self._file.path)
        with undamaged(), self._file.reading() as desk:
            found = needs_kept(desk, words) if words else ()
        if len(found) == 1:
            return found[0]
        if found:
            listed = "; ".join(f"{need.id} ({need.name})" for need in found[:8])
            raise AmbiguousError(place, f"{words!r} begins the ids of several needs: {listed}", "give more of one")
        raise UnknownError(
            place, f"no need has an id that begins with {words!r}", "give one that the list of needs shows"
        )

    def say(  # noqa: PLR0913 - what a person says has so many sides
        self,
        beginning: str,
        *,
        who: str,
        state: str | None = None,
        contact: str = "",
        note: str = "",
        hit: str = "",
        books: Books | None = None,
    ) -> NeedEntry:
        """Add to the log what became of a need, or of one of its hits (the id of a thing); the last entry holds.

        Without a ``state`` it stays what it was. With ``books`` the hit is known again though it is another thing by
        then. Raises ``QuestionError`` for a state that is none, and where nobody says it.
        """
        _named(who)
        need = self.called(beginning)
        mentions = () if books is None or not hit else mentions_of(books, (hit,))[hit]
        with undamaged(), self._file.writing() as desk:
            before = [one for one in entries_of(desk, need.number) if one.hit == hit]
            last: NeedState = before[-1].state if before else "open"
            entry = NeedEntry(
                number=0,
                need=need.id,
                hit=hit,
                state=last if state is None else _state_called(state),
                contact=contact.strip()[:_LONGEST],
                note=note.strip()[:_LONGEST],
                who=who.strip(),
                at=now(),
                mentions=mentions,
            )
            return add_entry(desk, need.number, entry)

    def log(self, beginning: str) -> Sequence[NeedEntry]:
        """All that was said of a need and its hits, the first first."""
        need = self.called(beginning)
        with undamaged(), self._file.reading() as desk:
            return entries_of(desk, need.number)

    def look(self, books: Books, words: Words, beginning: str, behind: int = 0) -> NeedLook:
        """What answers a need now, and which of it is new; nothing is marked as seen."""
        need = self.called(beginning)
        with undamaged(), self._file.reading() as desk:
            seen, log = hits_seen(desk, need.number), entries_of(desk, need.number)
        matching = match_sought(books, words, msgspec.structs.replace(need.sought, limit=MOST), now()[:10])
        mentions = mentions_of(books, (hit.thing for hit in matching.hits))
        shown = msgspec.structs.replace(matching, hits=matching.hits[: need.sought.limit], behind=behind)
        new = new_among({hit.thing: mentions[hit.thing] for hit in shown.hits}, seen)
        passages = tuple(one.id for one in shown.passages)
        return NeedLook(
            kept=need,
            matching=shown,
            new=new,
            mentions={**mentions, **dict.fromkeys(passages, ())},
            states=states_of(mentions, log),
            new_passages=tuple(one for one in passages if one not in seen),
        )

    def seen(self, beginning: str, mentions: Mapping[str, Sequence[str]]) -> None:
        """Mark hits as seen, as a look gives them with their mentions: they are new no more."""
        need = self.called(beginning)
        with undamaged(), self._file.writing() as desk:
            mark_seen(desk, need.number, mentions, now())

    def position(self) -> str:
        """What names the state of the needs: another one whenever anything was kept, said or seen."""
        with undamaged(), self._file.reading() as desk:
            return needs_position(desk)


def _named(who: str) -> None:
    if not who.strip():
        raise QuestionError(who, "names nobody", "say who keeps the need")


def _state_called(state: str) -> NeedState:
    if state not in NEED_STATES:
        raise QuestionError(state, "is no state of a need", f"give one of {', '.join(NEED_STATES)}")
    return state
