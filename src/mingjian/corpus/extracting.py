"""The record of a page that somebody sends, which is not kept."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from mingjian.core.model.failure import Failure
from mingjian.core.model.record import Record
from mingjian.core.rulebook import bundled_rulebook
from mingjian.errors import ReadError
from mingjian.read import Limits
from mingjian.read.json_lines import read_json_lines
from mingjian.run import extract_pages

_NAME = "request"


def extract_sent(members: Mapping[str, str], with_text: bool = False, limits: Limits | None = None) -> Record:
    """The record of a page given as a line of JSON lines gives one: ``url``, ``text`` or ``html``, ``retrieved_at``.

    Raises ``ReadError`` where no page is sent, and where it gives no record.
    """
    if ("text" in members) == ("html" in members):
        raise ReadError(_NAME, "it brings no page, or two", "send either text or html")
    line = msgspec.json.encode(members)
    for result in extract_pages(read_json_lines([line], _NAME, None, limits or Limits()), bundled_rulebook()):
        if isinstance(result, Failure):
            raise ReadError(result.doc_id, result.reason, result.mend)
        page, record = result
        told = msgspec.structs.replace(record.page, text=page.text if with_text else None)
        return msgspec.structs.replace(record, page=told)
    raise ReadError(_NAME, "it brings no page", "send its text or html")
