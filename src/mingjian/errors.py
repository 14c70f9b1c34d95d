"""Everything that Mingjian raises on purpose.

    MingjianError
    ├── ReadError      a page could not be read          (which page, why, what to do)
    ├── PageError      a page is not what it must be     (which page, why, what to do)
    ├── AnchorError    a day to count from is none       (what was given, what to give)
    ├── QuestionError  what is asked of the books is unknown  (what was given, what to give)
    ├── RuleError      a rule file is wrong              (file:line, why, what to do)
    ├── WorkerError    a worker process cannot work      (why, what to do)
    ├── EngineError    an engine cannot be had           (which engine, why, what to do)
    ├── EvidenceError  a record does not stand on its page (field, span, why)
    ├── RecordError    bytes are not a record            (where, why, what to do)
    ├── AccessError    who asks may not, or cannot be a user so  (what, why, what to do, how long to wait)
    ├── ReviewError    what is said of a fact cannot be kept  (of what, why, what to do)
    └── StoreError     a workspace cannot be used        (which, why, what to do)
        ├── BusyError      another program writes to it  (who, since when)
        ├── FullError      the disk takes no more
        ├── UnknownError   nothing in it has this id or name
        ├── AmbiguousError several things in it are called so
        ├── DamageError    its bytes are not what was written
        ├── VersionError   it was made by another version of Mingjian
        └── SearchIndexError  its search index cannot be used
            └── UnmadeError  an index is not there yet

Trouble with *data* is a value (``Missing``, a failure row); trouble with *use* is one of these.
"""

from __future__ import annotations

from typing import Any


class MingjianError(Exception):
    """The root: catch it to catch all that Mingjian raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors come back from worker processes: with their members, whatever their constructors ask for."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[MingjianError], arguments: tuple[object, ...], members: dict[str, object]) -> MingjianError:
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(members)
    return error


class ReadError(MingjianError):
    """A page could not be read from where it was said to be."""

    def __init__(self, source: str, problem: str, mend: str) -> None:
        super().__init__(f"{source}: {problem}; {mend}")
        self.source = source
        self.problem = problem
        self.mend = mend


class PageError(MingjianError):
    """A page breaks an invariant of pages, such as a lone surrogate in its text."""


class AnchorError(MingjianError):
    """What should be a day to count from is none."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"{words!r} is no day to count from; give one such as 2025-03-05, 2025-03 or 2025-03-05T09:00:00"
        )
        self.words = words


class QuestionError(MingjianError):
    """What the books are asked for, or by, is nothing that they know: a ledger, a column, a place, a day."""

    def __init__(self, words: str, problem: str, mend: str) -> None:
        super().__init__(f"{words!r} {problem}; {mend}")
        self.words = words
        self.problem = problem
        self.mend = mend


class RuleError(MingjianError):
    """A rule file is wrong: says the file, the line, the problem and the mend."""

    def __init__(self, file: str, line: int | None, problem: str, mend: str) -> None:
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {problem}; {mend}")
        self.file = file
        self.line = line
        self.problem = problem
        self.mend = mend


class WorkerError(MingjianError):
    """A worker process cannot do its work, whatever the page."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(f"a worker process {problem}; {mend}")
        self.problem = problem
        self.mend = mend


class EngineError(MingjianError):
    """An engine that was asked for cannot be had, or does not answer."""

    def __init__(self, engine: str, problem: str, mend: str) -> None:
        super().__init__(f"{engine}: {problem}; {mend}")
        self.engine = engine
        self.problem = problem
        self.mend = mend


class EvidenceError(MingjianError):
    """A value does not stand where the record says that it stands."""


class RecordError(MingjianError):
    """Bytes that should be a record are not one."""


class AccessError(MingjianError):
    """Who asks may not do this, or what is asked of users, sessions or tokens cannot be.

    ``status`` is the status of HTTP that says the same, ``seconds`` how long to wait before it is worth another try,
    ``key`` a word for the case, by which pages find their own words for it.
    """

    def __init__(
        self, what: str, problem: str, mend: str, *, status: int = 422, seconds: int = 0, key: str = ""
    ) -> None:
        super().__init__(f"{what}: {problem}; {mend}")
        self.key = key
        self.what = what
        self.problem = problem
        self.mend = mend
        self.status = status
        self.seconds = seconds


class ReviewError(MingjianError):
    """What somebody says of a fact cannot be kept as it is, such as a value whose words were not selected.

    ``key`` names what is wrong where pages have words of their own for it.
    """

    def __init__(self, place: str, problem: str, mend: str, key: str = "") -> None:
        super().__init__(f"{place}: {problem}; {mend}")
        self.key = key
        self.place = place
        self.problem = problem
        self.mend = mend


class NoReviewError(ReviewError):
    """There is no review of this number."""


class MeanwhileError(ReviewError):
    """Somebody said something of the fact that the one who speaks of it has not seen."""


class StoreError(MingjianError):
    """A workspace, or a part of it, cannot be used as asked."""

    def __init__(self, place: str, problem: str, mend: str) -> None:
        super().__init__(f"{place}: {problem}; {mend}")
        self.place = place
        self.problem = problem
        self.mend = mend


class BusyError(StoreError):
    """Another program writes to the workspace."""


class FullError(StoreError):
    """The disk takes no more; nothing of what was to be written is kept."""


class UnknownError(StoreError):
    """Nothing in the workspace has the id or the name that is given."""


class AmbiguousError(StoreError):
    """Several things in the workspace have an id that begins so, or that name."""


class DamageError(StoreError):
    """What stands on the disk is not what was written."""


class VersionError(StoreError):
    """The workspace, or an index of it, was made by another version of Mingjian."""


class SearchIndexError(StoreError):
    """A search index cannot be read or written: it can always be made anew from the pages that are kept."""


class UnmadeError(SearchIndexError):
    """Search, the books or the queue of the desk were not made yet from the pages that are kept."""
