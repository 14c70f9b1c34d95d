"""Runs: which command wrote what. One that writes nothing leaves no trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from mingjian.core.storing import Store, StoreWriter
from mingjian.corpus.clock import is_behind


class OpenRun:
    """A run that is begun with the first transaction in which it writes, and finished with its counts.

    ``interrupted`` are the numbers of earlier runs that were never finished: what they were doing may be going on in
    this one. They are finished with it. ``clashes`` counts for a name the last number that was given to a page that
    bears it too. ``notices`` are for the user to read.
    """

    def __init__(self, command: str, program: str, rules: str, clock: Callable[[], str]) -> None:
        self._said = (command, program, rules)
        self._clock = clock
        self.number: int | None = None
        self.interrupted: frozenset[int] = frozenset()
        self.counts: Counter[str] = Counter()
        self.clashes: Counter[str] = Counter()
        self.notices: list[str] = []

    def within(self, writer: StoreWriter) -> int:
        """The number of the run, begun within this transaction where it was not yet."""
        if self.number is None:
            last, at = writer.last_run(), self._clock()
            self.interrupted = frozenset(run.number for run in writer.unfinished_runs())
            if last is not None and is_behind(at, last.started_at):
                told = f"the clock says {at}, which is before the last run began ({last.started_at})"
                self.notices.append(f"{told}; nothing is ordered by it, but the times of this run are its own")
            self.number = writer.begin_run(*self._said, at).number
        return self.number

    def holds(self, number: int) -> bool:
        """Whether a run is this one, or one that it goes on with."""
        return number == self.number or number in self.interrupted

    def finish(self, store: Store) -> None:
        """Write down what came of the run, and that those before it are over."""
        if self.number is None:
            return
        with store.writing() as writer:
            at = self._clock()
            for number in sorted(self.interrupted):
                writer.finish_run(number, {"interrupted": 1}, at)
            writer.finish_run(self.number, dict(sorted(self.counts.items())), at)
