"""Pages into records by as many processes as there are cores: the same bytes, in the same order, for any number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

import msgspec

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.wire import decode_record, encode_record
from mingjian.core.ports import NO_ENGINES, Engines
from mingjian.core.rulebook import Rulebook
from mingjian.engines.loading import load_engines
from mingjian.errors import RuleError
from mingjian.overlay import load_rulebook
from mingjian.read.plain import text_page
from mingjian.run.local import extract_one

_RECORD, _FAILURE = b"r", b"f"
_MEND = "leave it out, and please report it with this page; the other pages are not affected"
_SLOW = "leave it out, or give it more time with --seconds-a-page (seconds_a_page)"


class Setup(msgspec.Struct, frozen=True):
    """What a process needs besides pages, by name: a folder of rule files (or nothing), an engine (or nothing)."""

    rules: str | None = None
    engine: str | None = None

    def load(self) -> tuple[Rulebook, Engines]:
        """The rule book and the engines; raises ``RuleError`` and ``EngineError``."""
        return load_rulebook(self.rules), load_engines(self.engine)


class Workers(msgspec.Struct, frozen=True):
    """How many processes extract, and how many seconds they may spend on one page.

    With one worker and no limit it is this process, which a page can kill; with a limit it is one beside it.
    """

    count: int = 1
    seconds_a_page: float | None = None

    @property
    def here(self) -> bool:
        """Whether pages are extracted in this process."""
        return self.count <= 1 and self.seconds_a_page is None


_BUNDLED, _HERE = Setup(), Workers()


class Extracted(NamedTuple):
    """A page, and its record as the line of JSON that ``encode_record`` gives."""

    page: Page
    encoded: bytes

    @property
    def record(self) -> Record:
        """The record, decoded anew each time."""
        return decode_record(self.encoded)


def extract_many(
    pages: Iterable[Page | Failure],
    setup: Setup = _BUNDLED,
    workers: Workers = _HERE,
    known: Callable[[Page], bool] | None = None,
) -> Iterator[Extracted | Failure]:
    """For every page its record, or a failure row that says which page, at which stage and why.

    Pages that are ``known`` are passed over before they cost anything. A page that kills its worker, or takes longer
    than it may, is a failure of the stage ``extract``; the others go on. Rules or engines that cannot be loaded end the
    run with ``RuleError`` or ``EngineError``, workers that cannot start with ``WorkerError``.
    """
    wanted = (page for page in pages if isinstance(page, Failure) or known is None or not known(page))
    return _here(wanted, setup) if workers.here else _in_workers(wanted, setup, workers)


def _here(pages: Iterable[Page | Failure], setup: Setup) -> Iterator[Extracted | Failure]:
    book, engines = setup.load()
    for page in pages:
        result = page if isinstance(page, Failure) else extract_one(page, book, engines)
        yield result if isinstance(result, Failure) else Extracted(result[0], encode_record(result[1]))


def _in_workers(pages: Iterable[Page | Failure], setup: Setup, workers: Workers) -> Iterator[Extracted | Failure]:
    from mingjian.run.crew import Lost  # here, because a start must not cost it
    from mingjian.run.pool import Staff, in_workers

    version = load_rulebook(setup.rules).version if setup.rules else None
    start = partial(extractor, setup, version)
    staff = Staff(workers=max(1, workers.count), start=start, seconds=workers.seconds_a_page)
    for page, answers in in_workers(pages, _encoded_page, staff):
        if isinstance(page, Failure):
            yield page
        elif isinstance(answers, Lost):
            yield _failure_of(page, answers.reason, late=answers.late)
        elif answers[0].startswith(_FAILURE):
            yield msgspec.msgpack.decode(answers[0][1:], type=Failure)
        else:
            yield Extracted(page, answers[0][1:])


def extractor(setup: Setup, version: str | None = None) -> Callable[[bytes], Iterator[bytes]]:
    """The function of a worker: an encoded page to its encoded record or failure.

    Raises ``RuleError`` where the rules are of another version than the run began with.
    """
    book, engines = setup.load()
    if version is not None and book.version != version:
        raise RuleError(str(setup.rules), None, "the rule files changed during the run", "start it again")
    extract_one(text_page("", b"1"), book, NO_ENGINES)  # what is loaded with the first page is no page's time
    decode = msgspec.msgpack.Decoder(Page).decode

    def extract_encoded(content: bytes) -> Iterator[bytes]:
        result = extract_one(decode(content), book, engines)
        if isinstance(result, Failure):
            yield _FAILURE + msgspec.msgpack.encode(result)
        else:
            yield _RECORD + encode_record(result[1])

    return extract_encoded


def _encoded_page(page: Page | Failure) -> bytes | None:
    return None if isinstance(page, Failure) else msgspec.msgpack.encode(page)


def _failure_of(page: Page, reason: str, *, late: bool) -> Failure:
    if late:
        return Failure(page.doc_id, "extract", f"too-slow: took more than {reason}, the limit of a page", _SLOW)
    return Failure(page.doc_id, "extract", f"crashed: killed its worker process twice ({reason})", _MEND)
