"""The queue of the desk: what waits for a look, kept beside the pages and asked for page by page."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import msgspec

from mingjian.core.model.review import Queue, QueueAsked, QueuedFact
from mingjian.core.review.settings import review_settings
from mingjian.corpus.desk.following import follow_queue, steps_behind
from mingjian.corpus.desk.logged import Log, Said
from mingjian.corpus.desk.queueing import Asking, Counts
from mingjian.corpus.desk.returning import returned, suspects
from mingjian.corpus.desk.telling import Telling, undamaged
from mingjian.corpus.indexes import QUEUE, Indexes
from mingjian.errors import UnmadeError
from mingjian.store import SqliteStore
from mingjian.store.desk import DeskFile
from mingjian.store.desk.reviews import desk_name, log_position, verdicts
from mingjian.store.queue import QueueIndex, is_there

_COUNTED = 64  # questions whose counts are kept until something changes


class Waiting:
    """What waits for a look in one workspace. Threads take turns: a question takes milliseconds."""

    def __init__(self, store: SqliteStore, indexes: Indexes, file: DeskFile, telling: Telling) -> None:
        self._store = store
        self._indexes = indexes
        self._file = file
        self._telling = telling
        self._turn = threading.Lock()
        self._index: QueueIndex | None = None
        self._log = Log()
        self._returned: dict[str, Sequence[QueuedFact]] = {}
        self._every: dict[bytes, Counts] = {}
        self._counts: dict[bytes, tuple[int, dict[str, int]]] = {}
        self._states: tuple[object, object] = (None, None)

    def queue(self, asked: QueueAsked, *, follow: bool) -> Queue:
        """The facts that answer; raises ``UnmadeError`` where the index is not there and cannot be made."""
        with self._turn:
            index = self._opened(follow=follow)
            said = self._all_said()
            self._forget_what_changed((index.mark("position"), index.mark("books")), said)
            asking = Asking(index, asked, said, self._all_returned(index, said))
            every = self._all_that_answer(asking, asked)
            total, by_reason = self._counted(asking, asked, every)
            facts = tuple(asking.facts(every))
            behind = 0 if follow else steps_behind(self._store, index)
            return Queue(facts=facts, total=total, by_reason=by_reason, behind=behind)

    def follow_if_used(self) -> None:
        """Bring the queue up to date where anybody ever asked for it."""
        if is_there(self._indexes.folder(QUEUE)):
            with self._turn:
                self._opened(follow=True)

    def close(self) -> None:
        """Let the index go."""
        with self._turn:
            if self._index is not None:
                self._index.close()
                self._index = None

    def _opened(self, *, follow: bool) -> QueueIndex:
        if follow:
            if self._index is not None:
                self._index.close()
                self._index = None
            self._index = follow_queue(self._store, self._indexes)
        elif self._index is None or not is_there(self._indexes.folder(QUEUE)):
            folder, generation = self._indexes.folder(QUEUE), self._indexes.queue_generation()
            self._index = QueueIndex.open(folder, generation, review_settings().least, make=False)
        if self._index is None:
            problem = "the facts of the pages were not weighed yet"
            raise UnmadeError(str(self._indexes.folder(QUEUE)), problem, "run `mingjian review queue` once")
        return self._index

    def _log_place(self) -> tuple[str, int]:
        """Which log it is, and its last place."""
        if not self._file.is_there():
            return "", 0
        with undamaged(), self._file.reading() as desk:
            return desk_name(desk), log_position(desk)

    def _all_said(self) -> Said:
        """What all reviews say: of the log only what was said since the last question is read."""
        name, place = self._log_place()
        if name != self._log.name or place < self._log.place:  # another log was put in its place
            self._log = Log(name)
            self._returned.clear()
        if place != self._log.place:
            with undamaged(), self._file.reading() as desk:
                lately = verdicts(desk, self._log.place)
            self._log.follow(lately, place)
            for one in lately:
                self._returned.pop(one.address, None)
        return self._log.said

    def _all_returned(self, index: QueueIndex, said: Said) -> Sequence[QueuedFact]:
        asked = sorted(self._log.addresses_of(suspects(index, said)))
        missing = [address for address in asked if address not in self._returned]
        if missing:
            with self._store.reading() as reader:
                for address in missing:
                    self._returned[address] = list(returned(reader, self._telling, (address,)))
        return [one for address in asked for one in self._returned[address]]

    def _forget_what_changed(self, pages: object, said: object) -> None:
        if pages != self._states[0]:
            self._every.clear()
            self._returned.clear()
        if pages != self._states[0] or said is not self._states[1]:
            self._counts.clear()
        self._states = (pages, said)

    def _all_that_answer(self, asking: Asking, asked: QueueAsked) -> Counts:
        key = msgspec.json.encode(msgspec.structs.replace(asked, limit=0, offset=0, seen="all", who=None))
        if len(self._every) >= _COUNTED:
            self._every.clear()
        if key not in self._every:
            self._every[key] = asking.counted()
        return self._every[key]

    def _counted(self, asking: Asking, asked: QueueAsked, every: Counts) -> tuple[int, dict[str, int]]:
        key = msgspec.json.encode(msgspec.structs.replace(asked, limit=0, offset=0))
        if len(self._counts) >= _COUNTED:
            self._counts.clear()
        if key not in self._counts:
            self._counts[key] = asking.counts(every)
        return self._counts[key]
