"""The record of a page that somebody sends, which is not kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from threading import BoundedSemaphore

import msgspec

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.rulebook import bundled_rulebook
from mingjian.errors import BusyError, ReadError
from mingjian.read import Limits
from mingjian.read.json_lines import read_json_lines
from mingjian.run import Workers, extract_many, extract_pages

_NAME = "request"
_SHORT = 20_000
"""Characters of a page that is extracted here; a longer one in a process beside this one, which can be ended."""
_SECONDS = 20.0
_AT_ONCE = BoundedSemaphore(2)


def extract_sent(members: Mapping[str, str], with_text: bool = False, limits: Limits | None = None) -> Record:
    """The record of a page given as a line of JSON lines gives one: ``url``, ``text`` or ``html``, ``retrieved_at``.

    Raises ``ReadError`` where no page is sent, and where it gives no record, be it that it takes too long;
    ``BusyError`` where two long ones are extracted already.
    """
    if ("text" in members) == ("html" in members):
        raise ReadError(_NAME, "it brings no page, or two", "send either text or html")
    line = msgspec.json.encode(members)
    for sent in read_json_lines([line], _NAME, None, limits or Limits()):
        if isinstance(sent, Failure):
            raise ReadError(sent.doc_id, sent.reason, sent.mend)
        record = _record_of(sent)
        told = msgspec.structs.replace(record.page, text=sent.text if with_text else None)
        return msgspec.structs.replace(record, page=told)
    raise ReadError(_NAME, "it brings no page", "send its text or html")


def _record_of(page: Page) -> Record:
    (result,) = extract_pages([page], bundled_rulebook()) if len(page.text) <= _SHORT else _beside(page)
    if isinstance(result, Failure):
        raise ReadError(result.doc_id, result.reason, result.mend)
    return result[1]


def _beside(page: Page) -> Iterator[tuple[Page, Record] | Failure]:
    """What ``extract_pages`` gives, out of another process, which is ended where it takes too long."""
    if not _AT_ONCE.acquire(blocking=False):
        raise BusyError(_NAME, "two long pages are extracted just now", "try again in some seconds")
    try:
        for result in extract_many([page], workers=Workers(seconds_a_page=_SECONDS)):
            yield result if isinstance(result, Failure) else (page, result.record)
    finally:
        _AT_ONCE.release()
